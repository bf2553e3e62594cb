"""Hours: the timer, entries by hand, corrections. One timer per person; nothing that cannot be true is recorded.

Functions that take a transaction are steps of a larger action (starting an order also starts the timer).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wotui import clock
from wotui.domain import labor, labor_rules, wall_time
from wotui.domain.labor import Break, Span, hours_minutes
from wotui.domain.record_kinds import KINDS
from wotui.errors import NotFound, Refused
from wotui.store.reads import labor as reads
from wotui.store.reads import records
from wotui.store.reads import work_orders as orders
from wotui.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from wotui.store.file import Shop
    from wotui.store.reads.labor import Entry
    from wotui.store.transaction import Done, Transaction

_CATEGORIES = {"WORK": "work", "TRAVEL": "travel", "TRAINING": "training"}


@dataclass(frozen=True, slots=True)
class Times:
    """A stretch of time to record.

    Attributes:
        start: minutes since the epoch, UTC.
        end: the same.
        breaks: unpaid breaks inside it.
        order: a work order's number or id; empty for indirect time.
        time_type: one of `labor.TIME_TYPES`; empty means WORK.
        note: free text.
    """

    start: int
    end: int
    breaks: tuple[Break, ...] = ()
    order: str = ""
    time_type: str = "WORK"
    note: str = ""


def present() -> int:
    """The present minute since the epoch."""
    return wall_time.minute_of(clock.now())


def whose(shop: Shop, person: str = "") -> str:
    """The id of the person whose hours are meant: by initials, or who acts.

    Raises:
        NotFound: nobody has these initials.
        Refused: nobody is named, or somebody who is no supervisor touches another person's hours.
    """
    if not person:
        return shop.somebody().id
    identity = records.find(shop, KINDS["person"], person)
    expect_allowed(shop, identity)
    return identity


def expect_allowed(shop: Shop, person_id: str) -> None:
    """Refuse unless the hours are the acting person's own, or a supervisor acts.

    Raises:
        Refused: names the role.
    """
    if shop.acting is not None and shop.acting.id != person_id:
        shop.require("change somebody else's hours", "supervisor")


# the timer


def start_timer(
    tx: Transaction, shop: Shop, person_id: str, order_id: str = "", time_type: str = "WORK"
) -> list[str]:
    """Start a person's timer, and stop the one that runs; a step of a larger action.

    Returns:
        Sentences to show: which timer was stopped, or that this one ran already.

    Raises:
        Refused: an entry of the same person ends later than now, or the running timer is too old to be stopped now.
    """
    zone, now, kind = shop.zone, present(), labor.time_type(time_type)
    notices: list[str] = []
    for old in reads.running(tx, reads.calendar(shop), person_id):
        if order_id and tx.value("SELECT work_order_id FROM time_span WHERE id = ?", (old.id,)) == order_id:
            return [f"The timer runs already, since {_clock(old.start, zone)}."]
        notices.append(_stop(tx, old, now, zone, confirmed=False))
    fresh = Span("", person_id, now, None, kind.code)
    later = [
        one.span
        for one in reads.between(tx, reads.calendar(shop), now, now + labor_rules.FUTURE_ALLOWANCE, person_id)
    ]
    labor_rules.check_overlap(fresh, later, now=now + labor_rules.FUTURE_ALLOWANCE, zone=zone)
    _insert(tx, fresh, zone, order_id=order_id, source="timer")
    return notices


def stop_timer(
    tx: Transaction,
    shop: Shop,
    person_id: str,
    *,
    order_id: str = "",
    at: int | None = None,
    confirmed: bool = False,
) -> list[str]:
    """Stop a person's timer (only the one on `order_id`, when given); a step of a larger action.

    Args:
        tx: the open transaction.
        shop: the open shop.
        person_id: whose timer.
        order_id: leave a timer on anything else alone.
        at: when the work ended, minutes since the epoch; now when not given.
        confirmed: more than 16 hours is right.

    Returns:
        One sentence per stopped timer; none when none ran.

    Raises:
        Refused: longer than 24 hours, or than 16 and not confirmed, or `at` lies before its start or in the future.
    """
    stopped: list[str] = []
    for old in reads.running(tx, reads.calendar(shop), person_id):
        mine = (
            not order_id
            or tx.value("SELECT work_order_id FROM time_span WHERE id = ?", (old.id,)) == order_id
        )
        if mine:
            stopped.append(_stop(tx, old, present() if at is None else at, shop.zone, confirmed=confirmed))
    return stopped


def _stop(tx: Transaction, old: Entry, at: int, zone: ZoneInfo, *, confirmed: bool) -> str:
    begun = old.span
    where = f" on {old.order}" if old.order else ""
    if at == begun.start:
        tx.remove("time_span", old.id)
        return f"Stopped the timer{where}: under a minute, nothing was recorded."
    ended = Span(
        begun.id, begun.person, begun.start, at, begun.time_type, begun.breaks, begun.state, begun.order
    )
    since = f"{wall_time.local(begun.start, zone):%a %Y-%m-%d %H:%M}"
    try:
        labor_rules.check_span(ended, now=present(), zone=zone, confirmed=confirmed)
    except labor_rules.LongSpan as long:
        raise labor_rules.LongSpan(
            f"The timer{where} runs since {since}: {long.what}", long.way_out
        ) from None
    except Refused as refusal:
        what = f"{old.person}'s timer{where} runs since {since}: {refusal.what}"
        raise Refused(
            what, "Say when the work ended: `wotui time stop --at TIME`, or enter on the Time screen."
        ) from None
    others = [one.span for one in _others(tx, ended, zone)]
    labor_rules.check_overlap(ended, others, now=present(), zone=zone)
    tx.update("time_span", old.id, end_minute=at, end_offset=wall_time.offset_of(at, zone))
    return f"Stopped the timer{where} after {hours_minutes(at - begun.start - begun.unpaid_minutes)}."


def start(shop: Shop, order: str = "", *, person: str = "", time_type: str = "WORK") -> Done:
    """Start a timer, on an order or on none (indirect time).

    Raises:
        NotFound: no such order or person.
        Refused: nobody is named; as `start_timer`.
    """
    person_id = whose(shop, person)
    with shop.transaction() as tx:
        order_id, number = _order(tx, order)
        notices = start_timer(tx, shop, person_id, order_id, time_type)
        where = f" on {number}" if number else ""
        return tx.done(f"Started the timer{where}.", *filter(None, [order_id]), notices=notices)


def stop(shop: Shop, *, person: str = "", at: int | None = None, confirmed: bool = False) -> Done:
    """Stop the timer that runs.

    Raises:
        Refused: none runs; as `stop_timer`.
        NotFound: no such person.
    """
    person_id = whose(shop, person)
    with shop.transaction() as tx:
        stopped = stop_timer(tx, shop, person_id, at=at, confirmed=confirmed)
        if not stopped:
            raise Refused("No timer runs.", "Start one on an order, or add the time by hand.")
        return tx.done(" ".join(stopped))


# by hand


def add(
    shop: Shop, times: Times, *, person: str = "", source: str = "manual", confirmed: bool = False
) -> Done:
    """Record a stretch of time by hand.

    Raises:
        NotFound: no such person or order.
        Refused: it cannot be true (see `labor_rules`), or overlaps another entry.
        UsageProblem: no such time type.
    """
    person_id = whose(shop, person)
    with shop.transaction() as tx:
        identity = add_times(tx, shop, person_id, times, source=source, confirmed=confirmed)
        name = tx.value("SELECT name FROM person WHERE id = ?", (person_id,))
        length = times.end - times.start - sum(item.minutes for item in times.breaks)
        day = f"{wall_time.local(times.start, shop.zone):%Y-%m-%d}"
        span = labor.clock_range(times.start, times.end, shop.zone)
        return tx.done(f"Recorded {hours_minutes(length)} for {name}, {day} {span}.", identity)


def add_times(
    tx: Transaction,
    shop: Shop,
    person_id: str,
    times: Times,
    *,
    source: str = "manual",
    confirmed: bool = False,
) -> str:
    """Record a stretch of time, a step of a larger action; gives the entry's id.

    Raises:
        NotFound, Refused, UsageProblem: as `add`.
    """
    zone = shop.zone
    order_id, number = _order(tx, times.order)
    kind = labor.time_type(times.time_type)
    span = Span("", person_id, times.start, times.end, kind.code, times.breaks, order=number)
    _check(tx, span, zone, confirmed=confirmed)
    return _insert(tx, span, zone, order_id=order_id, source=source, note=clean(times.note))


def correct(shop: Shop, entry: str, times: Times, *, confirmed: bool = False) -> Done:
    """Correct an entry, or a running timer (which ends with it); what it was before stays in its history.

    Raises:
        NotFound: no such entry or order.
        Refused: it is approved, it is somebody else's, or what it should become cannot be true.
    """
    with shop.transaction() as tx:
        old = reads.find(shop, tx, entry)
        if old.start is None:
            raise Refused("This entry has no clock times.", "Remove it and add it again.")
        expect_open(shop, old)
        order_id, number = _order(tx, times.order)
        kind = labor.time_type(times.time_type)
        span = Span(old.id, old.person_id, times.start, times.end, kind.code, times.breaks, old.state, number)
        _check(tx, span, shop.zone, confirmed=confirmed)
        tx.update(
            "time_span",
            old.id,
            **_columns(span, shop.zone),
            work_order_id=order_id or None,
            note=clean(times.note),
        )
        _write_breaks(tx, old.id, span.breaks)
        length = hours_minutes(times.end - times.start - span.unpaid_minutes)
        return tx.done(f"Corrected {old.person}'s entry of {old.day}: {length}.", old.id)


def remove(shop: Shop, entry: str) -> Done:
    """Take an entry away; undo brings it back.

    Raises:
        NotFound: no such entry.
        Refused: it is approved, or somebody else's.
    """
    with shop.transaction() as tx:
        old = reads.find(shop, tx, entry)
        expect_open(shop, old)
        tx.remove(old.table, old.id)
        return tx.done(f"Removed {old.person}'s entry of {old.day} ({hours_minutes(old.minutes)}).", old.id)


def expect_open(shop: Shop, entry: Entry) -> None:
    """Refuse to change what is approved, submitted or somebody else's.

    Raises:
        Refused: names the state and the way out.
    """
    expect_allowed(shop, entry.person_id)
    if entry.state == labor.APPROVED:
        raise Refused(
            f"{entry.person}'s entry of {entry.day} is approved.", "Send it back first, with a reason."
        )
    if entry.state == labor.SUBMITTED:
        shop.require("change a submitted entry", "supervisor")


def _check(tx: Transaction, span: Span, zone: ZoneInfo, *, confirmed: bool) -> None:
    labor_rules.check_span(span, now=present(), zone=zone, confirmed=confirmed)
    others = [one.span for one in _others(tx, span, zone)]
    labor_rules.check_overlap(span, others, now=present(), zone=zone)


def _others(tx: Transaction, span: Span, zone: ZoneInfo) -> Sequence[Entry]:
    end = present() if span.end is None else span.end
    days = reads.WorkCalendar(zone, 0)
    return [one for one in reads.between(tx, days, span.start, end, span.person) if one.id != span.id]


def _order(tx: Transaction, order: str) -> tuple[str, str]:
    """The id and number of a typed order; both empty for none.

    Raises:
        NotFound: no such order.
    """
    if not order:
        return "", ""
    identity = orders.find(tx, order).id
    return identity, tx.value("SELECT number FROM work_order WHERE id = ?", (identity,)) or ""


def _insert(
    tx: Transaction, span: Span, zone: ZoneInfo, *, order_id: str, source: str, note: str = ""
) -> str:
    if tx.one("SELECT 1 FROM person WHERE id = ? AND deleted_at IS NULL", (span.person,)) is None:
        raise NotFound("The person is no longer there.")
    identity = tx.insert(
        "time_span",
        person_id=span.person,
        work_order_id=order_id or None,
        source=source,
        device=tx.origin,
        note=note,
        state=labor.DRAFT,
        **_columns(span, zone),
    )
    _write_breaks(tx, identity, span.breaks)
    return identity


def _columns(span: Span, zone: ZoneInfo) -> dict[str, object]:
    return {
        "time_type": span.time_type,
        "category": _CATEGORIES.get(span.time_type),
        "start_minute": span.start,
        "end_minute": span.end,
        "zone": zone.key,
        "start_offset": wall_time.offset_of(span.start, zone),
        "end_offset": None if span.end is None else wall_time.offset_of(span.end, zone),
    }


def _write_breaks(tx: Transaction, span_id: str, breaks: Sequence[Break]) -> None:
    wanted = {(item.start, item.end): item for item in breaks}
    stored = tx.rows(
        "SELECT id, start_minute, end_minute FROM time_break WHERE span_id = ? AND deleted_at IS NULL",
        (span_id,),
    )
    for identity, start, end in stored:
        if wanted.pop((start, end), None) is None:
            tx.remove("time_break", identity)
    for item in wanted.values():
        tx.insert("time_break", span_id=span_id, start_minute=item.start, end_minute=item.end, kind=item.kind)
