"""What two people changed at the same time: a pure function of the journal, so that every file with the same journal
asks the same questions.

For each record and column the *heads* are the changes that no later change of that column had seen. More than one head
with different values is a question for people. Nothing is stored about it; it ends when somebody who has seen the heads
writes that column. Notes, log, hours and attachments are never asked about: both are kept.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from wotui.clock import instant
from wotui.store.reads.meetings import (
    duplicates,
    overlaps,
    shared_numbers,
    split_answers,
    split_statuses,
)
from wotui.store.reads.split_fields import KEPT, REMOVED, splits
from wotui.store.vectors import Knowledge, held

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wotui.store.reading import Reads
    from wotui.store.reads.meetings import Meeting
    from wotui.store.reads.split_fields import Split, Write

Kind = Literal["field", "gone", "status", "answer", "duplicate", "number", "overlap"]

_SHOWN_OF = {
    "work_order": "number", "asset": "tag", "place": "code", "person": "name", "customer": "name", "contractor": "name",
    "part": "name", "setting": "name", "custom_value": "name", "meter": "name", "checklist_template": "name",
    "item_template": "label", "checklist_item": "label", "checklist": "name", "contractor_contact": "name",
    "contractor_document": "kind", "contractor_job": "po_number", "request": "number",
    "order_template": "name", "routing_rule": "name", "event_rule": "name", "holiday": "name", "code": "label",
    "maintenance_plan": "name",
}  # fmt: skip
"""The tables whose columns are asked about → how people call a record of it."""

_PARENT = {
    "custom_value": ("record_id", "work_order", "number"),
    "contractor_job": ("work_order_id", "work_order", "number"),
    "contractor_document": ("contractor_id", "contractor", "name"),
    "contractor_contact": ("contractor_id", "contractor", "name"),
}
_REMOVABLE = {
    "time_span": ("person_id", "person", "name"),
    "time_amount": ("person_id", "person", "name"),
    "log_entry": ("parent_id", "work_order", "number"),
}
"""Tables of which only removal against change is asked."""


@dataclass(frozen=True, slots=True)
class Head:
    """One of the values that stand against each other.

    Attributes:
        value: as stored.
        actor: initials of who wrote it, or empty.
        device: the computer's name.
        at: an instant, None where the writer's clock was unsure.
        origin: the file copy that wrote it.
        mine: this file wrote it.
        record: the id of the row that holds it, where that is not the conflict's record (steps, answers, duplicates).
        changed: the columns that this side changed, where the other took the record away.
    """

    value: str | int | None
    actor: str
    device: str
    at: str | None
    origin: str
    mine: bool
    record: str = ""
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """One question.

    Attributes:
        id: ten hexadecimal digits, the same in every file.
        kind: a field, a record that was taken away and changed, an order's status, an item's answer, two records for
            one thing, two orders with one number, or overlapping hours.
        entity: the table.
        record: the record's id.
        name: as people call it: `W-A0012`, `PUMP-01`.
        field: the column; empty where it is about the whole record.
        base: the newest value that all of them had seen.
        values: the heads, oldest first as the journal orders them.
    """

    id: str
    kind: Kind
    entity: str
    record: str
    name: str
    field: str
    base: str | int | None
    values: tuple[Head, ...]


def derive(reads: Reads) -> list[Conflict]:
    """Every open question, by kind and record."""
    origins = held(reads)
    if len(origins) < 2:
        return []
    knowledge, names = Knowledge(reads, origins), _People(reads)
    fields = [
        _of_split(reads, names, split)
        for split in splits(reads, knowledge, _SHOWN_OF.keys(), _REMOVABLE.keys())
    ]
    met: list[tuple[Kind, Iterable[Meeting]]] = [
        ("status", split_statuses(reads, knowledge)),
        ("answer", split_answers(reads, knowledge)),
        ("duplicate", duplicates(reads)),
        ("number", shared_numbers(reads)),
        ("overlap", overlaps(reads)),
    ]
    return fields + [_of_meeting(names, kind, meeting) for kind, meetings in met for meeting in meetings]


def find(reads: Reads, identity: str) -> Conflict | None:
    """The open question with this id, or with an id that begins so; None when there is none or more than one."""
    matching = [
        conflict for conflict in derive(reads) if identity and conflict.id.startswith(identity.lower())
    ]
    return matching[0] if len(matching) == 1 else None


def _of_split(reads: Reads, names: _People, split: Split) -> Conflict:
    if split.kind == "gone":
        heads = tuple(_of_gone(names, write) for write in split.heads)
    else:
        heads = tuple(names.head(write.value, write.key[0], write.actor, write.at) for write in split.heads)
    return Conflict(
        conflict_id(split.record, split.column or split.kind),
        split.kind,
        split.entity,
        split.record,
        _name(reads, split.entity, split.record),
        split.column,
        split.base,
        heads,
    )


def _of_gone(names: _People, write: Write) -> Head:
    value = KEPT if write.changed else REMOVED
    return names.head(value, write.key[0], write.actor, write.at, changed=write.changed)


def conflict_id(record: str, field: str) -> str:
    """What a question is called: it depends on the record and the column alone, so it is the same everywhere."""
    return hashlib.blake2b(f"{record}\n{field}".encode("utf-8", "replace"), digest_size=5).hexdigest()


def _of_meeting(names: _People, kind: Kind, meeting: Meeting) -> Conflict:
    heads = tuple(
        names.head(side.value, side.origin, side.actor, side.at, side.record) for side in meeting.sides
    )
    return Conflict(
        conflict_id(meeting.record, meeting.field or kind),
        kind,
        meeting.entity,
        meeting.record,
        meeting.name,
        meeting.field,
        None,
        heads,
    )


def _name(reads: Reads, entity: str, row: str) -> str:
    if entity in _REMOVABLE:
        column, table, handle = _REMOVABLE[entity]
        what = "log entry" if entity == "log_entry" else "hours"
        return f"{what} of {_parent(reads, entity, row, column, table, handle) or 'somebody'}"
    own = reads.value(f'SELECT "{_SHOWN_OF[entity]}" FROM "{entity}" WHERE id = ?', (row,))
    if entity not in _PARENT:
        return str(own or row)
    column, table, handle = _PARENT[entity]
    parent = _parent(reads, entity, row, column, table, handle)
    return " ".join(str(part) for part in (parent, own) if part) or row


def _parent(reads: Reads, entity: str, row: str, column: str, table: str, handle: str) -> str:
    found = reads.value(
        f'SELECT p."{handle}" FROM "{entity}" AS r JOIN "{table}" AS p ON p.id = r."{column}" WHERE r.id = ?',
        (row,),
    )
    return str(found or "")


class _People:
    """Looks up, once each, who and which computer."""

    def __init__(self, reads: Reads) -> None:
        self._initials = {
            str(identity): str(initials or "")
            for identity, initials in reads.rows("SELECT id, initials FROM person")
        }
        self._devices = {
            str(identity): str(name or identity)
            for identity, name in reads.rows("SELECT id, name FROM device")
        }
        self._mine = str(reads.value("SELECT origin FROM me"))

    def head(
        self,
        value: Any,
        origin: str,
        actor: str,
        at: int | None,
        record: str = "",
        *,
        changed: tuple[str, ...] = (),
    ) -> Head:
        shown = None if at is None else instant(datetime.fromtimestamp(at / 1000, UTC))
        device = self._devices.get(origin, origin)
        by = self._initials.get(actor, "")
        return Head(value, by, device, shown, origin, origin == self._mine, record, changed)
