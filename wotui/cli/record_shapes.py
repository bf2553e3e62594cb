"""How master data looks outside: as a JSON document, as the cells of a list, as the lines of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wotui.domain import money, quantity
from wotui.domain.record_kinds import KINDS
from wotui.store.reads import records as reads

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wotui.domain.records import Field, Kind, Value
    from wotui.store.reading import Reads
    from wotui.store.reads.records import MasterRecord

Handles = dict[str, dict[str, str]]
"""For each kind that is referred to: id → handle."""


def handles_for(shop: Reads, kind: Kind) -> Handles:
    """The handles that a kind's references need."""
    names = {field.refers_to for field in kind.fields if field.refers_to}
    return {name: reads.handles(shop, KINDS[name]) for name in names}


def document(record: MasterRecord, handles: Handles, currency: str) -> dict[str, Any]:
    """One record as JSON: references by handle and, as `…_id`, by id; money as decimal text; absent is null."""
    kind = KINDS[record.kind]
    found: dict[str, Any] = {"record": record.kind, "id": record.id}
    for field in kind.fields:
        value = record.values[field.name]
        found[field.name] = _json(field, value, handles, currency)
        if field.type == "reference":
            found[f"{field.name}_id"] = value
    return found


def _json(field: Field, value: Value, handles: Handles, currency: str) -> Any:
    if isinstance(value, tuple):
        known = handles.get(field.refers_to, {})
        return [known.get(element, element) for element in value]
    if value is None:
        return None
    match field.type:
        case "flag":
            return bool(value)
        case "money":
            return money.plain(int(value), currency)
        case "quantity":
            return quantity.decimal(int(value))
        case "reference":
            return handles[field.refers_to].get(str(value), str(value))
        case _:
            return value


def cell(field: Field, value: Value, handles: Handles, currency: str) -> str:
    """A field's value as people read it, on one line."""
    shown = _json(field, value, handles, currency)
    if shown is None:
        return ""
    if isinstance(shown, bool):
        return "yes" if shown else "no"
    if isinstance(value, tuple):
        return ", ".join(str(element) for element in shown)
    if field.type == "money" and isinstance(value, int):
        return money.shown(value, currency)
    words = str(shown)
    return words.replace("_", " ") if field.choices else words


def table(kind: Kind, records: Sequence[MasterRecord], handles: Handles, currency: str) -> list[list[str]]:
    """The rows of a list of one kind, in the order of `kind.listed`."""
    fields = [kind.field(name) for name in kind.listed]
    return [
        [cell(field, _of(record.values, field), handles, currency) for field in fields] for record in records
    ]


def _of(values: Mapping[str, Value], field: Field) -> Value:
    return values[field.name]
