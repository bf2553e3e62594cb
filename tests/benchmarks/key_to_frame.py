"""Claim: a key becomes a frame within one frame of a 60 Hz screen, at a million orders.

Each key is sent to a real terminal after the one before has settled; the time runs until its frame is complete.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing

from tests.benchmarks.first_rows import BARE, BARE_PLACE, surroundings_of
from tests.benchmarks.measure import Row, limit_row, percentile, show, skipped_row, wotui
from tests.benchmarks.session import TimedSession

SIZE = 1_000_000
TIMES = 150
CHECKLISTS = 24
TICKS = 4
"""Of the five items of a list; the last tick would offer to finish the order."""
FEWEST_TICKS = 40
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
    environment = surroundings_of(SIZE)
    for name, keys in KEYS.items():
        figures = _times(wotui("--as", "JD"), environment, keys)
        bare = _times(BARE, BARE_PLACE, [SAME_IN_A_DATA_TABLE.get(key, key) for key in keys], every=False)
        for words, share, limit in (("p95", 0.95, 0.016), ("p99", 0.99, 0.033)):
            beside = f"limit; bare app {percentile(bare, share) * 1000:.3g} ms"
            what = f"{name} at {SIZE:,}, key → frame, {words}"
            made.append(limit_row(what, percentile(figures, share), limit, against=beside))
    opened = _open_times(environment)
    what = f"open an order of {SIZE:,}, key → detail, p95"
    made.append(limit_row(what, percentile(opened, 0.95), 0.033, against="two frames"))
    what = f"tick a checklist item of {SIZE:,} orders, durable, key → frame"
    ticks = _tick_times(environment)
    if len(ticks) < FEWEST_TICKS:
        made.append(skipped_row(what, f"only {len(ticks)} ticks were taken"))
        return made
    for words, share, limit in (("p95", 0.95, 0.016), ("p99", 0.99, 0.033)):
        made.append(limit_row(f"{what}, {words}", percentile(ticks, share), limit, against="60 Hz frame"))
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


def _tick_times(environment: dict[str, str]) -> list[float]:
    """Seconds from the key that passes an item to its frame; the answer is in the file before that frame."""
    with closing(sqlite3.connect(environment["WOTUI_DB"])) as connection:
        numbers = connection.execute(
            """SELECT w.number FROM work_order AS w JOIN checklist AS k ON k.work_order_id = w.id
            WHERE w.status = 'in_progress' ORDER BY w.key DESC LIMIT ?""",
            (CHECKLISTS,),
        ).fetchall()
    figures: list[float] = []
    with TimedSession(wotui("--as", "JD"), environment) as session:
        session.first_rows()
        session.settle(1.5)
        for (number,) in numbers:
            session.send(b":")
            session.settle(0.3)
            session.see(b"next step", f"{number}\r".encode())
            session.see(b"is sound", b"k")
            session.settle(0.4)  # a key held down a moment too long answers nothing here
            for _ in range(TICKS):
                figures.append(session.key(b" "))
                session.settle(0.05)
            session.see(b"next step", b"q")
            session.see(b"ommands", b"q")
    return figures[TICKS:]


if __name__ == "__main__":
    show(rows())
