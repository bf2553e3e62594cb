"""What a failed item leads to: its follow-up, proposed, accepted, or withdrawn when the item passes after all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wotui.actions.checklists import asking
from wotui.actions.orders import add_to_log, step
from wotui.actions.relations import connect
from wotui.domain.checklists import follow_ups
from wotui.domain.checklists.answers import explain, shown
from wotui.domain.checklists.items import FORCE, STOP_WORK
from wotui.domain.due_dates import default_due
from wotui.domain.quantity import thousandths, with_unit
from wotui.errors import NotFound, Problem, Refused
from wotui.store.reads import checklists as reads
from wotui.store.reads import work_orders

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wotui.domain.checklists.items import Item
    from wotui.domain.checklists.progress import Result
    from wotui.store.file import Shop
    from wotui.store.reading import Reads
    from wotui.store.reads.checklists import Line, Sheet
    from wotui.store.transaction import Done, Transaction

FOLLOW_UP_TYPE = "condition"
"""The type of an order that a failed item leads to (EN 13306: condition-based maintenance)."""


@dataclass(frozen=True, slots=True)
class ProposedOrder:
    """The order that accepting would make, for a person to read first."""

    title: str
    description: str
    type: str
    priority: int
    asset: str
    place: str
    forced: bool


def proposed_order(source: Reads, item_id: str) -> ProposedOrder:
    """The follow-up order of a failed item, not yet made.

    Raises:
        NotFound: no such item.
        Refused: the item did not fail.
    """
    sheet, line = _failed_line(source, item_id)
    return _proposed(source, sheet, line)


def accept_follow_up(shop: Shop, item_id: str) -> Done:
    """Make the follow-up order of a failed item, ready to be worked on; or its request, where the item asks for one.

    The order has the id that every device derives from the item, so that two laptops make one. A draft that waited is
    released, a cancelled one comes back. The new order's id is the first of the `Done`'s records.

    Raises:
        NotFound: no such item.
        Refused: the item did not fail, it has its follow-up already, or the person may not make orders.
    """
    shop.require("make orders", "technician", "supervisor")
    with shop.transaction() as tx:
        sheet, line = _failed_line(tx, item_id)
        there = line.follow_up
        if there is None:
            number, order_id = _make(shop, tx, sheet, line)
            return tx.done(
                f"Made {number}, the follow-up of {sheet.number}.", order_id, sheet.order_id, item_id
            )
        if there.kind == "request" and there.status == "withdrawn":
            asking.ask_again(tx, there, line.item.label)
            return tx.done(f"Asked for {there.number} again.", there.id, sheet.order_id, item_id)
        if there.status not in ("draft", "cancelled"):
            raise Refused(
                f"The follow-up {there.number} is there already.", f"Open it: wotui show {there.number}."
            )
        _move(tx, there.id, "ready", "failed again" if there.status == "cancelled" else "accepted")
        return tx.done(
            f"Released {there.number}, the follow-up of {sheet.number}.", there.id, sheet.order_id, item_id
        )


def after_answer(shop: Shop, tx: Transaction, before: Sheet, line: Line) -> list[str]:
    """What an answer just stored leads to, where the item fails or failed; returns the sentences a person should see.

    Args:
        shop: the open shop.
        tx: the transaction that stored the answer.
        before: the sheet as it was.
        line: the item's line as it was.
    """
    lasts = {line.item.id: line.last} if line.last else {}
    sheet = reads.sheet(tx, before.order_id, lasts)
    now = sheet.line(line.item.id)
    if now is None:
        return []
    if now.failed:
        return _failed(shop, tx, sheet, now)
    return _no_longer_failed(tx, sheet, line) if line.failed else []


def _failed(shop: Shop, tx: Transaction, sheet: Sheet, line: Line) -> list[str]:
    said: list[str] = []
    if line.item.on_fail == STOP_WORK:
        said.append(f"STOP WORK: “{line.item.label}” failed.")
    elif line.item.safety:
        said.append("SAFETY: the work may not be started until this passes.")
    there = line.follow_up
    if there is not None and there.counts:
        return [*said, f"Its follow-up is {there.number}."]
    if line.item.on_fail == FORCE:
        if there is not None and there.kind == "request":
            if there.status == "withdrawn":
                asking.ask_again(tx, there, line.item.label)
            return [*said, f"Its follow-up is {there.number}."]
        if there is not None:
            _move(tx, there.id, "draft", "failed again")
            return [*said, f"Its follow-up {there.number} waits as a draft again."]
        number, _ = _make(shop, tx, sheet, line, status="draft")
        kind = "a request to be decided on" if _asks(line) else "a draft to be released"
        return [*said, f"Made {number} as its follow-up, {kind}."]
    if follow_ups.proposes(line.item, line.result, accepted=False):
        said.append(f"A follow-up is proposed: “{_title(sheet, line)}”.")
    return said


def _no_longer_failed(tx: Transaction, sheet: Sheet, before: Line) -> list[str]:
    """The item failed and does not any more: what nobody has accepted is withdrawn."""
    there = before.follow_up
    if there is not None and there.counts and there.kind == "request":
        return [asking.withdraw(tx, there, sheet, before.item.label)]
    if there is not None and there.counts:
        if there.status != "draft":
            return [f"Its follow-up {there.number} was accepted and stays."]
        _move(tx, there.id, "cancelled", "passed again")
        text = f"Withdrawn: “{before.item.label}” on {sheet.number} passed again."
        add_to_log(tx, there.id, text, "system")
        add_to_log(
            tx,
            sheet.order_id,
            f"{there.number} withdrawn: “{before.item.label}” passed again.",
            "system",
        )
        return [f"Its follow-up {there.number} was withdrawn."]
    if follow_ups.proposes(before.item, before.result, accepted=False):
        add_to_log(
            tx,
            sheet.order_id,
            f"Follow-up withdrawn: “{before.item.label}” did not stay failed.",
            "system",
        )
        return ["The proposed follow-up was withdrawn."]
    return []


def _failed_line(source: Reads, item_id: str) -> tuple[Sheet, Line]:
    sheet = reads.sheet(source, reads.order_of_item(source, item_id), {})
    line = sheet.line(item_id)
    if line is None or not follow_ups.may_follow_up(line.item, line.result):
        label = f"“{line.item.label}”" if line else "The item"
        raise Refused(f"{label} did not fail.", "Only a failed item leads to a follow-up order.")
    return sheet, line


def _proposed(source: Reads, sheet: Sheet, line: Line) -> ProposedOrder:
    item, result = line.item, line.result
    priority = source.value("SELECT priority FROM work_order WHERE id = ?", (sheet.order_id,)) or 3
    if item.safety or item.on_fail == STOP_WORK:
        priority = min(priority, 2)
    return ProposedOrder(
        title=_title(sheet, line),
        description=_description(sheet, line, result),
        type=FOLLOW_UP_TYPE,
        priority=item.follow_up.priority or priority,
        asset=sheet.asset,
        place=sheet.place,
        forced=item.on_fail in (FORCE, STOP_WORK),
    )


def _title(sheet: Sheet, line: Line) -> str:
    value = line.result.value if line.result else None
    return follow_ups.title(line.item, value, asset=sheet.asset or sheet.place, number=sheet.number)


def _description(sheet: Sheet, line: Line, result: Result | None) -> str:
    said = shown(line.item, result.value, result.outcome) if result else ""
    why = _why(line.item, result.value) if result else ""
    lines = [
        f"Follow-up of {sheet.number} “{sheet.title}”.",
        f"{line.list_name}, item {line.number}: {line.item.label} – {said}{why}.",
    ]
    if line.last is not None:
        lines.append(f"Last value: {with_unit(line.last.value, line.item.uom)}.")
    if result and result.note:
        lines.append(result.note)
    return "\n".join(lines)


def _why(item: Item, value: str | None) -> str:
    if not item.numeric:
        return ""
    try:
        return f" ({explain(item, thousandths(value or ''))})"
    except Problem:
        return ""


def _make(shop: Shop, tx: Transaction, sheet: Sheet, line: Line, status: str = "ready") -> tuple[str, str]:
    """Write the order, its first step, its relation and both log lines; returns its number and id."""
    wanted = _proposed(tx, sheet, line)
    order_id = follow_ups.follow_up_id(line.item.id)
    if _asks(line):
        return asking.ask(
            tx,
            sheet,
            line,
            order_id,
            title=wanted.title,
            description=wanted.description,
            priority=wanted.priority,
        )
    from_order = work_orders.find(tx, sheet.order_id)
    located = from_order.asset_id or from_order.place_id or from_order.customer_id
    if not located:
        status = "draft"
    columns = {
        "title": wanted.title,
        "description": wanted.description,
        "type": wanted.type,
        "priority": wanted.priority,
        "asset_id": from_order.asset_id,
        "place_id": from_order.place_id,
        "customer_id": from_order.customer_id,
        "due_on": default_due(wanted.priority, shop.today()).isoformat(),
    }
    number = tx.value("SELECT number FROM work_order WHERE id = ?", (order_id,))
    if number is None:
        number = _write_new(tx, order_id, line.item.follow_up.template, columns)
    else:  # an undone follow-up is in the trash under the same id, and comes back from there
        tx.put("work_order", order_id, **columns)
    if status != "draft":
        _move(tx, order_id, status, "")
    connect(tx, order_id, "follow_up_of", sheet.order_id)
    add_to_log(tx, sheet.order_id, f"Follow-up {number} for “{line.item.label}”.", "system")
    return number, order_id


def _write_new(tx: Transaction, order_id: str, template: str, columns: Mapping[str, Any]) -> str:
    """A draft, from the item's order template where the shop has it; returns its number."""
    from wotui.actions.templates.filling import (  # it puts checklists on orders, so it comes after us
        Given,
        fill,
    )
    from wotui.store.reads import templates

    try:
        template_id = templates.find(tx, template).id if template else None
    except NotFound:
        template_id = None
    return fill(tx, template_id, Given(columns), source="checklist", identity=order_id, release=False).number


def _asks(line: Line) -> bool:
    """Whether the item's follow-up is a request, which somebody decides on, and not an order."""
    return line.item.follow_up.kind == "request"


def _move(tx: Transaction, order_id: str, status: str, reason: str) -> None:
    step(tx, work_orders.find(tx, order_id), status, reason=reason)
