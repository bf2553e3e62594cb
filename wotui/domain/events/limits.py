"""When a meter's readings mean that something is wrong: beyond a limit so many times, and armed again.

A rule fires on the last of N consecutive readings beyond its limits. Then it keeps quiet until a reading is back inside
by the hysteresis, so that a value that trembles around its limit is one event. What stands between is neither beyond
nor back. When somebody has finished what the rule asked for, the count begins anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wotui.domain.quantity import with_unit

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Limits:
    """From `low` to `high` all is well (thousandths; None is open); `consecutive` readings beyond fire."""

    low: int | None = None
    high: int | None = None
    consecutive: int = 1
    hysteresis: int = 0

    def beyond(self, value: int) -> bool:
        """Whether a value lies beyond a limit; the limit itself is still good."""
        return (self.high is not None and value > self.high) or (self.low is not None and value < self.low)

    def back(self, value: int) -> bool:
        """Whether a value is inside by the hysteresis."""
        below = self.high is None or value <= self.high - self.hysteresis
        above = self.low is None or value >= self.low + self.hysteresis
        return below and above

    def words(self, value: int, unit: str) -> str:
        """`85 °C, above 80 °C`; just the value where it is inside."""
        said = with_unit(value, unit)
        if self.high is not None and value > self.high:
            return f"{said}, above {with_unit(self.high, unit)}"
        if self.low is not None and value < self.low:
            return f"{said}, below {with_unit(self.low, unit)}"
        return said


@dataclass(frozen=True, slots=True)
class Watch:
    """Where a rule stands with one meter: whether it may fire, and how many readings beyond came in a row."""

    armed: bool = True
    run: int = 0

    def after(self, limits: Limits, value: int) -> tuple[Watch, bool]:
        """Where it stands after one more reading, and whether that one fires."""
        if not limits.beyond(value):
            return Watch(self.armed or limits.back(value), 0), False
        run = self.run + 1
        fires = self.armed and run >= max(limits.consecutive, 1)
        return Watch(self.armed and not fires, run), fires


def watched(limits: Limits, readings: Iterable[tuple[str, int]], finished: Iterable[str] = ()) -> Watch:
    """Where a rule stands after all these readings.

    Args:
        limits: the rule's.
        readings: (taken at, value) in the order they were taken; suspect ones are left out by the caller.
        finished: the instants at which somebody finished what the rule had asked for.
    """
    ends = sorted(finished)
    state = Watch()
    for at, value in readings:
        while ends and ends[0] < at:
            ends.pop(0)
            state = Watch()
        state, _ = state.after(limits, value)
    return Watch() if ends else state
