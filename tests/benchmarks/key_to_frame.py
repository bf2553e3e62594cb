"""Claim: a key becomes a frame within one frame of a 60 Hz screen, at a million orders.

Each key is sent to a real terminal after the one before has settled; the time runs until its frame is complete.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from tests.benchmarks.first_rows import BARE, surroundings_of
from tests.benchmarks.measure import Row, limit_row, percentile, show, wotui
from tests.benchmarks.session import TimedSession

SIZE = 1_000_000
TIMES = 150
TURN = 2
"""Keys after which the bare table goes back to its top."""
KEYS = {
    "cursor down": [b"\x1b[B"],
    "page down": [b"\x1b[6~"],
    "home, end": [b"\x1b[F", b"\x1b[H"],
}

SAME_IN_A_DATA_TABLE = {b"\x1b[F": b"\x1b[1;5F", b"\x1b[H": b"\x1b[1;5H"}
"""There, home and end go along the row; with ctrl to the first and last one."""


def rows() -> list[Row]:
    """The claims about keys in the inbox; beside the limit stands what a bare app's table took in the same run."""
    made: list[Row] = []
    with tempfile.TemporaryDirectory() as place:
        environment = surroundings_of(SIZE, Path(place))
        for name, keys in KEYS.items():
            figures = _times(wotui("--as", "JD"), environment, keys)
            there = {"PYTHONPATH": str(Path(__file__).parents[2])}
            bare = _times(BARE, there, [SAME_IN_A_DATA_TABLE.get(key, key) for key in keys], every=False)
            for words, share, limit in (("p95", 0.95, 0.016), ("p99", 0.99, 0.033)):
                beside = f"limit; bare app {percentile(bare, share) * 1000:.3g} ms"
                what = f"{name} at {SIZE:,}, key → frame, {words}"
                made.append(limit_row(what, percentile(figures, share), limit, against=beside))
        opened = _open_times(environment)
        what = f"open an order of {SIZE:,}, key → detail, p95"
        made.append(limit_row(what, percentile(opened, 0.95), 0.033, against="two frames"))
    return made


def _times(
    command: list[str], environment: dict[str, str], keys: list[bytes], *, every: bool = True
) -> list[float]:
    """Seconds from key to frame, each after the one before has settled; in the lane of all orders if `every`."""
    with TimedSession(command, environment) as session:
        session.first_rows()
        session.settle(1.5)
        if every:
            session.to_lane_of_all()
        figures: list[float] = []
        for turn in range(TIMES):
            if (
                not every and turn % TURN == 0
            ):  # a short table: back to its top, so that each key moves something
                session.send(SAME_IN_A_DATA_TABLE[b"\x1b[H"])
                session.settle(0.2)
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
