"""How hours are written down: the steps inside a transaction that the timer, entries by hand and imports share."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wotui import clock
from wotui.domain import labor, labor_rules, wall_time
from wotui.domain.identity import new_id
from wotui.domain.payroll.pieces import pieces
from wotui.domain.payroll.rules import RuleSet
from wotui.errors import NotFound, Refused
from wotui.store.reads import labor as reads
from wotui.store.reads import work_calendar
from wotui.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

    from wotui.domain.labor import Break, Span
    from wotui.store.reading import Reads
    from wotui.store.transaction import Transaction

_CATEGORIES = {"WORK": "work", "TRAVEL": "travel", "TRAINING": "training"}


def present() -> int:
    """The present minute since the epoch."""
    return wall_time.minute_of(clock.now())


def check(knows: Reads, span: Span, *, confirmed: bool = False) -> None:
    """Refuse a span that cannot be true, or that overlaps another entry of the same person.

    Raises:
        Refused: see `labor_rules`.
    """
    days, now = work_calendar.calendar(knows), present()
    labor_rules.check_span(span, now=now, zone=days.zone, confirmed=confirmed)
    end = now if span.end is None else span.end
    others = [
        one.span for one in reads.between(knows, days, span.start, end, span.person) if one.id != span.id
    ]
    labor_rules.check_overlap(span, others, now=now, zone=days.zone)


def insert_span(tx: Transaction, span: Span, *, order_id: str = "", source: str, note: str = "") -> str:
    """Write a new span as a draft, unchecked, and give its id.

    Raises:
        NotFound: the person is gone.
    """
    _expect_person(tx, span.person)
    return put_span(tx, replace(span, id=new_id()), order_id=order_id, source=source, note=note)


def put_span(tx: Transaction, span: Span, *, order_id: str = "", source: str, note: str = "") -> str:
    """Write a span with its own id and state, unchecked; one that was taken away comes back. Gives its id."""
    tx.put(
        "time_span",
        span.id,
        person_id=span.person,
        work_order_id=order_id or None,
        source=source,
        device=tx.origin,
        note=clean(note),
        state=span.state,
        **columns(span, work_calendar.calendar(tx).zone),
    )
    if source == "timer" and clock_went_back(tx):
        tx.update("time_span", span.id, clock_suspect=1)
    write_breaks(tx, span.id, span.breaks)
    return span.id


def columns(span: Span, zone: ZoneInfo) -> dict[str, object]:
    """The stored times of a span, with the shop's zone and offsets as they were."""
    return {
        "time_type": span.time_type,
        "category": _CATEGORIES.get(span.time_type),
        "start_minute": span.start,
        "end_minute": span.end,
        "zone": zone.key,
        "start_offset": wall_time.offset_of(span.start, zone),
        "end_offset": None if span.end is None else wall_time.offset_of(span.end, zone),
    }


def clock_went_back(tx: Transaction) -> bool:
    """Whether the clock stands behind what this computer recorded last, by more than entries may lie ahead."""
    last = tx.value(
        "SELECT at FROM change WHERE origin = ? AND act IS NOT ? AND at IS NOT NULL ORDER BY seq DESC LIMIT 1",
        (tx.origin, tx.act),
    )
    allowed = labor_rules.FUTURE_ALLOWANCE * 60_000
    return last is not None and clock.milliseconds(clock.now()) + allowed < last


def write_breaks(tx: Transaction, span_id: str, breaks: Sequence[Break]) -> None:
    """Make the breaks of a span these; what is there already stays as it is."""
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


def insert_amount(
    tx: Transaction,
    person_id: str,
    day: date,
    minutes: int,
    *,
    order_id: str = "",
    time_type: str = "WORK",
    note: str = "",
) -> str:
    """Write minutes of a workday as a draft and give the entry's id.

    Raises:
        Refused: no minutes, worked on a day to come, or more than the day has.
        UsageProblem: no such time type.
        NotFound: the person is gone.
    """
    kind, days = labor.time_type(time_type), work_calendar.calendar(tx)
    labor_rules.check_amount(minutes)
    _expect_person(tx, person_id)
    if kind.worked and day > clock.today(days.zone):
        raise Refused(
            f"{day} has not come yet.", "Record work after it was done; leave may be entered ahead."
        )
    length = days.day_length(day)
    labor_rules.check_day_total(day, minutes_on(tx, person_id, day) + minutes, length)
    return tx.insert(
        "time_amount",
        person_id=person_id,
        work_order_id=order_id or None,
        work_on=day.isoformat(),
        minutes=minutes,
        time_type=kind.code,
        category=_CATEGORIES.get(kind.code),
        note=clean(note),
        state=labor.DRAFT,
    )


def minutes_on(tx: Transaction, person_id: str, day: date) -> int:
    """Minutes that a person has on a workday so far, clocked ones without their breaks."""
    days = work_calendar.calendar(tx)
    begin = days.day_begins(day)
    spans = [one.span for one in reads.between(tx, days, begin, begin + days.day_length(day), person_id)]
    clocked = sum(piece.minutes for piece in pieces(spans, [], days, RuleSet("")) if piece.day == day)
    return clocked + sum(one.minutes for one in reads.amounts(tx, day, day, person_id))


def _expect_person(tx: Transaction, person_id: str) -> None:
    if tx.one("SELECT 1 FROM person WHERE id = ? AND deleted_at IS NULL", (person_id,)) is None:
        raise NotFound("The person is no longer there.", "`wotui list-of person` shows who there is.")
