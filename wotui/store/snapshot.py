"""A verified copy of a shop's file: what every backup is made of.

`VACUUM INTO` a private file, opened again, checked, compared row by row, and synced. A copy that was not
opened and compared is not a backup.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from itertools import zip_longest
from typing import TYPE_CHECKING

from wotui.errors import Damaged, FileTrouble
from wotui.store import connection as connections

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_ROWS_AT_ONCE = 2000


def copy_verified(source: Path, target: Path) -> None:
    """Copy a shop's file to `target` (0600), which appears only when it is whole.

    Raises:
        FileTrouble: the source is damaged, the target exists, or the copy cannot be written or differs.
    """
    if target.exists():
        raise FileTrouble(f"{target} exists already; it was left as it is.", "Choose another name.")
    draft = target.with_name(f".{target.name}.part")
    try:
        draft.unlink(missing_ok=True)
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        _copy(source, draft)
        descriptor = os.open(draft, os.O_RDWR)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        os.replace(draft, target)  # noqa: PTH105 - Path.replace says less about durability
        sync_folder(target.parent)
    except sqlite3.Error as error:
        raise connections.trouble(error, source) from error
    except OSError as error:
        raise FileTrouble(
            f"{target} cannot be written: {error.strerror}.", "Nothing else was changed."
        ) from error
    finally:
        with contextlib.suppress(
            OSError
        ):  # the reason it failed is the one to tell; leftovers are removed next time
            draft.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` last through a power cut, where the system can."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def damage(connection: sqlite3.Connection) -> str:
    """What `integrity_check` and `foreign_key_check` find, in SQLite's words; empty when the file is
    whole.
    """
    found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        return str(found)
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    return f"row {broken[1]} of {broken[0]} points nowhere" if broken else ""


def _copy(source: Path, draft: Path) -> None:
    """Fill the draft and prove it. A copy that a commit overtook is made again, at last with the writers
    waiting.
    """
    with contextlib.closing(connections.connect(source, read_only=True)) as original:
        found = damage(original)
        if found:
            raise Damaged(
                f"{source} is damaged ({found}); no copy was made of it.", "Look at `wotui backups`."
            )
        for writers_wait in (False, False, True):
            before = _data_version(original)
            os.truncate(draft, 0)
            if not writers_wait:
                original.execute("VACUUM INTO ?", (str(draft),))
            # With a rollback journal, nobody can commit until this reading ends.
            original.execute("BEGIN")
            try:
                if writers_wait:
                    _copy_pages(original, draft)
                wrong = _difference(original, draft)
            finally:
                original.execute("COMMIT")
            if not wrong:
                return
            if writers_wait or _data_version(original) == before:
                raise FileTrouble(
                    f"The copy of {source} {wrong}; it was thrown away.", "Check the disk, try again."
                )


def _copy_pages(original: sqlite3.Connection, draft: Path) -> None:
    """Copy page by page inside the caller's reading, which VACUUM cannot."""
    original.execute("SELECT 1 FROM sqlite_schema").fetchone()
    with contextlib.closing(sqlite3.connect(draft)) as copy:
        original.backup(copy)


def _data_version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


def _difference(original: sqlite3.Connection, draft: Path) -> str:
    """What is wrong with the draft, as the end of a sentence; empty when it is the original, row by row."""
    with contextlib.closing(connections.connect(draft, read_only=True)) as copy:
        found = damage(copy)
        if found:
            return f"is damaged ({found})"
        tables = "SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY name"
        for question in ("PRAGMA user_version", "PRAGMA application_id", tables):
            if original.execute(question).fetchall() != copy.execute(question).fetchall():
                return "has another schema"
        for name, sql in original.execute(tables).fetchall():
            if str(sql).upper().startswith("CREATE VIRTUAL"):
                continue  # its content lies in its shadow tables
            if any(
                one != other for one, other in zip_longest(_all_rows(original, name), _all_rows(copy, name))
            ):
                return f"differs in {name}"
    return ""


def _all_rows(connection: sqlite3.Connection, table: str) -> Iterator[tuple[object, ...]]:
    cursor = connection.execute(f'SELECT * FROM "{table}"')
    while rows := cursor.fetchmany(_ROWS_AT_ONCE):
        yield from rows
