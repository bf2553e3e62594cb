"""When a meter reading can be believed."""

from __future__ import annotations

CUMULATIVE, GAUGE = "cumulative", "gauge"
KINDS = (CUMULATIVE, GAUGE)


def suspect(
    kind: str | None,
    value: int,
    previous: int | None,
    *,
    rollover_at: int | None = None,
    is_reset: bool = False,
) -> bool:
    """Whether a reading is stored as suspect: it triggers nothing until somebody looks at it.

    A cumulative meter never runs backwards, except after a reset or when it rolls over. A fall counts as a roll-over
    when the way through `rollover_at` is less than half of its range; all values are integer thousandths.
    """
    if kind != CUMULATIVE or is_reset or previous is None or value >= previous:
        return False
    if rollover_at is None or not 0 <= value < rollover_at or previous > rollover_at:
        return True
    return 2 * (rollover_at - previous + value) >= rollover_at
