"""Which order is the most pressing: a score after RIME (ranking index for maintenance expenditures), and its reason.

    score = criticality of the asset x class of the work + days overdue, at most 20

RIME ranks by the product of machine and work class; the days overdue are added so that nothing is left to lie. The
first part does not depend on today, so each order carries it (`queue_weight`); the list adds the second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.text import counted

if TYPE_CHECKING:
    from datetime import date

CRITICALITY = {"A": 10, "B": 6, "C": 3}
NO_CRITICALITY = 4
CLASS = {1: 10, 2: 8, 3: 5, 4: 2}
PREVENTIVE_CLASS = 7
"""Preventive work counts for at least this much, so that planned care is not always pushed aside by small repairs."""
MOST_DAYS = 20


def weight(criticality: str | None, order_type: str | None, priority: int | None) -> int:
    """The part of the score that does not depend on today, 6 to 100.

    Args:
        criticality: of the asset, A to C; None where there is no asset.
        order_type: as stored, such as `preventive`.
        priority: 1 emergency to 4 low; anything else counts as 3 normal.
    """
    work = CLASS.get(priority or 3, CLASS[3])
    if order_type == "preventive":
        work = max(work, PREVENTIVE_CLASS)
    return CRITICALITY.get(criticality or "", NO_CRITICALITY) * work


def days_late(due_on: date | None, today: date) -> int:
    """How many days ago the order should have been done; 0 when there is time left, or no due date."""
    return max(0, (today - due_on).days) if due_on else 0


def score(static: int, due_on: date | None, today: date) -> int:
    """The whole score: the order's weight plus its days overdue, at most 20."""
    return static + min(MOST_DAYS, days_late(due_on, today))


def reason(
    criticality: str | None, order_type: str | None, priority: int | None, due_on: date | None, today: date
) -> str:
    """Why an order stands where it stands: `A-machine, urgent, 3 days late`; `normal` when nothing presses."""
    parts: list[str] = []
    if criticality in ("A", "B"):
        parts.append(f"{criticality}-machine")
    if order_type == "preventive" and priority not in (1, 2):
        parts.append("preventive")
    elif said := {1: "emergency", 2: "urgent", 4: "low priority"}.get(priority or 3):
        parts.append(said)
    late = days_late(due_on, today)
    if late:
        parts.append(f"{counted(late, 'day')} late")
    elif due_on == today:
        parts.append("due today")
    return ", ".join(parts) or "normal"
