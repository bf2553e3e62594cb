"""The list of maintenance plans: what each is for, how it stands, when it is due next, and what is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wotui.domain.plans import words
from wotui.domain.plans.coming import coming
from wotui.store.reads import plan_ledger
from wotui.store.reads import plans as reads
from wotui.store.reads.working_days import working_days

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from wotui.store.reading import Reads
    from wotui.store.reads.plans import PlanRow, Target


@dataclass(frozen=True, slots=True)
class Listed:
    """One plan in the list.

    Attributes:
        plan: the plan.
        interval: `every 3 months`.
        about: what it is for: `PU-101`, `PU-101, PU-102`, `5 assets`, or a place.
        standing: active, paused …, ended, retired.
        next_on: the next due date that is not decided yet; None by the meter alone, or when it has ended.
        open_numbers: the numbers of its open orders.
        late: how many of them are past due.
    """

    plan: PlanRow
    interval: str
    about: str
    standing: str
    next_on: date | None
    open_numbers: tuple[str, ...]
    late: int


def listed(source: Reads, today: date, *, retired: bool = False) -> list[Listed]:
    """All plans, by what is due first; those that have ended come last, where they are asked for."""
    plans = reads.plans(source, retired=retired)
    targets = reads.targets(source, plans)
    ledger = plan_ledger.ledger(source)
    working = working_days(source)
    units = {identity: meter.uom for identity, meter in reads.meters(source).items()} if plans else {}
    places = dict(source.rows("SELECT id, code FROM place")) if plans else {}
    open_ones = _open(source)
    found: list[Listed] = []
    for plan in plans:
        rule = plan.rule(working)
        keys = [""] if plan.route else [one.asset_id for one in targets[plan.id] if one.usable]
        following: list[date] = []
        if rule is not None and not plan.retired:
            for key in keys:
                rows = coming(rule, ledger.get((plan.id, key), []), today, 1)
                following += [row.due_on for row in rows]
        orders = open_ones.get(plan.id, [])
        found.append(
            Listed(
                plan,
                words.interval(rule, units.get(plan.values["meter_id"] or "", "")) if rule else "",
                about(targets[plan.id], places.get(plan.values["place_id"], "")),
                words.standing(plan.values, rule, today),
                min(following, default=None),
                tuple(number for number, _ in orders),
                sum(due < today.isoformat() for _, due in orders),
            )
        )
    return sorted(found, key=_first_due)


def coming_dates(source: Reads, first: date, last: date, today: date) -> dict[date, list[str]]:
    """Which plans come due on which of these days, as far as nothing is decided yet: day → names, each once.

    A floating plan counts as if each of its orders were done on the day it is due.
    """
    plans = reads.plans(source)
    targets = reads.targets(source, plans)
    ledger = plan_ledger.ledger(source)
    working = working_days(source)
    found: dict[date, list[str]] = {}
    for plan in plans:
        rule = plan.rule(working)
        if rule is None:
            continue
        keys = [""] if plan.route else [one.asset_id for one in targets[plan.id] if one.usable]
        days = {
            row.due_on
            for key in keys
            for row in coming(
                rule, ledger.get((plan.id, key), []), max(today, first), (last - first).days + 1
            )
        }
        for day in days:
            if first <= day <= last:
                found.setdefault(day, []).append(plan.name)
    return found


def about(targets: Sequence[Target], place: str) -> str:
    """What a plan is for, in a few words."""
    tags = [one.tag for one in targets if one.tag]
    if not tags:
        return place
    return ", ".join(tags) if len(tags) <= 2 else f"{len(tags)} assets"


def _first_due(one: Listed) -> tuple[bool, int, str, str]:
    """What is late, what is open, what comes next, what has no date."""
    rank = 0 if one.late else 1 if one.open_numbers else 2 if one.next_on else 3
    return one.plan.retired, rank, str(one.next_on or "") if rank > 1 else "", one.plan.name.casefold()


def _open(source: Reads) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for plan_id, number, due_on in source.rows(
        "SELECT o.plan_id, ifnull(w.number, ''), ifnull(w.due_on, '9999') FROM occurrence o"
        " JOIN work_order w ON w.id = o.work_order_id AND w.deleted_at IS NULL"
        " WHERE o.deleted_at IS NULL AND o.state = 'open' ORDER BY w.due_on, w.number"
    ):
        found.setdefault(plan_id, []).append((number, due_on))
    return found
