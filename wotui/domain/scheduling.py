"""What a week holds: who is on what, how many minutes that takes, and where it is more than there are.

An order's planned minutes are the labor of everybody together, so each of its people has an even share. Minutes that
an order does not name count as nothing: a guess would hide that nobody estimated it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

WEEK = 7


@dataclass(frozen=True, slots=True)
class Planned:
    """An order that is planned for a day.

    Attributes:
        key, id, number, title, status, priority: the order's.
        on: the day; `at` is `HH:MM` in the shop's zone, or empty.
        minutes: labor of all people together; None where nobody estimated it.
        people: ids of who is on it, with contractors' ids among them.
        where: its machine or place, for people to read.
    """

    key: int
    id: str
    number: str
    title: str
    status: str
    priority: int | None
    on: date
    at: str
    minutes: int | None
    people: tuple[str, ...]
    where: str

    @property
    def finished(self) -> bool:
        """Whether the work is over; it still counts in the day it was planned for."""
        return self.status in ("done", "closed")

    @property
    def share(self) -> int:
        """Minutes for each of its people, rounded up; 0 where nobody estimated it."""
        return -(-(self.minutes or 0) // max(len(self.people), 1))


@dataclass(frozen=True, slots=True)
class Load:
    """One person's day: minutes planned, minutes there are (None where nobody said), and how many orders."""

    planned: int = 0
    available: int | None = None
    orders: int = 0
    unestimated: int = 0

    @property
    def over(self) -> int:
        """Minutes more than there are; work on a day off counts whole."""
        return 0 if self.available is None else max(self.planned - self.available, 0)

    @property
    def overloaded(self) -> bool:
        """Whether it does not fit: too many minutes, or any work on a day without any."""
        return self.over > 0 or (self.available == 0 and self.orders > 0)


def week_of(day: date, starts_on: int = 0) -> date:
    """The first day of the week that holds a day.

    Args:
        day: any of its days.
        starts_on: the weekday that weeks start on, 0 is Monday.
    """
    return day - timedelta(days=(day.weekday() - starts_on) % WEEK)


def of_day(planned: Iterable[Planned], person: str, day: date) -> list[Planned]:
    """What somebody (an id; empty for nobody) has on a day: by the time of day, the most urgent first."""
    mine = [one for one in planned if one.on == day and (person in one.people or not (person or one.people))]
    return sorted(mine, key=lambda one: (one.at or "99", one.priority or 9, one.number))


def load(planned: Iterable[Planned], person: str, day: date, available: int | None) -> Load:
    """How full somebody's day is."""
    mine = of_day(planned, person, day)
    return Load(
        sum(one.share for one in mine),
        available,
        len(mine),
        sum(1 for one in mine if one.minutes is None and not one.finished),
    )
