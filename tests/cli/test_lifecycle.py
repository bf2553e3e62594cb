"""`wotui start`, `pause`, `done`, `close`, `reopen` and `cancel`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.kit import builders

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Call
    from tests.kit.clock import FrozenClock
    from wotui.store.file import Shop


@pytest.fixture
def order(shop: Shop, run: Callable[..., Call]) -> str:
    """A ready, corrective order on a pump."""
    builders.asset(shop, "PUMP-01")
    return run("new", "Pump leaks", "--asset", "PUMP-01").out.strip()


def status(run: Callable[..., Call], number: str) -> str:
    return run("show", number, "--json").json["status"]


def test_an_order_goes_from_ready_to_closed_and_back(
    order: str, run: Callable[..., Call], frozen_clock: FrozenClock
) -> None:
    assert run("start", order, "--as", "JD").code == 0
    assert status(run, order) == "in_progress"
    frozen_clock.move(minutes=45)
    done = run("done", order, "--note", "New seal", "--as", "JD")
    assert (done.code, done.out) == (0, "")
    assert "Stopped your timer" in done.err
    shown = run("show", order, "--json").json
    assert shown["status"] == "done"
    assert shown["completion_note"] == "New seal"
    assert shown["outcome"] == "fixed"
    assert shown["minutes"] == 45
    assert [(entry["person"], entry["minutes"]) for entry in shown["time"]] == [("JD", 45)]
    assert run("close", order, "--as", "JD").code == 0
    assert run("reopen", order, "--reason", "drips again", "--as", "JD").code == 0
    assert status(run, order) == "in_progress"


def test_pause_stops_the_timer_and_with_a_reason_holds_the_order(
    order: str, run: Callable[..., Call], frozen_clock: FrozenClock
) -> None:
    run("start", order, "--as", "JD")
    frozen_clock.move(minutes=5)
    assert run("pause", order, "--as", "JD").code == 0
    assert status(run, order) == "in_progress"
    assert run("pause", order, "--reason", "parts", "--until", "fri", "--as", "JD").code == 0
    shown = run("show", order, "--json").json
    assert (shown["status"], shown["hold_reason"], shown["hold_until"]) == ("on_hold", "parts", "2026-06-12")


def test_an_order_is_planned_and_taken_off_the_plan(order: str, run: Callable[..., Call]) -> None:
    refused = run("schedule", order, "--on", "fri", "--as", "JD")
    assert refused.code == 3
    assert "somebody assigned" in refused.err
    run("assign", order, "--to", "JD")
    assert run("schedule", order, "--on", "fri", "--at", "07:30", "--as", "JD").code == 0
    shown = run("show", order, "--json").json
    assert (shown["status"], shown["planned_on"], shown["planned_time"]) == (
        "scheduled",
        "2026-06-12",
        "07:30",
    )
    assert run("ready", order).code == 0
    assert status(run, order) == "ready"


def test_work_waits_for_its_permits(order: str, run: Callable[..., Call]) -> None:
    run("edit", order, "permits=hot work")
    refused = run("start", order, "--as", "JD")
    assert refused.code == 3
    assert "hot work" in refused.err
    assert run("permit", order, "cold work", "--as", "JD").code == 3
    assert run("permit", order, "hot work", "--as", "JD").code == 0
    assert run("show", order, "--json").json["permits_ticked"] == ["hot work"]
    assert run("start", order, "--as", "JD").code == 0


def test_a_two_minute_job_asks_for_its_minutes_once(order: str, run: Callable[..., Call]) -> None:
    refused = run("done", order, "--note", "Tightened", "--as", "JD")
    assert refused.code == 3
    assert "minutes" in refused.err
    assert run("done", order, "--note", "Tightened", "--minutes", "2", "--as", "JD").code == 0
    assert run("show", order, "--json").json["minutes"] == 2


def test_a_temporary_fix_makes_a_follow_up_order(order: str, run: Callable[..., Call]) -> None:
    answer = run(
        "done", order, "--note", "Clamped", "--minutes", "0", "--outcome", "temporary-fix", "--as", "JD"
    )
    assert answer.code == 0, answer.err
    follow_up = run("list", "--json").json[0]
    assert "Pump leaks" in follow_up["title"]
    assert {"kind": "followed_up_by", "number": follow_up["number"]}.items() <= run(
        "show", order, "--json"
    ).json["relations"][0].items()


def test_a_note_goes_into_the_log_of_the_same_step(order: str, run: Callable[..., Call], shop: Shop) -> None:
    run("start", order, "--note", "Parts are here", "--as", "JD")
    assert run("show", order, "--json").json["log"][0]["text"] == "Parts are here"
    run("undo", "--as", "JD")
    shown = run("show", order, "--json").json
    assert (shown["status"], shown["log"]) == ("ready", [])


def test_many_orders_are_one_step_and_one_undo(shop: Shop, run: Callable[..., Call]) -> None:
    numbers = [run("new", f"Order {number}").out.strip() for number in range(3)]
    assert run("cancel", *numbers, "--reason", "double").code == 0
    assert {status(run, number) for number in numbers} == {"cancelled"}
    assert run("undo").code == 0
    assert {status(run, number) for number in numbers} == {"draft"}


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("start", "W-A0009", "--as", "JD"), 4, "W-A0009"),
        (("start",), 2, "NUMBER"),
        (("start", "W-A0001"), 3, "--as"),
        (("pause", "W-A0001", "--as", "JD"), 3, "No timer of yours"),
        (("pause", "W-A0001", "--until", "fri"), 2, "--reason"),
        (("pause", "W-A0001", "--reason", "parts", "--until", "someday"), 2, "someday"),
        (("done", "W-A0001", "--minutes", "5", "--as", "JD"), 3, "completion note"),
        (("done", "W-A0001", "--minutes", "-5"), 2, "minutes"),
        (("done", "W-A0001", "--outcome", "great"), 2, "no_fault_found"),
        (("close", "W-A0001", "--as", "JD"), 3, "cannot become closed"),
        (("reopen", "W-A0001", "--reason", "x"), 3, "nothing to reopen"),
        (("cancel", "W-A0001"), 3, "a reason"),
    ],
)
def test_a_refused_step_names_what_is_missing_and_changes_nothing(
    words: tuple[str, ...], code: int, said: str, order: str, run: Callable[..., Call], shop: Shop
) -> None:
    before = shop.value("SELECT max(act) FROM act")
    answer = run(*words)
    assert (answer.code, answer.out) == (code, ""), answer.err
    assert said in answer.err
    assert shop.value("SELECT max(act) FROM act") == before


def test_a_finished_order_cannot_be_started_but_says_how(order: str, run: Callable[..., Call]) -> None:
    run("done", order, "--note", "Tightened", "--minutes", "2", "--as", "JD")
    answer = run("start", order, "--as", "JD")
    assert answer.code == 3
    assert "Reopen it first" in answer.err


def test_a_technician_may_not_close(order: str, run: Callable[..., Call], shop: Shop) -> None:
    builders.person(shop, "AC", "Ana Cruz")
    run("done", order, "--note", "Tightened", "--minutes", "2", "--as", "AC")
    answer = run("close", order, "--as", "AC")
    assert answer.code == 3
    assert "supervisor" in answer.err
