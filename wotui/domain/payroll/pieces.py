"""Entries cut into pieces that each belong to one workday.

A span is always split where a workday begins, whatever shift it belongs to: overtime is counted by the week, and a
whole shift given to the day it began on would move minutes between weeks (29 CFR 778.105).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from wotui.domain.labor import Amount, Span
    from wotui.domain.payroll.calendar import WorkCalendar
    from wotui.domain.payroll.rules import RuleSet


@dataclass(frozen=True, slots=True)
class Piece:
    """Minutes of one entry on one workday.

    Attributes:
        day: the workday.
        start: its first minute since the epoch; None for an amount, which has no clock times.
        minutes: how many; at least one.
        time_type: what happened.
        entry: the id of the entry it was cut from.
    """

    day: date
    start: int | None
    minutes: int
    time_type: str
    entry: str

    @property
    def order(self) -> tuple[date, bool, int, str]:
        """The order in which minutes are paid: by workday, clocked ones first, amounts last."""
        return self.day, self.start is None, self.start or 0, self.entry


def unpaid_breaks(span: Span, rules: RuleSet) -> list[tuple[int, int]]:
    """The breaks that are taken off a span: short ones count as worked where the rule set says so."""
    return sorted(
        (item.start, item.end) for item in span.breaks if item.minutes >= max(1, rules.paid_break_under)
    )


def split(span: Span, calendar: WorkCalendar, rules: RuleSet) -> Iterator[Piece]:
    """The pieces of a span, without its unpaid breaks; none while its timer runs.

    The minutes of all pieces add up to the span's length less its unpaid breaks.
    """
    if span.end is None:
        return
    begin = span.start
    for pause, resume in [*unpaid_breaks(span, rules), (span.end, span.end)]:
        yield from _by_day(span, begin, pause, calendar)
        begin = resume


def _by_day(span: Span, begin: int, end: int, calendar: WorkCalendar) -> Iterator[Piece]:
    while begin < end:
        day = calendar.day_of(begin)
        until = min(end, calendar.day_begins(day + timedelta(days=1)))
        yield Piece(day, begin, until - begin, span.time_type, span.id)
        begin = until


def whole(amount: Amount) -> Piece:
    """The one piece of an amount."""
    return Piece(amount.day, None, amount.minutes, amount.time_type, amount.id)


def pieces(
    spans: Iterable[Span], amounts: Iterable[Amount], calendar: WorkCalendar, rules: RuleSet
) -> list[Piece]:
    """Every piece of one person's entries in the order in which minutes are paid."""
    found = [piece for span in spans for piece in split(span, calendar, rules)]
    found.extend(whole(amount) for amount in amounts)
    return sorted(found, key=lambda piece: piece.order)
