"""An asset stands still, and runs again when a person says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.clock import instant, parse_instant
from wotui.domain import wall_time
from wotui.domain.downtime import PLANNED, UNPLANNED, Interval
from wotui.domain.labor import hours_minutes
from wotui.domain.record_kinds import KINDS
from wotui.errors import NotFound, Refused
from wotui.store.reads import downtime as reads
from wotui.store.reads import records, work_calendar, work_orders
from wotui.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wotui.store.file import Shop
    from wotui.store.reading import Reads
    from wotui.store.transaction import Done, Transaction

_MAY = ("technician", "supervisor")


def set_down(shop: Shop, asset: str, *, at: str = "", planned: bool = False, note: str = "") -> Done:
    """Say that an asset stands still; unplanned, the event rules for it fire.

    Args:
        shop: the open shop.
        asset: tag, name or id, or the number of an order on it.
        at: since when (local time, or with an offset); empty is now.
        planned: it was stopped on purpose.
        note: why.

    Raises:
        NotFound: no such asset.
        Refused: it stands still already, the instant lies in the future or in a standstill, or the person may not.
    """
    shop.require("say that an asset is down", *_MAY)
    from wotui.actions.events.desk import Desk  # it begins standstills with us, so it comes after us

    with shop.transaction() as tx:
        identity, tag = found(tx, asset)
        if reads.open_ids(tx, identity):
            raise Refused(f"{tag} is down already.", f"When it runs again: wotui running {tag}.")
        since = _moment(tx, at)
        for other in reads.intervals(tx, identity):
            if other.overlaps(Interval(identity, since)):
                raise Refused(
                    f"{tag} stood still until {other.ended_at} already.", "Give an instant after that: --at."
                )
        notices: list[str] = []
        if planned:
            begin(tx, identity, since, kind=PLANNED, note=clean(note, 400))
        else:
            desk = Desk(tx, "person")
            desk.asset_went_down(identity, since, clean(note, 400))
            notices = desk.close()
        return tx.done(f"{tag} is down.", identity, notices=notices)


def running_again(shop: Shop, asset: str, *, at: str = "", note: str = "") -> Done:
    """Say that an asset runs again: its standstill ends, and it is in service.

    Args:
        shop: the open shop.
        asset: tag, name or id, or the number of an order on it.
        at: since when (local time, or with an offset); empty is now.
        note: a word on it.

    Raises:
        NotFound: no such asset.
        Refused: it is not down, the instant lies before the standstill or in the future, or the person may not.
    """
    shop.require("say that an asset runs again", *_MAY)
    with shop.transaction() as tx:
        identity, tag = found(tx, asset)
        lasting = reads.open_ids(tx, identity)
        if not lasting and not reads.is_down(tx, identity):
            raise Refused(f"{tag} is not down.", f"When it is: wotui down {tag}.")
        end = _moment(tx, at)
        minutes = _end(tx, identity, tag, end, clean(note, 400))
        tx.update("asset", identity, state="in_service")
        said = f", after {hours_minutes(minutes)}" if lasting else ""
        return tx.done(f"{tag} runs again{said}.", identity)


def begin(
    tx: Transaction,
    asset_id: str,
    at: str,
    *,
    kind: str = UNPLANNED,
    note: str = "",
    request_id: str | None = None,
    identity: str | None = None,
) -> bool:
    """Begin a standstill inside a larger action; whether one began.

    None begins while one lasts, nor for an instant at which the asset was said to run again already.

    Args:
        tx: the open transaction.
        asset_id: the asset; its state becomes `down`.
        at: since when, an instant.
        kind: unplanned or planned.
        note: why.
        request_id: the request that came of it.
        identity: where the same event must begin the same standstill on every computer.
    """
    if any(one.overlaps(Interval(asset_id, at)) for one in reads.intervals(tx, asset_id)):
        if request_id:
            for lasting, _ in reads.open_ids(tx, asset_id):
                _link(tx, lasting, request_id)
        return False
    values = {"asset_id": asset_id, "started_at": at, "ended_at": None, "kind": kind, "note": note or None}
    made = identity or tx.insert("downtime_interval", **values, request_id=request_id)
    if identity:
        tx.put("downtime_interval", identity, **values, request_id=request_id)
    if request_id:
        _link(tx, made, request_id)
    tx.update("asset", asset_id, state="down")
    return True


def state_was_set(tx: Transaction, asset_id: str, before: str | None, after: str | None) -> list[str]:
    """What follows when a person sets an asset's state: down begins a standstill, in service ends it.

    Returns:
        The sentences a person should see.
    """
    from wotui.actions.events.desk import Desk

    if after == "down" and before != "down":
        desk = Desk(tx, "person")
        desk.asset_went_down(asset_id, tx.at, "")
        return desk.close()
    if before == "down" and after != "down" and reads.open_ids(tx, asset_id):
        tag = tx.value("SELECT tag FROM asset WHERE id = ?", (asset_id,))
        minutes = _end(tx, asset_id, tag, tx.at, "")
        return [f"The standstill of {tag} has ended, after {hours_minutes(minutes)}."]
    return []


def found(source: Reads, word: str) -> tuple[str, str]:
    """Id and tag of the asset that a word names: its tag, its name, or the number of an order on it.

    Raises:
        NotFound: there is none, or the order is on no asset.
    """
    if word[:2].upper() == "W-":
        order = work_orders.find(source, word)
        if order.asset_id is None:
            raise NotFound(f"{order.number} is on no asset.", "Name the asset by its tag.")
        return order.asset_id, order.asset_tag or order.asset_id
    identity = records.find(source, KINDS["asset"], word)
    return identity, source.value("SELECT ifnull(tag, name) FROM asset WHERE id = ?", (identity,))


def _end(tx: Transaction, asset_id: str, tag: str, end: str, note: str) -> int:
    """End every standstill of an asset that lasts, and say so where people look for it; its minutes."""
    lasting = reads.open_ids(tx, asset_id)
    for _, start in lasting:
        if end < start:
            raise Refused(
                f"{tag} is down since {start}, which is later.", "Give an instant after that: --at."
            )
    if not lasting:
        return 0
    minutes = Interval(asset_id, min(start for _, start in lasting), end).minutes(end)
    text = f"{tag} runs again, after {hours_minutes(minutes)}.{f' {note}' if note else ''}"
    told: set[tuple[str, str]] = {("asset", asset_id)}
    for identity, _ in lasting:
        request, order = tx.rows(
            "SELECT request_id, work_order_id FROM downtime_interval WHERE id = ?", (identity,)
        )[0]
        told |= {(kind, one) for kind, one in (("request", request), ("work_order", order)) if one}
        tx.update("downtime_interval", identity, ended_at=end)
    _tell(tx, sorted(told), text)
    return minutes


def _tell(tx: Transaction, records_: Iterable[tuple[str, str]], text: str) -> None:
    for kind, identity in records_:
        tx.insert(
            "log_entry",
            parent_kind=kind,
            parent_id=identity,
            kind="system",
            text=text,
            by_id=tx.acting and tx.acting.id,
            at=tx.at,
        )


def _link(tx: Transaction, interval: str, request_id: str) -> None:
    """Let a standstill know its request, and the order that came of that one already."""
    order = tx.value(
        "SELECT work_order_id FROM request_order WHERE request_id = ? AND deleted_at IS NULL ORDER BY id LIMIT 1",
        (request_id,),
    )
    known = tx.one("SELECT request_id, work_order_id FROM downtime_interval WHERE id = ?", (interval,))
    if known is not None:
        tx.update(
            "downtime_interval", interval, request_id=known[0] or request_id, work_order_id=known[1] or order
        )


def _moment(tx: Transaction, typed: str) -> str:
    """An instant from what was typed; now where nothing was.

    Raises:
        Refused: it lies in the future.
    """
    if not typed.strip():
        return tx.at
    moment = instant(wall_time.parse(typed, work_calendar.calendar(tx).zone))
    if moment > tx.at and (parse_instant(moment) - parse_instant(tx.at)).total_seconds() > 60:
        raise Refused(f"{typed.strip()[:40]} lies in the future.", "Say when it happened.")
    return min(moment, tx.at)
