"""The last value beside a reading: what the same meter, or the same question on the same asset, said
before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wotui.domain.identity import same_id
from wotui.domain.quantity import thousandths
from wotui.errors import Problem
from wotui.store.reading import marks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wotui.domain.checklists.items import Item
    from wotui.store.reading import Reads


@dataclass(frozen=True, slots=True)
class LastValue:
    """A value in thousandths and the instant it was taken at."""

    value: int
    at: str


def last_values(reads: Reads, order_id: str, items: Sequence[Item]) -> dict[str, LastValue]:
    """The last value by item id, for reading items of one order; answers on this order itself do not
    count.
    """
    found = _from_orders(reads, order_id, [item for item in items if item.meter_id is None])
    for item in items:
        if item.meter_id is not None:
            last = last_reading(reads, item.meter_id, without_item=item.id)
            if last is not None:
                found[item.id] = last
    return found


def last_reading(reads: Reads, meter_id: str, *, without_item: str | None = None) -> LastValue | None:
    """The newest believable reading of a meter, leaving out the one that an item itself wrote."""
    own = own_readings(reads, without_item) if without_item else ()
    row = reads.one(
        "SELECT value, taken_at FROM reading WHERE meter_id = ? AND deleted_at IS NULL AND ifnull(suspect, 0) = 0"
        f" AND value IS NOT NULL AND id NOT IN ({marks(len(own))}) ORDER BY taken_at DESC, id DESC LIMIT 1",
        (meter_id, *own),
    )
    return None if row is None else LastValue(row[0], row[1] or "")


def own_readings(reads: Reads, item_id: str) -> tuple[str, ...]:
    """Ids of the readings that an item's answers wrote: each answer that takes a reading writes one, named
    after it.
    """
    rows = reads.rows(
        "SELECT id FROM item_result WHERE item_id = ? ORDER BY at DESC, id DESC LIMIT 50", (item_id,)
    )
    return tuple(reading_id(result_id) for (result_id,) in rows)


def reading_id(result_id: str) -> str:
    """The id of the meter reading that an answer writes."""
    return same_id("reading", result_id)


def _from_orders(reads: Reads, order_id: str, items: Sequence[Item]) -> dict[str, LastValue]:
    labels = {item.label for item in items}
    if not labels:
        return {}
    rows = reads.rows(
        "SELECT i.label, ifnull(i.uom, ''), r.value, r.outcome, r.at FROM work_order w"
        " JOIN checklist c ON c.work_order_id = w.id AND c.deleted_at IS NULL"
        " JOIN checklist_item i ON i.checklist_id = c.id AND i.type IN ('number', 'meter') AND i.deleted_at IS NULL"
        " JOIN item_result r ON r.item_id = i.id AND r.deleted_at IS NULL"
        f" WHERE w.asset_id = (SELECT asset_id FROM work_order WHERE id = ?) AND w.id <> ?"
        f" AND w.deleted_at IS NULL AND i.label IN ({marks(len(labels))}) ORDER BY i.id, r.at, r.id",
        (order_id, order_id, *labels),
    )
    newest: dict[tuple[str, str], LastValue] = {}
    for label, uom, value, outcome, at in rows:
        measured = _measured(value) if outcome in ("pass", "flag", "fail") else None
        if measured is None:
            continue
        before = newest.get((label, uom))
        if before is None or before.at <= (at or ""):
            newest[label, uom] = LastValue(measured, at or "")
    return {item.id: newest[item.label, item.uom] for item in items if (item.label, item.uom) in newest}


def _measured(value: str | None) -> int | None:
    try:
        return thousandths(value or "")
    except Problem:
        return None
