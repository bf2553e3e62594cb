"""Fields that a shop adds of its own: what each may hold, and how what a person typed is read.

A value is kept as text that a person can read and search for: a number as the shortest decimal, a day as its ISO
date, yes or no as these words, a person by initials, an asset by tag, several choices separated by commas.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wotui.domain.filters.dates import parse_span
from wotui.domain.quantity import decimal, thousandths, with_unit
from wotui.errors import Refused, UsageProblem
from wotui.text import clean, clean_line, listed, nearest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

TYPES = ("text", "long", "number", "date", "choice", "multi", "bool", "person", "asset")
TYPE_WORDS = {
    "text": "text, one line",
    "long": "text, several lines",
    "number": "number",
    "date": "day",
    "choice": "one of several",
    "multi": "some of several",
    "bool": "yes or no",
    "person": "a person",
    "asset": "an asset",
}
SHOWN_ON = ("request", "order", "print")
RELEASE, DONE = "release", "done"
MOMENTS = (RELEASE, DONE)
"""When a field must be filled: before the order is released (becomes ready), or before it is done."""
MOMENT_WORDS = {"": "no", RELEASE: "to be released", DONE: "to be done"}

TEXT_LIMIT, LONG_LIMIT = 200, 20_000
MOST_CHOICES = 60
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_YES = ("yes", "y", "true", "1")
_NO = ("no", "n", "false", "0")


@dataclass(frozen=True, slots=True)
class OwnField:
    """A field of a shop's own.

    Attributes:
        name: its key, lower-case letters, digits and underscores: how filters, files and the command line name it.
        label: what people read.
        type: one of `TYPES`.
        required: empty, or one of `MOMENTS`.
        choices: what may be chosen, for choice and multi.
        uom: the unit of a number.
        min_value: the least number, in thousandths of the unit; None for no limit.
        max_value: the largest number, in thousandths of the unit; None for no limit.
        show_on: where it stands, of `SHOWN_ON`.
        help: a sentence on how to fill it in.
        id: of its record; empty where it is not stored yet.
        template_id: the template it belongs to; None for a field that every order has.
    """

    name: str
    label: str
    type: str = "text"
    required: str = ""
    choices: tuple[str, ...] = ()
    uom: str = ""
    min_value: int | None = None
    max_value: int | None = None
    show_on: tuple[str, ...] = ("order", "print")
    help: str = ""
    position: int = 0
    id: str = ""
    template_id: str | None = None

    @property
    def words(self) -> str:
        """As a sentence names it."""
        return self.label or self.name

    @property
    def limits(self) -> str:
        """Its limits in words: `0 to 40 °C`; empty when there are none."""
        low, high = self.min_value, self.max_value
        if low is not None and high is not None:
            return f"{decimal(low)} to {with_unit(high, self.uom)}"
        if low is None and high is None:
            return ""
        return f"at least {with_unit(low, self.uom)}" if low is not None else f"at most {_most(self)}"


def _most(field: OwnField) -> str:
    return with_unit(field.max_value or 0, field.uom)


def key_of(label: str) -> str:
    """The key that follows from a label: `Unit no.` gives `unit_no`; empty when nothing of it can stand in a key."""
    key = re.sub(r"[^a-z0-9]+", "_", label.casefold()).strip("_")
    return key.lstrip("0123456789_")[:40].rstrip("_")


def check(field: OwnField) -> OwnField:
    """The field as it may be stored.

    Raises:
        UsageProblem: its key, type, moment, limits or places are none; the sentence names the field.
        Refused: a choice without choices, or limits that contradict each other.
    """
    where = f"The field “{field.words}”"
    if not _KEY.fullmatch(field.name):
        raise UsageProblem(
            f"{where}: {field.name[:40]!r} cannot be its key.",
            "A key begins with a letter and has lower-case letters, digits and underscores, at most 40.",
        )
    if not field.label:
        raise UsageProblem(f"The field {field.name} has no label.", "Say what people read: label = …")
    expect_known(where, "type", field.type, TYPES)
    if field.required:
        expect_known(where, "required", field.required, MOMENTS)
    for place in field.show_on:
        expect_known(where, "show_on", place, SHOWN_ON)
    if field.type in ("choice", "multi"):
        _check_choices(where, field.choices)
    elif field.choices:
        raise Refused(f"{where} has choices, but is a {field.type}.", "Make its type choice or multi.")
    if field.type != "number" and (field.min_value is not None or field.max_value is not None):
        raise Refused(f"{where} has limits, but is no number.", "Make its type number, or leave them out.")
    low, high = field.min_value, field.max_value
    if low is not None and high is not None and low > high:
        raise Refused(f"{where}: its least value is above its largest.", "Swap min and max.")
    return field


def expect_known(where: str, what: str, word: str, known: Sequence[str]) -> None:
    """Refuse a word that is not one of the known ones.

    Raises:
        UsageProblem: names the nearest, or all.
    """
    if word not in known:
        near = nearest(word, tuple(known))
        way_out = f"Did you mean {near}?" if near else f"It is one of {listed(tuple(known), 'or')}."
        raise UsageProblem(f"{where}: {what} is “{clean_line(word, 40)}”.", way_out)


def _check_choices(where: str, choices: Sequence[str]) -> None:
    if not choices:
        raise Refused(f"{where} is a choice without anything to choose.", "Give it choices.")
    if len(choices) > MOST_CHOICES:
        raise Refused(f"{where} has more than {MOST_CHOICES} choices.", "Make it a text, or cut the list.")
    for choice in choices:
        if "," in choice or not choice:
            raise Refused(
                f"{where}: a choice may not be empty or hold a comma.", "Commas separate several choices."
            )
    if len({choice.casefold() for choice in choices}) < len(choices):
        raise Refused(f"{where} offers one choice twice.", "Take one of them away.")


def read(field: OwnField, typed: str, today: date) -> str | None:
    """A value as it is kept, from what a person typed; None for an empty one.

    People and assets stay as typed: only the file knows whom they name.

    Raises:
        UsageProblem: not a value of this field; says what is.
    """
    if field.type == "long":
        return clean(typed, LONG_LIMIT) or None
    bare = clean_line(typed, LONG_LIMIT)
    if not bare:
        return None
    try:
        return _read(field, bare, today)
    except UsageProblem as problem:
        raise UsageProblem(f"{field.words}: {problem.what}", problem.way_out) from None


def _read(field: OwnField, bare: str, today: date) -> str:
    match field.type:
        case "number":
            return _number(field, bare)
        case "date":
            return _day(bare, today)
        case "bool":
            return _flag(bare)
        case "choice":
            return _choice(field, bare)
        case "multi":
            words = [word.strip() for word in re.split("[,;]", bare) if word.strip()]
            return ", ".join(dict.fromkeys(_choice(field, word) for word in words))
        case _:
            if len(bare) > TEXT_LIMIT:
                raise UsageProblem(f"it is longer than {TEXT_LIMIT} characters.", "Shorten it.")
            return bare


def _number(field: OwnField, bare: str) -> str:
    number = bare.removesuffix(field.uom).strip() if field.uom else bare
    value = thousandths(number)
    low, high = field.min_value, field.max_value
    if (low is not None and value < low) or (high is not None and value > high):
        raise UsageProblem(f"{with_unit(value, field.uom)} is out of range.", f"It takes {field.limits}.")
    return decimal(value)


def _day(bare: str, today: date) -> str:
    try:
        first, last = parse_span(bare, today)
    except ValueError:
        first, last = today, None
    if first != last:
        raise UsageProblem(f"{bare[:40]!r} is not a day.", "Write it like 2026-06-30, fri, tomorrow or +3d.")
    return first.isoformat()


def _flag(bare: str) -> str:
    word = bare.casefold()
    if word not in (*_YES, *_NO):
        raise UsageProblem(f"{bare[:40]!r} is neither yes nor no.", "Write yes or no.")
    return "yes" if word in _YES else "no"


def _choice(field: OwnField, bare: str) -> str:
    for choice in field.choices:
        if choice.casefold() == bare.casefold():
            return choice
    begun = [choice for choice in field.choices if choice.casefold().startswith(bare.casefold())]
    if len(begun) == 1:
        return begun[0]
    raise UsageProblem(
        f"{bare[:40]!r} is not one of its choices.", f"It takes {listed(field.choices, 'or')}."
    )


def shown(field: OwnField, kept: str) -> str:
    """A kept value as people read it: a number with its unit."""
    return f"{kept} {field.uom}".strip() if field.type == "number" and kept else kept
