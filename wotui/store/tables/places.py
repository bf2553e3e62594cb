"""Where work happens: places, assets, their meters and readings."""

from __future__ import annotations

from sqlmodel import Field

from wotui.store.tables.base import Record


class Place(Record, table=True):
    """A site, building, floor, room, area, line, unit, vehicle or outdoor place; a tree."""

    code: str | None = Field(default=None, index=True)
    name: str | None = None
    kind: str | None = None
    parent_id: str | None = None
    address: str | None = None
    customer_id: str | None = None
    access_notes: str | None = None
    active: int | None = None


class Asset(Record, table=True):
    """A machine or part of one; a tree. Criticality is A, B or C; state is in_service, standby, down,
    out_of_service or disposed. Dates are civil dates.
    """

    tag: str | None = Field(default=None, index=True)
    name: str | None = None
    place_id: str | None = Field(default=None, index=True)
    parent_id: str | None = None
    category: str | None = None
    manufacturer: str | None = None
    model: str | None = None
    serial: str | None = None
    installed_on: str | None = None
    warranty_until: str | None = None
    criticality: str | None = None
    state: str | None = None
    failure_class: str | None = None
    manual_path: str | None = None
    active: int | None = None


class Meter(Record, table=True):
    """A meter of an asset: cumulative (hours run) or gauge (pressure)."""

    asset_id: str | None = Field(default=None, index=True)
    name: str | None = None
    uom: str | None = None
    kind: str | None = None
    rollover_at: int | None = None
    expected_every_days: int | None = None


class Reading(Record, table=True):
    """A meter's value in thousandths of its unit; append-only. `suspect` marks one below its predecessor."""

    meter_id: str | None = Field(default=None, index=True)
    value: int | None = None
    taken_at: str | None = None
    by_id: str | None = None
    source: str | None = None
    is_reset: int | None = None
    suspect: int | None = None
