"""When an order is due if nobody says so: by its priority, in working days from Monday to Friday."""

from __future__ import annotations

from datetime import date, timedelta

_SATURDAY = 5


def default_due(priority: int, today: date) -> date:
    """The last day on which an order of this priority, made today, is on time.

    Emergency: the same day; urgent: 2 working days; normal: 10 working days; low: 30 days.
    """
    if priority == 1:
        return today
    if priority == 4:
        return today + timedelta(days=30)
    return add_working_days(today, 2 if priority == 2 else 10)


def add_working_days(day: date, count: int) -> date:
    """The day `count` working days after `day`."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < _SATURDAY
    return day
