"""One row of a file as the work order that it asks for, or what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from wotui import clock
from wotui.domain import wall_time
from wotui.domain.identity import same_id
from wotui.domain.record_kinds import KINDS
from wotui.domain.records import read
from wotui.domain.work_order_fields import WORK_ORDER, read_field
from wotui.domain.work_orders import STATUSES
from wotui.errors import Problem, UsageProblem
from wotui.exchange.imports.cells import RowMistake, Rule, bind
from wotui.exchange.imports.reading import unguarded
from wotui.store.reads import records, work_orders
from wotui.text import clean, clean_line, listed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from wotui.domain.records import Field
    from wotui.exchange.imports.cells import Reader
    from wotui.exchange.imports.mapping import ColumnMap
    from wotui.exchange.imports.reading import Row
    from wotui.store.reading import Reads

MOMENTS = ("created_at", "started_at", "done_at")
BESIDE = ("number", "status", "assignees", *MOMENTS)
"""Fields of a row beside those that a person may edit."""

_CACHED = 5000
_LONGEST_TAG = 40
_NEEDS_PLACE = ("ready", "scheduled", "in_progress", "on_hold")


@dataclass(slots=True)
class Wanted:
    """The order that a row asks for.

    Attributes:
        line: where the row starts.
        id: of the order, the same for the same row on every computer.
        columns: column → value, of the order itself.
        custom: custom field → text; empty means none.
        sets: membership kind → elements; `assignee` for people.
        new_asset: columns of the asset that is to be made, or None.
        status, moments: for a new order.
        number: as the file gives it, or empty.
        remark: what a person should know although nothing is wrong.
    """

    line: int
    id: str
    external_id: str
    columns: dict[str, Any] = field(default_factory=dict[str, Any])
    custom: dict[str, str] = field(default_factory=dict[str, str])
    sets: dict[str, tuple[str, ...]] = field(default_factory=dict[str, "tuple[str, ...]"])
    new_asset: Mapping[str, Any] | None = None
    status: str = "ready"
    moments: dict[str, str] = field(default_factory=dict[str, str])
    number: str = ""
    remark: str = ""


class OrderReader:
    """Reads rows of one file by one mapping.

    Args:
        reads: the shop or the transaction, to look up what a row refers to.
        columns: the mapping.
        headers: of the file.
        zone: the shop's; a time without a zone is a time there.
        currency: the shop's.
        own: whether the file is wotui's own export, whose texts carry the spreadsheet guard.

    Raises:
        Refused: the file lacks a column of the mapping.
        UsageProblem: the mapping names a field that an order does not have.
    """

    def __init__(
        self,
        reads: Reads,
        columns: ColumnMap,
        headers: Sequence[str],
        zone: ZoneInfo,
        currency: str,
        *,
        own: bool,
    ) -> None:
        self._reads, self._zone, self._currency = reads, zone, currency
        self._today = clock.today(zone)
        self._source = columns.source
        self._rules: dict[str, tuple[Field | None, Reader]] = {}
        for name, rule in columns.fields.items():
            known = None if name in BESIDE else WORK_ORDER.field(name)
            self._rules[known.name if known else name] = (known, _bound(rule, headers, name, own=own))
        self._custom = {
            clean_line(n, 60): _bound(rule, headers, n, own=own) for n, rule in columns.custom.items()
        }
        self._assets = [
            (_asset_field(n, columns.name), bind(rule, headers, f"asset {n}"))
            for n, rule in columns.assets.items()
        ]
        self._id = bind(columns.external_id, headers, "external_id") if columns.external_id else None
        self._expect = [
            (column, bind(Rule(column=column), headers, column), frozenset(allowed))
            for column, allowed in columns.expect.items()
        ]
        self._cache: dict[tuple[str, str], Any] = {}
        self._seen: dict[str, int] = {}

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of an order that this file speaks of."""
        return tuple(known.column for known, _ in self._rules.values() if known and known.column)

    @property
    def named(self) -> frozenset[str]:
        """The fields that this file speaks of."""
        return frozenset(self._rules)

    def read(self, row: Row) -> Wanted:
        """The order that a row asks for.

        Raises:
            RowMistake: what is wrong with it, every mistake in one sentence.
        """
        if row.problem:
            raise RowMistake(row.problem)
        external_id = clean_line(self._id(row.cells), 200) if self._id else ""
        wanted = Wanted(row.line, self._identity(row, external_id), external_id)
        mistakes: list[str] = []
        for name, (known, reader) in self._rules.items():
            try:
                self._take(wanted, name, known, reader(row.cells), row)
            except RowMistake as mistake:
                mistakes.append(str(mistake))
            except Problem as problem:
                mistakes.append(str(problem))
        for name, reader in self._custom.items():
            try:
                wanted.custom[name] = clean(reader(row.cells), 2000)
            except RowMistake as mistake:
                mistakes.append(str(mistake))
        mistakes += _contradictions(wanted)
        if mistakes:
            raise RowMistake(" ".join(mistakes))
        wanted.remark = self._remark(row)
        return wanted

    def _identity(self, row: Row, external_id: str) -> str:
        if external_id:
            return same_id("import", self._source, external_id)
        content = "\x1f".join(row.cells)
        count = self._seen[content] = self._seen.get(content, 0) + 1
        return same_id("import", self._source, "row", content, str(count))

    def _take(self, wanted: Wanted, name: str, known: Field | None, text: str, row: Row) -> None:
        if name in MOMENTS:
            if text:
                wanted.moments[name] = self._cached(name, text, self._moment)
        elif name == "status":
            wanted.status = self._cached(name, text, _status)
        elif name == "number":
            wanted.number = clean_line(text, 20)
        elif name == "assignees":
            wanted.sets["assignee"] = self._cached(name, text, self._people)
        elif known is not None and known.type == "set":
            value = read_field(known, text.replace(";", ",").replace("|", ","), self._currency, self._today)
            wanted.sets[known.members] = value if isinstance(value, tuple) else ()
        elif known is not None and known.name == "asset" and self._assets:
            self._machine(wanted, text, row)
        elif known is not None:
            wanted.columns[known.column] = self._value(known, text)

    def _value(self, known: Field, text: str) -> Any:
        if known.type in {"line", "text"}:
            return read_field(known, text, self._currency, self._today)
        return self._cached(known.name, text, lambda typed: self._resolved(known, typed))

    def _resolved(self, known: Field, text: str) -> Any:
        if known.type == "date" and text:
            return _iso_date(known.name, text)
        value = read_field(known, text, self._currency, self._today)
        if known.type != "reference" or not isinstance(value, str):
            return value
        if known.refers_to == "work_order":
            return work_orders.find(self._reads, value).id
        return records.find(self._reads, KINDS[known.refers_to], value)

    def _machine(self, wanted: Wanted, tag: str, row: Row) -> None:
        """The asset of a row; one that is not there yet is asked for."""
        tag = clean_line(tag)
        if len(tag) > _LONGEST_TAG:
            raise RowMistake(f"asset: longer than {_LONGEST_TAG} characters. Shorten it.")
        if not tag:
            wanted.columns["asset_id"] = None
            return
        known = ("machine", tag.casefold())
        if known not in self._cache:
            found = self._reads.value(
                "SELECT id FROM asset WHERE tag = ? COLLATE NOCASE AND deleted_at IS NULL", (tag,)
            )
            self._cache[known] = found or ""
        wanted.columns["asset_id"] = self._cache[known] or same_id("import", "asset", tag.casefold())
        if not self._cache[known]:
            fields = {
                known.column: read(known, reader(row.cells), self._currency) for known, reader in self._assets
            }
            wanted.new_asset = {"tag": tag, **fields}

    def made(self, tag: str, identity: str) -> None:
        """Tell the reader that an asset it asked for is there now."""
        self._cache["machine", tag.casefold()] = identity

    def _people(self, text: str) -> tuple[str, ...]:
        words = [word.strip() for word in text.replace(";", ",").replace("|", ",").split(",")]
        return tuple(
            dict.fromkeys(records.find(self._reads, KINDS["person"], word) for word in words if word)
        )

    def _moment(self, text: str) -> str:
        if len(text) == len("2004-07-01"):
            wall = datetime.combine(date.fromisoformat(_iso_date("date", text)), datetime.min.time())
            return clock.instant(wall_time.moment_of(wall_time.first_minute(wall, self._zone)))
        return clock.instant(wall_time.parse(text, self._zone))

    def _cached(self, name: str, text: str, read: Callable[[str], Any]) -> Any:
        key = (name, text)
        if key not in self._cache:
            if len(self._cache) > _CACHED:
                self._cache.clear()
            self._cache[key] = read(text)
        return self._cache[key]

    def _remark(self, row: Row) -> str:
        for column, reader, allowed in self._expect:
            found = reader(row.cells)
            if found not in allowed:
                return f"{column} holds {clean_line(found, 30)!r}; the cells of this row may have slipped by a column."
        return ""


def _bound(rule: Rule, headers: Sequence[str], label: str, *, own: bool) -> Reader:
    reader = bind(rule, headers, label)
    return (lambda cells: unguarded(reader(cells))) if own else reader


def _asset_field(name: str, mapping: str) -> Field:
    """A field of an asset that a mapping may fill in.

    Raises:
        UsageProblem: an asset has no such field, or it refers to another record.
    """
    known = KINDS["asset"].field(name)
    if not known.column or known.refers_to or known.name == "tag":
        raise UsageProblem(
            f"The mapping {mapping} cannot fill in {name} of a new asset.",
            "Leave it out, or import the assets first.",
        )
    return known


def _status(text: str) -> str:
    word = text.strip().casefold().replace(" ", "_")
    if word not in STATUSES:
        raise RowMistake(f"status: {clean_line(text, 40)!r} is not known; it is one of {listed(STATUSES)}.")
    return word


def _iso_date(name: str, text: str) -> str:
    try:
        if len(text) != len("2004-07-01"):
            raise ValueError(text)
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise RowMistake(f"{name}: {clean_line(text, 40)!r} is not a date like 2026-06-30.") from None


def _contradictions(wanted: Wanted) -> list[str]:
    """What no single cell is to blame for."""
    found: list[str] = []
    columns = wanted.columns
    if not columns.get("title"):
        found.append("The title is empty.")
    empty = (name for name in ("type", "priority") if name in columns and columns[name] is None)
    found += [f"The {name} is empty." for name in empty]
    located = any(columns.get(name) for name in ("asset_id", "place_id", "customer_id"))
    if wanted.status in _NEEDS_PLACE and not located:
        found.append(
            f"An order that is {wanted.status.replace('_', ' ')} needs an asset, a place or a customer."
        )
    created, done = wanted.moments.get("created_at"), wanted.moments.get("done_at")
    if created and done and done < created:
        found.append("It was done before it was made.")
    return found
