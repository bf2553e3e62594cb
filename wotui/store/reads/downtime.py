"""How long assets stood, and which stand now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wotui.domain.downtime import UNPLANNED, Interval, joined

if TYPE_CHECKING:
    from wotui.store.reading import Reads

_INTERVAL = """SELECT asset_id, started_at, ifnull(ended_at, ''), ifnull(kind, ?), ifnull(note, '')
    FROM downtime_interval WHERE deleted_at IS NULL AND asset_id IS NOT NULL AND started_at IS NOT NULL"""


@dataclass(frozen=True, slots=True)
class Standstill:
    """One standstill with the names that people read."""

    asset_id: str
    tag: str
    name: str
    interval: Interval


def intervals(reads: Reads, asset_id: str = "") -> list[Interval]:
    """The standstills of an asset, or of all, overlapping ones joined; the earliest first."""
    chosen, parameters = (" AND asset_id = ?", (UNPLANNED, asset_id)) if asset_id else ("", (UNPLANNED,))
    return joined(Interval(*row) for row in reads.rows(_INTERVAL + chosen, parameters))


def open_ids(reads: Reads, asset_id: str) -> list[tuple[str, str]]:
    """Id and start of the standstills of an asset that still last; more than one where two computers noted it."""
    return [
        (identity, start)
        for identity, start in reads.rows(
            """SELECT id, started_at FROM downtime_interval WHERE asset_id = ? AND ended_at IS NULL
            AND deleted_at IS NULL AND started_at IS NOT NULL ORDER BY started_at, id""",
            (asset_id,),
        )
    ]


def standstills(reads: Reads, asset_id: str = "", *, open_only: bool = False) -> list[Standstill]:
    """Standstills with their assets, the newest first."""
    names = {
        identity: (tag, name)
        for identity, tag, name in reads.rows("SELECT id, ifnull(tag, ''), ifnull(name, '') FROM asset")
    }
    found = [one for one in intervals(reads, asset_id) if one.lasts or not open_only]
    found.sort(key=lambda one: (one.started_at, one.asset_id), reverse=True)
    return [Standstill(one.asset_id, *names.get(one.asset_id, ("", "")), one) for one in found]


def is_down(reads: Reads, asset_id: str) -> bool:
    """Whether the asset stands still, by a standstill that lasts or by its state."""
    return bool(open_ids(reads, asset_id)) or bool(
        reads.value("SELECT state = 'down' FROM asset WHERE id = ? AND deleted_at IS NULL", (asset_id,))
    )
