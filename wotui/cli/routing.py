"""`wotui routes` and `wotui route`: who gets what comes in, and a dry run that says which rule fires and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from wotui.cli import output
from wotui.cli.options import json_option, output_option
from wotui.cli.page import Page
from wotui.cli.rule_commands import give_verbs
from wotui.cli.session import Session, pass_session

if TYPE_CHECKING:
    from wotui.actions.routing import Tried
    from wotui.actions.rule_lists import RuleList
    from wotui.store.file import Shop


@click.command("routes")
@json_option
@output_option
@pass_session
def routes(session: Session, *, as_json: bool, output_file: str | None) -> None:
    """List the routing rules in their order: the first whose conditions all hold decides."""
    from wotui.domain.routing import words
    from wotui.store.reads import routing as reads

    with session.shop(read_only=True) as shop:
        rules = reads.rules(shop, also_off=True)
        off = reads.switched_off(shop)
        names = reads.named_in(shop, rules)
        if as_json:
            output.document(
                [_document(shop, number, rule.id, off) for number, rule in enumerate(rules, 1)], output_file
            )
            return
    if not rules:
        output.emit("", output_file)
        output.say(
            "There is no routing rule yet. wotui route add NAME text=leak set_priority=urgent makes one."
        )
        return
    rows = [
        [
            str(number),
            rule.name,
            words.conditions(rule, names),
            words.actions(rule, names),
            "off" if rule.id in off else "on",
        ]
        for number, rule in enumerate(rules, 1)
    ]
    output.table(
        ["nr", "rule", "when", "then", "is"], rows, output=output_file, flexible=2, right=(0,),
        styles={(at, 4): "dim" for at, rule in enumerate(rules) if rule.id in off},
    )  # fmt: skip


@click.group("route")
def route() -> None:
    """Routing rules: who gets what comes in.

    RULE is a rule's name, or its number in the list. When: place, work_kind, trade, priority_max, asset_category,
    asset, customer, source, text (words separated by commas), weekdays (mon-fri), hour_from, hour_to, day_kind
    (working or free). Then: set_priority, set_type, template, lead (person, available, team, contractors), person,
    lead_trade, team, accept.
    """


def _rules() -> RuleList:
    from wotui.actions.routing import RULES

    return RULES


give_verbs(route, _rules)


@route.command("test")
@click.argument("number", required=False, metavar="[R-NUMBER]")
@click.option(
    "--last", type=click.IntRange(1, 1000), default=50, show_default=True, help="How many requests."
)
@json_option
@output_option
@pass_session
def test(session: Session, number: str | None, last: int, *, as_json: bool, output_file: str | None) -> None:
    """Say which rule would fire on the newest requests, or on one, and why; nothing is changed."""
    from wotui.actions import routing

    with session.shop(read_only=True) as shop:
        found = [routing.dry_run_of(shop, number)] if number else routing.dry_run(shop, last)
    if as_json:
        output.document([_tried_document(one) for one in found], output_file)
    elif number:
        output.emit(_page(found[0], plain=output_file is not None), output_file)
    elif not found:
        output.emit("", output_file)
        output.say("There is no request yet to try the rules on. wotui request TITLE makes one.")
    else:
        rows = [[one.number, one.title, one.rule or "–", one.why, one.does] for one in found]
        output.table(["request", "title", "rule", "why", "does"], rows, output=output_file, flexible=1)


@route.command("again")
@click.argument("numbers", nargs=-1, required=True, metavar="R-NUMBER…")
@pass_session
def again(session: Session, numbers: tuple[str, ...]) -> None:
    """Let the rules decide once more on undecided requests; what a person typed stays."""
    from wotui.actions import routing

    with session.shop() as shop:
        done = routing.route_again(shop, numbers)
    output.say(done.sentence, *done.notices)


@route.command("export")
@output_option
@pass_session
def export(session: Session, output_file: str | None) -> None:
    """Write the rules as TOML that import reads back."""
    from wotui.exchange import routing

    with session.shop(read_only=True) as shop:
        output.emit(routing.to_toml(shop), output_file)


@route.command("import")
@click.argument("file", metavar="FILE")
@pass_session
def import_(session: Session, file: str) -> None:
    """Add the rules of a TOML file behind those that are there; one whose name is there stays as it is."""
    from pathlib import Path

    from wotui.exchange import routing

    text = Path(file).read_text("utf-8", "replace")
    with session.shop() as shop:
        done = routing.from_toml(shop, text)
    output.say(done.sentence, *done.notices)


def _document(shop: Shop, number: int, identity: str, off: set[str]) -> dict[str, Any]:
    from wotui.domain.routing.fields import ROUTING_RULE

    typed = _rules().typed_fields(shop, identity)
    fields: dict[str, Any] = {field.name: typed.get(field.name) for field in ROUTING_RULE.fields}
    fields |= {name: int(typed[name]) for name in ("hour_from", "hour_to") if name in typed}
    fields |= {"accept": typed.get("accept") == "yes", "active": identity not in off}
    return {"id": identity, "position": number, **fields}


def _tried_document(one: Tried) -> dict[str, Any]:
    return {
        "number": one.number,
        "id": one.id,
        "title": one.title,
        "rule": one.rule or None,
        "why": one.why,
        "does": one.does or None,
        "kept": one.kept or None,
        "routed_by": one.before or None,
        "rules": [{"rule": trial.rule.name, "fits": trial.fits, "why": trial.why} for trial in one.trials],
    }


def _page(one: Tried, *, plain: bool) -> str:
    page = Page(plain=plain)
    page.title(one.number, one.title)
    page.field("rule", one.rule or "none fits")
    page.field("does", one.does)
    page.field("", one.kept)
    page.field("routed by", one.before)
    page.section("Rules")
    for trial in one.trials:
        page.entry(
            "✓" if trial.fits else "✗", f"{trial.rule.name}: {trial.why}", "green" if trial.fits else None
        )
    return page.text
