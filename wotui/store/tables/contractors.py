"""Firms that are hired onto orders: their contacts, documents and jobs. Money is in minor units of the
shop's currency.
"""

from __future__ import annotations

from sqlmodel import Field

from wotui.store.tables.base import Record


class Contractor(Record, table=True):
    """A firm. `service_mode` is onsite, offsite or both; rates are minor units per hour; a lower rank is
    preferred.
    """

    name: str | None = None
    service_mode: str | None = None
    tax_id: str | None = None
    currency: str | None = None
    payment_terms_days: int | None = None
    rate_hour: int | None = None
    rate_hour_after: int | None = None
    callout_fee: int | None = None
    min_minutes: int | None = None
    travel_rate: int | None = None
    preferred_rank: int | None = None
    blocked: int | None = None
    blocked_reason: str | None = None
    is_supplier: int | None = None
    notes: str | None = None
    active: int | None = None


class ContractorContact(Record, table=True):
    """A person to call there."""

    contractor_id: str | None = Field(default=None, index=True)
    name: str | None = None
    phone: str | None = None
    email: str | None = None
    always_reachable: int | None = None


class ContractorDocument(Record, table=True):
    """An insurance, licence, tax form or contract; its state is derived as of a date, never stored."""

    contractor_id: str | None = Field(default=None, index=True)
    kind: str | None = None
    number: str | None = None
    issuer: str | None = None
    limit_amount: int | None = None
    valid_from: str | None = None
    valid_until: str | None = None
    trade: str | None = None
    file: str | None = None


class ContractorJob(Record, table=True):
    """One hiring for one order. Prices are copied at the moment of hiring; `override_reason` says why
    somebody without valid documents was hired all the same.
    """

    work_order_id: str | None = Field(default=None, index=True)
    contractor_id: str | None = Field(default=None, index=True)
    mode: str | None = None
    price_kind: str | None = None
    agreed_price: int | None = None
    rate: int | None = None
    nte_limit: int | None = None
    tax_bp: int | None = None
    quoted_on: str | None = None
    quote_valid_until: str | None = None
    po_number: str | None = None
    planned_on: str | None = None
    sent_out_on: str | None = None
    due_back_on: str | None = None
    came_back_on: str | None = None
    invoice_ref: str | None = None
    invoiced_amount: int | None = None
    state: str | None = None
    state_reason: str | None = None
    finished_on: str | None = None
    override_reason: str | None = None
    rating_quality: int | None = None
    rating_time: int | None = None
    rating_price: int | None = None
    rating_note: str | None = None
