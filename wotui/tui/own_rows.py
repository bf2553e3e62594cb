"""Fields of a shop's own as rows of forms: each typed and shown by its definition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.domain.templates import own_fields
from wotui.tui import present
from wotui.tui.widgets.fields import Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from wotui.domain.templates import OwnField

CUSTOM = "custom."
_KINDS = {
    "text": "line",
    "long": "text",
    "number": "line",
    "date": "date",
    "choice": "choice",
    "multi": "several",
    "bool": "flag",
    "person": "reference",
    "asset": "reference",
}
_CUT = 14
"""Labels longer than this are cut in a form; the hint says them whole."""
_HINTS = {
    "choice": "enter shows what can be chosen",
    "bool": "enter shows what can be chosen",
    "long": "enter opens it",
    "date": "a day: 2026-06-30, fri, tomorrow, +3d; empty for none",
    "multi": "enter marks what fits",
    "person": "enter searches",
    "asset": "enter searches",
}


def row(field: OwnField, value: str, today: date) -> Row:
    """A field of the shop's own as a row; `value` as it is kept."""
    choices = tuple((choice, choice) for choice in field.choices)
    if field.type == "bool":
        choices = (("yes", "yes"), ("no", "no"))
    return Row(
        f"{CUSTOM}{field.name}",
        field.words,
        kind=_KINDS.get(field.type, "line"),
        typed=value,
        shown=shown(field, value, today),
        choices=choices,
        refers_to=field.type if field.type in ("person", "asset") else "",
        hint=_hint(field),
        required=bool(field.required),
        limit=own_fields.LONG_LIMIT if field.type == "long" else own_fields.TEXT_LIMIT,
    )


def _hint(field: OwnField) -> str:
    when = f"needed {own_fields.MOMENT_WORDS[field.required]}" if field.required else ""
    limits = field.limits or (f"in {field.uom}" if field.uom else "")
    whole = field.label if len(field.label) > _CUT else ""
    parts = (whole, field.help, limits, _HINTS.get(field.type, ""), when)
    return " · ".join(part for part in parts if part)


def shown(field: OwnField, value: str, today: date) -> str:
    """A kept value as it is read on the screen."""
    if field.type == "date" and value:
        try:
            return present.day(value, today)
        except ValueError:  # kept before the field was made a date
            return value
    return own_fields.shown(field, value)


def check(fields: Iterable[OwnField], name: str, typed: str, today: date) -> str:
    """What is shown for a typed value of the row `name` (`custom.KEY`).

    Raises:
        UsageProblem: not a value of this field.
    """
    key = name.removeprefix(CUSTOM)
    field = next((each for each in fields if each.name == key), None)
    if field is None:
        return typed
    return shown(field, own_fields.read(field, typed, today) or "", today)


def of_record(
    fields: Sequence[OwnField], values: Mapping[str, str], today: date, where: str = "order"
) -> list[Row]:
    """The rows of the fields that stand in a place, and behind them the values that no field describes any more."""
    known = {field.name for field in fields}
    made = [row(field, values.get(field.name, ""), today) for field in fields if where in field.show_on]
    made += [
        row(field, values[field.name], today)
        for field in fields
        if where not in field.show_on and values.get(field.name)
    ]
    made += [
        Row(f"{CUSTOM}{name}", name, typed=value, shown=value, limit=2000)
        for name, value in values.items()
        if name not in known
    ]
    return made
