"""Claims: a merge takes at most half the time of the fastest CRDT, and at most three times the bare insert of its rows.

One workload for everybody: two copies of 20,000 records with 12 columns, 2,000 records edited on each side in two
columns, 100 of them on both sides (200 columns). Ours is what happens after the copy that precedes a merge: open the
file, read the other's bundle in a shared folder, take it in, commit, and send our own; the peers load, merge and save
their documents. The bare insert is `ATTACH` and `INSERT … SELECT` of the same changes into the same table.

Peers are measured where they are installed (`pip install pycrdt loro automerge apsw`); what is missing is a row that
says so. `python -m tests.benchmarks.merge 1000000` also takes a million changes.
"""

from __future__ import annotations

import os
import re
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks import merge_peers as peers
from tests.benchmarks.measure import Row, interleaved, ratio_row, report_row, show, skipped_row
from tests.benchmarks.merge_shops import EDITS, RECORDS, Meeting, journal_of
from wotui.merge import engine
from wotui.merge.own import Own
from wotui.merge.places.folder import FolderPlace
from wotui.merge.places.reading import ForeignJournal
from wotui.store.file import Shop
from wotui.store.reads import conflicts

if TYPE_CHECKING:
    from collections.abc import Callable

MANY = 100_000


def rows(most: int = MANY) -> list[Row]:
    """The claims about merging."""
    with tempfile.TemporaryDirectory(prefix="wotui-merge-") as place:
        folder = Path(place)
        os.environ["XDG_STATE_HOME"] = str(folder / "state")  # what this computer remembers of places
        return [*_against_peers(folder), *_against_raw(folder, most)]


def _against_peers(folder: Path) -> list[Row]:
    meeting = Meeting(folder / "meeting")
    figures: dict[str, float] = {}

    def ours() -> float:
        path, shared = meeting.fresh()
        started = time.perf_counter()
        with Shop.open(path) as shop:
            place = FolderPlace(shared)
            account = engine.take_in(shop, place, "the folder", agreed=True)
            place.publish(Own(shop))
            place.close()
        taken = time.perf_counter() - started
        with Shop.open(path) as shop:
            started = time.perf_counter()
            questions = conflicts.derive(shop)
            figures["listing"] = time.perf_counter() - started
        if account.changes_in < EDITS or len(questions) != 200:
            raise RuntimeError(f"{account.sentence()} {len(questions)} questions")
        return taken

    runs: dict[str, Callable[[], float]] = {"ours": ours}
    missing: list[Row] = []
    for name, make in peers.PEERS.items():
        try:
            runs[name] = make(folder)
        except ImportError:
            missing.append(skipped_row(f"merge of {EDITS:,} edits, against {name}", "not installed"))
    taken = interleaved(runs, 5)
    what = f"merge of {EDITS:,} edited of {RECORDS:,} records"
    crdts = {name: figure for name, figure in taken.items() if name in peers.CRDTS}
    result: list[Row] = []
    if crdts:
        fastest = min(crdts, key=lambda name: crdts[name])
        result.append(
            ratio_row(what, taken["ours"], crdts[fastest], 0.5, named=f"{fastest}, the fastest CRDT")
        )
    for name, figure in taken.items():
        if name != "ours":
            ratio = f"{taken['ours'] / figure:.2f} ×"
            result.append(report_row(f"… against {name}", f"{taken['ours']:.3f} s", f"{figure:.3f} s", ratio))
    listed = ratio_row(
        "listing its 200 questions", figures["listing"], taken["ours"], 1, named="the merge itself"
    )
    return [*result, *missing, listed]


def _against_raw(folder: Path, most: int) -> list[Row]:
    found: list[Row] = []
    for count in sorted({MANY, most}):
        base, other = journal_of(folder / f"raw-{count}", count)
        peak: list[int] = []

        def ours(base: Path = base, other: Path = other, peak: list[int] = peak) -> float:
            path = _copy(base)
            journal = ForeignJournal.read(other)
            assert journal is not None
            with closing(journal), Shop.open(path) as shop:
                before = _memory()
                started = time.perf_counter()
                engine.take_in(shop, journal, "theirs", agreed=True)
                taken = time.perf_counter() - started
                peak.append(_memory() - before)
            return taken

        def raw(base: Path = base, other: Path = other) -> float:
            with closing(sqlite3.connect(_copy(base), isolation_level=None)) as connection:
                connection.execute("PRAGMA synchronous = EXTRA")
                connection.execute("ATTACH ? AS theirs", (str(other),))
                started = time.perf_counter()
                connection.execute("BEGIN IMMEDIATE")
                connection.execute(
                    "INSERT INTO main.change SELECT c.* FROM theirs.change AS c WHERE c.seq >"
                    " ifnull((SELECT max(seq) FROM main.change WHERE origin = c.origin), 0)"
                )
                connection.execute("COMMIT")
                return time.perf_counter() - started

        taken = interleaved({"ours": ours, "raw": raw}, 3 if count <= MANY else 1)
        what = f"{count:,} new changes taken in"
        found.append(ratio_row(what, taken["ours"], taken["raw"], 3, named="raw INSERT … SELECT"))
        found.append(report_row("… memory beyond the file's own", f"{max(peak) / 1024:.0f} MB"))
    return found


def _copy(base: Path) -> Path:
    path = base.with_name("mine.wotui")
    path.write_bytes(base.read_bytes())
    return path


def _memory() -> int:
    """The most memory that this process has had so far, in kB; 0 where the system does not say."""
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s+(\d+)", status.read_text()) if status.exists() else None
    return int(found[1]) if found else 0


if __name__ == "__main__":
    show(rows(int(sys.argv[1]) if len(sys.argv) > 1 else MANY))
