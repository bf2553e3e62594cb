"""The timer: one per person, which runs on through restarts and sleep because it is only a start that was written down.

Functions that take a transaction are steps of a larger action: starting an order also starts the timer.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wotui import clock
from wotui.actions import labor_writing as writing
from wotui.actions.labor_writing import present
from wotui.domain import labor, labor_rules, wall_time
from wotui.domain.labor import Span, hours_minutes
from wotui.domain.record_kinds import kind_named
from wotui.errors import Refused
from wotui.store.reads import labor as reads
from wotui.store.reads import records, work_calendar, work_orders

if TYPE_CHECKING:
    from wotui.store.file import Shop
    from wotui.store.reading import Reads
    from wotui.store.reads.labor import Entry
    from wotui.store.transaction import Done, Transaction


def whose(shop: Shop, person: str = "") -> str:
    """The id of the person whose hours are meant: by initials, or who acts.

    Raises:
        NotFound: nobody has these initials.
        Refused: nobody is named, or somebody who is no supervisor touches another person's hours.
    """
    if not person:
        return shop.somebody().id
    identity = records.find(shop, kind_named("person"), person)
    expect_allowed(shop, identity)
    return identity


def expect_allowed(shop: Shop, person_id: str) -> None:
    """Refuse unless the hours are the acting person's own, or a supervisor acts.

    Raises:
        Refused: names the role.
    """
    if shop.acting is not None and shop.acting.id != person_id:
        shop.require("change somebody else's hours", "supervisor")


def start_timer(tx: Transaction, person_id: str, order_id: str = "", time_type: str = "WORK") -> list[str]:
    """Start a person's timer, and stop the one that runs; a step of a larger action.

    Returns:
        Sentences to show: which timer was stopped, or that this one ran already.

    Raises:
        Refused: an entry of the same person ends later than now, or the running timer is too old to end now.
    """
    days, now, notices = work_calendar.calendar(tx), present(), list[str]()
    for old in reads.running(tx, days, person_id):
        if order_id and old.order_id == order_id:
            return [f"The timer runs already, since {wall_time.local(old.span.start, days.zone):%H:%M}."]
        minutes = _stop(tx, old, now, confirmed=False)
        notices.append(f"Stopped the timer{_on(old)} after {hours_minutes(minutes)}.")
    soon = now + labor_rules.FUTURE_ALLOWANCE
    fresh = Span("", person_id, now, None, labor.time_type(time_type).code)
    later = [one.span for one in reads.between(tx, days, now, soon, person_id)]
    labor_rules.check_overlap(fresh, later, now=soon, zone=days.zone)
    writing.insert_span(tx, fresh, order_id=order_id, source="timer")
    return notices


def stop_timer(
    tx: Transaction, person_id: str, *, at: int | None = None, confirmed: bool = False
) -> int | None:
    """Stop a person's timer; a step of a larger action.

    Args:
        tx: the open transaction.
        person_id: whose timer.
        at: when the work ended, minutes since the epoch; now when not given.
        confirmed: more than 16 hours is right.

    Returns:
        The minutes it recorded (0 when stopped within the minute, which records nothing), None when none ran.

    Raises:
        Refused: longer than 24 hours, or than 16 and not confirmed, or `at` lies before its start or in the future.
    """
    running = reads.running(tx, work_calendar.calendar(tx), person_id)
    if not running:
        return None
    return sum(_stop(tx, old, present() if at is None else at, confirmed=confirmed) for old in running)


def stop_timers_on(tx: Transaction, order_id: str) -> list[str]:
    """Stop every timer that runs on an order; a step of a larger action.

    Returns:
        One sentence per stopped timer.

    Raises:
        Refused: as `stop_timer`.
    """
    now, running = present(), reads.running(tx, work_calendar.calendar(tx))
    return [
        f"Stopped {old.person}'s timer after {hours_minutes(_stop(tx, old, now, confirmed=False))}."
        for old in running
        if old.order_id == order_id
    ]


def log_minutes(tx: Transaction, person_id: str, order_id: str, minutes: int) -> str:
    """Record minutes of work done today on an order; a step of a larger action. Gives the entry's id.

    Raises:
        Refused: more than the day has, or no minutes.
    """
    today = clock.today(work_calendar.calendar(tx).zone)
    return writing.insert_amount(tx, person_id, today, minutes, order_id=order_id)


def _stop(tx: Transaction, old: Entry, at: int, *, confirmed: bool) -> int:
    begun, zone = old.span, work_calendar.calendar(tx).zone
    if at == begun.start:
        tx.remove("time_span", old.id)
        return 0
    ended = replace(begun, end=at)
    since = f"{wall_time.local(begun.start, zone):%a %Y-%m-%d %H:%M}"
    try:
        writing.check(tx, ended, confirmed=confirmed)
    except Refused as refusal:
        # The person meant to stop it now; say which timer it is, and how to say when the work really ended.
        what = f"{old.person}'s timer{_on(old)} runs since {since}. {refusal.what}"
        way_out = "Say when the work ended: wotui time stop --at TIME, or correct it on the Time screen."
        kind = labor_rules.LongSpan if isinstance(refusal, labor_rules.LongSpan) else Refused
        raise kind(what, way_out) from None
    tx.update("time_span", old.id, end_minute=at, end_offset=wall_time.offset_of(at, zone))
    if writing.clock_went_back(tx):
        tx.update("time_span", old.id, clock_suspect=1)
    return at - begun.start - begun.unpaid_minutes


def _on(entry: Entry) -> str:
    return f" on {entry.order}" if entry.order else ""


def start(shop: Shop, order: str = "", *, person: str = "", time_type: str = "WORK") -> Done:
    """Start a timer, on an order or on none (indirect time).

    Raises:
        NotFound: no such order or person.
        Refused: nobody is named; as `start_timer`.
        UsageProblem: no such time type.
    """
    person_id = whose(shop, person)
    with shop.transaction() as tx:
        order_id, number = order_named(tx, order)
        notices = start_timer(tx, person_id, order_id, time_type)
        return tx.done(f"Started the timer{f' on {number}' if number else ''}.", notices=notices)


def stop(shop: Shop, *, person: str = "", at: int | None = None, confirmed: bool = False) -> Done:
    """Stop the timer that runs.

    Raises:
        Refused: none runs; as `stop_timer`.
        NotFound: no such person.
    """
    person_id = whose(shop, person)
    with shop.transaction() as tx:
        running = reads.running(tx, work_calendar.calendar(tx), person_id)
        minutes = stop_timer(tx, person_id, at=at, confirmed=confirmed)
        if minutes is None:
            raise Refused("No timer runs.", "Start one on an order, or add the time by hand.")
        after = hours_minutes(minutes) if minutes else "less than a minute: nothing was recorded"
        return tx.done(f"Stopped the timer{_on(running[0])} after {after}.", *(one.id for one in running))


def order_named(knows: Reads, order: str) -> tuple[str, str]:
    """The id and number of a typed order; both empty for none.

    Raises:
        NotFound: no such order.
    """
    if not order.strip():
        return "", ""
    found = work_orders.find(knows, order)
    return found.id, found.number
