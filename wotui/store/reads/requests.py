"""Requests as lists, pages and guards need them: one with its names, its followers, its orders and its duplicates."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from wotui.clock import parse_instant
from wotui.domain import requests as rules
from wotui.errors import NotFound
from wotui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

    from wotui.store.reading import Reads


@dataclass(frozen=True, slots=True)
class AskedFor:
    """A request as stored, with the names of what it points to.

    Instants are `…Z` text, dates ISO text, flags 0, 1 or None. `reason` is what was said at its last step.
    """

    key: int
    id: str
    deleted_at: str | None
    number: str
    title: str
    description: str | None
    status: str
    status_at: str | None
    requester_id: str | None
    requester_name: str | None
    requester_contact: str | None
    customer_id: str | None
    place_id: str | None
    place_unknown: int | None
    asset_id: str | None
    work_kind: str | None
    trade: str | None
    asked_priority: int | None
    wanted_on: str | None
    permission_to_enter: str | None
    source: str | None
    source_key: str | None
    reported_at: str | None
    downtime_since: str | None
    duplicate_of_id: str | None
    template_id: str | None
    assigned_id: str | None
    created_at: str | None
    created_by: str | None
    asset_tag: str | None
    asset_name: str | None
    place_code: str | None
    place_name: str | None
    customer: str | None
    person: str | None
    initials: str | None
    original: str | None
    reason: str | None

    @property
    def asset(self) -> str:
        """`PU-101 Feed pump`, or empty."""
        return " ".join(part for part in (self.asset_tag, self.asset_name) if part)

    @property
    def place(self) -> str:
        """`H1-2 Boiler room`, or empty."""
        return " ".join(part for part in (self.place_code, self.place_name) if part)

    @property
    def asker(self) -> str:
        """Who asks, as people read it; empty for a machine, or where nobody said."""
        return self.person or self.requester_name or self.customer or ""


_NAMES = [column.name for column in fields(AskedFor)]
_OWN = ", ".join(f'r."{name}"' for name in _NAMES[: _NAMES.index("asset_tag")])
_FROM = """
    FROM request r
    LEFT JOIN asset a ON a.id = r.asset_id
    LEFT JOIN place p ON p.id = ifnull(r.place_id, a.place_id)
    LEFT JOIN customer c ON c.id = r.customer_id
    LEFT JOIN person n ON n.id = r.requester_id
    LEFT JOIN request o ON o.id = r.duplicate_of_id"""
_REASON = """(SELECT ifnull(s.reason, s.note) FROM request_step s WHERE s.request_id = r.id AND s.deleted_at IS NULL
    ORDER BY s.at DESC, s.id DESC LIMIT 1)"""
_REQUEST = (
    f"SELECT {_OWN}, a.tag, a.name, p.code, p.name, c.name, n.name, n.initials, o.number, {_REASON} {_FROM}"
)


@dataclass(frozen=True, slots=True)
class LinkedOrder:
    """An order that a request led to; `reason` is why it was cancelled, or what was found and done."""

    id: str
    number: str
    title: str
    status: str
    outcome: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class LinkedRequest:
    """A request that led to an order, or that repeats another one."""

    id: str
    number: str
    title: str
    status: str
    asker: str
    contact: str


def request(reads: Reads, identity: str) -> AskedFor | None:
    """The request with this id, also when it was taken away."""
    row = reads.one(f"{_REQUEST} WHERE r.id = ?", (identity,))
    return AskedFor(*row) if row else None


def find(reads: Reads, number: str) -> AskedFor:
    """The request with this number or id (case does not matter); `12` is enough for R-A0012 where only one ends so.

    Raises:
        NotFound: there is none, or a short number fits several.
    """
    word = clean_line(number)
    rows = reads.rows(
        f"{_REQUEST} WHERE r.deleted_at IS NULL AND (r.number = ? OR r.id = ?)", (word.upper(), word)
    )
    if not rows and word.isascii() and word.isdigit():
        rows = reads.rows(
            f"{_REQUEST} WHERE r.deleted_at IS NULL AND r.number IN (SELECT 'R-' || letter || ? FROM device)",
            (f"{int(word):04}",),
        )
    if len(rows) > 1:
        numbers = ", ".join(AskedFor(*row).number for row in rows[:3])
        raise NotFound(f"{word} fits more than one request.", f"Write it whole: {numbers}.")
    if not rows:
        raise NotFound(f"There is no request {word}.", "`wotui requests --all` shows them all.")
    return AskedFor(*rows[0])


def looks_like_a_number(word: str) -> bool:
    """Whether a word is written as a request's number is: `R-A0012`."""
    return word[:2].upper() == "R-" and word[-4:].isdigit()


def facts(
    reads: Reads, known: AskedFor, *, zone: ZoneInfo, today: date, words: str = "", original: bool = False
) -> rules.Facts:
    """The facts about a request as the file has them, with what the person gave for the step."""
    resolved = resolved_on(known, zone)
    return rules.Facts(
        status=known.status,
        title=known.title or "",
        located=bool(known.asset_id or known.place_id or known.place_unknown),
        words=words,
        original=original or known.duplicate_of_id is not None,
        orders=tuple(order.status for order in orders(reads, known.id)),
        resolved_days=None if resolved is None else (today - resolved).days,
    )


def resolved_on(known: AskedFor, zone: ZoneInfo) -> date | None:
    """The shop's date on which its last order was finished; None while it is not resolved."""
    if known.status != "resolved" or not known.status_at:
        return None
    try:
        return parse_instant(known.status_at).astimezone(zone).date()
    except (ValueError, OverflowError):
        return None


def orders(reads: Reads, request_id: str) -> list[LinkedOrder]:
    """The orders that a request led to, oldest first."""
    return [
        LinkedOrder(*row)
        for row in reads.rows(
            """SELECT w.id, ifnull(w.number, ''), ifnull(w.title, ''), ifnull(w.status, ''), w.outcome,
            ifnull(CASE w.status WHEN 'cancelled' THEN (SELECT ifnull(s.reason, s.note) FROM status_change s
                WHERE s.work_order_id = w.id AND s.deleted_at IS NULL AND s.to_status = 'cancelled'
                ORDER BY s.at DESC, s.id DESC LIMIT 1) ELSE w.completion_note END, '')
            FROM request_order l JOIN work_order w ON w.id = l.work_order_id
            WHERE l.request_id = ? AND l.deleted_at IS NULL AND w.deleted_at IS NULL ORDER BY w.key""",
            (request_id,),
        )
    ]


_LINKED = """SELECT r.id, ifnull(r.number, ''), ifnull(r.title, ''), ifnull(r.status, ''),
    coalesce(n.name, r.requester_name, ''), ifnull(r.requester_contact, '')
    FROM request r LEFT JOIN person n ON n.id = r.requester_id"""


def of_order(reads: Reads, order_id: str) -> list[LinkedRequest]:
    """The requests that led to an order, oldest first."""
    return [
        LinkedRequest(*row)
        for row in reads.rows(
            f"""{_LINKED} JOIN request_order l ON l.request_id = r.id
            WHERE l.work_order_id = ? AND l.deleted_at IS NULL AND r.deleted_at IS NULL ORDER BY r.key""",
            (order_id,),
        )
    ]


def duplicates(reads: Reads, request_id: str) -> list[LinkedRequest]:
    """The requests that were found to repeat this one."""
    return [
        LinkedRequest(*row)
        for row in reads.rows(
            f"""{_LINKED} WHERE r.duplicate_of_id = ? AND r.status = 'duplicate' AND r.deleted_at IS NULL
            ORDER BY r.key""",
            (request_id,),
        )
    ]


def followers(reads: Reads, record_id: str) -> list[str]:
    """Who else wants to know what becomes of a request or order: names, with how to reach them."""
    rows = reads.rows(
        """SELECT ifnull(p.name, m.value) FROM membership m LEFT JOIN person p ON p.id = m.value
        WHERE m.record_id = ? AND m.kind = 'follower' AND m.deleted_at IS NULL ORDER BY m.key""",
        (record_id,),
    )
    return [str(name) for (name,) in rows]


def steps(reads: Reads, request_id: str) -> list[tuple[str, str, str, str]]:
    """(when, status it went to, initials, what was said) of every step, newest first."""
    return reads.rows(
        """SELECT ifnull(s.at, ''), ifnull(s.to_status, ''), ifnull(p.initials, ''),
        coalesce(s.reason, s.note, '') FROM request_step s LEFT JOIN person p ON p.id = s.by_id
        WHERE s.request_id = ? AND s.deleted_at IS NULL ORDER BY s.at DESC, s.id DESC""",
        (request_id,),
    )


def ending(known: AskedFor, linked: Sequence[LinkedOrder]) -> str:
    """What became of a request, in words for whoever asked: `fixed`, `not done: no longer needed`; empty while open.

    Cancelled orders alone mean that nothing was done.
    """
    if known.status in ("declined", "withdrawn"):
        return known.reason or ""
    if known.status == "duplicate":
        return f"the same as {known.original}" if known.original else ""
    if known.status != "resolved":
        return ""
    undone = [order for order in linked if order.status == "cancelled" or order.outcome == "not_done"]
    if linked and len(undone) == len(linked):
        why = next((order.reason for order in reversed(undone) if order.reason), "")
        return f"not done: {why}" if why else "not done"
    return "done"
