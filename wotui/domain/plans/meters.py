"""Work that comes due by a meter: a threshold every so many hours, cycles or kilometres. Thousandths of the unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.domain.plans.plan import Row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from wotui.domain.plans.plan import Entry, Plan


def on_the_meter(plan: Plan, ledger: Sequence[Entry], today: date, reading: int | None) -> tuple[Row, ...]:
    """The thresholds a reading has come to: an order for the highest, and one row for those it jumped over.

    Thresholds count from the plan's base. Where the plan floats, or a date may come first, each completion moves the
    base to the reading at that moment. A reading that is doubted must not be given.
    """
    ended = plan.until_on is not None and today > plan.until_on
    if reading is None or plan.every_units < 1 or ended or plan.paused(today):
        return ()
    if any(entry.state == "open" and (entry.threshold is None or plan.meter_floating) for entry in ledger):
        return ()
    base = _base(plan, ledger)
    known = [(entry.threshold - base) // plan.every_units for entry in ledger if entry.threshold is not None]
    first = max(1, *(number + 1 for number in known)) if known else 1
    last = (reading + plan.meter_ahead - base) // plan.every_units
    if last < first:
        return ()
    rows: list[Row] = []
    if last > first:
        over = base + (last - 1) * plan.every_units
        rows.append(
            Row(
                today, today, today, "missed", last - first, reason="the meter jumped past it", threshold=over
            )
        )
    threshold = base + last * plan.every_units
    rows.append(Row(today, today, today, "open", cause=f"meter:{threshold}", threshold=threshold))
    return tuple(rows)


def _base(plan: Plan, ledger: Sequence[Entry]) -> int:
    if plan.basis == "meter" and not plan.meter_floating:
        return plan.meter_base
    done = [
        (entry.done_on, entry.done_value)
        for entry in ledger
        if entry.state == "done" and entry.done_on and entry.done_value is not None
    ]
    return max(done)[1] if done else plan.meter_base
