"""Claim: one action in the app costs at most twice a bare durable insert, journal, search and undo included.

Ours is a tick of a checklist item through `actions`, in a shop of 100,000 orders; the peer is one `INSERT` and `COMMIT`
with plain `sqlite3` and the same settings, into a file of the same size. Both wait for the disk.
"""

from __future__ import annotations

import itertools
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks import shop
from tests.benchmarks.measure import Row, limit_row, percentile, ratio_row, show
from wotui.actions.checklists import answering
from wotui.store import connection as connections

if TYPE_CHECKING:
    from collections.abc import Callable

COUNT = 100_000
TIMES = 300


def rows() -> list[Row]:
    """The claims about single writes."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with shop.open_copy(COUNT, folder / "shop.wotui") as opened:
            bare = connections.connect(shop.working_copy(COUNT, folder / "bare.wotui"))
            bare.execute("CREATE TABLE bare (key INTEGER PRIMARY KEY, item TEXT, value TEXT, at TEXT) STRICT")
            items = opened.rows(
                """SELECT i.id FROM checklist_item AS i JOIN checklist AS k ON k.id = i.checklist_id
                JOIN work_order AS w ON w.id = k.work_order_id WHERE w.status = 'in_progress' ORDER BY i.key"""
            )
            ticking = itertools.cycle([(str(row[0]), answer) for answer in ("pass", "fail") for row in items])

            def tick() -> None:
                item, answer = next(ticking)
                answering.answer(opened, item, answer, note="worn" if answer == "fail" else None)

            def insert() -> None:
                bare.execute("BEGIN IMMEDIATE")
                bare.execute(
                    "INSERT INTO bare (item, value, at) VALUES ('x', 'pass', '2026-06-10T17:00:00Z')"
                )
                bare.execute("COMMIT")

            ours, peer = _side_by_side(tick, insert)
            bare.close()
    return [
        ratio_row(
            f"tick a checklist item, durable, median of {TIMES}",
            percentile(ours, 0.5),
            percentile(peer, 0.5),
            2,
            named="raw sqlite3 insert",
        ),
        limit_row(
            "tick a checklist item, durable, p95", percentile(ours, 0.95), 0.016, against="60 Hz frame"
        ),
    ]


def _side_by_side(ours: Callable[[], None], peer: Callable[[], None]) -> tuple[list[float], list[float]]:
    seen: tuple[list[float], list[float]] = ([], [])
    for turn in range(TIMES + 10):
        for figures, run in zip(seen, (ours, peer), strict=True):
            started = time.perf_counter()
            run()
            if turn >= 10:
                figures.append(time.perf_counter() - started)
    return seen


if __name__ == "__main__":
    show(rows())
