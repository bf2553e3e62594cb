"""Occurrences settled by other work: the bigger plan on the same asset, or the same job done early."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from wotui.domain.plans.coming import coming

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wotui.domain.plans.plan import Entry, Plan, Row


@dataclass(frozen=True, slots=True)
class Bigger:
    """An occurrence of a plan that covers this one: when it is due, its days of grace, and what it is called."""

    name: str
    due_on: date
    before: int
    after: int


def nested(plan: Plan, rows: Iterable[Row], bigger: Iterable[Bigger]) -> tuple[Row, ...]:
    """The rows with each order that a bigger one covers merged into it: their windows share a day."""
    covering = tuple(bigger)
    return tuple(_covered(plan, row, covering) if row.state == "open" else row for row in rows)


def _covered(plan: Plan, row: Row, covering: tuple[Bigger, ...]) -> Row:
    opens, ends = row.due_on - timedelta(days=plan.before), row.due_on + timedelta(days=plan.after)
    for one in covering:
        if one.due_on - timedelta(days=one.before) <= ends and opens <= one.due_on + timedelta(
            days=one.after
        ):
            return replace(row, state="merged", reason=f"included in {one.name}")
    return row


def settled_early(plan: Plan, ledger: Sequence[Entry], done_on: date) -> Row | None:
    """The next occurrence, as done, if work done on a day settles it: the day lies in the window before it is due.

    None where it does not; then a person has to say whether it counts.
    """
    following = next(iter(coming(plan, ledger, done_on, 1)), None)
    if following is None or following.due_on - timedelta(days=plan.before) > done_on:
        return None
    return replace(following, state="done", reason="done ahead of time")
