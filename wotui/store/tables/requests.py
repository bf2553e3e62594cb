"""What somebody asked for, and what became of it."""

from __future__ import annotations

from typing import ClassVar

from sqlmodel import Field

from wotui.store.tables.base import Record


class Request(Record, table=True):
    """Somebody asks for work: a person of the shop, a tenant, a customer, or a machine through a rule.

    `status` and `status_at` follow from its steps. `source_key` names the cause of a machine's request while one is
    open; `place_unknown` is 1 where the person could not say where. Names and contact of people who are not on the
    shop's list stand in `requester_name` and `requester_contact`; `permission_to_enter` is yes, no or call_first.
    """

    derived: ClassVar[frozenset[str]] = frozenset({"status", "status_at"})

    number: str | None = Field(default=None, index=True)
    title: str | None = None
    description: str | None = None
    status: str | None = None
    status_at: str | None = None
    requester_id: str | None = None
    requester_name: str | None = None
    requester_contact: str | None = None
    customer_id: str | None = None
    place_id: str | None = Field(default=None, index=True)
    place_unknown: int | None = None
    asset_id: str | None = Field(default=None, index=True)
    work_kind: str | None = None
    trade: str | None = None
    asked_priority: int | None = None
    wanted_on: str | None = None
    permission_to_enter: str | None = None
    source: str | None = None
    source_key: str | None = Field(default=None, index=True)
    reported_at: str | None = None
    downtime_since: str | None = None
    duplicate_of_id: str | None = Field(default=None, index=True)
    rule_id: str | None = None
    template_id: str | None = None
    assigned_id: str | None = None
    external_id: str | None = Field(default=None, index=True)
    created_at: str | None = None
    created_by: str | None = None


class RequestStep(Record, table=True):
    """A step of a request through its lifecycle; append-only."""

    request_id: str | None = Field(default=None, index=True)
    from_status: str | None = None
    to_status: str | None = None
    at: str | None = None
    by_id: str | None = None
    reason: str | None = None
    note: str | None = None
    device: str | None = None


class RequestOrder(Record, table=True):
    """An order made for a request, or joined to it; id = same_id("request order", request_id, work_order_id)."""

    request_id: str | None = Field(default=None, index=True)
    work_order_id: str | None = Field(default=None, index=True)
