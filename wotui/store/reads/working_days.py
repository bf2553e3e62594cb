"""Which days the shop works: the weekdays of its settings, without its holidays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from wotui.domain.identity import same_id
from wotui.domain.plans.shifts import WorkingDays
from wotui.domain.shop_settings import WEEKDAYS
from wotui.store.file import SETTING_DEFAULTS

if TYPE_CHECKING:
    from wotui.store.reading import Reads

SETTING = "calendar.working_days"


@dataclass(frozen=True, slots=True)
class HolidayRow:
    """A day on which the shop does not work."""

    id: str
    on_day: date
    name: str


def working_days(reads: Reads) -> WorkingDays:
    """The days on which the shop works."""
    typed = reads.value(
        "SELECT value FROM setting WHERE id = ? AND deleted_at IS NULL", (same_id("setting", SETTING),)
    )
    words = (typed or SETTING_DEFAULTS.get(SETTING, "")).split(",")
    weekdays = frozenset(number for number, name in enumerate(WEEKDAYS) if name[:3] in words)
    return WorkingDays(weekdays, frozenset(row.on_day for row in holidays(reads)))


def holidays(reads: Reads) -> list[HolidayRow]:
    """Every holiday, by date."""
    found: list[HolidayRow] = []
    for identity, on_day, name in reads.rows(
        "SELECT id, on_day, name FROM holiday WHERE deleted_at IS NULL AND on_day IS NOT NULL ORDER BY on_day"
    ):
        try:
            found.append(HolidayRow(identity, date.fromisoformat(on_day), name or ""))
        except ValueError:
            continue  # a merge may bring anything
    return found
