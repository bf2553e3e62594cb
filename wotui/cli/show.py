"""`wotui show` and `history`: one record with everything that belongs to it, and every change it went through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from wotui.cli import output
from wotui.cli.options import json_option, output_option
from wotui.cli.session import Session, pass_session

if TYPE_CHECKING:
    from wotui.store.file import Shop
    from wotui.store.reads.history import Change


@click.command("show")
@click.argument("number", metavar="NUMBER")
@json_option
@output_option
@pass_session
def show(session: Session, number: str, *, as_json: bool, output_file: str | None) -> None:
    """Show one order, request, asset, place, person, contractor, part, customer or plan.

    NUMBER is an order's or request's number, an asset's tag, a place's code, a person's initials, a part's sku or a
    name. Where it can mean several, say the kind: asset:PUMP-01.
    """
    from wotui.cli.finding import PLAN, REQUEST, find_one

    with session.shop(read_only=True) as shop:
        kind, identity = find_one(shop, number)
        if kind == "work_order":
            _show_order(shop, identity, as_json=as_json, output_file=output_file)
        elif kind == REQUEST:
            _show_request(shop, identity, as_json=as_json, output_file=output_file)
        elif kind == PLAN:
            _show_plan(shop, identity, as_json=as_json, output_file=output_file)
        else:
            _show_record(shop, kind, identity, as_json=as_json, output_file=output_file)


def _show_order(shop: Shop, identity: str, *, as_json: bool, output_file: str | None) -> None:
    from wotui.store.reads import work_orders as reads

    order = reads.find(shop, identity)
    if as_json:
        from wotui.cli import order_shapes

        output.document(order_shapes.whole(shop, order), output_file)
        return
    from wotui.cli import order_page

    output.emit(order_page.page(shop, order, plain=output_file is not None), output_file)


def _show_request(shop: Shop, identity: str, *, as_json: bool, output_file: str | None) -> None:
    from wotui.cli import request_page
    from wotui.store.reads import requests as reads

    known = reads.find(shop, identity)
    if as_json:
        output.document(request_page.document(shop, known), output_file)
    else:
        output.emit(request_page.page(shop, known, plain=output_file is not None), output_file)


def _show_plan(shop: Shop, identity: str, *, as_json: bool, output_file: str | None) -> None:
    from wotui.cli import plan_page

    if as_json:
        output.document(plan_page.document(shop, identity), output_file)
    else:
        output.emit(plan_page.page(shop, identity, plain=output_file is not None), output_file)


def _show_record(shop: Shop, kind: str, identity: str, *, as_json: bool, output_file: str | None) -> None:
    from wotui.cli import record_page

    if as_json:
        output.document(record_page.document(shop, kind, identity), output_file)
    else:
        output.emit(record_page.page(shop, kind, identity, plain=output_file is not None), output_file)


@click.command("history")
@click.argument("number", metavar="NUMBER")
@json_option
@output_option
@pass_session
def history(session: Session, number: str, *, as_json: bool, output_file: str | None) -> None:
    """Every change of an order or record, the newest first: when, who, which device, field, old and new value."""
    from wotui.cli.finding import find_one
    from wotui.cli.moments import local
    from wotui.store.reads.history import history as changes_of

    with session.shop(read_only=True) as shop:
        _, identity = find_one(shop, number)
        changes = changes_of(shop, identity)
        zone = shop.zone
    if as_json:
        output.document([_change(change) for change in changes], output_file)
        return
    rows = [
        [
            local(change.at, zone) if change.at else "unsure",
            change.actor,
            change.device,
            change.field.replace("_", " "),
            change.old or "",
            change.new or "",
        ]
        for change in changes
    ]
    output.table(["at", "who", "device", "field", "old", "new"], rows, output=output_file, flexible=5)


def _change(change: Change) -> dict[str, Any]:
    return {
        "at": change.at,
        "actor": change.actor or None,
        "device": change.device,
        "field": change.field,
        "old": change.old,
        "new": change.new,
        "act": change.act,
    }
