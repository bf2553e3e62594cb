"""What a question is about, beyond its values: the order's title, what counts meanwhile, and where to go to see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wotui.store.reading import Reads


def order_title(reads: Reads, record: str) -> str:
    """The title of the order that a record is; empty where it is none."""
    return str(reads.value("SELECT title FROM work_order WHERE id = ?", (record,)) or "")


def order_status(reads: Reads, record: str) -> str:
    """The status of an order."""
    return str(reads.value("SELECT status FROM work_order WHERE id = ?", (record,)) or "")


def is_safety_item(reads: Reads, record: str) -> bool:
    """Whether a checklist item is one of safety."""
    return bool(reads.value("SELECT severity = 'safety' FROM checklist_item WHERE id = ?", (record,)))


def order_of(reads: Reads, record: str) -> str:
    """The id of the order that a record is or belongs to; empty where there is none."""
    found = reads.value(
        """SELECT id FROM work_order WHERE id = :id
        UNION ALL SELECT k.work_order_id FROM checklist_item i JOIN checklist k ON k.id = i.checklist_id
            WHERE i.id = :id
        UNION ALL SELECT record_id FROM custom_value WHERE id = :id AND record_id IN (SELECT id FROM work_order)
        UNION ALL SELECT work_order_id FROM contractor_job WHERE id = :id
        UNION ALL SELECT work_order_id FROM time_span WHERE id = :id
        UNION ALL SELECT work_order_id FROM time_amount WHERE id = :id
        UNION ALL SELECT parent_id FROM log_entry WHERE id = :id AND parent_kind = 'work_order' LIMIT 1""",
        {"id": record},
    )
    return str(found or "")


def hours_of(reads: Reads, entry: str) -> tuple[str, int]:
    """The person of a time entry and the minute it begins (since the epoch, UTC)."""
    row = reads.one("SELECT person_id, start_minute FROM time_span WHERE id = ?", (entry,))
    return (str(row[0] or ""), int(row[1] or 0)) if row else ("", 0)
