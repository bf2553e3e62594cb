"""Finishing an order: what was found and done, how it ended, who signed for it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wotui.actions import labor
from wotui.actions.checklists.signing import signed_by
from wotui.actions.lifecycle import expect
from wotui.actions.orders import add_to_log, found, make, named, step
from wotui.actions.relations import connect
from wotui.domain import work_orders as rules
from wotui.domain.due_dates import default_due
from wotui.domain.identity import same_id
from wotui.domain.labor import hours_minutes
from wotui.errors import Refused, UsageProblem
from wotui.store.reads import lifecycle as facts_of
from wotui.store.reads import work_orders as reads
from wotui.text import clean, clean_line, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wotui.store.file import Shop
    from wotui.store.reads.work_orders import Order
    from wotui.store.transaction import Done, Transaction

_BEFORE_WORK = ("ready", "scheduled")


def finish(
    shop: Shop,
    numbers: Sequence[str],
    *,
    outcome: str = "fixed",
    note: str = "",
    minutes: int | None = None,
    stop_timers: bool = False,
) -> Done:
    """Report orders as done.

    Args:
        shop: the open shop.
        numbers: numbers or ids.
        outcome: one of `domain.work_orders.OUTCOMES`.
        note: what was found and done; required for corrective orders unless it is there already.
        minutes: labor to log for the acting person, asked for when an order that was never started has none.
        stop_timers: also stop other people's timers; the acting person's own is always stopped.

    Raises:
        UsageProblem: an unknown outcome.
        NotFound: no such order.
        Refused: something is missing; names all of it.
    """
    if outcome not in rules.OUTCOMES:
        raise UsageProblem(
            f"{clean_line(outcome, 40)} is no outcome.", f"It is one of {listed(rules.OUTCOMES, 'or')}."
        )
    with shop.transaction() as tx:
        orders = found(tx, numbers)
        notices: list[str] = []
        for order in orders:
            notices += _finish_one(shop, tx, order, outcome, clean(note), minutes, stop_timers=stop_timers)
        return tx.done(f"{named(orders)} done.", *(order.id for order in orders), notices=notices)


def sign_off(shop: Shop, number: str, *, name: str, role: str, pin: str = "") -> Done:
    """Sign an order off with a typed name and that person's PIN; a customer has none.

    Raises:
        UsageProblem: an unknown role.
        NotFound: no such order, or nobody active has this name.
        Refused: no name, a person without the role, a wrong PIN, or a closed or cancelled order.
    """
    if role not in rules.SIGNING_ROLES:
        raise UsageProblem(
            f"{clean_line(role, 40)} cannot sign.", f"It is one of {listed(rules.SIGNING_ROLES, 'or')}."
        )
    with shop.transaction() as tx:
        order = reads.find(tx, number)
        if order.status in ("closed", "cancelled"):
            raise Refused(
                f"{order.number} is {order.status}.", f"Reopen it first (wotui reopen {order.number})."
            )
        signer, notices = signed_by(tx, name, pin, role)
        tx.update("work_order", order.id, signed_by=signer, signed_at=tx.at, signed_role=role)
        add_to_log(tx, order.id, f"Signed off by {signer} ({role}).", "system")
        return tx.done(f"{signer} signed off {order.number}.", order.id, notices=notices)


def _finish_one(
    shop: Shop,
    tx: Transaction,
    order: Order,
    outcome: str,
    note: str,
    minutes: int | None,
    *,
    stop_timers: bool,
) -> list[str]:
    notices: list[str] = []
    if stop_timers:
        notices += labor.stop_timers_on(tx, order.id)
    elif tx.acting and (tx.acting.id, tx.acting.initials) in facts_of.running(tx, order.id):
        stopped = labor.stop_timer(tx, tx.acting.id) or 0
        notices.append(f"Stopped your timer on {order.number} after {hours_minutes(stopped)}.")
    if minutes:
        labor.log_minutes(tx, shop.somebody().id, order.id, minutes)
    tx.update("work_order", order.id, outcome=outcome, **({"completion_note": note} if note else {}))
    current = reads.find(tx, order.id)
    facts = facts_of.facts(tx, current)
    if facts.status in _BEFORE_WORK and not facts.minutes and minutes is None:
        facts = replace(facts, unanswered=(*facts.unanswered, "the minutes it took (0 if none)"))
    expect(current, facts, "done")
    if current.status == "on_hold":
        tx.update("work_order", order.id, hold_reason=None, hold_until=None)
    step(tx, current, "done", note=note)
    notices += _for_plans(shop, tx, current)
    if outcome == "temporary_fix":
        notices.append(_follow_up(shop, tx, current))
    return notices


def _for_plans(shop: Shop, tx: Transaction, order: Order) -> list[str]:
    """The date of a maintenance plan is settled, and the next may come due."""
    if not reads.has_plans(tx):
        return []
    from wotui.actions.plans import settling  # it makes orders too, so it comes after us

    return settling.finished(shop, tx, reads.find(tx, order.id))


def _follow_up(shop: Shop, tx: Transaction, order: Order) -> str:
    """A temporary fix asks for a lasting one: the same order on two laptops makes the same follow-up."""
    identity = same_id("temporary_fix", order.id)
    if tx.one("SELECT 1 FROM work_order WHERE id = ?", (identity,)):
        tx.update("work_order", identity, deleted_at=None)
    else:
        columns = {
            "title": clean_line(f"Lasting repair: {order.title}"),
            "description": order.completion_note,
            "type": "corrective",
            "priority": order.priority,
            "asset_id": order.asset_id,
            "place_id": order.place_id,
            "customer_id": order.customer_id,
            "due_on": default_due(order.priority, shop.today()).isoformat(),
        }
        make(tx, "follow_up", columns, identity)
        connect(tx, identity, "follow_up_of", order.id)
        step(tx, reads.find(tx, identity), "ready")
    return f"Made {reads.find(tx, identity).number} for the lasting repair."
