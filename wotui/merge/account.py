"""The account of a merge: what came in, record by record and field by field; a preview when nothing was kept of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from wotui import clock

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wotui.store.fold import Folded
    from wotui.store.reading import Reads

MOST_RECORDS = 500
"""Records that an account tells one by one; the rest is counted."""

_HANDLES = {
    "work_order": "number",
    "asset": "tag",
    "place": "code",
    "person": "name",
    "contractor": "name",
} | dict.fromkeys(
    ("setting", "customer", "part", "checklist", "checklist_template", "meter", "attachment"), "name"
)
_PARENTS = {
    "status_change": ("work_order_id", "work_order"),
    "assignment": ("work_order_id", "work_order"),
    "relation": ("work_order_id", "work_order"),
    "contractor_job": ("work_order_id", "work_order"),
    "time_span": ("work_order_id", "work_order"),
    "time_amount": ("work_order_id", "work_order"),
    "log_entry": ("parent_id", "work_order"),
    "custom_value": ("record_id", "work_order"),
    "membership": ("record_id", "work_order"),
    "contractor_document": ("contractor_id", "contractor"),
    "contractor_contact": ("contractor_id", "contractor"),
}
_COUNTED_AS_SETS = frozenset({"membership", "assignment", "relation"})


@dataclass(frozen=True, slots=True)
class Line:
    """One record that a merge made or changed.

    Attributes:
        entity: its table.
        record: its id.
        name: as people call it: `W-A0012`, or what it belongs to: `log entry of W-A0012`.
        new: it was not here before.
        fields: column → (before, after).
    """

    entity: str
    record: str
    name: str
    new: bool
    fields: Mapping[str, tuple[Any, Any]]


@dataclass(slots=True)
class Account:
    """What a merge did, or would do.

    Attributes:
        place: where the changes came from.
        at: when, an instant.
        changes_in: changes taken in.
        changes_out: changes sent, or to be sent.
        records_new: records that were not here before.
        records_changed: records that differ now.
        records_deleted: records that others took away.
        orders_changed: open orders that differ now.
        conflicts: open questions now, see `store.reads.conflicts`.
        duplicates: pairs that may be the same thing.
        lines: the records, at most `MOST_RECORDS`.
        notices: sentences that people should see.
        dry_run: nothing of it was kept.
    """

    place: str
    at: str = field(default_factory=lambda: clock.instant(clock.now()))
    changes_in: int = 0
    changes_out: int = 0
    records_new: int = 0
    records_changed: int = 0
    records_deleted: int = 0
    orders_changed: int = 0
    conflicts: int = 0
    duplicates: int = 0
    lines: list[Line] = field(default_factory=list[Line])
    notices: list[str] = field(default_factory=list[str])
    dry_run: bool = False

    def note(self, folded: Folded, name: str) -> None:
        """Count one record and keep its line while there is room."""
        if folded.new:
            self.records_new += 1
        else:
            self.records_changed += 1
        gone = folded.after.get("deleted_at") and not folded.before.get("deleted_at")
        if gone and not folded.new and folded.entity not in _COUNTED_AS_SETS:
            self.records_deleted += 1
        if len(self.lines) < MOST_RECORDS:
            fields = {column: (folded.before.get(column), value) for column, value in folded.after.items()}
            self.lines.append(Line(folded.entity, folded.row, name, folded.new, fields))

    def sentence(self) -> str:
        """The account in one sentence."""
        verb = "would bring" if self.dry_run else "brought"
        sent = "would be sent" if self.dry_run else "was sent" if self.changes_out == 1 else "were sent"
        return (
            f"{self.place} {verb} {_many(self.changes_in, 'change')} ({_many(self.records_new, 'new record')},"
            f" {self.records_changed} changed); {_many(self.changes_out, 'change')} {sent}."
        )

    def document(self) -> dict[str, Any]:
        """The account as JSON."""
        return {
            "place": self.place,
            "at": self.at,
            "dry_run": self.dry_run,
            "changes_in": self.changes_in,
            "changes_out": self.changes_out,
            "records_new": self.records_new,
            "records_changed": self.records_changed,
            "records_deleted": self.records_deleted,
            "conflicts": self.conflicts,
            "duplicates": self.duplicates,
            "notices": self.notices,
            "records": [
                {
                    "kind": line.entity,
                    "id": line.record,
                    "name": line.name,
                    "new": line.new,
                    "fields": [
                        {"field": column, "old": old, "new": new}
                        for column, (old, new) in line.fields.items()
                    ],
                }
                for line in self.lines
            ],
        }


def name_of(reads: Reads, entity: str, record: str) -> str:
    """What people call a record, or what it belongs to."""
    handle = _HANDLES.get(entity)
    if handle:
        found = reads.value(f'SELECT "{handle}" FROM "{entity}" WHERE id = ?', (record,))
        if found:
            return str(found)
    words = entity.replace("_", " ")
    parent = _PARENTS.get(entity)
    if parent:
        column, table = parent
        found = reads.value(
            f'SELECT p."{_HANDLES[table]}" FROM "{entity}" AS r'
            f' JOIN "{table}" AS p ON p.id = r."{column}" WHERE r.id = ?',
            (record,),
        )
        if found:
            return f"{words} of {found}"
    return words


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
