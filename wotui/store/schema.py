"""The schema of a shop's file, generated from the table declarations.

Importing this module imports SQLModel, so only the making, migrating and checking of files does.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from functools import cache
from typing import TYPE_CHECKING, cast

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from wotui.store import derived, indexes, journal, seals, search
from wotui.store.tables import SYNCED

if TYPE_CHECKING:
    from sqlalchemy import Table

    from wotui.store.tables import Record

_NAMED = re.compile(r"\s*CREATE (?:VIRTUAL |UNIQUE )?(TABLE|INDEX|TRIGGER|VIEW) (\w+)")


def _table(record: type[Record]) -> Table:
    return cast("Table", getattr(record, "__table__"))  # noqa: B009 - SQLModel adds the attribute at run time


def _line(statement: object) -> str:
    return re.sub(r"\s+", " ", str(statement)).strip()


@cache
def synced_columns() -> dict[str, dict[str, str]]:
    """Table name → the columns that are journaled and merged, with their SQL type, without key, id and
    derived ones.
    """
    dialect = sqlite.dialect()
    return {
        _table(record).name: {
            column.name: column.type.compile(dialect)
            for column in _table(record).columns
            if column.name not in {"key", "id"} | record.derived
        }
        for record in SYNCED
    }


@cache
def statements() -> tuple[str, ...]:
    """Every CREATE statement of a new file, in order."""
    dialect = sqlite.dialect()
    tables = [_line(CreateTable(_table(record)).compile(dialect=dialect)) for record in SYNCED]
    lookups = [
        _line(CreateIndex(index).compile(dialect=dialect))
        for record in SYNCED
        for index in sorted(_table(record).indexes, key=lambda index: str(index.name))
    ]
    journaling = [
        trigger for table, columns in synced_columns().items() for trigger in journal.triggers(table, columns)
    ]
    return (
        *tables,
        *lookups,
        *journal.LOCAL_TABLES,
        seals.TABLE,
        *journal.VIEWS,
        *journaling,
        *derived.statements(),
        *indexes.statements(),
        *search.statements(),
    )


def complete(connection: sqlite3.Connection) -> None:
    """Give a file that an older wotui made what it lacks: tables, columns, indexes, and every trigger as it is now.

    Adding is all it does, within the transaction that is open. What is renamed or means something else is a numbered
    step of `migrations`.
    """
    there = {
        name: (kind, definition)
        for name, kind, definition in connection.execute("SELECT name, type, sql FROM sqlite_schema")
    }
    for name, (kind, _) in there.items():
        if kind in {"trigger", "view"}:
            connection.execute(f'DROP {kind} IF EXISTS "{name}"')  # a view takes its triggers with it
    for statement in statements():
        kind, name = _NAMED.findall(statement)[0]
        before = there.get(name)
        if before is not None and kind == "TABLE":
            _add_columns(connection, statement, name)
        elif before is None or kind in {"TRIGGER", "VIEW"} or (kind == "INDEX" and before[1] != statement):
            connection.execute(f'DROP INDEX IF EXISTS "{name}"')
            connection.execute(statement)


def _add_columns(connection: sqlite3.Connection, statement: str, table: str) -> None:
    """Add to a table the columns that its statement has and the file's table has not."""
    with closing(sqlite3.connect(":memory:")) as pattern:
        pattern.execute(statement)
        wanted = pattern.execute("SELECT name, type FROM pragma_table_info(?)", (table,)).fetchall()
    there = {name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))}
    for name, kind in wanted:
        if name not in there:
            connection.execute(f'ALTER TABLE "{table}" ADD COLUMN "{name}" {kind}')
