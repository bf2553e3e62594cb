"""Payroll: pay periods, the batches that were exported, their lines, and what providers call people.

The bytes of a batch's files lie in `blob` under their digests; only the shop's owner device makes batches.
"""

from __future__ import annotations

from sqlmodel import Field

from wotui.store.tables.base import Record


class EmployeeRef(Record, table=True):
    """What one payroll provider calls a person; id = same_id("employee_ref", person_id, profile)."""

    person_id: str | None = Field(default=None, index=True)
    profile: str | None = None
    external_id: str | None = None
    external_name: str | None = None


class PayPeriod(Record, table=True):
    """A pay period that was exported or closed; id = same_id("pay_period", start_on, end_on). `status` is
    exported or closed.
    """

    schedule: str | None = None
    start_on: str | None = Field(default=None, index=True)
    end_on: str | None = None
    status: str | None = None


class ExportBatch(Record, table=True):
    """One payroll file that was made. `status` is active, superseded (by a revision) or void. `rules` and
    `form` hold the rule sets and the profile as they were, JSON; the digests name the bytes in `blob`; `knew` is what
    the journal held, JSON (origin: number of its last change), to notice what came later.
    """

    seq: int | None = None
    period_id: str | None = Field(default=None, index=True)
    profile: str | None = None
    revision: int | None = None
    created_at: str | None = None
    actor_id: str | None = None
    rules: str | None = None
    form: str | None = None
    engine_version: str | None = None
    tzdata_version: str | None = None
    file_name: str | None = None
    file_sha256: str | None = None
    weeks_sha256: str | None = None
    detail_sha256: str | None = None
    manifest_sha256: str | None = None
    row_count: int | None = None
    control_totals: str | None = None
    status: str | None = None
    void_reason: str | None = None
    knew: str | None = None


class ExportLine(Record, table=True):
    """Minutes that a batch has paid: of its own period, or of the one of the batch that it adjusts."""

    batch_id: str | None = Field(default=None, index=True)
    person_id: str | None = None
    workweek_start: str | None = None
    pay_code: str | None = None
    minutes: int | None = None
    printed_hours: str | None = None
    adjusts_batch: str | None = Field(default=None, index=True)
