"""The shop's days, weeks and pay periods, from its settings; asked of the shop or inside a transaction."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from wotui.domain.identity import same_id
from wotui.domain.payroll.calendar import PaySchedule, Period, WeekChange, WorkCalendar, weekday_number
from wotui.errors import FileTrouble, Refused
from wotui.store.file import SETTING_DEFAULTS

if TYPE_CHECKING:
    from wotui.store.reading import Reads


def calendar(reads: Reads) -> WorkCalendar:
    """The shop's days and weeks.

    Raises:
        FileTrouble: E11, this computer does not know the shop's zone.
    """
    name = _setting(reads, "shop.zone")
    try:
        zone = ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise FileTrouble(
            f"E11 This computer does not know the shop's time zone {name}.",
            "Install tzdata (pip install tzdata), or mend it: wotui settings shop.zone.",
        ) from None
    return WorkCalendar(
        zone, weekday_number(_setting(reads, "payroll.workweek_start")), changes=_changes(reads)
    )


def _changes(reads: Reads) -> tuple[WeekChange, ...]:
    """When the workweek began on another weekday, the oldest first."""
    parts = (one.split() for one in _setting(reads, "payroll.workweek_changes").split(";") if one.strip())
    return tuple(
        sorted(
            (WeekChange(date.fromisoformat(day), weekday_number(word)) for day, word in parts),
            key=lambda one: one.since,
        )
    )


def schedule(reads: Reads) -> PaySchedule:
    """The shop's pay schedule.

    Raises:
        Refused: a biweekly schedule without its anchor, or an anchor that is no date.
    """
    try:
        anchor = day_of(_setting(reads, "payroll.anchor"))
    except ValueError:
        way_out = "Set it: wotui settings payroll.anchor 2026-01-05."
        raise Refused("The setting payroll.anchor is not a date.", way_out) from None
    first_day = weekday_number(_setting(reads, "payroll.workweek_start"))
    return PaySchedule(_setting(reads, "payroll.schedule"), first_day, anchor, _changes(reads))


def _setting(reads: Reads, name: str) -> str:
    # A setting of the shop, asked for through a transaction too.
    value = reads.value(
        "SELECT value FROM setting WHERE id = ? AND deleted_at IS NULL", (same_id("setting", name),)
    )
    return value if value is not None else SETTING_DEFAULTS.get(name, "")


def day_of(text: str | None) -> date | None:
    """A stored date, or None for none.

    Raises:
        ValueError: not a date.
    """
    return date.fromisoformat(text) if text else None


def period_of(reads: Reads, day: date) -> Period:
    """The pay period that a day lies in."""
    return schedule(reads).period_of(day)
