"""Claim: the inbox is there as fast as the smallest Textual app with a table, however many orders the shop has.

From starting the process to a screenful of rows in a pseudo-terminal; the peer shows 50 fixed rows in a DataTable and
opens no file. Quitting is timed on the way out.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks import shop
from tests.benchmarks.measure import Row, interleaved, ratio_row, show, wotui
from tests.benchmarks.session import TimedSession

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES = (5_485, 100_000, 1_000_000)
BARE = [sys.executable, "-m", "tests.benchmarks.peers.bare_table"]
BARE_PLACE = {"PYTHONPATH": str(Path(__file__).parents[2])}
TIMES = 7


def rows() -> list[Row]:
    """The claims about starting and quitting."""
    quits: dict[str, list[float]] = {"ours": [], "bare": []}
    runs = {"bare": _start(BARE, BARE_PLACE, quits["bare"])}
    for size in SIZES:
        kept = quits["ours"] if size == 100_000 else []
        runs[str(size)] = _start(wotui("--as", "JD"), surroundings_of(size), kept)
    taken = interleaved(runs, TIMES)
    bare = "bare Textual app, DataTable of 50 rows"
    made = [
        ratio_row(f"first rows on screen, {size:,} orders", taken[str(size)], taken["bare"], 1.15, named=bare)
        for size in SIZES
    ]
    made.append(
        ratio_row(
            "first rows at 1,000,000 against 5,485", taken["1000000"], taken["5485"], 1.1, named="ourselves"
        )
    )
    ours, peer = (sorted(quits[name])[len(quits[name]) // 2] for name in ("ours", "bare"))
    made.append(ratio_row("quit, key → process gone, 100,000 orders", ours, peer, 1.5, named=bare))
    return made


def surroundings_of(size: int) -> dict[str, str]:
    """Environment for a session on a copy of a benchmark shop, with the clock at the shop's own now."""
    path = shop.session_copy(size)
    return {"WOTUI_DB": str(path), "WOTUI_NOW": "2026-06-10T17:00:00Z", "HOME": str(path.parent)}


def _start(command: list[str], environment: dict[str, str], quits: list[float]) -> Callable[[], float]:
    def run() -> float:
        with TimedSession(command, environment) as session:
            taken = session.first_rows()
            session.settle()
            quits.append(session.time_to_quit())
            return taken

    return run


if __name__ == "__main__":
    show(rows())
