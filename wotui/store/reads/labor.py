"""Hours as they are recorded: entries, for lists and for the rules."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from wotui import clock
from wotui.domain import wall_time
from wotui.domain.labor import DRAFT, TIME_TYPES, Amount, Break, Span
from wotui.domain.payroll.reckoning import period_minutes
from wotui.errors import NotFound
from wotui.store.reads.work_calendar import calendar
from wotui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wotui.domain.payroll.calendar import Period, WorkCalendar
    from wotui.store.reading import Parameters, Reads


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as a list shows it: a span by the clock, a running timer, or an amount of minutes on a day.

    Attributes:
        key: its number on this computer, for typing.
        id: its id everywhere.
        table: `time_span` or `time_amount`.
        day: the workday it begins on.
        start: minutes since the epoch; None for an amount.
        end: the same; None for an amount and while a timer runs.
        minutes: its length without its breaks; of a running timer, until now.
        device: the name of the computer it was recorded on.
        approved_by: the id of who approved it, or empty.
        batch_id: the payroll batch that paid it, which locks it; or empty.
        suspect: it was recorded while the computer's clock stood behind what it had recorded before.
        asked: what somebody asks to be corrected, while nobody has answered; or empty.
    """

    key: int
    id: str
    table: str
    person_id: str
    person: str
    initials: str
    day: date
    start: int | None
    end: int | None
    minutes: int
    breaks: tuple[Break, ...]
    time_type: str
    category: str
    order_id: str
    order: str
    title: str
    note: str
    state: str
    source: str
    device: str
    approved_by: str
    batch_id: str = ""
    suspect: bool = False
    asked: str = ""

    @property
    def running(self) -> bool:
        """Whether it is a timer that still runs."""
        return self.start is not None and self.end is None

    @property
    def span(self) -> Span:
        """The entry as the rules see it; only for one with a start."""
        assert self.start is not None
        return Span(
            id=self.id,
            person=self.person_id,
            start=self.start,
            end=self.end,
            time_type=self.time_type,
            breaks=self.breaks,
            state=self.state,
            order=self.order,
            device=self.device,
            approved_by=self.approved_by,
            suspect=self.suspect,
            asked=self.asked,
        )

    @property
    def amount(self) -> Amount:
        """The entry as the rules see it; only for one without clock times."""
        return Amount(
            self.id,
            self.person_id,
            self.day,
            self.minutes,
            self.time_type,
            self.state,
            self.order,
            self.approved_by,
            self.asked,
        )


_LONGEST = 31 * 1440
_SHARED = """{0}.key, {0}.id, {0}.person_id, p.name, p.initials, {0}.time_type, {0}.category, {0}.work_order_id,
    o.number, o.title, {0}.note, {0}.state, {0}.approved_by, {0}.batch_id,
    (SELECT CASE l.kind WHEN 'request' THEN l.text END FROM log_entry l WHERE l.parent_id = {0}.id
        AND l.deleted_at IS NULL ORDER BY l.at DESC, l.id DESC LIMIT 1)"""
_JOINED = "LEFT JOIN person p ON p.id = {0}.person_id LEFT JOIN work_order o ON o.id = {0}.work_order_id"
_SPANS = f"""
    SELECT s.start_minute, s.end_minute, s.source, d.name, s.clock_suspect, {_SHARED.format("s")}
    FROM time_span s {_JOINED.format("s")} LEFT JOIN device d ON d.id = s.device
    WHERE s.deleted_at IS NULL AND s.start_minute IS NOT NULL AND s.person_id IS NOT NULL
"""
_AMOUNTS = f"""
    SELECT a.work_on, a.minutes, {_SHARED.format("a")}
    FROM time_amount a {_JOINED.format("a")}
    WHERE a.deleted_at IS NULL AND a.work_on IS NOT NULL AND a.person_id IS NOT NULL
"""


def entries(reads: Reads, period: Period, person_id: str = "") -> list[Entry]:
    """Entries that touch a period, running timers that began before its end included, by person, day and start.

    Args:
        reads: the open shop, or a transaction.
        period: the days.
        person_id: only this person's, when given.
    """
    days = calendar(reads)
    begin, end = period_minutes(period, days)
    found = [
        *between(reads, days, begin, end, person_id),
        *amounts(reads, period.start, period.end, person_id),
    ]
    return sorted(
        found,
        key=lambda one: (one.person.casefold(), one.person_id, one.day, one.start is None, one.start or 0),
    )


def between(reads: Reads, days: WorkCalendar, begin: int, end: int, person_id: str = "") -> list[Entry]:
    """Spans that share a minute with `[begin, end)`; a running timer lasts for ever."""
    # Nothing that ended is longer than a day, and a month is allowed for: ten years of entries are not looked at.
    oldest = reads.value(
        "SELECT min(start_minute) FROM time_span WHERE end_minute IS NULL AND deleted_at IS NULL"
    )
    floor = min(begin - _LONGEST, begin if oldest is None else oldest)
    sql = f"""{_SPANS} AND s.start_minute BETWEEN :floor AND :end - 1
        AND (s.end_minute IS NULL OR s.end_minute > :begin)"""
    return _spans(reads, days, sql, {"begin": begin, "end": end, "floor": floor, "person": person_id})


def any_hours(reads: Reads) -> bool:
    """Whether anything was ever recorded."""
    return bool(reads.value("SELECT EXISTS (SELECT 1 FROM time_span) OR EXISTS (SELECT 1 FROM time_amount)"))


def running(reads: Reads, days: WorkCalendar, person_id: str = "") -> list[Entry]:
    """Timers that run, the oldest first."""
    return _spans(reads, days, f"{_SPANS} AND s.end_minute IS NULL", {"person": person_id})


def of_order(reads: Reads, order_id: str) -> list[Entry]:
    """Everything logged on an order, running timers included, the newest first."""
    spans = _spans(reads, calendar(reads), f"{_SPANS} AND s.work_order_id = :order", {"order": order_id})
    rows = reads.rows(f"{_AMOUNTS} AND a.work_order_id = :order", {"order": order_id})
    found = [*spans, *(_amount_entry(row) for row in rows)]
    return sorted(found, key=lambda one: (one.day, one.start or 0, one.id), reverse=True)


def _spans(reads: Reads, days: WorkCalendar, sql: str, values: Mapping[str, Any]) -> list[Entry]:
    only = " AND s.person_id = :person" if values.get("person") else ""
    rows = reads.rows(f"{sql}{only} ORDER BY s.start_minute, s.id", values)
    pauses = _breaks(reads, f"SELECT s.id FROM ({sql}{only}) s", values)
    return [_span_entry(row, tuple(pauses[row[6]]), days) for row in rows]


def _breaks(reads: Reads, ids: str, values: Parameters) -> Mapping[str, list[Break]]:
    found: defaultdict[str, list[Break]] = defaultdict(list)
    sql = f"""SELECT span_id, start_minute, end_minute, kind FROM time_break
        WHERE deleted_at IS NULL AND span_id IN ({ids}) ORDER BY start_minute"""
    for span_id, start, end, kind in reads.rows(sql, values):
        found[span_id].append(Break(start, end, kind or "meal"))
    return found


def _span_entry(row: tuple[Any, ...], breaks: tuple[Break, ...], days: WorkCalendar) -> Entry:
    start, end, source, device, suspect, *shared = row
    until = wall_time.minute_of(clock.now()) if end is None else end
    minutes = max(0, until - start - sum(item.minutes for item in breaks))
    entry = _entry("time_span", days.day_of(start), (start, end, minutes, breaks), (source, device), shared)
    return replace(entry, suspect=True) if suspect else entry


def _amount_entry(row: tuple[Any, ...]) -> Entry:
    day, minutes, *shared = row
    return _entry("time_amount", date.fromisoformat(day), (None, None, minutes or 0, ()), ("", ""), shared)


def _entry(
    table: str,
    day: date,
    times: tuple[int | None, int | None, int, tuple[Break, ...]],
    origin: tuple[str | None, str | None],
    shared: list[Any],
) -> Entry:
    key, id_, person_id, *words = shared
    (
        person,
        initials,
        time_type,
        category,
        order_id,
        order,
        title,
        note,
        state,
        approved_by,
        batch_id,
        asked,
    ) = (word or "" for word in words)
    start, end, minutes, breaks = times
    source, device = (word or "" for word in origin)
    return Entry(
        key=key,
        id=id_,
        table=table,
        person_id=person_id,
        person=person,
        initials=initials,
        day=day,
        start=start,
        end=end,
        minutes=minutes,
        breaks=breaks,
        time_type=_known(time_type),
        category=category,
        order_id=order_id,
        order=order,
        title=title,
        note=note,
        state=state or DRAFT,
        source=source,
        device=device,
        approved_by=approved_by,
        batch_id=batch_id,
        asked=asked,
    )


def _known(time_type: str) -> str:
    # What a newer version may call something else counts as work here: it is shown and paid rather than dropped.
    return time_type if time_type in TIME_TYPES else "WORK"


def amounts(reads: Reads, first: date, last: date, person_id: str = "") -> list[Entry]:
    """Amounts of minutes on the days from `first` to `last`, both included."""
    only = " AND a.person_id = :person" if person_id else ""
    rows = reads.rows(
        f"{_AMOUNTS}{only} AND a.work_on BETWEEN :first AND :last ORDER BY a.work_on, a.id",
        {"person": person_id, "first": first.isoformat(), "last": last.isoformat()},
    )
    return [_amount_entry(row) for row in rows]


def find(reads: Reads, handle: str) -> Entry:
    """An entry by its number on this computer (`17`, amounts `m17`) or its id.

    Raises:
        NotFound: there is none.
    """
    word = clean_line(handle)
    column, value = ("key", word.lstrip("m")) if word.lstrip("m").isdecimal() else ("id", word)
    if not word.startswith("m"):
        found = _spans(reads, calendar(reads), f"{_SPANS} AND s.{column} = :value", {"value": value})
        if found:
            return found[0]
    if word.startswith("m") or column == "id":
        rows = reads.rows(f"{_AMOUNTS} AND a.{column} = :value", {"value": value})
        if rows:
            return _amount_entry(rows[0])
    raise NotFound(f"There is no time entry {word[:40]}.", "`wotui time list` shows them with their numbers.")
