"""The demo's maintenance plans, with the orders of the demo that they have made."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from wotui.domain.identity import same_id
from wotui.domain.plans.fields import PLAN, read_plan_field
from wotui.exchange.demo.files import document, happening, ident
from wotui.store.reads import plans as reads

if TYPE_CHECKING:
    from wotui.domain.records import Field
    from wotui.exchange.demo.days import Days
    from wotui.store.transaction import Transaction


@cache
def of_orders() -> dict[str, str]:
    """Key of an order → name of the plan that made it."""
    return {key: name for name, plan in document("plans.toml").items() for key in plan["orders"]}


def write(tx: Transaction, days: Days, currency: str, orders: dict[str, dict[str, Any]]) -> None:
    """Write every plan and its ledger; the plans begin with the demo, so nothing is due on its first day."""
    for name, told in document("plans.toml").items():
        identity = ident("plan", name)
        made = [(key, orders[key]) for key in told["orders"]]
        first = days.on(made[0][1]["due"]) if made else days.today
        typed = {key: value for key, value in told.items() if key not in {"orders", "thresholds"}}
        columns = {field.column: field.default for field in PLAN.fields if field.column}
        columns |= {"name": name, "anchor_on": first.isoformat()}
        for key, text in typed.items():
            field = PLAN.field(key)
            value = read_plan_field(field, text, currency, days.today)
            if isinstance(value, tuple):
                _members(tx, identity, field, value)
            else:
                columns[field.column] = _resolved(tx, field, value)
        since = min(first, days.today).isoformat()
        tx.insert(
            "maintenance_plan", id=identity, **columns, created_on=since, since_on=since, version=1, active=1
        )
        for place, (key, order) in enumerate(made):
            row = _occurrence(days, identity, told["assets"], key, order)
            threshold = told["thresholds"][place] * 1000 if "thresholds" in told else None
            tx.insert("occurrence", **row, threshold=threshold)


def _occurrence(days: Days, plan_id: str, tag: str, key: str, order: dict[str, Any]) -> dict[str, Any]:
    done = [told for told in map(happening, order["steps"]) if told.words.startswith("done")]
    due = days.on(order["due"]).isoformat()
    return {
        "id": same_id("occurrence", plan_id, key),
        "plan_id": plan_id,
        "asset_id": ident("asset", tag),
        "nominal_on": due,
        "due_on": due,
        "state": "done" if done else "open",
        "count": 1,
        "cause": due,
        "work_order_id": ident("order", key),
        "done_on": days.past(done[0].day).isoformat() if done else None,
    }


def _members(tx: Transaction, identity: str, field: Field, words: tuple[str, ...]) -> None:
    for word in words:
        element = ident("asset", word) if field.refers_to == "asset" else same_id(field.refers_to, word)
        key = same_id("membership", identity, field.members, element)
        tx.insert("membership", id=key, record_id=identity, kind=field.members, value=element)


def _resolved(tx: Transaction, field: Field, value: Any) -> Any:
    if field.name == "meter":
        return reads.find_meter(tx, value).id
    return ident(field.refers_to, value) if field.type == "reference" and value else value
