"""The order that an occurrence makes: a snapshot of its plan, with the same id on every computer."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from wotui.actions.checklists.lists import put_on_order
from wotui.actions.orders import make, step
from wotui.actions.templates.filling import Given, fill
from wotui.domain.identity import same_id
from wotui.domain.plans.plan import Row
from wotui.domain.work_orders import obstacles
from wotui.store.reads import plans as reads
from wotui.store.reads import work_orders
from wotui.store.reads.lifecycle import facts
from wotui.text import clean_line

NORMAL = 3
_BESIDE = (
    ("status_change", "work_order_id"),
    ("assignment", "work_order_id"),
    ("checklist", "work_order_id"),
    ("custom_value", "record_id"),
    ("membership", "record_id"),
    ("order_material", "work_order_id"),
)

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
    template = columns["template_id"] if _is_there(tx, "order_template", columns["template_id"]) else None
    if template:
        columns = {name: value for name, value in columns.items() if _said(plan, name, value)}
    if there is None and template:
        fill(tx, template, Given(columns), source="plan", identity=identity)
    elif there is None:
        make(tx, "plan", columns, identity)
    else:
        tx.update("work_order", identity, deleted_at=None, **columns)
        _bring_back(tx, identity, template)
    lead = plan.values["lead_id"]
    if lead:
        tx.put("assignment", same_id("assignment", identity, lead), work_order_id=identity, person_id=lead)
    put_checklists(tx, plan, decision.targets, identity)
    for covered in decision.covers:
        include(tx, covered, decision.targets, identity)
    _release(tx, identity, planned=bool(columns.get("planned_on") and lead))
    return True


def _said(plan: PlanRow, name: str, value: Any) -> bool:
    """Whether the plan itself says it, so that it wins over the order's template."""
    if name == "title":
        return plan.values["title"] is not None
    return value is not None and not (name == "priority" and value == NORMAL)


def _bring_back(tx: Transaction, identity: str, template: str | None) -> None:
    """An order that was taken back comes due again: what its template gave it is there again."""
    for child in _taken_back(tx, "work_order", "parent_id", identity):
        tx.update("work_order", child, deleted_at=None)
        for table, column in _BESIDE:
            for row in _taken_back(tx, table, column, child):
                tx.update(table, row, deleted_at=None)
    for table, column in (("custom_value", "record_id"), ("order_material", "work_order_id")):
        for row in _taken_back(tx, table, column, identity):
            tx.update(table, row, deleted_at=None)
    rows = tx.rows(
        "SELECT checklist_template_id FROM template_checklist WHERE template_id = ? AND deleted_at IS NULL"
        " ORDER BY position, id",
        (template,),
    )
    for (each,) in rows:
        put_on_order(tx, identity, each)


def _taken_back(tx: Transaction, table: str, column: str, identity: str) -> list[str]:
    rows = tx.rows(f'SELECT id FROM "{table}" WHERE "{column}" = ? AND deleted_at IS NOT NULL', (identity,))
    return [row[0] for row in rows]


def _is_there(tx: Transaction, table: str, identity: str | None) -> bool:
    found = tx.one(f'SELECT 1 FROM "{table}" WHERE id = ? AND deleted_at IS NULL', (identity,))
    return found is not None


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
            if not _is_there(tx, "checklist_template", template):
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
    if order.status == "draft" and not obstacles(facts(tx, order), "ready"):
        step(tx, order, "ready")
        order = work_orders.find(tx, identity)
    if planned and order.status == "ready":
        step(tx, order, "scheduled")
