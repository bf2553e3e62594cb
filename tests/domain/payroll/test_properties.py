"""What holds for any hours: nothing is lost, nothing is counted twice, and later entries change no earlier minute."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.payroll.entries import FLSA, NONE
from wotui.domain.labor import Break, Span
from wotui.domain.payroll.calendar import PaySchedule, Period, WorkCalendar
from wotui.domain.payroll.lines import pay
from wotui.domain.payroll.overtime import classify
from wotui.domain.payroll.pieces import pieces, unpaid_breaks

if TYPE_CHECKING:
    from collections.abc import Callable

ZONES = (
    "America/Chicago",
    "Europe/Berlin",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "Asia/Kolkata",
    "America/Havana",
)
EDGE = 29_548_800
"""2026-03-08T00:00Z: most clock changes of the year lie within the drawn range."""


@st.composite
def weeks(draw: Callable[..., object]) -> tuple[list[Span], WorkCalendar]:
    """Some spans that do not overlap, with breaks, around any clock change of 2026."""
    choose: Callable[[st.SearchStrategy[int]], int] = draw  # type: ignore[assignment]
    zone = ZoneInfo(ZONES[choose(st.integers(0, len(ZONES) - 1))])
    begin = EDGE + choose(st.integers(-250_000, 400_000))
    spans: list[Span] = []
    for number in range(choose(st.integers(1, 9))):
        begin += choose(st.integers(0, 900))
        length = choose(st.integers(1, 1440))
        breaks: tuple[Break, ...] = ()
        if length > 3 and choose(st.booleans().map(int)):
            first = begin + 1 + choose(st.integers(0, length - 3))
            breaks = (Break(first, first + 1 + choose(st.integers(0, begin + length - first - 2))),)
        spans.append(Span(f"s{number}", "ola", begin, begin + length, breaks=breaks))
        begin += length
    return spans, WorkCalendar(zone, choose(st.integers(0, 6)))


EVER = Period(date(2020, 1, 1), date(2030, 12, 31))


@given(weeks())
def test_pieces_add_up_to_the_spans_less_their_unpaid_breaks(case: tuple[list[Span], WorkCalendar]) -> None:
    spans, calendar = case
    for rules in (FLSA, NONE):
        expected = sum((one.end or 0) - one.start for one in spans)
        expected -= sum(end - start for one in spans for start, end in unpaid_breaks(one, rules))
        parts = pieces(spans, [], calendar, rules)
        assert sum(part.minutes for part in parts) == expected
        assert all(part.minutes > 0 and calendar.day_of(part.start or 0) == part.day for part in parts)
        assert all(calendar.day_of((part.start or 0) + part.minutes - 1) == part.day for part in parts)


@given(weeks())
def test_every_worked_minute_has_one_code_and_no_week_more_than_forty_regular_hours(
    case: tuple[list[Span], WorkCalendar],
) -> None:
    spans, calendar = case
    parts = pieces(spans, [], calendar, FLSA)
    result = pay(parts, EVER, calendar, FLSA)
    assert result.total == sum(part.minutes for part in parts)
    for week in result.weeks:
        assert week.by_code.get("REG", 0) == min(week.worked, 2400)
        assert week.by_code.get("OT", 0) == week.flsa_overtime == max(0, week.worked - 2400)
        assert sum(week.by_day) == week.worked


@given(weeks(), st.randoms(use_true_random=False))
def test_the_order_of_entries_changes_nothing(case: tuple[list[Span], WorkCalendar], random: object) -> None:
    spans, calendar = case
    shuffled = list(spans)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert pieces(shuffled, [], calendar, FLSA) == pieces(spans, [], calendar, FLSA)


@given(weeks(), st.integers(0, 8))
def test_a_later_entry_changes_no_earlier_minutes_code(
    case: tuple[list[Span], WorkCalendar], kept: int
) -> None:
    spans, calendar = case
    whole = list(classify(pieces(spans, [], calendar, FLSA), FLSA))
    fewer = list(classify(pieces(spans[:kept], [], calendar, FLSA), FLSA))
    assert whole[: len(fewer)] == fewer


@given(weeks())
def test_periods_share_out_the_minutes_without_loss(case: tuple[list[Span], WorkCalendar]) -> None:
    spans, calendar = case
    parts = pieces(spans, [], calendar, FLSA)
    schedule = PaySchedule("biweekly", calendar.week_start, date(2026, 1, 7))
    whole = pay(parts, EVER, calendar, FLSA)
    period, shared = schedule.period_of(parts[0].day), 0
    while period.start <= parts[-1].day:
        from_week = [part for part in parts if part.day >= calendar.week_of(period.start)]
        shared += pay(from_week, period, calendar, FLSA).overtime
        period = schedule.after(period)
    assert shared == whole.overtime


@given(st.sampled_from(ZONES), st.dates(date(2000, 1, 1), date(2037, 1, 1)))
def test_days_follow_each_other_without_gap_and_last_as_long_as_the_clock_says(name: str, day: date) -> None:
    calendar = WorkCalendar(ZoneInfo(name), 6)
    assert calendar.day_length(day) in {1380, 1410, 1440, 1470, 1500}
    assert calendar.day_of(calendar.day_begins(day)) == day
    assert calendar.day_of(calendar.day_begins(day) - 1) == day - timedelta(days=1)


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.dates(date(1990, 1, 1), date(2060, 1, 1)))
def test_every_day_is_in_exactly_one_period(day: date, anchor: date) -> None:
    for kind in ("weekly", "biweekly", "semimonthly", "monthly"):
        schedule = PaySchedule(kind, 6, anchor)
        period = schedule.period_of(day)
        assert day in period
        assert schedule.period_of(period.start) == period == schedule.period_of(period.end)
        assert schedule.after(schedule.before(period)) == period
