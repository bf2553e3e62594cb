"""One event as a machine or a script reports it, and the files that hold such events: JSON and CSV.

Fields of both: `asset_tag` (or `part`, a stock number), `event`, `value`, `at`, `event_id`. What has an `event_id` of
its own counts once, however often it is delivered; without one, what was reported and when make it up.
"""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from wotui.domain.identity import same_id
from wotui.domain.quantity import LARGEST
from wotui.errors import UsageProblem
from wotui.text import clean_line, listed

if TYPE_CHECKING:
    from collections.abc import Mapping

DOWN = frozenset({"down"})
RUNNING = frozenset({"running", "up"})
READING = "reading"
STOCK = "stock"
FIELDS = ("asset_tag", "part", "event", "value", "at", "event_id")
MOST_ROWS = 100_000
"""Events of one file."""

_ALIASES = {
    "asset": "asset_tag",
    "tag": "asset_tag",
    "sku": "part",
    "time": "at",
    "timestamp": "at",
    "id": "event_id",
}
_PART = "part:"


@dataclass(frozen=True, slots=True)
class Report:
    """One event as reported: text as it came, cleaned; `at` and `event_id` may be empty.

    Attributes:
        asset_tag: of which machine; empty for a part.
        part: stock number, where it is about a part.
        event: what happened: down, running, reading (or the meter's name), stock, or any word.
        value: a number as text, where there is one.
    """

    asset_tag: str
    event: str
    value: str = ""
    at: str = ""
    event_id: str = ""
    part: str = ""

    @property
    def about(self) -> str:
        """What it is about, for sentences and ids."""
        return f"{_PART}{self.part}" if self.part else self.asset_tag

    @property
    def number(self) -> int | None:
        """Its value in thousandths, rounded half up; None where there is none.

        Raises:
            UsageProblem: the value is not a number.
        """
        return thousandths(self.value) if self.value else None

    def identity(self, tag: str) -> str:
        """The id that every computer gives this event; `tag` is the asset's own spelling."""
        own = self.event_id or f"{self.event}\x1e{self.value}\x1e{self.at}"
        return same_id("event", tag, own)


def thousandths(typed: str) -> int:
    """A machine's number as integer thousandths, rounded half up: machines report more decimals than anybody keeps.

    Raises:
        UsageProblem: not a number, or too large.
    """
    bare = typed.strip()
    try:
        found = Decimal(bare) if re.fullmatch(r"[+-]?[0-9.]+([eE][+-]?\d{1,3})?", bare) else None
        number = (
            int((found * 1000).quantize(Decimal(1), rounding=ROUND_HALF_UP)) if found is not None else None
        )
    except InvalidOperation:
        number = None
    if number is None or abs(number) > LARGEST:
        raise UsageProblem(f"{clean_line(typed, 40)!r} is not a number.", "Write it like 81.25.")
    return number


def report(mapping: Mapping[str, Any]) -> Report:
    """One event of a file or call.

    Raises:
        UsageProblem: a field that nobody knows, neither asset nor part, no event, or something that is no text.
    """
    values: dict[str, str] = {}
    for name, value in mapping.items():
        field = str(name).strip().casefold().replace("-", "_").replace(" ", "_")
        field = _ALIASES.get(field, field)
        if field not in FIELDS:
            raise UsageProblem(
                f"{clean_line(str(name), 40)!r} is not a field.", f"They are {listed(FIELDS)}."
            )
        if isinstance(value, (dict, list)):
            raise UsageProblem(f"{field} holds more than one value.", "Write one text or number.")
        text = "" if value is None else "1" if value is True else "0" if value is False else str(value)
        values[field] = clean_line(text)
    found = Report(
        values.get("asset_tag", ""),
        values.get("event", "").casefold(),
        values.get("value", ""),
        values.get("at", ""),
        values.get("event_id", ""),
        values.get("part", ""),
    )
    if not found.asset_tag and not found.part:
        raise UsageProblem("It says neither asset_tag nor part.", "Name the machine by its tag.")
    if found.asset_tag and found.part:
        raise UsageProblem("It says both asset_tag and part.", "An event is about one of them.")
    if not found.event:
        raise UsageProblem("It says no event.", "Say what happened, such as down or reading.")
    return found


def from_json(text: str) -> list[Report]:
    """The events of a JSON file: one object, a list of them, or one object a line.

    Raises:
        UsageProblem: not JSON, or an event that is none; names which.
    """
    try:
        loaded = _loaded(text)
    except (ValueError, RecursionError):
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2:
            raise UsageProblem(
                "It is not whole JSON.", "Write it whole, then rename it into the folder."
            ) from None
        try:
            loaded = [_loaded(line) for line in lines]
        except (ValueError, RecursionError):
            raise UsageProblem(
                "It is not whole JSON.", "Write it whole, then rename it into the folder."
            ) from None
    return _reports(loaded if isinstance(loaded, list) else [loaded], "event")  # pyright: ignore[reportUnknownArgumentType]


def from_csv(text: str) -> list[Report]:
    """The events of a CSV file; the first line names the fields, commas or semicolons separate them.

    Raises:
        UsageProblem: no heading, a broken last line, or a line that is no event; names which.
    """
    head = text.partition("\n")[0]
    if not head.strip():
        raise UsageProblem(
            "It is empty.", "Its first line names the fields: asset_tag,event,value,at,event_id."
        )
    delimiter = ";" if head.count(";") > head.count(",") else ","
    if not text.endswith("\n"):
        raise UsageProblem("Its last line does not end.", "Write it whole, then rename it into the folder.")
    try:
        rows = list(csv.DictReader(io.StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise UsageProblem(f"It is not CSV ({error}).", "Export it again.") from None
    for number, row in enumerate(rows, 2):
        if None in row or None in row.values():
            raise UsageProblem(f"Line {number} has not as many cells as the heading.", "Export it again.")
    return _reports(rows, "line", first=2)


def _loaded(text: str) -> Any:
    return json.loads(text, parse_float=str, parse_int=str, parse_constant=str)


def _reports(entries: list[Any], what: str, first: int = 1) -> list[Report]:
    if not entries:
        raise UsageProblem("It holds no event.", "One object or line an event.")
    if len(entries) > MOST_ROWS:
        raise UsageProblem(f"It holds more than {MOST_ROWS:,} events.", "Write several files.")
    found: list[Report] = []
    for number, entry in enumerate(entries, first):
        if not isinstance(entry, dict):
            raise UsageProblem(f"{what.capitalize()} {number} is no object.", "Write {…} with its fields.")
        try:
            found.append(report(entry))  # pyright: ignore[reportUnknownArgumentType]
        except UsageProblem as problem:
            raise UsageProblem(f"{what.capitalize()} {number}: {problem.what}", problem.way_out) from None
    return found
