"""What machines say: their events, the rules that make requests of them, and how long they stood."""

from __future__ import annotations

from sqlmodel import Field

from wotui.store.tables.base import Record


class EventRule(Record, table=True):
    """When a fault becomes a request.

    `source` is state_down, meter_limit, reading_missing, checklist_fail, document_expiring, part_below or event. Limits
    are thousandths; the rule is armed again when the value is back inside by `hysteresis`.
    """

    name: str | None = None
    position: int | None = None
    active: int | None = None
    source: str | None = None
    event: str | None = None
    asset_id: str | None = None
    asset_category: str | None = None
    meter_id: str | None = Field(default=None, index=True)
    low_limit: int | None = None
    high_limit: int | None = None
    consecutive: int | None = None
    hysteresis: int | None = None
    missing_days: int | None = None
    days_before: int | None = None
    title: str | None = None
    priority: int | None = None
    template_id: str | None = None


class MachineEvent(Record, table=True):
    """One event of a machine; id = same_id("event", asset_tag, event_id), so that a repeated delivery is one."""

    asset_id: str | None = Field(default=None, index=True)
    asset_tag: str | None = None
    event: str | None = None
    value: str | None = None
    at: str | None = None
    event_id: str | None = None
    rule_id: str | None = None
    request_id: str | None = Field(default=None, index=True)
    origin: str | None = None
    note: str | None = None


class DowntimeInterval(Record, table=True):
    """How long an asset stood; without an end it still does. `kind` is unplanned or planned."""

    asset_id: str | None = Field(default=None, index=True)
    started_at: str | None = None
    ended_at: str | None = None
    kind: str | None = None
    work_order_id: str | None = None
    request_id: str | None = None
    note: str | None = None
