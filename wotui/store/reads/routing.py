"""Routing rules as the file has them, and what comes in as the rules see it.

`World` reads once what every decision looks at: the rules, the tree of places, the assets, the calendar, the people of
a day. Ten thousand requests are routed with one of it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from wotui.clock import parse_instant
from wotui.domain.routing.rules import Incoming, Rule, Rules
from wotui.store.reads import availability, work_calendar, working_days
from wotui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wotui.domain.routing.people import Worker
    from wotui.store.reading import Reads

_COLUMNS = tuple(field.name for field in fields(Rule))
_REQUEST = """id, number, title, description, asset_id, place_id, customer_id, work_kind, trade, asked_priority,
    source, ifnull(reported_at, created_at), wanted_on, template_id, assigned_id"""
_ORDER = """id, number, title, description, asset_id, place_id, customer_id, work_kind,
    (SELECT m.value FROM membership m WHERE m.record_id = work_order.id AND m.kind = 'required_trade'
        AND m.deleted_at IS NULL ORDER BY m.value LIMIT 1), priority,
    source, created_at, planned_on, template_id, lead_id"""
_NAMED = {
    "place": "ifnull(name, code)",
    "asset": "ifnull(tag, name)",
    "customer": "name",
    "person": "ifnull(initials, name)",
    "order_template": "name",
}


@dataclass(frozen=True, slots=True)
class Arrival:
    """A request or an order that came in: as it is called, as the rules see it, and the day it is wanted on."""

    table: str
    id: str
    number: str
    title: str
    incoming: Incoming
    day: date | None
    template_id: str | None
    lead_id: str | None


def rules(reads: Reads, *, also_off: bool = False) -> list[Rule]:
    """The rules in their order; `also_off` gives those that are switched off too."""
    chosen = ", ".join("ifnull(accept, 0)" if name == "accept" else f'"{name}"' for name in _COLUMNS)
    active = "" if also_off else "AND ifnull(active, 1)"
    return [
        _rule(row)
        for row in reads.rows(
            f"SELECT {chosen} FROM routing_rule WHERE deleted_at IS NULL {active} ORDER BY position, id"
        )
    ]


def _rule(row: tuple[Any, ...]) -> Rule:
    values = dict(zip(_COLUMNS, row, strict=True))
    values.update(name=values["name"] or "", position=values["position"] or 0, accept=bool(values["accept"]))
    return Rule(**values)


def switched_off(reads: Reads) -> set[str]:
    """The ids of the rules that are switched off."""
    return {
        row[0] for row in reads.rows("SELECT id FROM routing_rule WHERE active = 0 AND deleted_at IS NULL")
    }


def named(reads: Reads, ids: Iterable[str | None], *, typed: bool = False) -> dict[str, str]:
    """What people call the places, assets, customers, people and templates with these ids.

    Args:
        reads: the shop or the open transaction.
        ids: ids of any of them.
        typed: as a person would type them, a place by its code.
    """
    wanted = sorted({identity for identity in ids if identity})
    found: dict[str, str] = {}
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        asked = ", ".join("?" * len(part))
        for table, shown in _NAMED.items():
            words = "ifnull(code, name)" if typed and table == "place" else shown
            found.update(
                (identity, clean_line(str(name)))
                for identity, name in reads.rows(
                    f"SELECT id, {words} FROM {table} WHERE id IN ({asked}) AND {words} IS NOT NULL", part
                )
            )
    return found


def named_in(reads: Reads, some: Iterable[Rule]) -> dict[str, str]:
    """What people call the records that rules name."""
    return named(
        reads,
        (
            identity
            for rule in some
            for identity in (
                rule.place_id,
                rule.asset_id,
                rule.customer_id,
                rule.set_template_id,
                rule.lead_person_id,
            )
        ),
    )


class World:
    """What decisions look at, read once. Use it within one transaction, or for one look."""

    def __init__(self, reads: Reads) -> None:
        self._reads = reads
        self.rules = Rules(rules(reads))
        self.names = named_in(reads, self.rules.all)
        calendar = work_calendar.calendar(reads)
        self.zone: ZoneInfo = calendar.zone
        self._working = working_days.working_days(reads)
        self._parents: dict[str, str | None] | None = None
        self._chains: dict[str, tuple[str, ...]] = {}
        self._assets: dict[str, tuple[str | None, str]] = {}
        self._workers: dict[date, list[Worker]] = {}
        self._all_assets = False

    def request(self, identity: str) -> Arrival | None:
        """The request with this id as the rules see it."""
        row = self._reads.one(f"SELECT {_REQUEST} FROM request WHERE id = ?", (identity,))
        return self._arrival("request", row) if row else None

    def order(self, identity: str) -> Arrival | None:
        """The order with this id as the rules see it."""
        row = self._reads.one(f"SELECT {_ORDER} FROM work_order WHERE id = ?", (identity,))
        return self._arrival("work_order", row) if row else None

    def requests(self, identities: Iterable[str]) -> list[Arrival]:
        """Many requests, in the order asked for."""
        wanted = list(identities)
        found: dict[str, Arrival] = {}
        self._know_all_assets()
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            rows = self._reads.rows(
                f"SELECT {_REQUEST} FROM request WHERE id IN ({', '.join('?' * len(part))})", part
            )
            found.update((row[0], self._arrival("request", row)) for row in rows)
        return [found[identity] for identity in wanted if identity in found]

    def last_requests(self, count: int) -> list[Arrival]:
        """The newest requests, the newest first."""
        rows = self._reads.rows(
            f"SELECT {_REQUEST} FROM request WHERE deleted_at IS NULL ORDER BY created_at DESC, id DESC LIMIT ?",
            (count,),
        )
        return [self._arrival("request", row) for row in rows]

    def workers(self, day: date) -> list[Worker]:
        """Everybody who does work orders, as they stand on a day."""
        if day not in self._workers:
            self._workers[day] = availability.workers(self._reads, day)
        return self._workers[day]

    def planned_again(self) -> None:
        """Somebody was given work: look again who has how much."""
        self._workers.clear()

    def names_for(self, arrivals: Iterable[Arrival]) -> dict[str, str]:
        """What people call the records that rules or arrivals name."""
        ids = [
            identity
            for one in arrivals
            for identity in (one.incoming.places[:1] or (None,))
            + (one.incoming.asset_id, one.incoming.customer_id)
        ]
        return {**self.names, **named(self._reads, ids)}

    def _arrival(self, table: str, row: tuple[Any, ...]) -> Arrival:
        (
            identity,
            number,
            title,
            description,
            asset,
            place,
            customer,
            kind,
            trade,
            priority,
            source,
            at,
            day,
        ) = row[:13]
        asset_place, category = self._asset(asset) if asset else (None, "")
        moment = parse_instant(at).astimezone(self.zone)
        return Arrival(
            table,
            identity,
            number or "",
            title or "",
            Incoming(
                text=f"{title or ''}\n{description or ''}",
                at=moment,
                working=self._working.works(moment.date()),
                places=self._chain(place or asset_place),
                work_kind=kind or "",
                trade=trade or "",
                priority=priority,
                asset_id=asset,
                asset_category=category,
                customer_id=customer,
                source=source or "person",
            ),
            date.fromisoformat(day) if day else None,
            row[13],
            row[14],
        )

    def _asset(self, identity: str) -> tuple[str | None, str]:
        if identity not in self._assets and not self._all_assets:
            row = self._reads.one(
                "SELECT place_id, ifnull(category, '') FROM asset WHERE id = ?", (identity,)
            )
            self._assets[identity] = (row[0], row[1]) if row else (None, "")
        return self._assets.get(identity, (None, ""))

    def _know_all_assets(self) -> None:
        if not self._all_assets:
            rows = self._reads.rows("SELECT id, place_id, ifnull(category, '') FROM asset")
            self._assets = {identity: (place, category) for identity, place, category in rows}
            self._all_assets = True

    def _chain(self, place: str | None) -> tuple[str, ...]:
        """A place and all that it lies in, from the inside out; a ring that a merge made ends it."""
        if place is None:
            return ()
        if self._parents is None:
            self._parents = dict(self._reads.rows("SELECT id, parent_id FROM place WHERE deleted_at IS NULL"))
        if place not in self._chains:
            chain: list[str] = []
            here: str | None = place
            while here is not None and here not in chain:
                chain.append(here)
                here = self._parents.get(here)
            self._chains[place] = tuple(chain)
        return self._chains[place]
