"""The Inbox's lanes: standing filters, in the same language that everybody types."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lane:
    """A standing filter of the Inbox.

    Attributes:
        name: stable, for settings and tests.
        title: what the tab says.
        short: what it says where there is little room.
        filter: in the filter language.
        empty: what an empty lane says, with what to do next.
        of: what it holds: `orders`, or `requests` (those that wait for a decision).
    """

    name: str
    title: str
    short: str
    filter: str
    empty: str
    of: str = "orders"


LANES = (
    Lane(
        "requests",
        "Requests",
        "Asked",
        "",
        "No request waits for a decision. Press r to ask for work.",
        of="requests",
    ),
    Lane(
        "mine",
        "Mine",
        "Mine",
        "@me",
        "Nothing is assigned to you. Press tab for the open orders, a assigns one.",
    ),
    Lane("overdue", "Overdue", "Late", "late:yes", "Nothing is overdue."),
    Lane("week", "This week", "Week", "due:today..week", "Nothing more is due this week."),
    Lane("open", "Open", "Open", "", "No open orders. Press n for a new one."),
    Lane("hold", "On hold", "Hold", "status:on-hold", "Nothing is waiting."),
    Lane("done", "Done", "Done", "status:done", "Every finished order is closed."),
    Lane("all", "All", "All", "status:any", "This shop has no orders yet. Press n for the first one."),
)

FIRST_LANE = "open"
"""Where the Inbox opens."""
