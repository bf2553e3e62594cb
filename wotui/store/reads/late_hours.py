"""Hours that came, were corrected or taken away after their pay period was exported."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, cast

from wotui.domain.payroll.lines import hours_text
from wotui.store import vectors
from wotui.store.reads import pay_batches, work_calendar
from wotui.text import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wotui.domain.payroll.calendar import Period, WorkCalendar
    from wotui.store.reading import Reads
    from wotui.store.reads.pay_batches import Batch


def changed_since(reads: Reads, batch: Batch) -> frozenset[str]:
    """Ids of the batches whose paid entries the journal tells something about that `batch` did not know.

    Empty for a batch that did not keep what it knew.
    """
    try:
        knew = json.loads(reads.value("SELECT knew FROM export_batch WHERE id = ?", (batch.id,)) or "null")
    except ValueError:
        knew = None
    if not isinstance(knew, dict):
        return frozenset()
    found: set[str] = set()
    for origin in vectors.held(reads):
        rows = reads.rows(
            """SELECT DISTINCT ifnull(s.batch_id, a.batch_id) FROM change c
            LEFT JOIN time_break b ON b.id = c.row AND c.entity = 'time_break'
            LEFT JOIN time_span s ON s.id = ifnull(b.span_id, c.row)
            LEFT JOIN time_amount a ON a.id = c.row
            WHERE c.origin = ? AND c.seq > ? AND c.entity IN ('time_span', 'time_break', 'time_amount')
                AND c.patch NOT LIKE '{"batch_id":%'""",
            (origin, cast("dict[str, int]", knew).get(origin, 0)),
        )
        found |= {id_ for (id_,) in rows if id_}
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Late:
    """An entry of a locked period that no batch has paid yet, or a paid one that was taken away."""

    id: str
    table: str
    person_id: str
    person: str
    day: date
    minutes: int
    state: str
    gone: bool


def late(reads: Reads, days: WorkCalendar, periods: Sequence[Period]) -> list[Late]:
    """Entries in locked periods that arrived, were corrected or taken away after the export, oldest first."""
    if not periods:
        return []
    first = days.day_begins(min(one.start for one in periods))
    last = days.day_begins(max(one.end for one in periods) + timedelta(days=1))
    spans = reads.rows(
        """SELECT s.id, s.person_id, p.name, start_minute, end_minute - start_minute - (
                SELECT ifnull(sum(b.end_minute - b.start_minute), 0) FROM time_break b
                WHERE b.span_id = s.id AND b.deleted_at IS NULL),
            ifnull(state, 'draft'), s.deleted_at IS NOT NULL FROM time_span s LEFT JOIN person p ON p.id = s.person_id
        WHERE start_minute >= ? AND start_minute < ? AND end_minute IS NOT NULL AND person_id IS NOT NULL
            AND (batch_id IS NULL) = (s.deleted_at IS NULL)""",
        (first, last),
    )
    sums = reads.rows(
        """SELECT a.id, person_id, p.name, work_on, minutes, ifnull(state, 'draft'), a.deleted_at IS NOT NULL
        FROM time_amount a LEFT JOIN person p ON p.id = a.person_id
        WHERE work_on BETWEEN ? AND ? AND person_id IS NOT NULL AND (batch_id IS NULL) = (a.deleted_at IS NULL)""",
        (min(one.start for one in periods).isoformat(), max(one.end for one in periods).isoformat()),
    )
    found = [
        Late(id_, "time_span", person, name or "", days.day_of(start), minutes, state, bool(gone))
        for id_, person, name, start, minutes, state, gone in spans
    ]
    found += [
        Late(id_, "time_amount", person, name or "", date.fromisoformat(day), minutes or 0, state, bool(gone))
        for id_, person, name, day, minutes, state, gone in sums
    ]
    inside = [one for one in found if any(one.day in period for period in periods)]
    return sorted(inside, key=lambda one: (one.day, one.id))


@dataclass(frozen=True, slots=True)
class LateHours:
    """What the next payroll pays beside its own period.

    Attributes:
        entries: the oldest first.
        period: the one whose payroll pays them.
    """

    entries: tuple[Late, ...]
    period: Period

    @property
    def minutes(self) -> int:
        """All together; what was taken away counts against the rest."""
        return sum(-one.minutes if one.gone else one.minutes for one in self.entries)

    @property
    def words(self) -> str:
        """`3 late entries, 4.25 h, will be paid as adjustment in 2026-06-21..2026-07-04`."""
        many = counted(len(self.entries), "late entry", "late entries")
        return f"{many}, {hours_text(self.minutes)} h, will be paid as adjustment in {self.period}"


def late_hours(reads: Reads) -> LateHours | None:
    """Hours in exported periods that no payroll has paid yet; None where there are none.

    Raises:
        Refused: the shop's schedule is not settled.
        FileTrouble: this computer does not know the shop's zone.
    """
    locked = [period for period, _ in pay_batches.locked_periods(reads)]
    found = late(reads, work_calendar.calendar(reads), locked)
    if not found:
        return None
    return LateHours(tuple(found), work_calendar.schedule(reads).after(max(locked, key=lambda one: one.end)))
