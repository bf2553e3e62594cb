"""A person's week as a sheet: orders by days, and overtime as it builds."""

from __future__ import annotations

from datetime import date

from tests.domain.payroll.entries import CALENDAR, FLSA, NOW, amount, shift, span
from wotui.domain.labor import Amount, Span
from wotui.domain.payroll.rules import RuleSet, Tier
from wotui.domain.payroll.timesheet import NO_ORDER, Timesheet, timesheet

SUNDAY = date(2026, 6, 7)
CALIFORNIA = RuleSet("us-ca", daily=(Tier(480, "OT"), Tier(720, "DT")), weekly=(Tier(2400, "OT"),))


def sheet(*entries: Span | Amount, rules: RuleSet = FLSA, now: int = NOW) -> Timesheet:
    spans = [one for one in entries if isinstance(one, Span)]
    amounts = [one for one in entries if isinstance(one, Amount)]
    return timesheet(SUNDAY, spans, amounts, CALENDAR, rules, now=now)


def test_a_night_shift_stands_on_both_its_days() -> None:
    page = sheet(span("2026-06-09T22:00", "2026-06-10T06:00", order="W-1"))
    assert [row.key for row in page.rows] == [("W-1", ""), NO_ORDER]
    assert page.rows[0].minutes == (0, 0, 120, 360, 0, 0, 0)
    assert {day for (key, day) in page.entries if key == ("W-1", "")} == {2, 3}


def test_overtime_builds_from_day_to_day_and_later_days_leave_it_as_it_was() -> None:
    days = [shift(f"2026-06-{day:02}", "07:00", "17:00") for day in range(8, 13)]
    assert sheet(*days[:4]).overtime == {}
    assert sheet(*days).overtime == {"OT": (0, 0, 0, 0, 0, 600, 0)}
    assert sheet(*days).so_far == (0, 600, 1200, 1800, 2400, 3000, 3000)
    long = shift("2026-06-08", "06:00", "20:00")
    assert sheet(long, rules=CALIFORNIA).overtime == {
        "DT": (0, 120, 0, 0, 0, 0, 0),
        "OT": (0, 240, 0, 0, 0, 0, 0),
    }


def test_meal_breaks_are_shown_on_their_day_and_not_counted() -> None:
    page = sheet(
        span("2026-06-08T07:00", "2026-06-08T15:30", ("2026-06-08T12:00", "2026-06-08T12:30")),
        span("2026-06-09T07:00", "2026-06-09T15:00", ("2026-06-09T10:00", "2026-06-09T10:15")),
    )
    assert page.breaks == (0, 30, 0, 0, 0, 0, 0)
    assert page.worked == (0, 480, 480, 0, 0, 0, 0)


def test_leave_has_its_own_row_and_makes_no_overtime() -> None:
    page = sheet(
        *(shift(f"2026-06-{day:02}", "07:00", "17:00") for day in range(8, 12)),
        amount(date(2026, 6, 12), 480, "PTO"),
    )
    assert page.rows[-1].key == ("", "PTO")
    assert page.leave[5] == 480
    assert page.total == (0, 600, 600, 600, 600, 480, 0)
    assert page.overtime == {}


def test_a_running_timer_is_marked_and_counts_nothing() -> None:
    page = sheet(span("2026-06-11T15:00", None, order="W-7"))
    assert page.rows[0].running == frozenset({4})
    assert sum(page.worked) == 0
    assert page.entries[("W-7", ""), 4]


def test_while_entries_overlap_nothing_is_said_about_overtime() -> None:
    page = sheet(shift("2026-06-08", "09:00", "11:00"), shift("2026-06-08", "10:30", "12:00"))
    assert page.overlapping
    assert page.overtime == {}


def test_an_empty_week_has_one_row_to_fill() -> None:
    assert [row.key for row in sheet().rows] == [NO_ORDER]


def test_a_shift_that_lasts_into_the_week_goes_on_counting() -> None:
    colorado = RuleSet("us-co", consecutive=(Tier(720, "OT"),))
    page = sheet(span("2026-06-06T20:00", "2026-06-07T10:00"), rules=colorado)
    assert page.worked[0] == 600
    assert page.overtime == {"OT": (120, 0, 0, 0, 0, 0, 0)}
