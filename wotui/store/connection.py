"""How every connection to a shop's file is set up, and what its failures mean in plain words.

The settings are measured, see the comments: rollback journal with `synchronous=EXTRA` lost no acknowledged
change in any power-loss state that was replayed, `FULL` did; deferred BEGIN lost updates of concurrent
writers, IMMEDIATE none.
"""

from __future__ import annotations

import sqlite3
import sys
from typing import TYPE_CHECKING

from wotui.errors import Damaged, FileTrouble, UsageProblem

if TYPE_CHECKING:
    from pathlib import Path

APPLICATION_ID = 0x776F7475  # "wotu"
BUSY_MILLISECONDS = 5000
OLDEST_SQLITE = (3, 37, 0)
"""The first with STRICT tables."""

_PRAGMAS = (
    "trusted_schema = OFF",  # first: nothing in a file may call what we did not ask for
    "synchronous = EXTRA",
    "foreign_keys = ON",
    "cell_size_check = ON",
    "mmap_size = 0",
    "secure_delete = ON",
    "fullfsync = ON",
    "checkpoint_fullfsync = ON",
    "temp_store = MEMORY",  # no customer data in the temporary folder
)


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """A connection with the settings above; we say BEGIN ourselves.

    Raises:
        UsageProblem: this Python's SQLite is too old.
        sqlite3.Error: the file cannot be opened or is no database; see `trouble`.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise UsageProblem(
            f"wotui needs SQLite 3.37 or newer, and this Python has {sqlite3.sqlite_version}.",
            "Install a newer Python.",
        )
    mode = "ro" if read_only else "rw"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        if not read_only and connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] != "delete":
            raise sqlite3.OperationalError("the journal mode cannot be set")
        if sys.version_info >= (3, 12):
            connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)
            connection.setconfig(sqlite3.SQLITE_DBCONFIG_DQS_DML, False)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def trouble(error: sqlite3.Error, path: Path) -> FileTrouble:
    """The sentence for a failure of SQLite, by its result code (https://sqlite.org/rescode.html)."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    name = path.name
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return FileTrouble(
            f"{name} is busy, nothing was changed.", "Another program is writing to it; try again."
        )
    if code == sqlite3.SQLITE_FULL:
        return FileTrouble("The disk is full, nothing was changed.", "Free some space and do it again.")
    if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH}:
        return FileTrouble(
            f"{path} cannot be written, nothing was changed.", "Check its permissions and its folder's."
        )
    if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
        return Damaged(
            f"{path} is damaged or is not a wotui file; it was left as it is.",
            "Look at `wotui backups`, or open another file with --db.",
            path,
        )
    if code == sqlite3.SQLITE_CANTOPEN:
        return FileTrouble(f"{path} cannot be opened.", "Check the path and its permissions.")
    return FileTrouble(
        f"The disk failed on {name}, nothing was changed ({error}).", "Check the disk and do it again."
    )


def is_a_bug(error: sqlite3.Error) -> bool:
    """Wrong SQL, a wrong type or a clashing id is our mistake, not the file's."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in {
        sqlite3.SQLITE_ERROR,
        sqlite3.SQLITE_CONSTRAINT,
        sqlite3.SQLITE_MISMATCH,
        sqlite3.SQLITE_MISUSE,
        0,
    }
