"""When an order is due if nobody says so."""

from __future__ import annotations

from datetime import date

import pytest

from wotui.domain.due_dates import add_working_days, default_due

WEDNESDAY = date(2026, 6, 10)


@pytest.mark.parametrize(
    ("priority", "due"),
    [(1, date(2026, 6, 10)), (2, date(2026, 6, 12)), (3, date(2026, 6, 24)), (4, date(2026, 7, 10))],
)
def test_the_priority_sets_the_due_date(priority: int, due: date) -> None:
    assert default_due(priority, WEDNESDAY) == due


@pytest.mark.parametrize(
    ("day", "count", "then"),
    [
        (date(2026, 6, 12), 1, date(2026, 6, 15)),
        (date(2026, 6, 13), 1, date(2026, 6, 15)),
        (date(2026, 6, 12), 0, date(2026, 6, 12)),
        (date(2026, 12, 31), 2, date(2027, 1, 4)),
    ],
)
def test_working_days_leave_out_the_weekend(day: date, count: int, then: date) -> None:
    assert add_working_days(day, count) == then
