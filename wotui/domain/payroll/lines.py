"""Payroll lines: minutes per person, workweek and pay code, and the totals that people check them against."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from wotui.domain.labor import TIME_TYPES
from wotui.domain.payroll.overtime import classify, flsa_overtime, last_shift
from wotui.domain.payroll.rules import REG

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from wotui.domain.payroll.calendar import Period, WorkCalendar
    from wotui.domain.payroll.overtime import Paid
    from wotui.domain.payroll.pieces import Piece
    from wotui.domain.payroll.rules import RuleSet

_CENT = Decimal("0.01")


def hours_text(minutes: int) -> str:
    """Hours with two decimals, rounded half up once per printed row: 50 minutes are `0.83`. Off by at most 18 s."""
    return str((Decimal(minutes) / 60).quantize(_CENT, ROUND_HALF_UP))


def is_overtime(code: str) -> bool:
    """Whether a pay code is an overtime code: neither regular nor leave."""
    return code != REG and code not in TIME_TYPES


def printed_total(minutes: Sequence[int]) -> str:
    """A control total: the sum of the printed numbers, not of the minutes behind them."""
    return str(sum((Decimal(hours_text(value)) for value in minutes), Decimal("0.00")))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of pay: a person's minutes of one workweek under one code."""

    week: date
    code: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Week:
    """One workweek of a person as far as it is recorded.

    Attributes:
        start: its first day.
        worked: minutes that count toward overtime.
        by_code: paid minutes per pay code.
        flsa_overtime: federal overtime minutes, independent of the rule set.
        by_day: worked minutes per day, seven of them.
    """

    start: date
    worked: int
    by_code: dict[str, int]
    flsa_overtime: int
    by_day: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Pay:
    """What a person gets for a period.

    Attributes:
        lines: in the order of weeks; within a week REG first, then overtime codes, then leave.
        weeks: every workweek that the given pieces touch, also its days outside the period.
        paid: the minutes behind the lines, entry by entry.
        unpaid: minutes of unpaid absence in the period.
    """

    lines: tuple[Line, ...] = ()
    weeks: tuple[Week, ...] = ()
    paid: tuple[Paid, ...] = field(default=())
    unpaid: int = 0

    def minutes(self, code: str) -> int:
        """Minutes of the period under one pay code."""
        return sum(line.minutes for line in self.lines if line.code == code)

    @property
    def overtime(self) -> int:
        """Minutes of the period under any overtime code."""
        return sum(line.minutes for line in self.lines if is_overtime(line.code))

    @property
    def leave(self) -> int:
        """Minutes of the period under any leave code."""
        return sum(line.minutes for line in self.lines if line.code in TIME_TYPES)

    @property
    def total(self) -> int:
        """Every paid minute of the period."""
        return sum(line.minutes for line in self.lines)


def pay(pieces: Sequence[Piece], period: Period, calendar: WorkCalendar, rules: RuleSet) -> Pay:
    """A person's pay for a period.

    Args:
        pieces: all of the person's pieces from the first day of the period's first workweek on, in pay order, and those
            before it that belong to a shift that lasts into it. Overtime looks at the full workweek, also at its days
            before the period.
        period: the days to pay.
        calendar: the shop's days and weeks.
        rules: the person's rule set.
    """
    paid: list[Paid] = []
    weeks: list[Week] = []
    first, before = calendar.reckoned_from(period), list["Piece"]()
    for start, group in groupby(pieces, key=lambda piece: calendar.week_of(piece.day)):
        whole_week = list(group)
        if start < first:
            before = whole_week
            continue
        classified = list(classify(whole_week, rules, last_shift(before)))
        before += whole_week
        weeks.append(_week(start, whole_week, classified))
        paid.extend(part for part in classified if part.day in period)
    sums: Counter[tuple[date, str]] = Counter()
    for part in paid:
        sums[calendar.week_of(part.day), part.code] += part.minutes
    lines = (Line(week, code, sums[week, code]) for week, code in sorted(sums, key=_rank))
    unpaid = sum(
        item.minutes for item in pieces if item.day in period and not TIME_TYPES[item.time_type].paid
    )
    return Pay(tuple(lines), tuple(weeks), tuple(paid), unpaid)


def _rank(key: tuple[date, str]) -> tuple[date, int, str]:
    week, code = key
    return week, 0 if code == REG else 2 if code in TIME_TYPES else 1, code


def _week(start: date, pieces: Sequence[Piece], paid: Sequence[Paid]) -> Week:
    days: Counter[date] = Counter()
    codes: Counter[str] = Counter()
    for piece in pieces:
        if TIME_TYPES[piece.time_type].worked:
            days[piece.day] += piece.minutes
    for part in paid:
        codes[part.code] += part.minutes
    worked = days.total()
    by_day = tuple(days[start + timedelta(days=number)] for number in range(7))
    return Week(start, worked, dict(codes), flsa_overtime(worked), by_day)
