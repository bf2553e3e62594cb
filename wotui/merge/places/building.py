"""Making theirs ∪ mine: a new shared file, built and verified on this computer before any of it goes to the place."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING

from wotui import __version__
from wotui.errors import FileTrouble, Refused
from wotui.merge.places import COLUMNS, FORMAT, shape, writing
from wotui.merge.places.reading import ForeignJournal

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from wotui.merge.places import Journal

_INSERT = f"INSERT INTO change ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"


def build(draft: Path, theirs: ForeignJournal | None, mine: Journal, name: str) -> int | None:
    """Make theirs ∪ mine in a private file and verify it; gives how many changes are new, None where nothing is.

    Raises:
        Refused: the two are of different shops, or copies of one file that went on separately.
        FileTrouble: what was built does not verify.
        sqlite3.Error: it cannot be written.
    """
    held = theirs.held() if theirs else {}
    if theirs:
        expect_one_history(theirs, mine, name)
    lacking_blobs = set(mine.blob_names()) - set(theirs.blob_names() if theirs else ())
    if (
        theirs
        and not lacking_blobs
        and all(last <= held.get(origin, 0) for origin, last in mine.held().items())
    ):
        return None
    if theirs:
        pieces = (
            [theirs.taken.data]
            if theirs.taken.data is not None
            else writing.pieces_of(theirs.taken.copy or draft)
        )
        with draft.open("wb") as file:
            file.writelines(pieces)
    with contextlib.closing(sqlite3.connect(draft, isolation_level=None)) as connection:
        _write(connection, theirs is None, mine, held, lacking_blobs)
        after = connection.execute("SELECT count(*) FROM change").fetchone()[0]
    if draft.stat().st_size > shape.LARGEST:
        raise FileTrouble(f"{name} would grow too big for one file.", "Share through a folder instead.")
    built = ForeignJournal.read(draft)
    assert built is not None
    built.close()
    return after - sum(held.values())


def _write(
    connection: sqlite3.Connection, new: bool, mine: Journal, held: Mapping[str, int], blobs: Collection[str]
) -> None:
    for pragma in ("trusted_schema = OFF", "journal_mode = MEMORY", "synchronous = OFF"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    connection.execute("BEGIN")
    card = mine.card()
    if new:
        for statement in shape.SCHEMA:
            connection.execute(statement)
        connection.execute(
            "INSERT INTO meta VALUES (?, ?, ?, '')", (card.shop if card else "", FORMAT, __version__)
        )
        connection.execute(f"PRAGMA application_id = {shape.APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {FORMAT}")
    connection.executemany(_INSERT, mine.changes(held))
    connection.executemany("INSERT OR IGNORE INTO blob (sha256, bytes) VALUES (?, ?)", mine.blobs(blobs))
    connection.execute("UPDATE meta SET written_by = ?", (__version__,))
    connection.text_factory = bytes
    digest = shape.digest_of(connection)
    connection.execute("UPDATE meta SET digest = ?", (digest,))
    connection.execute("COMMIT")
    if connection.execute("PRAGMA freelist_count").fetchone()[0]:
        connection.execute("VACUUM")


def expect_one_history(theirs: Journal, mine: Journal, name: str) -> None:
    """The same shop, and no origin that two computers wrote: the last change that both hold must be the same.

    Raises:
        Refused: otherwise; the sentence names the origin.
    """
    other, own = theirs.card(), mine.card()
    if other and own and other.shop != own.shop:
        raise Refused(
            f"{name} belongs to another shop; nothing was written to it.", "Name this shop's own place."
        )
    there = theirs.held()
    for origin, last in mine.held().items():
        common = min(last, there.get(origin, 0))
        if common and mine.change(origin, common) != theirs.change(origin, common):
            raise Refused(
                f"This file and {name} are two copies of one file ({origin}) that went on separately;"
                " nothing was sent.",
                "Keep both. Let one of them join the shop anew (wotui join PLACE).",
            )
