"""The nominal dates of a rule, by multiplication from the anchor and by division back.

Adding to the date before would lose the day for ever: 31 January, 28 February, 28 March. Counting from the anchor gives
31 March. Division finds the date around any day at once, however long ago the anchor was.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Unit = Literal["day", "week", "month", "year"]
MonthRule = Literal["same_day", "last_day", "nth_weekday"]

_PERIOD = {"day": 1, "week": 7, "month": 30, "year": 365}


def add_months(start: date, months: int) -> date:
    """The same day so many months later, or the month's last where it has no such day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def stepped(start: date, every: int, unit: Unit, times: int) -> date:
    """`start` and so many intervals, multiplied: 31 January and two months is 31 March."""
    if unit in {"month", "year"}:
        return add_months(start, times * every * (12 if unit == "year" else 1))
    return start + timedelta(days=times * every * _PERIOD[unit])


@dataclass(frozen=True, slots=True)
class Dates:
    """The endless row of nominal dates: number 0 is the first on or after the anchor. See `Plan` for the fields."""

    anchor: date
    every: int = 1
    unit: Unit = "month"
    weekdays: tuple[int, ...] = ()
    month_rule: MonthRule = "same_day"
    nth: int = 1
    skip_every: int = 0

    @property
    def period(self) -> int:
        """About how many days lie between two dates: a month counts 30, a year 365."""
        days = self.every * _PERIOD[self.unit]
        return max(1, days // len(set(self.weekdays))) if self._by_weekday else days

    def on(self, number: int) -> date:
        """The nominal date with this number, 0 or more.

        Raises:
            OverflowError, ValueError: it lies after the year 9999.
        """
        if self.skip_every > 1:
            number += number // (self.skip_every - 1)
        return self._raw(number + self._offset())

    def last_to(self, day: date) -> int:
        """The number of the last date on or before a day; -1 where all come later."""
        raw = self._raw_last_to(day) - self._offset()
        if raw < 0:
            return -1
        if self.skip_every > 1:
            raw -= (raw + 1) // self.skip_every
        return raw

    def first_from(self, day: date) -> int:
        """The number of the first date on or after a day."""
        return self.last_to(day - timedelta(days=1)) + 1

    @property
    def _by_weekday(self) -> bool:
        return self.unit == "week" and bool(self.weekdays)

    @property
    def _monday(self) -> date:
        return self.anchor - timedelta(days=self.anchor.weekday())

    def _offset(self) -> int:
        """How many raw dates lie before the anchor: of its own week or month."""
        if self._by_weekday:
            return sum(day < self.anchor.weekday() for day in set(self.weekdays))
        return int(self._raw(0) < self.anchor)

    def _raw(self, number: int) -> date:
        if self._by_weekday:
            days = sorted(set(self.weekdays))
            week, slot = divmod(number, len(days))
            return self._monday + timedelta(days=7 * self.every * week + days[slot])
        if self.unit in {"day", "week"} or self.month_rule == "same_day":
            return stepped(self.anchor, self.every, self.unit, number)
        month = stepped(self.anchor.replace(day=1), self.every, self.unit, number)
        last = month.replace(day=monthrange(month.year, month.month)[1])
        if self.month_rule == "last_day":
            return last
        if self.nth < 0:
            return last - timedelta(days=(last.weekday() - self.anchor.weekday()) % 7)
        first = month + timedelta(days=(self.anchor.weekday() - month.weekday()) % 7)
        return first + timedelta(days=7 * (self.nth - 1))

    def _raw_last_to(self, day: date) -> int:
        if self._by_weekday:
            week, rest = divmod((day - self._monday).days, 7 * self.every)
            days = set(self.weekdays)
            return week * len(days) + sum(one <= rest for one in days) - 1
        if self.unit in {"day", "week"}:
            return (day - self.anchor).days // (self.every * _PERIOD[self.unit])
        months = (day.year - self.anchor.year) * 12 + day.month - self.anchor.month
        number = months // (self.every * (12 if self.unit == "year" else 1))
        return number if number < 0 or self._raw(number) <= day else number - 1
