"""Rounding the clock: only the outer edges of unbroken clock spans, to the nearest 5, 6 or 15 minutes.

29 CFR 785.48(b) allows the nearest 5 minutes, tenth or quarter of an hour when it averages out; there is no rounding
up or down only, and a tie falls in the employee's favour: start earlier, end later. Meal breaks stay exact (Donohue v.
AMN, 2021: meal periods may not be rounded in California). Exact minutes are the default.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from wotui.domain import wall_time
from wotui.domain.payroll.pieces import shifts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from wotui.domain.labor import Break, Span

INCREMENTS = {"none": 0, "5": 5, "6": 6, "15": 15}
"""What the setting may say, and the minutes it means."""


def rounded_edge(minute: int, increment: int, zone: ZoneInfo, *, ends: bool) -> int:
    """An edge on the nearest multiple of the increment, counted on the shop's wall clock.

    Args:
        minute: since the epoch, UTC.
        increment: minutes, 2 or more.
        zone: the shop's.
        ends: whether it is the end; a tie moves an end later and a start earlier.
    """
    over = wall_time.local(minute, zone).minute % increment
    if over * 2 > increment or (over * 2 == increment and ends):
        return minute + increment - over
    return minute - over


def rounded(spans: Iterable[Span], increment: int, zone: ZoneInfo) -> list[Span]:
    """Entries with the edges of their unbroken shifts rounded; inner edges and breaks stay exact.

    An entry that nothing is left of is dropped. Running timers, and everything when the increment is 0, come back as
    they are.
    """
    entries = sorted(spans, key=lambda one: (one.person, one.start, one.id))
    if not increment:
        return entries
    found = [one for one in entries if one.end is None]
    for _, mine in groupby((one for one in entries if one.end is not None), key=lambda one: one.person):
        for shift in shifts(mine):
            begin = rounded_edge(shift[0].start, increment, zone, ends=False)
            last = max(one.end or 0 for one in shift)
            end = rounded_edge(last, increment, zone, ends=True)
            for one in shift:
                first = begin if one is shift[0] else max(one.start, begin)
                final = end if one.end == last else min(one.end or 0, end)
                if first < final:
                    breaks = tuple(kept for item in one.breaks if (kept := _within(item, first, final)))
                    found.append(replace(one, start=first, end=final, breaks=breaks))
    return found


def _within(item: Break, first: int, last: int) -> Break | None:
    start, end = max(item.start, first), min(item.end, last)
    return replace(item, start=start, end=end) if start < end else None
