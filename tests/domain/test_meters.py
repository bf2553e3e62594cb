"""A meter that runs backwards is not believed."""

from __future__ import annotations

import pytest

from wotui.domain.meters import suspect


@pytest.mark.parametrize(
    ("kind", "value", "previous", "rollover", "reset", "expected"),
    [
        ("cumulative", 1000, None, None, False, False),
        ("cumulative", 1000, 1000, None, False, False),
        ("cumulative", 1001, 1000, None, False, False),
        ("cumulative", 999, 1000, None, False, True),
        ("cumulative", 5, 1000, None, True, False),
        ("cumulative", 15_000, 99_990_000, 100_000_000, False, False),
        ("cumulative", 40_000_000, 80_000_000, 100_000_000, False, True),
        ("cumulative", 100_000_000, 100_500_000, 100_000_000, False, True),
        ("gauge", 1, 1000, None, False, False),
        (None, 1, 1000, None, False, False),
    ],
)
def test_a_cumulative_reading_below_its_predecessor_is_suspect(
    kind: str | None, value: int, previous: int | None, rollover: int | None, reset: bool, expected: bool
) -> None:
    assert suspect(kind, value, previous, rollover_at=rollover, is_reset=reset) is expected
