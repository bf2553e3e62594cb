"""`wotui add` and `wotui list-of`: master data."""

from __future__ import annotations

import click

from wotui.cli import output
from wotui.cli.options import assignments, json_option, output_option
from wotui.cli.session import Session, pass_session


@click.command("add")
@click.argument("kind", metavar="person|place|asset|contractor|part|customer")
@click.argument("name", metavar="NAME")
@click.argument("fields", nargs=-1, metavar="FIELD=VALUE…")
@json_option
@pass_session
def add(session: Session, kind: str, name: str, fields: tuple[str, ...], as_json: bool) -> None:
    """Add a record to the master data.

    Lists are comma-separated (roles=technician,supervisor), places and assets are named by code and tag, money is
    decimal (rate_hour=95.00), dates are 2026-06-30. A place needs a code, an asset a tag, a part a sku; a person's
    initials follow from the name unless you give them. An unknown field is answered with the nearest known one.
    """
    from wotui.actions import records as actions
    from wotui.cli import record_shapes
    from wotui.domain.record_kinds import kind_named
    from wotui.store.reads import records as reads

    with session.shop() as shop:
        done = actions.add(shop, kind, name, assignments(fields))
        if as_json:
            made = kind_named(kind)
            record = reads.one(shop, made, done.records[0])
            handles = record_shapes.handles_for(shop, made)
            output.document(record_shapes.document(record, handles, shop.setting("shop.currency")))
    output.say(done.sentence, *done.notices)


@click.command("list-of")
@click.argument("kind", metavar="KIND")
@click.option("--all", "retired_too", is_flag=True, help="Those out of use as well.")
@json_option
@output_option
@pass_session
def list_of(
    session: Session, kind: str, *, retired_too: bool, as_json: bool, output_file: str | None
) -> None:
    """List people, places, assets, contractors, parts, customers or requests.

    KIND is person, place, asset, contractor, part, customer or request, or their plural.
    """
    if kind.casefold() in ("request", "requests"):
        from wotui.cli.requests import show_list

        show_list(session, "", every=retired_too, as_json=as_json, output_file=output_file)
        return
    from wotui.cli import record_shapes
    from wotui.domain.record_kinds import kind_named
    from wotui.store.reads import records as reads

    listed = kind_named(kind)
    with session.shop(read_only=True) as shop:
        found = [record for record in reads.page(shop, listed) if record.active or retired_too]
        handles = record_shapes.handles_for(shop, listed)
        currency = shop.setting("shop.currency")
    if as_json:
        output.document([record_shapes.document(each, handles, currency) for each in found], output_file)
        return
    if not found:
        output.emit("", output_file)
        output.say(f"There is no {listed.name} yet. wotui add {listed.name} NAME … adds one.")
        return
    rows = record_shapes.table(listed, found, handles, currency)
    headings = [listed.field(name).words for name in listed.listed]
    output.table(headings, rows, output=output_file, flexible=listed.listed.index("name"))
