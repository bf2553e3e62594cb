"""Running a checklist by being asked: one question, one answer, one line back. Nothing but text, in order.

Made for screen readers and for terminals that only print: no cursor is moved, nothing is redrawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from wotui.actions import checklists as actions
from wotui.cli import output
from wotui.cli.checklist_words import coming, sentence
from wotui.domain.checklists import items as kinds
from wotui.domain.checklists.follow_ups import proposes
from wotui.errors import Problem
from wotui.store.reads import checklists

if TYPE_CHECKING:
    from wotui.store.file import Shop
    from wotui.store.reads.checklists import Line, Sheet
    from wotui.store.transaction import Done

HELP = (
    "Answer with pass, fail, flag, na, yes, no, a number, a choice or a text.",
    "Nothing leaves the item open. note TEXT adds a note, back goes to the item before, quit stops; all is saved.",
)


def run(shop: Shop, order_id: str) -> None:
    """Ask every open item of an order, from where it was left; ends when none is open or the person stops.

    Raises:
        FileTrouble: the file cannot be written.
    """
    sheet = checklists.sheet(shop, order_id)
    output.say(f"{sheet.number} {sheet.title}.", *HELP)
    line = sheet.where_left()
    while line is not None:
        _read_out(sheet, line)
        typed = str(click.prompt("Answer", default="", show_default=False, err=True)).strip()
        word = typed.casefold()
        if word in ("quit", "q"):
            break
        if word == "back":
            line = _before(sheet, line)
            continue
        if word in ("help", "?"):
            output.say(*HELP)
            continue
        if word and not _took(shop, line, typed):
            continue
        if not word:
            output.say("Left open.")
        sheet = checklists.sheet(shop, order_id)
        line = _after(sheet, line, left_open=not word)
    output.say(coming(checklists.sheet(shop, order_id), None))


def _after(sheet: Sheet, line: Line, *, left_open: bool) -> Line | None:
    """The next open item; one that was left open does not come again at once, so a run of returns comes to an end."""
    following = sheet.next_open(line.item.id)
    if following is None or (left_open and following.number <= line.number):
        return None
    return following


def _before(sheet: Sheet, line: Line) -> Line:
    """The item before, answered or not; the first one stays."""
    earlier = [one for one in sheet.shown if one.item.answerable and one.number < line.number]
    return earlier[-1] if earlier else line


def _read_out(sheet: Sheet, line: Line) -> None:
    """The item, and before it whatever is to be read on the way to it."""
    for before in reversed(sheet.lines[: line.number - 1]):
        if before.item.answerable:
            break
        output.say(sentence(before))
    output.say(sentence(line))
    if line.item.help:
        output.say(line.item.help)


def _took(shop: Shop, line: Line, typed: str) -> bool:
    """Store one answer; False when it was refused and the item is asked again."""
    try:
        return _answer(shop, line, typed)
    except actions.Surprising as surprising:
        if not click.confirm(f"{surprising.what} Is that right?", err=True):
            return False
        _say(actions.answer(shop, line.item.id, typed, sure=True))
    except Problem as problem:
        if problem.exit_code == 5:
            raise
        output.say(str(problem))
        return False
    return True


def _answer(shop: Shop, line: Line, typed: str) -> bool:
    item = line.item
    word = typed.casefold()
    if word.startswith("note "):
        _say(actions.note(shop, item.id, typed[5:]))
        return False
    if word in ("na", "n/a"):
        reason = str(click.prompt("Why does it not apply", default="", show_default=False, err=True))
        _say(actions.leave_out(shop, item.id, reason))
    elif item.type == kinds.PHOTO:
        _say(actions.attach_file(shop, item.id, typed))
    elif item.type == kinds.SIGNATURE:
        pin = "" if item.role == "customer" else str(click.prompt("PIN", hide_input=True, err=True))
        _say(actions.sign(shop, item.id, typed, pin))
    else:
        _say(actions.answer(shop, item.id, typed))
        _consequence(shop, item.id)
    return True


def _consequence(shop: Shop, item_id: str) -> None:
    """After a failure: a note, and the follow-up order that it proposes."""
    line = checklists.sheet(shop, checklists.order_of_item(shop, item_id)).line(item_id)
    if line is None or line.result is None or not line.failed:
        return
    text = str(click.prompt("Note (what is wrong)", default="", show_default=False, err=True))
    accepted = line.follow_up is not None and line.follow_up.counts
    offered = proposes(line.item, line.result, accepted=accepted)
    if text.strip():
        _say(actions.note(shop, item_id, text))
    if not offered:
        return
    proposed = actions.proposed_order(shop, item_id)
    output.say(f"Follow-up order: {proposed.title}.", proposed.description)
    if click.confirm("Make it?", err=True):
        _say(actions.accept_follow_up(shop, item_id))
    elif not text.strip() and line.item.on_fail == kinds.PROPOSE:
        _say(actions.accept_as_is(shop, item_id))


def _say(done: Done) -> None:
    output.say(done.sentence, *done.notices)
