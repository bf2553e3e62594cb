"""Checklists: the templates, the snapshots on orders, and every answer ever given."""

from __future__ import annotations

from sqlmodel import Field, SQLModel

from wotui.store.tables.base import Record


class ItemFields(SQLModel):
    """What an item asks, the same in a template and in its snapshot on an order. Limits are thousandths of
    the unit; `options` and `follow_up` are JSON, copied whole and never edited in part.
    """

    position: int | None = None
    type: str | None = None
    label: str | None = None
    help: str | None = None
    uom: str | None = None
    min_value: int | None = None
    max_value: int | None = None
    warn_min: int | None = None
    warn_max: int | None = None
    good_answer: str | None = None
    options: str | None = None
    required: int | None = None
    na_allowed: int | None = None
    show_if_item: str | None = None
    show_if_value: str | None = None
    severity: str | None = None
    on_fail: str | None = None
    follow_up: str | None = None
    meter_id: str | None = None
    role: str | None = None


class ChecklistTemplate(Record, table=True):
    """A list that can be put on any order."""

    name: str | None = None
    description: str | None = None
    trade: str | None = None


class ItemTemplate(Record, ItemFields, table=True):
    """One item of a template."""

    template_id: str | None = Field(default=None, index=True)


class Checklist(Record, table=True):
    """A snapshot of a template on an order, or a list made there."""

    work_order_id: str | None = Field(default=None, index=True)
    template_id: str | None = None
    name: str | None = None
    position: int | None = None


class ChecklistItem(Record, ItemFields, table=True):
    """One item of a checklist on an order."""

    checklist_id: str | None = Field(default=None, index=True)


class ItemResult(Record, table=True):
    """One answer; append-only, the latest counts. `outcome` is pass, flag, fail or na."""

    item_id: str | None = Field(default=None, index=True)
    value: str | None = None
    outcome: str | None = None
    note: str | None = None
    by_id: str | None = None
    at: str | None = None
