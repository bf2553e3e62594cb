"""Instants and dates as people read them, in the shop's zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui import clock
from wotui.errors import UsageProblem

if TYPE_CHECKING:
    from datetime import date
    from zoneinfo import ZoneInfo

    from wotui.store.file import Shop


def local(instant: str | None, zone: ZoneInfo) -> str:
    """A stored instant as the shop's wall time, `2026-06-08 07:00`; empty for none."""
    if not instant:
        return ""
    try:
        return clock.parse_instant(instant).astimezone(zone).strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return instant


def due(on: str | None, today: date) -> str:
    """A date people plan by, with how far it is: `2026-06-08, 3 days late`."""
    from datetime import date as civil

    if not on:
        return ""
    try:
        days = (civil.fromisoformat(on) - today).days
    except ValueError:
        return on
    if days == 0:
        return f"{on}, today"
    count = f"{abs(days)} day{'s' if abs(days) != 1 else ''}"
    return f"{on}, {count} late" if days < 0 else f"{on}, in {count}"


def day_named(shop: Shop, text: str, *, past: bool = True) -> date:
    """The day that a person means: an ISO date, or a word of the filter language (`today`, `mon`, `-7d`).

    A weekday is the last one, or with `past=False` the next.

    Raises:
        UsageProblem: not a day.
    """
    from datetime import date

    from wotui.domain.filters.dates import parse_span

    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        return parse_span(text, shop.today(), past=past)[0]
    except ValueError:
        raise UsageProblem(
            f"{text[:40]!r} is not a day.", "Write it like 2026-06-10, today or -7d."
        ) from None
