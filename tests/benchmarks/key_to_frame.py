"""Claim: a key becomes a frame within one frame of a 60 Hz screen, at a million orders.

Each key is sent to a real terminal after the one before has settled; the time runs until its frame is complete.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from tests.benchmarks.first_rows import surroundings_of
from tests.benchmarks.measure import Row, limit_row, percentile, show, wotui
from tests.benchmarks.session import TimedSession

SIZE = 1_000_000
FRAME = 1 / 60
TIMES = 150
KEYS = {
    "cursor down": [b"\x1b[B"],
    "page down": [b"\x1b[6~"],
    "home, end": [b"\x1b[F", b"\x1b[H"],
}


def rows() -> list[Row]:
    """The claims about keys in the inbox."""
    made: list[Row] = []
    with tempfile.TemporaryDirectory() as place:
        environment = surroundings_of(SIZE, Path(place))
        for name, keys in KEYS.items():
            figures = _times(environment, keys)
            p95, p99 = percentile(figures, 0.95), percentile(figures, 0.99)
            made.append(limit_row(f"{name} at {SIZE:,}, key → frame, p95", p95, 0.016, against="60 Hz frame"))
            made.append(limit_row(f"{name} at {SIZE:,}, key → frame, p99", p99, 0.033, against="two frames"))
        opened = _open_times(environment)
        made.append(
            limit_row(
                f"open an order of {SIZE:,}, key → detail, p95",
                percentile(opened, 0.95),
                0.033,
                against="two frames",
            )
        )
    return made


def _times(environment: dict[str, str], keys: list[bytes]) -> list[float]:
    with TimedSession(wotui("--as", "JD"), environment) as session:
        session.first_rows()
        session.settle(1.5)
        session.to_lane_of_all()
        figures: list[float] = []
        for turn in range(TIMES):
            figures.append(session.key(keys[turn % len(keys)]))
            session.settle(0.02)
            time.sleep(0.005)
        return figures[10:]


def _open_times(environment: dict[str, str]) -> list[float]:
    with TimedSession(wotui("--as", "JD"), environment) as session:
        session.first_rows()
        session.settle(1.5)
        figures: list[float] = []
        for _ in range(30):
            figures.append(session.key(b"\r"))
            session.settle(0.1)
            session.send(b"\x1b")
            session.settle(0.25)
            session.send(b"\x1b[B")
            session.settle(0.05)
        return figures[3:]


if __name__ == "__main__":
    show(rows())
