"""`wotui checklist` and `wotui tick`: a checklist line by line, for scripts and for ears.

In a terminal `wotui checklist NUMBER` asks one item after the other; anywhere else, and with `--plain`, it prints them.
Every answer is saved at once, so a run can be left at any item.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from wotui.cli import output
from wotui.cli.checklist_words import coming, document, plain_lines, table
from wotui.cli.options import json_option
from wotui.cli.session import Session, pass_session
from wotui.errors import UsageProblem

if TYPE_CHECKING:
    from wotui.store.file import Shop
    from wotui.store.reads.checklists import Line
    from wotui.store.transaction import Done


@click.command("checklist")
@click.argument("number", metavar="NUMBER")
@click.option("--plain", is_flag=True, help="Print one sentence an item, for screen readers; ask nothing.")
@click.option(
    "--attach", metavar="NAME", help="Put one of the shop's checklists on the order, or one from a TOML file."
)
@click.option("--add", "labels", metavar="LABEL", multiple=True, help="Add an item to tick; may be repeated.")
@click.option("--take-off", metavar="NAME", help="Take a list without answers off the order.")
@click.option("--files", metavar="DIR", help="Write copies of the attached pictures and files into DIR.")
@click.option(
    "--sign-off",
    metavar="NAME",
    help="Sign the order off with your name or initials; asks for the PIN.",
)
@click.option(
    "--role",
    default="supervisor",
    metavar="ROLE",
    help="With --sign-off: supervisor, technician or customer.",
)
@click.option("--pin", metavar="PIN", help="With --sign-off: the PIN, where nobody can be asked.")
@json_option
@pass_session
def checklist(  # noqa: PLR0913 - one argument an option
    session: Session,
    number: str,
    *,
    attach: str | None,
    labels: tuple[str, ...],
    take_off: str | None,
    files: str | None,
    sign_off: str | None,
    role: str,
    pin: str | None,
    plain: bool,
    as_json: bool,
) -> None:
    """Run an order's checklists item by item, or print them.

    In a terminal it asks every open item in turn: pass, fail, na, yes, no, a number, a choice, a text. Anywhere else it
    prints the items with their numbers, which `wotui tick` takes.
    """
    from wotui.actions import checklists as actions
    from wotui.actions import finishing
    from wotui.store.reads import checklists, work_orders

    changes = bool(attach or labels or take_off or files or sign_off)
    with session.shop(read_only=False) as shop:
        order = work_orders.find(shop, number)
        if attach:
            _say(actions.attach(shop, order.id, _template(shop, attach)))
        for label in labels:
            _say(actions.add_item(shop, order.id, {"type": "tick", "label": label}))
        if take_off:
            _say(actions.remove_list(shop, checklists.sheet(shop, order.id).find_list(take_off)))
        if files:
            _write_files(shop, order.id, files)
        if sign_off:
            _say(finishing.sign_off(shop, order.id, name=sign_off, role=role, pin=_pin(pin, role)))
        _show(shop, order.id, plain=plain, as_json=as_json, changed=changes)


def _show(shop: Shop, order_id: str, *, plain: bool, as_json: bool, changed: bool) -> None:
    """Print the checklists, or run them where somebody sits at a terminal and nothing else was asked for."""
    from wotui.store.reads import checklists

    sheet = checklists.sheet(shop, order_id)
    if as_json:
        output.document(document(sheet))
    elif plain or not output.is_terminal():
        output.lines(plain_lines(sheet)) if plain else table(sheet)
    elif changed or not sheet.lines or not sys.stdin.isatty():
        table(sheet)
    else:
        from wotui.cli.checklist_run import run

        run(shop, order_id)


@click.command("tick", context_settings={"ignore_unknown_options": True})
@click.argument("number", metavar="NUMBER")
@click.argument("item", metavar="ITEM")
@click.argument("value", metavar="[VALUE]", required=False)
@click.option("--note", metavar="TEXT", help="A note; the reason where the item does not apply.")
@click.option("--sure", is_flag=True, help="Store a reading although it is far from the last one.")
@click.option("--clear", is_flag=True, help="Take the answer back.")
@click.option("--follow-up", is_flag=True, help="Make the follow-up order of a failed item.")
@click.option("--as-is", is_flag=True, help="Accept a failure as it is; --note says why.")
@click.option("--pin", metavar="PIN", help="For a signature, where nobody can be asked.")
@json_option
@pass_session
def tick(  # noqa: PLR0913 - one argument an option
    session: Session,
    number: str,
    item: str,
    value: str | None,
    note: str | None,
    pin: str | None,
    *,
    sure: bool,
    clear: bool,
    follow_up: bool,
    as_is: bool,
    as_json: bool,
) -> None:
    """Answer one checklist item of an order.

    ITEM is its number in `wotui checklist NUMBER`, or words of its label. VALUE is pass, fail, flag, na, yes, no, a
    number, a choice (by number or word; several with commas), a text, the path of a file, or the name that signs.
    Without VALUE a tick or a pass/fail is passed; with --note alone an answered item keeps its answer.
    """
    from wotui.actions import checklists as actions
    from wotui.store.reads import checklists, work_orders

    if value is not None and value.startswith("--"):
        raise UsageProblem(f"There is no option {value}.", "See wotui tick --help.")
    with session.shop() as shop:
        order = work_orders.find(shop, number)
        line = checklists.sheet(shop, order.id).find(item)
        if clear:
            _say(actions.clear(shop, line.item.id))
        elif value is not None or not (follow_up or as_is):
            _say(_answered(shop, line, value, note, pin, sure=sure))
        if as_is:
            _say(actions.accept_as_is(shop, line.item.id, note or ""))
        if follow_up:
            _say(actions.accept_follow_up(shop, line.item.id))
        sheet = checklists.sheet(shop, order.id)
        output.say(coming(sheet, line))
        if as_json:
            output.document(next(found for found in document(sheet)["items"] if found["id"] == line.item.id))


def _answered(
    shop: Shop, line: Line, value: str | None, note: str | None, pin: str | None, *, sure: bool
) -> Done:
    from wotui.actions import checklists as actions
    from wotui.domain.checklists import items as kinds

    item = line.item
    if value is None and note is not None and line.answered:
        return actions.note(shop, item.id, note)
    left_out = value is not None and value.strip().casefold() in ("na", "n/a")
    if item.type == kinds.PHOTO and value is not None and not left_out:
        return actions.attach_file(shop, item.id, value, note=note)
    if item.type == kinds.SIGNATURE and value is not None and not left_out:
        return actions.sign(shop, item.id, value, _pin(pin, item.role))
    return actions.answer(shop, item.id, value or "", note=note, sure=sure)


def _write_files(shop: Shop, order_id: str, folder: str) -> None:
    from wotui.exchange import attachments
    from wotui.store.reads.attachments import of_order

    written = attachments.save(shop, of_order(shop, order_id), folder)
    output.say(*(f"Wrote {path}." for path in written))
    if not written:
        output.say("No files are attached.")


def _template(shop: Shop, wanted: str) -> str:
    """A template's name as given; a TOML file is put among the shop's templates first."""
    from wotui.actions import checklists as actions

    if not wanted.endswith(".toml"):
        return wanted
    learned = actions.learn(shop, wanted)
    _say(learned)
    return learned.records[0]


def _pin(given: str | None, role: str) -> str:
    """The PIN as given, or asked for without showing it; a customer has none."""
    if given is not None or role == "customer":
        return given or ""
    if not sys.stdin.isatty():
        raise UsageProblem("A signature takes a PIN.", "Give it with --pin where nobody can be asked.")
    return str(click.prompt("PIN", hide_input=True, err=True))


def _say(done: Done) -> None:
    output.say(done.sentence, *done.notices)
