"""What a plan does on a day: one pure function of the plan, its ledger, the day and the meter.

It runs at any time, in any order, on any computer, as often as one likes: what the ledger says already is never decided
again, and the cause of an order follows from the occurrence, so the same occurrence is the same order everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from wotui.domain.plans.meters import on_the_meter
from wotui.domain.plans.plan import Entry, Row
from wotui.domain.plans.runs import Run, due, first_live, reached, some_periods_after, split

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wotui.domain.plans.plan import Plan, State

_EXTENDED = "extended to a later day"


@dataclass(frozen=True, slots=True)
class Decided:
    """The new rows of the ledger, oldest first, and whether the plan's one-time date was used (it is then cleared)."""

    rows: tuple[Row, ...] = ()
    override_used: bool = False


def decide(plan: Plan, ledger: Sequence[Entry], today: date, reading: int | None = None) -> Decided:
    """What becomes of the plan's occurrences on a day.

    Args:
        plan: the rule.
        ledger: every row kept for this plan on this asset, in any order.
        today: the civil date in the shop's zone.
        reading: the meter's last value that nobody doubts, in thousandths; None where there is none.
    """
    if plan.basis.endswith(
        "_or_meter"
    ):  # a completion resets both, so a second order would be the first one again
        plan = replace(plan, open_policy="one_open")
    if plan.open_policy == "one_open" and any(entry.state == "open" for entry in ledger):
        return Decided()
    if plan.basis != "fixed" and _all_done(plan, ledger):
        return Decided()
    if "meter" in plan.basis:
        metered = on_the_meter(plan, ledger, today, reading)
        if metered or plan.basis == "meter":
            return Decided(metered)
    if plan.basis.startswith("floating"):
        return _floating(plan, ledger, today)
    plan, start = _from_completion(plan, ledger) if plan.basis == "fixed_or_meter" else (plan, 0)
    return _fixed(plan, ledger, today, start)


def last_completion(ledger: Sequence[Entry]) -> tuple[date, str] | None:
    """The day the interval counts from and the order that says so: done, or left out on purpose by cancelling it."""
    days = [(entry.done_on, entry.order_id) for entry in ledger if entry.state == "done" and entry.done_on]
    days += [
        (entry.due_on or entry.nominal_on, entry.order_id)
        for entry in ledger
        if entry.state == "skipped" and entry.order_id
    ]
    return max(days, default=None)


def floating_dates(plan: Plan, ledger: Sequence[Entry]) -> tuple[Plan, int, str]:
    """The plan as it counts from the last completion, the number to start at, and what the next order is caused by.

    Before the first completion it counts from the anchor, or from the day the plan was made if that is later.
    """
    base = last_completion(ledger)
    plain = replace(plan, weekdays=(), month_rule="same_day", skip_every=0, max_count=None)
    if base is not None:
        return replace(plain, anchor_on=base[0], since_on=None), 1, base[1]
    if plan.since_on is not None and plan.catch_up != "all" and plan.since_on > plan.anchor_on:
        return replace(plain, anchor_on=plan.since_on), 0, ""
    return plain, 0, ""


def _all_done(plan: Plan, ledger: Sequence[Entry]) -> bool:
    return plan.max_count is not None and sum(entry.state == "done" for entry in ledger) >= plan.max_count


def _from_completion(plan: Plan, ledger: Sequence[Entry]) -> tuple[Plan, int]:
    if last_completion(ledger) is None:
        return plan, 0
    counted, start, _ = floating_dates(plan, ledger)
    return counted, start


def _floating(plan: Plan, ledger: Sequence[Entry], today: date) -> Decided:
    if plan.paused(today) or any(entry.state == "open" for entry in ledger):
        return Decided()
    counted, start, cause = floating_dates(plan, ledger)
    horizon = today + timedelta(days=plan.lead_days)
    number, skipped = first_live(counted, (), some_periods_after(counted, horizon), start)
    if number is None:
        return Decided()
    nominal = counted.dates.on(number)
    due_on = plan.override_next_on or due(counted, nominal)
    if due_on > horizon:
        return Decided()
    order = Row(nominal, nominal, due_on, "open", cause=cause or nominal.isoformat())
    return Decided((*_skipped_rows(counted, skipped), order), plan.override_next_on is not None)


def _fixed(plan: Plan, ledger: Sequence[Entry], today: date, start: int) -> Decided:
    if plan.override_next_on is not None and not plan.paused(today):
        moved = _overridden(plan, ledger, today, start)
        if plan.open_policy == "one_open" or not moved.override_used:
            return moved
        known = [*ledger, *(Entry(row.nominal_on, row.state, row.through_on) for row in moved.rows)]
        others = _fixed(replace(plan, override_next_on=None), known, today, start)
        return Decided((*moved.rows, *others.rows), override_used=True)
    runs = reached(plan, ledger, today + timedelta(days=plan.lead_days), start)
    rows = _skipped_rows(plan, runs)
    live = [run for run in runs if run.fate == "live"]
    if plan.paused(today):
        return Decided(rows)
    if plan.open_policy == "one_open" and plan.catch_up != "all":
        late = [entry.done_on for entry in ledger if entry.state == "done" and entry.done_on]
        covered, live = split(plan, live, max(late)) if late else ([], live)
        rows += _rows(plan, covered, "missed", "the job before was done later than this was due")
    missed, orders = _picked(plan, live, today)
    rows += _rows(plan, missed, "missed", "a later one takes its place" if orders else "past, not caught up")
    rows += tuple(_order(plan, number) for run in orders for number in range(run.first, run.last + 1))
    return Decided(tuple(sorted(rows, key=lambda row: row.nominal_on)))


def _picked(plan: Plan, live: Sequence[Run], today: date) -> tuple[list[Run], list[Run]]:
    """The dates that are missed, and those that become orders."""
    if plan.catch_up == "all":
        return [], _only_first(plan, live)
    if plan.catch_up == "none":
        past, coming = split(plan, live, today - timedelta(days=1))
        return past, _only_first(plan, coming)
    past, coming = split(plan, live, today)
    if not past:
        return [], _only_first(plan, coming)
    latest = past[-1].last
    in_window = due(plan, plan.dates.on(latest)) + timedelta(days=plan.after) >= today
    if in_window or not coming:
        missed, chosen = _without_last(past), [Run(latest, latest)]
        return missed, chosen if plan.open_policy == "one_open" else [*chosen, *coming]
    return past, _only_first(plan, coming)


def _only_first(plan: Plan, runs: Sequence[Run]) -> list[Run]:
    if plan.open_policy == "stack" or not runs:
        return list(runs)
    return [Run(runs[0].first, runs[0].first)]


def _without_last(runs: Sequence[Run]) -> list[Run]:
    *before, last = runs
    return [*before, Run(last.first, last.last - 1)] if last.count > 1 else before


def _overridden(plan: Plan, ledger: Sequence[Entry], today: date, start: int) -> Decided:
    """The next order is due on the day somebody named; what was due until then is missed, and the anchor stays."""
    extended = plan.override_next_on
    if extended is None or extended > today + timedelta(days=plan.lead_days):
        return Decided()
    runs = reached(plan, ledger, extended, start)
    live = [run for run in runs if run.fate == "live"]
    missed: list[Run] = []
    if not live:
        number, _ = first_live(plan, ledger, some_periods_after(plan, extended), start)
    elif plan.catch_up == "all":
        number = live[0].first
    else:
        number, missed = live[-1].last, _without_last(live)
    if number is None:
        return Decided()
    rows = (*_skipped_rows(plan, runs), *_rows(plan, missed, "missed", _EXTENDED))
    order = replace(_order(plan, number), due_on=extended)
    return Decided(tuple(sorted((*rows, order), key=lambda row: row.nominal_on)), override_used=True)


def _order(plan: Plan, number: int) -> Row:
    nominal = plan.dates.on(number)
    return Row(nominal, nominal, due(plan, nominal), "open", cause=nominal.isoformat())


def _skipped_rows(plan: Plan, runs: Sequence[Run]) -> tuple[Row, ...]:
    rows: list[Row] = []
    for fate, alike in groupby(runs, key=lambda run: run.fate):
        if fate == "merged":
            rows += _rows(plan, list(alike), "merged", "deferred to the same day as the one before")
        elif fate != "live":
            rows += _rows(plan, list(alike), "skipped", fate)
    return tuple(rows)


def _rows(plan: Plan, runs: Sequence[Run], state: State, reason: str) -> tuple[Row, ...]:
    """One row for each run of dates, however many they are; runs that follow each other are joined."""
    joined: list[Run] = []
    for run in runs:
        follows = bool(joined) and joined[-1].last + 1 == run.first
        joined.append(Run(joined.pop().first if follows else run.first, run.last, run.fate))
    rows: list[Row] = []
    for run in joined:
        first, last = plan.dates.on(run.first), plan.dates.on(run.last)
        rows.append(Row(first, last, due(plan, first), state, run.count, reason=reason))
    return tuple(rows)
