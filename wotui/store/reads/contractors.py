"""Contractors as they are asked for: who could be hired, what an order needs, the documents and contacts of one.

Dates that a merge brought and that are none count as absent; a document's last day that is none counts as long past, so
that a spoiled date never makes a lapsed insurance good.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from wotui.domain.contractors.documents import SETTING, Document, State, state
from wotui.domain.contractors.ranking import Candidate, Need, Place, Rates, rank
from wotui.domain.contractors.scores import Rated
from wotui.errors import NotFound
from wotui.store.reading import marks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wotui.domain.contractors.ranking import Fit
    from wotui.store.file import Shop
    from wotui.store.reading import Reads

_LONG_PAST = date(1, 1, 1)


@dataclass(frozen=True, slots=True)
class ContactRow:
    """Somebody to call at a contractor; `always_reachable` is 1 for a number that is answered day and night."""

    id: str
    name: str
    phone: str
    email: str
    always_reachable: int


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document as it lies in the drawer. `limit_amount` is in minor units of the shop's currency."""

    id: str
    contractor_id: str
    kind: str
    number: str
    issuer: str
    limit_amount: int | None
    valid_from: date | None
    valid_until: date | None
    trade: str
    file: str

    @property
    def document(self) -> Document:
        """What the rules look at."""
        return Document(self.kind, self.valid_from, self.valid_until, self.trade)

    def state(self, on: date) -> State:
        """Its state as of a date."""
        return state(self.document, on)


def candidates(reads: Reads, currency: str, *, ids: Iterable[str] | None = None) -> list[Candidate]:
    """Every active contractor (or those with the ids, active or not) with all that counts for a hiring."""
    wanted = None if ids is None else tuple(ids)
    chosen = "ifnull(active, 1)" if wanted is None else f"id IN ({marks(len(wanted))})"
    rows = reads.rows(
        "SELECT id, ifnull(name, ''), ifnull(service_mode, 'onsite'), rate_hour, rate_hour_after, callout_fee, "
        "travel_rate, min_minutes, preferred_rank, ifnull(blocked, 0), ifnull(blocked_reason, '') "
        f"FROM contractor WHERE deleted_at IS NULL AND {chosen} ORDER BY name COLLATE NOCASE, id",
        wanted or (),
    )
    trades, areas = _sets(reads)
    held = _documents(reads)
    ratings, open_jobs = _track_records(reads)
    return [
        Candidate(
            id=row[0],
            name=row[1],
            service_mode=row[2],
            trades=tuple(trades[row[0]]),
            areas=tuple(areas[row[0]]),
            documents=tuple(document.document for document in held[row[0]]),
            ratings=tuple(ratings[row[0]]),
            rates=Rates(currency, row[3], row[4], row[5], row[6], row[7]),
            preferred_rank=row[8],
            open_jobs=open_jobs.get(row[0], 0),
            blocked=bool(row[9]),
            blocked_reason=row[10],
        )
        for row in rows
    ]


def need(shop: Shop, order_id: str, *, on: date | None = None, mode: str = "") -> Need:
    """What an order asks of a contractor.

    Args:
        shop: the open shop.
        order_id: the order.
        on: the day it will be done; without it the order's planned day, else today.
        mode: `onsite`, `offsite`, or empty while that is open.

    Raises:
        NotFound: no such order.
    """
    row = shop.one(
        "SELECT w.planned_on, w.asset_id, ifnull(w.place_id, a.place_id) FROM work_order w "
        "LEFT JOIN asset a ON a.id = w.asset_id AND a.deleted_at IS NULL WHERE w.id = ? AND w.deleted_at IS NULL",
        (order_id,),
    )
    if row is None:
        raise NotFound("This order is not there any more.")
    trades = shop.rows(
        "SELECT value FROM membership WHERE record_id = ? AND kind = 'required_trade' AND deleted_at IS NULL "
        "ORDER BY value",
        (order_id,),
    )
    today = shop.today()
    return Need(
        on=on or civil_date(row[0]) or today,
        today=today,
        trades=tuple(trade for (trade,) in trades),
        places=_with_ancestors(shop, row[2]),
        mode=mode,
        movable=row[1] is not None,
        required_documents=shop.setting(SETTING),
    )


def ranked(shop: Shop, order_id: str, *, on: date | None = None, mode: str = "") -> list[Fit]:
    """All active contractors for an order, best first, each with the reasons.

    Raises:
        NotFound: no such order.
    """
    return rank(candidates(shop, shop.setting("shop.currency")), need(shop, order_id, on=on, mode=mode))


def overview(shop: Shop) -> list[Fit]:
    """All active contractors as they stand today, with no order in mind."""
    today = shop.today()
    anything = Need(on=today, today=today, required_documents=shop.setting(SETTING))
    return rank(candidates(shop, shop.setting("shop.currency")), anything)


def standing(shop: Shop, contractor_id: str) -> Fit:
    """One contractor (active or not) as it stands today, with no order in mind.

    Raises:
        NotFound: there is none with this id.
    """
    found = candidates(shop, shop.setting("shop.currency"), ids=[contractor_id])
    if not found:
        raise NotFound("This contractor is not there any more.")
    today = shop.today()
    return rank(found, Need(on=today, today=today, required_documents=shop.setting(SETTING)))[0]


def names(reads: Reads) -> list[str]:
    """The names of all contractors, in no order."""
    return [name for (name,) in reads.rows("SELECT name FROM contractor WHERE deleted_at IS NULL")]


def contacts(reads: Reads, contractor_id: str) -> list[ContactRow]:
    """The people to call, the first one first."""
    rows = reads.rows(
        "SELECT id, ifnull(name, ''), ifnull(phone, ''), ifnull(email, ''), ifnull(always_reachable, 0) "
        "FROM contractor_contact WHERE contractor_id = ? AND deleted_at IS NULL ORDER BY id",
        (contractor_id,),
    )
    return [ContactRow(*row) for row in rows]


def documents(reads: Reads, contractor_id: str) -> list[DocumentRow]:
    """A contractor's documents by kind, the one that lasts longest first."""
    found = _documents(reads, contractor_id)[contractor_id]
    return sorted(
        found, key=lambda row: (row.kind, row.trade, -(row.valid_until or date.max).toordinal(), row.id)
    )


def document(reads: Reads, document_id: str) -> DocumentRow:
    """One document.

    Raises:
        NotFound: there is none with this id.
    """
    row = reads.one(
        f"SELECT {_DOCUMENT} FROM contractor_document WHERE id = ? AND deleted_at IS NULL", (document_id,)
    )
    if row is None:
        raise NotFound("This document is not there any more.")
    return _document_row(row)


# The columns behind the rows ------------------------------------------------------------------------------------------

_DOCUMENT = (
    "id, contractor_id, ifnull(kind, ''), ifnull(number, ''), ifnull(issuer, ''), limit_amount, valid_from, "
    "valid_until, ifnull(trade, ''), ifnull(file, '')"
)


def _document_row(row: tuple[Any, ...]) -> DocumentRow:
    """One row of `_DOCUMENT`, dates as dates."""
    *front, start, end, trade, file = row
    until = civil_date(end)
    if until is None and end:
        until = _LONG_PAST
    values: list[Any] = [*front, civil_date(start), until, trade, file]
    return DocumentRow(*values)


def _documents(reads: Reads, contractor_id: str = "") -> dict[str, list[DocumentRow]]:
    """Documents by contractor."""
    found: dict[str, list[DocumentRow]] = defaultdict(list)
    chosen, parameters = (" AND contractor_id = ?", (contractor_id,)) if contractor_id else ("", ())
    for row in reads.rows(
        f"SELECT {_DOCUMENT} FROM contractor_document WHERE deleted_at IS NULL{chosen} ORDER BY id",
        parameters,
    ):
        found[row[1]].append(_document_row(row))
    return found


def _sets(reads: Reads) -> tuple[dict[str, list[str]], dict[str, list[Place]]]:
    """Trades and areas by contractor."""
    trades: dict[str, list[str]] = defaultdict(list)
    areas: dict[str, list[Place]] = defaultdict(list)
    rows = reads.rows(
        "SELECT m.record_id, m.kind, m.value, p.name, p.code FROM membership m "
        "JOIN contractor c ON c.id = m.record_id LEFT JOIN place p ON m.kind = 'area' AND p.id = m.value "
        "WHERE m.kind IN ('trade', 'area') AND m.deleted_at IS NULL ORDER BY m.value"
    )
    for record, kind, value, name, code in rows:
        if kind == "trade":
            trades[record].append(value)
        else:
            areas[record].append(Place(value, name or code or "a place that is gone", code or ""))
    return trades, areas


def _track_records(reads: Reads) -> tuple[dict[str, list[Rated]], dict[str, int]]:
    """Rated jobs and the number of open ones by contractor."""
    ratings: dict[str, list[Rated]] = defaultdict(list)
    rows = reads.rows(
        "SELECT contractor_id, coalesce(finished_on, came_back_on, planned_on, sent_out_on), rating_quality, "
        "rating_time, rating_price FROM contractor_job WHERE deleted_at IS NULL "
        "AND coalesce(rating_quality, rating_time, rating_price) IS NOT NULL"
    )
    for firm, on, *given in rows:
        ratings[firm].append(Rated(civil_date(on) or _LONG_PAST, *given))
    counts = reads.rows(
        "SELECT contractor_id, count(*) FROM contractor_job WHERE deleted_at IS NULL "
        "AND state IN ('accepted', 'in_work') GROUP BY contractor_id"
    )
    return ratings, dict(counts)


def _with_ancestors(reads: Reads, place_id: str | None) -> tuple[Place, ...]:
    """The place and all that it lies in, from the inside out; a ring that a merge made ends it."""
    found: list[Place] = []
    while place_id and all(place.id != place_id for place in found):
        row = reads.one(
            "SELECT id, ifnull(name, code), parent_id FROM place WHERE id = ? AND deleted_at IS NULL",
            (place_id,),
        )
        if row is None:
            break
        found.append(Place(row[0], row[1] or ""))
        place_id = row[2]
    return tuple(found)


def civil_date(value: object) -> date | None:
    """A stored civil date, or None where there is none or what is there is not one."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) and value else None
    except ValueError:
        return None
