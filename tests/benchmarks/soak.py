"""Claim: whoever leaves it open all week has no more of it in memory: less than 1 kB for each screen that was opened.

An order is opened and left again, in a real terminal, at 100,000 orders. The slope is that of a straight line through
the anonymous memory after every 25th screen, once the first ones have filled what is kept. The target speaks of 10,000
screens; a run of all benchmarks takes fewer, for the time it has: WOTUI_SOAK=10000 takes them all.
"""

from __future__ import annotations

import os
import statistics

from tests.benchmarks.first_rows import surroundings_of
from tests.benchmarks.measure import Row, limit_row, show, wotui
from tests.benchmarks.session import TimedSession

SIZE = 100_000
SCREENS = int(os.environ.get("WOTUI_SOAK", "500"))
WARM = 150
EACH = 25
LIMIT = 1.0


def rows() -> list[Row]:
    """The claim about memory over many screens."""
    opened: list[float] = []
    kilobytes: list[float] = []
    with TimedSession(wotui("--as", "JD"), surroundings_of(SIZE)) as session:
        session.first_rows()
        session.settle(1.5)
        for number in range(WARM + SCREENS):
            session.see(b"next step", b"\r", quiet=0.01)
            session.see(b"Filter", b"\x1b", quiet=0.01)
            if number >= WARM and number % EACH == 0:
                opened.append(float(number))
                kilobytes.append(session.anonymous() / 1000)
            if number % EACH == 0:
                session.send(b"\x1b[B")
                session.settle(0.1)
    slope = statistics.linear_regression(opened, kilobytes).slope
    what = f"memory over {SCREENS:,} screens, slope a screen"
    return [limit_row(what, max(slope, 0.0), LIMIT, unit="kB", against="start")]


if __name__ == "__main__":
    show(rows())
