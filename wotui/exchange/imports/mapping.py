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

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from wotui.errors import FileTrouble, UsageProblem
from wotui.exchange.imports.cells import Rule
from wotui.settings import data_file
from wotui.text import clean_line, listed, nearest

_TOP = ("kind", "source", "external_id", "fields", "assets", "custom", "expect")
_MOST_DECIMALS = 6
_RULE = ("from", "values", "date", "decimals", "point")


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
    decimals, point = table.get("decimals"), table.get("point", ".")
    if decimals is not None and not (isinstance(decimals, int) and 0 <= decimals <= _MOST_DECIMALS):
        raise UsageProblem(
            f"The mapping {name}: decimals of {label} is not a number from 0 to {_MOST_DECIMALS}."
        )
    if point not in (".", ","):
        raise UsageProblem(f"The mapping {name}: point of {label} is neither a point nor a comma.")
    meanings = None if values is None else {str(k): str(v) for k, v in cast("dict[str, Any]", values).items()}
    return Rule(str(table["from"]), meanings, str(table.get("date", "")), decimals, str(point))


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
