"""A whole filter as one query over `work_order AS w`: what to read from, what must hold, in which order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wotui.domain.filters import only_statuses
from wotui.domain.filters.tree import All, Filter, Node, Sort, Words
from wotui.domain.queue import MOST_DAYS
from wotui.domain.work_orders import OPEN as OPEN_STATUSES
from wotui.domain.work_orders import STATUSES
from wotui.store import indexes, search
from wotui.store.filtering.conditions import COLUMNS, Conditions, match

if TYPE_CHECKING:
    from datetime import date
    from zoneinfo import ZoneInfo

    from wotui.store.filtering.records import Bound

_LIFECYCLE = " ".join(f"WHEN '{status}' THEN {place}" for place, status in enumerate(STATUSES))
_SORTS = {
    "status": (f"CASE w.status {_LIFECYCLE} END",),
    "number": ("length(w.number)", "w.number"),
    "title": ("w.title COLLATE NOCASE",),
    "asset": ("(SELECT tag FROM asset WHERE id = w.asset_id) COLLATE NOCASE",),
    "place": (f"(SELECT name FROM place WHERE id = {COLUMNS['place']}) COLLATE NOCASE",),
    "customer": ("(SELECT name FROM customer WHERE id = w.customer_id) COLLATE NOCASE",),
    "assigned": (
        "(SELECT min(p.initials) FROM assignment AS a JOIN person AS p ON p.id = a.person_id"
        " WHERE a.work_order_id = w.id AND a.deleted_at IS NULL)",
    ),
    "newest": ("w.key",),
}
"""Fields that are not sorted by their plain column: by these expressions, one after the other."""

_QUEUE_ORDER, _NEWEST = Sort("queue", descending=True), Sort("newest", descending=True)
_LATENESS = f"min({MOST_DAYS}, max(0, ifnull(julianday(?) - julianday(w.due_on), 0)))"
QUEUE = f"w.queue_weight + {_LATENESS}"
"""The queue's score (`domain.queue`); its question mark is today."""


@dataclass(frozen=True, slots=True)
class Query:
    """A filter in SQL.

    Attributes:
        source: what stands after FROM; gives `w.key` at least.
        where: the condition.
        order: what stands after ORDER BY; the last term makes it total, so that pages never overlap.
        values: of the question marks in source, where and order, in this order.
        condition_values: those of source and where alone, for counting.
        whole_queue: nothing is filtered: every open order, in the queue's order.
    """

    source: str
    where: str
    order: str
    values: tuple[object, ...]
    condition_values: tuple[object, ...]
    whole_queue: bool = False

    def keys(self, limit: int | None = None) -> str:
        """SELECT the keys in order, all of them or the first `limit`."""
        window = f" LIMIT {limit}" if limit is not None else ""
        return f"SELECT w.key FROM {self.source} WHERE {self.where} ORDER BY {self.order}{window}"

    def count(self) -> str:
        """SELECT how many orders fit; takes `condition_values`."""
        return f"SELECT count(*) FROM {self.source} WHERE {self.where}"


def query(filter_: Filter, *, today: date, zone: ZoneInfo, me: str | None) -> Query:
    """Make a filter's query.

    Args:
        filter_: what the parser read.
        today: the shop's date, for lateness and the queue.
        zone: the shop's zone, in which the days of instants begin.
        me: id of whoever acts, for `@me`; None fits nobody.
    """
    statuses = only_statuses(filter_)
    open_only = statuses <= set(OPEN_STATUSES)
    sorts = filter_.sorts or (_QUEUE_ORDER if open_only else _NEWEST,)
    conditions = Conditions(today, zone, me, open_only)
    node, source, first_values = filter_.node, "work_order AS w", ()
    order, order_values = _order(sorts, today)
    if sorts == (_NEWEST,) and not open_only and (hits := _hits(node)):
        (source, first_values), node = hits
        order = "s.hit DESC"
    parts: list[Bound] = [(f"w.{indexes.KEPT}", ())]
    if open_only or statuses.isdisjoint(OPEN_STATUSES):
        parts.append((f"w.{indexes.OPEN if open_only else indexes.PAST}", ()))
    if node != All(()):
        parts.append(conditions.of(node))
    where = " AND ".join(f"({text})" for text, _ in parts)
    bound = (*first_values, *(value for _, values in parts for value in values))
    whole_queue = open_only and filter_.node == All(()) and sorts == (_QUEUE_ORDER,)
    return Query(source, where, order, (*bound, *order_values), bound, whole_queue)


def _hits(node: Node) -> tuple[Bound, Node] | None:
    """For a list with the newest first: the search itself as the source, which gives its hits in that order.

    The first page then needs sixty hits and not all of them. Gives the source and the conditions that are left; None
    when there is nothing to look up.
    """
    nodes = node.nodes if isinstance(node, All) else (node,)
    found = match([node for node in nodes if isinstance(node, Words)])
    if not found:
        return None
    source = "(SELECT rowid AS hit FROM search WHERE search MATCH ?) AS s CROSS JOIN work_order AS w ON w.key = s.hit"
    return (source, (found,)), All(
        tuple(n for n in nodes if not isinstance(n, Words) or not search.tokens(n.text))
    )


def _order(sorts: tuple[Sort, ...], today: date) -> Bound:
    """What stands after ORDER BY; orders without a value come last either way."""
    terms: list[str] = []
    values: list[object] = []
    for sort in sorts:
        way = "DESC" if sort.descending else "ASC"
        if sort.field == "queue":
            terms += [f"{QUEUE} {way}", "w.due_on IS NULL", "w.due_on", "w.priority"]
            values.append(today.isoformat())
            continue
        columns = _SORTS.get(sort.field) or (COLUMNS[sort.field],)
        if sort.field != "newest":
            terms.append(f"{columns[0]} IS NULL")
        terms += [f"{column} {way}" for column in columns]
    if sorts[-1].field != "newest":
        terms.append("w.key")
    return ", ".join(terms), tuple(values)
