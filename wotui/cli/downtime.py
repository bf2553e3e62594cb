"""`wotui down`, `wotui running`, `wotui downtime`: assets that stand still, until a person says that they run again."""

from __future__ import annotations

import click

from wotui.cli import output
from wotui.cli.options import json_option
from wotui.cli.session import Session, pass_session

_at = click.option("--at", default="", metavar="T", help="Since when (2026-06-08T07:00); now without it.")
_note = click.option("--note", default="", metavar="TEXT", help="A word on it.")
_asset = click.argument("asset", metavar="TAG")


@click.command("down")
@_asset
@_at
@click.option("--planned", is_flag=True, help="It was stopped on purpose; no event rule fires.")
@_note
@pass_session
def down(session: Session, asset: str, at: str, note: str, *, planned: bool) -> None:
    """Say that an asset stands still. TAG may be the number of an order on it."""
    from wotui.actions import downtime as actions

    with session.shop() as shop:
        done = actions.set_down(shop, asset, at=at, planned=planned, note=note)
    output.say(done.sentence, *done.notices)


@click.command("running")
@_asset
@_at
@_note
@pass_session
def running(session: Session, asset: str, at: str, note: str) -> None:
    """Say that an asset runs again: its standstill ends. TAG may be the number of an order on it."""
    from wotui.actions import downtime as actions

    with session.shop() as shop:
        done = actions.running_again(shop, asset, at=at, note=note)
    output.say(done.sentence, *done.notices)


@click.command("downtime")
@click.argument("asset", required=False, metavar="[TAG]")
@click.option("--open", "open_only", is_flag=True, help="Only what stands now.")
@json_option
@pass_session
def downtime(session: Session, asset: str | None, *, open_only: bool, as_json: bool) -> None:
    """List the standstills of an asset, or of all, the newest first."""
    from wotui import clock
    from wotui.actions.downtime import found
    from wotui.cli.moments import local
    from wotui.domain.labor import hours_minutes
    from wotui.store.reads import downtime as reads

    now = clock.instant(clock.now())
    with session.shop(read_only=True) as shop:
        asset_id = found(shop, asset)[0] if asset else ""
        rows = reads.standstills(shop, asset_id, open_only=open_only)
        zone = shop.zone
    if as_json:
        output.document(
            [
                {
                    "asset": row.tag,
                    "started_at": row.interval.started_at,
                    "ended_at": row.interval.ended_at or None,
                    "minutes": row.interval.minutes(now),
                    "kind": row.interval.kind,
                    "note": row.interval.note or None,
                    "joined": row.interval.joined,
                }
                for row in rows
            ]
        )
        return
    if not rows:
        output.emit("")
        output.say("Nothing stands still." if open_only else "Nothing has stood still yet.")
        return
    shown = [
        [
            row.tag,
            local(row.interval.started_at, zone),
            local(row.interval.ended_at, zone) or "still down",
            hours_minutes(row.interval.minutes(now)),
            row.interval.kind,
            f"joined from {row.interval.joined} computers" if row.interval.joined > 1 else row.interval.note,
        ]
        for row in rows
    ]
    styles: dict[tuple[int, int], output.Style] = {
        (at, 2): "red" for at, row in enumerate(rows) if row.interval.lasts
    }
    output.table(["asset", "since", "until", "took", "kind", "note"], shown, flexible=5, styles=styles)
