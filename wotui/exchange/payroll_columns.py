"""The columns of a payroll file: what each is called and where its cells come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from wotui.errors import Refused
from wotui.text import listed

if TYPE_CHECKING:
    from collections.abc import Mapping

LONG_FIELDS = (
    "batch", "batch_short", "row", "period_start", "period_end", "frequency", "employee_no", "external_id",
    "last_name", "first_name", "name", "workweek_start", "date", "pay_code", "hours", "minutes", "duration",
    "order", "job", "billable", "adjusts_batch", "reason",
)  # fmt: skip
"""Fields that a row per person, span of time and code can have."""

WIDE_FIELDS = (
    "batch", "batch_short", "row", "period_start", "period_end", "frequency", "employee_no", "external_id",
    "last_name", "first_name", "name",
)  # fmt: skip
"""Fields that a row per person can have; its hours stand in columns of their own."""

WEEK_FIELDS = (
    "batch", "employee_no", "last_name", "first_name", "workweek_start", "complete", "days", "total_minutes",
    "reg_minutes", "ot_minutes", "dt_minutes", "flsa_ot_minutes", "leave_minutes",
)  # fmt: skip
"""Fields of a row per workweek; `days` is seven columns, from the first day of the workweek on."""

FIELDS: Mapping[str, tuple[str, ...]] = {"long": LONG_FIELDS, "wide": WIDE_FIELDS, "weeks": WEEK_FIELDS}
FOREIGN = frozenset(
    {"employee_no", "external_id", "last_name", "first_name", "name", "order", "job", "reason"}
)
"""Fields of text that people typed; only these are guarded against formulas."""

_SOURCES = ("const", "field", "value", "hours", "slot_code", "slot_hours")


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        header: its heading.
        source: const, field, value, hours, slot_code or slot_hours.
        word: the constant, the field's name, the value's name, the pay code, or the number of the slot.
        pad: digits that a cell is filled up to with zeros in front; 0 for none.
    """

    header: str
    source: str
    word: str
    pad: int = 0


def parse_columns(given: list[object], kind: str, key: str, where: str) -> tuple[Column, ...]:
    """Columns from their TOML form: a field's name, or a table with a header and one source.

    Raises:
        Refused: E09, with the file and the key.
    """
    if not given:
        raise invalid(where, key, "it names no columns")
    return tuple(_column(entry, kind, f"{key}[{number}]", where) for number, entry in enumerate(given, 1))


def _column(entry: object, kind: str, key: str, where: str) -> Column:
    if isinstance(entry, str):
        return Column(entry, "field", _field(entry, kind, key, where))
    table = cast("dict[str, object]", entry) if isinstance(entry, dict) else {}
    sources = [source for source in _SOURCES if source in table]
    unknown = [name for name in table if name not in {"header", "pad", *_SOURCES}]
    if unknown:
        raise invalid(where, f"{key}.{unknown[0]}", "this key is not known")
    header, pad = table.get("header"), table.get("pad", 0)
    if len(sources) != 1 or not isinstance(header, str) or type(pad) is not int:
        raise invalid(where, key, f"it is a field, or {{ header, and one of {listed(_SOURCES, 'or')} }}")
    source, word = sources[0], table[sources[0]]
    if type(word) is not (int if source.startswith("slot_") else str):
        raise invalid(where, f"{key}.{source}", "it has the wrong type")
    if source == "field":
        _field(str(word), kind, f"{key}.field", where)
    if source in {"hours", "slot_code", "slot_hours"} and kind != "wide":
        raise invalid(where, f"{key}.{source}", "only a wide profile has it")
    return Column(header, source, str(word), pad)


def _field(name: str, kind: str, key: str, where: str) -> str:
    if name not in FIELDS[kind]:
        raise invalid(where, key, f"{name!r} is not one of {listed(FIELDS[kind], 'or')}")
    return name


def invalid(where: str, key: str, why: str) -> Refused:
    """E09 with the file and the key."""
    return Refused(f"E09 {where}, {key}: {why}.", "Correct the file.")
