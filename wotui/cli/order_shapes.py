"""How a work order looks to programs: field names of the domain, absent values as null, money as decimal text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wotui.domain import money
from wotui.domain.quantity import decimal
from wotui.store.reads import checklists, contractor_jobs, labor, materials, plan_steps, requests
from wotui.store.reads import work_orders as reads

if TYPE_CHECKING:
    from datetime import date
    from zoneinfo import ZoneInfo

    from wotui.store.file import Shop
    from wotui.store.reads.contractor_jobs import JobRow
    from wotui.store.reads.labor import Entry
    from wotui.store.reads.work_orders import Order

_PLAIN = (
    *("id", "number", "title", "description", "type", "work_kind", "template", "priority"),
    *("plan", "plan_id", "plan_nominal_on"),
    *("status", "hold_reason", "hold_until"),
    *("due_on", "earliest_on", "planned_on", "planned_time", "planned_minutes", "team"),
    *("failure_problem", "failure_cause", "failure_remedy", "detected_by", "completion_note", "outcome"),
    *("signed_by", "signed_at", "signed_role", "billing", "source", "external_id"),
    *("created_at", "started_at", "done_at"),
)
_FLAGS = ("downtime_required", "failure", "signoff_required")


def brief(shop: Shop, order: Order) -> dict[str, Any]:
    """One order without what belongs to it: the answer to `new` and `edit`."""
    currency = shop.setting("shop.currency")
    found: dict[str, Any] = {"record": "work_order"}
    found |= {name: getattr(order, name) or None for name in _PLAIN}
    found |= {name: _flag(getattr(order, name)) for name in _FLAGS}
    found |= {
        "asset": order.asset_tag,
        "asset_name": order.asset_name,
        "asset_id": order.asset_id,
        "place": order.place_code,
        "place_name": order.place_name,
        "place_id": order.place_id,
        "customer": order.customer,
        "customer_id": order.customer_id,
        "parent": order.parent,
        "parent_id": order.parent_id,
        "lead": order.lead,
        "lead_id": order.lead_id,
        "created_by": order.creator,
        "fixed_price": amount(order.fixed_price, currency),
        "assignees": [person.initials for person in reads.assignees(shop, order.id)],
        "required_trades": list(reads.members(shop, order.id, "required_trade")),
        "permits": list(reads.members(shop, order.id, "permit")),
        "permits_ticked": list(reads.members(shop, order.id, "permit_ticked")),
        "custom": reads.custom_values(shop, order.id),
    }
    return found


def whole(shop: Shop, order: Order) -> dict[str, Any]:
    """One order with everything that belongs to it: the answer to `show`."""
    currency = shop.setting("shop.currency")
    hired = [job_document(job, currency) for job in contractor_jobs.jobs(shop, currency, order_id=order.id)]
    logged = [time_document(entry, shop.zone) for entry in labor.of_order(shop, order.id)]
    found = brief(shop, order)
    found |= {
        "contractor": next((job["contractor"] for job in hired if job["state"] not in _LEFT), None),
        "minutes": sum(entry["minutes"] for entry in logged if not entry["running"]),
        "relations": [
            {"kind": other.kind, "number": other.number, "title": other.title, "status": other.status}
            for other in reads.related(shop, order.id)
        ],
        "requests": [each.number for each in requests.of_order(shop, order.id)],
        "request_ids": [each.id for each in requests.of_order(shop, order.id)],
        "steps": [
            {"number": each.number, "title": each.title, "status": each.status, "who": each.who or None}
            for each in plan_steps.steps(shop, order.id)
        ],
        "checklist": checklist_document(checklists.sheet(shop, order.id)),
        "log": [
            {"at": line.at, "by": line.by or None, "kind": line.kind, "text": line.text}
            for line in reads.log(shop, order.id)
        ],
        "time": logged,
        "materials": [
            {
                "part": line.sku or None,
                "text": line.text or None,
                "uom": line.uom or None,
                "planned_qty": None if line.planned_qty is None else decimal(line.planned_qty),
                "used_qty": None if line.used_qty is None else decimal(line.used_qty),
            }
            for line in materials.of_order(shop, order.id)
        ],
        "contractor_jobs": hired,
    }
    return found


_LEFT = ("declined", "rejected", "expired", "withdrawn")


def checklist_document(sheet: checklists.Sheet) -> list[dict[str, Any]]:
    """The items of all lists of an order, each with its latest answer."""
    return [
        {
            "number": line.number,
            "list": line.list_name,
            "id": line.item.id,
            "type": line.item.type,
            "label": line.item.label,
            "required": line.item.required,
            "shown": line.shown,
            "value": (line.result.value or None) if line.result else None,
            "outcome": (line.result.outcome or None) if line.result else None,
            "note": (line.result.note or None) if line.result else None,
            "by": (line.result.by or None) if line.result else None,
            "at": (line.result.at or None) if line.result else None,
            "follow_up": line.follow_up.number if line.follow_up else None,
        }
        for line in sheet.lines
    ]


def time_document(entry: Entry, zone: ZoneInfo) -> dict[str, Any]:
    """One entry of hours; `start` and `end` are null for an amount of minutes on a day."""
    return {
        "id": entry.id,
        "person": entry.initials or None,
        "worked_on": entry.day.isoformat(),
        "start": instant_of(entry.start),
        "end": instant_of(entry.end),
        "minutes": entry.minutes,
        "running": entry.running,
        "time_type": entry.time_type,
        "category": entry.category or None,
        "note": entry.note or None,
        "state": entry.state,
        "zone": str(zone),
    }


def job_document(job: JobRow, currency: str) -> dict[str, Any]:
    """One hiring of a contractor."""
    terms = job.terms
    return {
        "id": job.id,
        "contractor": job.contractor,
        "contractor_id": job.contractor_id,
        "state": job.state,
        "state_reason": job.state_reason or None,
        "mode": terms.mode,
        "price_kind": terms.price_kind or None,
        "agreed_price": amount(terms.agreed_price, currency),
        "rate": amount(terms.rate, currency),
        "nte_limit": amount(terms.nte_limit, currency),
        "tax_bp": job.tax_bp,
        "planned_on": _day(job.planned_on),
        "quoted_on": _day(job.quoted_on),
        "quote_valid_until": _day(job.quote_valid_until),
        "po_number": job.po_number or None,
        "sent_out_on": _day(terms.sent_out_on),
        "due_back_on": _day(terms.due_back_on),
        "came_back_on": _day(job.came_back_on),
        "finished_on": _day(job.finished_on),
        "invoice_ref": job.invoice_ref or None,
        "invoiced_amount": amount(job.invoiced_amount, currency),
        "override_reason": job.override_reason or None,
        "rating_quality": job.rating_quality,
        "rating_time": job.rating_time,
        "rating_price": job.rating_price,
        "rating_note": job.rating_note or None,
    }


def amount(minor: int | None, currency: str) -> str | None:
    """Minor units as decimal text, or None."""
    return None if minor is None else money.plain(minor, currency)


def instant_of(minute: int | None) -> str | None:
    """Minutes since the epoch as an instant, or None."""
    from datetime import UTC, datetime

    from wotui import clock

    return None if minute is None else clock.instant(datetime.fromtimestamp(minute * 60, UTC))


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _flag(value: int | None) -> bool | None:
    return None if value is None else bool(value)
