"""Rounding: the worked example of the specification, ties, touching entries, and what is never rounded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.payroll.entries import CHICAGO, JUNE, OLA, book, minute, shift, span
from tests.domain.payroll.test_properties import weeks
from wotui.domain.labor import Span
from wotui.domain.payroll.calendar import WorkCalendar
from wotui.domain.payroll.lines import hours_text
from wotui.domain.payroll.reckoning import reckon
from wotui.domain.payroll.rounding import INCREMENTS, rounded, rounded_edge

DAY = "2026-06-08"


def hours(*spans: Span, rounding: int) -> str:
    result = reckon(replace(book(*spans, period=JUNE), rounding=rounding))
    return hours_text(result.pay[OLA.id].total)


@pytest.mark.parametrize(
    ("begin", "end", "expected"),
    [
        ("07:53", "16:07", {"none": "7.73", "15": "7.50", "5": "7.67", "6": "7.70"}),
        ("07:52", "16:08", {"none": "7.77", "15": "8.00", "5": "7.83", "6": "7.70"}),
        ("07:53", "16:08", {"15": "7.75"}),
    ],
)
def test_7_seven_and_eight_minutes_around_the_quarter(begin: str, end: str, expected: dict[str, str]) -> None:
    worked = span(f"{DAY}T{begin}", f"{DAY}T{end}", (f"{DAY}T12:00", f"{DAY}T12:30"))
    assert {mode: hours(worked, rounding=INCREMENTS[mode]) for mode in expected} == expected


@pytest.mark.parametrize(
    ("increment", "down", "up"), [(15, (0, 1, 7), (8, 14)), (5, (0, 2), (3, 4)), (6, (0, 2), (4, 5))]
)
def test_minutes_go_to_the_nearest_increment(
    increment: int, down: tuple[int, ...], up: tuple[int, ...]
) -> None:
    hour = minute(f"{DAY}T08:00")
    for ends in (False, True):
        assert {rounded_edge(hour + each, increment, CHICAGO, ends=ends) for each in down} == {hour}
        assert {rounded_edge(hour + each, increment, CHICAGO, ends=ends) for each in up} == {hour + increment}


def test_a_tie_of_three_minutes_falls_in_the_employees_favour() -> None:
    assert hours(shift(DAY, "08:03", "16:03"), rounding=6) == "8.10"


def test_four_touching_jobs_are_one_clock_span() -> None:
    jobs = [shift(DAY, f"08:{start:02}", f"08:{start + 8:02}") for start in (0, 8, 16, 24)]
    assert hours(*jobs, rounding=0) == "0.53"
    assert hours(*jobs, rounding=15) == "0.50"


def test_breaks_stay_exact_and_an_entry_of_which_nothing_is_left_is_dropped() -> None:
    worked = span(f"{DAY}T08:01", f"{DAY}T16:01", (f"{DAY}T12:01", f"{DAY}T12:33"))
    assert hours(worked, rounding=15) == hours_text(480 - 32)
    assert rounded([shift(DAY, "08:01", "08:05")], 15, CHICAGO) == []


def test_a_running_timer_is_left_alone() -> None:
    timer = span(f"{DAY}T08:01", None)
    assert rounded([timer], 15, CHICAGO) == [timer]


def test_edges_are_rounded_on_the_wall_clock_of_a_zone_off_the_hour() -> None:
    from zoneinfo import ZoneInfo

    from wotui.domain import wall_time

    nepal = ZoneInfo("Asia/Kathmandu")
    start = wall_time.parse_minute("2026-06-08T08:02", nepal)
    assert wall_time.local(rounded_edge(start, 6, nepal, ends=False), nepal).minute == 0


@given(weeks(), st.sampled_from([5, 6, 15]))
def test_rounding_moves_each_shift_by_less_than_an_increment_and_makes_no_overlap(
    case: tuple[list[Span], WorkCalendar], increment: int
) -> None:
    spans, calendar = case
    spans = [replace(one, breaks=()) for one in spans]
    before = sum((one.end or 0) - one.start for one in spans)
    after = sorted(rounded(spans, increment, calendar.zone), key=lambda one: one.start)
    assert abs(sum((one.end or 0) - one.start for one in after) - before) <= increment * len(spans)
    assert all((one.end or 0) <= other.start for one, other in pairwise(after))


def test_exact_minutes_are_what_they_were() -> None:
    spans = [shift(DAY, "08:01", "12:04"), shift(DAY, "12:30", "16:59")]
    assert rounded(spans, 0, CHICAGO) == spans
    assert date(2026, 6, 8) in JUNE
