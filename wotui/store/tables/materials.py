"""Parts that the shop uses."""

from __future__ import annotations

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
