"""Bringing an older file up to date: numbered steps in one exclusive transaction, with a verified copy
before.

The number is `user_version`. A file of a newer wotui is refused before anything is written. A step changes what
is there: it renames, splits, computes. Steps are added at the end and never changed, because files of every released
version exist somewhere. New tables, columns, indexes and triggers need no step: after the steps the file is given
what the declarations have and it lacks (`schema.complete`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.errors import FileTrouble
from wotui.store import connection as connections

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Step = Callable[[sqlite3.Connection], None]

SCHEMA_VERSION = 2
"""What `user_version` says in a file of this wotui."""

STEPS: Mapping[int, Step] = {}
"""Version → what must change on the way to it from the one before, where adding is not enough."""


def bring_up_to_date(
    connection: sqlite3.Connection,
    path: Path,
    *,
    read_only: bool = False,
    steps: Mapping[int, Step] = STEPS,
    newest: int = SCHEMA_VERSION,
) -> None:
    """Take the file to the newest version, all steps or none.

    Raises:
        FileTrouble: not a wotui file, of a newer version, or it needs a step and cannot be written.
        sqlite3.Error: the file cannot be read, or a step failed; the file is as it was.
    """
    version = _version(connection, path, newest)
    if version == newest:
        return
    if read_only:
        raise FileTrouble(
            f"{path} is of an older wotui and cannot be brought up to date.", "Make it writable first."
        )
    from wotui.store import copies  # a file that is up to date needs none of this

    copies.add(path, "migration")
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN EXCLUSIVE")
    try:
        for number in range(version + 1, newest + 1):
            if number in steps:
                steps[number](connection)
        _complete(connection, path)
        connection.execute(f"PRAGMA user_version = {newest}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def _version(connection: sqlite3.Connection, path: Path, newest: int) -> int:
    if connection.execute("PRAGMA application_id").fetchone()[0] != connections.APPLICATION_ID:
        raise FileTrouble(
            f"{path} is not a wotui file; it was left as it is.", "Name the shop's file with --db."
        )
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > newest:
        raise FileTrouble(
            f"{path} was made by a newer wotui (format {version}, this one knows {newest}); it was left as it is.",
            "Please update wotui.",
        )
    return version


def _complete(connection: sqlite3.Connection, path: Path) -> None:
    """Add what the file lacks, fold what newer files had already written into columns that are only known now."""
    from wotui.store import fold, schema, snapshot

    schema.complete(connection)
    fold.everything(connection)
    found = snapshot.damage(connection)
    if found:
        raise FileTrouble(
            f"{path} could not be brought up to date ({found}); it is as it was.", "Please report this."
        )
