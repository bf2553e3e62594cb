"""Other occasions for a rule: a person's reading, a failed checklist item, and what is looked for once a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from wotui import clock
from wotui.actions.events.causes import Cause, Happening
from wotui.actions.events.desk import Desk
from wotui.clock import parse_instant
from wotui.domain.contractors.documents import KINDS
from wotui.domain.events.rules import DAYS_BEFORE
from wotui.domain.identity import same_id
from wotui.store.reads import events as reads
from wotui.store.reads import work_calendar
from wotui.text import counted

if TYPE_CHECKING:
    from wotui.domain.events.rules import EventRule
    from wotui.store.file import Shop
    from wotui.store.reads.events import MeterRow
    from wotui.store.transaction import Done, Transaction


def after_reading(tx: Transaction, meter_id: str, reading_id: str) -> list[str]:
    """What the rules on limits make of a reading that was just kept; returns the sentences a person should see."""
    if not _any_rule(tx, "meter_limit"):
        return []
    row = tx.one(
        """SELECT value, taken_at FROM reading WHERE id = ? AND NOT ifnull(suspect, 0) AND deleted_at IS NULL""",
        (reading_id,),
    )
    desk = Desk(tx, "person")
    meter = next((one for one in reads.meters(tx) if one.id == meter_id), None)
    asset = desk.asset(meter.asset_id) if meter else None
    if row is None or meter is None or asset is None:
        return []
    value, at = row
    _keep(desk, desk.limits(asset, meter, value, at), same_id("event", asset.tag, reading_id), reading_id, at)
    return desk.close()


def after_failed_item(tx: Transaction, item_id: str, label: str, order_id: str) -> list[str]:
    """What the rules on failed checklist items make of one; returns the sentences a person should see."""
    if not _any_rule(tx, "checklist_fail"):
        return []
    number, asset_id = tx.rows("SELECT number, asset_id FROM work_order WHERE id = ?", (order_id,))[0]
    desk = Desk(tx, "checklist")
    asset = desk.asset(asset_id)
    event_id = f"item:{item_id}"
    identity = same_id("event", asset.tag if asset else number, event_id)
    if reads.known(tx, [identity]):
        return []
    causes: list[Cause] = []
    for rule in desk.rules("checklist_fail"):
        wanted = (rule.event or "").casefold() in label.casefold()
        if wanted and rule.concerns(asset.id if asset else None, asset.category if asset else ""):
            name = asset.tag if asset else number
            details = f"“{label}” failed on {number}."
            subject = asset.id if asset else order_id
            causes.append(Cause(rule, subject, name, label, "", asset_id, None, details))
    _keep(desk, causes, identity, event_id, tx.at)
    return desk.close()


def look_around(shop: Shop) -> Done:
    """Look for readings that are missing and documents that run out, by the rules; nothing is found twice.

    What is found has an id that follows from its cause, so that two computers that look find the same.
    """
    with shop.transaction() as tx:
        if not (_any_rule(tx, "reading_missing") or _any_rule(tx, "document_expiring")):
            return tx.done("")
        desk = Desk(tx, "daily look")
        today = clock.today(work_calendar.calendar(tx).zone)
        found = _missing(tx, desk, today) + _expiring(tx, desk, today)
        fresh = [(cause, event_id) for cause, event_id in found if _is_new(tx, cause, event_id)]
        for cause, event_id in fresh:
            _keep(desk, [cause], _identity(cause, event_id), event_id, tx.at)
        notices = desk.close()
        return tx.done(f"Found {counted(len(fresh), 'cause')}." if fresh else "", *desk.made, notices=notices)


def _missing(tx: Transaction, desk: Desk, today: date) -> list[tuple[Cause, str]]:
    """Meters that nobody has read for too long. Every further stretch of as many days is a further event."""
    found: list[tuple[Cause, str]] = []
    last = reads.last_readings(tx) if desk.rules("reading_missing") else {}
    zone = work_calendar.calendar(tx).zone
    for meter in reads.meters(tx) if last or desk.rules("reading_missing") else []:
        asset = desk.asset(meter.asset_id)
        if asset is None or asset.state in ("out_of_service", "disposed"):
            continue
        reading, at = last.get(meter.id, ("", ""))
        if not at:
            continue  # nobody has begun to read it
        since = (today - parse_instant(at).astimezone(zone).date()).days
        for rule in desk.rules("reading_missing"):
            days = rule.missing_days or meter.expected_every_days
            if days and since > days and _about(rule, meter) and rule.concerns(asset.id, asset.category):
                words = counted(since, "day")
                cause = Cause(rule, asset.id, asset.tag, meter.name, words, asset.id)
                found.append((cause, f"missing:{meter.id}:{reading}:{since // (days + 1)}"))
    return found


def _expiring(tx: Transaction, desk: Desk, today: date) -> list[tuple[Cause, str]]:
    """Documents that run out soon, and those that have run out."""
    found: list[tuple[Cause, str]] = []
    for rule in desk.rules("document_expiring"):
        before = DAYS_BEFORE if rule.days_before is None else rule.days_before
        until = (today + timedelta(days=before)).isoformat()
        for due in reads.documents(tx, until):
            if rule.event and rule.event.casefold() not in (due.kind, KINDS.get(due.kind, "").casefold()):
                continue
            over = "expired" if due.valid_until < today.isoformat() else "expiring"
            kind = KINDS.get(due.kind, due.kind).capitalize()
            cause = Cause(rule, due.id, due.contractor, kind, due.valid_until)
            found.append((cause, f"document:{due.id}:{due.valid_until}:{over}"))
    return found


def _keep(desk: Desk, causes: list[Cause], identity: str, event_id: str, at: str) -> None:
    """Make or count on the requests of causes, and keep what happened as one event."""
    if causes:
        requests = [(cause, desk.causes.request(cause, identity, at)) for cause in causes]
        first = causes[0]
        happening = Happening(
            identity, first.name, first.event, first.value, at, event_id, desk.origin, first.asset_id
        )
        desk.causes.keep(happening, requests)


def _about(rule: EventRule, meter: MeterRow) -> bool:
    return rule.meter_id == meter.id if rule.meter_id else rule.names(meter.name)


def _identity(cause: Cause, event_id: str) -> str:
    return same_id("event", cause.rule.id, event_id)


def _is_new(tx: Transaction, cause: Cause, event_id: str) -> bool:
    return not reads.known(tx, [_identity(cause, event_id)])


def _any_rule(tx: Transaction, source: str) -> bool:
    return any(rule.source == source for rule in reads.rules(tx))
