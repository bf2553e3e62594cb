"""The fields of a plan as a person would type them, for forms, pages and files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wotui.domain import quantity
from wotui.domain.plans.fields import NAMED_IN_FULL, PLAN
from wotui.domain.work_orders import PRIORITIES
from wotui.store.reads import plans as reads

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wotui.domain.records import Field
    from wotui.store.reading import Reads


def typed(source: Reads, values: Mapping[str, Any]) -> dict[str, str]:
    """Field name → what one would type for its stored value; empty for none."""
    return {field.name: as_typed(source, field, values[field.column or field.name]) for field in PLAN.fields}


def as_typed(source: Reads, field: Field, value: Any) -> str:
    """One field's stored value as one would type it."""
    if value is None or value == ():
        return ""
    if isinstance(value, tuple):
        return _between(field).join(reads.names(source, field.refers_to, [str(one) for one in value]))  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    if field.name == "meter":
        return reads.meter_words(source, str(value))
    if field.name == "template":
        return "".join(reads.names(source, "order_template", [str(value)]))
    if field.type == "reference":
        return "".join(reads.names(source, field.refers_to, [str(value)]))
    if field.name == "priority":
        return PRIORITIES.get(int(value), str(value))
    if field.name == "nth":
        return "last" if value == -1 else str(value)
    if field.type == "quantity":
        return quantity.decimal(int(value))
    if field.type == "flag":
        return "yes" if value else "no"
    return str(value)


def _between(field: Field) -> str:
    return "; " if field.name in NAMED_IN_FULL else ", "


def document(source: Reads, values: Mapping[str, Any]) -> dict[str, Any]:
    """Field name → its value in JSON: sets as lists, numbers as numbers, flags as true and false, absent as null."""
    found: dict[str, Any] = {}
    for field in PLAN.fields:
        value = values[field.column or field.name]
        if isinstance(value, tuple):
            found[field.name] = reads.names(source, field.refers_to, [str(one) for one in value])  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        elif field.type == "flag":
            found[field.name] = bool(value)
        elif field.type == "whole" and field.name != "priority":
            found[field.name] = value
        else:
            found[field.name] = as_typed(source, field, value) or None
    return found
