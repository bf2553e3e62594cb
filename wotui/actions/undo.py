"""Undo and redo: the inverse of an act, written as a new act, out of the journal.

Undo takes back the newest act of the acting person in this file; redo brings back what was undone last. What
somebody else has changed since is never undone: it says so, and nothing is changed.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from wotui.errors import Refused
from wotui.store.journal import UNDONE
from wotui.text import clean_line

if TYPE_CHECKING:
    from wotui.store.file import Shop
    from wotui.store.transaction import Done, Transaction

_UNDONE = "Undone"


def undo(shop: Shop) -> Done:
    """Take back the newest act of the acting person.

    Raises:
        Refused: there is none, or somebody has changed the same fields since.
    """
    with shop.transaction(kind="undo") as tx:
        row = tx.one(
            f"""SELECT act, first, last, sentence, kind FROM act WHERE kind IN ('do', 'redo', 'final')
            AND NOT undone AND {_mine(tx)} ORDER BY act DESC LIMIT 1""",
            {"actor": tx.acting and tx.acting.id},
        )
        if row is None:
            raise Refused("There is nothing to undo.")
        *act, kind = row
        if kind == "final":
            raise Refused(
                f"This cannot be undone: {row[3]}", "A payroll batch is taken back with `wotui payroll void`."
            )
        return _revert(tx, (act[0], act[1], act[2], act[3]), _UNDONE)


def redo(shop: Shop) -> Done:
    """Bring back what the acting person undid last.

    Raises:
        Refused: nothing was undone, something was done since, or somebody has changed the same fields since.
    """
    with shop.transaction(kind="redo") as tx:
        row = tx.one(
            f"""SELECT act, first, last, sentence FROM act WHERE kind = 'undo' AND NOT undone AND {_mine(tx)}
            AND act > ifnull((SELECT max(act) FROM act WHERE kind IN ('do', 'final') AND {_mine(tx)}), 0)
            ORDER BY act DESC LIMIT 1""",
            {"actor": tx.acting and tx.acting.id},
        )
        if row is None:
            raise Refused("There is nothing to redo.")
        return _revert(tx, row, "Done again")


def _mine(tx: Transaction) -> str:
    return "actor IS :actor" if tx.acting else "(1 OR :actor)"  # nobody named: whoever acted last


def _revert(tx: Transaction, act: tuple[int, int, int, str], verb: str) -> Done:
    number, first, last, sentence = act
    changes = tx.rows(
        "SELECT entity, row, t, seq, patch FROM change WHERE origin = ? AND seq BETWEEN ? AND ? ORDER BY seq",
        (tx.origin, first, last),
    )
    touched: dict[tuple[str, str], tuple[int, int, dict[str, Any]]] = {}
    again = [(row, json.loads(patch)) for entity, row, _, _, patch in changes if entity == UNDONE]
    for entity, row, t, seq, patch in changes:
        if entity.startswith("_"):
            continue
        start_t, start_seq, written = touched.setdefault((entity, row), (t, seq, {}))
        written.update(json.loads(patch, strict=False))
        touched[entity, row] = (start_t, start_seq, written)
    records: list[str] = []
    restored: dict[str, dict[str, Any]] = {}
    for (entity, row), (t, seq, written) in reversed(touched.items()):
        before = _before(tx, row, t, seq)
        if before is not None:
            restored[row] = before
        _revert_row(tx, entity, row, before, written)
        records.append(row)
    for row, note in again:  # what was undone counts again, also where the value is there already
        for column, value in note["values"].items():
            if not tx.value(f'SELECT "{column}" IS ? FROM "{note["entity"]}" WHERE id = ?', (value, row)):
                _refuse(tx, row, column)
            tx.affirm(note["entity"], row, column, value)
        records.append(row)
    for (entity, row), (_, _, written) in touched.items() if verb == _UNDONE else ():
        if row in restored:
            seqs = [seq for _, of, _, seq, _ in changes if of == row]
            tx.take_back(entity, row, seqs, written, {name: restored[row].get(name) for name in written})
    tx.reverting(number)
    what = sentence.removeprefix("Undone: ").removeprefix("Done again: ")
    return tx.done(f"{verb}: {what}", *_orders_first(tx, records))


def _revert_row(
    tx: Transaction, entity: str, row: str, before: dict[str, Any] | None, written: dict[str, Any]
) -> None:
    columns = list(written)
    if before is None:
        columns, written, before = (
            ["deleted_at"],
            {"deleted_at": written.get("deleted_at")},
            {"deleted_at": tx.at},
        )
    selected = ", ".join(f'"{column}"' for column in columns)
    if entity in {"time_span", "time_amount"} and columns != ["deleted_at"]:
        _expect_unpaid(tx, entity, row)
    current = tx.one(f'SELECT {selected} FROM "{entity}" WHERE id = ?', (row,))
    for column, value in zip(columns, current or (), strict=True):
        if value != written[column]:
            _refuse(tx, row, column)
    tx.update(entity, row, **{column: before.get(column) for column in columns})


def _expect_unpaid(tx: Transaction, entity: str, row: str) -> None:
    if tx.value(f"SELECT batch_id FROM {entity} WHERE id = ?", (row,)):
        raise Refused(
            "This cannot be undone: the hours are in an exported payroll.",
            "Correct the entry with a reason; the next payroll pays the difference.",
        )


def _before(tx: Transaction, row: str, t: int, seq: int) -> dict[str, Any] | None:
    """The record as the fold of its changes before one of this file's own; None when that change made it."""
    patches = tx.rows(
        """SELECT patch FROM change WHERE row = ? AND (t, origin, seq) < (?, ?, ?) ORDER BY t, origin, seq""",
        (row, t, tx.origin, seq),
    )
    if not patches:
        return None
    state: dict[str, Any] = {}
    for (patch,) in patches:
        state.update(json.loads(patch, strict=False))
    return state


def _refuse(tx: Transaction, row: str, column: str) -> None:
    by = tx.value(
        """SELECT p.name FROM change c JOIN person p ON p.id = c.actor WHERE c.row = ?
        AND json_type(c.patch, '$.' || ?) IS NOT NULL ORDER BY c.t DESC, c.origin DESC, c.seq DESC LIMIT 1""",
        (row, column),
    )
    name = tx.value("SELECT number FROM work_order WHERE id = ?", (row,))
    raise Refused(
        f"This cannot be undone: {by or 'somebody'} has changed {column.replace('_', ' ')}"
        f"{f' of {clean_line(name)}' if name else ''} since.",
        "Change it by hand instead.",
    )


def _orders_first(tx: Transaction, records: list[str]) -> list[str]:
    numbered = [row for row in records if tx.one("SELECT 1 FROM work_order WHERE id = ?", (row,))]
    first = set(numbered)
    return numbered + [row for row in records if row not in first]
