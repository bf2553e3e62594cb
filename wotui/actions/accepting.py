"""Yes to a request: its order, which carries everything that was asked, and another one when it did not help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wotui.actions import requests as asking
from wotui.actions import routing
from wotui.actions.checklists.asking import CAUSE
from wotui.actions.orders import add_to_log
from wotui.actions.orders import step as order_step
from wotui.actions.relations import connect
from wotui.actions.request_steps import DECIDES, expect, found, log, named, step
from wotui.actions.sets import add_element
from wotui.actions.templates.filling import Given, fill
from wotui.domain.identity import same_id
from wotui.domain.requests import STATUS_WORDS, may_reopen
from wotui.domain.work_orders import obstacles
from wotui.errors import NotFound, Refused
from wotui.store.reads import attachments, lifecycle, work_orders
from wotui.store.reads import requests as reads
from wotui.store.reads.checklists import order_of_item
from wotui.text import clean, clean_line, listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from wotui.store.file import Shop
    from wotui.store.reads.requests import AskedFor
    from wotui.store.transaction import Done, Transaction

REWORK = "rework"
"""The source of an order that is made because the first did not help."""
_AGAIN = (
    *(
        "title",
        "description",
        "requester_id",
        "requester_name",
        "requester_contact",
        "customer_id",
        "place_id",
    ),
    *("place_unknown", "asset_id", "work_kind", "trade", "asked_priority", "permission_to_enter"),
)


def accept(shop: Shop, numbers: Sequence[str], *, order: str = "") -> Done:
    """Say yes: make an order of each request, or let all of them be part of one that is there.

    The new order takes over title, description, asset, place, customer, kind of work and priority, the log, the files,
    the custom fields, and who asked and how to reach them. Its id follows from the request: two computers that accept
    one request without knowing of each other make one order. Accepted requests can be joined to a further order.

    Args:
        shop: the open shop.
        numbers: numbers or ids of requests.
        order: number of an order that is there; empty makes a new one for each.

    Raises:
        NotFound: no such request or order.
        Refused: the acting person may not, the step is not possible, or the order is finished.
    """
    shop.require("accept requests", DECIDES)
    with shop.transaction() as tx:
        wanted = found(tx, numbers)
        there = work_orders.find(tx, order) if order else None
        if there is not None and there.status in ("closed", "cancelled"):
            raise Refused(f"{there.number} is {there.status}.", "Reopen it first, or make a new order.")
        made: list[str] = []
        for known in wanted:
            if there is None or known.status != "accepted":
                _expect_acceptable(shop, tx, known)
            made.append(make_order(tx, known.id, shop.today()) if there is None else there.id)
            if there is not None:
                join(tx, known, there.id)
        orders = [work_orders.find(tx, each) for each in dict.fromkeys(made)]
        sentence = f"Accepted {named(wanted)} as {', '.join(each.number for each in orders[:3])}."
        drafts = [each.number for each in orders if each.status == "draft"]
        notices = [f"{listed(drafts)} waits as a draft until it says where."] if drafts else []
        ids = (*(each.id for each in orders), *(each.id for each in wanted))
        return tx.done(sentence, *ids, notices=notices)


def make_order(
    tx: Transaction, request_id: str, today: date, columns: Mapping[str, Any] | None = None
) -> str:
    """Make the order of a request inside a larger action (a person's or a rule's yes), and return its id.

    Args:
        tx: the open transaction.
        request_id: a request on which nobody has decided.
        today: the shop's date, for the due date.
        columns: columns of the order that are known better: priority, type, template_id, lead_id …
    """
    known = reads.find(tx, request_id)
    wanted_on = known.wanted_on if known.wanted_on and known.wanted_on >= today.isoformat() else None
    values: dict[str, Any] = {
        "title": known.title,
        "description": known.description,
        "priority": known.asked_priority,
        "asset_id": known.asset_id,
        "place_id": known.place_id,
        "customer_id": known.customer_id,
        "work_kind": known.work_kind,
        "template_id": known.template_id,
        "lead_id": known.assigned_id,
        "failure": 1 if known.downtime_since else None,
        "due_on": wanted_on,
        **routing.order_columns(tx, request_id),
        **(columns or {}),
    }
    order_id = write_order(tx, same_id("order of request", known.id), known.source or "person", values)
    if known.trade:
        add_element(tx, order_id, "required_trade", known.trade)
    if values.get("lead_id"):
        identity = same_id("assignment", order_id, values["lead_id"])
        tx.put("assignment", identity, work_order_id=order_id, person_id=values["lead_id"])
    join(tx, known, order_id, told=False)
    _release(tx, order_id)  # what the request said in fields of the shop's own may have been what was missing
    _follow_up_the_list(tx, known, order_id)
    routing.propose_contractors(tx, order_id)
    return order_id


def write_order(tx: Transaction, identity: str, source: str, values: Mapping[str, Any]) -> str:
    """Write an order whose id follows from its cause, by its template if it has one, ready where nothing is missing.

    An order that was undone comes back from the trash under its old number.
    """
    given = {name: value for name, value in values.items() if value is not None}
    if tx.one("SELECT 1 FROM work_order WHERE id = ?", (identity,)):
        tx.update("work_order", identity, deleted_at=None, **given)
        _release(tx, identity)
    else:
        fill(tx, given.get("template_id"), Given(given), source=source, identity=identity)
    return identity


def _release(tx: Transaction, order_id: str) -> None:
    known = work_orders.find(tx, order_id)
    if known.status == "draft" and not obstacles(lifecycle.facts(tx, known), "ready"):
        order_step(tx, known, "ready")


def join(tx: Transaction, known: AskedFor, order_id: str, *, told: bool = True) -> None:
    """Link a request with an order, let the order know everything of it, and let it be accepted.

    Args:
        tx: the open transaction.
        known: the request as it stands.
        order_id: the order.
        told: the order has words of its own, so those of the request go into its log.
    """
    order = work_orders.find(tx, order_id)
    link = same_id("request order", known.id, order_id)
    tx.put("request_order", link, request_id=known.id, work_order_id=order_id)
    if known.status != "accepted":
        step(tx, known, "accepted")
    said = [f"{known.number} is {order.number} now.", *_who_and_how(known)]
    if told:
        said += [known.title, known.description or ""]
    add_to_log(tx, order_id, "\n".join(part for part in said if part), "system")
    log(tx, known.id, f"Accepted as {order.number}.", "system")
    _carry(tx, known.id, order_id)


def not_fixed(shop: Shop, number: str, words: str) -> Done:
    """The requester says that it did not help: another order follows, or, after 14 days, a request of its own.

    The order is rework: its source says so, and it follows up the one that did not help.

    Args:
        shop: the open shop.
        number: number or id of the request.
        words: what is still wrong.

    Raises:
        NotFound: no such request.
        Refused: nothing is said, or the request is not resolved.
    """
    said = clean(words)
    with shop.transaction() as tx:
        known = reads.find(tx, number)
        resolved = reads.resolved_on(known, shop.zone)
        if resolved is None:
            words = f"{known.number} is {STATUS_WORDS.get(known.status, known.status)}, not resolved."
            raise Refused(words, f"Add a note instead: wotui note {known.number} TEXT.")
        if not said:
            raise Refused(f"{known.number} was resolved.", "Say what is still wrong.")
        if not may_reopen(resolved, shop.today()):
            again = _ask_again(tx, known, said)
            made = reads.find(tx, again)
            sentence = f"{known.number} was resolved on {resolved.isoformat()}; {made.number} asks anew."
            return tx.done(sentence, again, known.id)
        order_id = _rework(tx, known, said)
        step(tx, known, "accepted", reason=said)
        log(tx, known.id, f"Not fixed: {said}")
        made_order = work_orders.find(tx, order_id)
        return tx.done(f"{known.number} is open again: {made_order.number} follows.", order_id, known.id)


def _expect_acceptable(shop: Shop, tx: Transaction, known: AskedFor) -> None:
    """The guard of the step, where the order is about to be made."""
    if known.status == "accepted":
        orders = ", ".join(order.number for order in reads.orders(tx, known.id))
        raise Refused(
            f"{known.number} is accepted already, as {orders or 'an order'}.",
            f"Join it to a further one: wotui accept {known.number} --order NUMBER.",
        )
    if known.status == "resolved":
        expect(shop, tx, known, "declined")  # says how it opens again
    if known.status != "new":
        expect(shop, tx, known, "accepted")


def _who_and_how(known: AskedFor) -> list[str]:
    """Who asked, how to reach them, and whether somebody may go in."""
    who = known.asker
    contact = f" ({known.requester_contact})" if known.requester_contact else ""
    enter = {"yes": "Go in.", "no": "Do not go in alone.", "call_first": "Call before going in."}
    return [
        f"Asked for by {who}{contact}." if who or contact else "",
        enter.get(known.permission_to_enter or "", ""),
        f"Wanted by {known.wanted_on}." if known.wanted_on else "",
    ]


def _carry(tx: Transaction, request_id: str, order_id: str) -> None:
    """Log, files, custom fields, followers and standstill of a request, at its order too."""
    for entry, kind, text, by_id, at in tx.rows(
        "SELECT id, kind, text, by_id, at FROM log_entry WHERE parent_id = ? AND deleted_at IS NULL"
        " AND kind <> 'system' ORDER BY at, id",
        (request_id,),
    ):
        copied = same_id("carried", order_id, entry)
        values = {"parent_kind": "work_order", "parent_id": order_id, "kind": kind}
        tx.put("log_entry", copied, **values, text=text, by_id=by_id, at=at)
    for file in attachments.of_record(tx, request_id):
        tx.put(
            "attachment",
            same_id("attachment", order_id, file.sha256),
            parent_kind="work_order",
            parent_id=order_id,
            name=file.name,
            media_type=file.media_type,
            sha256=file.sha256,
            size=file.size,
        )
    there = work_orders.custom_values(tx, order_id)
    for name, value in work_orders.custom_values(tx, request_id).items():
        if name not in there:
            identity = same_id("custom", order_id, name)
            tx.put("custom_value", identity, record_id=order_id, name=name, value=value)
    for (interval,) in tx.rows(
        "SELECT id FROM downtime_interval WHERE request_id = ? AND work_order_id IS NULL AND deleted_at IS NULL",
        (request_id,),
    ):
        tx.update("downtime_interval", interval, work_order_id=order_id)


def _follow_up_the_list(tx: Transaction, known: AskedFor, order_id: str) -> None:
    """The order of a failed checklist item follows up the order on whose list it failed."""
    key = known.source_key or ""
    if not key.startswith(CAUSE):
        return
    try:
        connect(tx, order_id, "follow_up_of", order_of_item(tx, key.removeprefix(CAUSE)))
    except NotFound:  # the list was taken off its order since
        return


def _rework(tx: Transaction, known: AskedFor, said: str) -> str:
    """The order that follows the one that did not help; the same on every computer that hears of it."""
    linked = reads.orders(tx, known.id)
    last = next((each for each in reversed(linked) if each.status != "cancelled"), linked[-1])
    before = work_orders.find(tx, last.id)
    values = {
        "title": clean_line(f"Not fixed: {known.title}"),
        "description": said,
        "priority": before.priority,
        "asset_id": before.asset_id or known.asset_id,
        "place_id": before.place_id or known.place_id,
        "customer_id": before.customer_id or known.customer_id,
    }
    order_id = write_order(tx, same_id("rework", known.id, last.id), REWORK, values)
    connect(tx, order_id, "follow_up_of", last.id)
    link = same_id("request order", known.id, order_id)
    tx.put("request_order", link, request_id=known.id, work_order_id=order_id)
    said_by = [f"{known.number}: {before.number} did not help.", *_who_and_how(known)]
    add_to_log(tx, order_id, "\n".join(part for part in said_by if part), "system")
    _carry(tx, known.id, order_id)
    return order_id


def _ask_again(tx: Transaction, known: AskedFor, said: str) -> str:
    columns = {name: getattr(known, name) for name in _AGAIN}
    columns["description"] = f"{said}\n\nAgain after {known.number}. {known.description or ''}".strip()
    filled = {name: value for name, value in columns.items() if value is not None}
    again = asking.create(tx, filled, source="person")
    log(tx, known.id, f"Not fixed, but resolved too long ago: {reads.find(tx, again).number}.", "system")
    return again
