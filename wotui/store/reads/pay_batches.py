"""Payroll batches: what was exported, what it paid, and what has come in since."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from wotui.domain.payroll.calendar import Period
from wotui.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wotui.store.reading import Reads

ACTIVE, SUPERSEDED, VOID = "active", "superseded", "void"
EXPORTED, CLOSED = "exported", "closed"


@dataclass(frozen=True, slots=True)
class Batch:
    """One payroll file that was made.

    Attributes:
        seq: its number in this shop, from 1.
        period_status: exported or closed.
        revision: 1 for the first file of a period and profile.
        actor: who made it.
        rules: the rule sets as they were, JSON.
        digests: file name → sha256, the provider's file first.
        totals: control totals, code → printed hours.
        status: active, superseded or void.
        paid: minutes that its lines sum up to.
        adjusts: labels of the batches that it adjusts.
    """

    id: str
    seq: int
    period: Period
    period_status: str
    profile: str
    revision: int
    created_at: str
    actor: str
    rules: str
    file_name: str
    digests: Mapping[str, str]
    row_count: int
    totals: Mapping[str, str]
    status: str
    void_reason: str
    paid: int
    adjusts: tuple[str, ...]

    @property
    def label(self) -> str:
        """What stands in the batch column: B000042."""
        return label(self.seq)

    @property
    def closed(self) -> bool:
        """Whether its period is confirmed as paid."""
        return self.period_status == CLOSED


def label(seq: int) -> str:
    """How people name a batch: B000042."""
    return f"B{seq:06}"


_BATCHES = """
    SELECT b.id, b.seq, p.start_on, p.end_on, ifnull(p.status, ''), b.profile, b.revision, b.created_at,
        ifnull(w.name, ''), b.rules, b.file_name, b.file_sha256, b.weeks_sha256, b.detail_sha256, b.manifest_sha256,
        b.row_count, b.control_totals, b.status, ifnull(b.void_reason, ''),
        (SELECT ifnull(sum(minutes), 0) FROM export_line WHERE batch_id = b.id),
        (SELECT group_concat(DISTINCT a.seq) FROM export_line l JOIN export_batch a ON a.id = l.adjusts_batch
            WHERE l.batch_id = b.id)
    FROM export_batch b JOIN pay_period p ON p.id = b.period_id LEFT JOIN person w ON w.id = b.actor_id
    WHERE b.deleted_at IS NULL AND b.seq IS NOT NULL
"""


def batches(reads: Reads, period: Period | None = None, profile: str = "") -> list[Batch]:
    """Batches, the newest first; of one period and profile when given."""
    only, values = "", dict[str, str]()
    if period is not None:
        only += " AND p.start_on = :start AND p.end_on = :end"
        values |= {"start": period.start.isoformat(), "end": period.end.isoformat()}
    if profile:
        only += " AND b.profile = :profile"
        values["profile"] = profile
    return [_batch(row) for row in reads.rows(f"{_BATCHES}{only} ORDER BY b.seq DESC", values)]


def _batch(row: tuple[Any, ...]) -> Batch:
    id_, seq, start, end, period_status, profile, revision, created, actor, rules, name, *rest = row
    file, weeks, detail, manifest, count, totals, status, reason, paid, adjusts = rest
    digests = {name: file, "workweeks.csv": weeks, "detail.csv": detail, "manifest.json": manifest}
    adjusted = tuple(label(int(one)) for one in sorted((adjusts or "").split(",")) if one)
    period = Period(date.fromisoformat(start), date.fromisoformat(end))
    return Batch(
        id_, seq, period, period_status, profile, revision, created, actor, rules, name, digests, count,
        json.loads(totals), status, reason, paid, adjusted,
    )  # fmt: skip


def active(reads: Reads, period: Period, profile: str) -> Batch | None:
    """The batch that counts for a period and profile, or None."""
    return next((one for one in batches(reads, period, profile) if one.status == ACTIVE), None)


def find(reads: Reads, handle: str) -> Batch:
    """A batch by its label or number.

    Raises:
        NotFound: there is none.
    """
    word = handle.strip().upper().removeprefix("B").lstrip("0")
    for one in batches(reads):
        if str(one.seq) == word:
            return one
    raise NotFound(f"There is no payroll batch {handle[:20]!r}.", "`wotui payroll batches` shows them.")


def contents(reads: Reads, batch: Batch) -> dict[str, bytes]:
    """The bytes of a batch's files by name, as they were stored.

    Raises:
        NotFound: this file does not hold them (it was made from another computer's changes).
    """
    found: dict[str, bytes] = {}
    for name, digest in batch.digests.items():
        content = reads.value("SELECT bytes FROM blob WHERE sha256 = ?", (digest,))
        if content is None:
            raise NotFound(
                f"The bytes of {batch.label} are not in this file.", "Write it on the payroll's own computer."
            )
        found[name] = content
    return found


def next_seq(reads: Reads) -> int:
    """The number of the next batch; numbers are never given twice, also when a batch is void."""
    return int(reads.value("SELECT ifnull(max(seq), 0) + 1 FROM export_batch"))


def next_revision(reads: Reads, period: Period, profile: str) -> int:
    """1 for a period's first file of a profile, one more for each later one."""
    return 1 + max((one.revision for one in batches(reads, period, profile)), default=0)


Key = tuple[str, str, str]
"""Person's id, first day of the workweek, pay code."""


def paid(reads: Reads, period: Period, profile: str) -> dict[Key, tuple[int, Decimal]]:
    """What active batches of a profile have paid for a period so far, adjustments included.

    Returns:
        (person's id, first day of the workweek, code) → minutes and printed hours.
    """
    rows = reads.rows(
        """SELECT l.person_id, l.workweek_start, l.pay_code, l.minutes, l.printed_hours
        FROM export_line l JOIN export_batch b ON b.id = l.batch_id
        LEFT JOIN export_batch a ON a.id = l.adjusts_batch
        JOIN pay_period p ON p.id = ifnull(a.period_id, b.period_id)
        WHERE b.status = 'active' AND b.profile = ? AND p.start_on = ? AND p.end_on = ?
            AND l.deleted_at IS NULL AND b.deleted_at IS NULL""",
        (profile, period.start.isoformat(), period.end.isoformat()),
    )
    found: dict[Key, tuple[int, Decimal]] = {}
    for person, week, code, minutes, printed in rows:
        before, hours = found.get((person, week, code), (0, Decimal(0)))
        found[person, week, code] = (before + minutes, hours + Decimal(printed))
    return found


@dataclass(frozen=True, slots=True)
class Ref:
    """What a provider calls a person; either may be empty."""

    external_id: str = ""
    external_name: str = ""


def refs(reads: Reads, profile: str) -> dict[str, Ref]:
    """Person's id → what a profile's provider calls them."""
    rows = reads.rows(
        """SELECT person_id, ifnull(external_id, ''), ifnull(external_name, '') FROM employee_ref
        WHERE profile = ? AND deleted_at IS NULL""",
        (profile,),
    )
    return {person: Ref(external_id, name) for person, external_id, name in rows}


def locked_periods(reads: Reads) -> list[tuple[Period, str]]:
    """Periods that were exported and not taken back, the oldest first, with their status."""
    rows = reads.rows(
        """SELECT start_on, end_on, status FROM pay_period p WHERE deleted_at IS NULL
        AND EXISTS (SELECT 1 FROM export_batch WHERE period_id = p.id AND status = 'active') ORDER BY start_on"""
    )
    return [
        (Period(date.fromisoformat(start), date.fromisoformat(end)), status) for start, end, status in rows
    ]


def order_is_paid(reads: Reads, order_id: str) -> bool:
    """Whether hours on an order are in a payroll batch."""
    return bool(
        reads.value(
            """SELECT EXISTS (SELECT 1 FROM time_span WHERE work_order_id = :id AND batch_id IS NOT NULL)
            OR EXISTS (SELECT 1 FROM time_amount WHERE work_order_id = :id AND batch_id IS NOT NULL)""",
            {"id": order_id},
        )
    )


def jobs(reads: Reads, numbers: Sequence[str]) -> dict[str, tuple[str, bool]]:
    """Order's number → (customer and asset as an accounting program names a job, whether it is billed)."""
    marks = ", ".join("?" * len(numbers))
    rows = reads.rows(
        f"""SELECT o.number, ifnull(c.name, ''), ifnull(a.name, ''), ifnull(o.billing, 'none')
        FROM work_order o LEFT JOIN customer c ON c.id = o.customer_id LEFT JOIN asset a ON a.id = o.asset_id
        WHERE o.number IN ({marks})""",
        tuple(numbers),
    )
    return {
        number: (":".join(word for word in (customer, asset if customer else "") if word),
                 billing in {"time_material", "fixed"})
        for number, customer, asset, billing in rows
    }  # fmt: skip
