"""The next dates of a plan, for people to look at before and after they change it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from wotui.domain.plans.deciding import floating_dates
from wotui.domain.plans.plan import Row
from wotui.domain.plans.runs import due, first_live, some_periods_after, undecided

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wotui.domain.plans.plan import Entry, Plan

_LONGEST_DELAY = timedelta(days=430)
"""A season defers by less than a year, the way to a working day is at most 60 days."""


def coming(plan: Plan, ledger: Sequence[Entry], today: date, count: int = 12) -> tuple[Row, ...]:
    """Up to `count` occurrences due from today on that are not decided yet.

    A floating plan counts as if each were done on the day it is due, one that is open included; a plan by the meter
    alone has no dates. A one-time date counts for the first.
    """
    if plan.basis == "meter":
        return ()
    limit = some_periods_after(plan, today, count)
    source = (
        _fixed(plan, ledger, today, limit) if plan.basis == "fixed" else _floating(plan, ledger, today, limit)
    )
    found = list(islice(source, count))
    if found and plan.override_next_on is not None:
        found[0] = replace(found[0], due_on=plan.override_next_on)
    return tuple(found)


def _fixed(plan: Plan, ledger: Sequence[Entry], today: date, limit: date) -> Iterator[Row]:
    dates = plan.dates
    start = max(0, dates.first_from(today - _LONGEST_DELAY))
    for run in undecided(plan, ledger, dates.last_to(limit), start):
        if run.fate != "live":
            continue
        for number in range(run.first, run.last + 1):
            nominal = dates.on(number)
            due_on = due(plan, nominal)
            if due_on >= today:
                yield Row(nominal, nominal, due_on, "open", cause=nominal.isoformat())


def _floating(plan: Plan, ledger: Sequence[Entry], today: date, limit: date) -> Iterator[Row]:
    done = [
        replace(entry, state="done", done_on=max(entry.due_on or entry.nominal_on, today))
        if entry.state == "open"
        else entry
        for entry in ledger
    ]
    counted, start, _ = floating_dates(plan, done)
    while True:
        number, _ = first_live(counted, (), limit, start)
        if number is None:
            return
        nominal = counted.dates.on(number)
        due_on = max(due(counted, nominal), today)
        yield Row(nominal, nominal, due_on, "open")
        counted, start = replace(counted, anchor_on=due_on, since_on=None), 1
