"""The order that an occurrence makes: a snapshot of its plan, with the same id on every computer."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from wotui.actions.checklists.lists import put_on_order
from wotui.actions.orders import make, step
from wotui.domain.identity import same_id
from wotui.domain.plans.plan import Row
from wotui.store.reads import plans as reads
from wotui.store.reads import work_orders
from wotui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from wotui.actions.plans.deciding import Decision
    from wotui.store.reads.plans import PlanRow, Target
    from wotui.store.transaction import Transaction


def make_order(tx: Transaction, decision: Decision, row: Row, identity: str, zone: str) -> bool:
    """Make the order of one occurrence; one that was taken back comes back, one that is there stays as it is.

    Returns whether there is an order now that was not there before.
    """
    there = tx.one("SELECT deleted_at FROM work_order WHERE id = ?", (identity,))
    if there is not None and there[0] is None:
        return False
    plan = decision.plan
    columns = _columns(plan, decision.targets, row, zone)
    if there is None:
        make(tx, "plan", columns, identity)
    else:
        tx.update("work_order", identity, deleted_at=None, **columns)
    lead = plan.values["lead_id"]
    if lead:
        tx.put("assignment", same_id("assignment", identity, lead), work_order_id=identity, person_id=lead)
    put_checklists(tx, plan, decision.targets, identity)
    for covered in decision.covers:
        include(tx, covered, decision.targets, identity)
    _release(tx, identity, planned=bool(columns["planned_on"] and lead))
    return True


def include(tx: Transaction, plan_id: str, targets: Sequence[Target], identity: str) -> None:
    """Put a smaller plan's checklists on the order that includes it, once."""
    small = next(iter(reads.plans(tx, ids=[plan_id])), None)
    if small is None:
        return
    there = {
        template
        for (template,) in tx.rows(
            "SELECT template_id FROM checklist WHERE work_order_id = ? AND deleted_at IS NULL", (identity,)
        )
    }
    missing = [one for one in small.values["checklists"] if one not in there]
    _put(tx, missing, targets, identity, named=len(targets) > 1)


def put_checklists(tx: Transaction, plan: PlanRow, targets: Sequence[Target], identity: str) -> None:
    """Put a plan's checklists on its order; on a round once for each asset, with its name."""
    _put(tx, plan.values["checklists"], targets, identity, named=plan.route)


def _put(
    tx: Transaction, templates: Sequence[str], targets: Sequence[Target], identity: str, *, named: bool
) -> None:
    for target in targets if named else targets[:1]:
        for template in templates:
            if tx.one("SELECT 1 FROM checklist_template WHERE id = ?", (template,)) is None:
                continue
            list_id = put_on_order(tx, identity, template)
            if named:
                name = tx.value("SELECT name FROM checklist WHERE id = ?", (list_id,))
                tx.update("checklist", list_id, name=clean_line(f"{target.words}: {name}"))


def _columns(plan: PlanRow, targets: Sequence[Target], row: Row, zone: str) -> dict[str, Any]:
    values = plan.values
    first = targets[0]
    planned = row.due_on if values["plan_on_due"] else None
    place = values["place_id"] or (first.place_id if plan.route else None)
    return {
        "title": clean_line(plan.title.replace("{asset}", first.tag)),
        "description": values["description"],
        "type": values["type"] or "preventive",
        "priority": values["priority"] or 3,
        "asset_id": None if plan.route else first.asset_id or None,
        "place_id": place if plan.route or not first.asset_id else None,
        "template_id": values["template_id"],
        "plan_id": plan.id,
        "plan_nominal_on": row.nominal_on.isoformat(),
        "due_on": row.due_on.isoformat(),
        "planned_on": planned.isoformat() if planned else None,
        "planned_time": _wall_time(planned, values["wall_time"], zone) if planned else None,
        "planned_minutes": values["planned_minutes"],
        "lead_id": values["lead_id"],
        "signoff_required": values["signoff_required"],
    }


def _wall_time(on: date, typed: str | None, zone: str) -> str | None:
    """The time of day; one that does not exist that day (the clock goes forward) moves forward by the gap."""
    if not typed:
        return None
    try:
        wanted = datetime.combine(on, time.fromisoformat(typed), ZoneInfo(zone))
        there = wanted.astimezone(ZoneInfo("UTC")).astimezone(ZoneInfo(zone))
    except (ValueError, ZoneInfoNotFoundError):
        return typed
    return f"{there:%H:%M}"


def _release(tx: Transaction, identity: str, *, planned: bool) -> None:
    order = work_orders.find(tx, identity)
    if order.asset_id or order.place_id or order.customer_id:
        if order.status == "draft":
            step(tx, order, "ready")
        if planned:
            step(tx, work_orders.find(tx, identity), "scheduled")
