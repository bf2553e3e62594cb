"""Workdays, workweeks and pay periods.

A workday is a local calendar day of the shop from `day_start` on; it has 1380 or 1500 minutes when the clock changes.
A workweek is seven workdays (29 CFR 778.105). A period is named by its first day, never by a week number.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from wotui.domain import wall_time
from wotui.errors import Refused, UsageProblem
from wotui.text import listed

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SCHEDULES = ("weekly", "biweekly", "semimonthly", "monthly")
_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)


def weekday_number(word: str) -> int:
    """0 for Monday to 6 for Sunday, from a day's English name or its first three letters.

    Raises:
        UsageProblem: not a weekday.
    """
    wanted = word.strip().casefold()
    for number, name in enumerate(WEEKDAYS):
        if wanted in {name, name[:3]}:
            return number
    raise UsageProblem(f"{word!r} is not a weekday.", f"Use {listed(WEEKDAYS, 'or')}.")


@lru_cache(maxsize=4096)
def _begins(day: date, at: time, zone: ZoneInfo) -> int:
    return wall_time.first_minute(datetime.combine(day, at), zone)


@dataclass(frozen=True, slots=True)
class WeekChange:
    """The workweek began on another weekday once (29 CFR 778.301: meant to last).

    Attributes:
        since: the first day of the first workweek of the later kind.
        before: the weekday on which workweeks began until then, 0 for Monday to 6 for Sunday.
    """

    since: date
    before: int

    @property
    def last_week(self) -> date:
        """The first day of the last workweek of the earlier kind."""
        eve = self.since - _DAY
        return eve - timedelta(days=(eve.weekday() - self.before) % 7)

    @property
    def shared(self) -> tuple[date, date]:
        """The first and last day that lie in a workweek of either kind; the last is before the first for none."""
        return self.since, self.last_week + _WEEK - _DAY


def start_of_week(day: date, week_start: int, changes: tuple[WeekChange, ...]) -> date:
    """The first day of the workweek of a day, where the weekday that weeks begin on was changed (oldest first)."""
    start = next((one.before for one in changes if day < one.since), week_start)
    return day - timedelta(days=(day.weekday() - start) % 7)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The shop's days and weeks.

    Attributes:
        zone: the shop's zone, never the computer's.
        week_start: 0 for Monday to 6 for Sunday.
        day_start: when a workday begins on the wall clock.
        changes: when the workweek began on another weekday, the oldest first.
        earlier_first: days in two workweeks, where the weekday changes, belong to the earlier week instead of the later
            one; both are reckoned (29 CFR 778.302).
    """

    zone: ZoneInfo
    week_start: int
    day_start: time = time(0)
    changes: tuple[WeekChange, ...] = ()
    earlier_first: bool = False

    def day_begins(self, day: date) -> int:
        """The first minute (since the epoch, UTC) of a workday."""
        return _begins(day, self.day_start, self.zone)

    def day_length(self, day: date) -> int:
        """How many minutes a workday has."""
        return self.day_begins(day + _DAY) - self.day_begins(day)

    def day_of(self, minute: int) -> date:
        """The workday that a minute belongs to."""
        day = wall_time.local(minute, self.zone).date()
        while self.day_begins(day) > minute:
            day -= _DAY
        while self.day_begins(day + _DAY) <= minute:
            day += _DAY
        return day

    def week_of(self, day: date) -> date:
        """The first day of the workweek that a workday belongs to."""
        for one in self.changes if self.earlier_first else ():
            first, last = one.shared
            if first <= day <= last:
                return one.last_week
        return start_of_week(day, self.week_start, self.changes)

    def layouts(self, first: date, last: date) -> tuple[WorkCalendar, ...]:
        """The ways to share days out to workweeks: two where the first weekday changes between these days, else one."""
        shared = [one.shared for one in self.changes]
        if any(begin <= end and begin <= last and first <= end for begin, end in shared):
            return self, replace(self, earlier_first=True)
        return (self,)

    def reckoned_from(self, period: Period) -> date:
        """The first day that the overtime of a period depends on, in whichever layout of its first workweek."""
        return min(self.week_of(period.start), replace(self, earlier_first=True).week_of(period.start))


@dataclass(frozen=True, slots=True)
class Period:
    """A pay period, both days included."""

    start: date
    end: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day <= self.end

    def __str__(self) -> str:
        return f"{self.start}..{self.end}"


@dataclass(frozen=True, slots=True)
class PaySchedule:
    """How pay periods follow each other.

    Attributes:
        kind: one of `SCHEDULES`.
        week_start: the workweek's first weekday; a weekly schedule without an anchor follows it.
        anchor: the first day of any one period; a biweekly schedule needs it.
        changes: when the workweek began on another weekday; a weekly period without an anchor ends there.
    """

    kind: str
    week_start: int
    anchor: date | None = None
    changes: tuple[WeekChange, ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in SCHEDULES:
            raise UsageProblem(f"{self.kind!r} is not a pay schedule.", f"Use {listed(SCHEDULES, 'or')}.")
        if self.kind == "biweekly" and self.anchor is None:
            raise Refused(
                "A biweekly schedule needs to know one first day of a period.",
                "Set it: wotui settings payroll.anchor 2026-01-05 (with your own date).",
            )

    def period_of(self, day: date) -> Period:
        """The period that a day belongs to; days before the anchor have their period too."""
        match self.kind:
            case "monthly":
                return Period(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))
            case "semimonthly" if day.day <= 15:
                return Period(day.replace(day=1), day.replace(day=15))
            case "semimonthly":
                return Period(day.replace(day=16), day.replace(day=monthrange(day.year, day.month)[1]))
            case kind:
                return self._weeks(day, 2 if kind == "biweekly" else 1)

    def _weeks(self, day: date, weeks: int) -> Period:
        length = _WEEK * weeks
        if self.anchor is not None:
            start = self.anchor + (day - self.anchor) // length * length
            return Period(start, start + length - _DAY)
        start = start_of_week(day, self.week_start, self.changes)
        cut = [one.since - _DAY for one in self.changes if start < one.since]
        return Period(start, min([start + length - _DAY, *cut]))

    def after(self, period: Period) -> Period:
        """The next period."""
        return self.period_of(period.end + _DAY)

    def before(self, period: Period) -> Period:
        """The previous period."""
        return self.period_of(period.start - _DAY)
