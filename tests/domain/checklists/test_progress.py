"""Where a list stands and what it still blocks."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wotui.domain.checklists.items import Item, Option
from wotui.domain.checklists.progress import (
    Result,
    blocking_done,
    blocking_start,
    needs,
    next_open,
    open_items,
    pass_rate,
    progress,
    stopped_by,
    visible,
)

PASSED = Result("pass", "pass")
FLAGGED = Result("flag", "flag")
FAILED = Result("fail", "fail")
LEFT_OUT = Result("na", "na", "not fitted")
TAKEN_BACK = Result(None, None)


def item(name: str, kind: str = "pass_fail", **fields: Any) -> Item:
    return Item(name, kind, name.title(), **fields)


BRAKES, HORN, LIGHTS = item("brakes"), item("horn"), item("lights", required=False)
HEADING = item("before", "heading")
LIST = [HEADING, BRAKES, HORN, LIGHTS]


@pytest.mark.parametrize(
    ("results", "percent", "result"),
    [
        ({}, 0, None),
        ({"brakes": PASSED}, 50, "pass"),
        ({"brakes": PASSED, "horn": PASSED}, 100, "pass"),
        ({"lights": PASSED}, 0, "pass"),
        ({"brakes": PASSED, "horn": FLAGGED}, 100, "flag"),
        ({"brakes": FAILED, "horn": FLAGGED}, 100, "fail"),
        ({"brakes": LEFT_OUT, "horn": PASSED}, 100, "pass"),
        ({"brakes": TAKEN_BACK, "horn": PASSED}, 50, "pass"),
    ],
)
def test_completeness_and_result(results: dict[str, Result], percent: int, result: str | None) -> None:
    stand = progress(LIST, results)
    assert (stand.percent, stand.result) == (percent, result)
    assert stand.finished is (percent == 100)


def test_a_list_without_required_items_counts_all_of_them() -> None:
    optional = [item("a", required=False), item("b", required=False)]
    assert progress(optional, {"a": PASSED}).percent == 50
    assert progress([], {}).percent == 100
    assert progress([HEADING], {}).finished


def test_not_applicable_never_counts_as_a_pass() -> None:
    assert pass_rate(["pass", "na", "na", "fail"]) == 5000
    assert pass_rate(["pass", "flag", "fail"]) == 3333
    assert pass_rate(["na", None]) is None


def shown_after(name: str, value: str, asked: str = "leaks", kind: str = "pass_fail") -> Item:
    return item(name, kind, show_if_item=asked, show_if_value=value)


LEAKS = item("leaks", "yes_no", good_answer="no")


@pytest.mark.parametrize(
    ("result", "seen"),
    [
        (None, False),
        (Result("yes", "fail"), True),
        (Result("no", "pass"), False),
        (TAKEN_BACK, False),
        (Result("na", "na"), False),
    ],
)
def test_an_item_is_shown_only_after_the_answer_it_waits_for(result: Result | None, seen: bool) -> None:
    where = shown_after("where", "yes")
    results = {} if result is None else {"leaks": result}
    assert (where in visible([LEAKS, where], results)) is seen


def test_an_item_may_wait_for_an_outcome() -> None:
    detail = shown_after("detail", "fail")
    assert detail in visible([LEAKS, detail], {"leaks": Result("yes", "fail")})


def test_an_item_may_wait_for_one_of_several_choices() -> None:
    found = item("found", "multi", options=(Option("oil", "Oil"), Option("water", "Water")))
    oil = shown_after("oil", "oil", "found")
    assert oil in visible([found, oil], {"found": Result("water,oil", "pass")})
    assert oil not in visible([found, oil], {"found": Result("water", "pass")})


def test_what_waits_for_a_hidden_item_is_hidden_too() -> None:
    where, how_much = shown_after("where", "yes"), shown_after("much", "pass", "where")
    results = {"leaks": Result("no", "pass"), "where": PASSED}
    assert visible([LEAKS, where, how_much], results) == [LEAKS]


def test_items_that_wait_for_each_other_are_shown_rather_than_lost() -> None:
    one, two = shown_after("one", "pass", "two"), shown_after("two", "pass", "one")
    assert visible([one], {}) == [one]
    assert visible([one, two], {"one": PASSED, "two": PASSED}) == [one, two]


def test_a_hidden_item_counts_nowhere() -> None:
    where = shown_after("where", "yes")
    stand = progress([LEAKS, where], {"leaks": Result("no", "pass"), "where": FAILED})
    assert (stand.percent, stand.result, stand.visible) == (100, "pass", 1)
    assert blocking_done([LEAKS, where], {"leaks": Result("no", "pass"), "where": FAILED}, ()) == []


@pytest.mark.parametrize(
    ("after", "results", "expected"),
    [
        (None, {}, "brakes"),
        ("brakes", {"brakes": PASSED}, "horn"),
        ("lights", {"lights": PASSED}, "brakes"),
        ("horn", {"brakes": PASSED, "horn": PASSED}, "lights"),
        ("gone", {"brakes": PASSED}, "horn"),
        ("horn", {"brakes": PASSED, "horn": PASSED, "lights": PASSED}, None),
    ],
)
def test_the_next_open_item_is_below_and_then_from_the_top(
    after: str | None, results: dict[str, Result], expected: str | None
) -> None:
    found = next_open(LIST, results, after)
    assert (found.id if found else None) == expected


def test_an_answer_taken_back_is_open_again() -> None:
    assert open_items(LIST, {"brakes": TAKEN_BACK, "horn": PASSED, "lights": PASSED}) == [BRAKES]


@pytest.mark.parametrize(
    ("on_fail", "note", "followed", "missing"),
    [
        ("propose_follow_up", "", False, "a follow-up order, or a note “accepted as is”"),
        ("propose_follow_up", "accepted as is", False, ""),
        ("propose_follow_up", "", True, ""),
        ("note_required", "", False, "a note"),
        ("note_required", "hose is new", False, ""),
        ("note_required", "", True, "a note"),
        ("force_follow_up", "accepted as is", False, "its follow-up order"),
        ("force_follow_up", "", True, ""),
        ("stop_work", "accepted as is", False, "its follow-up order"),
        ("stop_work", "", True, ""),
    ],
)
def test_a_failure_needs_its_consequence(on_fail: str, note: str, followed: bool, missing: str) -> None:
    failed = item("brakes", on_fail=on_fail)
    assert needs(failed, Result("fail", "fail", note), {"brakes"} if followed else ()) == missing


@pytest.mark.parametrize("result", [None, PASSED, FLAGGED, LEFT_OUT, TAKEN_BACK])
def test_only_a_failure_needs_anything(result: Result | None) -> None:
    assert needs(item("brakes", on_fail="stop_work"), result, ()) == ""


def test_done_is_blocked_by_open_required_items_and_bare_failures() -> None:
    assert blocking_done(LIST, {"horn": FAILED}, ()) == [
        "an answer to “Brakes”",
        "a follow-up order, or a note “accepted as is” for “Horn”, which failed",
    ]
    assert blocking_done(LIST, {"brakes": PASSED, "horn": FAILED}, {"horn"}) == []


def test_an_optional_item_that_failed_still_needs_its_consequence() -> None:
    results = {"brakes": PASSED, "horn": PASSED, "lights": FAILED}
    assert len(blocking_done(LIST, results, ())) == 1


SAFE = item("isolated", severity="safety")
STOP = item("mast", on_fail="stop_work")


@pytest.mark.parametrize(
    ("results", "phrases"),
    [
        ({}, []),
        ({"isolated": PASSED, "brakes": FAILED}, []),
        ({"isolated": FAILED}, ["“Isolated”"]),
        ({"isolated": FLAGGED}, []),
        ({"mast": FAILED}, ["“Mast” (stop work)"]),
    ],
)
def test_a_failed_safety_item_keeps_the_work_from_starting(
    results: dict[str, Result], phrases: list[str]
) -> None:
    assert blocking_start([SAFE, BRAKES, STOP], results) == phrases


def test_work_stays_stopped_until_the_item_passes_or_has_its_follow_up() -> None:
    items = [BRAKES, STOP]
    assert stopped_by(items, {"mast": FAILED}, ()) == STOP
    assert stopped_by(items, {"mast": Result("fail", "fail", "accepted as is")}, ()) == STOP
    assert stopped_by(items, {"mast": PASSED}, ()) is None
    assert stopped_by(items, {"mast": FAILED}, {"mast"}) is None
    assert stopped_by(items, {"brakes": FAILED}, ()) is None


OUTCOME = st.sampled_from([None, "pass", "flag", "fail", "na"])


@given(st.lists(st.tuples(st.booleans(), OUTCOME), max_size=12))
def test_a_list_is_finished_exactly_when_no_required_item_is_open(
    rows: list[tuple[bool, str | None]],
) -> None:
    items = [item(f"i{n}", required=required) for n, (required, _) in enumerate(rows)]
    results = {f"i{n}": Result(outcome, outcome) for n, (_, outcome) in enumerate(rows)}
    stand = progress(items, results)
    assert stand.finished is not any(asked.required for asked in open_items(items, results))
    assert 0 <= stand.percent <= 100
    assert stand.answered + len(open_items(items, results)) == stand.visible


def test_many_open_items_are_counted_rather_than_named() -> None:
    many = [item(f"item {number}") for number in range(40)]
    assert blocking_done(many, {}, ()) == ["answers to 40 checklist items, from “Item 0” on"]
