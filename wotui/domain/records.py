"""Master data: what a place, asset, person, contractor, part or customer is described by, and which values are valid.

The field table (`record_kinds.KINDS`) serves the command line, the forms and the lists alike. Values are read from what
a person typed; sentences about mistakes name the field, the rule and the way out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from wotui.domain import money, quantity
from wotui.domain.initials import INITIALS
from wotui.errors import Refused, UsageProblem
from wotui.text import clean, clean_line, listed, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FieldType = Literal[
    "line",
    "text",
    "code",
    "initials",
    "choice",
    "date",
    "whole",
    "flag",
    "money",
    "quantity",
    "currency",
    "reference",
    "set",
]
Value = str | int | tuple[str, ...] | None
"""A field's value as it is stored: text, a whole number (minor units, thousandths, minutes, 0/1), or a small set."""

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_YES = {"yes": 1, "y": 1, "true": 1, "1": 1, "no": 0, "n": 0, "false": 0, "0": 0}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind of record.

    Attributes:
        name: as in files and JSON. For a reference the id's name is this with `_id`.
        type: how it is read and shown.
        label: as people call it, lower case.
        column: where it is stored; empty for a set (`membership` rows of kind `members`) and for a contact's fields.
        required: never empty.
        choices: the known values of a choice or a set; empty for any.
        refers_to: the kind that a reference, or each element of a set, names.
        members: the membership kind of a set.
        aliases: further names under which it may be written.
        limit: longest text, or largest whole number.
        default: what a new record gets.
        unique: no two records share it (case does not matter).
    """

    name: str
    type: FieldType = "line"
    label: str = ""
    column: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    refers_to: str = ""
    members: str = ""
    aliases: tuple[str, ...] = ()
    limit: int = 120
    default: Value = None
    unique: bool = False

    @property
    def words(self) -> str:
        """The field as it is named in a sentence."""
        return self.label or self.name.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record.

    Attributes:
        name: as in `wotui add`; also its table.
        plural: for lists and imports.
        article: `a place`, `an asset`.
        handle: the field people call a record by.
        listed: the fields a list shows, first to last.
        fields: all of them, in the order of a form.
    """

    name: str
    plural: str
    article: str
    handle: str
    listed: tuple[str, ...]
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field:
        """The field of this name or alias.

        Raises:
            UsageProblem: there is none; names the nearest.
        """
        wanted = name.casefold().replace("-", "_").replace(" ", "_")
        known: dict[str, Field] = {}
        for field in self.fields:
            for word in (
                field.name,
                *field.aliases,
                *((f"{field.name}_id",) if field.type == "reference" else ()),
            ):
                known[word] = field
        if wanted in known:
            return known[wanted]
        near = nearest(wanted, list(known))
        way_out = (
            f"Did you mean {near}?"
            if near
            else f"Its fields: {listed([field.name for field in self.fields])}."
        )
        raise UsageProblem(f"{self.article.capitalize()} has no field {clean_line(name, 40)!r}.", way_out)


def read(field: Field, typed: str, currency: str) -> Value:
    """A field's value from what a person typed; empty text is no value (an empty set, for a set).

    References stay as typed: only the file knows whom they name.

    Raises:
        UsageProblem: not a value of this field; says how to write one.
    """
    try:
        return _read(field, typed, currency)
    except UsageProblem as problem:
        raise UsageProblem(f"{field.name}: {problem.what}", problem.way_out) from None


def _read(field: Field, typed: str, currency: str) -> Value:
    if field.type == "text":
        return clean(typed, field.limit) or None
    bare = clean_line(typed, max(field.limit, 120) + 1)
    if field.type == "set":
        return _read_set(field, bare)
    if not bare:
        return None
    if field.type == "money":
        return money.parse(bare, currency)
    return _READERS.get(field.type, _line)(field, bare)


def _line(field: Field, bare: str) -> str:
    if len(bare) > field.limit:
        raise UsageProblem(f"longer than {field.limit} characters.", "Shorten it.")
    return bare


def _code(field: Field, bare: str) -> str:
    if "=" in bare or "," in bare:
        raise UsageProblem(
            f"{bare!r} holds an equals sign or a comma.", "Use letters, digits, dashes and dots."
        )
    return _line(field, bare)


def _initials(_field: Field, bare: str) -> str:
    if not INITIALS.fullmatch(bare):
        raise UsageProblem(f"{bare!r} are no initials.", "Write two to four letters or digits.")
    return bare.upper()


def _currency(_field: Field, bare: str) -> str:
    if not money.is_code(bare.upper()):
        raise UsageProblem(f"{bare!r} is not a currency code.", "Write its three letters, such as USD.")
    return bare.upper()


def _choice(field: Field, bare: str) -> str:
    for known in field.choices:
        if known.casefold() == bare.casefold().replace(" ", "_").replace("-", "_"):
            return known
    raise UsageProblem(f"{bare!r} is not known.", f"It is one of {listed(list(field.choices), 'or')}.")


def _date(_field: Field, bare: str) -> str:
    try:
        if not _DATE.fullmatch(bare):
            raise ValueError(bare)
        return date.fromisoformat(bare).isoformat()
    except ValueError:
        raise UsageProblem(f"{bare!r} is not a date.", "Write it like 2026-06-30.") from None


def _whole(field: Field, bare: str) -> int:
    if not bare.isascii() or not bare.isdigit() or int(bare[:12]) > field.limit:
        raise UsageProblem(f"{bare!r} is not a whole number from 0 to {field.limit:,}.", "Write digits only.")
    return int(bare)


def _flag(_field: Field, bare: str) -> int:
    if bare.casefold() not in _YES:
        raise UsageProblem(f"{bare!r} is neither yes nor no.", "Write yes or no.")
    return _YES[bare.casefold()]


def _quantity(_field: Field, bare: str) -> int:
    return quantity.thousandths(bare)


_READERS: dict[FieldType, Callable[[Field, str], Value]] = {
    "code": _code,
    "initials": _initials,
    "choice": _choice,
    "date": _date,
    "whole": _whole,
    "flag": _flag,
    "quantity": _quantity,
    "currency": _currency,
}


def _read_set(field: Field, bare: str) -> tuple[str, ...]:
    words = [word.strip() for word in re.split("[,;]", bare) if word.strip()]
    if field.choices:
        words = [_choice(field, word) for word in words]
    return tuple(dict.fromkeys(_line(field, word) for word in words))


def read_all(kind: Kind, typed: Mapping[str, str], currency: str) -> dict[str, Value]:
    """All typed fields of a record as {field name: value}.

    Raises:
        UsageProblem: an unknown field, a value that is none, or one field given twice under two names.
    """
    values: dict[str, Value] = {}
    for name, text in typed.items():
        field = kind.field(name)
        if field.name in values:
            raise UsageProblem(f"{field.name} is given twice.", "Give it once.")
        values[field.name] = read(field, text, currency)
    return values


def check(kind: Kind, values: Mapping[str, Value], who: str) -> None:
    """Refuse a record whose fields contradict a rule (`domain.md` §1); `values` is the whole record as it would be.

    Args:
        kind: what it is.
        values: every field by name.
        who: the record as a sentence names it.

    Raises:
        Refused: names the record, the rule and the way out.
    """
    for field in kind.fields:
        if field.required and values.get(field.name) in (None, ""):
            raise Refused(f"{who} needs {_article(field.words)}.", f"Add {field.name}=….")
    for earlier, later in (("installed_on", "warranty_until"), ("active_from", "active_to")):
        first, last = values.get(earlier), values.get(later)
        if isinstance(first, str) and isinstance(last, str) and last < first:
            raise Refused(
                f"{who}: {later} {last} lies before {earlier} {first}.", "Correct one of the two dates."
            )
    if values.get("blocked") and not values.get("blocked_reason"):
        raise Refused(f"{who} cannot be blocked without a reason.", "Add blocked_reason=….")


def makes_a_ring(record: str, parent: str, parents: Mapping[str, str | None]) -> bool:
    """Whether putting `record` under `parent` would make a tree bite its tail; `parents` maps ids to their parents."""
    seen: set[str] = set()
    above: str | None = parent
    while above is not None and above not in seen:
        if above == record:
            return True
        seen.add(above)
        above = parents.get(above)
    return False


def _article(words: str) -> str:
    return words if words == "initials" else f"{'an' if words[0] in 'aeiou' else 'a'} {words}"
