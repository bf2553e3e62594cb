"""Hours. Minutes are whole minutes since the Unix epoch, UTC; the shop's zone and offsets show the wall time
as it was.
"""

from __future__ import annotations

from sqlmodel import Field

from wotui.store.tables.base import Record


class TimeSpan(Record, table=True):
    """Worked time by the clock; without an end it is a running timer. `state` is draft, submitted or
    approved; `supersedes` names the entry that this one corrects, `batch_id` the payroll batch that
    paid it, which locks it. `clock_suspect` is 1 where the computer's clock stood behind what it had recorded before.
    """

    person_id: str | None = Field(default=None, index=True)
    work_order_id: str | None = Field(default=None, index=True)
    time_type: str | None = None
    category: str | None = None
    start_minute: int | None = Field(default=None, index=True)
    end_minute: int | None = None
    zone: str | None = None
    start_offset: int | None = None
    end_offset: int | None = None
    source: str | None = None
    device: str | None = None
    note: str | None = None
    state: str | None = None
    approved_by: str | None = None
    approved_at: str | None = None
    supersedes: str | None = Field(default=None, index=True)
    batch_id: str | None = Field(default=None, index=True)
    clock_suspect: int | None = None


class TimeBreak(Record, table=True):
    """An unpaid break inside a span: meal or rest."""

    span_id: str | None = Field(default=None, index=True)
    start_minute: int | None = None
    end_minute: int | None = None
    kind: str | None = None


class TimeAmount(Record, table=True):
    """Minutes without clock times: leave, or "45 minutes on that order"."""

    person_id: str | None = Field(default=None, index=True)
    work_order_id: str | None = Field(default=None, index=True)
    work_on: str | None = Field(default=None, index=True)
    minutes: int | None = None
    time_type: str | None = None
    category: str | None = None
    note: str | None = None
    state: str | None = None
    approved_by: str | None = None
    approved_at: str | None = None
    supersedes: str | None = Field(default=None, index=True)
    batch_id: str | None = Field(default=None, index=True)
