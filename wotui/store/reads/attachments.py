"""Files that were attached to records, and their bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wotui.errors import FileTrouble

if TYPE_CHECKING:
    from wotui.store.reading import Reads


@dataclass(frozen=True, slots=True)
class Attached:
    """One attached file; `size` in bytes."""

    id: str
    name: str
    media_type: str
    sha256: str
    size: int


def of_order(reads: Reads, order_id: str) -> list[Attached]:
    """The files of an order: its own and those of its checklist items, oldest first."""
    rows = reads.rows(
        """SELECT id, name, media_type, sha256, size FROM attachment WHERE deleted_at IS NULL AND parent_id IN (
            SELECT :id UNION ALL SELECT i.id FROM checklist c JOIN checklist_item i ON i.checklist_id = c.id
            WHERE c.work_order_id = :id AND c.deleted_at IS NULL AND i.deleted_at IS NULL)
        ORDER BY key""",
        {"id": order_id},
    )
    return [_attached(row) for row in rows]


def of_record(reads: Reads, record_id: str) -> list[Attached]:
    """The files of one record (an item, an order), oldest first."""
    rows = reads.rows(
        "SELECT id, name, media_type, sha256, size FROM attachment WHERE parent_id = ? AND deleted_at IS NULL"
        " ORDER BY key",
        (record_id,),
    )
    return [_attached(row) for row in rows]


def content(reads: Reads, sha256: str) -> bytes:
    """The bytes of a file.

    Raises:
        FileTrouble: the shop's file does not hold them (they have not come along in a merge yet).
    """
    found = reads.value("SELECT bytes FROM blob WHERE sha256 = ?", (sha256,))
    if not isinstance(found, bytes):
        raise FileTrouble(
            "The bytes of this file are not in the shop's file.", "Merge with the file it came from."
        )
    return found


def _attached(row: tuple[str, str | None, str | None, str | None, int | None]) -> Attached:
    identity, name, media_type, sha256, size = row
    return Attached(
        identity, name or "file", media_type or "application/octet-stream", sha256 or "", size or 0
    )
