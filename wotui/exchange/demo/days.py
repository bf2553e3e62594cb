"""The demo's calendar: working days counted from now, so that the shop is always in the middle of its week."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_EVENTS_OVER = time(11, 30)
"""Everything of day 0 happened before this; earlier in the day, day 0 was the last working day."""


class Days:
    """Turns the offsets of the demo's files into dates and instants.

    Args:
        now: the present instant.
        zone: the shop's.
    """

    def __init__(self, now: datetime, zone: ZoneInfo) -> None:
        local = now.astimezone(zone)
        self.zone = zone
        self.today = local.date()
        over = local.weekday() < 5 and local.time() >= _EVENTS_OVER
        self._past = self.today if over else _workday(self.today, -1)

    def on(self, offset: int) -> date:
        """The day of a plan: `0` is today, `+2` the working day after tomorrow, `-3` three working days ago."""
        return _workday(self.today, offset) if offset >= 0 else _workday(self._past, offset)

    def past(self, offset: int) -> date:
        """The day of something that has happened; `offset` is 0 or less."""
        return _workday(self._past, offset)

    def at(self, offset: int, clock: str) -> datetime:
        """The instant (UTC) of something that has happened on a day at a wall time `HH:MM` of the shop."""
        wall = datetime.combine(self.past(offset), time.fromisoformat(clock), tzinfo=self.zone)
        return wall.astimezone(UTC)


def _workday(start: date, offset: int) -> date:
    """The date `offset` working days from `start`, which itself may lie on a weekend."""
    step = timedelta(days=1 if offset > 0 else -1)
    day, left = start, abs(offset)
    while left:
        day += step
        if day.weekday() < 5:
            left -= 1
    return day
