"""A request as a page to read, as a line of a list, and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wotui.cli import moments, output
from wotui.cli.page import Page
from wotui.domain.requests import OPEN, STATUS_WORDS
from wotui.domain.work_orders import PRIORITIES
from wotui.domain.work_orders import STATUS_WORDS as ORDER_WORDS
from wotui.store.reads import attachments, work_orders
from wotui.store.reads import requests as reads

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from wotui.cli.output import Style
    from wotui.store.file import Shop
    from wotui.store.reads.requests import AskedFor
    from wotui.store.reads.requests_list import ListedRequest

_STYLES: dict[str, Style] = {"new": "cyan", "needs_info": "yellow", "accepted": "cyan", "resolved": "green"}
_HEADINGS = ["number", "title", "status", "urgent", "where", "who", "since", "orders"]
_PLAIN = (
    *("id", "number", "title", "description", "status", "status_at", "requester_name", "requester_contact"),
    *("work_kind", "trade", "asked_priority", "wanted_on", "permission_to_enter", "source", "source_key"),
    *("reported_at", "downtime_since", "created_at"),
)


def page(shop: Shop, known: AskedFor, *, plain: bool) -> str:
    """The request as text.

    Args:
        shop: the open shop.
        known: the request.
        plain: no colours, whatever stdout is.
    """
    made = Page(plain=plain)
    linked = reads.orders(shop, known.id)
    made.title(known.number, known.title)
    urgent = PRIORITIES.get(known.asked_priority or 0, "")
    words = [STATUS_WORDS.get(known.status, known.status), urgent, known.work_kind or ""]
    made.line(" · ".join(word for word in words if word), _STYLES.get(known.status))
    made.rule()
    made.field("Question", known.reason or "" if known.status == "needs_info" else "", "yellow")
    made.field("What became of it", reads.ending(known, linked))
    made.field("Asset", known.asset)
    made.field("Place", known.place or ("not known" if known.place_unknown else ""))
    made.field("Customer", known.customer or "")
    made.field("Asked for by", known.asker or (known.source or ""))
    made.field("To be reached", known.requester_contact or "")
    made.field("May we go in", (known.permission_to_enter or "").replace("_", " "))
    made.field("Wanted by", known.wanted_on or "")
    made.field("Reported", moments.local(known.reported_at, shop.zone))
    made.field("Down since", moments.local(known.downtime_since, shop.zone))
    made.field("Repeats", known.original or "" if known.status == "duplicate" else "")
    made.field("Also told", ", ".join(reads.followers(shop, known.id)))
    for name, value in work_orders.custom_values(shop, known.id).items():
        made.field(name, value)
    made.field("Files", ", ".join(file.name for file in attachments.of_record(shop, known.id)))
    if known.description:
        made.section("Description")
        made.prose(known.description)
    _beside(made, shop, known)
    return made.text


def _beside(made: Page, shop: Shop, known: AskedFor) -> None:
    """Orders, duplicates and the log."""
    linked, same = reads.orders(shop, known.id), reads.duplicates(shop, known.id)
    if linked:
        made.section("Orders")
    for order in linked:
        status = ORDER_WORDS.get(order.status, order.status)
        made.entry(order.number, f"{order.title} ({status})")
    if same:
        made.section("Asked for again")
    for each in same:
        made.entry(each.number, f"{each.title}{f' ({each.asker})' if each.asker else ''}")
    entries = work_orders.log(shop, known.id)
    if entries:
        made.section("Log")
    for line in entries:
        lead = f"{moments.local(line.at, shop.zone)}  {line.by:<4}"
        made.entry(lead, line.text, "dim" if line.kind == "system" else None)


def document(shop: Shop, known: AskedFor) -> dict[str, Any]:
    """One request with everything that belongs to it, as JSON."""
    linked = reads.orders(shop, known.id)
    found: dict[str, Any] = {"record": "request"}
    found |= {name: getattr(known, name) or None for name in _PLAIN}
    found |= {
        "asset": known.asset_tag,
        "asset_id": known.asset_id,
        "place": known.place_code,
        "place_id": known.place_id,
        "place_unknown": bool(known.place_unknown),
        "customer": known.customer,
        "customer_id": known.customer_id,
        "requester": known.initials,
        "requester_person_id": known.requester_id,
        "duplicate_of": known.original if known.status == "duplicate" else None,
        "decision_reason": known.reason,
        "ending": reads.ending(known, linked) or None,
        "work_orders": [order.number for order in linked],
        "work_order_ids": [order.id for order in linked],
        "duplicates": [each.number for each in reads.duplicates(shop, known.id)],
        "followers": reads.followers(shop, known.id),
        "custom": work_orders.custom_values(shop, known.id),
        "attachments": [file.name for file in attachments.of_record(shop, known.id)],
        "steps": [
            {"at": at or None, "to": to, "by": by or None, "reason": words or None}
            for at, to, by, words in reads.steps(shop, known.id)
        ],
        "log": [
            {"at": line.at, "by": line.by or None, "kind": line.kind, "text": line.text}
            for line in work_orders.log(shop, known.id)
        ],
    }
    return found


def brief(each: ListedRequest) -> dict[str, Any]:
    """One request of a list, as JSON."""
    return {
        "number": each.number,
        "title": each.title,
        "status": each.status,
        "status_at": each.status_at,
        "asked_priority": each.asked_priority,
        "asset": each.asset_tag,
        "place": each.place_code,
        "requester_name": each.asker or None,
        "requester_contact": each.contact,
        "source": each.source,
        "reported_at": each.reported_at,
        "wanted_on": each.wanted_on,
        "work_orders": each.orders.split() if each.orders else [],
        "decision_reason": each.reason,
        "id": each.id,
    }


def table(found: Sequence[ListedRequest], zone: ZoneInfo, output_file: str | None) -> None:
    """Print requests as an aligned table."""
    rows = [
        [
            each.number,
            each.title,
            STATUS_WORDS.get(each.status, each.status),
            PRIORITIES.get(each.asked_priority or 0, ""),
            each.asset_tag or each.place_code or "",
            each.asker,
            (moments.local(each.since, zone) or "").partition(" ")[0],
            each.orders or "",
        ]
        for each in found
    ]
    styles: dict[tuple[int, int], Style] = {
        (row, 2): _STYLES[each.status] for row, each in enumerate(found) if each.status in OPEN
    }
    if output_file is None and output.is_terminal() and output.columns() < 100:
        rows = [[*row[:3], *row[4:5], *row[6:]] for row in rows]
        headings = [*_HEADINGS[:3], *_HEADINGS[4:5], *_HEADINGS[6:]]
    else:
        headings = _HEADINGS
    output.table(headings, rows, output=output_file, flexible=1, styles=styles)
