"""Requests as lists show them: the keys of those that fit, in order, and the rows of a window."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from wotui.domain import requests as rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wotui.domain.request_filter import Condition, RequestFilter
    from wotui.store.reading import Reads


@dataclass(frozen=True, slots=True)
class ListedRequest:
    """A request as a list shows it; `orders` holds the numbers of its orders, `reason` what was said last."""

    key: int
    id: str
    number: str
    title: str
    status: str
    status_at: str | None
    asked_priority: int | None
    reported_at: str | None
    wanted_on: str | None
    source: str | None
    asset_tag: str | None
    asset_name: str | None
    place_code: str | None
    place_name: str | None
    asker: str
    contact: str | None
    orders: str | None
    reason: str | None

    @property
    def since(self) -> str | None:
        """Since when it waits as it does: for a decision since it was reported, for an answer since it was asked."""
        return self.status_at if self.status == "needs_info" else self.reported_at


_OWN = ", ".join(f"r.{column.name}" for column in fields(ListedRequest)[:10])
_FROM = """FROM request AS r LEFT JOIN asset AS a ON a.id = r.asset_id
    LEFT JOIN place AS p ON p.id = ifnull(r.place_id, a.place_id)
    LEFT JOIN person AS n ON n.id = r.requester_id LEFT JOIN customer AS c ON c.id = r.customer_id"""
_ASKER = "coalesce(n.name, r.requester_name, c.name, '')"
_ROWS = f"""SELECT {_OWN}, a.tag, a.name, p.code, p.name, {_ASKER}, r.requester_contact,
    (SELECT group_concat(w.number, ' ') FROM request_order AS l JOIN work_order AS w ON w.id = l.work_order_id
        WHERE l.request_id = r.id AND l.deleted_at IS NULL AND w.deleted_at IS NULL),
    (SELECT ifnull(s.reason, s.note) FROM request_step AS s WHERE s.request_id = r.id AND s.deleted_at IS NULL
        ORDER BY s.at DESC, s.id DESC LIMIT 1)
    {_FROM} WHERE r.key IN ({{keys}})"""
_TEXTS = {
    "": f"""ifnull(r.number, '') || ' ' || ifnull(r.title, '') || ' ' || ifnull(r.description, '') || ' '
        || ifnull(r.work_kind, '') || ' ' || ifnull(a.tag, '') || ' ' || ifnull(a.name, '') || ' '
        || ifnull(p.code, '') || ' ' || ifnull(p.name, '') || ' ' || {_ASKER}""",
    "asset": "ifnull(a.tag, '') || ' ' || ifnull(a.name, '')",
    "place": "ifnull(p.code, '') || ' ' || ifnull(p.name, '')",
    "who": f"{_ASKER} || ' ' || ifnull(n.initials, '') || ' ' || ifnull(r.requester_contact, '')",
    "source": "ifnull(r.source, '')",
    "number": "ifnull(r.number, '')",
    "kind": "ifnull(r.work_kind, '') || ' ' || ifnull(r.trade, '')",
}
_ORDER = """CASE r.status WHEN 'new' THEN 0 WHEN 'needs_info' THEN 1 WHEN 'accepted' THEN 2 ELSE 3 END,
    CASE WHEN r.status IN ('new', 'needs_info') THEN ifnull(r.asked_priority, 3) END,
    CASE WHEN r.status IN ('new', 'needs_info') THEN r.key ELSE -r.key END"""


def keys(reads: Reads, wanted: RequestFilter, limit: int = -1) -> array[int]:
    """The keys of the requests that fit: what waits for a decision first, urgent and older ones before others.

    Args:
        reads: a shop or a transaction.
        wanted: what is looked for.
        limit: at most so many; negative for all.
    """
    condition, values = _condition(wanted)
    rows = reads.rows(f"SELECT r.key {_FROM} WHERE {condition} ORDER BY {_ORDER} LIMIT ?", (*values, limit))
    return array("q", (key for (key,) in rows))


def rows(reads: Reads, window: Sequence[int]) -> list[ListedRequest]:
    """The rows of some keys, in their order; a key whose request is gone is left out."""
    listed = ", ".join(map(str, map(int, window)))
    found = {row[0]: ListedRequest(*_said(row)) for row in reads.rows(_ROWS.format(keys=listed))}
    return [found[key] for key in window if key in found]


def count_undecided(reads: Reads) -> int:
    """How many requests wait for a decision."""
    statuses = ", ".join(f"'{status}'" for status in rules.UNDECIDED)
    return reads.value(f"SELECT count(*) FROM request WHERE status IN ({statuses}) AND deleted_at IS NULL")


def _said(row: tuple[Any, ...]) -> list[Any]:
    """Number, title and status are texts even where a bad merge brought none."""
    return [*row[:2], *(value or "" for value in row[2:5]), *row[5:]]


def _condition(wanted: RequestFilter) -> tuple[str, tuple[str, ...]]:
    parts, values = ["r.deleted_at IS NULL"], list[str]()
    if wanted.statuses:
        known = ", ".join(f"'{status}'" for status in wanted.statuses if status in rules.STATUSES)
        parts.append(f"r.status IN ({known})")
    for each in wanted.conditions:
        text, value = _one(each)
        parts.append(f"NOT ({text})" if each.no else f"({text})")
        values.append(value)
    return " AND ".join(parts), tuple(values)


def _one(condition: Condition) -> tuple[str, str]:
    if condition.field == "priority":
        return "ifnull(r.asked_priority, 3) = CAST(? AS INTEGER)", condition.value
    escaped = condition.value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"({_TEXTS[condition.field]}) LIKE ? ESCAPE '\\'", f"%{escaped}%"
