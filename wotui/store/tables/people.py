"""Who works here, who pays, and the small sets that belong to them."""

from __future__ import annotations

from sqlmodel import Field

from wotui.store.tables.base import Record


class Person(Record, table=True):
    """Somebody of the shop. `payroll_id` is the employee number (text: leading zeros count); `pin_hash` says
    who ticked, it locks nothing.
    """

    name: str | None = None
    initials: str | None = None
    payroll_id: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    rule_set: str | None = None
    active_from: str | None = None
    active_to: str | None = None
    pin_hash: str | None = None
    active: int | None = None


class Membership(Record, table=True):
    """One element of a small set: the roles, trades and areas of a person or contractor, the permits of an
    order.

    A row of its own, so that sets merge element by element; id = same_id("membership", record_id, kind,
    value).
    """

    record_id: str | None = Field(default=None, index=True)
    kind: str | None = None
    value: str | None = None


class Customer(Record, table=True):
    """Somebody the shop works for; kept strictly apart from contractors."""

    name: str | None = None
    contact: str | None = None
    billing_address: str | None = None
    email: str | None = None
    phone: str | None = None
    tax_id: str | None = None
    payment_terms_days: int | None = None
    notes: str | None = None
    active: int | None = None
