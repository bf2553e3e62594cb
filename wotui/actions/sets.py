"""Small sets of a record (roles, trades, permits): one row an element, so that they merge element by element."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.domain.identity import same_id

if TYPE_CHECKING:
    from collections.abc import Collection

    from wotui.store.transaction import Transaction


def write_set(tx: Transaction, record_id: str, kind: str, elements: Collection[str]) -> None:
    """Make the set `kind` of a record hold exactly these elements."""
    rows = tx.rows(
        "SELECT id, value FROM membership WHERE record_id = ? AND kind = ? AND deleted_at IS NULL",
        (record_id, kind),
    )
    for row, there in rows:
        if there not in elements:
            tx.remove("membership", row)
    present = {there for _, there in rows}
    for element in elements:
        if element not in present:
            add_element(tx, record_id, kind, element)


def add_element(tx: Transaction, record_id: str, kind: str, element: str) -> None:
    """Add one element to the set `kind` of a record."""
    identity = same_id("membership", record_id, kind, element)
    tx.put("membership", identity, record_id=record_id, kind=kind, value=element)
