"""The peers of the merge's benchmark: the same records, the same edits, and each loads, merges and saves.

Every function makes the documents of both sides once and gives a measurement: seconds for reading my document and the
other side's from bytes, merging, and writing the merged one to disk. `ImportError` says that a peer is not here.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportMissingImports=false
# pyright: reportMissingModuleSource=false, reportUnknownArgumentType=false, reportAttributeAccessIssue=false
# The peers are optional, and none of them describes its types.

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

from tests.benchmarks.merge_shops import BOTH, COLUMNS, EDITS, RECORDS, cells, record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MINE, THEIRS = (0, 1, "Mine"), (EDITS - BOTH, 2, "Theirs")
"""First edited record, planned minutes, and words of the team, for each side."""


def pycrdt(folder: Path) -> Callable[[], float]:
    """Yjs by pycrdt: a map of maps."""
    import pycrdt as library

    def loaded(*updates: bytes) -> Any:
        doc = library.Doc()
        for update in updates:
            doc.apply_update(update)
        return doc

    base = library.Doc()
    records = base.get("records", type=library.Map)
    with base.transaction():
        for number in range(RECORDS):
            records[record(number)] = library.Map(dict(zip(COLUMNS, cells(number), strict=True)))
    state = base.get_update()

    def edited(first: int, priority: int, words: str) -> bytes:
        doc = loaded(state)
        rows = doc.get("records", type=library.Map)
        with doc.transaction():
            for number in range(first, first + EDITS):
                row = rows[record(number)]
                row["planned_minutes"], row["team"] = priority, f"{words} {number}"
        return doc.get_update()

    return _measured(
        folder / "pycrdt", edited(*MINE), edited(*THEIRS), lambda one, other: loaded(one, other).get_update()
    )


def loro(folder: Path) -> Callable[[], float]:
    """Loro: a map of maps, snapshots."""
    import loro as library

    base = library.LoroDoc()
    records = base.get_map("records")
    for number in range(RECORDS):
        row = records.insert_container(record(number), library.LoroMap())
        for column, value in zip(COLUMNS, cells(number), strict=True):
            row.insert(column, value)
    base.commit()
    state = base.export(library.ExportMode.Snapshot())

    def edited(first: int, priority: int, words: str) -> bytes:
        doc = library.LoroDoc()
        doc.import_(state)
        rows = doc.get_map("records")
        for number in range(first, first + EDITS):
            row = rows.get(record(number)).container
            row.insert("planned_minutes", priority)
            row.insert("team", f"{words} {number}")
        doc.commit()
        return doc.export(library.ExportMode.Snapshot())

    def merged(one: bytes, other: bytes) -> bytes:
        doc = library.LoroDoc()
        doc.import_(one)
        doc.import_(other)
        return doc.export(library.ExportMode.Snapshot())

    return _measured(folder / "loro", edited(*MINE), edited(*THEIRS), merged)


def automerge(folder: Path) -> Callable[[], float]:
    """Automerge, where the installed one can save and load."""
    import automerge as library

    if not hasattr(library.Doc, "save"):
        raise ImportError(f"automerge without save and load: {folder}")
    raise ImportError("this automerge is not known here")


def changesets(folder: Path) -> Callable[[], float]:
    """SQLite's session extension by apsw: apply the other side's changeset, the last one wins, conflicts counted."""
    import apsw

    folder = folder / "changesets"
    folder.mkdir(parents=True)
    base = folder / "base.db"
    marks = ", ".join("?" * (len(COLUMNS) + 1))
    with closing(sqlite3.connect(base)) as connection:
        connection.execute(f"CREATE TABLE record (id TEXT PRIMARY KEY, {', '.join(COLUMNS)})")
        rows = [(record(number), *cells(number)) for number in range(RECORDS)]
        connection.executemany(f"INSERT INTO record VALUES ({marks})", rows)
        connection.commit()

    def edit(path: Path, first: int, priority: int, words: str) -> bytes:
        path.write_bytes(base.read_bytes())
        connection = apsw.Connection(str(path))
        session = apsw.Session(connection, "main")
        session.attach()
        with connection:
            connection.executemany(
                "UPDATE record SET planned_minutes = ?, team = ? WHERE id = ?",
                [(priority, f"{words} {number}", record(number)) for number in range(first, first + EDITS)],
            )
        found = session.changeset()
        session.close()
        connection.close()
        return found

    edit(folder / "mine.db", *MINE)
    theirs = edit(folder / "theirs.db", *THEIRS)

    def run() -> float:
        path = folder / "run.db"
        path.write_bytes((folder / "mine.db").read_bytes())
        started = time.perf_counter()
        connection = apsw.Connection(str(path))
        connection.execute("PRAGMA synchronous = EXTRA")

        def conflict(_reason: int, _change: object) -> int:
            return apsw.SQLITE_CHANGESET_REPLACE

        apsw.Changeset.apply(theirs, connection, conflict=conflict)
        connection.close()
        return time.perf_counter() - started

    return run


CRDTS = ("pycrdt", "loro", "automerge")
PEERS: dict[str, Callable[[Path], Callable[[], float]]] = {
    "pycrdt": pycrdt,
    "loro": loro,
    "automerge": automerge,
    "SQLite changesets": changesets,
}


def _measured(
    folder: Path, mine: bytes, theirs: bytes, merge: Callable[[bytes, bytes], bytes]
) -> Callable[[], float]:
    folder.mkdir(parents=True)
    (folder / "mine").write_bytes(mine)
    (folder / "theirs").write_bytes(theirs)

    def run() -> float:
        started = time.perf_counter()
        merged = merge((folder / "mine").read_bytes(), (folder / "theirs").read_bytes())
        draft = folder / "merged.part"
        with draft.open("wb") as file:
            file.write(merged)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(folder / "merged")
        return time.perf_counter() - started

    return run
