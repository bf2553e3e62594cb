"""The item at hand: what every answer looks at before it is stored, and how it is stored."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wotui.domain.checklists.items import FAIL, METER
from wotui.domain.checklists.progress import Result
from wotui.domain.meters import suspect
from wotui.domain.quantity import thousandths
from wotui.errors import Refused
from wotui.store.reads import checklists as reads
from wotui.store.reads.last_values import last_reading, last_values, own_readings, reading_id
from wotui.text import clean

if TYPE_CHECKING:
    from wotui.domain.checklists.answers import Answer
    from wotui.store.file import Shop
    from wotui.store.reads.checklists import Line, Sheet
    from wotui.store.transaction import Transaction

FINISHED = {"done": "is done", "closed": "is closed", "cancelled": "is cancelled"}


def take(shop: Shop, tx: Transaction, item_id: str) -> tuple[Sheet, Line]:
    """The sheet and the line of an item that may be answered now.

    Raises:
        NotFound: no such item.
        Refused: the order is finished, work is stopped by another item, the item is not asked here, or the person
            may not answer.
    """
    shop.require("answer checklists", "technician", "supervisor")
    sheet = reads.sheet(tx, reads.order_of_item(tx, item_id), {})
    line = sheet.line(item_id)
    if line is None:
        raise Refused("This checklist item is not there any more.", "Go back to the order.")
    expect_open(sheet)
    if not line.shown:
        asked = sheet.line(line.item.show_if_item)
        after = f"It is asked when “{asked.item.label}” is {line.item.show_if_value}." if asked else ""
        raise Refused(f"“{line.item.label}” is not asked on {sheet.number}.", after)
    stopper = sheet.stopped_by
    if stopper is not None and stopper.id != item_id:
        raise Refused(
            f"Work is stopped: “{stopper.label}” failed.",
            "Make its follow-up order, or answer it again when it is put right.",
        )
    if line.item.numeric:  # the last values of the other readings lie in other orders and are not needed
        line = replace(line, last=last_values(tx, sheet.order_id, [line.item]).get(item_id))
    return sheet, line


def expect_open(sheet: Sheet) -> None:
    """Refuse what would change the checklist of a finished order."""
    if sheet.status in FINISHED:
        raise Refused(
            f"{sheet.number} {FINISHED[sheet.status]}.", f"Reopen it first (wotui reopen {sheet.number})."
        )


def store(tx: Transaction, line: Line, answer: Answer | None, note: str | None) -> str:
    """Write one answer (None takes it back) and its meter reading; returns the result's id.

    A note stays with an answer as long as the outcome does; `note` None keeps it, a text replaces it.
    """
    before = line.result or Result(None, None)
    outcome = answer.outcome if answer else None
    kept = before.note if before.outcome in (None, outcome) and outcome is not None else ""
    acting = tx.acting
    result_id = tx.insert(
        "item_result",
        item_id=line.item.id,
        value=answer.value if answer else None,
        outcome=outcome,
        note=clean(note if note is not None else kept) or None,
        by_id=acting.id if acting else None,
        at=tx.at,
    )
    if line.item.type == METER and line.item.meter_id is not None:
        _store_reading(tx, line, result_id, answer)
    return result_id


def _store_reading(tx: Transaction, line: Line, result_id: str, answer: Answer | None) -> None:
    """The reading of a meter item; a corrected answer's is taken back, so it cannot make the new one suspect."""
    meter_id = line.item.meter_id
    if meter_id is None:
        return
    for old in own_readings(tx, line.item.id):
        if tx.one("SELECT 1 FROM reading WHERE id = ? AND deleted_at IS NULL", (old,)):
            tx.remove("reading", old)
    if answer is None or answer.outcome not in ("pass", "flag", FAIL):
        return
    kind, rollover_at = tx.one("SELECT kind, rollover_at FROM meter WHERE id = ?", (meter_id,)) or (
        None,
        None,
    )
    before = last_reading(tx, meter_id)
    value = thousandths(answer.value)
    tx.insert(
        "reading",
        id=reading_id(result_id),
        meter_id=meter_id,
        value=value,
        taken_at=tx.at,
        by_id=tx.acting.id if tx.acting else None,
        source="checklist",
        is_reset=0,
        suspect=int(suspect(kind, value, before and before.value, rollover_at=rollover_at)),
    )
