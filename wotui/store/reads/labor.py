"""Hours as they are recorded: entries for lists, spans for the rules, and the book that a pay period is reckoned from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from wotui import clock
from wotui.domain import wall_time
from wotui.domain.labor import Amount, Break, Span
from wotui.domain.payroll.calendar import PaySchedule, Period, WorkCalendar, weekday_number
from wotui.domain.payroll.employees import Employee
from wotui.domain.payroll.reckoning import Book, period_minutes
from wotui.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wotui.domain.payroll.rules import RuleSet
    from wotui.store.file import Shop
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
    order: str
    title: str
    note: str
    state: str
    source: str
    device: str
    approved_by: str

    @property
    def running(self) -> bool:
        """Whether it is a timer that still runs."""
        return self.start is not None and self.end is None

    @property
    def span(self) -> Span:
        """The entry as the rules see it; only for one with a start."""
        assert self.start is not None
        return Span(
            self.id, self.person_id, self.start, self.end, self.time_type, self.breaks, self.state, self.order, self.device,
            self.approved_by,
        )  # fmt: skip

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
        )


def calendar(shop: Shop) -> WorkCalendar:
    """The shop's days and weeks.

    Raises:
        FileTrouble: this computer does not know the shop's zone.
    """
    return WorkCalendar(shop.zone, weekday_number(shop.setting("payroll.workweek_start")))


def schedule(shop: Shop) -> PaySchedule:
    """The shop's pay schedule.

    Raises:
        Refused: a biweekly schedule without its anchor.
    """
    anchor = shop.setting("payroll.anchor")
    return PaySchedule(
        shop.setting("payroll.schedule"),
        weekday_number(shop.setting("payroll.workweek_start")),
        date.fromisoformat(anchor) if anchor else None,
    )


def period_of(shop: Shop, day: date) -> Period:
    """The pay period that a day lies in."""
    return schedule(shop).period_of(day)


_SPANS = """
    SELECT s.key, s.id, s.person_id, p.name, p.initials, s.start_minute, s.end_minute, s.time_type, s.category,
        o.number, o.title, s.note, s.state, s.source, d.name, s.approved_by
    FROM time_span s
    LEFT JOIN person p ON p.id = s.person_id
    LEFT JOIN work_order o ON o.id = s.work_order_id
    LEFT JOIN device d ON d.id = s.device
    WHERE s.deleted_at IS NULL AND s.start_minute IS NOT NULL AND s.person_id IS NOT NULL
"""
_AMOUNTS = """
    SELECT a.key, a.id, a.person_id, p.name, p.initials, a.work_on, a.minutes, a.time_type, a.category,
        o.number, o.title, a.note, a.state, a.approved_by
    FROM time_amount a
    LEFT JOIN person p ON p.id = a.person_id
    LEFT JOIN work_order o ON o.id = a.work_order_id
    WHERE a.deleted_at IS NULL AND a.work_on IS NOT NULL AND a.person_id IS NOT NULL
"""


def entries(shop: Shop, period: Period, person_id: str = "") -> list[Entry]:
    """Entries that touch a period, running timers that began before its end included, by person, day and start.

    Args:
        shop: the open shop.
        period: the days.
        person_id: only this person's, when given.
    """
    days = calendar(shop)
    begin, end = period_minutes(period, days)
    found = [
        *between(shop, days, begin, end, person_id),
        *amounts(shop, period.start, period.end, person_id),
    ]
    return sorted(
        found,
        key=lambda one: (one.person.casefold(), one.person_id, one.day, one.start is None, one.start or 0),
    )


def between(reads: Reads, days: WorkCalendar, begin: int, end: int, person_id: str = "") -> list[Entry]:
    """Spans that share a minute with `[begin, end)`; a running timer lasts for ever."""
    sql = f"{_SPANS} AND s.start_minute < :end AND (s.end_minute IS NULL OR s.end_minute > :begin)"
    return _spans(reads, days, sql, {"begin": begin, "end": end, "person": person_id})


def running(reads: Reads, days: WorkCalendar, person_id: str = "") -> list[Entry]:
    """Timers that run, the oldest first."""
    return _spans(reads, days, f"{_SPANS} AND s.end_minute IS NULL", {"person": person_id})


def _spans(reads: Reads, days: WorkCalendar, sql: str, values: Mapping[str, Any]) -> list[Entry]:
    only = " AND s.person_id = :person" if values.get("person") else ""
    rows = reads.rows(f"{sql}{only} ORDER BY s.start_minute, s.id", values)
    pauses = _breaks(reads, f"SELECT s.id FROM ({sql}{only}) s", values)
    return [_span_entry(row, tuple(pauses[row[1]]), days) for row in rows]


def _breaks(reads: Reads, ids: str, values: Parameters) -> Mapping[str, list[Break]]:
    found: defaultdict[str, list[Break]] = defaultdict(list)
    sql = f"""SELECT span_id, start_minute, end_minute, kind FROM time_break
        WHERE deleted_at IS NULL AND span_id IN ({ids}) ORDER BY start_minute"""
    for span_id, start, end, kind in reads.rows(sql, values):
        found[span_id].append(Break(start, end, kind or "meal"))
    return found


def _span_entry(row: tuple[Any, ...], breaks: tuple[Break, ...], days: WorkCalendar) -> Entry:
    (
        key,
        id_,
        person_id,
        person,
        initials,
        start,
        end,
        time_type,
        category,
        order,
        title,
        note,
        state,
        *rest,
    ) = row
    source, device, approved_by = rest
    until = wall_time.minute_of(clock.now()) if end is None else end
    return Entry(
        key, id_, "time_span", person_id, person or "", initials or "", days.day_of(start), start, end,
        max(0, until - start - sum(item.minutes for item in breaks)), breaks, time_type or "WORK", category or "",
        order or "", title or "", note or "", state or "draft", source or "", device or "", approved_by or "",
    )  # fmt: skip


def amounts(reads: Reads, first: date, last: date, person_id: str = "") -> list[Entry]:
    """Amounts of minutes on the days from `first` to `last`, both included."""
    only = " AND a.person_id = :person" if person_id else ""
    rows = reads.rows(
        f"{_AMOUNTS}{only} AND a.work_on BETWEEN :first AND :last ORDER BY a.work_on, a.id",
        {"person": person_id, "first": first.isoformat(), "last": last.isoformat()},
    )
    return [_amount_entry(row) for row in rows]


def _amount_entry(row: tuple[Any, ...]) -> Entry:
    (
        key,
        id_,
        person_id,
        person,
        initials,
        day,
        minutes,
        time_type,
        category,
        order,
        title,
        note,
        state,
        approved,
    ) = row
    return Entry(
        key, id_, "time_amount", person_id, person or "", initials or "", date.fromisoformat(day), None, None,
        minutes or 0, (), time_type or "WORK", category or "", order or "", title or "", note or "", state or "draft",
        "", "", approved or "",
    )  # fmt: skip


def find(shop: Shop, reads: Reads, handle: str) -> Entry:
    """An entry by its number on this computer (`17`, amounts `m17`) or its id.

    Raises:
        NotFound: there is none.
    """
    word = handle.strip()
    column, value = ("key", word.lstrip("m")) if word.lstrip("m").isdecimal() else ("id", word)
    if not word.startswith("m"):
        found = _spans(reads, calendar(shop), f"{_SPANS} AND s.{column} = :value", {"value": value})
        if found:
            return found[0]
    if word.startswith("m") or column == "id":
        rows = reads.rows(f"{_AMOUNTS} AND a.{column} = :value", {"value": value})
        if rows:
            return _amount_entry(rows[0])
    raise NotFound(f"There is no time entry {word[:40]}.", "`wotui time list` shows them with their numbers.")


def employees(reads: Reads, also: frozenset[str] = frozenset()) -> list[Employee]:
    """Everybody active with an employee number, and the people whose ids are in `also`, by name.

    Somebody recorded without first and last name is called by the words of the name; the last word is the last name.
    """
    rows = reads.rows(
        """SELECT id, ifnull(payroll_id, ''), ifnull(first_name, ''), ifnull(last_name, ''), ifnull(name, ''),
            ifnull(rule_set, ''), active_from, active_to, deleted_at IS NULL AND ifnull(active, 1)
        FROM person"""
    )
    found: list[Employee] = []
    for id_, number, first, last, name, rule_set, begins, ends, active in rows:
        if (active and number) or id_ in also:
            if not first and not last:
                first, _, last = name.rpartition(" ")
            found.append(Employee(id_, number, first, last, rule_set, _day(begins), _day(ends)))
    return sorted(found, key=lambda one: (one.sort_key, one.id))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def book(shop: Shop, day: date, rule_sets: Mapping[str, RuleSet]) -> Book:
    """All that the pay period of a day is reckoned from; overtime needs its first workweek from its first day on.

    Raises:
        Refused: the shop's schedule is not settled.
        FileTrouble: this computer does not know the shop's zone.
    """
    days, period = calendar(shop), period_of(shop, day)
    first = days.week_of(period.start)
    begin, end = days.day_begins(first), days.day_begins(period.end + timedelta(days=1))
    spans = tuple(one.span for one in between(shop, days, begin, end))
    sums = tuple(one.amount for one in amounts(shop, first, period.end))
    people = frozenset(one.person for one in (*spans, *sums))
    now = wall_time.minute_of(clock.now())
    everybody = tuple(employees(shop, people))
    return Book(period, days, everybody, spans, sums, rule_sets, shop.setting("payroll.rule_set"), now)
