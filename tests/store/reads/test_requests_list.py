"""Requests in lists: which fit a filter, in which order, and what the row of each says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from wotui.actions import accepting, deciding, requests
from wotui.domain.request_filter import read_filter
from wotui.store.reads import requests_list, work_orders_list

if TYPE_CHECKING:
    from wotui.store.file import Shop


@pytest.fixture
def asked(shop: Shop) -> Shop:
    """Five requests, one of each kind of standing."""
    place = builders.place(shop, "LOBBY", "The lobby")
    builders.asset(shop, "PUMP-01", "Feed pump", place_id=place)
    for title, fields in (
        ("Tap drips", {"place": "LOBBY", "requester_name": "Ada Bell", "work_kind": "plumbing"}),
        ("Pump rattles", {"asset": "PUMP-01", "asked_priority": "urgent"}),
        ("Bulb 100% out", {"place_unknown": "yes"}),
        ("Paint it", {"place": "LOBBY"}),
        ("Door stuck", {"place": "LOBBY", "asked_priority": "low"}),
    ):
        requests.new(shop, title, fields)
    deciding.ask(shop, "R-A0003", "Which one?")
    deciding.decline(shop, ["R-A0004"], "no")
    accepting.accept(shop, ["R-A0005"])
    return shop


def titles(shop: Shop, typed: str) -> list[str]:
    found = requests_list.rows(shop, requests_list.keys(shop, read_filter(typed)))
    return [row.title for row in found]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", ["Pump rattles", "Tap drips", "Bulb 100% out"]),
        ("status:any", ["Pump rattles", "Tap drips", "Bulb 100% out", "Door stuck", "Paint it"]),
        ("status:asked-back", ["Bulb 100% out"]),
        ("status:needs-info", ["Bulb 100% out"]),
        ("status:open -status:new", ["Pump rattles", "Tap drips", "Bulb 100% out", "Door stuck"]),
        ("tap", ["Tap drips"]),
        ('"pump rattles"', ["Pump rattles"]),
        ("-pump", ["Tap drips", "Bulb 100% out"]),
        ("#feed", ["Pump rattles"]),
        ("@ada", ["Tap drips"]),
        ("@jd status:any", ["Pump rattles", "Bulb 100% out", "Door stuck", "Paint it"]),
        ("!urgent", ["Pump rattles"]),
        ("!normal", ["Tap drips", "Bulb 100% out"]),
        ("place:lobby", ["Pump rattles", "Tap drips"]),
        ("kind:plumb", ["Tap drips"]),
        ("number:r-a0003", ["Bulb 100% out"]),
        ("100%", ["Bulb 100% out"]),
        ("100_", []),
        ("' OR 1=1 --", []),
    ],
)
def test_a_filter_finds_what_it_says(asked: Shop, typed: str, expected: list[str]) -> None:
    assert titles(asked, typed) == expected


@pytest.mark.parametrize(
    ("typed", "mistake"),
    [
        ("colour:red", "Requests have no field 'colour'. Fields:"),
        ("plce:x", "Did you mean place:?"),
        ("status:nwe", "Did you mean new?"),
        ("!urgnt", "Did you mean urgent?"),
    ],
)
def test_a_mistake_is_said_and_names_the_nearest(typed: str, mistake: str) -> None:
    assert mistake in read_filter(typed).mistake


def test_a_filter_is_said_back_in_words() -> None:
    assert read_filter("tap !urgent -#pump status:declined").words == (
        "Requests: declined; with “tap”; priority urgent; not asset pump"
    )


def test_a_row_says_who_where_and_what_came_of_it(asked: Shop) -> None:
    row = requests_list.rows(asked, requests_list.keys(asked, read_filter("status:accepted")))[0]
    assert (row.number, row.place_name, row.asker, row.orders) == (
        "R-A0005",
        "The lobby",
        "Jo Doe",
        "W-A0001",
    )
    asked_back = requests_list.rows(asked, requests_list.keys(asked, read_filter("status:needs-info")))[0]
    assert (asked_back.reason, asked_back.since) == ("Which one?", asked_back.status_at)


def test_the_lane_counts_what_waits_for_a_decision(asked: Shop) -> None:
    assert work_orders_list.lane_counts(asked)["requests"] == requests_list.count_undecided(asked) == 3


def test_a_scanned_number_of_a_request_is_found(asked: Shop) -> None:
    assert work_orders_list.by_number_or_tag(asked, " r-a0002 ") == (
        "request",
        asked.value("SELECT id FROM request WHERE number = 'R-A0002'"),
    )
