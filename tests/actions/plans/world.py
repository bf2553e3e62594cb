"""A shop with pumps and a plan for them, and short questions about what the plan did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.actions import finishing
from wotui.actions import plans as actions
from wotui.actions.checklists import answer
from wotui.store.reads import checklists, plan_ledger, work_orders
from wotui.store.reads import plans as reads

if TYPE_CHECKING:
    from wotui.store.file import Shop
    from wotui.store.reads.work_orders import Order
    from wotui.store.transaction import Done

GREASE = "Grease the pump"


def plan(shop: Shop, name: str = GREASE, **fields: str) -> str:
    """A plan: monthly on PUMP-01 from 12 June 2026, a week ahead, unless the fields say otherwise; its id."""
    usual = {"assets": "PUMP-01", "every": "1", "unit": "month", "first": "2026-06-12", "ahead": "7"}
    return actions.add(shop, name, {**usual, **fields}).records[0]


def run(shop: Shop, *, sure: bool = False, by_itself: bool = False) -> Done:
    """Run the plans."""
    return actions.run(shop, sure=sure, by_itself=by_itself)


def orders(shop: Shop, *, status: str = "") -> list[Order]:
    """Every order that a plan made, by its number."""
    rows = shop.rows(
        "SELECT id FROM work_order WHERE plan_id IS NOT NULL AND deleted_at IS NULL ORDER BY number"
    )
    found = [work_orders.find(shop, row[0]) for row in rows]
    return [one for one in found if not status or one.status == status]


def ledger(shop: Shop, name: str = GREASE) -> list[tuple[str, str]]:
    """(nominal date, state) of a plan's ledger, the oldest first."""
    rows = plan_ledger.occurrences(shop, reads.find(shop, name).id)
    return sorted((row.nominal_on, row.state) for row in rows)


def finish(shop: Shop, number: str) -> Done:
    """Answer what is on an order's lists, and report it done."""
    order_id = work_orders.find(shop, number).id
    for line in checklists.sheet(shop, order_id, {}).lines:
        answer(shop, line.item.id, "done")
    return finishing.finish(shop, [number], note="Done as planned.", minutes=10)
