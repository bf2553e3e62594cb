"""A verified copy of a shop's file: what every backup is made of.

`VACUUM INTO` a private file, opened again, checked, compared table by table, and synced. A copy that was not opened and
compared is not a backup.
"""

from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING

from wotui.errors import FileTrouble
from wotui.store import connection as connections

if TYPE_CHECKING:
    from pathlib import Path


def copy_verified(source: Path, target: Path) -> None:
    """Copy a shop's file to `target` (0600), which appears only when it is whole.

    Raises:
        FileTrouble: the source is damaged, the target exists, or the copy cannot be written or differs.
    """
    if target.exists():
        raise FileTrouble(f"{target} exists already; it was left as it is.", "Choose another name.")
    draft = target.with_name(f".{target.name}.part")
    draft.unlink(missing_ok=True)
    try:
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
    """What `integrity_check` and `foreign_key_check` find, in SQLite's words; empty when the file is whole."""
    found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        return str(found)
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    return f"row {broken[1]} of {broken[0]} points nowhere" if broken else ""


def _copy(source: Path, draft: Path) -> None:
    original = connections.connect(source, read_only=True)
    try:
        found = damage(original)
        if found:
            raise FileTrouble(
                f"{source} is damaged ({found}); no copy was made of it.", "Look at `wotui backups`."
            )
        original.execute("VACUUM INTO ?", (str(draft),))
        counts = _counts(original)
    finally:
        original.close()
    copy = connections.connect(draft, read_only=True)
    try:
        if damage(copy) or _counts(copy) != counts:
            raise FileTrouble(
                f"The copy of {source} differs from it; it was thrown away.", "Check the disk, try again."
            )
    finally:
        copy.close()


def _counts(connection: sqlite3.Connection) -> dict[str, tuple[int, ...]]:
    tables = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'search%'"
    ).fetchall()
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone() for (name,) in tables}
