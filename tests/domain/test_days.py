"""A single day, as people type it."""

from __future__ import annotations

from datetime import date

import pytest

from wotui.domain.days import read_day
from wotui.errors import UsageProblem

WEDNESDAY = date(2026, 6, 10)


@pytest.mark.parametrize(
    ("typed", "past", "day"),
    [
        ("", False, None),
        ("  ", False, None),
        ("2026-06-30", False, date(2026, 6, 30)),
        ("today", False, WEDNESDAY),
        ("fri", False, date(2026, 6, 12)),
        ("fri", True, date(2026, 6, 5)),
        ("+3d", False, date(2026, 6, 13)),
        (" -1w ", False, date(2026, 6, 3)),
    ],
)
def test_a_day_is_read_as_typed(typed: str, past: bool, day: date | None) -> None:
    assert read_day(typed, WEDNESDAY, past=past) == day


@pytest.mark.parametrize("typed", ["week", "2026-06", "someday", "30.6.2026", "2026-02-30", "x" * 500])
def test_what_is_no_single_day_is_refused(typed: str) -> None:
    with pytest.raises(UsageProblem, match="is not a day"):
        read_day(typed, WEDNESDAY)
