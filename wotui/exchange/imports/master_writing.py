"""Writing imported master data: a new record whole, a known one field by field where the shop left it alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wotui.actions.sets import write_set
from wotui.domain import records as rules
from wotui.domain.identity import same_id
from wotui.exchange.imports import shop_edits
from wotui.exchange.imports.report import CREATED, UNCHANGED, UPDATED
from wotui.store.reads import records as reads
from wotui.text import listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wotui.domain.records import Kind, Value
    from wotui.store.reading import Reads
    from wotui.store.transaction import Transaction

_CONTACT = ("contact", "phone", "email")


class MasterWriter:
    """Compares rows with what is there, and writes the difference.

    Args:
        reads: the shop, or the transaction itself.
        tx: the transaction; None for a dry run.
        kind: what is imported.
    """

    def __init__(self, source: Reads, tx: Transaction | None, kind: Kind) -> None:
        self._reads, self._tx, self._kind = source, tx, kind
        self._acts = shop_edits.imports(source)

    def take(self, identity: str, values: Mapping[str, Value], *, known: bool) -> tuple[str, str]:
        """Write one record; the verdict and a remark.

        Raises:
            Refused: its fields contradict a rule.
        """
        return self._update(identity, values) if known else (self._create(identity, values), "")

    def _create(self, identity: str, values: Mapping[str, Value]) -> str:
        record = {field.name: values.get(field.name, field.default) for field in self._kind.fields}
        rules.check(self._kind, record, self._label(record))
        if self._tx is not None:
            columns = {field.column: record[field.name] for field in self._kind.fields if field.column}
            self._tx.insert(self._kind.name, id=identity, **columns)
            self._write_beside(identity, record)
        return CREATED

    def _update(self, identity: str, values: Mapping[str, Value]) -> tuple[str, str]:
        there = reads.one(self._reads, self._kind, identity).values
        differing = {name: value for name, value in values.items() if not _same(there.get(name), value)}
        ours = [name for name in differing if self._was_imported(identity) and self._is_ours(identity, name)]
        changes = {name: value for name, value in differing.items() if name not in ours}
        rules.check(self._kind, {**there, **changes}, self._label(there))
        if self._tx is not None and changes:
            columns = {
                self._kind.field(n).column: v for n, v in changes.items() if self._kind.field(n).column
            }
            if columns:
                self._tx.update(self._kind.name, identity, **columns)
            self._write_beside(identity, changes)
        remark = f"Edited here since, left as it is: {listed(ours)}." if ours else ""
        return (UPDATED if changes else UNCHANGED), remark

    def _label(self, record: Mapping[str, Value]) -> str:
        return f"{self._kind.name.capitalize()} {record.get(self._kind.handle) or ''}".strip()

    def _write_beside(self, identity: str, values: Mapping[str, Value]) -> None:
        tx = self._tx
        if tx is None:
            return
        for field in self._kind.fields:
            chosen = values.get(field.name)
            if field.type == "set" and isinstance(chosen, tuple):
                write_set(tx, identity, field.members, chosen)
        contact = {name: values[name] for name in _CONTACT if values.get(name)}
        if self._kind.name == "contractor" and contact:
            row = tx.value(
                "SELECT id FROM contractor_contact WHERE contractor_id = ? AND deleted_at IS NULL ORDER BY id LIMIT 1",
                (identity,),
            )
            columns: dict[str, Any] = {("name" if n == "contact" else n): v for n, v in contact.items()}
            tx.put(
                "contractor_contact",
                row or same_id("contractor_contact", identity),
                contractor_id=identity,
                **columns,
            )

    def _was_imported(self, identity: str) -> bool:
        found = self._reads.rows("SELECT DISTINCT origin, act FROM change WHERE row = ?", (identity,))
        return any((origin, act) in self._acts for origin, act in found)

    def _is_ours(self, identity: str, name: str) -> bool:
        field = self._kind.field(name)
        if field.column:
            return shop_edits.edited(self._reads, identity, field.column, self._acts)
        if field.type == "set":
            found = self._reads.rows(
                "SELECT id FROM membership WHERE record_id = ? AND kind = ?", (identity, field.members)
            )
            return shop_edits.set_edited(self._reads, [row for (row,) in found], self._acts)
        return False


def _same(there: Value, wanted: Value) -> bool:
    if isinstance(there, tuple) and isinstance(wanted, tuple):
        return set(there) == set(wanted)
    return there == wanted
