"""What one payroll batch contained, and why it holds hours of earlier periods."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from wotui.domain.payroll.differences import Printed
from wotui.store.reads import pay_batches
from wotui.store.reads.work_calendar import calendar

if TYPE_CHECKING:
    from wotui.store.reading import Reads
    from wotui.store.reads.pay_batches import Batch


@dataclass(frozen=True, slots=True)
class BatchLine:
    """Minutes that a batch pays; `adjusts` is the label of the batch whose period they belong to, or empty."""

    person_id: str
    number: str
    name: str
    week: date
    code: str
    minutes: int
    hours: Decimal
    adjusts: str

    @property
    def printed(self) -> Printed:
        """The line as files are compared."""
        return Printed(self.person_id, self.name, self.code, self.hours, self.week)


def lines(reads: Reads, batch: Batch) -> list[BatchLine]:
    """Every line of a batch, its own period first, by name, week and code."""
    rows = reads.rows(
        """SELECT l.person_id, ifnull(p.payroll_id, ''), ifnull(p.name, ''), l.workweek_start, l.pay_code, l.minutes,
            l.printed_hours, a.seq
        FROM export_line l LEFT JOIN person p ON p.id = l.person_id LEFT JOIN export_batch a ON a.id = l.adjusts_batch
        WHERE l.batch_id = ? AND l.deleted_at IS NULL
        ORDER BY a.seq IS NOT NULL, a.seq, p.last_name, p.first_name, p.name, p.payroll_id, l.workweek_start,
            l.pay_code""",
        (batch.id,),
    )
    return [
        BatchLine(
            person or "", number, name, date.fromisoformat(week), code, minutes, Decimal(printed),
            pay_batches.label(seq) if seq else "",
        )
        for person, number, name, week, code, minutes, printed, seq in rows
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class LatePaid:
    """An entry of an earlier period that a batch paid, and why it is there.

    Attributes:
        name: whose.
        day: when it was worked.
        minutes: what it holds now, breaks included.
        before: what the entry that it corrects held; None when it is new.
        reason: what the person who corrected it wrote; empty for a new one.
    """

    name: str
    day: date
    minutes: int
    before: int | None
    reason: str


def late_paid(reads: Reads, batch: Batch) -> list[LatePaid]:
    """The corrected and late entries of earlier periods that a batch evened out, the oldest first."""
    days = calendar(reads)
    rows = reads.rows(
        """SELECT ifnull(p.name, ''), s.start_minute, s.end_minute - s.start_minute, o.end_minute - o.start_minute,
            ifnull((SELECT text FROM log_entry WHERE parent_id = s.id AND parent_kind = 'time_span'
                AND deleted_at IS NULL ORDER BY at DESC LIMIT 1), '')
        FROM time_span s LEFT JOIN person p ON p.id = s.person_id LEFT JOIN time_span o ON o.id = s.supersedes
        WHERE s.batch_id = ? AND s.start_minute < ? AND s.end_minute IS NOT NULL AND s.deleted_at IS NULL
        ORDER BY s.start_minute, s.id""",
        (batch.id, days.day_begins(batch.period.start)),
    )
    return [
        LatePaid(name, days.day_of(start), minutes, before, text.removeprefix("Corrected after payroll: "))
        for name, start, minutes, before, text in rows
    ]


def compared_with(reads: Reads, batch: Batch) -> Batch | None:
    """The batch that another one is compared with: its period's last revision, else the period before it."""
    same = [one for one in pay_batches.batches(reads, profile=batch.profile) if one.seq < batch.seq]
    own = [one for one in same if one.period == batch.period]
    earlier = [
        one for one in same if one.status == pay_batches.ACTIVE and one.period.end < batch.period.start
    ]
    if own:
        return own[0]
    return max(earlier, key=lambda one: (one.period.end, one.seq), default=None)
