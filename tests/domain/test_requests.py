"""The lifecycle of a request, each edge both ways, and when two of them are about one thing."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest

from wotui.domain import requests as rules
from wotui.domain.requests import Facts, Step, obstacles, replay, same_thing, standing

WHOLE = {"title": "Drips", "located": True}
GOOD: dict[tuple[str, str], dict[str, object]] = {
    ("new", "accepted"): {"orders": ("ready",)},
    ("new", "needs_info"): {"words": "Which tap?"},
    ("new", "declined"): {"words": "not ours"},
    ("new", "duplicate"): {"original": True},
    ("new", "withdrawn"): {},
    ("needs_info", "new"): {"words": "the left one"},
    ("needs_info", "declined"): {"words": "no answer"},
    ("needs_info", "duplicate"): {"original": True},
    ("needs_info", "withdrawn"): {},
    ("accepted", "resolved"): {"orders": ("done", "cancelled")},
    ("resolved", "accepted"): {"resolved_days": 14},
}
LACKING: dict[tuple[str, str], tuple[dict[str, object], str]] = {
    ("new", "accepted"): ({}, "an order"),
    ("new", "needs_info"): ({"words": "  "}, "a question"),
    ("new", "declined"): ({}, "a reason"),
    ("new", "duplicate"): ({}, "the request that it repeats"),
    ("needs_info", "new"): ({}, "an answer"),
    ("needs_info", "declined"): ({"words": ""}, "a reason"),
    ("needs_info", "duplicate"): ({}, "the request that it repeats"),
    ("accepted", "resolved"): ({"orders": ("done", "on_hold")}, "every one of its orders"),
    ("resolved", "accepted"): ({"resolved_days": 15}, "a new request"),
}
EDGES = [(status, to) for status in rules.STATUSES for to in rules.STATUSES if status != to]


def facts(status: str, given: dict[str, object]) -> Facts:
    return Facts(status=status, **{**WHOLE, **given})  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(("status", "to"), EDGES)
def test_a_request_goes_only_where_its_lifecycle_leads(status: str, to: str) -> None:
    if (status, to) in GOOD:
        assert obstacles(facts(status, GOOD[status, to]), to) == ()
    else:
        with pytest.raises(ValueError, match=to):
            obstacles(facts(status, {"words": "x", "original": True, "orders": ("done",)}), to)


@pytest.mark.parametrize(("edge", "lacking"), LACKING.items())
def test_each_step_names_what_it_still_needs(
    edge: tuple[str, str], lacking: tuple[dict[str, object], str]
) -> None:
    given, words = lacking
    assert words in " ".join(obstacles(facts(edge[0], given), edge[1]))


def test_an_accepted_request_without_an_order_is_not_resolved() -> None:
    assert obstacles(facts("accepted", {}), "resolved")


def test_a_new_request_needs_a_title_and_somewhere() -> None:
    assert rules.missing_at_first(Facts("new", "Drips", located=True)) == ()
    assert len(rules.missing_at_first(Facts("new"))) == 2


def test_not_fixed_counts_for_fourteen_days_and_not_for_fifteen() -> None:
    assert rules.may_reopen(date(2026, 6, 1), date(2026, 6, 15))
    assert not rules.may_reopen(date(2026, 6, 1), date(2026, 6, 16))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("A", None, None), ("A", "P", "HVAC"), True),
        (("A", "P", None), ("B", "P", None), False),
        ((None, "P", "HVAC"), (None, "P", "hvac"), True),
        ((None, "P", "HVAC"), (None, "P", "plumbing"), False),
        ((None, "P", None), (None, "P", "plumbing"), True),
        ((None, "P", None), ("B", "P", "plumbing"), True),
        ((None, "P", None), (None, "Q", None), False),
        ((None, None, "HVAC"), (None, None, "HVAC"), False),
    ],
)
def test_the_same_asset_or_the_same_place_and_kind_of_work_may_be_one_thing(
    one: tuple[str | None, str | None, str | None],
    other: tuple[str | None, str | None, str | None],
    same: bool,
) -> None:
    assert same_thing(*one, *other) is same
    assert same_thing(*other, *one) is same


def test_the_orders_of_an_accepted_request_resolve_it() -> None:
    assert standing("accepted", ["done", "closed", "cancelled"]) == "resolved"
    assert standing("resolved", ["done", "in_progress"]) == "accepted"
    assert standing("accepted", []) == "accepted"
    assert standing("declined", ["done"]) == "declined"


def test_steps_of_two_who_did_not_know_of_each_other_lead_to_the_promise() -> None:
    yes = Step("2026-06-10T10:00:00Z", "a", "new", "accepted")
    no = Step("2026-06-10T11:00:00Z", "b", "new", "declined")
    for order in permutations([yes, no]):
        assert replay(order) == ("accepted", yes.at)
    earlier_no = Step("2026-06-10T09:00:00Z", "b", "new", "declined")
    assert replay([yes, earlier_no]) == ("accepted", yes.at)


def test_steps_that_follow_each_other_lead_where_the_last_one_says() -> None:
    asked = Step("2026-06-10T10:00:00Z", "a", "new", "needs_info")
    told = Step("2026-06-10T11:00:00Z", "b", "needs_info", "new")
    gone = Step("2026-06-10T12:00:00Z", "c", "new", "withdrawn")
    assert replay([]) == ("new", None)
    assert replay([told, asked]) == ("new", told.at)
    assert replay([gone, told, asked]) == ("withdrawn", gone.at)


def test_a_status_of_a_newer_wotui_does_not_win_against_one_that_is_known() -> None:
    odd = Step("2026-06-10T11:00:00Z", "b", "new", "postponed")
    yes = Step("2026-06-10T10:00:00Z", "a", "new", "accepted")
    assert replay([yes, odd])[0] == "accepted"
