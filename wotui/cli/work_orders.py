"""`wotui new`, `again`, `edit`, `assign`, `relate` and `note`: work orders, one or many in a call."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from wotui.cli import output
from wotui.cli.options import assignments, handles_and_assignments, json_option
from wotui.cli.session import Session, pass_session
from wotui.errors import NotFound, UsageProblem

if TYPE_CHECKING:
    from wotui.store.file import Shop
    from wotui.store.transaction import Done


@click.command("new")
@click.argument("title", required=False, metavar="TITLE")
@click.option("--description", metavar="TEXT", help="What is wrong, in full.")
@click.option("--asset", metavar="TAG", help="The asset it is about.")
@click.option("--place", metavar="CODE", help="Where it is.")
@click.option("--customer", metavar="NAME", help="Whom it is for.")
@click.option("--parent", metavar="NUMBER", help="The order that it is a step of.")
@click.option(
    "--type", "type_", metavar="TYPE", help="corrective (default), preventive, condition, inspection …"
)
@click.option("--priority", metavar="P", help="1 emergency, 2 urgent, 3 normal (default), 4 low.")
@click.option("--due", metavar="DATE", help="2026-06-30, fri, +3d; without it, by the priority.")
@click.option("--assign", "people", metavar="INITIALS", multiple=True, help="Who does it; may be repeated.")
@click.option("--template", metavar="NAME", help="An order template; TITLE may be left out then.")
@click.option("--checklist", "checklists", metavar="NAME", multiple=True, help="A checklist to put on it.")
@click.option(
    "--set", "fields", metavar="FIELD=VALUE", multiple=True, help="Any other field, one of your own too."
)
@click.option("--draft", is_flag=True, help="Leave it a draft.")
@json_option
@pass_session
def new(
    session: Session,
    title: str | None,
    people: tuple[str, ...],
    template: str | None,
    checklists: tuple[str, ...],
    fields: tuple[str, ...],
    *,
    draft: bool,
    as_json: bool,
    **named: str | None,
) -> None:
    """Make a work order, blank or from a template.

    It is ready as soon as it names an asset, a place or a customer, and a draft until then, or until it has what its
    template requires. What you say wins over what the template presets.
    """
    from wotui.actions import work_orders as actions

    if title is None and not template:
        raise UsageProblem("An order needs a TITLE.", "Say in a few words what is to be done.")
    typed = {name.rstrip("_"): value for name, value in named.items() if value is not None}
    typed |= assignments(fields)
    initials = [word for given in people for word in given.replace(",", " ").split()]
    with session.shop() as shop:
        order_template, lists = _template_named(shop, template or "")
        lists += checklists
        done = actions.new(
            shop, title or "", typed, people=initials, checklists=lists, template=order_template, draft=draft
        )
        if as_json:
            _print_order(shop, done)
        else:
            output.emit(_number(shop, done))
    _say(done)


def _template_named(shop: Shop, name: str) -> tuple[str, list[str]]:
    """The order template that is meant; where there is none of this name, the checklist that is called so."""
    from wotui.store.reads import checklist_templates, templates

    if not name:
        return "", []
    try:
        return templates.find(shop, name).id, []
    except NotFound:
        try:
            return "", [checklist_templates.find(shop, name).name]
        except NotFound:
            pass
        raise


def _number(shop: Shop, done: Done) -> str:
    from wotui.store.reads import work_orders as reads

    return reads.find(shop, done.records[0]).number


def _print_order(shop: Shop, done: Done) -> None:
    from wotui.cli import order_shapes
    from wotui.store.reads import work_orders as reads

    output.document(order_shapes.brief(shop, reads.find(shop, done.records[0])))


@click.command("edit")
@click.argument("words", nargs=-1, required=True, metavar="NUMBER… FIELD=VALUE…")
@pass_session
def edit(session: Session, words: tuple[str, ...]) -> None:
    """Change fields of one or many orders, or of records: assets by tag, places by code, people by initials.

    \b
      wotui edit W-A0012 W-A0013 priority=2 due_on=fri
      wotui edit PUMP-01 state=down criticality=A
      wotui edit contractor:"Ace Cooling" blocked=yes blocked_reason="no insurance"
      wotui edit TB active=no

    An empty value (due_on=) clears a field; custom.NAME=VALUE sets a field of your own. All of it is one change: either
    every record is changed, or none.
    """  # noqa: D301 - click reads the control character
    from wotui.cli.finding import PLAN, REQUEST, Found, find_all

    handles, changes = handles_and_assignments(words)
    with session.shop() as shop:
        found: Found = find_all(shop, handles)
        if found.kind == "work_order":
            from wotui.actions import work_orders as actions

            done = actions.edit(shop, found.ids, changes)
        elif found.kind == REQUEST:
            from wotui.actions import requests

            done = requests.edit(shop, found.ids, changes)
        elif found.kind == PLAN:
            from wotui.actions import plans

            wanted, *others = found.ids
            if others:
                raise UsageProblem("Plans are edited one at a time.", "Name one of them.")
            done = plans.edit(shop, wanted, changes)
        else:
            from wotui.actions import records

            done = records.edit(shop, found.kind, found.ids, changes)
    _say(done)


@click.command("assign")
@click.argument("numbers", nargs=-1, required=True, metavar="NUMBER…")
@click.option(
    "--to",
    "people",
    metavar="INITIALS",
    multiple=True,
    help="Who does it; repeat it or separate by commas. Empty: nobody.",
)
@click.option("--lead", metavar="INITIALS", help="Who leads, when several do it.")
@pass_session
def assign(session: Session, numbers: tuple[str, ...], people: tuple[str, ...], lead: str | None) -> None:
    """Put exactly these people on one or many orders.

    \b
      wotui assign W-A0012 W-A0013 --to TB --to DO
      wotui assign W-A0012 --to ""
    """  # noqa: D301
    from wotui.actions import work_orders as actions

    if not people:
        raise UsageProblem("Nobody is named.", 'Say who: --to INITIALS (--to "" takes everybody off).')
    initials = [word for given in people for word in given.replace(",", " ").split()]
    with session.shop() as shop:
        done = actions.assign(shop, numbers, initials, lead=lead)
    _say(done)


@click.command("again")
@click.argument("number", metavar="NUMBER")
@json_option
@pass_session
def again(session: Session, number: str, *, as_json: bool) -> None:
    """Make the same order again: its fields, permits, trades and people, not its history."""
    from wotui.actions import work_orders as actions

    with session.shop() as shop:
        done = actions.duplicate(shop, number)
        if as_json:
            _print_order(shop, done)
        else:
            output.emit(_number(shop, done))
    _say(done)


@click.command("relate")
@click.argument("number", metavar="NUMBER")
@click.argument("kind", metavar="RELATION")
@click.argument("other", metavar="NUMBER")
@pass_session
def relate(session: Session, number: str, kind: str, other: str) -> None:
    """Say how two orders stand to each other.

    RELATION is blocks, duplicate_of, follow_up_of, split_from or related: W-A0012 blocks W-A0013. A part of a bigger
    order is set with wotui edit W-A0013 parent=W-A0012.
    """
    from wotui.actions import relations

    with session.shop() as shop:
        done = relations.relate(shop, number, kind.casefold().replace("-", "_"), other)
    _say(done)


@click.command("note")
@click.argument("number", metavar="NUMBER")
@click.argument("text", metavar="TEXT")
@pass_session
def note(session: Session, number: str, text: str) -> None:
    """Add a note to an order's or request's log; TEXT - is read from stdin."""
    from wotui.actions import requests, work_orders
    from wotui.store.reads.requests import looks_like_a_number

    words = _standard_input() if text == "-" else text
    with session.shop() as shop:
        if looks_like_a_number(number):
            done = requests.note(shop, number, words)
        else:
            done = work_orders.note(shop, number, words)
    _say(done)


def _standard_input() -> str:
    if sys.stdin is None or sys.stdin.closed:
        raise UsageProblem("There is no standard input.", "Write the note into the call.")
    return sys.stdin.buffer.read().decode("utf-8", "replace")


def _say(done: Done) -> None:
    output.say(done.sentence, *done.notices)
