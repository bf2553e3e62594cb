"""When people work: holidays and who is there how long."""

from __future__ import annotations

from sqlmodel import Field

from wotui.store.tables.base import Record


class Holiday(Record, table=True):
    """A day on which the shop does not work; id = same_id("holiday", on_day)."""

    on_day: str | None = Field(default=None, index=True)
    name: str | None = None


class Availability(Record, table=True):
    """Minutes that a person works on a weekday (1 is Monday); id = same_id("availability", person_id, weekday)."""

    person_id: str | None = Field(default=None, index=True)
    weekday: int | None = None
    minutes: int | None = None


class AvailabilityException(Record, table=True):
    """Minutes that a person works on one day instead; id = same_id("availability", person_id, on_day)."""

    person_id: str | None = Field(default=None, index=True)
    on_day: str | None = None
    minutes: int | None = None
    reason: str | None = None
