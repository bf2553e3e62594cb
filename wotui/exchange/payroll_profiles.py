"""What payroll files look like, and which rules make overtime: shipped TOML files, and a shop's own beside them.

The shipped ones lie in `data/payroll/` and are read-only. A shop's own lie in the folder `payroll` beside the settings
of the computer that makes the payroll; a name that ships cannot be taken. Everything is validated: unknown keys are
errors.
"""

from __future__ import annotations

import re
import string
import tomllib
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, TypeVar, cast

from wotui import settings
from wotui.domain.payroll.rules import RuleSet, parse_rule_sets
from wotui.errors import NotFound, Refused
from wotui.exchange.delimited import Dialect
from wotui.exchange.payroll_columns import Column, invalid, parse_columns
from wotui.text import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

T = TypeVar("T")
SORTABLE = ("last_name", "first_name", "employee_no", "workweek_start", "pay_code", "date", "order")
NAME_FIELDS = ("profile", "period_start", "period_end", "seq", "rev", "ext")
"""What a file name may be made of, beside the profile's values."""

_STANDARD_NAME = "payroll_{profile}_{period_start}_{period_end}_B{seq:06}r{rev}.{ext}"
_DEFAULTS: Mapping[str, object] = {
    "source": "", "kind": "long", "per": "week", "preamble": [], "columns": [], "header": True,
    "encoding": "utf-8-sig", "charset": "", "eol": "crlf", "delimiter": ",", "quoting": True, "decimal": ".",
    "date": "%Y-%m-%d", "formula_guard": "apostrophe", "zero_rows": False, "negative": "refuse",
    "adjustments": "refuse", "on_reimport": "append", "sort": ["last_name", "first_name", "employee_no"],
    "codes": {}, "slots": {}, "values": {}, "value_rules": {}, "frequency": {}, "external_id": "",
    "id_name": "id", "missing_id": "refuse", "unique_names": False, "by_hand": [], "max_hours": "",
    "file_name": _STANDARD_NAME, "extension": "csv",
}  # fmt: skip
_CHOICES: Mapping[str, tuple[object, ...]] = {
    "kind": ("long", "wide", "weeks"),
    "per": ("week", "period", "day"),
    "eol": ("crlf", "lf"),
    "decimal": (".", ","),
    "formula_guard": ("apostrophe", "refuse"),
    "encoding": ("utf-8-sig", "utf-8", "cp1252", "ascii"),
    "delimiter": (",", ";", "\t"),
    "negative": ("allow", "refuse"),
    "adjustments": ("rows", "net", "refuse"),
    "on_reimport": ("append", "replace"),
    "missing_id": ("refuse", "employee_no", "empty"),
}


@dataclass(frozen=True, slots=True)
class Profile:
    """One kind of payroll file; the keys are explained at the top of `data/payroll/profiles.toml`.

    Attributes:
        name: as settings and file names say it.
        columns: in order.
        dialect: encoding, delimiter, line ends, quotes.
        charset: a pattern that every character must match, or empty.
        codes: pay code → the word in the file.
        slots: number of a slot → pay code → the word in the file.
        values: the shop's own words by name; empty ones must be set before an export.
        frequency: pay schedule → the word in the file.
    """

    name: str
    columns: tuple[Column, ...]
    dialect: Dialect
    decimal: str
    date: str
    zero_rows: bool
    sort: tuple[str, ...]
    codes: Mapping[str, str]
    source: str = ""
    kind: str = "long"
    per: str = "week"
    preamble: tuple[str, ...] = ()
    header: bool = True
    charset: str = ""
    formula_guard: str = "apostrophe"
    negative: str = "refuse"
    adjustments: str = "refuse"
    on_reimport: str = "append"
    slots: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, "Mapping[str, str]"])
    values: Mapping[str, str] = field(default_factory=dict[str, str])
    value_rules: Mapping[str, str] = field(default_factory=dict[str, str])
    frequency: Mapping[str, str] = field(default_factory=dict[str, str])
    external_id: str = ""
    id_name: str = "id"
    missing_id: str = "refuse"
    unique_names: bool = False
    by_hand: tuple[str, ...] = ()
    max_hours: str = ""
    file_name: str = _STANDARD_NAME
    extension: str = "csv"

    def uses(self, name: str) -> bool:
        """Whether a column shows this field."""
        return any(one.source == "field" and one.word == name for one in self.columns)

    def document(self) -> dict[str, object]:
        """Everything about it, to be kept with a batch."""
        return asdict(self)


def profile(name: str) -> Profile:
    """A profile that ships, or one of the shop's own.

    Raises:
        NotFound: none of that name.
        Refused: E09, a file is invalid.
    """
    known = profiles()
    if name not in known:
        raise NotFound(f"There is no payroll profile {name!r}.", f"Use {listed(list(known), 'or')}.")
    return known[name]


def rule_sets() -> Mapping[str, RuleSet]:
    """Every rule set by name, the shop's own among them.

    Raises:
        Refused: E09, a file is invalid.
    """
    return _both("rule-sets.toml", parse_rule_sets)


def profiles() -> Mapping[str, Profile]:
    """Every profile by name, the shop's own among them.

    Raises:
        Refused: E09, a file is invalid.
    """
    return _both("profiles.toml", parse_profiles)


_read: dict[tuple[str, int, int], Mapping[str, object]] = {}


def _both(name: str, parse: Callable[[Mapping[str, object], str], dict[str, T]]) -> dict[str, T]:
    shipped = _parsed(settings.data_file("payroll", name), parse)
    own_file = settings.computer_file().parent / "payroll" / name
    own: Mapping[str, T] = _parsed(own_file, parse) if own_file.is_file() else {}
    taken = [word for word in own if word in shipped]
    if taken:
        raise invalid(str(own_file), taken[0], "this name ships with wotui; give yours another")
    return {**shipped, **own}


def _parsed(path: Path, parse: Callable[[Mapping[str, object], str], dict[str, T]]) -> Mapping[str, T]:
    """A file, parsed once for as long as it stays as it is."""
    try:
        about = path.stat()
        stamp = (str(path), about.st_mtime_ns, about.st_size)
        if stamp not in _read:
            _read[stamp] = parse(tomllib.loads(path.read_text("utf-8")), path.name)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Refused(f"E09 {path} cannot be read: {error}.", "Correct the file.") from error
    return cast("Mapping[str, T]", _read[stamp])


def parse_profiles(document: Mapping[str, object], where: str) -> dict[str, Profile]:
    """Profiles by name from a parsed TOML document; unknown keys are errors.

    Raises:
        Refused: E09, with the file and the key.
    """
    tables = document.get("profile")
    if not isinstance(tables, dict) or set(document) != {"profile"}:
        raise invalid(where, "profile", "the file holds [profile.NAME] tables only")
    named = cast("dict[str, object]", tables)
    return {name: _profile(name, body, where) for name, body in named.items()}


def _profile(name: str, body: object, where: str) -> Profile:
    key = f"profile.{name}"
    if not isinstance(body, dict):
        raise invalid(where, key, "it must be a table")
    table = {**_DEFAULTS, **cast("dict[str, object]", body)}
    _check_types(table, key, where)
    _check_sense(table, key, where)
    made: dict[str, object] = {
        entry: tuple(cast("list[str]", value)) if isinstance(value, list) else value
        for entry, value in table.items()
        if entry not in {"columns", "encoding", "delimiter", "eol", "quoting"}
    }
    columns = parse_columns(
        cast("list[object]", table["columns"]), str(table["kind"]), f"{key}.columns", where
    )
    for one in columns:
        if one.source == "value" and one.word not in cast("dict[str, str]", table["values"]):
            raise invalid(where, f"{key}.values", f"a column needs {one.word!r}")
        if one.source.startswith("slot_") and one.word not in cast("dict[str, object]", table["slots"]):
            raise invalid(where, f"{key}.slots", f"a column needs slot {one.word}")
    dialect = Dialect(
        str(table["encoding"]), str(table["delimiter"]), str(table["eol"]), quoting=bool(table["quoting"])
    )
    return Profile(name=name, columns=columns, dialect=dialect, **made)  # pyright: ignore[reportArgumentType] - checked above


def _check_types(table: Mapping[str, object], key: str, where: str) -> None:
    for entry, value in table.items():
        if entry not in _DEFAULTS:
            raise invalid(where, f"{key}.{entry}", "this key is not known")
        if type(value) is not type(_DEFAULTS[entry]):
            raise invalid(where, f"{key}.{entry}", f"it must be a {type(_DEFAULTS[entry]).__name__}")
        if value not in _CHOICES.get(entry, (value,)):
            allowed = listed([repr(choice) for choice in _CHOICES[entry]], "or")
            raise invalid(where, f"{key}.{entry}", f"it must be {allowed}")
        if entry != "columns" and isinstance(value, list):
            _texts(cast("list[object]", value), f"{key}.{entry}", where)
        if entry != "slots" and isinstance(value, dict):
            _texts(list(cast("dict[str, object]", value).values()), f"{key}.{entry}", where)


def _texts(values: list[object], key: str, where: str) -> None:
    if not all(isinstance(value, str) for value in values):
        raise invalid(where, key, "it holds texts only")


def _check_sense(table: Mapping[str, object], key: str, where: str) -> None:
    if table["decimal"] == "," and table["delimiter"] == ",":
        raise invalid(where, f"{key}.decimal", "a decimal comma needs the delimiter ; or tab")
    for name in cast("list[str]", table["sort"]):
        if name not in SORTABLE:
            raise invalid(where, f"{key}.sort", f"{name!r} is not one of {listed(SORTABLE, 'or')}")
    if table["kind"] == "wide" and table["per"] != "period":
        raise invalid(where, f"{key}.per", "a wide profile has one row per period")
    if table["per"] == "day" and table["adjustments"] != "refuse":
        raise invalid(where, f"{key}.adjustments", "rows per day can only refuse them")
    if table["kind"] == "wide" and table["adjustments"] == "rows":
        raise invalid(where, f"{key}.adjustments", "a wide profile nets or refuses them")
    _check_slots_and_patterns(table, key, where)
    known = {*NAME_FIELDS, *cast("dict[str, str]", table["values"])}
    _check_template(str(table["file_name"]), known, f"{key}.file_name", where)
    for line in cast("list[str]", table["preamble"]):
        _check_template(line, known, f"{key}.preamble", where)


def _check_slots_and_patterns(table: Mapping[str, object], key: str, where: str) -> None:
    for slot in cast("dict[str, object]", table["slots"]).values():
        if not isinstance(slot, dict):
            raise invalid(where, f"{key}.slots", "each slot is a table of codes")
        _texts(list(cast("dict[str, object]", slot).values()), f"{key}.slots", where)
    patterns = {"charset": table["charset"], "external_id": table["external_id"]}
    for name, pattern in [*patterns.items(), *cast("dict[str, str]", table["value_rules"]).items()]:
        try:
            re.compile(str(pattern))
        except re.error as error:
            raise invalid(where, f"{key}.{name}", f"it is no pattern: {error}") from None
    if table["max_hours"] and not re.fullmatch(r"\d+(\.\d+)?", str(table["max_hours"])):
        raise invalid(where, f"{key}.max_hours", "it is a number like 999.99")


def _check_template(text: str, known: set[str], key: str, where: str) -> None:
    try:
        fields = [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
        text.format(**{name: 0 if name in {"seq", "rev"} else "" for name in known})
    except (ValueError, KeyError, IndexError, AttributeError):
        fields = [""]
    unknown = [name for name in fields if name not in known]
    if unknown or (key.endswith("file_name") and re.search(r'[/\\:*?"<>|]', re.sub(r"\{[^}]*\}", "", text))):
        raise invalid(where, key, f"it is made of {listed([f'{{{name}}}' for name in sorted(known)], 'and')}")
