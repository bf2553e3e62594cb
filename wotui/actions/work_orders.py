"""Making and changing work orders. Steps through the lifecycle are in `lifecycle`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from wotui.actions.orders import add_to_log, found, make, named, step
from wotui.actions.sets import write_set
from wotui.actions.templates import Given, fill, own_name, read_values, release, write_values
from wotui.domain.due_dates import default_due
from wotui.domain.identity import same_id
from wotui.domain.record_kinds import KINDS
from wotui.domain.work_order_fields import WORK_ORDER, read_field
from wotui.errors import Refused, UsageProblem
from wotui.store.reads import records, templates
from wotui.store.reads import work_orders as reads
from wotui.store.reads.rule_presence import any_routing_rule
from wotui.text import clean, counted, listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from wotui.domain.records import Field, Value
    from wotui.store.file import Shop
    from wotui.store.reads.work_orders import Order
    from wotui.store.transaction import Done, Transaction

_CUSTOM = "custom."
_COPIED = (
    "title",
    "description",
    "type",
    "priority",
    "template_id",
    "work_kind",
    "asset_id",
    "place_id",
    "customer_id",
    "planned_minutes",
    "team",
    "lead_id",
    "downtime_required",
    "signoff_required",
    "billing",
    "fixed_price",
)
"""What "same again" takes over."""


@dataclass(frozen=True, slots=True)
class _Read:
    """Typed fields, read: columns of the order, its small sets, and as typed the values of the shop's own fields."""

    columns: dict[str, Any] = field(default_factory=dict[str, Any])
    sets: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    custom: dict[str, str] = field(default_factory=dict[str, str])


def new(
    shop: Shop,
    title: str,
    fields: Mapping[str, str] | None = None,
    *,
    people: Sequence[str] = (),
    checklists: Sequence[str] = (),
    template: str = "",
    draft: bool = False,
) -> Done:
    """Make a work order, blank or from a template.

    Args:
        shop: the open shop.
        title: 1 to 120 characters; may be empty where the template has one.
        fields: typed values by field name (`domain.work_order_fields`), `custom.NAME` for a custom field; they win
            over what the template presets.
        people: initials of whom to assign.
        checklists: names of the checklists to put on it, after those of the template.
        template: name or id of an order template; empty makes a blank order.
        draft: leave it a draft even if nothing is missing; otherwise it becomes ready as soon as it can.

    Raises:
        UsageProblem: an unknown field, or a value that is none.
        NotFound: an asset, place, person, checklist or template that is not there.
        Refused: no title.
    """
    with shop.transaction() as tx:
        read = _read(shop, tx, {**(fields or {}), "title": title})
        chosen = templates.find(tx, template) if template else None
        if not read.columns["title"] and chosen is None:
            raise Refused("An order needs a title.", "Say in a few words what is to be done.")
        cleared = frozenset(name for name, value in read.columns.items() if value is None)
        given = Given(read.columns, read.sets, read.custom, cleared)
        made = fill(tx, chosen.id if chosen else None, given, release=False)
        for person in people:
            _assign(tx, made.order_id, records.find(tx, KINDS["person"], person))
        for checklist in checklists:
            _put_checklist(tx, made.order_id, checklist)
        notices = [*made.notices, *([] if draft else release(tx, made))]
        notices += _routed(tx, made.order_id, read, people, from_template=chosen is not None)
        order = reads.find(tx, made.order_id)
        parts = f" with {counted(len(made.steps), 'step')}" if made.steps else ""
        return tx.done(f"Made {order.number} {order.title}{parts}.", order.id, notices=notices)


def _routed(
    tx: Transaction, order_id: str, read: _Read, people: Sequence[str], *, from_template: bool
) -> list[str]:
    """Let the shop's routing rules decide on what nobody said; returns the sentences a person should see."""
    if not any_routing_rule(tx):
        return []
    from wotui.actions import routing  # a shop without rules does without

    said = {name for name in ("priority", "type") if from_template or read.columns.get(name)}
    said |= {"due"} if read.columns.get("due_on") else set()
    said |= {"lead"} if people or read.columns.get("lead_id") or read.columns.get("team") else set()
    return routing.route_order(tx, order_id, said)


def edit(shop: Shop, numbers: Sequence[str], fields: Mapping[str, str]) -> Done:
    """Change fields of one or many orders.

    Args:
        shop: the open shop.
        numbers: numbers or ids.
        fields: typed values by field name; an empty value clears the field.

    Raises:
        UsageProblem: an unknown field, or a value that is none.
        NotFound: an order, asset, place or person that is not there.
        Refused: a closed order, or an order without title, type or priority, or inside itself.
    """
    if not fields:
        raise UsageProblem("Nothing to change is named.", "Write FIELD=VALUE, for example due_on=fri.")
    with shop.transaction() as tx:
        orders = found(tx, numbers)
        read = _read(shop, tx, fields)
        own = {name for name in fields if _custom_name(tx, name) is not None}
        for name in ("title", "type", "priority"):
            if name in read.columns and read.columns[name] in (None, ""):
                raise Refused(f"{named(orders)} needs a {name}.", "Give it one instead of clearing it.")
        for order in orders:
            _expect_editable(order)
            _expect_no_ring(tx, order, read.columns.get("parent_id"))
            if read.columns:
                tx.update("work_order", order.id, **read.columns)
            _write_beside(tx, order, read, shop.today())
        words = [WORK_ORDER.field(name).words for name in fields if name not in own] + list(read.custom)
        return tx.done(f"Changed {listed(words)} of {named(orders)}.", *(order.id for order in orders))


def assign(shop: Shop, numbers: Sequence[str], people: Sequence[str], *, lead: str | None = None) -> Done:
    """Put exactly these people (initials) on the orders; an empty list takes everybody off.

    Raises:
        NotFound: an order or a person that is not there.
        Refused: a closed or cancelled order.
    """
    with shop.transaction() as tx:
        orders = found(tx, numbers)
        chosen = [records.find(tx, KINDS["person"], person) for person in people]
        leader = records.find(tx, KINDS["person"], lead) if lead else None
        for order in orders:
            _expect_open(order, "assigned")
            for person in reads.assignees(tx, order.id):
                if person.id not in chosen:
                    tx.remove("assignment", same_id("assignment", order.id, person.id))
            for person in dict.fromkeys(chosen):
                _assign(tx, order.id, person)
            if leader or order.lead_id not in {None, *chosen}:
                tx.update("work_order", order.id, lead_id=leader)
        names = [tx.value("SELECT name FROM person WHERE id = ?", (person,)) for person in chosen]
        sentence = f"{listed(names)} on {named(orders)}." if names else f"Nobody is on {named(orders)} now."
        return tx.done(sentence, *(order.id for order in orders))


def note(shop: Shop, number: str, text: str, *, kind: str = "note", corrects: str | None = None) -> Done:
    """Add an entry to an order's log, or correct an earlier one (both are kept).

    Raises:
        NotFound: no such order.
        Refused: no text.
    """
    words = clean(text)
    if not words:
        raise Refused("A note needs some words.", "Write what you saw or did.")
    with shop.transaction() as tx:
        order = reads.find(tx, number)
        entry = add_to_log(tx, order.id, words, kind)
        if corrects:
            tx.update("log_entry", entry, corrects_id=corrects)
        return tx.done(f"Noted on {order.number}.", order.id)


def duplicate(shop: Shop, number: str) -> Done:
    """Make the same order again: its fields, permits, trades, custom values and people, not its history.

    Raises:
        NotFound: no such order.
    """
    with shop.transaction() as tx:
        order = reads.find(tx, number)
        columns = {name: getattr(order, name) for name in _COPIED}
        due = default_due(order.priority, shop.today()).isoformat()
        identity = make(tx, "person", {**columns, "due_on": due})
        for kind in ("permit", "required_trade"):
            write_set(tx, identity, kind, reads.members(tx, order.id, kind))
        write_values(tx, identity, reads.custom_values(tx, order.id))
        for person in reads.assignees(tx, order.id):
            _assign(tx, identity, person.id)
        again = reads.find(tx, identity)
        if order.asset_id or order.place_id or order.customer_id:
            step(tx, again, "ready")
        return tx.done(f"Made {again.number}, the same as {order.number}.", identity)


def _read(shop: Shop, tx: Transaction, typed: Mapping[str, str]) -> _Read:
    currency, today = shop.setting("shop.currency"), shop.today()
    read = _Read()
    for name, text in typed.items():
        own = _custom_name(tx, name)
        if own is not None:
            read.custom[own] = text
            continue
        known = WORK_ORDER.field(name)
        value = read_field(known, text, currency, today)
        if known.type == "set":
            assert isinstance(value, tuple)
            read.sets[known.members] = value
        else:
            read.columns[known.column] = _resolved(tx, known, value)
    return read


def _resolved(tx: Transaction, known: Field, value: Value) -> Value:
    if known.type != "reference" or not isinstance(value, str):
        return value
    if known.refers_to == "work_order":
        return reads.find(tx, value).id
    return records.find(tx, KINDS[known.refers_to], value)


def _custom_name(tx: Transaction, name: str) -> str | None:
    """The own field that is meant: `custom.NAME`, or the bare key of one where no field of the order is called so."""
    if name.startswith(_CUSTOM):
        return name.removeprefix(_CUSTOM)
    try:
        WORK_ORDER.field(name)
    except UsageProblem:
        own = own_name(tx, name)
        if own is None:
            raise
        return own
    return None


def _write_beside(tx: Transaction, order: Order, read: _Read, today: date) -> None:
    for kind, elements in read.sets.items():
        write_set(tx, order.id, kind, elements)
    if read.custom:
        own = templates.own_fields(tx, order.template_id)
        write_values(tx, order.id, read_values(tx, own, read.custom, today))


def _assign(tx: Transaction, order_id: str, person_id: str) -> None:
    identity = same_id("assignment", order_id, person_id)
    tx.put("assignment", identity, work_order_id=order_id, person_id=person_id)


def _put_checklist(tx: Transaction, order_id: str, name: str) -> None:
    from wotui.actions.checklists.lists import put_on_order  # it makes follow-up orders, so it comes after us
    from wotui.store.reads import checklist_templates

    put_on_order(tx, order_id, checklist_templates.find(tx, name).id)


def _expect_editable(order: Order) -> None:
    if order.status == "closed":
        raise Refused(f"{order.number} is closed.", "Reopen it first, or add a note.")


def _expect_open(order: Order, verb: str) -> None:
    if order.status in {"closed", "cancelled"}:
        raise Refused(f"{order.number} is {order.status} and cannot be {verb}.", "Reopen it first.")


def _expect_no_ring(tx: Transaction, order: Order, parent: str | None) -> None:
    seen = parent
    while seen is not None:
        if seen == order.id:
            raise Refused(f"{order.number} cannot be a part of itself.", "Choose another order for `parent`.")
        seen = tx.value("SELECT parent_id FROM work_order WHERE id = ?", (seen,))
