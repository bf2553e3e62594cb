"""The status of an order out of its steps, also when two files moved it without knowing of each other.

The steps are replayed by time. A step that starts where the order stands follows it. A step that starts elsewhere was
made by somebody who did not know: then the higher rank wins, whichever came first, so every file that holds the same
steps shows the same status.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

RANK = ("draft", "ready", "scheduled", "on_hold", "in_progress", "cancelled", "done", "closed")
"""From the lowest to the highest; what this version does not know ranks below all."""


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """One step that was not taken back; `at` is an instant as text, `id` the step's id."""

    at: str
    id: str
    from_status: str
    to_status: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the steps lead: the status, since when, and when work on it began and was last finished (instants)."""

    status: str = "draft"
    status_at: str | None = None
    started_at: str | None = None
    done_at: str | None = None


def rank(status: str) -> int:
    """How strongly a status holds against one that was set at the same time elsewhere."""
    return RANK.index(status) if status in RANK else -1


def replay(steps: Iterable[Step]) -> Standing:
    """The standing of an order after these steps, in whatever order they are given."""
    ordered = sorted(steps)
    deciding: Step | None = None
    for step in ordered:
        follows = deciding is None or step.from_status == deciding.to_status
        if follows or deciding is None or rank(step.to_status) > rank(deciding.to_status):
            deciding = step
    if deciding is None:
        return Standing()
    finished = deciding.to_status in {"done", "closed"}
    return Standing(
        status=deciding.to_status,
        status_at=deciding.at,
        started_at=min((step.at for step in ordered if step.to_status == "in_progress"), default=None),
        done_at=max((step.at for step in ordered if step.to_status == "done"), default=None)
        if finished
        else None,
    )
