"""The steps of an action plan: the child orders of an order, and how far they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wotui.store.reading import Reads


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One step: a child order. `who` holds initials, or the contractor hired last; dates are ISO text."""

    id: str
    number: str
    title: str
    status: str
    due_on: str | None
    who: str

    @property
    def finished(self) -> bool:
        """Whether nothing is to be done on it any more."""
        return self.status in ("done", "closed", "cancelled")


def steps(reads: Reads, order_id: str) -> list[PlanStep]:
    """The steps of an order, in the order in which they were made."""
    return [
        PlanStep(*row)
        for row in reads.rows(
            """SELECT w.id, ifnull(w.number, ''), ifnull(w.title, ''), ifnull(w.status, ''), w.due_on,
            coalesce((SELECT group_concat(initials, ' ') FROM (SELECT n.initials FROM assignment AS g
                JOIN person AS n ON n.id = g.person_id
                WHERE g.work_order_id = w.id AND g.deleted_at IS NULL ORDER BY n.initials)),
            (SELECT t.name FROM contractor_job AS j JOIN contractor AS t ON t.id = j.contractor_id
                WHERE j.work_order_id = w.id AND j.deleted_at IS NULL
                AND j.state NOT IN ('declined', 'rejected', 'expired', 'withdrawn') ORDER BY j.key DESC LIMIT 1), '')
            FROM work_order AS w WHERE w.parent_id = ? AND w.deleted_at IS NULL
            ORDER BY w.created_at, w.number""",
            (order_id,),
        )
    ]


def progress(found: list[PlanStep]) -> str:
    """How far a plan is: `2/5`, cancelled steps left out; empty where there is nothing to count."""
    counted = [step for step in found if step.status != "cancelled"]
    return f"{sum(step.finished for step in counted)}/{len(counted)}" if counted else ""
