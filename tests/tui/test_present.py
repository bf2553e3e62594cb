"""How dates, durations, money and states are written on every screen."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo

import pytest

from wotui.tui import order_cells, present

if TYPE_CHECKING:
    from wotui.store.reads.work_orders_list import ListedOrder

WEDNESDAY = date(2026, 6, 10)
CHICAGO = ZoneInfo("America/Chicago")


@pytest.mark.parametrize(
    ("due", "words", "token"),
    [
        ("2026-06-07", "3 days late", "bad"),
        ("2026-06-09", "1 day late", "bad"),
        ("2026-06-10", "today", "warn"),
        ("2026-06-11", "tomorrow", "text"),
        ("2026-06-12", "Fri 12 Jun", "text"),
        ("2027-01-04", "Mon 4 Jan 2027", "text"),
        (None, "", "muted"),
        ("soon", "soon", "muted"),
    ],
)
def test_a_due_date_is_said_as_people_say_it(due: str | None, words: str, token: str) -> None:
    assert present.due(due, WEDNESDAY) == (words, token)


def test_a_finished_order_is_never_late() -> None:
    assert present.due("2026-06-01", WEDNESDAY, finished=True) == ("Mon 1 Jun", "muted")


def test_an_instant_stands_on_the_shops_clock() -> None:
    assert present.moment("2026-06-10T17:00:00Z", CHICAGO, WEDNESDAY) == "Wed 10 Jun 12:00"
    assert present.clock_time("2026-12-10T17:00:00Z", CHICAGO) == "11:00"
    assert present.moment(None, CHICAGO) == ""
    assert present.moment("yesterday", CHICAGO) == "yesterday"


@pytest.mark.parametrize(
    ("minutes", "words", "decimal"),
    [
        (0, "0m", "0.00"),
        (25, "25m", "0.42"),
        (60, "1h", "1.00"),
        (85, "1h 25m", "1.42"),
        (-15, "-15m", "-0.25"),
    ],
)
def test_a_duration_is_minutes_in_two_ways(minutes: int, words: str, decimal: str) -> None:
    assert present.duration(minutes) == words
    assert present.hours(minutes) == decimal


def test_money_has_the_places_of_its_currency() -> None:
    assert present.money(118499, "USD") == "1,184.99 USD"
    assert present.money(1200, "JPY") == "1,200 JPY"
    assert present.money(None) == ""


def test_a_state_that_a_newer_file_brought_is_shown_as_it_stands() -> None:
    assert present.status("parked").words == "parked"
    assert present.priority(9) is present.UNKNOWN


def test_text_is_cut_to_cells_and_not_to_letters() -> None:
    assert present.fit("検査する", 6) == "検査 …"
    assert present.fit("pump", 6) == "pump  "
    assert present.fit("a\x1b[31mb", 20).startswith("a␛[31mb")
    assert present.fit("anything", 0) == ""


@pytest.mark.parametrize(("width", "words"), [(12, "1 Jul 2004"), (20, "Thu 1 Jul 2004")])
def test_a_due_date_in_a_narrow_column_keeps_its_year_rather_than_its_weekday(width: int, words: str) -> None:
    row = SimpleNamespace(due_on="2004-07-01", finished=True)
    assert order_cells.due(cast("ListedOrder", row), WEDNESDAY, width) == (words, "muted")
