"""Which column of a foreign file is which field: a mapping, written as TOML in `data/imports/` or by the shop itself.

    kind = "orders"
    source = "excavators"             # kept with the foreign number: importing twice changes nothing
    external_id = "{ID}"

    [fields]
    title = "{Short text}"            # the cell of that column
    place = "{Site}-{Room}"           # put together from several
    priority = "normal"               # the same for every row
    type = { from = "{Kind}", values = { PM01 = "corrective", PM02 = "preventive" } }
    created_at = { from = "{Start}", date = "%d.%m.%Y" }

    [assets]                          # an asset that is not there yet is made, with these fields
    name = "Excavator {Machine}"

    [custom]
    "Cost" = { from = "{Cost}", decimals = 2, point = "," }

    [expect]                          # what a column that is not read must hold; a row that differs gets a remark
    Flag = ["", "0", "1"]

A value that `values` does not name, a date that is not of the form, a number that is none: each is a mistake of that
row, never a guess.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from wotui.errors import FileTrouble, Refused, UsageProblem
from wotui.settings import data_file
from wotui.text import clean_line, counted, listed, nearest

Reader = Callable[[Sequence[str]], str]
"""Gives the text of one field from the cells of a row."""

_TOP = ("kind", "source", "external_id", "fields", "assets", "custom", "expect")
_RULE = ("from", "values", "date", "decimals", "point")
_COLUMN = re.compile(r"\{([^{}]*)\}")
_LONGEST_NUMBER = 20
_DIGITS = re.compile(r"[+-]?\d+(\.\d*)?|[+-]?\.\d+")


class RowMistake(Exception):
    """What is wrong with one cell; the message is the sentence for the row's verdict."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How one field is read: a pattern of columns, and what its text means."""

    pattern: str
    values: Mapping[str, str] | None = None
    date: str = ""
    decimals: int | None = None
    point: str = "."

    @property
    def columns(self) -> list[str]:
        """The headings that the pattern names."""
        return _COLUMN.findall(self.pattern)


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """A whole mapping. `name` is its file's, for sentences."""

    name: str
    kind: str
    source: str
    external_id: Rule | None
    fields: Mapping[str, Rule]
    assets: Mapping[str, Rule] = field(default_factory=dict[str, Rule])
    custom: Mapping[str, Rule] = field(default_factory=dict[str, Rule])
    expect: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])

    @property
    def columns(self) -> list[str]:
        """Every heading that the mapping reads, each once."""
        rules = [*self.fields.values(), *self.assets.values(), *self.custom.values()]
        rules += [self.external_id] if self.external_id else []
        return list(dict.fromkeys([column for rule in rules for column in rule.columns] + list(self.expect)))


def load(path: Path) -> ColumnMap:
    """A mapping from a TOML file; a bare name such as `excavators` means the one that ships under it.

    Raises:
        FileTrouble: there is no such file, or it cannot be read.
        UsageProblem: it is not TOML, or a key or value of it is unknown; the sentence names it.
    """
    shipped = data_file("imports", f"{path.name}.toml")
    chosen = shipped if not path.exists() and path.suffix == "" and shipped.exists() else path
    try:
        document = tomllib.loads(chosen.read_text(encoding="utf-8"))
    except OSError as trouble:
        raise FileTrouble(
            f"The mapping {path} could not be read ({trouble.strerror}).",
            f"There are {listed(shipped_names())}.",
        ) from trouble
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as trouble:
        raise UsageProblem(f"The mapping {path.name} is not TOML: {trouble}.", "Mend that line.") from trouble
    return from_document(document, chosen.name)


def shipped_names() -> list[str]:
    """The names of the mappings that ship with wotui."""
    return sorted(path.stem for path in data_file("imports").glob("*.toml"))


def fitting(kind: str, headers: Sequence[str]) -> ColumnMap | None:
    """The shipped mapping of a kind whose every column the file has; None when none fits."""
    known = {header.casefold() for header in headers}
    for name in shipped_names():
        candidate = load(data_file("imports", f"{name}.toml"))
        if candidate.kind == kind and all(column.casefold() in known for column in candidate.columns):
            return candidate
    return None


def from_document(document: Mapping[str, Any], name: str) -> ColumnMap:
    """A mapping from a parsed TOML document.

    Raises:
        UsageProblem: a key is unknown or missing, or a value has the wrong type.
    """
    _refuse_unknown(document, _TOP, name)
    for key in ("kind", "source"):
        if not isinstance(document.get(key), str) or not document[key]:
            raise UsageProblem(f"The mapping {name} has no {key}.", f'Write {key} = "…" at the top.')
    expected = _table(document, "expect", name)
    return ColumnMap(
        name=name,
        kind=str(document["kind"]),
        source=clean_line(str(document["source"]), 40),
        external_id=_rule(document["external_id"], "external_id", name)
        if "external_id" in document
        else None,
        fields=_rules(document, "fields", name),
        assets=_rules(document, "assets", name),
        custom=_rules(document, "custom", name),
        expect={column: [str(each) for each in _list(values)] for column, values in expected.items()},
    )


def bind(rule: Rule, headers: Sequence[str], label: str) -> Reader:
    """The reader of a rule for a file with these headings.

    The reader raises RowMistake when a cell is not what the rule allows; an empty text means no value.

    Raises:
        Refused: the file lacks a column that the rule names.
    """
    places = {header.casefold(): place for place, header in enumerate(headers)}
    for column in rule.columns:
        if column.casefold() not in places:
            raise Refused(f"The file has no column {column!r}.", f"It has {listed([*headers])}.")
    read = _joined(rule, places)
    if rule.values is not None:
        return _valued(read, rule, label)
    if rule.date:
        return _dated(read, rule, label)
    return _numbered(read, rule, label) if rule.decimals is not None else read


def _joined(rule: Rule, places: Mapping[str, int]) -> Reader:
    alone = _COLUMN.fullmatch(rule.pattern)
    if alone:
        place = places[alone.group(1).casefold()]
        return lambda cells: cells[place].strip()
    pieces = _COLUMN.split(rule.pattern)
    if len(pieces) == 1:
        return lambda _cells: rule.pattern
    fixed, columns = pieces[::2], [places[column.casefold()] for column in pieces[1::2]]

    def put_together(cells: Sequence[str]) -> str:
        found = [cells[place].strip() for place in columns]
        if not any(found):
            return ""
        return fixed[0] + "".join(cell + rest for cell, rest in zip(found, fixed[1:], strict=True))

    return put_together


def _valued(read: Reader, rule: Rule, label: str) -> Reader:
    known = {word.casefold(): meaning for word, meaning in (rule.values or {}).items()}

    def look_up(cells: Sequence[str]) -> str:
        word = read(cells)
        meaning = known.get(word.casefold())
        if meaning is not None:
            return meaning
        if not word:
            return ""
        raise RowMistake(
            f"{label}: {clean_line(word, 40)!r} is not mapped; it is one of {listed(list(rule.values or {}))}."
        )

    return look_up


def _dated(read: Reader, rule: Rule, label: str) -> Reader:
    @lru_cache(maxsize=4096)
    def parsed(word: str) -> str:
        try:
            moment = datetime.strptime(word, rule.date)  # noqa: DTZ007 - a date on the wall, without a zone
        except ValueError:
            raise RowMistake(f"{label}: {clean_line(word, 40)!r} is not a date like {rule.date}.") from None
        return (
            moment.date().isoformat()
            if not {"%H", "%I"} & set(re.findall("%.", rule.date))
            else moment.isoformat()
        )

    def look(cells: Sequence[str]) -> str:
        word = read(cells)
        return parsed(word) if word else ""

    return look


def _numbered(read: Reader, rule: Rule, label: str) -> Reader:
    places = rule.decimals or 0
    unit = Decimal(1).scaleb(-places)
    group = "," if rule.point == "." else "."

    def look(cells: Sequence[str]) -> str:
        word = read(cells)
        if not word:
            return ""
        plain = word.replace("\u2212", "-")
        if group in plain or "e" in plain.casefold() or not _DIGITS.fullmatch(plain.replace(rule.point, ".")):
            raise RowMistake(
                f"{label}: {clean_line(word, 40)!r} is not a number written like 1234{rule.point}5."
            )
        number = Decimal(plain.replace(rule.point, "."))
        if len(plain) > _LONGEST_NUMBER:
            raise RowMistake(f"{label}: {clean_line(word, 40)!r} has too many digits.")
        if number != number.quantize(unit):
            raise RowMistake(f"{label}: {clean_line(word, 40)!r} has more than {counted(places, 'decimal')}.")
        return str(number.quantize(unit))

    return look


def _rules(document: Mapping[str, Any], key: str, name: str) -> dict[str, Rule]:
    return {each: _rule(written, each, name) for each, written in _table(document, key, name).items()}


def _rule(written: object, label: str, name: str) -> Rule:
    if isinstance(written, str):
        return Rule(written)
    if not isinstance(written, dict):
        raise UsageProblem(f"The mapping {name}: {label} is neither a text nor a table.", 'Write "{Column}".')
    table = cast("dict[str, Any]", written)
    _refuse_unknown(table, _RULE, f"{name}, {label}")
    values = table.get("values")
    if "from" not in table or (values is not None and not isinstance(values, dict)):
        raise UsageProblem(
            f"The mapping {name}: {label} does not say from which column.", 'Add from = "{Column}".'
        )
    meanings = None if values is None else {str(k): str(v) for k, v in cast("dict[str, Any]", values).items()}
    return Rule(
        str(table["from"]),
        meanings,
        str(table.get("date", "")),
        table.get("decimals"),
        str(table.get("point", ".")),
    )


def _table(document: Mapping[str, Any], key: str, name: str) -> dict[str, Any]:
    found = document.get(key, {})
    if not isinstance(found, dict):
        raise UsageProblem(f"The mapping {name}: {key} is not a table.", f"Write [{key}].")
    return cast("dict[str, Any]", found)


def _list(values: object) -> list[object]:
    return cast("list[object]", values) if isinstance(values, list) else [values]


def _refuse_unknown(table: Mapping[str, Any], known: Iterable[str], where: str) -> None:
    for key in table:
        if key not in known:
            near = nearest(key, list(known))
            raise UsageProblem(
                f"The mapping {where} has an unknown key {clean_line(key, 40)!r}.",
                f"Did you mean {near}?" if near else f"There are {listed(list(known))}.",
            )
