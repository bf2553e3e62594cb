"""The ledger of maintenance plans: what became of each date, for the rules and for people to read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, get_args

from wotui.domain.plans.plan import Entry, State
from wotui.store.reading import marks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wotui.store.reading import Reads

Ledger = dict[tuple[str, str], list[Entry]]
"""(plan id, asset id) → its entries."""

_STATES = frozenset(get_args(State))
_FINISHED = ("done", "closed")
_FEW = 500
"""Plans that are asked for one by one; beyond, all are read."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One row of the ledger, with the order it made or was included in."""

    id: str
    plan_id: str
    plan: str
    asset_id: str
    asset: str
    nominal_on: str
    through_on: str
    due_on: str
    state: str
    count: int
    cause: str
    reason: str
    threshold: int | None
    order_id: str
    number: str
    order_status: str
    done_on: str
    done_value: int | None


_ROWS = """SELECT o.id, ifnull(o.plan_id, ''), ifnull(p.name, ''), ifnull(o.asset_id, ''), ifnull(a.tag, ''),
    ifnull(o.nominal_on, ''), ifnull(o.through_on, o.nominal_on), ifnull(o.due_on, o.nominal_on), ifnull(o.state, ''),
    ifnull(o.count, 1), ifnull(o.cause, ''), ifnull(o.reason, ''), o.threshold, ifnull(o.work_order_id, ''),
    ifnull(w.number, ''), ifnull(w.status, ''), ifnull(o.done_on, ''), o.done_value
    FROM occurrence o LEFT JOIN maintenance_plan p ON p.id = o.plan_id LEFT JOIN asset a ON a.id = o.asset_id
    LEFT JOIN work_order w ON w.id = o.work_order_id AND w.deleted_at IS NULL
    WHERE o.deleted_at IS NULL"""


def occurrences(reads: Reads, plan_id: str) -> list[Occurrence]:
    """A plan's ledger, the newest date first."""
    return [
        Occurrence(*row)
        for row in reads.rows(
            f"{_ROWS} AND o.plan_id = ? ORDER BY o.nominal_on DESC, a.tag, o.id DESC", (plan_id,)
        )
    ]


def of_order(reads: Reads, order_id: str) -> list[Occurrence]:
    """What an order settles: the occurrence that made it, and those of smaller plans that it includes."""
    return [
        Occurrence(*row) for row in reads.rows(f"{_ROWS} AND o.work_order_id = ? ORDER BY o.id", (order_id,))
    ]


def open_orders(reads: Reads, plan_id: str) -> list[Occurrence]:
    """The dates of a plan whose order is open, the most urgent first."""
    return [
        Occurrence(*row)
        for row in reads.rows(
            f"{_ROWS} AND o.plan_id = ? AND o.state = 'open' ORDER BY o.due_on, a.tag, o.id", (plan_id,)
        )
    ]


def ledger(reads: Reads, plan_ids: Sequence[str] | None = None) -> Ledger:
    """Every entry of these plans (without them of all that are in use), as the rules read them.

    A date that a bigger plan's order includes waits for that order as its own would: it counts as open while that one
    is open, and as done when that one is.
    """
    few = plan_ids is not None and len(plan_ids) <= _FEW
    which = (
        f"o.plan_id IN ({marks(len(plan_ids))})" if few and plan_ids is not None else "p.retired_at IS NULL"
    )
    rows = reads.rows(
        "SELECT o.plan_id, ifnull(o.asset_id, ''), o.nominal_on, o.through_on, o.due_on, o.state, o.done_on,"
        " ifnull(o.work_order_id, ''), o.threshold, o.done_value, w.status, ifnull(p.basis, '') FROM occurrence o"
        " JOIN maintenance_plan p ON p.id = o.plan_id"
        " LEFT JOIN work_order w ON w.id = o.work_order_id AND w.deleted_at IS NULL"
        f" WHERE o.deleted_at IS NULL AND {which}",
        tuple(plan_ids) if few and plan_ids is not None else (),
    )
    found: Ledger = defaultdict(list)
    for plan_id, asset_id, *rest in rows:
        entry = _entry((*rest,))
        if entry is not None:
            found[plan_id, asset_id].append(entry)
    return found


def stale(reads: Reads) -> list[tuple[str, str, str, str]]:
    """Rows that do not say what became of their order, after a merge: (row, its state, order, its status)."""
    return [
        (row[0], row[1], row[2], row[3])
        for row in reads.rows(
            "SELECT o.id, o.state, w.id, w.status FROM occurrence o JOIN work_order w ON w.id = o.work_order_id"
            " WHERE o.deleted_at IS NULL AND w.deleted_at IS NULL AND (o.state = 'open' AND w.status IN ('done',"
            " 'closed', 'cancelled') OR o.state IN ('done', 'skipped') AND w.plan_id = o.plan_id AND w.status NOT IN"
            " ('done', 'closed', 'cancelled') OR o.state = 'skipped' AND w.plan_id = o.plan_id AND w.status IN"
            " ('done', 'closed') AND w.outcome IS NOT 'not_done' OR"
            " o.state = 'merged' AND o.done_on IS NULL AND w.done_at IS NOT NULL)"
        )
    ]


def newest_record(reads: Reads) -> int | None:
    """When the newest record of the file was written, by the clock of whoever wrote it: milliseconds since 1970."""
    return reads.value(
        "SELECT max(t) FROM (SELECT (SELECT c.t FROM change c WHERE c.origin = d.id ORDER BY c.seq DESC LIMIT 1) AS t"
        " FROM device d)"
    )


def _entry(row: tuple[Any, ...]) -> Entry | None:
    nominal_on, through_on, due_on, state, done_on, order_id, threshold, done_value, status, basis = row
    nominal, done = _date(nominal_on), _date(done_on)
    if nominal is None or state not in _STATES:
        return None  # a merge may bring anything
    if state == "merged" and order_id:
        if status in _FINISHED and done is not None:
            state = "done"
        elif basis.startswith("floating"):
            if status is None or status in _FINISHED:
                return None
            state = "skipped" if status == "cancelled" else "open"
    return Entry(nominal, state, _date(through_on), _date(due_on), done, order_id, threshold, done_value)


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
