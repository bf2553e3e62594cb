"""`wotui codes`: the words that forms offer."""

from __future__ import annotations

import click

from wotui.cli import output
from wotui.cli.options import json_option
from wotui.cli.session import Session, pass_session

_scope = click.option(
    "--class", "scope", default="", metavar="CLASS", help="The failure class; without it, every asset."
)


@click.group("codes")
def codes() -> None:
    """Code lists: trades, work kinds, problems, causes and remedies per failure class, reasons.

    Forms offer these words; any other word can be typed all the same.
    """


@codes.command("list")
@click.argument("name", default="", metavar="[LIST]")
@click.option("--class", "scope", default=None, metavar="CLASS", help="Only those of one failure class.")
@click.option("--all", "retired_too", is_flag=True, help="Those that are not offered any more as well.")
@json_option
@pass_session
def list_(session: Session, name: str, scope: str | None, *, retired_too: bool, as_json: bool) -> None:
    """List the words of one list, or of all."""
    from wotui.domain.codes import list_named
    from wotui.store.reads import codes as reads

    wanted = list_named(name) if name else ""
    with session.shop(read_only=True) as shop:
        found = reads.codes(shop, wanted, scope=scope, retired_too=retired_too)
    if as_json:
        output.document(
            [
                {
                    "list": each.list,
                    "class": each.scope or None,
                    "code": each.code,
                    "label": each.label or None,
                    "active": each.active,
                }
                for each in found
            ]
        )
        return
    if not found:
        output.emit("")
        output.say("This list is empty. wotui codes add LIST WORD, or a pack: wotui pack list.")
        return
    rows = [
        (each.list, each.scope, each.code, each.label, "" if each.active else "retired") for each in found
    ]
    output.table(("list", "class", "word", "about it", ""), rows, flexible=3)


@codes.command("add")
@click.argument("name", metavar="LIST")
@click.argument("word", metavar="WORD")
@click.option("--label", default="", metavar="TEXT", help="A word more about it.")
@_scope
@pass_session
def add(session: Session, name: str, word: str, label: str, scope: str) -> None:
    """Add a word to a list: trade, work_kind, problem, cause, remedy, hold_reason, cancel_reason, priority."""
    from wotui.actions import codes as actions

    with session.shop() as shop:
        done = actions.add(shop, name, word, label=label, scope=scope)
    output.say(done.sentence)


@codes.command("edit")
@click.argument("name", metavar="LIST")
@click.argument("word", metavar="WORD")
@click.option("--label", metavar="TEXT", help="A word more about it; empty takes it away.")
@click.option("--position", type=int, metavar="N", help="Its place in the list, counted from 1.")
@_scope
@pass_session
def edit(session: Session, name: str, word: str, label: str | None, position: int | None, scope: str) -> None:
    """Change what is said about a word, or its place."""
    from wotui.actions import codes as actions

    with session.shop() as shop:
        done = actions.edit(shop, name, word, label=label, scope=scope, position=position)
    output.say(done.sentence)


@codes.command("retire")
@click.argument("name", metavar="LIST")
@click.argument("word", metavar="WORD")
@_scope
@pass_session
def retire(session: Session, name: str, word: str, scope: str) -> None:
    """Offer a word no longer; orders that hold it keep it, and adding it again brings it back."""
    from wotui.actions import codes as actions

    with session.shop() as shop:
        done = actions.retire(shop, name, word, scope=scope)
    output.say(done.sentence)
