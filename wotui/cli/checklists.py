"""`wotui checklist` and `wotui tick`: a checklist line by line, for scripts and for ears.

In a terminal `wotui checklist NUMBER` asks one item after the other; anywhere else, and with `--plain`, it prints them.
Every answer is saved at once, so a run can be left at any item.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from wotui.cli import output
from wotui.cli.options import json_option
from wotui.cli.session import Session, pass_session
from wotui.errors import UsageProblem

if TYPE_CHECKING:
    from wotui.domain.checklists.items import Item
    from wotui.store.file import Shop
    from wotui.store.reads.checklists import Line, Sheet
    from wotui.store.transaction import Done


@click.command("checklist")
@click.argument("number", metavar="NUMBER")
@click.option("--plain", is_flag=True, help="Print one sentence an item, for screen readers; ask nothing.")
@click.option(
    "--attach", metavar="NAME", help="Put a checklist of the shop on the order (a copy of it as it is now)."
)
@click.option(
    "--add", "labels", metavar="LABEL", multiple=True, help="Add an item to tick; may be given several times."
)
@click.option(
    "--sign-off",
    metavar="NAME",
    help="Sign the whole order off with your name or initials; asks for the PIN.",
)
@click.option(
    "--role",
    default="supervisor",
    metavar="ROLE",
    help="With --sign-off: technician, supervisor or customer.",
)
@click.option("--pin", metavar="PIN", help="With --sign-off: the PIN, where nobody can be asked.")
@json_option
@pass_session
def checklist(
    session: Session,
    number: str,
    attach: str | None,
    labels: tuple[str, ...],
    sign_off: str | None,
    role: str,
    pin: str | None,
    *,
    plain: bool,
    as_json: bool,
) -> None:
    """Run an order's checklists item by item, or print them.

    In a terminal it asks every open item in turn: pass, fail, na, yes, no, a number, a choice, a text. Anywhere else it
    prints the items with their numbers, which `wotui tick` takes.
    """
    from wotui.actions import checklists as actions
    from wotui.store.reads import checklists, work_orders

    changes = bool(attach or labels or sign_off)
    with session.shop(read_only=False) as shop:
        order = work_orders.find(shop, number)
        if attach:
            _say(actions.attach(shop, order.id, attach))
        for label in labels:
            _say(actions.add_item(shop, order.id, {"type": "tick", "label": label}))
        if sign_off:
            _say(actions.sign_off(shop, order.id, sign_off, _pin(pin, role), role))
        sheet = checklists.sheet(shop, order.id)
        if as_json:
            output.document(document(sheet))
        elif plain or not output.is_terminal():
            output.emit("\n".join(_plain(shop, sheet))) if plain else _table(sheet)
        elif changes or not sheet.lines or not sys.stdin.isatty():
            _table(sheet)
        else:
            from wotui.cli.checklist_run import run

            run(shop, order.id)


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
def tick(
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
    number, a choice (by number or word; several with commas), a text, the path of a file, or the name that signs. Without
    VALUE a tick or a pass/fail is passed; with --note alone an answered item keeps its answer.
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


def _pin(given: str | None, role: str) -> str:
    """The PIN as given, or asked for without showing it; a customer has none."""
    if given is not None or role == "customer":
        return given or ""
    if not sys.stdin.isatty():
        raise UsageProblem("A signature takes a PIN.", "Give it with --pin where nobody can be asked.")
    return str(click.prompt("PIN", hide_input=True, err=True))


def document(sheet: Sheet) -> dict[str, Any]:
    """The sheet for programs; limits and last values are decimal text, as money is."""
    from wotui.cli.order_shapes import checklist_document

    items = [
        {**base, **_more(line)} for base, line in zip(checklist_document(sheet), sheet.lines, strict=True)
    ]
    stopper = sheet.stopped_by
    return {
        "number": sheet.number,
        "title": sheet.title,
        "status": sheet.status,
        "asset": sheet.asset or None,
        "percent": sheet.progress.percent,
        "result": sheet.progress.result,
        "required": sheet.progress.required,
        "required_answered": sheet.progress.required_answered,
        "stopped_by": stopper.id if stopper else None,
        "signoff_required": sheet.signoff_required,
        "signed_by": sheet.signed_by or None,
        "signed_at": sheet.signed_at or None,
        "items": items,
    }


def _more(line: Line) -> dict[str, Any]:
    from wotui.domain.quantity import decimal

    item = line.item
    limits = {
        "min": item.min_value,
        "max": item.max_value,
        "warn_min": item.warn_min,
        "warn_max": item.warn_max,
    }
    return {
        "help": item.help or None,
        "uom": item.uom or None,
        **{name: None if limit is None else decimal(limit) for name, limit in limits.items()},
        "options": [
            {"id": option.id, "label": option.label, "outcome": option.outcome} for option in item.options
        ],
        "na_allowed": item.na_allowed,
        "severity": item.severity,
        "on_fail": item.on_fail,
        "last_value": decimal(line.last.value) if line.last else None,
        "last_at": line.last.at if line.last else None,
        "files": list(line.files),
    }


def coming(sheet: Sheet, line: Line | None) -> str:
    """What is next, in one sentence: the stop, the next open item, or how to finish."""
    stopper = sheet.stopped_by
    if stopper is not None:
        number = next(one.number for one in sheet.lines if one.item.id == stopper.id)
        return f"Work is stopped by item {number}, {stopper.label}: wotui tick {sheet.number} {number} --follow-up."
    following = sheet.next_open(line.item.id if line else None)
    if following is not None:
        left = sheet.progress.visible - sheet.progress.answered
        return f"Next, of {left} open: {following.number}. {following.item.label}."
    from wotui.domain.checklists.progress import blocking_done

    missing = blocking_done(sheet.items, sheet.results, sheet.followed)
    if missing:
        return f"All answered. Before it can be done: {'; '.join(missing)}."
    if sheet.signoff_required and not sheet.signed_by:
        return f"All answered. Sign it off: wotui checklist {sheet.number} --sign-off NAME."
    return f"All answered. Finish the order: wotui done {sheet.number}."


def question(item: Item) -> str:
    """What an item asks for, in words: limits, choices, yes or no."""
    from wotui.domain.checklists import items as kinds
    from wotui.text import listed

    if item.numeric:
        words = kinds.limits(item)
        return f"{item.uom or 'number'}, {words}" if words else item.uom or "number"
    if item.type in (kinds.CHOICE, kinds.MULTI):
        choices = listed([f"{number} {option.label}" for number, option in enumerate(item.options, 1)], "or")
        return f"choose {choices}" + (", several with commas" if item.type == kinds.MULTI else "")
    asked = {
        kinds.TICK: "done",
        kinds.PASS_FAIL: "pass, flag or fail",
        kinds.YES_NO: f"yes or no, good is {item.good_answer}",
        kinds.TEXT: "a text",
        kinds.PHOTO: "the path of a file",
        kinds.SIGNATURE: f"signature, {item.role or 'technician'}",
    }
    return asked.get(item.type, "to read")


def sentence(shop: Shop, line: Line) -> str:
    """One item as one sentence: number, label, what it asks, last value, answer, follow-up."""
    from wotui.domain.checklists.answers import shown
    from wotui.domain.quantity import with_unit

    item = line.item
    parts = [f"{line.number}. {item.label}"]
    if item.answerable:
        parts.append(question(item))
        if item.safety:
            parts.append("safety item")
        if not item.required:
            parts.append("optional")
        if line.last is not None:
            parts.append(f"last {with_unit(line.last.value, item.uom)} on {line.last.at[:10]}")
        result = line.result
        said = shown(item, result.value, result.outcome) if result else ""
        verdict = _verdict(line)
        parts.append(f"answer {said}, {verdict}" if verdict and verdict != said else said or "open")
        if result and result.note:
            parts.append(f"note {' '.join(result.note.split())}")
        if line.follow_up is not None:
            parts.append(f"follow-up {line.follow_up.number} {line.follow_up.status.replace('_', ' ')}")
    elif item.help:
        parts.append(" ".join(item.help.split()))
    return "; ".join(part for part in parts if part).rstrip(".") + "."


def _plain(_shop: Shop, sheet: Sheet) -> list[str]:
    stand = sheet.progress
    about = ", ".join(part for part in (sheet.title, sheet.asset) if part)
    lines = [f"{sheet.number} {about}. {stand.answered} of {stand.visible} answered, {stand.percent} %."]
    if not sheet.lines:
        return [*lines, f"No checklist. Put one on it: wotui checklist {sheet.number} --attach NAME."]
    before = ""
    for line in sheet.shown:
        if line.list_name != before:
            before = line.list_name
            lines.append(f"{before}:")
        lines.append(sentence(_shop, line))
    return [*lines, coming(sheet, None)]


def _table(sheet: Sheet) -> None:
    from wotui.domain.checklists.answers import shown

    if not sheet.lines:
        output.say(
            f"{sheet.number} has no checklist.",
            f"Put one on it: wotui checklist {sheet.number} --attach NAME.",
        )
        return
    rows: list[list[str]] = []
    styles: dict[tuple[int, int], output.Style] = {}
    for line in sheet.shown:
        result = line.result
        said = shown(line.item, result.value, result.outcome) if result else ""
        note = " ".join((result.note if result else "").split())
        followed = f"→ {line.follow_up.number}" if line.follow_up else ""
        asked = "" if not line.item.answerable else question(line.item)
        if line.item.answerable and (colour := _COLOURS.get(result.outcome if result else None)):
            styles[len(rows), 3] = colour
        verdict = _verdict(line) or ("open" if line.item.answerable else "")
        rows.append(
            [str(line.number), line.item.label, said, verdict, asked, " ".join((followed, note)).strip()]
        )
    output.table(
        ["#", "Item", "Answer", "Verdict", "Asks for", "Note"], rows, flexible=4, right=(0,), styles=styles
    )
    stand = sheet.progress
    output.say(f"{stand.answered} of {stand.visible} answered, {stand.percent} %.", coming(sheet, None))


_COLOURS: dict[str | None, output.Style] = {"pass": "green", "flag": "yellow", "fail": "red", "na": "dim"}


def _verdict(line: Line) -> str:
    outcome = line.result.outcome if line.result else None
    return {"pass": "pass", "flag": "watch", "fail": "FAIL", "na": "not applicable"}.get(outcome or "", "")


def _say(done: Done) -> None:
    output.say(done.sentence, *done.notices)
