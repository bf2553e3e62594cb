"""Machine events, the rules for them, and what those rules look at."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from wotui.domain.events.rules import EventRule
from wotui.store.reading import marks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wotui.store.reading import Reads

_COLUMNS = ", ".join(f'"{field.name}"' for field in fields(EventRule))
FINISHED = "('resolved', 'declined', 'duplicate', 'withdrawn')"
"""The statuses of a request that nobody has to do anything about."""


@dataclass(frozen=True, slots=True)
class AssetRow:
    """An asset as events look at it."""

    id: str
    tag: str
    name: str
    category: str
    state: str


@dataclass(frozen=True, slots=True)
class MeterRow:
    """A meter of an asset."""

    id: str
    asset_id: str
    name: str
    uom: str
    kind: str
    rollover_at: int | None
    expected_every_days: int | None


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part with the least that should be on hand, in thousandths."""

    id: str
    sku: str
    name: str
    least: int | None
    uom: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event as it is listed."""

    id: str
    at: str
    about: str
    event: str
    value: str
    rule: str
    request: str
    origin: str
    note: str


@dataclass(frozen=True, slots=True)
class Due:
    """A contractor's document as rules look at it."""

    id: str
    contractor: str
    kind: str
    valid_until: str


def rules(reads: Reads, *, also_off: bool = False) -> list[EventRule]:
    """The rules in their order; `also_off` gives those that are switched off too."""
    active = "" if also_off else "AND ifnull(active, 1)"
    return [
        EventRule(row[0], row[1] or "", row[2] or "", row[3] or 0, *row[4:])
        for row in reads.rows(
            f"SELECT {_COLUMNS} FROM event_rule WHERE deleted_at IS NULL {active} ORDER BY position, id"
        )
    ]


def switched_off(reads: Reads) -> set[str]:
    """The ids of the rules that are switched off."""
    return {row[0] for row in reads.rows("SELECT id FROM event_rule WHERE active = 0 AND deleted_at IS NULL")}


def assets(reads: Reads) -> list[AssetRow]:
    """Every asset that is in use."""
    return [
        AssetRow(*row)
        for row in reads.rows(
            """SELECT id, ifnull(tag, ''), ifnull(name, ''), ifnull(category, ''), ifnull(state, 'in_service')
            FROM asset WHERE deleted_at IS NULL AND ifnull(active, 1) ORDER BY id"""
        )
    ]


def meters(reads: Reads) -> list[MeterRow]:
    """Every meter."""
    return [
        MeterRow(*row)
        for row in reads.rows(
            """SELECT id, ifnull(asset_id, ''), ifnull(name, ''), ifnull(uom, ''), ifnull(kind, 'gauge'), rollover_at,
            expected_every_days FROM meter WHERE deleted_at IS NULL ORDER BY id"""
        )
    ]


def part(reads: Reads, sku: str) -> PartRow | None:
    """The part with this stock number (case does not matter)."""
    row = reads.one(
        """SELECT id, sku, ifnull(name, ''), min_qty, ifnull(uom, '') FROM part
        WHERE sku = ? COLLATE NOCASE AND deleted_at IS NULL ORDER BY id""",
        (sku,),
    )
    return PartRow(*row) if row else None


def known(reads: Reads, identities: Sequence[str]) -> set[str]:
    """Those of these event ids that are there already, also under a rule's further row."""
    found: set[str] = set()
    for start in range(0, len(identities), 500):
        part = identities[start : start + 500]
        found |= {
            row[0]
            for row in reads.rows(
                f"SELECT id FROM machine_event WHERE id IN ({marks(len(part))}) AND deleted_at IS NULL", part
            )
        }
    return found


def readings(reads: Reads, meter_id: str) -> list[tuple[str, int]]:
    """(taken at, value in thousandths) of a meter, in the order they were taken, without suspect ones."""
    return [
        (at, value)
        for at, value in reads.rows(
            """SELECT taken_at, value FROM reading WHERE meter_id = ? AND deleted_at IS NULL AND value IS NOT NULL
            AND taken_at IS NOT NULL AND NOT ifnull(suspect, 0) ORDER BY taken_at, id""",
            (meter_id,),
        )
    ]


def reading_before(reads: Reads, meter_id: str, at: str) -> int | None:
    """The value of the last reading that can be believed, taken before or at an instant."""
    return reads.value(
        """SELECT value FROM reading WHERE meter_id = ? AND taken_at <= ? AND deleted_at IS NULL
        AND NOT ifnull(suspect, 0) ORDER BY taken_at DESC, id DESC LIMIT 1""",
        (meter_id, at),
    )


def last_readings(reads: Reads) -> dict[str, tuple[str, str]]:
    """Meter → (id, taken at) of its newest reading, suspect ones too: somebody was there."""
    return {
        meter: (identity, at)
        for meter, identity, at in reads.rows(
            """SELECT meter_id, id, max(taken_at) FROM reading WHERE deleted_at IS NULL AND taken_at IS NOT NULL
            GROUP BY meter_id"""
        )
    }


def finished_at(reads: Reads, source_key: str) -> list[str]:
    """When the requests of a cause came to an end."""
    return [
        at
        for (at,) in reads.rows(
            f"""SELECT status_at FROM request WHERE source_key = ? AND status IN {FINISHED} AND status_at IS NOT NULL
            AND deleted_at IS NULL""",
            (source_key,),
        )
    ]


def open_request(reads: Reads, source_key: str) -> str | None:
    """The request of a cause that somebody still has to do something about."""
    return reads.value(
        f"""SELECT id FROM request WHERE source_key = ? AND deleted_at IS NULL
        AND ifnull(status, 'new') NOT IN {FINISHED} ORDER BY created_at, id LIMIT 1""",
        (source_key,),
    )


def counted(reads: Reads, request_id: str) -> int:
    """How many events stand behind a request."""
    return reads.value(
        "SELECT count(*) FROM machine_event WHERE request_id = ? AND deleted_at IS NULL", (request_id,)
    )


def documents(reads: Reads, until: str) -> list[Due]:
    """The newest document of each kind and trade of contractors in use, where it runs out by a day (or has)."""
    return [
        Due(identity, name, kind, last)
        for identity, name, kind, last in reads.rows(
            """SELECT d.id, c.name, d.kind, max(ifnull(d.valid_until, '9999')) FROM contractor_document d
            JOIN contractor c ON c.id = d.contractor_id AND c.deleted_at IS NULL AND ifnull(c.active, 1)
            WHERE d.deleted_at IS NULL GROUP BY d.contractor_id, d.kind, ifnull(d.trade, '')
            HAVING max(ifnull(d.valid_until, '9999')) <= ? ORDER BY d.id""",
            (until,),
        )
    ]


def newest(reads: Reads, count: int, asset_id: str = "") -> list[EventRow]:
    """The newest events, of one asset or of all, the newest first."""
    chosen = "AND e.asset_id = :asset" if asset_id else ""
    return [
        EventRow(*row)
        for row in reads.rows(
            f"""SELECT e.id, ifnull(e.at, ''), ifnull(a.tag, ifnull(e.asset_tag, '')), ifnull(e.event, ''),
            ifnull(e.value, ''), ifnull(r.name, ''), ifnull(q.number, ''), ifnull(e.origin, ''), ifnull(e.note, '')
            FROM machine_event e LEFT JOIN asset a ON a.id = e.asset_id LEFT JOIN event_rule r ON r.id = e.rule_id
            LEFT JOIN request q ON q.id = e.request_id
            WHERE e.deleted_at IS NULL {chosen} ORDER BY e.at DESC, e.id DESC LIMIT :count""",
            {"count": count, "asset": asset_id},
        )
    ]
