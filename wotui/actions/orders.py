"""What several verbs on orders share: finding the orders, naming them in a sentence, noting a status change."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from wotui.actions.sets import add_element
from wotui.clock import instant, parse_instant
from wotui.errors import UsageProblem
from wotui.store.reads import work_orders as reads
from wotui.text import counted, listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wotui.store.reading import Reads
    from wotui.store.reads.work_orders import Order
    from wotui.store.transaction import Transaction

_NAMED = 3


def found(source: Reads, numbers: Sequence[str]) -> list[Order]:
    """The orders with these numbers or ids, each once, in the order given.

    Raises:
        UsageProblem: none is given.
        NotFound: one is not there.
    """
    if not numbers:
        raise UsageProblem("No order is named.", "Give its number, like W-A0012.")
    return list({order.id: order for order in (reads.find(source, number) for number in numbers)}.values())


def named(orders: Sequence[Order]) -> str:
    """`W-A0012`, `W-A0012 and W-A0013`, or `5 orders`."""
    if len(orders) > _NAMED:
        return counted(len(orders), "order")
    return listed([order.number for order in orders])


def make(tx: Transaction, source: str, columns: Mapping[str, Any], identity: str | None = None) -> str:
    """Add one order with the next number, made now by whoever acts, and return its id.

    Args:
        tx: the open transaction.
        source: where it comes from: person, checklist, follow_up, import.
        columns: everything else that is known of it.
        identity: where the same cause must give the same order; a fresh id otherwise.
    """
    number = tx.number("W")
    if identity is not None:  # another computer may give it a number too; after a merge both are known
        add_element(tx, identity, "number", number)
    return tx.insert(
        "work_order",
        id=identity,
        number=number,
        created_at=tx.at,
        created_by=tx.acting and tx.acting.id,
        source=source,
        **columns,
    )


def step(tx: Transaction, order: Order, to: str, *, reason: str = "", note: str = "") -> None:
    """Write one step through the lifecycle; the order's status follows by itself."""
    tx.insert(
        "status_change",
        work_order_id=order.id,
        from_status=order.status,
        to_status=to,
        at=_after_the_last(tx, order.id),
        by_id=tx.acting and tx.acting.id,
        reason=reason or None,
        note=note or None,
        device=tx.origin,
    )


def _after_the_last(tx: Transaction, order_id: str) -> str:
    """Now, or a second after the order's newest step where somebody's clock ran ahead: steps are replayed by time."""
    newest = tx.value(
        "SELECT max(at) FROM status_change WHERE work_order_id = ? AND deleted_at IS NULL"
        " AND (at > ? OR at = ? AND device IS NOT ?)",
        (order_id, tx.at, tx.at, tx.origin),
    )
    try:
        return instant(parse_instant(newest) + timedelta(seconds=1)) if newest else tx.at
    except (ValueError, OverflowError):
        return tx.at


def add_to_log(tx: Transaction, order_id: str, text: str, kind: str = "note") -> str:
    """Add one entry to an order's log and return its id."""
    return tx.insert(
        "log_entry",
        parent_kind="work_order",
        parent_id=order_id,
        kind=kind,
        text=text,
        by_id=tx.acting and tx.acting.id,
        at=tx.at,
    )
