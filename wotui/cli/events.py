"""`wotui event`, `wotui events`, `wotui event-rules`, `wotui event-rule`: what machines report, and what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from wotui.cli import output
from wotui.cli.options import json_option, output_option
from wotui.cli.rule_commands import give_verbs
from wotui.cli.session import Session, pass_session
from wotui.errors import UsageProblem

if TYPE_CHECKING:
    from wotui.actions.rule_lists import RuleList
    from wotui.exchange.events import Swept
    from wotui.store.file import Shop

_REFUSED = 3


@click.command("event")
@click.argument("event", metavar="EVENT")
@click.option("--asset", metavar="TAG", help="Of which machine.")
@click.option("--part", metavar="SKU", help="Of which part (EVENT is stock, --value what is on hand).")
@click.option("--value", default="", metavar="V", help="A number, such as a reading.")
@click.option("--at", default="", metavar="T", help="When (2026-06-08T07:00); now without it.")
@click.option("--id", "event_id", default="", metavar="ID", help="The event's own id: it counts once.")
@json_option
@pass_session
def event(
    session: Session,
    event: str,
    asset: str | None,
    part: str | None,
    value: str,
    at: str,
    event_id: str,
    *,
    as_json: bool,
) -> None:
    """Take in one event of a machine.

    \b
      wotui event --asset PUMP-01 down
      wotui event --asset PUMP-01 reading --value 81.5
      wotui event --asset PUMP-01 jam --id 4711

    EVENT is down, running, reading (or a meter's name), or any word that an event rule waits for.
    """  # noqa: D301
    from wotui.actions.events import take_in
    from wotui.domain.events.reports import report
    from wotui.domain.identity import new_id

    if not asset and not part:
        raise UsageProblem("It says neither --asset nor --part.", "Name the machine: --asset TAG.")
    typed = {"asset_tag": asset, "part": part, "event": event, "value": value, "at": at}
    given = {**typed, "event_id": event_id or ("" if at else new_id())}
    with session.shop() as shop:
        done = take_in(shop, report(given))
        if as_json:
            output.document({"taken": done.act is not None, "requests": _numbers(shop, done.records)})
    output.say(done.sentence, *done.notices)


@click.command("events")
@click.argument("folder", required=False, metavar="[DIR]")
@click.option("--asset", metavar="TAG", help="Without DIR: only the events of this machine.")
@click.option(
    "--limit", type=click.IntRange(1, 100_000), default=50, show_default=True, help="Without DIR: how many."
)
@json_option
@pass_session
def events(session: Session, folder: str | None, asset: str | None, limit: int, *, as_json: bool) -> None:
    """Take in everything in a drop folder; without DIR, list the newest events.

    Files *.json, *.csv and *.eml go to DIR/done, or to DIR/failed with the reason beside them. What is still being
    written stays. A file or event that comes twice counts once.
    """
    if folder is None:
        _list(session, asset, limit, as_json=as_json)
        return
    from pathlib import Path

    from wotui.actions.events import look_around
    from wotui.exchange.events import sweep

    with session.shop() as shop:
        swept = sweep(shop, Path(folder).expanduser())
        found = look_around(shop)
        requests = [*swept.requests, *found.records]
        if as_json:
            output.document(_swept_document(swept, _numbers(shop, requests)))
    output.say(swept.sentence or "The folder is empty.", *swept.notices, *found.notices)
    output.say(*(f"{name}: {reason}" for name, reason in (*swept.failed, *swept.stuck)))
    if swept.failed or swept.stuck:
        click.get_current_context().exit(_REFUSED)


@click.command("event-rules")
@json_option
@output_option
@pass_session
def event_rules(session: Session, *, as_json: bool, output_file: str | None) -> None:
    """List the event rules: when a fault becomes a request."""
    from wotui.domain.events import rules as domain
    from wotui.store.reads import events as reads
    from wotui.store.reads import routing

    with session.shop(read_only=True) as shop:
        found = reads.rules(shop, also_off=True)
        off = reads.switched_off(shop)
        names = routing.named(
            shop, [identity for rule in found for identity in (rule.asset_id, rule.template_id)]
        )
        if as_json:
            output.document(
                [_document(shop, number, rule.id) for number, rule in enumerate(found, 1)], output_file
            )
            return
    if not found:
        output.emit("", output_file)
        output.say("There is no event rule yet. wotui event-rule add Stops source=state_down makes one.")
        return
    rows = [
        [
            str(number),
            rule.name,
            domain.conditions(rule, names),
            domain.PRIORITIES.get(rule.priority or 0, ""),
            "off" if rule.id in off else "on",
        ]
        for number, rule in enumerate(found, 1)
    ]
    headings = ["nr", "rule", "when", "priority", "is"]
    output.table(headings, rows, output=output_file, flexible=2, right=(0,))


@click.group("event-rule")
def event_rule() -> None:
    """Event rules: when a fault becomes a request, one for each cause while it is open.

    RULE is a rule's name, or its number in the list. Fields: source (state_down, meter_limit, reading_missing,
    checklist_fail, document_expiring, part_below, event), event (the machine's word, a meter's name, words of the
    item), asset, asset_category, low, high, consecutive, hysteresis, days (missing_days), days_before, title (with
    {asset}, {event} and {value}), priority, template.
    """


def _rules() -> RuleList:
    from wotui.actions.events import RULES

    return RULES


give_verbs(event_rule, _rules)


def _list(session: Session, asset: str | None, limit: int, *, as_json: bool) -> None:
    from wotui.actions.downtime import found
    from wotui.cli.moments import local
    from wotui.store.reads import events as reads

    with session.shop(read_only=True) as shop:
        asset_id = found(shop, asset)[0] if asset else ""
        rows = reads.newest(shop, limit, asset_id)
        zone = shop.zone
    if as_json:
        names = ("id", "at", "about", "event", "value", "rule", "request", "origin", "note")
        output.document([{name: getattr(row, name) or None for name in names} for row in rows])
        return
    if not rows:
        output.emit("")
        output.say("No machine has reported anything yet. wotui event --asset TAG down reports one.")
        return
    shown = [
        [local(row.at, zone), row.about, row.event, row.value, row.rule, row.request, row.note or row.origin]
        for row in rows
    ]
    output.table(["when", "of", "event", "value", "rule", "request", "note"], shown, flexible=6)


def _numbers(shop: Shop, identities: list[str] | tuple[str, ...]) -> list[str]:
    return [
        shop.value("SELECT number FROM request WHERE id = ?", (identity,))
        for identity in dict.fromkeys(identities)
    ]


def _swept_document(swept: Swept, requests: list[str]) -> dict[str, Any]:
    return {
        "taken": swept.taken,
        "repeated": swept.repeated,
        "requests": requests,
        "done": swept.done,
        "failed": [{"file": name, "reason": reason} for name, reason in (*swept.failed, *swept.stuck)],
        "waiting": swept.waiting,
    }


def _document(shop: Shop, number: int, identity: str) -> dict[str, Any]:
    from wotui.domain.events.rules import EVENT_RULE

    typed = _rules().typed_fields(shop, identity)
    fields: dict[str, Any] = {field.name: typed.get(field.name) for field in EVENT_RULE.fields}
    whole = {
        field.name: int(typed[field.name])
        for field in EVENT_RULE.fields
        if field.type == "whole" and field.name in typed
    }
    return {"id": identity, "position": number, **fields, **whole, "active": typed.get("active") != "no"}
