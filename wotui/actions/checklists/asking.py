"""A failed item whose follow-up is a request: somebody decides on it first; it is withdrawn if the item passes in time.

The request has the id that every device derives from the item, as a follow-up order has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.actions import requests, routing
from wotui.actions.orders import add_to_log
from wotui.actions.request_steps import log, step
from wotui.domain.requests import UNDECIDED
from wotui.store.reads import requests as reads
from wotui.store.reads import work_orders

if TYPE_CHECKING:
    from wotui.store.reads.checklist_items import FollowUpOrder
    from wotui.store.reads.checklists import Line, Sheet
    from wotui.store.transaction import Transaction

CAUSE = "item:"
"""Begins the `source_key` of such a request; the item's id follows."""


def ask(
    tx: Transaction, sheet: Sheet, line: Line, identity: str, *, title: str, description: str, priority: int
) -> tuple[str, str]:
    """Write the request and both log lines; returns its number and id."""
    order = work_orders.find(tx, sheet.order_id)
    located = order.asset_id or order.place_id
    columns = {
        "title": title,
        "description": description,
        "asked_priority": priority,
        "asset_id": order.asset_id,
        "place_id": order.place_id,
        "place_unknown": None if located else 1,
        "customer_id": order.customer_id,
        "requester_id": tx.acting and tx.acting.id,
        "source_key": f"{CAUSE}{line.item.id}",
    }
    requests.create(tx, columns, source="checklist", identity=identity)
    number = reads.find(tx, identity).number
    log(tx, identity, f"“{line.item.label}” failed on {sheet.number}.", "system")
    add_to_log(tx, sheet.order_id, f"Follow-up {number} for “{line.item.label}”.", "system")
    routing.route_request(tx, identity)
    return number, identity


def ask_again(tx: Transaction, there: FollowUpOrder, label: str) -> None:
    """It failed again: the withdrawal is taken back, the request is as new as it was."""
    newest = tx.value(
        "SELECT id FROM request_step WHERE request_id = ? AND deleted_at IS NULL AND to_status = 'withdrawn'"
        " ORDER BY at DESC, id DESC LIMIT 1",
        (there.id,),
    )
    if newest:
        tx.remove("request_step", newest)
    log(tx, there.id, f"“{label}” failed again.", "system")


def withdraw(tx: Transaction, there: FollowUpOrder, sheet: Sheet, label: str) -> str:
    """The item passed: the request is withdrawn, unless somebody accepted it; the sentence that says so."""
    if there.status not in UNDECIDED:
        return f"Its follow-up {there.number} was accepted and stays."
    step(tx, reads.find(tx, there.id), "withdrawn", reason=f"“{label}” on {sheet.number} passed again")
    log(tx, there.id, f"Withdrawn: “{label}” on {sheet.number} passed again.", "system")
    add_to_log(tx, sheet.order_id, f"{there.number} withdrawn: “{label}” passed again.", "system")
    return f"Its follow-up {there.number} was withdrawn."
