"""Who is there how long: minutes of work by person and day, and what is planned for them already.

A person without a weekly pattern works 480 minutes on each of the shop's working days. A dated exception beats the
pattern, and a holiday beats the pattern, too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from wotui.domain.routing.people import Worker
from wotui.store.reads import schedule, working_days

if TYPE_CHECKING:
    from wotui.domain.plans.shifts import WorkingDays
    from wotui.store.reading import Reads

USUAL_MINUTES = 480
"""A working day of somebody of whom nothing else is known."""


@dataclass(frozen=True, slots=True)
class Other:
    """One day on which a person works other minutes than usual, and why."""

    id: str
    on_day: str
    minutes: int
    reason: str


@dataclass(frozen=True, slots=True)
class Day:
    """A person on a day: minutes of work, minutes planned, and what makes the day special (a holiday, a reason)."""

    person_id: str
    on: date
    minutes: int
    planned: int
    note: str


def pattern(reads: Reads, person_id: str) -> dict[int, int]:
    """Minutes by weekday (1 is Monday); empty for somebody without a pattern."""
    return dict(
        reads.rows(
            "SELECT weekday, ifnull(minutes, 0) FROM availability WHERE person_id = ? AND deleted_at IS NULL",
            (person_id,),
        )
    )


def exceptions(reads: Reads, person_id: str, since: date) -> list[Other]:
    """The days on which a person works other minutes, from a day on."""
    return [
        Other(*row)
        for row in reads.rows(
            """SELECT id, on_day, ifnull(minutes, 0), ifnull(reason, '') FROM availability_exception
            WHERE person_id = ? AND on_day >= ? AND deleted_at IS NULL ORDER BY on_day""",
            (person_id, since.isoformat()),
        )
    ]


def minutes(reads: Reads, person_id: str, day: date) -> int:
    """Minutes that a person works on a day."""
    return (
        days(reads, day, day, person_id=person_id)
        .get((person_id, day), Day(person_id, day, 0, 0, ""))
        .minutes
    )


def planned(reads: Reads, first: date, last: date) -> dict[tuple[str, date], int]:
    """Minutes planned by person and day: an order's estimate, shared evenly by those who are on it."""
    found: dict[tuple[str, date], int] = {}
    for order in schedule.planned(reads, first, last):
        for person in order.people:
            found[person, order.on] = found.get((person, order.on), 0) + order.share
    return found


def days(reads: Reads, first: date, last: date, *, person_id: str = "") -> dict[tuple[str, date], Day]:
    """Every active person (or one) on every day from `first` to `last`, by person and day."""
    people = reads.rows(
        """SELECT id, ifnull(active_from, ''), ifnull(active_to, '9999') FROM person
        WHERE deleted_at IS NULL AND ifnull(active, 1) AND (? = '' OR id = ?) ORDER BY id""",
        (person_id, person_id),
    )
    weekly: dict[str, dict[int, int]] = {}
    for person, weekday, length in reads.rows(
        "SELECT person_id, weekday, ifnull(minutes, 0) FROM availability WHERE deleted_at IS NULL"
    ):
        weekly.setdefault(person, {})[weekday] = length
    between = (first.isoformat(), last.isoformat())
    special = {
        (person, on): (length, why)
        for person, on, length, why in reads.rows(
            """SELECT person_id, on_day, ifnull(minutes, 0), ifnull(reason, '') FROM availability_exception
            WHERE on_day BETWEEN ? AND ? AND deleted_at IS NULL""",
            between,
        )
    }
    working = working_days.working_days(reads)
    free = {row.on_day: row.name or "holiday" for row in working_days.holidays(reads)}
    load = planned(reads, first, last)
    found: dict[tuple[str, date], Day] = {}
    for step in range((last - first).days + 1):
        on = first + timedelta(days=step)
        text = on.isoformat()
        for person, start, end in people:
            length, note = special.get((person, text), (None, ""))
            if length is None:
                length = _usual(weekly.get(person), on, working)
                note = free.get(on, "")
            if not start <= text <= end:
                length, note = 0, ""
            found[person, on] = Day(person, on, length, load.get((person, on), 0), note)
    return found


def workers(reads: Reads, day: date) -> list[Worker]:
    """Everybody who does work orders (role technician) as they stand on a day, by id."""
    sets: dict[tuple[str, str], set[str]] = {}
    for person, kind, value in reads.rows(
        """SELECT m.record_id, m.kind, m.value FROM membership m JOIN person p ON p.id = m.record_id
        WHERE m.kind IN ('role', 'trade', 'area') AND m.deleted_at IS NULL"""
    ):
        sets.setdefault((person, kind), set()).add(value)
    names = dict(reads.rows("SELECT id, ifnull(initials, name) FROM person WHERE deleted_at IS NULL"))
    return [
        Worker(
            person,
            names.get(person, ""),
            frozenset(trade.casefold() for trade in sets.get((person, "trade"), ())),
            frozenset(sets.get((person, "area"), ())),
            there.minutes,
            there.planned,
        )
        for (person, _), there in sorted(days(reads, day, day).items())
        if "technician" in sets.get((person, "role"), ())
    ]


def _usual(weekly: dict[int, int] | None, day: date, working: WorkingDays) -> int:
    if day in working.holidays:
        return 0
    if weekly is None:
        return USUAL_MINUTES if working.works(day) else 0
    return weekly.get(day.isoweekday(), 0)
