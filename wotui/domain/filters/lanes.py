"""The Inbox's lanes: standing filters, in the same language that everybody types."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lane:
    """A standing filter of the Inbox.

    Attributes:
        name: stable, for settings and tests.
        title: what the tab says.
        filter: in the filter language.
        empty: what an empty lane says, with what to do next.
    """

    name: str
    title: str
    filter: str
    empty: str


LANES = (
    Lane("mine", "Mine", "@me", "Nothing is assigned to you. Press tab for the open orders, a assigns one."),
    Lane("overdue", "Overdue", "late:yes", "Nothing is overdue."),
    Lane("week", "This week", "due:today..week", "Nothing more is due this week."),
    Lane("open", "Open", "", "No open orders. Press n for a new one."),
    Lane("hold", "On hold", "status:on-hold", "Nothing is waiting."),
    Lane("done", "Done", "status:done", "Every finished order is closed."),
    Lane("all", "All", "status:any", "This shop has no orders yet. Press n for the first one."),
)

FIRST_LANE = "open"
"""Where the Inbox opens."""
