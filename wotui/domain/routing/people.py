"""Whoever is available: who works that day, has the trade, covers the area, and has the least planned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody on one day. Trades are folded; no areas means everywhere; minutes of work and minutes planned."""

    id: str
    name: str
    trades: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    minutes: int = 0
    planned: int = 0

    def suits(self, trade: str, places: tuple[str, ...]) -> bool:
        """Whether they work that day, have the trade (any will do for an empty one) and cover the area."""
        if self.minutes <= 0 or (trade and trade.casefold() not in self.trades):
            return False
        return not self.areas or not self.areas.isdisjoint(places)


def whoever(workers: Iterable[Worker], trade: str, places: tuple[str, ...]) -> Worker | None:
    """Who suits and has the fewest minutes planned that day; of equals the one with the smallest id. None: nobody.

    Args:
        workers: everybody, as they stand that day.
        trade: what they must know; empty for any.
        places: the ids of the place and all that it lies in; empty where nobody said where.
    """
    suitable = [worker for worker in workers if worker.suits(trade, places)]
    return min(suitable, key=lambda worker: (worker.planned, worker.id), default=None)
