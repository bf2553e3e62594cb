"""What payroll files look like, and which rules make overtime: the two TOML files in `data/payroll/`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast

from wotui.domain.payroll.rules import RuleSet, parse_rule_sets
from wotui.errors import NotFound, Refused
from wotui.exchange.delimited import Dialect
from wotui.settings import data_file
from wotui.text import listed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

COLUMNS = (
    "batch",
    "row",
    "period_start",
    "period_end",
    "employee_no",
    "last_name",
    "first_name",
    "workweek_start",
    "pay_code",
    "hours",
    "minutes",
    "adjusts_batch",
    "reason",
)
"""The columns that wotui can fill."""

SORTABLE = ("last_name", "first_name", "employee_no", "workweek_start", "pay_code")
_DEFAULTS: Mapping[str, object] = {
    "kind": "long",
    "columns": [],
    "encoding": "utf-8-sig",
    "eol": "crlf",
    "delimiter": ",",
    "decimal": ".",
    "date": "%Y-%m-%d",
    "formula_guard": "apostrophe",
    "zero_rows": False,
    "sort": list(SORTABLE),
    "codes": {},
}
_CHOICES: Mapping[str, tuple[object, ...]] = {
    "kind": ("long",),
    "eol": ("crlf", "lf"),
    "decimal": (".", ","),
    "formula_guard": ("apostrophe",),
    "encoding": ("utf-8-sig", "utf-8", "cp1252", "ascii"),
    "delimiter": (",", ";", "\t"),
}


@dataclass(frozen=True, slots=True)
class Profile:
    """One kind of payroll file.

    Attributes:
        name: as settings and file names say it.
        columns: field names in order, out of `COLUMNS`.
        dialect: encoding, delimiter, line ends.
        decimal: what stands before the hundredths.
        date: strftime pattern of dates.
        zero_rows: whether people without hours get a row.
        sort: columns to sort by.
        codes: pay code → the word in the file.
    """

    name: str
    columns: tuple[str, ...]
    dialect: Dialect
    decimal: str
    date: str
    zero_rows: bool
    sort: tuple[str, ...]
    codes: Mapping[str, str]


def profile(name: str) -> Profile:
    """A shipped profile.

    Raises:
        NotFound: none of that name.
        Refused: E09, the file is invalid.
    """
    known = _profiles()
    if name not in known:
        raise NotFound(f"There is no payroll profile {name!r}.", f"Use {listed(list(known), 'or')}.")
    return known[name]


@cache
def rule_sets() -> Mapping[str, RuleSet]:
    """Every shipped rule set by name.

    Raises:
        Refused: E09, the file is invalid.
    """
    path = data_file("payroll", "rule-sets.toml")
    return parse_rule_sets(_document(path), path.name)


@cache
def _profiles() -> Mapping[str, Profile]:
    path = data_file("payroll", "profiles.toml")
    return parse_profiles(_document(path), path.name)


def _document(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise Refused(f"E09 {path} cannot be read: {error}.", "Install wotui again.") from error


def parse_profiles(document: Mapping[str, object], where: str) -> dict[str, Profile]:
    """Profiles by name from a parsed TOML document; unknown keys are errors.

    Raises:
        Refused: E09, with the file and the key.
    """
    tables = document.get("profile")
    if not isinstance(tables, dict) or set(document) != {"profile"}:
        raise _invalid(where, "profile", "the file holds [profile.NAME] tables only")
    named = cast("dict[str, object]", tables)
    return {name: _profile(name, body, where) for name, body in named.items()}


def _profile(name: str, body: object, where: str) -> Profile:
    key = f"profile.{name}"
    if not isinstance(body, dict):
        raise _invalid(where, key, "it must be a table")
    table = {**_DEFAULTS, **cast("dict[str, object]", body)}
    for entry, value in table.items():
        if entry not in _DEFAULTS:
            raise _invalid(where, f"{key}.{entry}", "this key is not known")
        if type(value) is not type(_DEFAULTS[entry]):
            raise _invalid(where, f"{key}.{entry}", f"it must be a {type(_DEFAULTS[entry]).__name__}")
        if value not in _CHOICES.get(entry, (value,)):
            allowed = listed([repr(choice) for choice in _CHOICES[entry]], "or")
            raise _invalid(where, f"{key}.{entry}", f"it must be {allowed}")
    if table["decimal"] == "," and table["delimiter"] == ",":
        raise _invalid(where, f"{key}.decimal", "a decimal comma needs the delimiter ; or tab")
    return Profile(
        name=name,
        columns=_names(table["columns"], COLUMNS, f"{key}.columns", where),
        dialect=Dialect(str(table["encoding"]), str(table["delimiter"]), str(table["eol"])),
        decimal=str(table["decimal"]),
        date=str(table["date"]),
        zero_rows=bool(table["zero_rows"]),
        sort=_names(table["sort"], SORTABLE, f"{key}.sort", where),
        codes=cast("dict[str, str]", table["codes"]),
    )


def _names(value: object, known: tuple[str, ...], key: str, where: str) -> tuple[str, ...]:
    names = cast("list[object]", value)
    for name in names:
        if name not in known:
            raise _invalid(where, key, f"{name!r} is not one of {listed(known, 'or')}")
    if not names:
        raise _invalid(where, key, "it names no columns")
    return tuple(str(name) for name in names)


def _invalid(where: str, key: str, why: str) -> Refused:
    return Refused(f"E09 {where}, {key}: {why}.", "Correct the file.")
