"""Every change of a record and of what belongs to it: when, who, on which device, old and new, read from the
journal.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from wotui.clock import instant
from wotui.domain import money, wall_time
from wotui.store.reading import marks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wotui.store.reading import Reads

_BELONGING = """
    SELECT id FROM work_order WHERE id = :id
    UNION ALL SELECT id FROM assignment WHERE work_order_id = :id
    UNION ALL SELECT id FROM status_change WHERE work_order_id = :id
    UNION ALL SELECT id FROM request WHERE id = :id
    UNION ALL SELECT id FROM request_step WHERE request_id = :id
    UNION ALL SELECT id FROM request_order WHERE request_id = :id
    UNION ALL SELECT id FROM relation WHERE work_order_id = :id
    UNION ALL SELECT id FROM log_entry WHERE parent_id = :id
    UNION ALL SELECT id FROM custom_value WHERE record_id = :id
    UNION ALL SELECT id FROM membership WHERE record_id = :id
    UNION ALL SELECT id FROM attachment WHERE parent_id = :id
    UNION ALL SELECT id FROM time_span WHERE work_order_id = :id
    UNION ALL SELECT id FROM time_amount WHERE work_order_id = :id
    UNION ALL SELECT id FROM contractor_job WHERE work_order_id = :id
    UNION ALL SELECT id FROM contractor_document WHERE contractor_id = :id
    UNION ALL SELECT id FROM contractor_contact WHERE contractor_id = :id
    UNION ALL SELECT id FROM checklist WHERE work_order_id = :id
    UNION ALL SELECT r.id FROM checklist c JOIN checklist_item i ON i.checklist_id = c.id
        JOIN item_result r ON r.item_id = i.id WHERE c.work_order_id = :id
    UNION ALL SELECT :id"""

_NAMES = {
    "asset_id": ("asset", "tag"),
    "place_id": ("place", "code"),
    "customer_id": ("customer", "name"),
    "contractor_id": ("contractor", "name"),
    "person_id": ("person", "name"),
    "lead_id": ("person", "name"),
    "requester_id": ("person", "name"),
    "assigned_id": ("person", "name"),
    "work_order_id": ("work_order", "number"),
    "duplicate_of_id": ("request", "number"),
    "rule_id": ("routing_rule", "name"),
    "created_by": ("person", "initials"),
    "by_id": ("person", "initials"),
    "approved_by": ("person", "initials"),
    "parent_id": ("work_order", "number"),
    "other_id": ("work_order", "number"),
    "item_id": ("checklist_item", "label"),
    "plan_id": ("maintenance_plan", "name"),
    "checklist_template_id": ("checklist_template", "name"),
}
# Rows of sets and ledgers are told as one value each: entity → the field's name.
_FIELD_OF = {
    "assignment": "assignee",
    "request_order": "order",
    "relation": "{kind}",
    "log_entry": "log",
    "attachment": "attachment",
    "checklist": "checklist",
    "custom_value": "custom.{name}",
    "membership": "{kind}",
    "item_result": "checklist: {item_id}",
    "time_span": "time",
    "time_amount": "time",
}
_OWN = frozenset(
    {
        "work_order",
        "request",
        "place",
        "asset",
        "person",
        "contractor",
        "customer",
        "part",
        "maintenance_plan",
    }
)
"""Records whose fields are told by their names alone."""
_MEMBERS = {
    "follower": "person_id",
    "area": "place_id",
    "asset": "asset_id",
    "covers": "plan_id",
    "checklist": "checklist_template_id",
}
_MONEY = {
    "agreed_price",
    "callout_fee",
    "fixed_price",
    "invoiced_amount",
    "limit_amount",
    "nte_limit",
    "rate",
    "rate_hour",
    "rate_hour_after",
    "travel_rate",
}
_QUIET = {
    "deleted_at",
    "work_order_id",
    "record_id",
    "parent_kind",
    "device",
    "external_id",
    "name",
    "kind",
    "zone",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one change. `at` is an instant, None where the writer's clock was unsure; `actor`
    initials;
    `device` a computer's name; `act` tells which changes were made together.
    """

    at: str | None
    actor: str
    device: str
    field: str
    old: str | None
    new: str | None
    act: int | None
    origin: str


def history(reads: Reads, record_id: str) -> list[Change]:
    """Every change of the record and what belongs to it, newest first."""
    ids = list(dict.fromkeys(row for (row,) in reads.rows(_BELONGING, {"id": record_id})))
    rows: list[tuple[Any, ...]] = []
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        rows += reads.rows(
            f"""SELECT c.t, c.origin, c.seq, c.at, ifnull(p.initials, ''), ifnull(d.name, c.origin), c.act, c.entity,
            c.row, c.patch FROM change c LEFT JOIN person p ON p.id = c.actor LEFT JOIN device d ON d.id = c.origin
            WHERE c.row IN ({marks(len(part))}) AND substr(c.entity, 1, 1) <> '_'""",
            part,
        )
    rows.sort(key=lambda row: row[:3])
    names = Names(reads)
    states: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    changes: list[Change] = []
    for _, origin, _, at, actor, device, act, entity, row, patch in rows:
        written: dict[str, Any] = json.loads(patch, strict=False)
        before = dict(states[row])
        states[row].update(written)
        shown_at = None if at is None else instant(datetime.fromtimestamp(at / 1000, UTC))
        changes += [
            Change(shown_at, actor, device, field, old, new, act, origin)
            for field, old, new in _lines(names, entity, before, states[row], written)
        ]
    return changes[::-1]


def in_words(
    names: Names, entity: str, before: dict[str, Any], after: dict[str, Any]
) -> list[tuple[str, str | None, str | None]]:
    """What a merge did to one record, as (field, old, new) in the words of the history.

    Args:
        names: looks up what ids stand for.
        entity: the table.
        before: the columns that changed, as they were; empty for a new record.
        after: the same columns, as they are.
    """
    if before and entity in {*_FIELD_OF, "status_change"}:
        return [
            (column, names.word(column, before.get(column)), names.word(column, after[column]))
            for column in after
        ]
    return list(_lines(names, entity, before, after, after))


def _lines(
    names: Names, entity: str, before: dict[str, Any], after: dict[str, Any], written: dict[str, Any]
) -> Iterable[tuple[str, str | None, str | None]]:
    if entity in ("status_change", "request_step"):
        taken_back = after.get("deleted_at")
        first, last = after.get("from_status"), after.get("to_status")
        yield ("status", last, first) if taken_back else ("status", first, last)
        return
    there_before = bool(before) and not before.get("deleted_at")
    there_now = not after.get("deleted_at")
    one = _FIELD_OF.get(entity)
    if entity == "membership" and after.get("kind") == "number":  # the number is a field of the order
        return
    if one is not None:
        old = _as_one(names, entity, before) if there_before else None
        new = _as_one(names, entity, after) if there_now else None
        if old != new:
            words = {column: names.word(column, value) for column, value in after.items()}
            yield one.format(**words), old, new
        return
    if before and there_before != there_now:
        old, new = ("there", "taken away") if there_before else ("taken away", "there")
        yield entity.replace("_", " "), old, new
    prefix = "" if entity in _OWN else entity
    for column, value in written.items():
        old = before.get(column)
        if column in _QUIET - {"name", "kind"} or (column in {"name", "kind"} and prefix) or old == value:
            continue
        field = column.removesuffix("_id") if column in _NAMES else column
        label = f"{prefix.replace('_', ' ')} {field}".strip() if prefix else field
        yield label, names.word(column, old), names.word(column, value)


def _as_one(names: Names, entity: str, state: dict[str, Any]) -> str | None:
    """A whole row of a set or ledger as one value."""
    if entity == "time_span":
        start, end, zone = (
            state.get("start_minute"),
            state.get("end_minute"),
            ZoneInfo(state.get("zone") or "UTC"),
        )
        until = "running" if end is None else f"{wall_time.local(end, zone):%H:%M}"
        begun = f"{wall_time.local(start or 0, zone):%Y-%m-%d %H:%M}"
        return f"{names.word('person_id', state.get('person_id'))} {begun}–{until}"
    if entity == "time_amount":
        who = names.word("person_id", state.get("person_id"))
        return f"{who} {state.get('work_on')} {state.get('minutes')} min"
    column = {
        "assignment": "person_id",
        "relation": "other_id",
        "log_entry": "text",
        "request_order": "work_order_id",
    }.get(entity)
    if entity == "membership":  # an id, or a name
        return names.word(_MEMBERS.get(state.get("kind") or "", "value"), state.get("value"))
    if column is None:
        column = "name" if entity in {"attachment", "checklist"} else "value"
    return names.word(column, state.get(column))


class Names:
    """Looks up, once each, what an id stands for; `reads` is the shop or a transaction."""

    def __init__(self, reads: Reads) -> None:
        self._reads = reads
        self._currency: str = reads.value("SELECT value FROM setting WHERE name = 'shop.currency'") or "USD"
        self._known: dict[tuple[str, str, str], str] = {}

    def moment(self, column: str, value: object) -> str | None:
        """As `word`, and minutes since the epoch as the shop's wall clock."""
        if not column.endswith("_minute") or not isinstance(value, int):
            return self.word(column, value)
        zone: str = self._reads.value("SELECT value FROM setting WHERE name = 'shop.zone'") or "UTC"
        return f"{wall_time.local(value, ZoneInfo(zone)):%Y-%m-%d %H:%M}"

    def word(self, column: str, value: object) -> str | None:
        """A value as a person reads it."""
        if value is None:
            return None
        if column == "pin_hash":  # of no use to anybody but whoever wants to try PINs
            return "••••"
        if column in _MONEY and isinstance(value, int):
            return money.plain(value, self._currency)
        if column not in _NAMES:
            return str(value)
        table, handle = _NAMES[column]
        key = (table, handle, str(value))
        if key not in self._known:
            found = self._reads.value(f'SELECT "{handle}" FROM "{table}" WHERE id = ?', (value,))
            self._known[key] = str(found or value)
        return self._known[key]
