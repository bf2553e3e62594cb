"""What may not be recorded as somebody's time: the entry rules, each refusal with its way out.

The same rules look at entries that a merge brought; there they are reported instead of refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wotui.domain import wall_time
from wotui.domain.labor import HOUR, Span, clock_range, hours_minutes
from wotui.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

ASK_ABOVE = 16 * HOUR
REFUSE_ABOVE = 24 * HOUR
FUTURE_ALLOWANCE = 5


def check_span(span: Span, *, now: int, zone: ZoneInfo, confirmed: bool = False) -> None:
    """Refuse a span that cannot be true.

    Args:
        span: the span to record; `end` None is a running timer.
        now: the present minute since the epoch.
        zone: the shop's zone, to write times the way people read them.
        confirmed: the person has said that more than 16 hours is right.

    Raises:
        Refused: it lies in the future, ends before it starts, is too long, or a break does not fit.
    """
    start = wall_time.local(span.start, zone)
    if span.start < 0:
        raise Refused(f"{start:%Y-%m-%d} is before 1970.", "Check the year.")
    latest = span.start if span.end is None else max(span.start, span.end)
    if latest > now + FUTURE_ALLOWANCE:
        moment = wall_time.local(latest, zone)
        raise Refused(f"{moment:%Y-%m-%d %H:%M} has not come yet.", "Record time after it was worked.")
    if span.end is None:
        return
    end = wall_time.local(span.end, zone)
    if span.end <= span.start:
        raise Refused(
            f"The end {end:%Y-%m-%d %H:%M} is not after the start {start:%Y-%m-%d %H:%M}.",
            "For work past midnight give the end with the next day's date.",
        )
    check_length(span.end - span.start, confirmed=confirmed)
    check_breaks(span, zone)


def check_length(minutes: int, *, confirmed: bool = False) -> None:
    """Refuse an unlikely length.

    Raises:
        Refused: more than 24 hours, or more than 16 hours that nobody has confirmed.
    """
    if minutes > REFUSE_ABOVE:
        raise Refused(f"{hours_minutes(minutes)} is more than 24 hours.", "Enter each day by itself.")
    if minutes > ASK_ABOVE and not confirmed:
        raise LongSpan(
            f"{hours_minutes(minutes)} is more than 16 hours.",
            "Say that it is right (--confirm), or correct it.",
        )


class LongSpan(Refused):
    """Between 16 and 24 hours: possible, but a person must say so."""


def check_breaks(span: Span, zone: ZoneInfo) -> None:
    """Refuse breaks outside their span, of no length, overlapping, or that leave nothing.

    Raises:
        Refused: names the break.
    """
    before = span.start
    for item in sorted(span.breaks, key=lambda one: one.start):
        words = clock_range(item.start, item.end, zone)
        if item.end <= item.start:
            raise Refused(f"The break {words} does not end after it starts.", "Correct the break.")
        if item.start < span.start or (span.end is not None and item.end > span.end):
            raise Refused(
                f"The break {words} lies outside the entry.", "Correct the break, or the entry's times."
            )
        if item.start < before:
            raise Refused(f"The break {words} overlaps another break.", "Correct one of them.")
        before = item.end
    if span.end is not None and span.unpaid_minutes >= span.end - span.start:
        raise Refused("The breaks take up the whole entry.", "Correct the breaks, or leave the entry out.")


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two worked spans of one person that share `minutes` minutes."""

    first: Span
    second: Span
    minutes: int


def overlaps(spans: Iterable[Span], now: int) -> list[Overlap]:
    """Every pair of worked spans of one person that share at least one minute; a running timer lasts until `now`."""
    found: list[Overlap] = []
    by_person: dict[str, list[Span]] = {}
    for span in spans:
        if span.worked:
            by_person.setdefault(span.person, []).append(span)
    for mine in by_person.values():
        open_spans: list[Span] = []
        for span in sorted(mine, key=lambda one: (one.start, one.id)):
            open_spans = [earlier for earlier in open_spans if _end(earlier, now) > span.start]
            for earlier in open_spans:
                shared = min(_end(earlier, now), _end(span, now)) - span.start
                if shared > 0:
                    found.append(Overlap(earlier, span, shared))
            open_spans.append(span)
    return found


def _end(span: Span, now: int) -> int:
    return max(span.start, now) if span.end is None else span.end


def check_overlap(span: Span, others: Sequence[Span], *, now: int, zone: ZoneInfo) -> None:
    """Refuse a span that shares a minute with another worked span of the same person.

    Raises:
        Refused: names the other entry; nothing is ever trimmed without being asked.
    """
    pairs = overlaps([span, *(other for other in others if other.id != span.id)], now)
    for pair in pairs:
        if span.id in {pair.first.id, pair.second.id}:
            other = pair.second if pair.first.id == span.id else pair.first
            where = f" on {other.order}" if other.order else ""
            day = f"{wall_time.local(other.start, zone):%Y-%m-%d}"
            shared = hours_minutes(pair.minutes)
            raise Refused(
                f"It overlaps {clock_range(other.start, other.end, zone)}{where} on {day} by {shared}.",
                "Correct one of the two entries.",
            )


def check_day_total(day: date, total: int, length: int) -> None:
    """Refuse an amount that makes a day longer than it is.

    Args:
        day: the workday.
        total: minutes recorded on it, the new amount included.
        length: minutes that the day has: 1440, or 1380 or 1500 where the clock changes.

    Raises:
        Refused: the total does not fit.
    """
    if total > length:
        raise Refused(
            f"{hours_minutes(total)} on {day} is more than the day has ({hours_minutes(length)}).",
            "Correct it.",
        )


def check_amount(minutes: int) -> None:
    """Refuse an amount of no minutes.

    Raises:
        Refused: zero or fewer.
    """
    if minutes <= 0:
        raise Refused("An entry needs at least one minute.", "Give the minutes.")
