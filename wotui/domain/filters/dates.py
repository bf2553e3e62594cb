"""Dates as a person types them into a filter: `today`, `fri`, `+3d`, `week`, `2026-09`, and ranges of them.

Every date is a span of days, so that `2026-09` is a month and `..2026-09` ends with its last day.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

Span = tuple[date, date]

EXAMPLES = "today, fri, +3d, week, 2026-09 or 2026-09-14"
"""What a mistake offers."""

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_OFFSET = re.compile(r"(?P<sign>[+-])?(?P<count>\d{1,4})(?P<unit>[dwmy])")
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_WEEK = re.compile(r"(\d{4})-?w(\d{1,2})")
_PERIODS = re.compile(r"(?P<which>this|last|next)?-?(?P<unit>week|month|year)")
_STEPS = {"last": -1, "next": 1, "this": 0, None: 0}


def parse_span(text: str, today: date, *, past: bool = False) -> Span:
    """The days that a date stands for, first and last.

    Args:
        text: one of `today tomorrow yesterday`, a weekday (three letters are enough), an offset such as `+3d -2w +1m
            1y`, `week month year` with `last-` or `next-`, `2026`, `2026-09`, `2026-w23`, `2026-09-14`.
        today: the shop's date. Weeks begin on Monday (ISO 8601).
        past: a weekday means the latest one instead of the coming one; today counts for both.

    Raises:
        ValueError: none of these, or a day that no calendar has.
    """
    word = text.casefold()
    near = {"today": 0, "now": 0, "tomorrow": 1, "yesterday": -1}
    try:
        if word in near:
            return _day(today + timedelta(days=near[word]))
        if len(word) >= 3 and (found := [day for day in _WEEKDAYS if day.startswith(word)]):
            return _day(_weekday(_WEEKDAYS.index(found[0]), today, past=past))
        if match := _OFFSET.fullmatch(word):
            return _day(
                _moved(today, match["unit"], int(match["count"]) * (-1 if match["sign"] == "-" else 1))
            )
        if match := _PERIODS.fullmatch(word):
            return _period(match["unit"], _STEPS[match["which"]], today)
        return _calendar(word)
    except OverflowError:
        raise ValueError(text) from None


def parse_range(text: str, today: date, *, past: bool = False) -> tuple[date | None, date | None]:
    """A span or a range `a..b` with either end left open: the first and the last day, None for an open end.

    Raises:
        ValueError: not a date, or a range that ends before it begins.
    """
    if ".." not in text:
        return parse_span(text, today, past=past)
    left, _, right = text.partition("..")
    first = parse_span(left, today, past=past)[0] if left else None
    last = parse_span(right, today, past=past)[1] if right else None
    if first is None and last is None:
        raise ValueError(text)
    if first is not None and last is not None and last < first:
        raise ValueError(text)
    return first, last


def _day(day: date) -> Span:
    return day, day


def _weekday(weekday: int, today: date, *, past: bool) -> date:
    ahead = (weekday - today.weekday()) % 7
    return today + timedelta(days=ahead - 7 if past and ahead else ahead)


def _moved(today: date, unit: str, count: int) -> date:
    if unit in "dw":
        return today + timedelta(days=count * (7 if unit == "w" else 1))
    months = today.year * 12 + today.month - 1 + count * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def _period(unit: str, step: int, today: date) -> Span:
    if unit == "week":
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=step)
        return monday, monday + timedelta(days=6)
    if unit == "month":
        first = _moved(today.replace(day=1), "m", step)
        return first, first.replace(day=monthrange(first.year, first.month)[1])
    return date(today.year + step, 1, 1), date(today.year + step, 12, 31)


def _calendar(word: str) -> Span:
    if re.fullmatch(r"[12]\d{3}", word):
        return date(int(word), 1, 1), date(int(word), 12, 31)
    if match := _MONTH.fullmatch(word):
        first = date(int(match[1]), int(match[2]), 1)
        return first, first.replace(day=monthrange(first.year, first.month)[1])
    if match := _WEEK.fullmatch(word):
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return monday, monday + timedelta(days=6)
    if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", word):
        year, month, day = map(int, word.split("-"))
        return _day(date(year, month, day))
    raise ValueError(word)
