"""The demo's orders as a list of acts: each one with its moment, its person and its sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wotui.actions.checklists.at_hand import store
from wotui.actions.checklists.lists import put_on_order
from wotui.domain.checklists import items as kinds
from wotui.domain.checklists.answers import Answer, read_answer
from wotui.domain.identity import same_id
from wotui.domain.money import parse
from wotui.exchange.demo.files import document, happening, ident
from wotui.exchange.demo.plans import of_orders
from wotui.store.reads import checklists

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from wotui.exchange.demo.days import Days
    from wotui.exchange.demo.files import Happening
    from wotui.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Act:
    """Something that somebody did: when, who, the sentence, and the writing of it."""

    at: datetime
    who: str
    sentence: str
    write: Callable[[Transaction], None]


@dataclass(frozen=True, slots=True)
class Book:
    """What the writing of an order needs to know beside its own table."""

    days: Days
    currency: str
    numbers: dict[str, str]


def acts(key: str, order: dict[str, Any], book: Book) -> Iterator[Act]:
    """Everything that happened to one order."""
    number = book.numbers[key]
    made = happening(order["created"])
    yield _act(book, made, f"Made {number} {order['title']}.", lambda tx: _make(tx, key, order, book))
    for job in order.get("jobs", ()):
        told = happening(job["at"])
        yield _act(book, told, f"Hired {job['contractor']} for {number}.", _hiring(key, job, book))
    before = "draft"
    for line in order.get("steps", ()):
        told = happening(line)
        yield _step(key, order, book, told, before)
        before = told.words.split()[0]
    for count, line in enumerate(order.get("log", ())):
        told = happening(line)
        yield _act(book, told, f"Noted on {number}.", _logging(key, count, told))
    for line in order.get("edits", ()):
        told = happening(line)
        yield _act(book, told, f"Changed {told.words.split()[0]} of {number}.", _editing(key, told, book))
    for line in order.get("answers", ()):
        told = happening(line)
        yield _act(book, told, f"Answered “{told.words.split()[0]}” of {number}.", _answering(key, told))


def _act(book: Book, told: Happening, sentence: str, write: Callable[[Transaction], None]) -> Act:
    return Act(book.days.at(told.day, told.clock), told.who, sentence, write)


def _make(tx: Transaction, key: str, order: dict[str, Any], book: Book) -> None:
    identity = ident("order", key)
    dates = {
        f"{name}_on": book.days.on(order[name]).isoformat()
        for name in ("due", "planned", "earliest")
        if name in order
    }
    parent = order.get("parent")
    plan = of_orders().get(key)
    tx.insert(
        "work_order",
        id=identity,
        number=tx.number("W"),
        title=order["title"],
        description=order.get("description", "").replace("\n", " ").strip() or None,
        type=order["type"],
        priority=order["priority"],
        asset_id=ident("asset", order["asset"]) if "asset" in order else None,
        place_id=ident("place", order["place"]) if "place" in order else None,
        customer_id=ident("customer", order["customer"]) if "customer" in order else None,
        parent_id=ident("order", parent) if parent else None,
        template_id=ident("template", order["template"]) if "template" in order else None,
        planned_time=order.get("planned_time"),
        planned_minutes=order.get("minutes"),
        lead_id=ident("person", order["lead"]) if "lead" in order else None,
        downtime_required=int(order.get("downtime", False)),
        failure=int(order["failure"]) if "failure" in order else None,
        detected_by=order.get("detected"),
        signoff_required=int(order.get("signoff", False)),
        billing=order.get("billing", "none"),
        fixed_price=parse(order["price"], book.currency) if "price" in order else None,
        source="person",
        plan_id=ident("plan", plan) if plan else None,
        plan_nominal_on=dates["due_on"] if plan else None,
        created_at=tx.at,
        created_by=tx.acting and tx.acting.id,
        **dates,
    )
    _beside(tx, identity, order)
    template = order.get("checklist")
    if template:
        name = document("checklists", f"{template}.toml")["name"]
        put_on_order(tx, identity, same_id("checklist_template", name))


def _beside(tx: Transaction, identity: str, order: dict[str, Any]) -> None:
    """People, trades, permits, custom fields and relations of a new order."""
    for initials in order.get("assignees", ()):
        person = ident("person", initials)
        tx.insert(
            "assignment", id=same_id("assignment", identity, person), work_order_id=identity, person_id=person
        )
    for kind, words in (("required_trade", order.get("trades", ())), ("permit", order.get("permits", ()))):
        for word in words:
            key = same_id("membership", identity, kind, word)
            tx.insert("membership", id=key, record_id=identity, kind=kind, value=word)
    for name, value in order.get("custom", {}).items():
        tx.insert(
            "custom_value", id=same_id("custom", identity, name), record_id=identity, name=name, value=value
        )
    related = [("related", other) for other in order.get("related", ())]
    if "follow_up_of" in order:
        related.append(("follow_up_of", order["follow_up_of"]))
    for kind, other in related:
        other_id = ident("order", other)
        key = same_id("relation", identity, kind, other_id)
        tx.insert("relation", id=key, work_order_id=identity, other_id=other_id, kind=kind)


def _hiring(key: str, job: dict[str, Any], book: Book) -> Callable[[Transaction], None]:
    identity = ident("order", key)
    price_kind, amount = job["price"].split()
    minor = parse(amount, book.currency)
    dates = {
        column: book.days.on(job[name]).isoformat() if name in job else None
        for name, column in (
            ("quoted", "quoted_on"),
            ("quote_valid_until", "quote_valid_until"),
            ("planned", "planned_on"),
            ("sent_out", "sent_out_on"),
            ("due_back", "due_back_on"),
            ("finished", "finished_on"),
        )
    }
    quality, in_time, price = job.get("rating", (None, None, None))
    columns: dict[str, Any] = {
        "id": ident("job", identity, job["contractor"]),
        "work_order_id": identity,
        "contractor_id": ident("contractor", job["contractor"]),
        "mode": job["mode"],
        "price_kind": "not_to_exceed" if price_kind == "nte" else price_kind,
        "agreed_price": minor if price_kind == "fixed" else None,
        "rate": minor if price_kind == "hourly" else None,
        "nte_limit": minor if price_kind == "nte" else None,
        "po_number": job.get("po"),
        "invoice_ref": job.get("invoice"),
        "invoiced_amount": parse(job["invoiced"], book.currency) if "invoiced" in job else None,
        "state": job["state"],
        "override_reason": job.get("override"),
        "rating_quality": quality,
        "rating_time": in_time,
        "rating_price": price,
        "rating_note": job.get("rating_note"),
        **dates,
    }

    def write(tx: Transaction) -> None:
        tx.insert("contractor_job", **columns)

    return write


def _step(key: str, order: dict[str, Any], book: Book, told: Happening, before: str) -> Act:
    to, _, reason = told.words.partition(" ")
    identity = ident("order", key)

    def write(tx: Transaction) -> None:
        columns: dict[str, Any] = {}
        if to == "on_hold":
            until = order.get("hold_until")
            columns = {"hold_reason": reason, "hold_until": until and book.days.on(until).isoformat()}
        elif before == "on_hold":
            columns = {"hold_reason": None, "hold_until": None}
        if to == "done":
            columns |= {
                "outcome": order.get("outcome"),
                "completion_note": order.get("completion"),
                "failure_problem": order.get("problem"),
                "failure_cause": order.get("cause"),
                "failure_remedy": order.get("remedy"),
            }
        if to == "in_progress":
            for permit in order.get("permits", ()):
                ticked = same_id("membership", identity, "permit_ticked", permit)
                tx.put("membership", ticked, record_id=identity, kind="permit_ticked", value=permit)
        if columns:
            tx.update("work_order", identity, **columns)
        tx.insert(
            "status_change",
            id=ident("step", key, told.day, told.clock),
            work_order_id=identity,
            from_status=before,
            to_status=to,
            at=tx.at,
            by_id=tx.acting and tx.acting.id,
            reason=reason or None,
            note=told.note or None,
            device=tx.origin,
        )

    return _act(book, told, f"{book.numbers[key]} is {to.replace('_', ' ')}.", write)


def _logging(key: str, count: int, told: Happening) -> Callable[[Transaction], None]:
    def write(tx: Transaction) -> None:
        tx.insert(
            "log_entry",
            id=ident("log", key, count),
            parent_kind="work_order",
            parent_id=ident("order", key),
            kind=told.words,
            text=told.note,
            by_id=tx.acting and tx.acting.id,
            at=tx.at,
        )

    return write


def _editing(key: str, told: Happening, book: Book) -> Callable[[Transaction], None]:
    field, _, typed = told.words.partition(" ")
    value: object = int(typed)
    if field.endswith("_on"):
        value = book.days.on(int(typed)).isoformat()
    return lambda tx: tx.update("work_order", ident("order", key), **{field: value})


def _answering(key: str, told: Happening) -> Callable[[Transaction], None]:
    name, _, typed = told.words.partition(" ")

    def write(tx: Transaction) -> None:
        sheet = checklists.sheet(tx, ident("order", key), {})
        template = tx.value("SELECT template_id FROM checklist WHERE id = ?", (sheet.lists[0][0],))
        source = same_id("item_template", template, name)
        line = sheet.line(same_id("checklist_item", sheet.lists[0][0], source))
        if line is None:
            raise LookupError(f"{key} has no checklist item {name}")
        signed = line.item.type == kinds.SIGNATURE
        answer = Answer(typed, kinds.PASS) if signed else read_answer(line.item, typed)
        store(tx, line, answer, told.note or None)

    return write
