"""Moving work on the plan: to another day, to another person, or off the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.actions.lifecycle import go
from wotui.actions.orders import found, named
from wotui.domain.identity import same_id
from wotui.errors import Refused
from wotui.store.reads import work_orders as reads

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from wotui.store.file import Shop
    from wotui.store.reads.work_orders import Order
    from wotui.store.transaction import Done, Transaction


def move(shop: Shop, orders: Sequence[str], on: date, *, person: str = "", instead_of: str = "") -> Done:
    """Plan orders for a day, and hand them from one person to another.

    Args:
        shop: the open shop.
        orders: numbers or ids.
        on: the day.
        person: the id of who is on them from now on; empty leaves the people as they are.
        instead_of: the id of who is not any more; empty takes nobody off.

    Raises:
        NotFound: no such order.
        Refused: the acting person may not plan, the person is a contractor, nobody would be on the order, or it is
            finished.
    """
    shop.require("plan orders", "supervisor")
    with shop.transaction() as tx:
        moved = found(tx, orders)
        for order in moved:
            if person and person != instead_of:
                _hand_over(tx, order, person, instead_of)
            tx.update("work_order", order.id, planned_on=on.isoformat())
            waits = (
                order.status == "on_hold" and order.planned_on
            )  # another day does not end what it waits for
            if order.status not in ("scheduled", "in_progress") and not waits:
                go(tx, reads.find(tx, order.id), "scheduled")
        name = tx.value("SELECT name FROM person WHERE id = ?", (person,)) if person else None
        sentence = f"{named(moved)} planned for {on:%a} {on.day} {on:%b}{f', {name}' if name else ''}."
        return tx.done(sentence, *(order.id for order in moved))


def take_off(shop: Shop, orders: Sequence[str]) -> Done:
    """Take orders off the plan; what was begun stays begun.

    Raises:
        NotFound: no such order.
        Refused: the acting person may not plan, or the order is finished.
    """
    shop.require("plan orders", "supervisor")
    with shop.transaction() as tx:
        moved = found(tx, orders)
        for order in moved:
            if order.status == "scheduled":
                go(tx, order, "ready")
            elif order.status in ("done", "closed", "cancelled"):
                raise Refused(
                    f"{order.number} is {order.status} and stays in the week it was done.",
                    "Choose open work.",
                )
            tx.update("work_order", order.id, planned_on=None, planned_time=None)
        return tx.done(f"{named(moved)} taken off the plan.", *(order.id for order in moved))


def _hand_over(tx: Transaction, order: Order, person: str, instead_of: str) -> None:
    if not tx.value("SELECT 1 FROM person WHERE id = ? AND deleted_at IS NULL", (person,)):
        raise Refused(
            f"{order.number} cannot be handed to a contractor by moving it.",
            "Hire the contractor on the order: c.",
        )
    on_it = {one.id for one in reads.assignees(tx, order.id)}
    if instead_of in on_it:
        tx.remove("assignment", same_id("assignment", order.id, instead_of))
        if order.lead_id == instead_of:
            tx.update("work_order", order.id, lead_id=person)
    if person not in on_it:
        identity = same_id("assignment", order.id, person)
        tx.put("assignment", identity, work_order_id=order.id, person_id=person)
