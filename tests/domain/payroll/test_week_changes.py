"""The workweek begins on another weekday: days in two workweeks, and shifts over a week's boundary."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.domain.payroll.entries import CALENDAR, CHICAGO, RULE_SETS, book, shift, span
from wotui.domain.payroll.calendar import PaySchedule, Period, WeekChange, WorkCalendar
from wotui.domain.payroll.reckoning import reckon
from wotui.domain.payroll.rules import RuleSet, Tier

MONDAY, SUNDAY = 0, 6
CHANGED = WorkCalendar(CHICAGO, SUNDAY, changes=(WeekChange(date(2026, 6, 14), MONDAY),))
COLORADO = RuleSet("us-co", weekly=(Tier(2400, "OT"),), consecutive=(Tier(720, "OT"),))


def overtime(calendar: WorkCalendar, period: Period, *days: str) -> dict[str, int]:
    entries = [shift(f"2026-06-{day}", "07:00", "15:00") for day in days]
    result = reckon(replace(book(*entries, period=period), calendar=calendar)).pay["ola"]
    return {code: result.minutes(code) for code in ("REG", "OT")}


def test_before_the_change_weeks_begin_as_they_did_and_after_it_as_they_do() -> None:
    assert CHANGED.week_of(date(2026, 6, 13)) == date(2026, 6, 8)
    assert CHANGED.week_of(date(2026, 6, 14)) == date(2026, 6, 14)
    assert CHANGED.week_of(date(2026, 6, 20)) == date(2026, 6, 14)


def test_a_weekly_period_ends_where_the_workweek_changes_and_no_day_is_paid_twice() -> None:
    weekly = PaySchedule("weekly", SUNDAY, changes=CHANGED.changes)
    before, after = (weekly.period_of(date(2026, 6, day)) for day in (10, 14))
    assert (str(before), str(after)) == ("2026-06-08..2026-06-13", "2026-06-14..2026-06-20")
    assert weekly.after(before) == after
    assert weekly.before(after) == before


def test_the_day_in_two_workweeks_counts_where_it_makes_more_overtime() -> None:
    """Sunday the 14th is the last day of the old week and the first of the new one (29 CFR 778.302)."""
    both = Period(date(2026, 6, 8), date(2026, 6, 20))
    old_full = ("08", "09", "10", "11", "12", "14")
    assert overtime(CHANGED, both, *old_full) == {"REG": 2400, "OT": 480}
    new_full = ("14", "15", "16", "17", "18", "19")
    assert overtime(CHANGED, both, *new_full) == {"REG": 2400, "OT": 480}
    assert overtime(CHANGED, Period(date(2026, 6, 14), date(2026, 6, 20)), *old_full) == {"REG": 0, "OT": 480}


def test_the_change_is_said_in_the_period_it_falls_into_and_in_no_other() -> None:
    for period, said in (
        (Period(date(2026, 6, 8), date(2026, 6, 14)), True),
        (Period(date(2026, 6, 21), date(2026, 6, 27)), False),
    ):
        found = reckon(
            replace(book(shift("2026-06-10", "07:00", "15:00"), period=period), calendar=CHANGED)
        ).findings
        assert ("W29" in [one.code for one in found]) is said


def test_twelve_hours_in_one_go_are_counted_over_the_weeks_boundary() -> None:
    """Saturday 20:00 to Sunday 10:00: two of the hours lie beyond the twelfth, in the new week."""
    night = span("2026-06-13T20:00", "2026-06-14T10:00")
    later = Period(date(2026, 6, 14), date(2026, 6, 20))
    rules = {**RULE_SETS, "us-co": COLORADO}
    page = replace(book(night, period=later, rule_set="us-co"), rule_sets=rules, calendar=CALENDAR)
    result = reckon(page).pay["ola"]
    assert {code: result.minutes(code) for code in ("REG", "OT")} == {"REG": 480, "OT": 120}
    two = (span("2026-06-13T14:00", "2026-06-14T00:00"), span("2026-06-14T00:00", "2026-06-14T04:00"))
    page = replace(page, spans=two)
    result = reckon(page).pay["ola"]
    assert {code: result.minutes(code) for code in ("REG", "OT")} == {"REG": 120, "OT": 120}


def test_a_shift_of_the_day_before_the_week_counts_for_nothing_else() -> None:
    before = span("2026-06-06T14:00", "2026-06-06T22:00", state="draft")
    found = reckon(book(before, period=Period(date(2026, 6, 7), date(2026, 6, 13))))
    assert [one.code for one in found.findings] == ["W20"]
    assert found.pay == {}
