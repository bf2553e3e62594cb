"""Who is on what in a week, and where it is more than fits."""

from __future__ import annotations

from datetime import date

import pytest

from wotui.domain.scheduling import Load, Planned, load, of_day, week_of

MONDAY = date(2026, 6, 8)


def planned(
    number: str,
    *people: str,
    minutes: int | None = 60,
    at: str = "",
    priority: int = 3,
    status: str = "scheduled",
) -> Planned:
    return Planned(1, number, number, "Work", status, priority, MONDAY, at, minutes, people, "HALL-1")


@pytest.mark.parametrize(
    ("minutes", "people", "share"), [(60, 1, 60), (60, 2, 30), (61, 2, 31), (100, 3, 34)]
)
def test_the_estimate_is_shared_evenly_and_nobody_gets_too_little(
    minutes: int, people: int, share: int
) -> None:
    assert planned("W-A0001", *"abc"[:people], minutes=minutes).share == share


def test_work_that_nobody_estimated_counts_as_nothing_and_is_said() -> None:
    day = load([planned("W-A0001", "a", minutes=None), planned("W-A0002", "a")], "a", MONDAY, 480)
    assert (day.planned, day.orders, day.unestimated) == (60, 2, 1)


def test_work_of_another_day_or_person_does_not_count() -> None:
    week = [planned("W-A0001", "a"), planned("W-A0002", "b")]
    assert load(week, "a", MONDAY, 480).orders == 1
    assert load(week, "a", date(2026, 6, 9), 480) == Load(0, 480)


def test_what_nobody_is_on_is_found_under_nobody() -> None:
    week = [planned("W-A0001"), planned("W-A0002", "b")]
    assert [one.number for one in of_day(week, "", MONDAY)] == ["W-A0001"]


def test_a_day_goes_by_the_clock_and_then_by_urgency() -> None:
    week = [
        planned("W-1", "a"),
        planned("W-2", "a", priority=1),
        planned("W-3", "a", at="13:00"),
        planned("W-4", "a", at="07:00"),
    ]
    assert [one.number for one in of_day(week, "a", MONDAY)] == ["W-4", "W-3", "W-2", "W-1"]


@pytest.mark.parametrize(
    ("load_", "overloaded"),
    [
        (Load(480, 480, 1), False),
        (Load(481, 480, 1), True),
        (Load(600, None, 2), False),
        (Load(0, 0, 1), True),
        (Load(0, 0, 0), False),
    ],
)
def test_a_day_is_overloaded_when_it_does_not_fit_or_should_be_free(load_: Load, overloaded: bool) -> None:
    assert load_.overloaded is overloaded


@pytest.mark.parametrize(
    ("day", "starts_on", "first"),
    [
        (date(2026, 6, 8), 0, date(2026, 6, 8)),
        (date(2026, 6, 14), 0, date(2026, 6, 8)),
        (date(2026, 6, 14), 6, date(2026, 6, 14)),
        (date(2026, 6, 13), 6, date(2026, 6, 7)),
        (date(2026, 1, 1), 0, date(2025, 12, 29)),
    ],
)
def test_a_week_begins_where_the_shop_says(day: date, starts_on: int, first: date) -> None:
    assert week_of(day, starts_on) == first
