"""New records by the hundred thousand, inside one transaction: an import, never an everyday action.

Row by row, the journal's and the derived columns' triggers cost several times what the rows do. While a `Bulk` is
open they are lifted (DDL is part of the transaction, so a failure brings them back), the journal's rows are written
beside the records, and the caller gives the derived columns itself. What lies in the file afterwards is what the
triggers would have written; `tests/store/test_bulk.py` holds it to that.
"""

from __future__ import annotations

import json
import time
from contextlib import contextmanager
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any

from wotui import clock
from wotui.store import derived

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Generator, Sequence

    from wotui.store.transaction import Transaction

_CACHE_KIB = 65_536
"""Ids of imported records are scattered, so the pages that a batch touches are too: 64 MB of them, while it lasts."""

_LIFTED = ("status_change_moves_order", "work_order_is_weighed")
_LIFTED_OF_EACH = ("journals_insert", "refuses_replace", "stales_search_insert")


class Bulk:
    """Writes new records and their journal. Made by `bulk`, never directly."""

    def __init__(self, connection: sqlite3.Connection, tx: Transaction) -> None:
        self._connection, self._tx = connection, tx
        self._seq: int = connection.execute(
            "SELECT ifnull(max(seq), 0) FROM change WHERE origin = ?", (tx.origin,)
        ).fetchone()[0]

    def insert(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Add new rows.

        Args:
            table: a shared table.
            columns: `id` first, then shared columns, then derived ones.
            rows: the values of each row; the ids are new.

        Raises:
            sqlite3.IntegrityError: an id exists.
        """
        if not rows:
            return
        shared = [
            (place, name)
            for place, name in enumerate(columns)
            if place and name not in derived.COLUMNS.get(table, ())
        ]
        named = ", ".join(f'"{name}"' for name in columns)
        values = ", ".join("?" * len(columns))
        self._connection.executemany(f'INSERT INTO "{table}" ({named}) VALUES ({values})', rows)
        self._journal(table, rows, shared)

    def settle(self, after_key: int) -> None:
        """Weigh the orders that were added behind `after_key` for the queue, and note that the search lacks them.

        What else was added must belong to these orders: nobody else's entry in the search is renewed.
        """
        self._connection.execute(f"{derived.WEIGH} WHERE key > ?", (after_key,))
        self._connection.execute(
            "INSERT INTO search_stale (key) SELECT key FROM work_order WHERE key > ?", (after_key,)
        )

    def _journal(self, table: str, rows: Sequence[Sequence[Any]], shared: list[tuple[int, str]]) -> None:
        tx = self._tx
        now = clock.milliseconds(clock.now()) if clock.is_fixed() else time.time_ns() // 1_000_000
        actor = tx.acting.id if tx.acting else None
        keys = [(place, f'"{name}":') for place, name in shared]
        first = self._seq + 1
        self._seq += len(rows)
        self._connection.executemany(
            "INSERT INTO change (origin, seq, t, at, actor, act, entity, row, patch)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    tx.origin,
                    seq,
                    now,
                    now,
                    actor,
                    tx.act,
                    table,
                    row[0],
                    _patch(row, keys),
                )
                for seq, row in enumerate(rows, first)
            ),
        )


def _patch(row: Sequence[Any], keys: list[tuple[int, str]]) -> str:
    """The journal's JSON object of a row; put together by hand because it is most of a load's work in Python."""
    parts: list[str] = []
    for place, key in keys:
        value = row[place]
        if value is not None:
            parts.append(key + (encode_basestring(value) if isinstance(value, str) else str(value)))
    return "{" + ",".join(parts) + "}"


@contextmanager
def bulk(connection: sqlite3.Connection, tx: Transaction, tables: Sequence[str]) -> Generator[Bulk]:
    """Lift the triggers of these tables for the length of a `with` block; see `Transaction.bulk`."""
    names = [f"{table}_{trigger}" for table in tables for trigger in _LIFTED_OF_EACH]
    lifted = connection.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND name IN (SELECT value FROM json_each(?))",
        (json.dumps([*names, *_LIFTED]),),
    ).fetchall()
    pages = connection.execute("PRAGMA cache_size").fetchone()[0]
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    try:
        for name, _ in lifted:
            connection.execute(f"DROP TRIGGER {name}")
        yield Bulk(connection, tx)
        for _, sql in lifted:
            connection.execute(sql)
    finally:
        connection.execute(f"PRAGMA cache_size = {pages}")
