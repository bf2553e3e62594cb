"""The work itself: orders, who is on them, their steps through the lifecycle, their log and custom fields."""

from __future__ import annotations

from typing import ClassVar

from sqlmodel import Field

from wotui.store.tables.base import Record


class WorkOrder(Record, table=True):
    """What is to be done, where, and how it ended.

    Instants (`…_at`) are UTC, dates (`…_on`) civil in the shop's zone, minutes whole, money in minor units.
    `status`, `status_at`, `started_at` and `done_at` follow from the status changes; `queue_weight` is the
    part of the queue score that does not depend on today (`domain.queue`).
    """

    derived: ClassVar[frozenset[str]] = frozenset(
        {"status", "status_at", "started_at", "done_at", "queue_weight"}
    )

    number: str | None = Field(default=None, index=True)
    title: str | None = None
    description: str | None = None
    type: str | None = None
    priority: int | None = None
    status: str | None = None
    status_at: str | None = None
    hold_reason: str | None = None
    hold_until: str | None = None
    asset_id: str | None = Field(default=None, index=True)
    place_id: str | None = Field(default=None, index=True)
    customer_id: str | None = None
    parent_id: str | None = Field(default=None, index=True)
    template_id: str | None = None
    plan_id: str | None = None
    plan_nominal_on: str | None = None
    work_kind: str | None = None
    due_on: str | None = None
    earliest_on: str | None = None
    planned_on: str | None = None
    planned_time: str | None = None
    planned_minutes: int | None = None
    team: str | None = None
    lead_id: str | None = None
    downtime_required: int | None = None
    failure: int | None = None
    failure_problem: str | None = None
    failure_cause: str | None = None
    failure_remedy: str | None = None
    detected_by: str | None = None
    completion_note: str | None = None
    outcome: str | None = None
    signoff_required: int | None = None
    signed_by: str | None = None
    signed_at: str | None = None
    signed_role: str | None = None
    billing: str | None = None
    fixed_price: int | None = None
    source: str | None = None
    external_id: str | None = Field(default=None, index=True)
    created_at: str | None = None
    created_by: str | None = None
    started_at: str | None = None
    done_at: str | None = None
    queue_weight: int | None = None


class Assignment(Record, table=True):
    """A person on an order; id = same_id("assignment", work_order_id, person_id)."""

    work_order_id: str | None = Field(default=None, index=True)
    person_id: str | None = Field(default=None, index=True)


class Relation(Record, table=True):
    """One order blocks, duplicates, follows up, was split from or is related to another."""

    work_order_id: str | None = Field(default=None, index=True)
    other_id: str | None = Field(default=None, index=True)
    kind: str | None = None


class StatusChange(Record, table=True):
    """One step of an order through its lifecycle; append-only."""

    work_order_id: str | None = Field(default=None, index=True)
    from_status: str | None = None
    to_status: str | None = None
    at: str | None = None
    by_id: str | None = None
    reason: str | None = None
    note: str | None = None
    device: str | None = None


class LogEntry(Record, table=True):
    """What somebody noted on an order, asset or contractor job; append-only, corrected by a newer entry."""

    parent_kind: str | None = None
    parent_id: str | None = Field(default=None, index=True)
    kind: str | None = None
    text: str | None = None
    by_id: str | None = None
    at: str | None = None
    file: str | None = None
    corrects_id: str | None = None


class CustomValue(Record, table=True):
    """One custom field of one record; id = same_id("custom", record_id, name), so that each field merges by
    itself.
    """

    record_id: str | None = Field(default=None, index=True)
    name: str | None = None
    value: str | None = None


class Attachment(Record, table=True):
    """A file of a record; the bytes lie once per content in `blob`."""

    parent_kind: str | None = None
    parent_id: str | None = Field(default=None, index=True)
    name: str | None = None
    media_type: str | None = None
    sha256: str | None = None
    size: int | None = None
