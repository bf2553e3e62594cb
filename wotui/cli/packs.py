"""`wotui pack`: what an industry starts with."""

from __future__ import annotations

import click

from wotui.cli import output
from wotui.cli.options import json_option
from wotui.cli.session import Session, pass_session


@click.group("pack")
def pack() -> None:
    """Packs: templates, checklists, code lists and routing that an industry starts with."""


@pack.command("list")
@json_option
def list_(*, as_json: bool) -> None:
    """List the packs that ship with wotui."""
    from wotui.actions import packs

    held = [packs.contents(name) for name in packs.names()]
    if as_json:
        output.document(
            [
                {
                    "name": each.pack.name,
                    "title": each.pack.title,
                    "description": each.pack.description or None,
                    "templates": len(each.templates),
                    "codes": len(each.pack.codes),
                    "routing": len(each.pack.routing),
                }
                for each in held
            ]
        )
        return
    rows = [(each.pack.name, str(len(each.templates)), each.pack.description) for each in held]
    output.table(("name", "templates", "what for"), rows, flexible=2, right=(1,))


@pack.command("show")
@click.argument("name", metavar="NAME")
@json_option
def show(name: str, *, as_json: bool) -> None:
    """Show what is in a pack: its templates, and how many codes and rules come with them."""
    from wotui.actions import packs
    from wotui.domain.templates.template import summary

    held = packs.contents(name.strip().casefold())
    if as_json:
        output.document(
            {
                "name": held.pack.name,
                "title": held.pack.title,
                "templates": [
                    {"name": each.name, "trade": each.trade or None, "holds": summary(each) or None}
                    for each in held.templates
                ],
                "codes": [
                    {"list": each.list, "scope": each.scope or None, "code": each.code}
                    for each in held.pack.codes
                ],
                "routing": [str(rule.get("name")) for rule in held.pack.routing],
            }
        )
        return
    rows = [(each.name, each.trade, summary(each)) for each in held.templates]
    output.table(("template", "trade", "with"), rows, flexible=0)
    rules = ", ".join(str(rule.get("name")) for rule in held.pack.routing)
    output.say(f"And {len(held.pack.codes)} codes, and the routing rules {rules}.")


@pack.command("add")
@click.argument("name", metavar="NAME")
@pass_session
def add(session: Session, name: str) -> None:
    """Put a pack into the shop; what is there already stays as it is, so that adding it twice changes nothing."""
    from wotui.actions import packs

    with session.shop() as shop:
        done = packs.add(shop, name)
    output.say(done.sentence, *done.notices)
