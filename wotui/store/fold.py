"""Folding: records made from their journal, column by column, the last writer of a column winning.

The order is `(t, origin, seq)`, the same in every file. Tables and columns that this version does not know stay in the
journal and are folded after an upgrade. While it works the journal's triggers are silent; those that keep derived
columns and mark orders for the search are not.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from wotui.store import derived
from wotui.store.journal import fitting

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Generator, Iterator, Mapping

_ROWS_AT_ONCE = 2000

_TOUCHED = """CREATE TEMP TABLE touched (
    place INTEGER, row TEXT, entity TEXT, PRIMARY KEY (place, row, entity)) WITHOUT ROWID"""
_PATCHES = """SELECT x.entity, x.row, c.patch FROM temp.touched AS x CROSS JOIN change AS c ON c.row = x.row
    WHERE c.entity = x.entity ORDER BY x.place, x.row, x.entity, c.t, c.origin, c.seq"""


@dataclass(frozen=True, slots=True)
class Folded:
    """A record that a fold made or changed: the columns that differ, before and after. `new` where it was made."""

    entity: str
    row: str
    new: bool
    before: Mapping[str, Any]
    after: Mapping[str, Any]


def columns(connection: sqlite3.Connection) -> dict[str, dict[str, str]]:
    """Table → its journaled columns with their types, in the order the tables were made: parents before children.

    Read from the file rather than from the declarations, whose import costs 0.3 s.
    """
    suffix = "_journals_insert"
    tables = [
        str(name).removesuffix(suffix)
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND substr(name, -16) = ? ORDER BY rowid",
            (suffix,),
        )
    ]
    return {
        table: {
            str(name): str(kind)
            for name, kind in connection.execute("SELECT name, type FROM pragma_table_info(?)", (table,))
            if name not in {"key", "id"} | derived.COLUMNS.get(table, frozenset())
        }
        for table in tables
    }


@contextmanager
def touched(connection: sqlite3.Connection) -> Generator[None]:
    """The list of records to fold, empty at first, for the length of a `with` block."""
    connection.execute(_TOUCHED)
    try:
        yield
    finally:
        connection.execute("DROP TABLE temp.touched")


def touch(connection: sqlite3.Connection, news: Mapping[str, int]) -> None:
    """Note every record that changes are about: of each origin those beyond a number."""
    places = json.dumps({entity: place for place, entity in enumerate(columns(connection))})
    for origin, beyond in news.items():
        connection.execute(
            "INSERT OR IGNORE INTO temp.touched SELECT e.value, c.row, c.entity FROM change AS c"
            " JOIN json_each(?) AS e ON e.key = c.entity WHERE c.origin = ? AND c.seq > ?",
            (places, origin, beyond),
        )


def fold(connection: sqlite3.Connection) -> Iterator[Folded]:
    """Make every touched record what its journal says, and give those that changed; consume it to the end.

    The derived columns and the list of stale search entries are right when it ends.
    """
    known = columns(connection)
    connection.execute("UPDATE me SET applying = 1")
    connection.execute("CREATE TEMP TABLE moved (id TEXT PRIMARY KEY) WITHOUT ROWID")
    made: set[str] = set()
    asked: set[str] = set()
    try:
        for (entity, row), group in groupby(_stream(connection), key=itemgetter(0, 1)):
            folded = _write(connection, known[entity], entity, row, _state(group))
            if folded is None:
                continue
            if folded.new and entity in {"asset", "place", "customer"}:
                made.add(entity)
            if entity == "status_change":
                connection.execute(
                    "INSERT OR IGNORE INTO temp.moved SELECT work_order_id FROM status_change"
                    " WHERE id = ? AND work_order_id IS NOT NULL",
                    (row,),
                )
            elif entity == "work_order" and folded.new:
                connection.execute("INSERT OR IGNORE INTO temp.moved VALUES (?)", (row,))
            elif entity in ("request_step", "request_order"):
                asked.add(
                    connection.execute(f"SELECT request_id FROM {entity} WHERE id = ?", (row,)).fetchone()[0]
                )
            yield folded
        _settle(connection, made)
        derived.settle_requests(connection, asked)
    finally:
        connection.execute("DROP TABLE temp.moved")
        connection.execute("UPDATE me SET applying = 0")


def everything(connection: sqlite3.Connection) -> None:
    """Fold the whole journal anew: after an upgrade, whose new tables and columns older changes may name."""
    with touched(connection):
        for place, entity in enumerate(columns(connection)):
            connection.execute(
                "INSERT OR IGNORE INTO temp.touched SELECT ?, row, entity FROM change WHERE entity = ?",
                (place, entity),
            )
        for _ in fold(connection):
            pass


def _stream(connection: sqlite3.Connection) -> Iterator[tuple[str, str, str]]:
    cursor = connection.execute(_PATCHES)
    while rows := cursor.fetchmany(_ROWS_AT_ONCE):
        yield from rows


def _state(group: Iterator[tuple[str, str, str]]) -> dict[str, Any]:
    state: dict[str, Any] = {}
    for _, _, patch in group:
        state.update(
            json.loads(patch, strict=False)
        )  # not strict: the triggers write control characters as they are
    return state


def _write(
    connection: sqlite3.Connection, kinds: Mapping[str, str], entity: str, row: str, state: Mapping[str, Any]
) -> Folded | None:
    """Bring one record to its state; None when it was there already."""
    wanted = {name: fitting(state.get(name), kind) for name, kind in kinds.items()}
    listed = ", ".join(f'"{name}"' for name in kinds)
    current = connection.execute(f'SELECT {listed} FROM "{entity}" WHERE id = ?', (row,)).fetchone()
    if current is None:
        filled = {name: value for name, value in wanted.items() if value is not None}
        names = ", ".join(f'"{name}"' for name in ("id", *filled))
        marks = ", ".join("?" * (len(filled) + 1))
        connection.execute(f'INSERT INTO "{entity}" ({names}) VALUES ({marks})', (row, *filled.values()))
        return Folded(entity, row, True, {}, filled)
    before = {name: value for name, value in zip(kinds, current, strict=True) if value != wanted[name]}
    if not before:
        return None
    after = {name: wanted[name] for name in before}
    assigned = ", ".join(f'"{name}" = ?' for name in after)
    connection.execute(f'UPDATE "{entity}" SET {assigned} WHERE id = ?', (*after.values(), row))
    return Folded(entity, row, False, before, after)


def _settle(connection: sqlite3.Connection, made: set[str]) -> None:
    """Replay the statuses; and let orders that were here before the asset, place or customer they name know of it."""
    orders = [row[0] for row in connection.execute("SELECT id FROM temp.moved")]
    derived.settle(connection, orders)
    for entity in made:
        named = f"{entity}_id IN (SELECT row FROM temp.touched WHERE entity = '{entity}')"
        if entity == "asset":
            connection.execute(f"{derived.WEIGH} WHERE {named}")
        connection.execute(
            f"INSERT INTO search_stale (key) SELECT key FROM work_order WHERE {named}"
            " AND key NOT IN (SELECT key FROM search_stale)"
        )
