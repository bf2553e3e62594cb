"""Work requests: `wotui request`, `requests`, `accept`, `decline`, `duplicate`, `ask`, `answer` and `withdraw`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from wotui.cli import output
from wotui.cli.options import FilterCommand, assignments, json_option, output_option
from wotui.cli.session import Session, pass_session

if TYPE_CHECKING:
    from wotui.store.file import Shop
    from wotui.store.transaction import Done

_numbers = click.argument("numbers", nargs=-1, required=True, metavar="R-NUMBER…")
_number = click.argument("number", metavar="R-NUMBER")
_reason = click.option("--reason", default="", metavar="TEXT", help="Why; the requester reads it.")


@click.command("request")
@click.argument("title", metavar="TITLE")
@click.option("--description", metavar="TEXT", help="What is wrong, in full.")
@click.option("--asset", metavar="TAG", help="What it is about.")
@click.option("--place", metavar="CODE", help="Where it is.")
@click.option("--unknown-place", is_flag=True, help="Nobody knows where it is.")
@click.option("--name", "requester_name", metavar="NAME", help="Who asks; without it, whoever acts.")
@click.option("--contact", "requester_contact", metavar="TEXT", help="How to reach them: a phone, an e-mail.")
@click.option("--enter", "permission_to_enter", metavar="ANSWER", help="May we go in: yes, no, call_first.")
@click.option("--priority", "asked_priority", metavar="P", help="How urgent: 1 emergency to 4 low.")
@click.option("--kind", "work_kind", metavar="WORDS", help="The kind of work, such as plumbing.")
@click.option("--wanted", "wanted_on", metavar="DATE", help="By when: 2026-06-30, fri, +3d.")
@click.option(
    "--file", "paths", metavar="PATH", multiple=True, help="A picture or document; may be repeated."
)
@click.option(
    "--set", "fields", metavar="FIELD=VALUE", multiple=True, help="Any other field, or custom.NAME=VALUE."
)
@click.option("--follow", metavar="NUMBER", help="It is this request or order: only add who asks to it.")
@json_option
@pass_session
def request(
    session: Session,
    title: str,
    paths: tuple[str, ...],
    fields: tuple[str, ...],
    follow: str | None,
    *,
    unknown_place: bool,
    as_json: bool,
    **named: str | None,
) -> None:
    """Ask for work. What may be the same is named on stderr; --follow NUMBER adds you to it instead.

    A request says what is wrong, and where: an asset, a place, or --unknown-place.
    """
    from wotui.actions import requests as actions
    from wotui.actions.checklists.files import read_file

    typed = {name: value for name, value in named.items() if value is not None} | assignments(fields)
    if unknown_place:
        typed["place_unknown"] = "yes"
    with session.shop() as shop:
        if follow is not None:
            kind, identity = _followed(shop, follow)
            name, contact = typed.get("requester_name", ""), typed.get("requester_contact", "")
            words = "\n".join(part for part in (title, typed.get("description", "")) if part)
            _say(actions.follow(shop, kind, identity, name=name, contact=contact, words=words))
            return
        done = actions.new(shop, title, typed, files=[read_file(path) for path in paths])
        _print_request(shop, done, as_json=as_json)
        _say(done)
        _say_same(shop, done.records[0])


def _followed(shop: Shop, number: str) -> tuple[str, str]:
    from wotui.store.reads import requests as reads
    from wotui.store.reads import work_orders

    if reads.looks_like_a_number(number):
        return "request", reads.find(shop, number).id
    return "work_order", work_orders.find(shop, number).id


def _print_request(shop: Shop, done: Done, *, as_json: bool) -> None:
    from wotui.store.reads import requests as reads

    known = reads.find(shop, done.records[0])
    if as_json:
        from wotui.cli import request_page

        output.document(request_page.document(shop, known))
    else:
        output.emit(known.number)


def _say_same(shop: Shop, request_id: str) -> None:
    """Name what may be the same, so that a duplicate is seen at once."""
    from wotui.store.reads import requests as reads
    from wotui.store.reads.same_things import same_things

    known = reads.find(shop, request_id)
    own = {order.number for order in reads.orders(shop, request_id)}  # a routing rule may have accepted it
    for each in same_things(
        shop,
        asset_id=known.asset_id,
        place_id=known.place_id,
        work_kind=known.work_kind,
        apart_from=known.id,
        limit=3,
    ):
        if each.number in own:
            continue
        status = each.status.replace("_", " ")
        output.say(f"Perhaps it is {each.number} {each.title} ({status}, {each.why}).")


@click.command("requests", cls=FilterCommand)
@click.argument("words", nargs=-1, metavar="[FILTER…]")
@click.option("--all", "every", is_flag=True, help="Those that are decided on as well.")
@json_option
@output_option
@pass_session
def requests(
    session: Session, words: tuple[str, ...], *, every: bool, as_json: bool, output_file: str | None
) -> None:
    """List requests: those that wait for a decision, unless the filter names a status.

    \b
      wotui requests
      wotui requests tap status:any @ruiz
      wotui requests '#PUMP-01' '!urgent' place:hall -bulb
    """  # noqa: D301 - click reads the control character
    show_list(session, " ".join(words), every=every, as_json=as_json, output_file=output_file)


def show_list(session: Session, typed: str, *, every: bool, as_json: bool, output_file: str | None) -> None:
    """Print the requests that a filter finds."""
    from wotui.cli import request_page
    from wotui.domain.request_filter import read_filter
    from wotui.errors import UsageProblem
    from wotui.store.reads import requests_list as reads
    from wotui.text import clean_line, counted

    wanted = read_filter(clean_line(f"{'status:any ' if every else ''}{typed}", 4000))
    if wanted.mistake:
        what, _, way_out = wanted.mistake.partition(". ")
        raise UsageProblem(f"{what}.", way_out or "See wotui requests --help.")
    with session.shop(read_only=True) as shop:
        found = reads.rows(shop, reads.keys(shop, wanted))
        zone = shop.zone
    if as_json:
        output.document([request_page.brief(each) for each in found], output_file)
        return
    if not found:
        output.emit("", output_file)
        output.say(f"{wanted.words}: none. wotui request TITLE makes one.")
        return
    request_page.table(found, zone, output_file)
    output.say(f"{wanted.words}: {counted(len(found), 'request')}.")


@click.command("accept")
@_numbers
@click.option("--order", default="", metavar="NUMBER", help="Join this order instead of making new ones.")
@json_option
@pass_session
def accept(session: Session, numbers: tuple[str, ...], order: str, *, as_json: bool) -> None:
    """Say yes to requests (supervisors): each leads to an order that carries everything, or joins one."""
    from wotui.actions import accepting

    with session.shop() as shop:
        done = accepting.accept(shop, numbers, order=order)
        _print_orders(shop, done, as_json=as_json)
    _say(done)


def _print_orders(shop: Shop, done: Done, *, as_json: bool) -> None:
    """The orders that a decision led to: their numbers, or whole."""
    from wotui.store.reads import work_orders

    ids = [each for each in done.records if work_orders.order(shop, each) is not None]
    orders = [work_orders.find(shop, each) for each in ids]
    if as_json:
        from wotui.cli import order_shapes

        output.document([order_shapes.brief(shop, each) for each in orders])
    else:
        for each in orders:
            output.emit(each.number)


@click.command("decline")
@_numbers
@_reason
@pass_session
def decline(session: Session, numbers: tuple[str, ...], reason: str) -> None:
    """Say no to requests (supervisors); --reason is required, the requester reads it."""
    from wotui.actions import deciding

    with session.shop() as shop:
        done = deciding.decline(shop, numbers, reason)
    _say(done)


@click.command("duplicate")
@_number
@click.option("--of", "original", required=True, metavar="R-NUMBER", help="The request that it repeats.")
@pass_session
def duplicate(session: Session, number: str, original: str) -> None:
    """Say that a request repeats another one (supervisors); its requester then follows that one."""
    from wotui.actions import deciding

    with session.shop() as shop:
        done = deciding.duplicate(shop, number, original)
    _say(done)


@click.command("ask")
@_number
@click.argument("question", metavar="QUESTION")
@pass_session
def ask(session: Session, number: str, question: str) -> None:
    """Ask the requester back (supervisors); the request waits for the answer."""
    from wotui.actions import deciding

    with session.shop() as shop:
        done = deciding.ask(shop, number, question)
    _say(done)


@click.command("answer")
@_number
@click.argument("text", metavar="TEXT")
@pass_session
def answer(session: Session, number: str, text: str) -> None:
    """Answer what was asked back about a request; it is new again."""
    from wotui.actions import deciding

    with session.shop() as shop:
        done = deciding.answer(shop, number, text)
    _say(done)


@click.command("withdraw")
@_numbers
@_reason
@pass_session
def withdraw(session: Session, numbers: tuple[str, ...], reason: str) -> None:
    """Take requests back that nobody has decided on."""
    from wotui.actions import deciding

    with session.shop() as shop:
        done = deciding.withdraw(shop, numbers, reason)
    _say(done)


def _say(done: Done) -> None:
    output.say(done.sentence, *done.notices)
