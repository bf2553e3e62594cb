"""Whether a shop's file is what it should be: its pages, its schema, its journal, and its records against
the journal.

Each function only reads, takes a plain connection and gives facts, not sentences; `merge.check` says them.
"""

from __future__ import annotations

import hashlib
import json
import re
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from wotui.store import derived
from wotui.store.journal import fitting

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping

_ROWS_AT_ONCE = 5000
_GENERATED = re.compile(r"^(sqlite_|search(_open)?_(data|idx|content|docsize|config)$)")
_CREATED = re.compile(
    r"CREATE\s+(?:VIRTUAL\s+)?(?:UNIQUE\s+)?(TABLE|INDEX|TRIGGER|VIEW)\s+(?:IF NOT EXISTS\s+)?\"?(\w+)",
    re.IGNORECASE,
)

_STANDING = ("status", "status_at", "started_at", "done_at")

UNREADABLE = "?"
"""Stands for a column where a record's history cannot be read."""


def broken_pages(connection: sqlite3.Connection) -> list[str]:
    """What SQLite finds wrong with the pages, indexes and foreign keys, in its own words; at most 20
    lines.
    """
    found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)")]
    broken = connection.execute("PRAGMA foreign_key_check").fetchmany(20)
    return ([] if found == ["ok"] else found) + [f"row {row[1]} of {row[0]} points nowhere" for row in broken]


def schema_differences(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """How the file's schema differs from the declarations: (`missing`, `foreign` or `different`, what it is).

    Importing the declarations imports SQLModel.
    """
    from wotui.store import schema

    declared = dict(map(_named, schema.statements()))
    query = "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL"
    held = {
        f"{kind} {name}": _squeezed(sql)
        for kind, name, sql in connection.execute(query)
        if not _GENERATED.match(name)
    }
    missing = [("missing", name) for name in declared if name not in held]
    foreign = [("foreign", name) for name in held if name not in declared]
    different = [("different", name) for name, sql in declared.items() if held.get(name, sql) != sql]
    return missing + foreign + different


def _named(statement: str) -> tuple[str, str]:
    match = _CREATED.match(statement.strip())
    if match is None:
        raise ValueError(statement)
    return f"{match[1].lower()} {match[2]}", _squeezed(statement)


def _squeezed(sql: str) -> str:
    """A statement as it is compared: a table that was given columns later has them at its end, in quotes."""
    line = re.sub(r"\s+", " ", sql).strip()
    if not line.startswith("CREATE TABLE"):
        return line
    return "\n".join(table_parts(line))


def table_parts(sql: str) -> list[str]:
    """What a CREATE TABLE says, without its order: its beginning and end, and each column and constraint, sorted."""
    line = re.sub(r"\s+", " ", sql.replace('"', "")).strip()
    first, last = line.find("("), line.rfind(")")
    parts, depth = [""], 0
    for character in line[first + 1 : last]:
        depth += (character == "(") - (character == ")")
        if character == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return [line[:first].strip(), line[last + 1 :].strip(), *sorted(part.strip() for part in parts)]


def journal_gaps(connection: sqlite3.Connection) -> list[tuple[str, int, int]]:
    """Origins whose changes are not numbered 1, 2, 3 … without a gap: (origin, last number, how many are
    missing).
    """
    query = """SELECT origin, max(seq), max(seq) - count(*) FROM change GROUP BY origin
        HAVING max(seq) <> count(*) OR min(seq) <> 1 ORDER BY origin"""
    return [(str(origin), int(last), int(gap)) for origin, last, gap in connection.execute(query)]


def state_differences(
    connection: sqlite3.Connection, columns: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[str, str, str]]:
    """Records that are not the fold of their journal: (table, id, the column, or empty for the whole record, or
    UNREADABLE).

    A record's state is its changes in the order (t, origin), column by column, the last writer of a column
    winning. Tables and columns of a newer wotui are kept in the journal and not looked at.

    Args:
        connection: where to look.
        columns: the journaled columns of each table and their types (`schema.synced_columns()`), without key and id.
    """
    reads = {
        table: f'SELECT {", ".join(f"{chr(34)}{name}{chr(34)}" for name in names)} FROM "{table}" WHERE id = ?'
        for table, names in columns.items()
    }
    journaled = dict.fromkeys(columns, 0)
    for (table, identity), folded in _folded(connection):
        names = columns.get(table)
        if names is None:
            continue
        if folded is None:
            journaled[table] += 1
            yield table, identity, UNREADABLE
            continue
        row = connection.execute(reads[table], (identity,)).fetchone()
        if row is None:
            yield table, identity, ""
            continue
        journaled[table] += 1
        for name, value in zip(names, row, strict=True):
            expected = fitting(folded.get(name), names[name])
            if expected != fitting(
                value, names[name]
            ):  # another tool may have written what a merge would clean
                yield table, identity, name
    for table, count in journaled.items():
        if connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] != count:
            for (identity,) in connection.execute(
                f'SELECT id FROM "{table}" AS r WHERE NOT EXISTS (SELECT 1 FROM change WHERE row = r.id)'
            ):
                yield table, str(identity), ""


def _folded(connection: sqlite3.Connection) -> Iterator[tuple[tuple[str, str], dict[str, Any] | None]]:
    """Every record as its journal has it, in the order of the ids, one at a time; None where a change is no JSON."""
    changes = _stream(connection, "SELECT row, entity, patch FROM change ORDER BY row, t, origin, seq")
    for identity, group in groupby(changes, key=itemgetter(0)):
        states: dict[str, dict[str, Any] | None] = {}
        for _, entity, patch in group:
            state = states.setdefault(entity, {})
            try:
                # Not strict: the triggers write control characters as they are (see `journal`).
                written: dict[str, Any] = json.loads(patch, strict=False)
            except ValueError:
                states[entity] = None
                continue
            if state is not None:
                state.update(written)
        for entity, state in states.items():
            yield (entity, identity), state


def _stream(connection: sqlite3.Connection, query: str) -> Iterator[tuple[Any, ...]]:
    cursor = connection.execute(query)
    while rows := cursor.fetchmany(_ROWS_AT_ONCE):
        yield from rows


def dangling(connection: sqlite3.Connection, table: str, column: str, target: str) -> list[str]:
    """Ids of live records whose reference names a record that is not there (archived ones are)."""
    query = f"""SELECT id FROM "{table}" AS r WHERE deleted_at IS NULL AND "{column}" IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM "{target}" WHERE id = r."{column}") LIMIT 100"""
    return [str(row[0]) for row in connection.execute(query)]


def shared_values(
    connection: sqlite3.Connection, table: str, column: str, condition: str = "1"
) -> list[tuple[str, int]]:
    """Values of a column that more than one live record has, where each should have its own: (value, how
    many).
    """
    query = f"""SELECT "{column}", count(*) FROM "{table}" WHERE deleted_at IS NULL AND "{column}" <> '' AND {condition}
        GROUP BY "{column}" HAVING count(*) > 1 ORDER BY 1 LIMIT 100"""
    return [(str(value), int(count)) for value, count in connection.execute(query)]


def matching(connection: sqlite3.Connection, table: str, shown: str, condition: str) -> list[str]:
    """`shown` of every live record that meets a condition (SQL over its columns); at most 100."""
    query = f'SELECT {shown} FROM "{table}" WHERE deleted_at IS NULL AND ({condition}) LIMIT 100'
    return [str(row[0]) for row in connection.execute(query)]


def derived_differences(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Orders and requests whose derived columns are not what their steps lead to: (number, column).

    Nothing is kept of what is tried out: the steps are replayed for each of them, and compared.
    """
    for order, number, *shown in _stream(
        connection, f"SELECT id, number, {', '.join(_STANDING)} FROM work_order"
    ):
        there = derived.standing(connection, order)
        expected = (there.status, there.status_at, there.started_at, there.done_at)
        for column, value, wanted in zip(_STANDING, shown, expected, strict=True):
            if value != wanted:
                yield str(number or order), column
    for (number,) in _stream(
        connection, f"SELECT ifnull(number, id) FROM work_order WHERE queue_weight IS NOT {derived.WEIGHT}"
    ):
        yield str(number), "queue_weight"
    for request, number, status in _stream(connection, "SELECT id, number, status FROM request"):
        if status != derived.request_standing(connection, request)[0]:
            yield str(number or request), "status"


def torn_blobs(connection: sqlite3.Connection) -> Iterator[str]:
    """Names of attachments whose bytes are not what their name, a SHA-256, says."""
    for name, content in connection.execute("SELECT sha256, bytes FROM blob"):
        if hashlib.sha256(content).hexdigest() != name:
            yield str(name)
