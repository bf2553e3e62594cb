"""`wotui new`, `edit`, `assign`, `note`, `list`, `show` and `history`."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from tests.kit.hostile import MARKUP

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Call
    from wotui.store.file import Shop

ListedFields = {
    "number",
    "title",
    "status",
    "priority",
    "type",
    "asset",
    "place",
    "assignees",
    "contractor",
    "due_on",
}


@pytest.fixture
def hall(shop: Shop) -> Shop:
    """A shop with a hall, a pump in it and a second technician, Ana Cruz (AC)."""
    place = builders.place(shop, "HALL-1")
    builders.asset(shop, "PUMP-01", "Feed pump", place_id=place)
    builders.person(shop, "AC", "Ana Cruz")
    return shop


# new


def test_a_new_order_is_ready_when_it_says_where(hall: Shop, run: Callable[..., Call]) -> None:
    made = run("new", "Grease it", "--asset", "pump-01", "--json", "--as", "JD")
    assert made.code == 0, made.err
    assert made.json["status"] == "ready"
    assert made.json["asset"] == "PUMP-01"
    assert made.json["place"] == "HALL-1"
    assert made.json["due_on"] == "2026-06-24"
    assert made.json["created_at"] == "2026-06-10T17:00:00Z"
    assert made.json["created_by"] == "JD"
    assert made.json["description"] is None
    assert made.err == "Made W-A0001 Grease it.\n"


def test_without_json_a_new_order_prints_its_number_for_scripts(hall: Shop, run: Callable[..., Call]) -> None:
    assert run("new", "Somewhere").out == "W-A0001\n"
    assert run("list", "status:draft", "--json").json[0]["title"] == "Somewhere"


def test_every_field_can_be_given(hall: Shop, run: Callable[..., Call]) -> None:
    made = run(
        *("new", "Rebuild", "--description", "All of it", "--asset", "PUMP-01", "--type", "improvement"),
        *("--priority", "2", "--due", "fri", "--assign", "AC", "--assign", "JD"),
        *(
            "--set",
            "planned_minutes=90",
            "--set",
            "required_trades=HVAC,welding",
            "--set",
            "custom.Cost centre=4711",
        ),
        *("--set", "fixed_price=184.99", "--json"),
    )
    assert made.code == 0, made.err
    found = made.json
    assert found["priority"] == 2
    assert found["due_on"] == "2026-06-12"
    assert found["assignees"] == ["AC", "JD"]
    assert found["planned_minutes"] == 90
    assert found["required_trades"] == ["HVAC", "welding"]
    assert found["custom"] == {"Cost centre": "4711"}
    assert found["fixed_price"] == "184.99"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("new", ""), 3, "needs a title"),
        (("new", "X", "--asset", "PUMP-1"), 4, "Did you mean PUMP-01?"),
        (("new", "X", "--priority", "9"), 2, "priority"),
        (("new", "X", "--type", "correctve"), 2, "corrective"),
        (("new", "X", "--due", "someday"), 2, "due"),
        (("new", "X", "--assign", "ZZ"), 4, "ZZ"),
        (("new", "X", "--template", "Nothing"), 4, "no template"),
        (("new", "X", "--set", "colour=red"), 2, "colour"),
        (("new", "X", "--set", "colour"), 2, "FIELD=VALUE"),
        (("new",), 2, "TITLE"),
    ],
)
def test_a_refused_order_is_not_made(
    words: tuple[str, ...], code: int, said: str, hall: Shop, run: Callable[..., Call]
) -> None:
    answer = run(*words)
    assert (answer.code, answer.out) == (code, ""), answer.err
    assert said in answer.err
    assert hall.value("SELECT count(*) FROM work_order") == 0


# edit, assign, note


def test_many_orders_are_changed_in_one_call_and_one_undo_brings_all_back(
    hall: Shop, run: Callable[..., Call]
) -> None:
    for title in ("One", "Two", "Three"):
        run("new", title, "--asset", "PUMP-01")
    changed = run("edit", "W-A0001", "w-a0002", "W-A0003", "priority=urgent", "due_on=2026-07-01")
    assert (changed.code, changed.out) == (0, "")
    assert {order["priority"] for order in run("list", "--json").json} == {2}
    assert run("undo").code == 0
    assert {order["priority"] for order in run("list", "--json").json} == {3}
    assert run("redo").code == 0
    assert {order["due_on"] for order in run("list", "--json").json} == {"2026-07-01"}


def test_one_wrong_number_and_nothing_is_changed(hall: Shop, run: Callable[..., Call]) -> None:
    run("new", "One")
    answer = run("edit", "W-A0001", "W-A0099", "priority=1")
    assert answer.code == 4
    assert "W-A0099" in answer.err
    assert run("list", "--json").json[0]["priority"] == 3


def test_an_empty_value_clears_a_field(hall: Shop, run: Callable[..., Call]) -> None:
    run("new", "One", "--asset", "PUMP-01", "--set", "team=Night")
    assert run("edit", "W-A0001", "team=", "due_on=").code == 0
    shown = run("show", "W-A0001", "--json").json
    assert shown["team"] is None
    assert shown["due_on"] is None


def test_edit_changes_records_too(hall: Shop, run: Callable[..., Call]) -> None:
    assert run("edit", "PUMP-01", "state=down", "criticality=A").code == 0
    assert run("edit", "ac", "active=no").code == 0
    assert [person["initials"] for person in run("list-of", "people", "--json").json] == ["JD"]
    assert run("show", "asset:pump-01", "--json").json["state"] == "down"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("edit", "W-A0001"), 2, "FIELD=VALUE"),
        (("edit", "priority=1"), 2, "number"),
        (("edit", "W-A0001", "PUMP-01", "priority=1"), 2, "one kind"),
        (("edit", "NOTHING", "priority=1"), 4, "NOTHING"),
        (("edit", "W-A0001", "title="), 3, "title"),
        (("edit", "PUMP-01", "parent=PUMP-01"), 3, "under itself"),
        (("edit", "HALL-1", "active=no"), 3, "still holds PUMP-01"),
        (("edit", "JD", "initials=AC"), 3, "taken by Ana Cruz"),
        (("assign", "W-A0001"), 2, "--to"),
        (("assign", "W-A0001", "--to", "ZZ"), 4, "ZZ"),
        (("note", "W-A0001", "  "), 3, "words"),
        (("note", "W-A0009", "x"), 4, "W-A0009"),
        (("show", "W-A0009"), 4, "W-A0009"),
        (("history", "nothing"), 4, "nothing"),
    ],
)
def test_refusals_name_the_rule_and_the_way_out(
    words: tuple[str, ...], code: int, said: str, hall: Shop, run: Callable[..., Call]
) -> None:
    run("new", "One", "--asset", "PUMP-01")
    before = hall.value("SELECT max(act) FROM act")
    answer = run(*words)
    assert (answer.code, answer.out) == (code, ""), answer.err
    assert said in answer.err
    assert hall.value("SELECT max(act) FROM act") == before


def test_assign_puts_exactly_these_people_on_many_orders(hall: Shop, run: Callable[..., Call]) -> None:
    run("new", "One", "--assign", "JD")
    run("new", "Two")
    assert run("assign", "W-A0001", "W-A0002", "--to", "AC").code == 0
    assert [order["assignees"] for order in run("list", "--json").json] == [["AC"], ["AC"]]
    assert run("assign", "W-A0001", "--to", "AC,JD").code == 0
    assert run("show", "W-A0001", "--json").json["assignees"] == ["AC", "JD"]
    assert run("assign", "W-A0001", "--to", "").code == 0
    assert run("show", "W-A0001", "--json").json["assignees"] == []


def test_a_note_can_come_from_standard_input(
    hall: Shop, run: Callable[..., Call], monkeypatch: pytest.MonkeyPatch
) -> None:
    run("new", "One")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"first\nsecond \xff\n")))
    assert run("note", "W-A0001", "-", "--as", "AC").code == 0
    log = run("show", "W-A0001", "--json").json["log"]
    assert [(line["text"], line["by"]) for line in log] == [("first\nsecond \ufffd", "AC")]


def test_the_same_again_is_a_new_order_without_the_history(hall: Shop, run: Callable[..., Call]) -> None:
    run("new", "Grease it", "--asset", "PUMP-01", "--assign", "AC", "--set", "permits=hot work")
    run("note", "W-A0001", "squeaks")
    made = run("again", "W-A0001", "--json").json
    assert (made["number"], made["title"], made["asset"]) == ("W-A0002", "Grease it", "PUMP-01")
    assert (made["assignees"], made["permits"]) == (["AC"], ["hot work"])
    assert run("show", "W-A0002", "--json").json["log"] == []
    assert run("again", "W-A0002").out == "W-A0003\n"
    assert run("again", "W-A0099").code == 4


def test_orders_stand_to_each_other(hall: Shop, run: Callable[..., Call]) -> None:
    run("new", "Wall")
    run("new", "Paint")
    assert run("relate", "W-A0001", "blocks", "W-A0002").code == 0
    relations = run("show", "W-A0002", "--json").json["relations"]
    assert [(relation["kind"], relation["number"]) for relation in relations] == [("blocked_by", "W-A0001")]
    assert run("relate", "W-A0001", "likes", "W-A0002").code == 2
    assert run("relate", "W-A0001", "blocks", "W-A0001").code == 3
    assert run("edit", "W-A0002", "parent=W-A0001").code == 0
    assert "W-A0002" in run("show", "W-A0001").out


# list


def test_the_json_list_has_the_fields_of_the_contract(hall: Shop, run: Callable[..., Call]) -> None:
    run("new", "Grease it", "--asset", "PUMP-01", "--assign", "AC")
    listed = run("list", "--json")
    assert listed.err == ""
    (order,) = listed.json
    assert ListedFields | {"created_at"} <= order.keys()
    assert order["assignees"] == ["AC"]
    assert order["contractor"] is None


def test_open_orders_are_listed_unless_the_filter_names_a_status(
    hall: Shop, run: Callable[..., Call]
) -> None:
    builders.order(hall, "Open one")
    builders.order(hall, "Old one", status="closed")
    assert [order["title"] for order in run("list", "--json").json] == ["Open one"]
    assert [order["title"] for order in run("list", "status:closed", "--json").json] == ["Old one"]
    assert len(run("list", "status:any", "--json").json) == 2


def test_words_with_a_dash_in_front_are_the_filters_and_not_options(
    hall: Shop, run: Callable[..., Call]
) -> None:
    builders.order(hall, "Leaking pump")
    builders.order(hall, "Leaking valve")
    found = run("list", "leaking", "-valve", "--limit", "5", "--json", "-who:ac").json
    assert [order["title"] for order in found] == ["Leaking pump"]
    assert run("list", "--jsn").code == 2


def test_the_filter_is_said_back_in_words_on_stderr(hall: Shop, run: Callable[..., Call]) -> None:
    builders.order(hall, "Leaking pump")
    listed = run("list", "pump")
    assert "Leaking pump" in listed.out
    assert "pump" in listed.err
    assert "1 order" in listed.err
    nothing = run("list", "zeppelin")
    assert (nothing.code, nothing.out) == (0, "")
    assert nothing.err == "No order fits. Open orders: with “zeppelin”.\n"
    assert run("list", "zeppelin", "--json").json == []


def test_a_mistyped_field_names_the_nearest(hall: Shop, run: Callable[..., Call]) -> None:
    answer = run("list", "statsu:open")
    assert answer.code == 2
    assert "status" in answer.err


def test_a_limit_says_how_many_there_are(hall: Shop, run: Callable[..., Call]) -> None:
    for number in range(3):
        builders.order(hall, f"Order {number}")
    limited = run("list", "--limit", "2")
    assert len(limited.out.splitlines()) == 3
    assert "3 orders, the first 2 here" in limited.err
    assert len(run("list", "--limit", "0", "--json").json) == 3


def test_hostile_titles_are_listed_and_shown_letter_by_letter(hall: Shop, run: Callable[..., Call]) -> None:
    for text in MARKUP:
        assert run("new", text, "--description", f"\x1b]52;c;{text}\x07", "--asset", "PUMP-01").code == 0
    listed = run("list")
    assert "\x1b" not in listed.out + listed.err
    for number, text in enumerate(MARKUP, start=1):
        shown = run("show", f"W-A{number:04}")
        assert "\x1b" not in shown.out
        assert text[:30] in listed.out.replace("…", "")


# show, history


def test_show_has_everything_that_belongs_to_the_order(hall: Shop, run: Callable[..., Call]) -> None:
    run("new", "Grease it", "--asset", "PUMP-01", "--assign", "AC")
    run("note", "W-A0001", "It squeaks", "--as", "AC")
    shown = run("show", "w-a0001", "--json").json
    for part in ("checklist", "log", "time", "materials", "contractor_jobs", "relations", "custom"):
        assert part in shown
    assert shown["materials"] == []
    assert shown["log"][0]["text"] == "It squeaks"
    page = run("show", "W-A0001").out
    for word in (
        "W-A0001",
        "Grease it",
        "Feed pump",
        "Ana Cruz (AC)",
        "It squeaks",
        "2026-06-24, in 14 days",
    ):
        assert word in page


def test_show_takes_any_handle_and_asks_when_it_can_mean_two(hall: Shop, run: Callable[..., Call]) -> None:
    run("add", "place", "Pump room", "code=PUMP-01")
    answer = run("show", "PUMP-01")
    assert answer.code == 3
    assert "place:PUMP-01" in answer.err
    assert run("show", "place:pump-01", "--json").json["name"] == "Pump room"
    assert run("show", "JD").code == 0
    run("add", "contractor", "Ace Cooling", "rate_hour=95")
    assert "95.00 USD" in run("show", "ace cooling").out
    assert run("show", "Ace Cooling", "--json").json["jobs"] == []


def test_history_tells_who_changed_which_field_from_what_to_what(
    hall: Shop, run: Callable[..., Call]
) -> None:
    run("new", "Grease it", "--asset", "PUMP-01", "--as", "JD")
    run("edit", "W-A0001", "title=Grease it well", "--as", "AC")
    newest = run("history", "W-A0001", "--json").json[0]
    assert newest == {
        "at": "2026-06-10T17:00:00Z",
        "actor": "AC",
        "device": newest["device"],
        "field": "title",
        "old": "Grease it",
        "new": "Grease it well",
        "act": newest["act"],
    }
    table = run("history", "W-A0001").out
    assert "2026-06-10 12:00" in table
    assert run("history", "PUMP-01", "--json").json
