"""Ordered lists of rules: their names in order, and one of them whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wotui.store.reading import Reads


def names(reads: Reads, table: str) -> list[tuple[str, str]]:
    """Id and name of every rule of a table in its order, switched off or not."""
    return [
        (identity, name)
        for identity, name in reads.rows(
            f"SELECT id, ifnull(name, '') FROM \"{table}\" WHERE deleted_at IS NULL ORDER BY position, id"
        )
    ]


def last_position(reads: Reads, table: str) -> int:
    """The position of the last rule; 0 where there is none."""
    return reads.value(f'SELECT ifnull(max(position), 0) FROM "{table}" WHERE deleted_at IS NULL')


def row(reads: Reads, table: str, columns: Sequence[str], identity: str) -> tuple[Any, ...]:
    """Columns of one rule."""
    chosen = ", ".join(f'"{column}"' for column in columns)
    return reads.one(f'SELECT {chosen} FROM "{table}" WHERE id = ?', (identity,)) or ()
