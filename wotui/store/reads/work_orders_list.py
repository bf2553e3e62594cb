"""Lists of work orders: which ones and in which order, and the rows of the part that is on the screen.

A list is an ordered array of keys, eight bytes an order. `first_keys` is quick at any size, so that a screen can show
its first rows at once; `keys` gives the rest, beside the screen. Rows are read for the keys of a window only.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING

from wotui.domain import queue
from wotui.domain.filters import LANES, Filter, parse
from wotui.store.filtering import Query, query
from wotui.store.filtering.head import head_of_queue
from wotui.store.indexes import KEPT
from wotui.store.reading import marks
from wotui.store.reads.requests_list import count_undecided

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wotui.store.file import Shop
    from wotui.store.reading import Reads

_SLICE = 1 << 16


@dataclass(frozen=True, slots=True)
class ListedOrder:
    """A work order as a list shows it. Instants are `…Z` text, dates ISO text; names are None where there are none.

    `assignees` holds initials in alphabetical order; `contractor` the one hired last; `steps` how many of an action
    plan's steps are finished: `2/5`.
    """

    key: int
    id: str
    number: str
    title: str
    status: str
    priority: int | None
    type: str | None
    due_on: str | None
    planned_on: str | None
    hold_reason: str | None
    hold_until: str | None
    created_at: str | None
    done_at: str | None
    asset_tag: str | None
    asset_name: str | None
    criticality: str | None
    place_code: str | None
    place_name: str | None
    customer: str | None
    assignees: str | None
    contractor: str | None
    steps: str | None

    @property
    def initials(self) -> tuple[str, ...]:
        """Who is on it."""
        return tuple(self.assignees.split(",")) if self.assignees else ()

    @property
    def finished(self) -> bool:
        """Whether nothing is to be done any more."""
        return self.status in ("done", "closed", "cancelled")

    def reason(self, today: date) -> str:
        """Why it stands where it stands in the queue: `A-machine, 3 days late`; empty when it is finished."""
        if self.finished:
            return ""
        return queue.reason(self.criticality, self.type, self.priority, _as_date(self.due_on), today)


_OWN = ", ".join(f"w.{column.name}" for column in fields(ListedOrder)[:13])
_ROWS = f"""SELECT {_OWN}, a.tag, a.name, a.criticality, p.code, p.name, c.name,
    (SELECT group_concat(initials) FROM (SELECT n.initials FROM assignment AS g JOIN person AS n ON n.id = g.person_id
        WHERE g.work_order_id = w.id AND g.deleted_at IS NULL ORDER BY n.initials)),
    (SELECT t.name FROM contractor_job AS j JOIN contractor AS t ON t.id = j.contractor_id
        WHERE j.work_order_id = w.id AND j.deleted_at IS NULL
        AND j.state NOT IN ('declined', 'rejected', 'expired', 'withdrawn') ORDER BY j.key DESC LIMIT 1),
    (SELECT nullif(sum(k.status IN ('done', 'closed')) || '/' || sum(k.status <> 'cancelled'), '0/0')
        FROM work_order AS k WHERE k.parent_id = w.id AND k.deleted_at IS NULL)
    FROM work_order AS w
    LEFT JOIN asset AS a ON a.id = w.asset_id
    LEFT JOIN place AS p ON p.id = ifnull(w.place_id, a.place_id)
    LEFT JOIN customer AS c ON c.id = w.customer_id
    WHERE w.key IN ({{keys}})"""


def prepare(shop: Shop, filter_: Filter) -> Query:
    """The query of a filter, today, in this shop, for whoever acts."""
    return query(filter_, today=shop.today(), zone=shop.zone, me=shop.acting and shop.acting.id)


def custom_names(reads: Reads) -> list[str]:
    """The names of the shop's custom fields, which a filter can use."""
    # From each name straight to the next one in the index: few names stand in millions of rows.
    after = f"SELECT min(name) FROM custom_value WHERE {KEPT} AND name >"
    found = reads.rows(
        f"""WITH RECURSIVE names (name) AS (SELECT ({after} '') UNION ALL
            SELECT ({after} names.name) FROM names WHERE names.name IS NOT NULL)
        SELECT name FROM names WHERE name IS NOT NULL"""
    )
    defined = reads.rows(
        "SELECT DISTINCT name FROM field_definition WHERE deleted_at IS NULL AND ifnull(active, 1) AND name <> ''"
    )
    return sorted({str(name) for (name,) in (*found, *defined)})


def custom_values_of(reads: Reads, orders: Sequence[str]) -> dict[str, dict[str, str]]:
    """What each of these orders (ids) holds in the shop's own fields, by key; orders that hold nothing are left out."""
    found: dict[str, dict[str, str]] = {}
    for start in range(0, len(orders), 500):
        part = orders[start : start + 500]
        for record, name, value in reads.rows(
            f"""SELECT record_id, name, value FROM custom_value WHERE deleted_at IS NULL AND value IS NOT NULL
            AND record_id IN ({marks(len(part))}) ORDER BY name""",
            part,
        ):
            found.setdefault(record, {})[name] = value
    return found


def keys(reads: Reads, wanted: Query) -> array[int]:
    """The keys of every order that fits, in order."""
    found = reads.value(f"SELECT group_concat(key) FROM ({wanted.keys()})", wanted.values) or ""
    ordered: array[int] = array("q")
    start = 0
    # One long text and not a million objects; cut into slices, so that the screen's thread gets its turn in between.
    while start < len(found):
        end = found.find(",", start + _SLICE)
        end = len(found) if end < 0 else end
        ordered.extend(map(int, found[start:end].split(",")))
        start = end + 1
    return ordered


_HEAD = 1_000
"""So many orders are a head of the queue; for more it is sorted as a whole."""


def first_keys(reads: Reads, wanted: Query, limit: int) -> array[int]:
    """The keys of the first orders that fit."""
    if wanted.whole_queue and limit <= _HEAD:
        return array("q", (key for (key,) in reads.rows(*head_of_queue(reads, wanted, limit))))
    return array("q", (key for (key,) in reads.rows(wanted.keys(limit), wanted.values)))


def count(reads: Reads, wanted: Query) -> int:
    """How many orders fit."""
    return reads.value(wanted.count(), wanted.condition_values)


def rows(reads: Reads, window: Sequence[int]) -> list[ListedOrder]:
    """The rows of some keys, in their order; a key whose order is gone is left out."""
    listed = ", ".join(map(str, map(int, window)))
    found = {row[0]: ListedOrder(*row) for row in reads.rows(_ROWS.format(keys=listed))}
    return [found[key] for key in window if key in found]


def lane_counts(shop: Shop) -> dict[str, int]:
    """How many orders, or requests, each lane of the Inbox holds, by the lane's name."""
    today = shop.today()
    return {
        lane.name: count_undecided(shop)
        if lane.of == "requests"
        else count(shop, prepare(shop, parse(lane.filter, today)))
        for lane in LANES
    }


def by_number_or_tag(reads: Reads, typed: str) -> tuple[str, str] | None:
    """What a typed or scanned line means: (`order`, its id), (`request`, its id), (`asset`, its tag), or None.

    Takes an order's number (`W-A0012`, also `12` where one order ends so), a request's number, an asset's tag, with or
    without the `#` that stands on a label; case does not matter.
    """
    word = typed.strip().removeprefix("#")
    if not word:
        return None
    order = reads.value(f"SELECT id FROM work_order WHERE number = ? AND {KEPT}", (word.upper(),))
    if order:
        return "order", order
    request = reads.value(f"SELECT id FROM request WHERE number = ? AND {KEPT}", (word.upper(),))
    if request:
        return "request", request
    tag = reads.value(f"SELECT tag FROM asset WHERE tag = ? COLLATE NOCASE AND {KEPT}", (word,))
    if tag:
        return "asset", tag
    if word.isascii() and word.isdigit():
        found = reads.rows(
            f"""SELECT id FROM work_order WHERE {KEPT}
            AND number IN (SELECT 'W-' || letter || ? FROM device)""",
            (f"{int(word):04}",),
        )
        if len(found) == 1:
            return "order", found[0][0]
    return None


def _as_date(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None
