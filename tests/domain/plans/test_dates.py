"""Nominal dates, seasons and working days: the calendar under every plan."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wotui.domain.plans.dates import Dates
from wotui.domain.plans.plan import Plan, grace, refuse_bad
from wotui.domain.plans.shifts import WorkingDays, season_from
from wotui.errors import Problem, UsageProblem


def first(dates: Dates, count: int) -> list[str]:
    return [dates.on(number).isoformat() for number in range(count)]


def test_the_31st_comes_back_after_february() -> None:
    assert first(Dates(date(2025, 1, 31)), 4) == ["2025-01-31", "2025-02-28", "2025-03-31", "2025-04-30"]


def test_the_29th_of_february_comes_back_in_leap_years() -> None:
    assert first(Dates(date(2024, 2, 29), unit="year"), 5) == [
        "2024-02-29",
        "2025-02-28",
        "2026-02-28",
        "2027-02-28",
        "2028-02-29",
    ]


def test_every_second_week_counts_from_the_monday_of_the_anchors_week() -> None:
    wednesday = Dates(date(2025, 12, 31), every=2, unit="week", weekdays=(0, 2, 4))
    assert first(wednesday, 5) == ["2025-12-31", "2026-01-02", "2026-01-12", "2026-01-14", "2026-01-16"]


def test_weeks_run_over_a_year_with_53_of_them() -> None:
    mondays = Dates(date(2026, 12, 21), unit="week")
    weeks = [mondays.on(number).isocalendar()[:2] for number in range(4)]
    assert weeks == [(2026, 52), (2026, 53), (2027, 1), (2027, 2)]


def test_the_last_day_and_the_last_friday_of_a_month() -> None:
    assert first(Dates(date(2025, 1, 10), month_rule="last_day"), 2) == ["2025-01-31", "2025-02-28"]
    fridays = Dates(date(2025, 1, 10), month_rule="nth_weekday", nth=-1)
    assert first(fridays, 3) == ["2025-01-31", "2025-02-28", "2025-03-28"]


def test_the_first_friday_before_the_anchor_waits_for_the_next_month() -> None:
    assert first(Dates(date(2025, 1, 10), month_rule="nth_weekday", nth=1), 2) == ["2025-02-07", "2025-03-07"]


def test_each_third_date_can_be_left_out() -> None:
    months = Dates(date(2025, 1, 1), skip_every=3)
    assert first(months, 4) == ["2025-01-01", "2025-02-01", "2025-04-01", "2025-05-01"]


rules = st.builds(
    Dates,
    anchor=st.dates(date(2000, 1, 1), date(2040, 12, 31)),
    every=st.integers(1, 7),
    unit=st.sampled_from(["day", "week", "month", "year"]),
    weekdays=st.sets(st.integers(0, 6)).map(tuple),
    month_rule=st.sampled_from(["same_day", "last_day", "nth_weekday"]),
    nth=st.sampled_from([-1, 1, 2, 3, 4]),
    skip_every=st.sampled_from([0, 2, 3, 5]),
)


@given(rules, st.integers(0, 200))
def test_division_finds_the_date_that_multiplication_gave(dates: Dates, number: int) -> None:
    day = dates.on(number)
    assert dates.anchor <= day < dates.on(number + 1)
    assert dates.last_to(day) == number == dates.first_from(day)
    assert dates.last_to(dates.on(number + 1) - timedelta(days=1)) == number


@pytest.mark.parametrize(
    ("period", "days"),
    [
        (1, 0),
        (7, 1),
        (14, 3),
        (28, 6),
        (30, 6),
        (42, 8),
        (56, 11),
        (60, 12),
        (90, 18),
        (120, 24),
        (180, 28),
        (365, 28),
    ],
)
def test_grace_is_a_fifth_of_the_period_and_at_most_four_weeks(period: int, days: int) -> None:
    assert grace(period) == days


def test_a_season_may_run_over_new_year() -> None:
    winter = season_from(["11-01..03-31"])
    assert winter is not None
    assert winter.holds(date(2025, 12, 31))
    assert winter.holds(date(2026, 3, 31))
    assert not winter.holds(date(2026, 4, 1))
    assert winter.next_in(date(2026, 4, 1)) == date(2026, 11, 1)


@given(st.dates(date(2000, 1, 1), date(2040, 12, 31)), st.dates(), st.dates())
def test_the_next_day_in_season_is_found_without_looking_at_each(day: date, first_: date, last: date) -> None:
    season = season_from([f"{first_:%m-%d}..{last:%m-%d}"])
    assert season is not None
    found = season.next_in(day)
    walked = day
    while not season.holds(walked):
        walked += timedelta(days=1)
    assert found == walked


@pytest.mark.parametrize("words", ["", "april", "04-31..05-01", "4-1..5-1", "04-01"])
def test_a_season_that_is_none_is_refused(words: str) -> None:
    with pytest.raises(UsageProblem, match="not a season"):
        season_from([words])


def test_a_due_date_moves_off_weekends_and_holidays() -> None:
    shop = WorkingDays(holidays=frozenset({date(2025, 9, 1)}))
    saturday = date(2025, 8, 30)
    assert shop.shifted(saturday, "next") == date(2025, 9, 2)
    assert shop.shifted(saturday, "previous") == date(2025, 8, 29)
    assert shop.shifted(saturday, "keep") == saturday
    assert WorkingDays(frozenset()).shifted(saturday, "next") == saturday


@pytest.mark.parametrize(
    "plan",
    [
        Plan(date(2025, 1, 1), every=0),
        Plan(date(2025, 1, 1), every=101, unit="year"),
        Plan(date(2025, 1, 1), weekdays=(0,)),
        Plan(date(2025, 1, 1), unit="week", weekdays=(7,)),
        Plan(date(2025, 1, 1), nth=5),
        Plan(date(2025, 1, 1), skip_every=1),
        Plan(date(2025, 1, 1), lead_days=366),
        Plan(date(2025, 1, 1), window_after=-1),
        Plan(date(2025, 1, 1), basis="meter"),
        Plan(date(2025, 1, 1), unit="week", lead_days=7),
    ],
)
def test_a_plan_that_cannot_work_is_refused_before_it_is_kept(plan: Plan) -> None:
    with pytest.raises(Problem):
        refuse_bad(plan)


def test_a_plan_that_works_is_taken() -> None:
    refuse_bad(Plan(date(2025, 1, 1), lead_days=14))
    refuse_bad(Plan(date(2025, 1, 1), unit="week", lead_days=7, open_policy="stack"))
