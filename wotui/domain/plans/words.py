"""What a plan says, in words for lists, pages and previews."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wotui.domain import quantity
from wotui.domain.plans.dates import add_months
from wotui.domain.shop_settings import WEEKDAYS
from wotui.text import counted, listed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from wotui.domain.plans.plan import Plan, Row

_NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}


def interval(plan: Plan, uom: str = "") -> str:
    """`every 3 months on the last day`, `every 2000 h`, `30 days after the last time or every 500 h`."""
    parts: list[str] = []
    if plan.basis != "meter":
        parts.append(_calendar(plan))
    if "meter" in plan.basis:
        units = f"every {quantity.decimal(plan.every_units)} {uom}".strip()
        parts.append(f"{units}{' since the last time' if plan.meter_floating else ''}")
    return " or ".join(parts)


def _calendar(plan: Plan) -> str:
    every = f"every {plan.unit}" if plan.every == 1 else f"every {counted(plan.every, plan.unit)}"
    if plan.basis.startswith("floating"):
        return f"{counted(plan.every, plan.unit)} after the last time"
    if plan.weekdays:
        return f"{every} on {listed([WEEKDAYS[day].capitalize()[:3] for day in plan.weekdays])}"
    if plan.month_rule == "last_day":
        return f"{every} on the last day"
    if plan.month_rule == "nth_weekday":
        return f"{every} on the {_NTH.get(plan.nth, '')} {WEEKDAYS[plan.anchor_on.weekday()].capitalize()}"
    return every


def standing(values: Mapping[str, Any], plan: Plan | None, today: date) -> str:
    """`retired`, `paused until 1 Aug …`, `ended`, or `active`."""
    if values.get("retired_at") or values.get("active") == 0:
        return "retired"
    if plan is None:
        return "incomplete"
    if plan.paused(today):
        return f"paused until {plan.paused_to}" if plan.paused_to else "paused"
    if plan.until_on is not None and today > plan.until_on:
        return "ended"
    return "active"


def became(row: Row) -> str:
    """One decision in words: `order, due 2026-06-30`, `730 missed, 2024-06-01 to 2026-05-31`."""
    if row.state == "open":
        return f"order, due {row.due_on}"
    span = row.nominal_on if row.count == 1 else f"{row.nominal_on} to {row.through_on}"
    return f"{row.count} {row.state}, {span}"


def last_time(anchor: date, plan: Plan) -> date:
    """The day that a plan with this first date was done last: one interval before it."""
    if plan.unit in {"month", "year"}:
        return add_months(anchor, -plan.every * (12 if plan.unit == "year" else 1))
    from datetime import timedelta

    return anchor - timedelta(days=plan.every * (7 if plan.unit == "week" else 1))
