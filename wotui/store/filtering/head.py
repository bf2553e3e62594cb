"""The head of the queue without a look at all that is in it: what the screen shows first, at every start.

An order's place depends on its weight and on its days overdue, at most 20, so no index has the queue's order. But
orders of one status and one weight stand in it by their due dates, which is an index's order. There are few weights
(`domain.queue`), so the first hundred of all are among the first hundred of each, whatever the size of the shop.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.domain.work_orders import OPEN as OPEN_STATUSES
from wotui.store.filtering.query import QUEUE
from wotui.store.indexes import KEPT, OPEN

if TYPE_CHECKING:
    from wotui.store.filtering.query import Query
    from wotui.store.reading import Reads

_WEIGHTS = f"""WITH RECURSIVE weights (weight) AS (
        SELECT (SELECT max(queue_weight) FROM work_order WHERE {OPEN} AND {KEPT} AND status = '{{status}}')
        UNION ALL SELECT (SELECT max(queue_weight) FROM work_order WHERE {OPEN} AND {KEPT} AND status = '{{status}}'
            AND queue_weight < weights.weight) FROM weights WHERE weights.weight IS NOT NULL)
    SELECT weight FROM weights"""
# The last row of it is NULL, which also looks for orders that nobody has weighed.
_OF_ONE_WEIGHT = f"""SELECT * FROM (SELECT w.key AS key, {QUEUE} AS score, w.due_on, w.priority FROM work_order AS w
    WHERE w.{OPEN} AND w.{KEPT} AND w.status = '{{status}}' AND w.queue_weight IS {{weight}}
    ORDER BY w.due_on NULLS LAST, w.priority, w.key LIMIT {{limit}})"""
_MOST_WEIGHTS = 80
"""SQLite puts together at most 500 queries, and more weights than rules can give are no reason to try."""


def head_of_queue(reads: Reads, wanted: Query, limit: int) -> tuple[str, tuple[object, ...]]:
    """SQL for the keys of the first orders of the whole queue, with its values.

    Args:
        reads: the shop.
        wanted: a query with `whole_queue`; its only value is today.
        limit: how many.
    """
    weights = [
        (status, weight)
        for status in OPEN_STATUSES
        for (weight,) in reads.rows(_WEIGHTS.format(status=status))
    ]
    if len(weights) > _MOST_WEIGHTS:
        return wanted.keys(limit), wanted.values
    parts = " UNION ALL ".join(
        _OF_ONE_WEIGHT.format(status=status, weight="NULL" if weight is None else f"{weight:d}", limit=limit)
        for status, weight in weights
    )
    order = "score DESC, due_on IS NULL, due_on, priority, key"
    return f"SELECT key FROM ({parts}) ORDER BY {order} LIMIT {limit}", wanted.values * len(weights)
