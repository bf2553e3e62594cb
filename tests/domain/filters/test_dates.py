"""Dates in a filter, typed on Wednesday 10 June 2026."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wotui.domain.filters.dates import parse_range, parse_span

TODAY = date(2026, 6, 10)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("today", "2026-06-10"),
        ("TODAY", "2026-06-10"),
        ("now", "2026-06-10"),
        ("tomorrow", "2026-06-11"),
        ("yesterday", "2026-06-09"),
        ("wed", "2026-06-10"),
        ("fri", "2026-06-12"),
        ("friday", "2026-06-12"),
        ("Thurs", "2026-06-11"),
        ("mon", "2026-06-15"),
        ("tue", "2026-06-16"),
        ("sun", "2026-06-14"),
        ("+3d", "2026-06-13"),
        ("3d", "2026-06-13"),
        ("-3d", "2026-06-07"),
        ("+2w", "2026-06-24"),
        ("-1w", "2026-06-03"),
        ("+1m", "2026-07-10"),
        ("-6m", "2025-12-10"),
        ("+1y", "2027-06-10"),
        ("+0d", "2026-06-10"),
        ("2026-06-01", "2026-06-01"),
        ("2026-6-1", "2026-06-01"),
        ("2028-02-29", "2028-02-29"),
    ],
)
def test_one_word_is_one_day(typed: str, expected: str) -> None:
    assert parse_span(typed, TODAY) == (day(expected), day(expected))


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("week", "2026-06-08", "2026-06-14"),
        ("this-week", "2026-06-08", "2026-06-14"),
        ("next-week", "2026-06-15", "2026-06-21"),
        ("lastweek", "2026-06-01", "2026-06-07"),
        ("month", "2026-06-01", "2026-06-30"),
        ("last-month", "2026-05-01", "2026-05-31"),
        ("next-month", "2026-07-01", "2026-07-31"),
        ("year", "2026-01-01", "2026-12-31"),
        ("last-year", "2025-01-01", "2025-12-31"),
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-09", "2026-09-01", "2026-09-30"),
        ("2026-2", "2026-02-01", "2026-02-28"),
        ("2028-02", "2028-02-01", "2028-02-29"),
        ("2026-w01", "2025-12-29", "2026-01-04"),
        ("2026w24", "2026-06-08", "2026-06-14"),
        ("2026-W53", "2026-12-28", "2027-01-03"),
    ],
)
def test_a_period_is_all_its_days(typed: str, first: str, last: str) -> None:
    assert parse_span(typed, TODAY) == (day(first), day(last))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("mon", "2026-06-08"), ("wed", "2026-06-10"), ("fri", "2026-06-05"), ("tue", "2026-06-09")],
)
def test_a_weekday_of_something_that_happened_is_the_latest_one(typed: str, expected: str) -> None:
    assert parse_span(typed, TODAY, past=True)[0] == day(expected)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("..fri", None, "2026-06-12"),
        ("today..", "2026-06-10", None),
        ("today..week", "2026-06-10", "2026-06-14"),
        ("..2026-09", None, "2026-09-30"),
        ("2026-02..2026-04", "2026-02-01", "2026-04-30"),
        ("-1w..+1w", "2026-06-03", "2026-06-17"),
        ("2026-06-01..2026-06-01", "2026-06-01", "2026-06-01"),
        ("month", "2026-06-01", "2026-06-30"),
    ],
)
def test_a_range_takes_the_first_day_of_its_start_and_the_last_of_its_end(
    typed: str, first: str | None, last: str | None
) -> None:
    assert parse_range(typed, TODAY) == (day(first) if first else None, day(last) if last else None)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "fr",
        "someday",
        "2026-13",
        "2026-02-30",
        "2026-w60",
        "20260",
        "3",
        "+3",
        "+3x",
        "..",
        "fri..mon..tue",
        "a..b",
    ],
)
def test_what_is_no_date_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - which part of it does not matter
        parse_range(typed, TODAY)


def test_a_range_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match=r"fri\.\.today"):
        parse_range("fri..today", TODAY)


def test_a_month_later_than_the_31st_is_the_last_of_the_month() -> None:
    assert parse_span("+1m", day("2026-01-31"))[0] == day("2026-02-28")


@pytest.mark.parametrize("typed", ["+9999y", "-9999y", "-9999m", "-9999w", "next-year"])
def test_a_date_beyond_the_calendar_is_refused_and_does_not_crash(typed: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - which part of it does not matter
        parse_range(typed, date(9999, 12, 30) if typed == "next-year" else date(100, 1, 20))


@given(st.text(max_size=20), st.dates())
def test_no_text_ever_crashes(typed: str, today: date) -> None:
    try:
        first, last = parse_range(typed, today)
    except ValueError:
        return
    assert first is None or last is None or first <= last


@given(
    st.dates(date(1900, 1, 1), date(2200, 1, 1)),
    st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]),
)
def test_a_weekday_is_within_the_week_ahead_or_behind(today: date, typed: str) -> None:
    assert 0 <= (parse_span(typed, today)[0] - today).days < 7
    assert -7 < (parse_span(typed, today, past=True)[0] - today).days <= 0
