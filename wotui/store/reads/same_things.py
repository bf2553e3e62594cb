"""Open requests and orders that may be about what somebody is just reporting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wotui.domain import requests as rules
from wotui.store.reads.requests import orders

if TYPE_CHECKING:
    from wotui.store.reading import Reads


@dataclass(frozen=True, slots=True)
class Same:
    """An open request or order that may be about the same thing. `kind` is `request` or `work_order`."""

    kind: str
    id: str
    number: str
    title: str
    status: str
    why: str


def same_things(
    reads: Reads,
    *,
    asset_id: str | None,
    place_id: str | None,
    work_kind: str | None,
    apart_from: str = "",
    limit: int = 5,
) -> list[Same]:
    """Open requests and orders that may be about the same thing (`domain.requests.same_thing`), the newest first.

    Args:
        reads: a shop or a transaction.
        asset_id: the asset that is reported, if one is named.
        place_id: the place that is reported; without it, the asset's.
        work_kind: the kind of work, if one is named.
        apart_from: the id of the request itself, where it is there already.
        limit: most of each kind.
    """
    if asset_id and not place_id:
        place_id = reads.value("SELECT place_id FROM asset WHERE id = ?", (asset_id,))
    if not asset_id and not place_id:
        return []
    found: list[Same] = []
    for kind, open_ones in (
        ("request", "r.status IN ('new', 'needs_info', 'accepted')"),
        ("work_order", "r.status IN ('draft', 'ready', 'scheduled', 'in_progress', 'on_hold')"),
    ):
        rows = reads.rows(
            f"""SELECT r.id, ifnull(r.number, ''), ifnull(r.title, ''), ifnull(r.status, ''), r.asset_id,
            ifnull(r.place_id, a.place_id), r.work_kind FROM {kind} r LEFT JOIN asset a ON a.id = r.asset_id
            WHERE r.deleted_at IS NULL AND {open_ones} AND r.id <> :self
            AND (r.asset_id = :asset OR r.place_id = :place
                OR r.asset_id IN (SELECT id FROM asset WHERE place_id = :place)) ORDER BY r.key DESC LIMIT 200""",
            {"self": apart_from, "asset": asset_id, "place": place_id},
        )
        alike = [
            row for row in rows if rules.same_thing(asset_id, place_id, work_kind, row[4], row[5], row[6])
        ]
        found += [
            Same(
                kind,
                identity,
                number,
                title,
                status,
                "the same asset" if asset_id and asset == asset_id else "the same place",
            )
            for identity, number, title, status, asset, _, _ in alike[:limit]
        ]
    # An order that a request in the list led to is the same thing told twice.
    listed = [each.id for each in found if each.kind == "request"]
    told = {order.id for request_id in listed for order in orders(reads, request_id)}
    return [each for each in found if each.id not in told]
