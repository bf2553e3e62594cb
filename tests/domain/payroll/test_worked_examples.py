"""Worked examples of pay, by their numbers in the specification: Chicago, us-flsa, weeks from Sunday."""

from __future__ import annotations

from datetime import date

import pytest

from tests.domain.payroll.entries import (
    CALENDAR,
    CHICAGO,
    FLSA,
    NONE,
    OLA,
    SUNDAY,
    WEEKLY,
    amount,
    book,
    minute,
    shift,
    span,
)
from wotui.domain import labor, wall_time
from wotui.domain.labor import Span
from wotui.domain.payroll.calendar import PaySchedule, Period
from wotui.domain.payroll.employees import Employee
from wotui.domain.payroll.lines import Pay, hours_text, pay, printed_total
from wotui.domain.payroll.pieces import pieces
from wotui.domain.payroll.reckoning import reckon
from wotui.domain.payroll.rules import RuleSet
from wotui.errors import Refused

JUNE = WEEKLY.period_of(date(2026, 6, 10))


def by_week(result: Pay, code: str) -> dict[str, str]:
    return {str(line.week): hours_text(line.minutes) for line in result.lines if line.code == code}


def paid(*entries: Span, period: Period, rules: RuleSet = FLSA) -> Pay:
    return pay(pieces(entries, [], CALENDAR, rules), period, CALENDAR, rules)


def test_1_the_night_the_clock_springs_forward_is_seven_hours_in_two_weeks() -> None:
    night = span("2026-03-07T23:00", "2026-03-08T07:30", ("2026-03-08T04:00", "2026-03-08T04:30"))
    result = paid(night, period=Period(date(2026, 3, 1), date(2026, 3, 14)))
    assert by_week(result, "REG") == {"2026-03-01": "1.00", "2026-03-08": "6.00"}


def test_2_the_night_the_clock_falls_back_is_nine_hours() -> None:
    night = span("2026-10-31T23:00", "2026-11-01T07:30", ("2026-11-01T04:00", "2026-11-01T04:30"))
    parts = pieces([night], [], CALENDAR, FLSA)
    assert [part.minutes for part in parts] == [60, 300, 180]
    assert by_week(paid(night, period=Period(date(2026, 10, 25), date(2026, 11, 7))), "REG") == {
        "2026-10-25": "1.00",
        "2026-11-01": "8.00",
    }


def test_3_an_ambiguous_punch_asks_and_either_answer_gives_its_own_length() -> None:
    with pytest.raises(wall_time.TimeTwice) as asked:
        minute("2026-11-01T01:30")
    out = minute("2026-11-01T02:30")
    lengths = [hours_text(out - wall_time.minute_of(reading.moment)) for reading in asked.value.readings]
    assert lengths == ["2.00", "1.00"]
    with pytest.raises(Refused, match="does not exist"):
        minute("2026-03-08T02:30")


def test_6_the_week_boundary_splits_a_shift_and_only_its_own_week_has_overtime() -> None:
    days = [shift(f"2026-06-{day:02}", "07:00", "17:00") for day in (8, 9, 10, 11)]
    night = span("2026-06-13T20:00", "2026-06-14T06:00")
    both = paid(*days, night, period=Period(date(2026, 6, 7), date(2026, 6, 20)))
    assert by_week(both, "REG") == {"2026-06-07": "40.00", "2026-06-14": "6.00"}
    assert by_week(both, "OT") == {"2026-06-07": "4.00"}
    assert both.weeks[0].flsa_overtime == 240


def test_10_overlapping_entries_block_and_are_never_added_up() -> None:
    first = shift("2026-06-08", "09:00", "11:00", order="WO-1", device="BENCH")
    second = shift("2026-06-08", "10:30", "12:00", order="WO-2", device="LAPTOP")
    blocked = reckon(book(first, second, period=JUNE))
    assert [one.code for one in blocked.findings if one.blocks] == ["E02"]
    assert str(blocked.findings[0]) == (
        "E02 Łukasz Żółć: 2026-06-08 09:00-11:00 WO-1 (from BENCH) and 2026-06-08 10:30-12:00 WO-2 (from LAPTOP) "
        "overlap by 30 minutes. Correct one of them."
    )
    assert "ola" not in blocked.pay
    trimmed = shift("2026-06-08", "09:00", "10:30", order="WO-1")
    assert hours_text(reckon(book(trimmed, second, period=JUNE)).pay["ola"].total) == "3.00"


def test_11_an_open_timer_blocks_the_export_and_contributes_nothing() -> None:
    running = span("2026-06-04T15:00", None, order="WO-000457", state=labor.DRAFT)
    result = reckon(book(running, period=WEEKLY.period_of(date(2026, 6, 4))))
    assert [str(one) for one in result.findings if one.blocks] == [
        "E01 Łukasz Żółć: timer on WO-000457 running since Thu 2026-06-04 15:00. Stop it or correct it."
    ]
    assert result.pay["ola"].total == 0


def test_15_two_people_of_the_same_name_stay_two() -> None:
    smiths = tuple(Employee(number, number, "John", "Smith") for number in ("0021", "0034"))
    entries = [shift("2026-06-08", "07:00", "15:00", person=one.id) for one in smiths]
    result = reckon(book(*entries, period=JUNE, employees=smiths))
    assert list(result.pay) == ["0021", "0034"]
    assert [line.minutes for one in result.pay.values() for line in one.lines] == [480, 480]


def test_18_somebody_without_hours_gets_no_line_but_is_named() -> None:
    ida = Employee("ida", "0020", "Ida", "Idle")
    result = reckon(book(period=JUNE, employees=(ida,)))
    assert result.pay == {}
    assert [str(one) for one in result.findings] == ["W20 No hours in this period: 0020 Ida Idle."]
    assert not result.blocked


def test_19_a_laptop_in_another_zone_changes_no_hours() -> None:
    clocked = span("2026-01-14T08:00-06:00", "2026-01-14T15:00-07:00")
    assert clocked.end is not None
    assert hours_text(clocked.end - clocked.start) == "8.00"


def test_21_a_biweekly_period_across_the_year_end_is_one_period_of_its_anchor() -> None:
    fortnights = PaySchedule("biweekly", SUNDAY, date(2026, 1, 5))
    assert str(fortnights.period_of(date(2026, 12, 28))) == "2026-12-21..2027-01-03"
    assert str(fortnights.period_of(date(2026, 1, 4))) == "2025-12-22..2026-01-04"
    assert str(fortnights.after(fortnights.period_of(date(2026, 1, 4)))) == "2026-01-05..2026-01-18"


def test_25_three_long_days_are_no_federal_overtime() -> None:
    days = [shift(f"2026-06-{day:02}", "07:00", "19:00") for day in (8, 9, 10)]
    result = paid(*days, period=JUNE)
    assert by_week(result, "REG") == {"2026-06-07": "36.00"}
    assert result.overtime == 0
    assert result.weeks[0].flsa_overtime == 0


def test_27_leave_makes_no_overtime() -> None:
    days = [shift(f"2026-06-{day:02}", "07:00", "16:00") for day in (8, 9, 10, 11)]
    holiday = amount(date(2026, 6, 12), 480, "HOLIDAY")
    result = reckon(book(*days, holiday, period=JUNE)).pay["ola"]
    assert {line.code: hours_text(line.minutes) for line in result.lines} == {
        "REG": "36.00",
        "HOLIDAY": "8.00",
    }
    assert result.overtime == 0


def test_28_a_short_unpaid_break_counts_as_worked_with_a_note_but_not_without_a_us_rule() -> None:
    morning = span("2026-06-08T08:00", "2026-06-08T12:00", ("2026-06-08T10:00", "2026-06-08T10:15"))
    with_rule = reckon(book(morning, period=JUNE))
    assert hours_text(with_rule.pay["ola"].total) == "4.00"
    assert any("785.18" in one.what for one in with_rule.findings)
    without = reckon(book(morning, period=JUNE, rule_set="none"))
    assert hours_text(without.pay["ola"].total) == "3.75"


def test_the_table_of_printed_hours_is_rounded_half_up() -> None:
    table = {1: "0.02", 2: "0.03", 3: "0.05", 4: "0.07", 5: "0.08", 6: "0.10", 10: "0.17", 20: "0.33", 29: "0.48",
             44: "0.73", 50: "0.83", 59: "0.98", 2400: "40.00", -120: "-2.00"}  # fmt: skip
    assert {minutes: hours_text(minutes) for minutes in table} == table
    assert printed_total([50, 50, 50]) == "2.49"


def test_a_plain_rule_set_leaves_overtime_to_the_provider() -> None:
    days = [shift(f"2026-06-{day:02}", "07:00", "17:00") for day in (8, 9, 10, 11, 12)]
    result = paid(*days, period=JUNE, rules=NONE)
    assert by_week(result, "REG") == {"2026-06-07": "50.00"}
    assert result.weeks[0].flsa_overtime == 600


def test_a_period_that_begins_inside_a_week_still_counts_the_days_before_it() -> None:
    fortnight = PaySchedule("biweekly", SUNDAY, date(2026, 6, 10)).period_of(date(2026, 6, 12))
    days = [shift(f"2026-06-{day:02}", "07:00", "19:00") for day in (8, 9, 10, 11)]
    result = reckon(book(*days, period=fortnight)).pay["ola"]
    assert {line.code: hours_text(line.minutes) for line in result.lines} == {"REG": "16.00", "OT": "8.00"}


def test_the_zone_of_the_examples_is_chicago() -> None:
    assert CALENDAR.zone is CHICAGO
    assert OLA.name == "Łukasz Żółć"
