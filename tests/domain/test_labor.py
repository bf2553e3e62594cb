"""What may be recorded as somebody's time, and what is refused with which words."""

from __future__ import annotations

from datetime import date

import pytest

from tests.domain.payroll.entries import CHICAGO, minute, span
from wotui.domain import labor, labor_rules
from wotui.errors import Refused, UsageProblem

NOW = minute("2026-06-10T12:00")


def check(entry: labor.Span, *, confirmed: bool = False) -> None:
    labor_rules.check_span(entry, now=NOW, zone=CHICAGO, confirmed=confirmed)


def test_an_ordinary_shift_with_a_meal_is_accepted() -> None:
    check(span("2026-06-08T07:00", "2026-06-08T15:30", ("2026-06-08T12:00", "2026-06-08T12:30")))


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2026-06-08T07:00", "2026-06-08T07:00", "is not after the start"),
        ("2026-06-08T22:00", "2026-06-08T06:00", "is not after the start"),
        ("2026-06-10T11:00", "2026-06-10T12:06", "has not come yet"),
        ("2026-06-10T12:06", None, "has not come yet"),
        ("2026-06-08T07:00", "2026-06-09T07:01", "24h 01m is more than 24 hours"),
        ("2026-06-08T07:00", "2026-06-08T23:01", "16h 01m is more than 16 hours"),
        ("1026-06-08T07:00-06:00", "1026-06-08T08:00-06:00", "before 1970"),
    ],
)
def test_a_span_that_cannot_be_true_is_refused(start: str, end: str | None, words: str) -> None:
    with pytest.raises(Refused, match=words):
        check(span(start, end))


def test_five_minutes_in_the_future_are_forgiven() -> None:
    check(span("2026-06-10T11:00", "2026-06-10T12:05"))


def test_sixteen_hours_pass_and_more_must_be_confirmed() -> None:
    check(span("2026-06-08T07:00", "2026-06-08T23:00"))
    long = span("2026-06-08T07:00", "2026-06-08T23:30")
    with pytest.raises(labor_rules.LongSpan):
        check(long)
    check(long, confirmed=True)


@pytest.mark.parametrize(
    ("breaks", "words"),
    [
        ([("06:30", "07:30")], "outside the entry"),
        ([("15:00", "15:31")], "outside the entry"),
        ([("12:00", "12:00")], "does not end after it starts"),
        ([("12:00", "12:30"), ("12:29", "13:00")], "overlaps another break"),
        ([("07:00", "15:30")], "take up the whole entry"),
    ],
)
def test_breaks_must_fit(breaks: list[tuple[str, str]], words: str) -> None:
    pairs = [(f"2026-06-08T{begin}", f"2026-06-08T{end}") for begin, end in breaks]
    with pytest.raises(Refused, match=words):
        check(span("2026-06-08T07:00", "2026-06-08T15:30", *pairs))


def test_two_worked_entries_that_share_a_minute_are_refused_with_the_other_ones_name() -> None:
    first = span("2026-06-08T09:00", "2026-06-08T11:00", order="W-A0001")
    second = span("2026-06-08T10:30", "2026-06-08T12:00", order="W-A0002")
    with pytest.raises(Refused, match=r"overlaps 09:00-11:00 on W-A0001 on 2026-06-08 by 30m"):
        labor_rules.check_overlap(second, [first], now=NOW, zone=CHICAGO)


def test_entries_that_touch_do_not_overlap() -> None:
    first = span("2026-06-08T09:00", "2026-06-08T10:00")
    second = span("2026-06-08T10:00", "2026-06-08T12:00")
    assert labor_rules.overlaps([first, second], NOW) == []


def test_a_running_timer_overlaps_what_came_after_its_start() -> None:
    running = span("2026-06-10T09:00", None)
    later = span("2026-06-10T10:00", "2026-06-10T11:00")
    assert [pair.minutes for pair in labor_rules.overlaps([running, later], NOW)] == [60]


def test_leave_and_other_people_do_not_overlap() -> None:
    worked = span("2026-06-08T09:00", "2026-06-08T11:00")
    leave = span("2026-06-08T10:00", "2026-06-08T12:00", time_type="SICK")
    somebody = span("2026-06-08T09:00", "2026-06-08T11:00", person="dana")
    assert labor_rules.overlaps([worked, leave, somebody], NOW) == []


def test_all_pairs_of_three_overlapping_entries_are_found() -> None:
    entries = [
        span("2026-06-08T09:00", "2026-06-08T12:00"),
        span("2026-06-08T09:30", "2026-06-08T10:00"),
        span("2026-06-08T11:00", "2026-06-08T13:00"),
    ]
    assert sorted(pair.minutes for pair in labor_rules.overlaps(entries, NOW)) == [30, 60]


def test_a_time_type_is_known_by_its_word_in_any_case_and_work_is_the_default() -> None:
    assert labor.time_type("pto").code == "PTO"
    assert labor.time_type("").code == "WORK"
    with pytest.raises(UsageProblem, match="is not a time type"):
        labor.time_type("NAP")


def test_leave_is_not_worked_and_unpaid_absence_is_not_paid() -> None:
    worked = {code for code, kind in labor.TIME_TYPES.items() if kind.worked}
    unpaid = {code for code, kind in labor.TIME_TYPES.items() if not kind.paid}
    assert worked == {"WORK", "TRAVEL", "TRAINING"}
    assert unpaid == {"UNPAID"}


def test_a_day_cannot_hold_more_than_it_has() -> None:
    labor_rules.check_day_total(date(2026, 3, 8), 1380, 1380)
    with pytest.raises(Refused, match="23h 01m on 2026-03-08"):
        labor_rules.check_day_total(date(2026, 3, 8), 1381, 1380)
    with pytest.raises(Refused):
        labor_rules.check_amount(0)
