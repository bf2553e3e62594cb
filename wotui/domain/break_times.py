"""Breaks as people write them: `12:00-12:30;15:00-15:15`, times of the shop's clock inside an entry."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from wotui.domain import wall_time
from wotui.domain.labor import Break
from wotui.errors import UsageProblem

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

SHORT = 20
"""A shorter break is a rest, a longer one may be a meal (29 CFR 785.18, .19)."""

_RANGE = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")


def parse_breaks(text: str, start: int, end: int | None, zone: ZoneInfo) -> tuple[Break, ...]:
    """The breaks of an entry, from text.

    Args:
        text: ranges separated by `;` or `,`; empty for none.
        start: the entry's first minute since the epoch. A time before it belongs to the next day.
        end: the entry's end, or None while its timer runs.
        zone: the shop's zone.

    Raises:
        UsageProblem: a range that is none.
        Refused: a time that does not exist, or comes twice inside the entry.
    """
    parts = [part.strip() for part in re.split(r"[;,]", text) if part.strip()]
    return tuple(_one(part, start, end, zone) for part in parts)


def _one(part: str, start: int, end: int | None, zone: ZoneInfo) -> Break:
    match = _RANGE.fullmatch(part)
    try:
        if match is None:
            raise ValueError(part)
        from_hour, from_minute, to_hour, to_minute = (int(digits) for digits in match.groups())
        begin = _minute(time(from_hour, from_minute), start, end, zone)
        stop = _minute(time(to_hour, to_minute), begin, end, zone)
    except ValueError:
        raise UsageProblem(f"{part[:40]!r} is not a break.", "Write it like 12:00-12:30.") from None
    return Break(begin, stop, "rest" if stop - begin < SHORT else "meal")


def _minute(at: time, after: int, end: int | None, zone: ZoneInfo) -> int:
    """The first minute from `after` on at which the shop's clock shows `at`."""
    day = wall_time.local(after, zone).date()
    for wall in (datetime.combine(day, at), datetime.combine(day + timedelta(days=1), at)):
        try:
            candidates = [wall_time.minute_of(wall_time.resolve(wall, zone))]
        except wall_time.TimeTwice as twice:
            candidates = [wall_time.minute_of(reading.moment) for reading in twice.readings]
            inside = [minute for minute in candidates if minute >= after and (end is None or minute <= end)]
            if len(inside) > 1:
                raise
        later = [minute for minute in candidates if minute >= after]
        if later:
            return later[0]
    raise ValueError(at)
