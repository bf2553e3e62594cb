"""Records as rows of a form: from the field tables of `domain` to what a person reads and types."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wotui.domain import money, quantity
from wotui.domain.codes import FIELD_LISTS
from wotui.domain.records import Value, read
from wotui.domain.work_order_fields import WORK_ORDER, one_day, read_field
from wotui.domain.work_orders import PRIORITIES
from wotui.tui import present
from wotui.tui.widgets.fields import Row

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from wotui.domain.records import Field, Kind
    from wotui.store.file import Shop
    from wotui.tui.themes import Token

_LABELS = {
    "downtime_required": "stop the asset",
    "planned_minutes": "estimate",
    "signoff_required": "sign-off",
}
"""Shorter words for the label column, where a field's own are for sentences."""
_HINTS = {
    "date": "a day: 2026-06-30, fri, tomorrow, +3d; empty for none",
    "money": "an amount, such as 184.99",
    "whole": "a whole number",
    "quantity": "a number, at most three decimals",
    "set": "one or more, separated by commas",
    "reference": "enter searches",
    "text": "enter opens it; ctrl+e in there opens your own editor",
    "choice": "enter shows what can be chosen",
    "flag": "enter shows what can be chosen",
    "code": "short, no blanks needed; it is what people call it by",
}


@dataclass(frozen=True, slots=True)
class Spelling:
    """What values are read and written by: the shop's currency and the shop's today."""

    currency: str
    today: date

    @classmethod
    def of(cls, shop: Shop) -> Spelling:
        """The spelling of a shop."""
        return cls(shop.setting("shop.currency"), shop.today())

    def typed(self, field: Field, value: Value, handle: str = "") -> str:
        """A stored value as a person would type it; `handle` is what a reference's record is called by."""
        if value is None or value == ():
            return ""
        if field.type == "reference":
            return handle
        if isinstance(value, tuple):
            return ", ".join(value)
        if field.name == "priority":
            return PRIORITIES.get(int(value), str(value))
        if field.type == "flag":
            return "yes" if value else "no"
        if field.type == "money":
            return money.plain(int(value), self.currency)
        if field.type == "quantity":
            return quantity.decimal(int(value))
        return str(value)

    def shown(self, field: Field, typed: str) -> str:
        """What was typed, checked and as it is shown.

        Raises:
            UsageProblem: not a value of this field.
        """
        if not typed.strip():
            return ""
        if field.type == "date":
            return present.day(one_day(field, typed, self.today), self.today)
        if field.type == "reference":
            return typed
        value = read_field(field, typed, self.currency, self.today) if _is_order_field(field) else None
        if value is None:
            value = read(field, typed, self.currency)
        if field.name.endswith("_minutes") and isinstance(value, int):
            return present.duration(value)
        if field.type == "money" and isinstance(value, int):
            return money.shown(value, self.currency)
        if field.type in ("choice", "flag"):
            return present.words(self.typed(field, value))
        return self.typed(field, value)

    def day_typed(self, name: str, typed: str) -> str:
        """The ISO date of a typed day of an order's field.

        Raises:
            UsageProblem: not one single day.
        """
        return one_day(WORK_ORDER.field(name), typed, self.today)


def row(field: Field, typed: str, shown: str = "") -> Row:
    """A field as a row of a form."""
    choices: tuple[tuple[str, str], ...] = ()
    if field.type == "flag":
        choices = (("yes", "yes"), ("no", "no"))
    elif field.type == "choice":
        choices = tuple((choice, present.words(choice)) for choice in field.choices)
    hint = _HINTS.get(field.type, "")
    if field.choices and field.type == "set":
        hint = f"one or more of {', '.join(field.choices)}"
    return Row(
        field.name,
        _LABELS.get(field.name, field.words),
        kind=field.type,
        typed=typed,
        shown=shown or present.words(typed) if field.type in ("choice", "flag") else shown or typed,
        choices=choices,
        refers_to=field.refers_to,
        hint=hint,
        required=field.required,
        limit=field.limit if field.type in ("line", "text", "code", "initials") else 120,
    )


def rows(
    kind: Kind, typed: Mapping[str, str], spelling: Spelling, names: Mapping[str, str] | None = None
) -> list[Row]:
    """Every field of a kind as rows.

    Args:
        kind: the record's kind.
        typed: values as typed, by field name.
        spelling: how values are shown.
        names: how references are shown, by field name (`PU-101 Feed pump`).
    """
    made: list[Row] = []
    for field in kind.fields:
        value = typed.get(field.name, "")
        shown = (names or {}).get(field.name, "") or spelling.shown(field, value)
        made.append(row(field, value, shown))
    return made


def with_codes(made: Sequence[Row], lists: Collection[str]) -> list[Row]:
    """The rows, with a picker for those fields that a code list of the shop offers words for.

    Args:
        made: rows of an order's fields.
        lists: the lists that hold anything.
    """
    found: list[Row] = []
    for each in made:
        name = FIELD_LISTS.get(each.name, "")
        if name in lists:
            kind = "several" if each.kind == "set" else "listed"
            hint = "enter shows what is usual; anything else can be typed"
            found.append(replace(each, kind=kind, refers_to=name, hint=each.hint or hint))
        else:
            found.append(each)
    return found


def replace_shown(each: Row, shown: str, look: Token = "text") -> Row:
    """The row with another text and style."""
    return replace(each, shown=shown, look=look)


def replace_hint(each: Row, hint: str) -> Row:
    """The row with other words on how to type it."""
    return replace(each, hint=hint)


def check(kind: Kind, spelling: Spelling, each: Row, typed: str) -> str:
    """What is shown for a typed value of a row.

    Raises:
        UsageProblem: not a value of this field.
    """
    return spelling.shown(kind.field(each.name), typed)


def _is_order_field(field: Field) -> bool:
    return any(field is own for own in WORK_ORDER.fields)
