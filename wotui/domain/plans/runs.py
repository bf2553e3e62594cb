"""The dates of a plan that no row of its ledger speaks of, gathered into runs of the same fate.

A run is a stretch of numbers, not of rows: two years of a daily plan are one run. The cost grows with the turns of the
season in between, never with the dates.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from wotui.domain.plans.shifts import LONGEST_SHIFT, WorkingDays

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from wotui.domain.plans.plan import Entry, Plan

Fate = Literal["live", "paused", "out of season", "merged"]

ENDLESS = 10**9
_TEN_YEARS = 3660
_WORKING = WorkingDays()


@dataclass(frozen=True, slots=True)
class Run:
    """The dates numbered `first` to `last`, both included, and what the rule says of them all."""

    first: int
    last: int
    fate: Fate = "live"

    @property
    def count(self) -> int:
        """How many dates it holds."""
        return self.last - self.first + 1


def due(plan: Plan, nominal: date) -> date:
    """When an occurrence is due: in season if it is deferred, then on a working day. Never earlier for a later date."""
    if plan.season is not None and plan.season_policy == "defer":
        nominal = plan.season.next_in(nominal)
    return (plan.working or _WORKING).shifted(nominal, plan.nonworking)


def undecided(plan: Plan, ledger: Iterable[Entry], last: int = ENDLESS, start: int = 0) -> Iterator[Run]:
    """The dates from number `start` to `last` that the ledger does not speak of, in order.

    Nothing comes after the plan's end, nor before the day it was made unless it catches up on all.
    """
    dates = plan.dates
    if plan.since_on is not None and plan.catch_up != "all":
        start = max(start, dates.first_from(plan.since_on))
    if plan.until_on is not None:
        last = min(last, dates.last_to(plan.until_on))
    if plan.max_count is not None:
        last = min(last, plan.max_count - 1)
    earliest = start
    for first, through in _decided(plan, ledger):
        if start < first and start <= last:
            yield from _fates(plan, start, min(first - 1, last), earliest)
        start = max(start, through + 1)
    if start <= last:
        yield from _fates(plan, start, last, earliest)


def first_live(
    plan: Plan, ledger: Iterable[Entry], horizon: date, start: int = 0
) -> tuple[int | None, list[Run]]:
    """The first date that is not left out, and the runs left out before it; None where none comes up to the horizon."""
    left_out: list[Run] = []
    for run in undecided(plan, ledger, plan.dates.last_to(horizon), start):
        if run.fate == "live":
            return run.first, left_out
        left_out.append(run)
    return None, left_out


def some_periods_after(plan: Plan, day: date, count: int = 1) -> date:
    """A day by which so many dates have come after another day, with ten years to spare; there may be none at all
    where each date of a year falls out of season.
    """
    days = (count + 1) * (plan.dates.period * 31 // 30 + 1) + _TEN_YEARS
    latest = max(day, plan.anchor_on)
    return latest + min(timedelta(days=days), date.max - latest)


def reached(plan: Plan, ledger: Iterable[Entry], horizon: date, start: int = 0) -> list[Run]:
    """The undecided dates that are due on or before the horizon."""
    last = plan.dates.last_to(horizon + timedelta(days=LONGEST_SHIFT))
    found: list[Run] = []
    for run in undecided(plan, ledger, last, start):
        inside, beyond = split(plan, [run], horizon)
        found.extend(inside)
        if beyond:
            break
    return found


def split(plan: Plan, among: Sequence[Run], limit: date) -> tuple[list[Run], list[Run]]:
    """The dates due on or before a day, and those due later."""
    dates, inside, beyond = plan.dates, list[Run](), list[Run]()
    for run in among:
        numbers = range(run.first, run.last + 1)
        count = bisect_right(numbers, limit, key=lambda number: due(plan, dates.on(number)))
        if count:
            inside.append(Run(run.first, run.first + count - 1, run.fate))
        if count < run.count:
            beyond.append(Run(run.first + count, run.last, run.fate))
    return inside, beyond


def _decided(plan: Plan, ledger: Iterable[Entry]) -> list[tuple[int, int]]:
    dates = plan.dates
    numbers = [
        (max(0, dates.first_from(entry.nominal_on)), dates.last_to(entry.last_on))
        for entry in ledger
        if entry.threshold is None
    ]
    return sorted((first, last) for first, last in numbers if first <= last)


def _fates(plan: Plan, start: int, last: int, earliest: int) -> Iterator[Run]:
    dates = plan.dates
    while start <= last:
        day = dates.on(start)
        change = _next_change(plan, day)
        end = last if change is None else min(last, dates.first_from(change) - 1)
        fate = _fate(plan, day)
        if fate == "merged" and not _joins_the_date_before(plan, start, earliest):
            yield Run(start, start)
            start += 1
        if start <= end:
            yield Run(start, end, fate)
        start = end + 1


def _fate(plan: Plan, day: date) -> Fate:
    if plan.paused(day):
        return "paused"
    if plan.season is None or plan.season.holds(day):
        return "live"
    return "out of season" if plan.season_policy == "skip" else "merged"


def _joins_the_date_before(plan: Plan, number: int, earliest: int) -> bool:
    """Whether the date before was deferred to the same day; then that one stays and this one is merged into it."""
    if number <= earliest or plan.season is None:
        return False
    before, day = plan.dates.on(number - 1), plan.dates.on(number)
    if plan.paused(before) or plan.season.holds(before):
        return False
    return plan.season.next_in(before) == plan.season.next_in(day)


def _next_change(plan: Plan, day: date) -> date | None:
    if plan.paused(day):
        return plan.paused_to and plan.paused_to + timedelta(days=1)
    changes = [plan.season.next_change(day) if plan.season else None, plan.paused_from]
    return min((change for change in changes if change is not None and change > day), default=None)
