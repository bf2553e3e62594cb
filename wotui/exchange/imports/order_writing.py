"""Writing the orders of an import: new ones in batches, known ones field by field where the shop let them be."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from wotui.actions.sets import write_set
from wotui.domain.identity import same_id
from wotui.exchange.imports import shop_edits
from wotui.exchange.imports.cells import RowMistake
from wotui.exchange.imports.order_steps import DERIVED, STEP_COLUMNS, derived_from, steps_of
from wotui.exchange.imports.report import CREATED, UNCHANGED, UPDATED
from wotui.text import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wotui.exchange.imports.mapping import ColumnMap
    from wotui.exchange.imports.order_rows import OrderReader, Wanted
    from wotui.store.reading import Reads
    from wotui.store.transaction import Transaction

_CUSTOM_COLUMNS = ("id", "record_id", "name", "value")


class OrderWriter:
    """Compares what a file asks for with what is there, and writes the difference.

    Args:
        reads: the shop, or the transaction itself.
        tx: the transaction; None for a dry run, which writes nothing.
        columns: the mapping.
        reader: told which assets have been made.
    """

    def __init__(self, reads: Reads, tx: Transaction | None, columns: ColumnMap, reader: OrderReader) -> None:
        self._reads, self._tx, self._reader = reads, tx, reader
        self._source = f"import:{columns.source}"
        self._columns = reader.columns
        self._seen: set[int] = set()
        self._acts = shop_edits.imports(reads)
        self._assets: set[str] = set()

    def once(self, wanted: Wanted) -> Wanted:
        """The same order, when no earlier row of this file asked for it.

        Raises:
            RowMistake: one did.
        """
        mark = hash(wanted.id)  # a million ids as text would be a hundred megabytes
        if mark in self._seen:
            raise RowMistake(f"An earlier row has the same id {wanted.external_id!r}.")
        self._seen.add(mark)
        return wanted

    def take(self, wanted: Sequence[Wanted]) -> Iterator[tuple[str, str]]:
        """Write a batch; the verdict and the reason or remark of each."""
        self._by_number(wanted)
        known = self._known([one.id for one in wanted])
        fresh = [one for one in wanted if one.id not in known]
        self._create(fresh)
        custom = self._custom([identity for identity, row in known.items() if row["deleted_at"] is None])
        for one in wanted:
            row = known.get(one.id)
            if row is None:
                yield CREATED, one.remark
            elif row["deleted_at"] is None:
                yield self._update(one, row, custom.get(one.id, {}))
            elif shop_edits.taken_back(self._reads, one.id):
                self._bring_back(one)
                yield CREATED, one.remark
            else:
                yield UNCHANGED, f"{row['number']} was thrown away here; it stays away."

    def _by_number(self, wanted: Sequence[Wanted]) -> None:
        """An order of our own export is the one with its number, wherever it came from."""
        numbers = {one.number: one for one in wanted if one.number}
        found = self._reads.rows(
            "SELECT number, id FROM work_order WHERE number IN (SELECT value FROM json_each(?)) AND deleted_at IS NULL",
            (json.dumps(list(numbers)),),
        )
        for number, identity in found:
            numbers[number].id = identity

    def _known(self, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        names = ("id", "number", "status", "deleted_at", "source", *self._columns)
        found = self._reads.rows(
            f"SELECT {', '.join(names)} FROM work_order WHERE id IN (SELECT value FROM json_each(?))",  # noqa: S608 - columns of the field table
            (json.dumps(ids),),
        )
        return {row[0]: dict(zip(names, row, strict=True)) for row in found}

    def _custom(self, ids: Sequence[str]) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for record, name, value in self._reads.rows(
            "SELECT record_id, name, value FROM custom_value"
            " WHERE record_id IN (SELECT value FROM json_each(?)) AND deleted_at IS NULL",
            (json.dumps(ids),),
        ):
            found.setdefault(record, {})[name] = value or ""
        return found

    # new ones

    def _create(self, fresh: Sequence[Wanted]) -> None:
        tx = self._tx
        if tx is None:
            return
        self._make_assets(fresh)
        names = ["id", "number", "type", "priority", "source", "external_id", "created_at"]
        names += [column for column in self._columns if column not in names]
        orders: list[tuple[Any, ...]] = []
        steps: list[tuple[Any, ...]] = []
        _number(fresh, tx)
        for one in fresh:
            values = self._row(one, tx)
            taken = list(steps_of(one, tx))
            orders.append((*(values.get(name) for name in names), *derived_from(taken)))
            steps += taken
        last = tx.value("SELECT ifnull(max(key), 0) FROM work_order")
        with tx.bulk(("work_order", "custom_value", "status_change")) as load:
            load.insert("work_order", [*names, *DERIVED], orders)
            load.insert("custom_value", _CUSTOM_COLUMNS, [row for one in fresh for row in _custom_rows(one)])
            load.insert("status_change", STEP_COLUMNS, steps)
            load.settle(last)
        for one in fresh:
            self._write_sets(one)

    def _row(self, one: Wanted, tx: Transaction) -> dict[str, Any]:
        return {
            "type": "corrective",
            "priority": 3,
            **one.columns,
            "id": one.id,
            "number": one.number,
            "source": self._source,
            "external_id": one.external_id or None,
            "created_at": one.moments.get("created_at", tx.at),
        }

    def _make_assets(self, fresh: Sequence[Wanted]) -> None:
        for one in fresh:
            if one.new_asset is None or self._tx is None or one.columns["asset_id"] in self._assets:
                continue
            identity = one.columns["asset_id"]
            new = {name: value for name, value in one.new_asset.items() if value is not None}
            made = {"name": new["tag"], "state": "in_service", "active": 1, **new}
            self._tx.put("asset", identity, **made)
            self._assets.add(identity)
            self._reader.made(one.new_asset["tag"], identity)

    def _bring_back(self, one: Wanted) -> None:
        """An import that was undone is made again: same ids, so the rows are there and only marked."""
        tx = self._tx
        if tx is None:
            return
        self._make_assets([one])
        tx.put("work_order", one.id, **one.columns)
        for identity, record, name, value in _custom_rows(one):
            tx.put("custom_value", identity, record_id=record, name=name, value=value)
        for identity, *_ in steps_of(one, tx):
            tx.put("status_change", identity, work_order_id=one.id)
        self._write_sets(one)

    # known ones

    def _update(self, one: Wanted, row: dict[str, Any], custom: dict[str, str]) -> tuple[str, str]:
        imported = (row["source"] or "").startswith("import")  # what was made here, a file of ours may change
        differing = {name: value for name, value in one.columns.items() if row[name] != value}
        ours = [name for name in differing if imported and self._edited(one.id, name)]
        changes = {name: value for name, value in differing.items() if name not in ours}
        values: dict[str, str] = {}
        for name, value in one.custom.items():
            if custom.get(name, "") != value:
                identity = same_id("custom", one.id, name)
                if imported and self._edited(identity, "value"):
                    ours.append(name)
                else:
                    values[name] = value
        sets = self._changed_sets(one, ours, imported=imported)
        if self._tx is not None:
            self._make_assets([one])
            if changes:
                self._tx.update("work_order", one.id, **changes)
            for name, value in values.items():
                identity = same_id("custom", one.id, name)
                self._tx.put("custom_value", identity, record_id=one.id, name=name, value=value or None)
            if sets:
                self._write_sets(one, sets)
        changed = bool(changes or values or sets)
        return (UPDATED if changed else UNCHANGED), " ".join(self._remarks(one, row, ours))

    def _remarks(self, one: Wanted, row: dict[str, Any], ours: list[str]) -> list[str]:
        told = [one.remark] if one.remark else []
        if ours:
            told.append(f"Edited here since, left as it is: {listed([_words(name) for name in ours])}.")
        if "status" in self._reader.named and row["status"] != one.status:
            told.append(
                f"{row['number']} is {row['status'].replace('_', ' ')} here; an import does not move it."
            )
        return told

    def _edited(self, row: str, column: str) -> bool:
        return shop_edits.edited(self._reads, row, column, self._acts)

    def _changed_sets(self, one: Wanted, ours: list[str], *, imported: bool) -> list[str]:
        """The small sets that differ and that nobody here has touched."""
        changed: list[str] = []
        for kind, elements in one.sets.items():
            rows = self._set_rows(one.id, kind)
            if {element for _, element, gone in rows if not gone} == set(elements):
                continue
            if imported and shop_edits.set_edited(
                self._reads, [identity for identity, _, _ in rows], self._acts
            ):
                ours.append(kind)
            else:
                changed.append(kind)
        return changed

    def _set_rows(self, order_id: str, kind: str) -> list[tuple[Any, ...]]:
        if kind == "assignee":
            return self._reads.rows(
                "SELECT id, person_id, deleted_at IS NOT NULL FROM assignment WHERE work_order_id = ?",
                (order_id,),
            )
        return self._reads.rows(
            "SELECT id, value, deleted_at IS NOT NULL FROM membership WHERE record_id = ? AND kind = ?",
            (order_id, kind),
        )

    def _write_sets(self, one: Wanted, only: Sequence[str] | None = None) -> None:
        tx = self._tx
        if tx is None:
            return
        for kind, elements in one.sets.items():
            if only is not None and kind not in only:
                continue
            if kind != "assignee":
                write_set(tx, one.id, kind, elements)
                continue
            for identity, person, gone in self._set_rows(one.id, kind):
                if not gone and person not in elements:
                    tx.remove("assignment", identity)
            for person in elements:
                identity = same_id("assignment", one.id, person)
                tx.put("assignment", identity, work_order_id=one.id, person_id=person)


def _number(fresh: Sequence[Wanted], tx: Transaction) -> None:
    """Numbers for new orders; one of our own export keeps its number where it was given on another computer."""
    own = [one for one in fresh if not _given_elsewhere(one.number, tx.letter)]
    for one, number in zip(own, tx.numbers("W", len(own)), strict=True):
        one.number = number


def _given_elsewhere(number: str, letter: str) -> bool:
    kind, _, rest = number.partition("-")
    return kind == "W" and rest[:1].isalpha() and rest[1:].isdigit() and rest[:1] != letter


def _custom_rows(one: Wanted) -> Iterator[tuple[str, str, str, str]]:
    for name, value in one.custom.items():
        if value:
            yield same_id("custom", one.id, name), one.id, name, value


def _words(name: str) -> str:
    return name.removesuffix("_id").replace("_", " ")
