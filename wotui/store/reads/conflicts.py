"""What two people changed at the same time: a pure function of the journal, so that every file with the same journal
asks the same questions.

For each record and column the *heads* are the changes that no later change of that column had seen. More than one head
with different values is a question for people. Nothing is stored about it; it ends when somebody who has seen the heads
writes that column. Notes, log, hours and attachments are never asked about: both are kept.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Literal

from wotui.clock import instant
from wotui.store.reads.meetings import duplicates, overlaps, split_answers, split_statuses
from wotui.store.vectors import Knowledge, held

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from wotui.store.reading import Reads
    from wotui.store.reads.meetings import Meeting

Kind = Literal["field", "status", "answer", "duplicate", "overlap"]

_SHOWN_OF = {
    "work_order": "number", "asset": "tag", "place": "code", "person": "name", "customer": "name", "contractor": "name",
    "part": "name", "setting": "name", "custom_value": "name", "meter": "name", "checklist_template": "name",
    "item_template": "label", "checklist_item": "label", "checklist": "name", "contractor_contact": "name",
    "contractor_document": "kind", "contractor_job": "po_number",
}  # fmt: skip
"""The tables whose columns are asked about → how people call a record of it."""

_QUIET = frozenset(
    {
        "deleted_at",
        "created_at",
        "created_by",
        "source",
        "external_id",
        "number",
        "signed_at",
        "pin_hash",
        "active",
    }
)
"""Columns that are nobody's choice, or that a merge settles without a question."""

_PARENT = {
    "custom_value": ("record_id", "work_order", "number"),
    "contractor_job": ("work_order_id", "work_order", "number"),
    "contractor_document": ("contractor_id", "contractor", "name"),
    "contractor_contact": ("contractor_id", "contractor", "name"),
}
_MET = """SELECT c.entity, c.row, c.origin, c.seq, c.at, ifnull(c.actor, ''), c.patch
    FROM (SELECT row FROM change GROUP BY row HAVING min(origin) <> max(origin)) AS x
    CROSS JOIN change AS c ON c.row = x.row ORDER BY c.row, c.t, c.origin, c.seq"""


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
    """

    value: str | int | None
    actor: str
    device: str
    at: str | None
    origin: str
    mine: bool
    record: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """One question.

    Attributes:
        id: ten hexadecimal digits, the same in every file.
        kind: a field, an order's status, an item's answer, two records for one thing, or overlapping hours.
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


@dataclass(frozen=True, slots=True)
class _Write:
    key: tuple[str, int]
    at: int | None
    actor: str
    value: Any


def derive(reads: Reads) -> list[Conflict]:
    """Every open question, by kind and record."""
    origins = held(reads)
    if len(origins) < 2:
        return []
    knowledge, names = Knowledge(reads, origins), _People(reads)
    fields = list(_field_conflicts(reads, knowledge, names))
    met: list[tuple[Kind, Iterable[Meeting]]] = [
        ("status", split_statuses(reads, knowledge)),
        ("answer", split_answers(reads, knowledge)),
        ("duplicate", duplicates(reads)),
        ("overlap", overlaps(reads)),
    ]
    return fields + [_of_meeting(names, kind, meeting) for kind, meetings in met for meeting in meetings]


def find(reads: Reads, identity: str) -> Conflict | None:
    """The open question with this id, or with an id that begins so; None when there is none or more than one."""
    matching = [
        conflict for conflict in derive(reads) if identity and conflict.id.startswith(identity.lower())
    ]
    return matching[0] if len(matching) == 1 else None


def _field_conflicts(reads: Reads, knowledge: Knowledge, names: _People) -> Iterator[Conflict]:
    for (entity, row), group in groupby(reads.rows(_MET), key=itemgetter(0, 1)):
        if entity not in _SHOWN_OF:
            continue
        written: defaultdict[str, list[_Write]] = defaultdict(list)
        for _, _, origin, seq, at, actor, patch in group:
            for column, value in json.loads(patch, strict=False).items():
                written[column].append(_Write((origin, seq), at, actor, value))
        if written["deleted_at"] and written["deleted_at"][-1].value is not None:
            continue
        for column, writes in written.items():
            if column in _QUIET or len(writes) < 2:
                continue
            heads = _heads(knowledge, writes)
            if len({repr(head.value) for head in heads}) > 1:
                yield Conflict(
                    conflict_id(row, column),
                    "field",
                    entity,
                    row,
                    _name(reads, entity, row),
                    column,
                    _base(knowledge, writes, heads),
                    tuple(names.head(head.value, head.key[0], head.actor, head.at) for head in heads),
                )


def _heads(knowledge: Knowledge, writes: Sequence[_Write]) -> list[_Write]:
    """In the journal's order nobody knows a later write, so one pass is enough."""
    heads: list[_Write] = []
    for write in writes:
        heads = [head for head in heads if not knowledge.knew(write.key, head.key)]
        heads.append(write)
    return heads


def _base(knowledge: Knowledge, writes: Sequence[_Write], heads: Sequence[_Write]) -> Any:
    for write in reversed(writes):
        if write not in heads and all(knowledge.knew(head.key, write.key) for head in heads):
            return write.value
    return None


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
    own = reads.value(f'SELECT "{_SHOWN_OF[entity]}" FROM "{entity}" WHERE id = ?', (row,))
    if entity not in _PARENT:
        return str(own or row)
    column, table, handle = _PARENT[entity]
    parent = reads.value(
        f'SELECT p."{handle}" FROM "{entity}" AS r JOIN "{table}" AS p ON p.id = r."{column}" WHERE r.id = ?',
        (row,),
    )
    return " ".join(str(part) for part in (parent, own) if part) or row


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

    def head(self, value: Any, origin: str, actor: str, at: int | None, record: str = "") -> Head:
        shown = None if at is None else instant(datetime.fromtimestamp(at / 1000, UTC))
        device = self._devices.get(origin, origin)
        return Head(value, self._initials.get(actor, ""), device, shown, origin, origin == self._mine, record)
