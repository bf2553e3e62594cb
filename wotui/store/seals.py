"""Seals: a digest over the history of each origin, so that a byte that flipped or was rewritten later is seen.

A seal is the BLAKE2b-256 of a change and of the seal before it, so the seal of number n stands for everything from 1
to n, and sealing goes on where it stopped. The journal is sealed at every publish, backup and check, and looked at
again before the next. A seal finds accidents and careless hands; who rewrites the history and the seals is not found.
"""

from __future__ import annotations

import hashlib
import sqlite3
from typing import TYPE_CHECKING

from wotui.store import vectors
from wotui.store.reading import Over

if TYPE_CHECKING:
    from collections.abc import Collection

TABLE = "CREATE TABLE seal (origin TEXT PRIMARY KEY, last INTEGER NOT NULL, digest TEXT NOT NULL) STRICT, WITHOUT ROWID"

_ROWS_AT_ONCE = 2000
_ROWS = """SELECT seq, t, at, actor, act, entity, row, patch FROM change
    WHERE origin = ? AND seq > ? AND seq <= ? ORDER BY seq"""


def extend(connection: sqlite3.Connection) -> None:
    """Seal what was written since the last time; part of the caller's commit."""
    sealed = _sealed(connection)
    for origin, last in vectors.held(Over(connection)).items():
        done, digest = sealed.get(origin, (0, ""))
        if last > done:
            connection.execute(
                "INSERT INTO seal (origin, last, digest) VALUES (?1, ?2, ?3)"
                " ON CONFLICT (origin) DO UPDATE SET last = ?2, digest = ?3",
                (origin, last, _chain(connection, origin, done, last, digest)[1]),
            )


def broken(connection: sqlite3.Connection, origins: Collection[str] | None = None) -> list[tuple[str, int]]:
    """Origins whose history is not what was sealed, each with the last number of its seal.

    Args:
        connection: where to look; nothing is changed.
        origins: only these; all where it is left out.
    """
    found: list[tuple[str, int]] = []
    for origin, (last, digest) in sorted(_sealed(connection).items()):
        if origins is not None and origin not in origins:
            continue
        try:
            sound = _chain(connection, origin, 0, last, "") == (last, digest)
        except sqlite3.OperationalError:  # a text that is not UTF-8 any more
            sound = False
        if not sound:
            found.append((origin, last))
    return found


def _sealed(connection: sqlite3.Connection) -> dict[str, tuple[int, str]]:
    rows = connection.execute("SELECT origin, last, digest FROM seal")
    return {str(origin): (int(last), str(digest)) for origin, last, digest in rows}


def _chain(
    connection: sqlite3.Connection, origin: str, after: int, last: int, digest: str
) -> tuple[int, str]:
    """How many changes there are up to `last`, counted from the seal at `after`, and the seal at the end."""
    seal, count = bytes.fromhex(digest), after
    cursor = connection.execute(_ROWS, (origin, after, last))
    while rows := cursor.fetchmany(_ROWS_AT_ONCE):
        count += len(rows)
        for row in rows:
            content = seal + repr(row).encode("utf-8", "backslashreplace")
            seal = hashlib.blake2b(content, digest_size=32).digest()
    return count, seal.hex()
