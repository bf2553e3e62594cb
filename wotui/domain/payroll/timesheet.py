"""One person's workweek as a sheet: days across, orders down, overtime as it builds.

The cells are the recorded minutes, exact, each in the workday it belongs to. Overtime is what the rule set makes of the
days so far; later days never change it, so that a half-finished week can be read from left to right.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING

from wotui.domain import labor_rules
from wotui.domain.labor import TIME_TYPES
from wotui.domain.payroll.lines import is_overtime
from wotui.domain.payroll.overtime import classify, last_shift
from wotui.domain.payroll.pieces import pieces, unpaid_breaks
from wotui.domain.payroll.rounding import rounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from wotui.domain.labor import Amount, Span
    from wotui.domain.payroll.calendar import WorkCalendar
    from wotui.domain.payroll.pieces import Piece
    from wotui.domain.payroll.rules import RuleSet

DAYS = 7
Week = tuple[int, ...]
"""Minutes of the seven days."""
Key = tuple[str, str]
"""An order's number and an empty time type, or no number and the time type of hours on no order."""
NO_ORDER: Key = ("", "WORK")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One order's minutes, or those of one kind of time on no order."""

    key: Key
    minutes: Week
    running: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Timesheet:
    """A person's workweek.

    Attributes:
        first: its first day.
        rows: orders by number, then hours on no order; that one is always there, to be filled.
        entries: (row's key, number of the day) → ids of the entries behind a cell, in order.
        worked: minutes that count toward overtime, by day.
        leave: paid minutes that do not.
        overtime: overtime code → minutes by day; empty while entries overlap.
        breaks: unpaid breaks by day.
        overlapping: entries share minutes, so that nothing can be said about overtime.
    """

    first: date
    rows: tuple[SheetRow, ...]
    entries: Mapping[tuple[Key, int], tuple[str, ...]]
    worked: Week
    leave: Week
    overtime: Mapping[str, Week]
    breaks: Week
    overlapping: bool = False

    @property
    def so_far(self) -> Week:
        """Worked minutes of the week up to each day."""
        return tuple(accumulate(self.worked))

    @property
    def total(self) -> Week:
        """All minutes by day, leave included."""
        return tuple(work + leave for work, leave in zip(self.worked, self.leave, strict=True))

    def days(self) -> list[date]:
        """The seven days."""
        return [self.first + timedelta(days=number) for number in range(DAYS)]


def timesheet(
    first: date,
    spans: Sequence[Span],
    amounts: Sequence[Amount],
    calendar: WorkCalendar,
    rules: RuleSet,
    *,
    now: int,
    rounding: int = 0,
) -> Timesheet:
    """The sheet of the workweek that begins on `first`.

    Args:
        first: the week's first day.
        spans: one person's entries of the week, and of the day before it (a shift may last into the week).
        amounts: the same person's amounts.
        calendar: the shop's days and weeks.
        rules: the person's rule set.
        now: the present minute since the epoch.
        rounding: minutes to which the payroll rounds shifts; overtime is reckoned from those, the cells stay exact.
    """
    parts = [one for one in pieces(spans, amounts, calendar, rules) if _number(one.day, first) is not None]
    owners = {one.id: _key(one) for one in (*spans, *amounts)}
    overlapping = bool(labor_rules.overlaps(spans, now))
    return Timesheet(
        first,
        _rows(first, parts, spans, owners, calendar),
        _behind(first, parts, spans, owners, calendar),
        _by_day(first, ((one.day, one.minutes) for one in parts if TIME_TYPES[one.time_type].worked)),
        _by_day(first, ((one.day, one.minutes) for one in parts if _is_leave(one.time_type))),
        {} if overlapping else _overtime(first, spans, amounts, calendar, rules, rounding),
        _by_day(
            first,
            (
                (calendar.day_of(begin), end - begin)
                for one in spans
                for begin, end in unpaid_breaks(one, rules)
            ),
        ),
        overlapping,
    )


def _is_leave(time_type: str) -> bool:
    return TIME_TYPES[time_type].paid and not TIME_TYPES[time_type].worked


def _key(entry: Span | Amount) -> Key:
    worked = TIME_TYPES[entry.time_type].worked
    return (entry.order, "") if entry.order and worked else ("", entry.time_type)


def _number(day: date, first: date) -> int | None:
    number = (day - first).days
    return number if 0 <= number < DAYS else None


def _by_day(first: date, found: Iterable[tuple[date, int]]) -> Week:
    sums = [0] * DAYS
    for day, minutes in found:
        number = _number(day, first)
        if number is not None:
            sums[number] += minutes
    return tuple(sums)


def _rows(
    first: date,
    parts: Sequence[Piece],
    spans: Sequence[Span],
    owners: Mapping[str, Key],
    calendar: WorkCalendar,
) -> tuple[SheetRow, ...]:
    sums: Counter[tuple[Key, int]] = Counter()
    running: dict[Key, set[int]] = {}
    for one in parts:
        sums[owners[one.entry], (one.day - first).days] += one.minutes
    for one in spans:
        number = _number(calendar.day_of(one.start), first)
        if one.end is None and number is not None:
            running.setdefault(owners[one.id], set()).add(number)
    keys = {NO_ORDER, *(key for key, _ in sums), *running}
    ordered = sorted(keys, key=lambda key: (not key[0], key[0], list(TIME_TYPES).index(key[1] or "WORK")))
    return tuple(
        SheetRow(key, tuple(sums[key, number] for number in range(DAYS)), frozenset(running.get(key, ())))
        for key in ordered
    )


def _behind(
    first: date,
    parts: Sequence[Piece],
    spans: Sequence[Span],
    owners: Mapping[str, Key],
    calendar: WorkCalendar,
) -> dict[tuple[Key, int], tuple[str, ...]]:
    found: dict[tuple[Key, int], dict[str, None]] = {}
    for one in parts:
        found.setdefault((owners[one.entry], (one.day - first).days), {})[one.entry] = None
    for one in spans:
        number = _number(calendar.day_of(one.start), first)
        if one.end is None and number is not None:
            found.setdefault((owners[one.id], number), {})[one.id] = None
    return {cell: tuple(ids) for cell, ids in found.items()}


def _overtime(
    first: date,
    spans: Sequence[Span],
    amounts: Sequence[Amount],
    calendar: WorkCalendar,
    rules: RuleSet,
    rounding: int,
) -> dict[str, Week]:
    parts = pieces(rounded(spans, rounding, calendar.zone), amounts, calendar, rules)
    before = [one for one in parts if one.day < first]
    week = [one for one in parts if _number(one.day, first) is not None]
    found: dict[str, list[tuple[date, int]]] = {}
    for one in classify(week, rules, last_shift(before)):
        if is_overtime(one.code):
            found.setdefault(one.code, []).append((one.day, one.minutes))
    return {code: _by_day(first, found[code]) for code in sorted(found)}
