"""Hours by hand: add, correct, take away. Nothing that cannot be true is recorded, nothing approved is changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wotui.actions import labor_writing as writing
from wotui.actions.labor import expect_allowed, order_named, whose
from wotui.domain import labor, wall_time
from wotui.domain.identity import new_id
from wotui.domain.labor import Break, Span, hours_minutes
from wotui.errors import Refused
from wotui.store.reads import labor as reads
from wotui.text import clean, clean_line

if TYPE_CHECKING:
    from datetime import date

    from wotui.store.file import Shop
    from wotui.store.reads.labor import Entry
    from wotui.store.transaction import Done, Transaction


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
        identity = add_times(tx, person_id, times, source=source, confirmed=confirmed)
        made = reads.find(tx, identity)
        clocked = labor.clock_range(times.start, times.end, shop.zone)
        return tx.done(
            f"Recorded {hours_minutes(made.minutes)} for {made.person}, {made.day} {clocked}.", identity
        )


def add_times(
    tx: Transaction, person_id: str, times: Times, *, source: str = "manual", confirmed: bool = False
) -> str:
    """Record a stretch of time, a step of a larger action; gives the entry's id.

    Raises:
        NotFound, Refused, UsageProblem: as `add`.
    """
    order_id, number = order_named(tx, times.order)
    kind = labor.time_type(times.time_type)
    span = Span("", person_id, times.start, times.end, kind.code, times.breaks, order=number)
    writing.check(tx, span, confirmed=confirmed)
    return writing.insert_span(tx, span, order_id=order_id, source=source, note=times.note)


def add_minutes(
    shop: Shop,
    day: date,
    minutes: int,
    *,
    person: str = "",
    order: str = "",
    time_type: str = "WORK",
    note: str = "",
) -> Done:
    """Record minutes of a workday without clock times: leave, or a quick entry on an order.

    Raises:
        NotFound: no such person or order.
        Refused: no minutes, a day to come, or more than the day has.
        UsageProblem: no such time type.
    """
    person_id = whose(shop, person)
    with shop.transaction() as tx:
        order_id, _ = order_named(tx, order)
        identity = writing.insert_amount(
            tx, person_id, day, minutes, order_id=order_id, time_type=time_type, note=note
        )
        name = tx.value("SELECT name FROM person WHERE id = ?", (person_id,))
        words = labor.time_type(time_type).words
        return tx.done(f"Recorded {hours_minutes(minutes)} {words} for {name} on {day}.", identity)


def correct(shop: Shop, entry: str, times: Times, *, confirmed: bool = False, reason: str = "") -> Done:
    """Correct an entry, or a running timer (which ends with it); what it was before stays in its history.

    An entry that a payroll batch has paid is superseded by a new one, approved, which takes a supervisor and a reason;
    the next payroll pays the difference.

    Raises:
        NotFound: no such entry or order.
        Refused: it is approved, it is somebody else's, or what it should become cannot be true.
        UsageProblem: no such time type.
    """
    with shop.transaction() as tx:
        old = reads.find(tx, entry)
        if old.start is None:
            raise Refused("This entry has no clock times.", "Remove it and add it again.")
        if not old.batch_id:
            expect_open(shop, old)
        order_id, number = order_named(tx, times.order)
        kind = labor.time_type(times.time_type)
        span = Span(old.id, old.person_id, times.start, times.end, kind.code, times.breaks, old.state, number)
        writing.check(tx, span, confirmed=confirmed)
        if old.batch_id:
            return _supersede(shop, tx, old, span, order_id, times.note, reason)
        written = {**writing.columns(span, shop.zone), "clock_suspect": None}
        tx.update("time_span", old.id, **written, work_order_id=order_id or None, note=clean(times.note))
        writing.write_breaks(tx, old.id, span.breaks)
        length = hours_minutes(times.end - times.start - span.unpaid_minutes)
        day = f"{wall_time.local(times.start, shop.zone):%Y-%m-%d}"
        return tx.done(f"Corrected {old.person}'s entry of {day}: {length}.", old.id)


def _supersede(
    shop: Shop, tx: Transaction, old: Entry, span: Span, order_id: str, note: str, reason: str
) -> Done:
    words = _locked_reason(shop, old, reason)
    fresh = replace(span, id=new_id(), state=labor.APPROVED)
    tx.remove("time_span", old.id)
    writing.put_span(tx, fresh, order_id=order_id, source="manual", note=note)
    approver = shop.acting and shop.acting.id
    tx.update("time_span", fresh.id, supersedes=old.id, approved_by=approver, approved_at=tx.at)
    _say_why(tx, "time_span", fresh.id, words)
    sentence = (
        f"Corrected {old.person}'s paid entry of {old.day}: {words}. The next payroll pays the difference."
    )
    return tx.done(sentence, fresh.id)


def _locked_reason(shop: Shop, old: Entry, reason: str) -> str:
    """The reason for changing what is paid already.

    Raises:
        Refused: none is given, or the acting person is no supervisor.
    """
    shop.require("correct hours that are in an exported payroll", "supervisor")
    words = clean_line(reason)
    if not words:
        raise Refused(
            f"{old.person}'s entry of {old.day} is in an exported payroll.",
            "Correct it with a reason (--reason); the next payroll pays the difference.",
        )
    return words


def _say_why(tx: Transaction, table: str, identity: str, words: str) -> None:
    tx.insert(
        "log_entry", parent_kind=table, parent_id=identity, kind="system", text=f"Corrected after payroll: {words}",
        by_id=tx.acting and tx.acting.id, at=tx.at,
    )  # fmt: skip


def remove(shop: Shop, entry: str, *, reason: str = "") -> Done:
    """Take an entry away; undo brings it back. One that is paid takes a supervisor and a reason.

    Raises:
        NotFound: no such entry.
        Refused: it is approved, or somebody else's.
    """
    with shop.transaction() as tx:
        old = reads.find(tx, entry)
        if old.batch_id:
            _say_why(tx, old.table, old.id, _locked_reason(shop, old, reason))
        else:
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
