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
        shift: the first minute of the unbroken shift it belongs to; None for an amount. Entries that touch are one
            shift, and recorded breaks do not end it.
    """

    day: date
    start: int | None
    minutes: int
    time_type: str
    entry: str
    shift: int | None = None

    @property
    def order(self) -> tuple[date, bool, int, str]:
        """The order in which minutes are paid: by workday, clocked ones first, amounts last."""
        return self.day, self.start is None, self.start or 0, self.entry


def unpaid_breaks(span: Span, rules: RuleSet) -> list[tuple[int, int]]:
    """The breaks that are taken off a span: short ones count as worked where the rule set says so."""
    return sorted(
        (item.start, item.end) for item in span.breaks if item.minutes >= max(1, rules.paid_break_under)
    )


def split(span: Span, calendar: WorkCalendar, rules: RuleSet, shift: int | None = None) -> Iterator[Piece]:
    """The pieces of a span, without its unpaid breaks; none while its timer runs.

    `shift` is the first minute of the unbroken shift that the span belongs to; its own start when not given.

    The minutes of all pieces add up to the span's length less its unpaid breaks.
    """
    if span.end is None:
        return
    begin = span.start
    for pause, resume in [*unpaid_breaks(span, rules), (span.end, span.end)]:
        for day, first, minutes in _by_day(begin, pause, calendar):
            yield Piece(day, first, minutes, span.time_type, span.id, span.start if shift is None else shift)
        begin = resume


def _by_day(begin: int, end: int, calendar: WorkCalendar) -> Iterator[tuple[date, int, int]]:
    while begin < end:
        day = calendar.day_of(begin)
        until = min(end, calendar.day_begins(day + timedelta(days=1)))
        yield day, begin, until - begin
        begin = until


def whole(amount: Amount) -> Piece:
    """The one piece of an amount."""
    return Piece(amount.day, None, amount.minutes, amount.time_type, amount.id)


def shifts(spans: Iterable[Span]) -> list[list[Span]]:
    """One person's finished entries as unbroken shifts: worked entries that touch belong together.

    An entry that is no work (on call) neither continues a shift nor ends one. Running timers are left out.
    """
    found: list[list[Span]] = []
    open_shift: list[Span] | None = None
    for span in sorted(spans, key=lambda one: (one.start, one.id)):
        if span.end is None:
            continue
        if not span.worked:
            found.append([span])
        elif open_shift is not None and span.start <= (open_shift[-1].end or 0):
            open_shift.append(span)
        else:
            open_shift = [span]
            found.append(open_shift)
    return found


def pieces(
    spans: Iterable[Span], amounts: Iterable[Amount], calendar: WorkCalendar, rules: RuleSet
) -> list[Piece]:
    """Every piece of one person's entries in the order in which minutes are paid."""
    found = [
        piece
        for chain in shifts(spans)
        for span in chain
        for piece in split(span, calendar, rules, chain[0].start)
    ]
    found.extend(whole(amount) for amount in amounts if amount.minutes > 0)
    return sorted(found, key=lambda piece: piece.order)
