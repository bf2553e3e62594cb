"""The schema of a shop's file, generated from the table declarations.

Importing this module imports SQLModel, so only the making, migrating and checking of files does.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, cast

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from wotui.store import derived, indexes, journal, search
from wotui.store.tables import SYNCED

if TYPE_CHECKING:
    from sqlalchemy import Table

    from wotui.store.tables import Record


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
        *journaling,
        *derived.statements(),
        *indexes.statements(),
        *search.statements(),
    )
