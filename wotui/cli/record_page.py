"""An asset, place, person, contractor, part or customer as a page to read and as a JSON document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wotui.cli import record_shapes
from wotui.cli.page import Page
from wotui.domain.record_kinds import KINDS
from wotui.store.reads import records
from wotui.store.reads import work_orders as orders

if TYPE_CHECKING:
    from wotui.domain.records import Kind
    from wotui.store.file import Shop

_LOG = 20


def document(shop: Shop, kind_name: str, identity: str) -> dict[str, Any]:
    """The record with its open orders, its log and, for a contractor, its documents and jobs."""
    kind = KINDS[kind_name]
    currency = shop.setting("shop.currency")
    record = records.one(shop, kind, identity)
    found = record_shapes.document(record, record_shapes.handles_for(shop, kind), currency)
    found["custom"] = orders.custom_values(shop, identity)
    found["open_orders"] = records.open_orders(shop, kind, identity)
    found["log"] = [
        {"at": line.at, "by": line.by or None, "kind": line.kind, "text": line.text}
        for line in orders.log(shop, identity)
    ]
    if kind.name == "contractor":
        from wotui.cli import contractor_page

        found |= contractor_page.parts(shop, identity)
    return found


def page(shop: Shop, kind_name: str, identity: str, *, plain: bool) -> str:
    """The record as text; `plain` keeps colours out of it."""
    kind = KINDS[kind_name]
    currency = shop.setting("shop.currency")
    record = records.one(shop, kind, identity)
    handles = record_shapes.handles_for(shop, kind)
    made = Page(plain=plain)
    made.title(record.handle, record.name)
    made.line(
        kind.name if record.active else f"{kind.name} · out of use", None if record.active else "yellow"
    )
    made.rule()
    for field in kind.fields:
        if field.name in (kind.handle, "name", "active"):
            continue
        shown = record_shapes.cell(field, record.values[field.name], handles, currency)
        if field.type == "flag" and shown == "no":
            continue
        style = "red" if field.name in ("blocked", "blocked_reason") else None
        made.field(field.words.capitalize(), shown, style)
    for name, value in orders.custom_values(shop, identity).items():
        made.field(name, value)
    _orders(made, shop, kind, identity)
    _log(made, shop, identity)
    if kind.name == "contractor":
        from wotui.cli import contractor_page

        contractor_page.add_parts(made, shop, identity)
    return made.text


def _orders(made: Page, shop: Shop, kind: Kind, identity: str) -> None:
    numbers = records.open_orders(shop, kind, identity)
    if not numbers:
        return
    made.section("Open orders")
    for number in numbers:
        order = orders.find(shop, number)
        due = f", due {order.due_on}" if order.due_on else ""
        made.entry(number, f"{order.title} ({order.status.replace('_', ' ')}{due})")


def _log(made: Page, shop: Shop, identity: str) -> None:
    from wotui.cli import moments

    entries = orders.log(shop, identity)[:_LOG]
    if entries:
        made.section("Log")
    for line in entries:
        made.entry(f"{moments.local(line.at, shop.zone)}  {line.by:<4}", line.text)
