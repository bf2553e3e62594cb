"""Parts that the shop uses, and the material of an order."""

from __future__ import annotations

from sqlmodel import Field

from wotui.store.tables.base import Record


class Part(Record, table=True):
    """A part by its stock number; quantities are thousandths of `uom`."""

    sku: str | None = None
    name: str | None = None
    description: str | None = None
    uom: str | None = None
    category: str | None = None
    manufacturer: str | None = None
    mpn: str | None = None
    bin: str | None = None
    min_qty: int | None = None
    active: int | None = None


class OrderMaterial(Record, table=True):
    """A line of material on an order: a part, or free text. Quantities are thousandths of `uom`, money minor units."""

    work_order_id: str | None = Field(default=None, index=True)
    part_id: str | None = Field(default=None, index=True)
    text: str | None = None
    uom: str | None = None
    planned_qty: int | None = None
    used_qty: int | None = None
    unit_cost: int | None = None
    unit_price: int | None = None
    reserved: int | None = None
    billable: int | None = None
    position: int | None = None
