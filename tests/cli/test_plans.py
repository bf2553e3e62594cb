"""`wotui plans`, `plan`, `holiday`, and plans as files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.actions.plans.world import GREASE, finish, plan
from tests.kit import builders
from wotui.store.reads import plan_values
from wotui.store.reads import plans as reads

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Call
    from tests.kit.clock import FrozenClock
    from wotui.store.file import Shop


@pytest.fixture(autouse=True)
def pump(shop: Shop) -> str:
    return builders.asset(shop, "PUMP-01")


def test_a_plan_is_made_previewed_run_done_and_shown(
    run: Callable[..., Call], shop: Shop, frozen_clock: FrozenClock
) -> None:
    assert "There is no plan yet" in run("plans").err
    made = run(
        "plan", "add", GREASE, "assets=PUMP-01", "every=1", "unit=month", "first=2026-06-12", "ahead=7"
    )
    assert (made.code, made.out, made.err) == (0, "", f"Added the plan {GREASE}; first due 2026-06-12.\n")
    assert run("plan", "preview", GREASE, "--count", "2", "--json").json == {
        "plan": GREASE,
        "targets": [
            {
                "asset": "PUMP-01",
                "dates": [
                    {"nominal_on": "2026-06-12", "due_on": "2026-06-12"},
                    {"nominal_on": "2026-07-12", "due_on": "2026-07-12"},
                ],
                "open_orders": [],
            }
        ],
    }
    ran = run("plan", "run", "--json").json
    [order] = ran["created"]
    assert (order["number"], order["title"], order["due_on"]) == ("W-A0001", GREASE, "2026-06-12")
    assert run("plan", "run", "--json").json["created"] == []
    frozen_clock.move(days=33)
    finish(shop, "W-A0001")
    page = run("show", GREASE).out
    assert "PUMP-01 done · 2026-07-13, due 2026-06-12 · W-A0001" in page
    assert "PUMP-01 missed" in page
    [listed] = run("plans", "--json").json
    assert (listed["name"], listed["interval"], listed["next_due_on"], listed["open_orders"]) == (
        GREASE, "every month", "2026-08-12", [],
    )  # fmt: skip
    states = [(row["nominal_on"], row["state"]) for row in run("show", GREASE, "--json").json["ledger"]]
    assert states == [("2026-07-12", "missed"), ("2026-06-12", "done")]


def test_an_edit_is_previewed_before_and_after_and_nothing_is_changed_by_it(
    run: Callable[..., Call], shop: Shop
) -> None:
    plan(shop)
    shown = run("plan", "preview", GREASE, "every=2", "--count", "2")
    assert [line.split() for line in shown.out.splitlines()] == [
        ["before", "after"],
        ["Fri", "2026-06-12", "Fri", "2026-06-12"],
        ["Sun", "2026-07-12", "Wed", "2026-08-12", "changed"],
    ]
    assert reads.find(shop, GREASE).values["every"] == 1
    run("plan", "edit", GREASE, "every=2")
    history = run("history", GREASE, "--json").json
    assert ("every", "1", "2") in [(one["field"], one["old"], one["new"]) for one in history]
    assert run("edit", GREASE, "every=3").code == 0
    assert "every 3 months" in run("plans").out


def test_verbs_say_what_they_did_and_undo_takes_each_back(run: Callable[..., Call], shop: Shop) -> None:
    plan(shop)
    for words, sentence in [
        (("pause", GREASE, "--reason", "stop", "--until", "2026-08-01"), "Paused"),
        (("skip", GREASE, "--reason", "x"), "leaves out 2026-06-12 on PUMP-01"),
        (("override", GREASE, "2026-06-22", "--reason", "x"), "is due 2026-06-22"),
        (("retire", GREASE), "Ended the plan"),
    ]:
        before = run("show", GREASE, "--json").json
        done = run("plan", *words)
        assert (done.code, done.out) == (0, "")
        assert sentence in done.err
        assert run("undo").code == 0
        assert run("show", GREASE, "--json").json == before


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("plan", "edit", "Nothing", "every=2"), 4, "There is no plan Nothing."),
        (("plan", "edit", GREASE, "evry=2"), 2, "Did you mean every?"),
        (("plan", "edit", GREASE, "every=0"), 2, "The interval cannot be that."),
        (("plan", "skip", GREASE), 3, "needs a reason"),
        (("plan", "resume", GREASE), 3, "is not paused"),
        (("plan", "preview", GREASE, "first=never"), 2, "is not a day"),
        (("holiday", "add", "someday"), 2, "is not a day"),
        (("holiday", "remove", "2026-12-25"), 4, "is no holiday"),
        (("settings", "calendar.working_days", "funday"), 2, "is not a weekday"),
    ],
)
def test_what_cannot_be_ends_with_its_exit_code_and_the_way_out(
    run: Callable[..., Call], shop: Shop, words: tuple[str, ...], code: int, sentence: str
) -> None:
    plan(shop)
    ended = run(*words)
    assert (ended.code, ended.out) == (code, "")
    assert sentence in ended.err


def test_a_plans_order_is_cancelled_only_with_a_word_about_its_date(
    run: Callable[..., Call], shop: Shop
) -> None:
    plan(shop)
    run("plan", "run")
    refused = run("cancel", "W-A0001", "--reason", "no access")
    assert (refused.code, "--plan skip leaves it out" in refused.err) == (3, True)
    assert run("cancel", "W-A0001", "--reason", "no access", "--plan", "again").code == 0
    assert [one["number"] for one in run("list", "--json").json] == ["W-A0002"]


def test_an_ordinary_order_counts_for_a_plan(run: Callable[..., Call], shop: Shop, pump: str) -> None:
    plan(shop, ahead="0")
    order = builders.number_of(shop, builders.order(shop, "Greased", asset_id=pump))
    finish(shop, order)
    assert run("plan", "count", order, GREASE).err == f"{order} counts as {GREASE} of 2026-06-12.\n"


def test_holidays_are_added_listed_and_taken_away(run: Callable[..., Call]) -> None:
    assert run("holiday", "add", "2026-12-25", "Christmas").code == 0
    assert run("holiday", "list", "--json").json == [{"on": "2026-12-25", "name": "Christmas"}]
    assert "Fri" in run("holiday", "list").out
    run("holiday", "remove", "2026-12-25")
    assert "There are no holidays" in run("holiday", "list").err


def test_plans_go_out_as_csv_and_come_back_without_loss(
    run: Callable[..., Call], shop: Shop, tmp_path: Path
) -> None:
    plan(
        shop,
        "Zerk, weekly",
        basis="floating",
        unit="week",
        every="2",
        ahead="0",
        description="Two strokes,\nthen wipe",
    )
    plan(shop, "Big one", unit="year", covers="Zerk, weekly", season="04-01..10-31", nonworking="next")
    before = {one.name: plan_values.typed(shop, one.values) for one in reads.plans(shop)}
    file = tmp_path / "plans.csv"
    assert run("export", "plans", "-o", str(file)).code == 0
    assert run("import", "plans", str(file), "--json").json["unchanged"] == 2
    for name in before:
        run("plan", "retire", name)
    again = run("import", "plans", str(file), "--json").json
    assert (again["created"], again["rejected"]) == (2, 0)
    assert {one.name: plan_values.typed(shop, one.values) for one in reads.plans(shop)} == before


def test_bad_rows_are_told_and_what_was_edited_here_stays(
    run: Callable[..., Call], shop: Shop, tmp_path: Path
) -> None:
    file = tmp_path / "plans.csv"
    file.write_text(
        "name,assets,every,unit,last_done\nGood,PUMP-01,3,month,2026-05-01\nBad,PUMP-99,1,week,\nWorse,PUMP-01,0,day,\n"
    )
    told = run("import", "plans", str(file), "--json").json
    assert [row["verdict"] for row in told["rows"]] == ["created", "rejected", "rejected"]
    assert reads.find(shop, "Good").values["anchor_on"] == "2026-08-01"
    run("plan", "edit", "Good", "every=6")
    told = run("import", "plans", str(file), "--json").json
    assert told["rows"][0]["verdict"] == "unchanged"
    assert reads.find(shop, "Good").values["every"] == 6
