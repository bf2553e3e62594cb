"""Claim: a million orders cost hardly more memory than none, and an idle screen costs nothing.

Resident memory with the inbox open and quiet, against a bare Textual app with a table of 50 rows; and the CPU time and
bytes written in ten idle seconds.
"""

from __future__ import annotations

import statistics
import time

from tests.benchmarks.first_rows import BARE, BARE_PLACE, SIZES, surroundings_of
from tests.benchmarks.measure import Row, limit_row, ratio_row, report_row, show, wotui
from tests.benchmarks.session import TimedSession

IDLE = 10.0
TIMES = 3


def rows() -> list[Row]:
    """The claims about memory and idleness."""
    seen: dict[str, list[tuple[float, float, int]]] = {}
    for _ in range(TIMES):
        seen.setdefault("bare", []).append(_look(BARE, BARE_PLACE))
        for size in SIZES:
            looked = _look(wotui("--as", "JD"), surroundings_of(size))
            seen.setdefault(str(size), []).append(looked)
    memory = {name: statistics.median(look[0] for look in looks) / 1e6 for name, looks in seen.items()}
    cpu = {name: statistics.median(look[1] for look in looks) for name, looks in seen.items()}
    written = max(look[2] for look in seen["1000000"])
    named = "bare Textual app"
    made = [
        ratio_row(
            f"resident memory, {size:,} orders",
            memory[str(size)],
            memory["bare"],
            1.6,
            unit="MB",
            named=named,
        )
        for size in SIZES
    ]
    share = {name: seconds / IDLE for name, seconds in cpu.items()}
    made.append(
        report_row(
            f"idle, CPU in {IDLE:.0f} s, 1,000,000 orders",
            f"{share['1000000']:.2%}",
            f"{share['bare']:.2%} ({named})",
        )
    )
    made.append(limit_row("idle, bytes written to the terminal", written, 0.5, unit="bytes"))
    return made


def _look(command: list[str], environment: dict[str, str]) -> tuple[float, float, int]:
    """Resident bytes, CPU seconds of the idle time, bytes written in it."""
    with TimedSession(command, environment) as session:
        session.first_rows()
        session.settle(2.0)
        used = session.cpu_seconds()
        written, until = 0, time.perf_counter() + IDLE
        while (left := until - time.perf_counter()) > 0:
            written += session.read(left)
        return session.resident(), session.cpu_seconds() - used, written


if __name__ == "__main__":
    show(rows())
