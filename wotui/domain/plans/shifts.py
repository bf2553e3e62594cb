"""From the nominal to the due date: seasons, then working days. Shifts never move the anchor."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from wotui.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterable

Nonworking = Literal["keep", "next", "previous"]

LONGEST_SHIFT = 60
"""Days: where no working day is nearer than that, the date stays where it is."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Season:
    """Parts of the year in which work is done, each from (month, day) to (month, day), both included; a part may
    run over New Year.
    """

    parts: tuple[tuple[tuple[int, int], tuple[int, int]], ...]

    def holds(self, day: date) -> bool:
        """Whether a day is in season."""
        here = (day.month, day.day)
        return any(
            first <= here <= last if first <= last else here >= first or here <= last
            for first, last in self.parts
        )

    def next_change(self, day: date) -> date | None:
        """The first later day on which being in season may change; None where the year has no bounds left."""
        changes = [
            change
            for year in (day.year - 1, day.year, day.year + 1)
            for first, last in self.parts
            for change in (_in_year(year, first), _in_year(year, last, after=True))
            if change > day
        ]
        return min(changes, default=None)

    def next_in(self, day: date) -> date:
        """The day itself if it is in season, else the first that is."""
        while not self.holds(day):
            change = self.next_change(day)
            if change is None:
                return day
            day = change
        return day


def _in_year(year: int, month_day: tuple[int, int], *, after: bool = False) -> date:
    """That day of a year, 29 February as 1 March where there is none; or the day after it."""
    month, day = month_day
    longest = monthrange(year, month)[1]
    here = date(year, month, min(day, longest))
    return here + _DAY if after or day > longest else here


def season_from(parts: Iterable[str]) -> Season | None:
    """A season from parts such as `04-01..10-31`; None where there are none: it is always in season.

    Raises:
        UsageProblem: a part is not of that shape, or names a day that no year has.
    """
    read: list[tuple[tuple[int, int], tuple[int, int]]] = []
    for part in parts:
        match = re.fullmatch(r"(\d\d)-(\d\d)\.\.(\d\d)-(\d\d)", part.strip())
        try:
            if not match:
                raise ValueError(part)
            numbers = [int(number) for number in match.groups()]
            first, last = date(2024, numbers[0], numbers[1]), date(2024, numbers[2], numbers[3])
        except ValueError:
            raise UsageProblem(f"{part!r} is not a season.", "Write it like 04-01..10-31.") from None
        read.append(((first.month, first.day), (last.month, last.day)))
    return Season(tuple(read)) if read else None


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The weekdays (0 is Monday) on which the shop works, without its holidays."""

    weekdays: frozenset[int] = frozenset(range(5))
    holidays: frozenset[date] = frozenset()

    def works(self, day: date) -> bool:
        """Whether the shop works on a day."""
        return day.weekday() in self.weekdays and day not in self.holidays

    def shifted(self, day: date, way: Nonworking) -> date:
        """The nearest working day that way; the day itself where it is one, or none is within 60 days."""
        if way == "keep":
            return day
        step = _DAY if way == "next" else -_DAY
        moved = day
        for _ in range(LONGEST_SHIFT):
            if self.works(moved):
                return moved
            moved += step
        return day
