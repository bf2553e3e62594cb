"""Steps of work orders through their lifecycle: each checks the guards of `domain.work_orders` and says what
is missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.actions import labor
from wotui.actions.orders import add_to_log, found, named, step
from wotui.actions.sets import add_element
from wotui.domain import work_orders as rules
from wotui.domain.labor import hours_minutes
from wotui.domain.work_order_fields import WORK_ORDER, one_day
from wotui.errors import Refused
from wotui.store.reads import lifecycle as facts_of
from wotui.store.reads import work_orders as reads
from wotui.text import clean, clean_line, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wotui.store.file import Shop
    from wotui.store.reads.work_orders import Order
    from wotui.store.transaction import Done, Transaction


def make_ready(shop: Shop, numbers: Sequence[str]) -> Done:
    """Release drafts, take orders off hold, or take them off the plan.

    Raises:
        NotFound: no such order.
        Refused: the step is not possible, or something is missing.
    """
    with shop.transaction() as tx:
        orders = found(tx, numbers)
        for order in orders:
            go(tx, order, "ready")
        return tx.done(f"{named(orders)} ready.", *(order.id for order in orders))


def plan(shop: Shop, numbers: Sequence[str], on: str, at: str = "") -> Done:
    """Commit orders to a day (and a time of day).

    Raises:
        UsageProblem: not a day.
        NotFound: no such order.
        Refused: the acting person may not plan, nobody is on the order, or the step is not possible.
    """
    shop.require("plan orders", "supervisor")
    with shop.transaction() as tx:
        orders = found(tx, numbers)
        day = one_day(WORK_ORDER.field("planned_on"), on, shop.today())
        for order in orders:
            tx.update("work_order", order.id, planned_on=day, planned_time=at or None)
            if order.status != "scheduled":
                go(tx, reads.find(tx, order.id), "scheduled")
        return tx.done(f"{named(orders)} planned for {day}.", *(order.id for order in orders))


def start(shop: Shop, numbers: Sequence[str], *, timer: bool = True, note: str = "") -> Done:
    """Begin or resume work, and run the acting person's timer on the (last) order.

    Raises:
        NotFound: no such order.
        Refused: nobody acts, the step is not possible, or something is missing.
    """
    person = shop.somebody() if timer else shop.acting
    with shop.transaction() as tx:
        orders = found(tx, numbers)
        begun = [order for order in orders if order.status != "in_progress"]
        for order in begun:
            go(tx, order, "in_progress")
        notices = labor.start_timer(tx, person.id, orders[-1].id) if timer and person else []
        _log(tx, orders, note)
        sentence = f"Started {named(begun)}." if begun else f"{named(orders)} was in progress already."
        if timer and not any("already" in notice for notice in notices):
            sentence += " Your timer runs."
        return tx.done(sentence, *(order.id for order in orders), notices=notices)


def pause(shop: Shop, numbers: Sequence[str], *, note: str = "") -> Done:
    """Stop the acting person's timer on the orders; they stay in progress.

    Raises:
        NotFound: no such order.
        Refused: nobody acts, or no timer of theirs runs there.
    """
    person = shop.somebody()
    with shop.transaction() as tx:
        orders = found(tx, numbers)
        running = [
            order for order in orders if (person.id, person.initials) in facts_of.running(tx, order.id)
        ]
        if not running:
            raise Refused(f"No timer of yours runs on {named(orders)}.", "Start it first.")
        minutes = labor.stop_timer(tx, person.id) or 0
        _log(tx, running, note)
        return tx.done(
            f"Stopped your timer on {named(running)} after {hours_minutes(minutes)}.",
            *(order.id for order in running),
        )


def hold(shop: Shop, numbers: Sequence[str], reason: str, *, note: str = "", until: str = "") -> Done:
    """Put orders on hold and stop the timers that run on them.

    Args:
        shop: the open shop.
        numbers: numbers or ids.
        reason: one of `domain.work_orders.HOLD_REASONS`; any other words count as `other` with these words.
        note: further words; kept in the log.
        until: the day that brings it back to the inbox; empty for none.

    Raises:
        UsageProblem: not a day.
        NotFound: no such order.
        Refused: no reason, or the step is not possible.
    """
    words = clean_line(reason)
    code = words.casefold() if words.casefold() in rules.HOLD_REASONS else "other" if words else ""
    said = clean(note) or ("" if code == words.casefold() else words)
    with shop.transaction() as tx:
        orders = found(tx, numbers)
        day = one_day(WORK_ORDER.field("hold_until"), until, shop.today()) if until.strip() else None
        notices: list[str] = []
        for order in orders:
            notices += labor.stop_timers_on(tx, order.id)
            facts = facts_of.facts(tx, order, reason=said, hold_reason=code)
            expect(order, facts, "on_hold")
            tx.update("work_order", order.id, hold_reason=code, hold_until=day)
            step(tx, order, "on_hold", reason=code, note=said)
        return tx.done(
            f"{named(orders)} on hold: {words or code}.", *(order.id for order in orders), notices=notices
        )


def close(shop: Shop, numbers: Sequence[str], *, note: str = "") -> Done:
    """Close finished orders after review.

    Raises:
        NotFound: no such order.
        Refused: the acting person may not, or the order is not done.
    """
    shop.require("close orders", "supervisor")
    with shop.transaction() as tx:
        orders = found(tx, numbers)
        for order in orders:
            go(tx, order, "closed")
        _log(tx, orders, note)
        return tx.done(f"Closed {named(orders)}.", *(order.id for order in orders))


def reopen(shop: Shop, numbers: Sequence[str], reason: str, *, note: str = "") -> Done:
    """Bring orders back: done and closed ones into work, cancelled ones to ready.

    Raises:
        NotFound: no such order.
        Refused: no reason, the acting person may not (a closed one takes a supervisor), or it is open.
    """
    from wotui.actions.plans import settling  # it makes orders too, so it comes after us

    with shop.transaction() as tx:
        orders = found(tx, numbers)
        for order in orders:
            if order.status in rules.OPEN:
                raise Refused(
                    f"{order.number} is {rules.STATUS_WORDS[order.status]}; there is nothing to reopen."
                )
            if order.status == "closed":
                shop.require("reopen closed orders", "supervisor")
            go(tx, order, "ready" if order.status == "cancelled" else "in_progress", reason=reason)
            if reads.has_plans(tx):
                settling.reopened(shop, tx, order)
        _log(tx, orders, note)
        return tx.done(f"Reopened {named(orders)}.", *(order.id for order in orders))


def cancel(shop: Shop, numbers: Sequence[str], reason: str, *, note: str = "", plan: str = "") -> Done:
    """Cancel orders on which nothing was reported yet.

    Args:
        shop: the open shop.
        numbers: numbers or ids.
        reason: why.
        note: further words; kept in the log.
        plan: for orders of a maintenance plan: `skip` leaves this date out, `again` makes another order for it.

    Raises:
        plans.AsksPlan: an order comes from a maintenance plan, and `plan` says nothing.
        NotFound: no such order.
        Refused: no reason, or work was reported (finish it as not done instead), or the acting person may
        not.
    """
    from wotui.actions.plans import settling  # it makes orders too, so it comes after us

    shop.require("cancel orders", "supervisor")
    with shop.transaction() as tx:
        orders, notices = found(tx, numbers), list[str]()
        for order in orders:
            done_something = order.status == "in_progress" or facts_of.actuals(tx, order.id)
            if done_something and order.status in rules.OPEN:
                raise Refused(
                    f"{order.number} cannot be cancelled: work on it has begun.",
                    "Finish it with the outcome not done or partly done.",
                )
            go(tx, order, "cancelled", reason=reason)
            if reads.has_plans(tx):
                notices += settling.cancelled(shop, tx, order, plan, clean_line(reason))
        _log(tx, orders, note)
        return tx.done(f"Cancelled {named(orders)}.", *(order.id for order in orders), notices=notices)


def back_to_draft(shop: Shop, number: str) -> Done:
    """Take a ready order back to draft.

    Raises:
        NotFound: no such order.
        Refused: the step is not possible, or something was reported on it.
    """
    with shop.transaction() as tx:
        order = reads.find(tx, number)
        go(tx, order, "draft")
        return tx.done(f"{order.number} is a draft again.", order.id)


def tick_permit(shop: Shop, number: str, permit: str) -> Done:
    """Confirm by name that a permit of the order is in place.

    Raises:
        NotFound: no such order.
        Refused: nobody acts, or the order does not ask for this permit.
    """
    person = shop.somebody()
    with shop.transaction() as tx:
        order = reads.find(tx, number)
        permits = reads.members(tx, order.id, "permit")
        if permit not in permits:
            raise Refused(
                f"{order.number} asks for no permit {clean_line(permit, 40)}.",
                f"It asks for {listed(permits)}." if permits else "It asks for none.",
            )
        add_element(tx, order.id, "permit_ticked", permit)
        add_to_log(tx, order.id, f"Permit in place: {permit} ({person.name}).", "system")
        return tx.done(f"{person.name} ticked the permit {permit} on {order.number}.", order.id)


def _log(tx: Transaction, orders: Sequence[Order], note: str) -> None:
    words = clean(note)
    for order in orders if words else ():
        add_to_log(tx, order.id, words)


def go(tx: Transaction, order: Order, to: str, *, reason: str = "") -> None:
    """Take one step of an order's lifecycle, as a step of a larger action.

    Raises:
        Refused: the step is not possible, or something is missing; names the order, the step and all that is missing.
    """
    words = clean(reason)
    expect(order, facts_of.facts(tx, order, reason=words), to)
    if order.status == "on_hold":
        tx.update("work_order", order.id, hold_reason=None, hold_until=None)
    step(tx, order, to, reason=words)


def expect(order: Order, facts: rules.Facts, to: str) -> None:
    """Refuse a step that is not possible, or for which something is missing.

    Raises:
        Refused: names the order, the step and everything that is missing.
    """
    goal = rules.STATUS_WORDS[to]
    if to not in rules.next_statuses(order.status):
        onward = [rules.STATUS_WORDS[status] for status in rules.next_statuses(order.status)]
        raise Refused(
            f"{order.number} is {rules.STATUS_WORDS[order.status]} and cannot become {goal}.",
            f"From there it can become {listed(onward, 'or')}.",
        )
    missing = rules.obstacles(facts, to)
    if missing == ("a reason",) and order.status not in rules.OPEN:
        raise Refused(
            f"{order.number} is {rules.STATUS_WORDS[order.status]}.", "Reopen it first, and say why."
        )
    if missing:
        raise Refused(f"{order.number} cannot become {goal} yet.", f"It needs {listed(missing)}.")
