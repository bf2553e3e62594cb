"""Work that comes due by itself, and the ledger of what became of each date."""

from __future__ import annotations

from sqlmodel import Field

from wotui.store.tables.base import Record


class MaintenancePlan(Record, table=True):
    """A rule that makes orders; `domain.plans.plan.Plan` says what each field means.

    Its assets, the plans it covers and its checklists' templates are memberships (`asset`, `covers`, `checklist`).
    `route` is 1 for one order with a checklist per asset; nothing before `since_on` comes due (the day it was made, or
    its dates were changed); `version` counts its edits; `retired_at` ends it.
    """

    name: str | None = Field(default=None, index=True)
    basis: str | None = None
    anchor_on: str | None = None
    every: int | None = None
    unit: str | None = None
    weekdays: str | None = None
    month_rule: str | None = None
    nth: int | None = None
    lead_days: int | None = None
    window_before: int | None = None
    window_after: int | None = None
    open_policy: str | None = None
    catch_up: str | None = None
    season: str | None = None
    season_policy: str | None = None
    nonworking: str | None = None
    skip_every: int | None = None
    until_on: str | None = None
    max_count: int | None = None
    paused_from: str | None = None
    paused_to: str | None = None
    override_next_on: str | None = None
    override_reason: str | None = None
    meter_id: str | None = None
    every_units: int | None = None
    meter_ahead: int | None = None
    meter_base: int | None = None
    meter_floating: int | None = None
    template_id: str | None = None
    title: str | None = None
    description: str | None = None
    priority: int | None = None
    type: str | None = None
    place_id: str | None = None
    asset_category: str | None = None
    planned_minutes: int | None = None
    lead_id: str | None = None
    plan_on_due: int | None = None
    wall_time: str | None = None
    signoff_required: int | None = None
    route: int | None = None
    created_on: str | None = None
    since_on: str | None = None
    version: int | None = None
    active: int | None = None
    retired_at: str | None = None


class PlanVersion(Record, table=True):
    """What a plan said before an edit, as JSON; append-only."""

    plan_id: str | None = Field(default=None, index=True)
    version: int | None = None
    fields: str | None = None
    at: str | None = None
    by_id: str | None = None


class Occurrence(Record, table=True):
    """What became of one date of a plan on one asset, or of all from `nominal_on` to `through_on`.

    `state` is open, done, missed, skipped or merged; `cause` is what the order's id is made of; thresholds and values
    are thousandths of the meter's unit.
    """

    plan_id: str | None = Field(default=None, index=True)
    asset_id: str | None = None
    nominal_on: str | None = None
    through_on: str | None = None
    due_on: str | None = None
    state: str | None = None
    count: int | None = None
    cause: str | None = None
    reason: str | None = None
    threshold: int | None = None
    work_order_id: str | None = Field(default=None, index=True)
    done_on: str | None = None
    done_value: int | None = None
