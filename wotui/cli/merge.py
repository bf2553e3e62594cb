"""`wotui merge`, `join`, `conflicts` and `resolve`: files that were apart come together."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wotui import clock
from wotui.cli import output
from wotui.cli.options import json_option
from wotui.cli.session import Session, pass_session
from wotui.errors import Refused, UsageProblem

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from wotui.merge.account import Account
    from wotui.store.file import Shop
    from wotui.store.reads.conflicts import Conflict
    from wotui.store.reads.history import Names


@click.command("merge")
@click.argument("places", metavar="[PLACE]...", nargs=-1)
@click.option("--pull", is_flag=True, help="Only read the other side, and write nothing there.")
@click.option("--dry-run", is_flag=True, help="Say what would change, record by record; change nothing.")
@click.option("--yes", "agreed", is_flag=True, help="Go ahead although it changes much.")
@json_option
@pass_session
def merge(
    session: Session, places: tuple[str, ...], *, pull: bool, dry_run: bool, agreed: bool, as_json: bool
) -> None:
    """Bring this file and others together: both sides end up with everything.

    PLACE is a shared file (made when it is missing), a shared folder, or another copy of the shop's own file; without
    one it is the setting shared_file. A merge that would change more than a fifth of the open orders, or take away more
    than ten records, asks first.
    """
    done: list[Account] = []
    with session.shop() as shop:
        for word in places or _shared_place():
            path = Path(word).expanduser()
            for account in _merge_asking(shop, path, pull=pull, dry_run=dry_run, agreed=agreed):
                done.append(account)
                output.say(account.sentence(), *account.notices)
        lines = [] if as_json else _lines(shop, done)
    if as_json:
        documents = [account.document() for account in done]
        output.document(documents[0] if len(documents) == 1 else _together(documents))
    else:
        output.lines(lines)
    open_questions = done[-1].conflicts + done[-1].duplicates
    if open_questions:
        output.say(f"{open_questions} to answer: wotui conflicts.")


def _shared_place() -> tuple[str]:
    from wotui import settings

    place = settings.load().shared_file
    if not place:
        raise UsageProblem(
            "No place to merge with is named.", "Name one, or set it: wotui settings shared_file PLACE."
        )
    return (place,)


def _merge_asking(shop: Shop, path: Path, *, pull: bool, dry_run: bool, agreed: bool) -> list[Account]:
    """Merge; where it would change much and somebody sits there, show what and ask."""
    from wotui.merge import sharing
    from wotui.merge.beforehand import Watch

    try:
        return sharing.run(shop, [path], Watch(), pull=pull, dry_run=dry_run, agreed=agreed)
    except Refused as refused:
        if not sharing.changes_much(refused) or not (sys.stdin and sys.stdin.isatty()):
            raise
        preview = sharing.run(shop, [path], Watch(), pull=pull, dry_run=True)
        output.say(refused.what, *_lines(shop, preview))
        if not click.confirm("Merge it?", err=True):
            raise
        return sharing.run(shop, [path], Watch(), pull=pull, agreed=True)


def _together(documents: list[dict[str, Any]]) -> dict[str, Any]:
    counts = ("changes_in", "changes_out", "records_new", "records_changed", "records_deleted")
    total: dict[str, Any] = {name: sum(document[name] for document in documents) for name in counts}
    last = documents[-1]
    return {**total, "conflicts": last["conflicts"], "duplicates": last["duplicates"], "places": documents}


def _lines(shop: Shop, accounts: list[Account]) -> list[str]:
    """What changed, a line for each record and an indented one for each field."""
    from wotui.store.reads.history import Names, in_words

    names, lines = Names(shop), list[str]()
    for account in accounts:
        for line in account.lines:
            lines.append(f"{'+' if line.new else '~'} {line.name} ({line.entity.replace('_', ' ')})")
            before = {column: old for column, (old, _) in line.fields.items()}
            after = {column: new for column, (_, new) in line.fields.items()}
            lines += [
                f"    {column.replace('_', ' ')}: {_value(old)} → {_value(new)}"
                for column, old, new in ([] if line.new else in_words(names, line.entity, before, after))
            ]
        more = account.records_new + account.records_changed - len(account.lines)
        if more > 0:
            lines.append(f"… and {more} more records.")
    return lines


def _value(value: object) -> str:
    return "nothing" if value is None else output.fit(str(value).replace("\n", " "), 60, pad=False)


@click.command("merges")
@json_option
@pass_session
def merges(session: Session, as_json: bool) -> None:
    """List the merges done so far, newest first; with --json record by record and field by field."""
    from wotui.merge import engine

    with session.shop(read_only=True) as shop:
        found = engine.accounts(shop)
        zone = shop.zone
    if as_json:
        output.document(found)
        return
    if not found:
        output.say("Nothing was merged yet: wotui merge PLACE.")
        return
    counts = ("changes_in", "changes_out", "records_new", "records_changed")
    rows = [
        [_local(str(one["at"]), zone), str(one["place"]), *(str(one.get(name, 0)) for name in counts)]
        for one in found
    ]
    output.table(["when", "place", "in", "sent", "new", "changed"], rows, flexible=1)


def _local(at: str, zone: ZoneInfo) -> str:
    return f"{clock.parse_instant(at).astimezone(zone):%Y-%m-%d %H:%M}"


@click.command("join")
@click.argument("place", metavar="PLACE")
@pass_session
def join(session: Session, place: str) -> None:
    """Make this computer's file from the shop's shared file or folder, with the next free device letter.

    A file that is there already is never overwritten. From then on this computer merges with that place.
    """
    from wotui import settings
    from wotui.merge import joining
    from wotui.merge.places.finding import place_at

    found = place_at(Path(place).expanduser(), None)
    try:
        letter, account = joining.join(session.path, found)
    finally:
        found.close()
    if not settings.load().shared_file:
        settings.save("shared_file", str(Path(place).expanduser().absolute()))
    output.say(account.sentence(), *account.notices)
    output.say(f"This computer is device {letter}: its new orders are W-{letter}0001, W-{letter}0002 …")


@click.command("conflicts")
@json_option
@pass_session
def conflicts(session: Session, as_json: bool) -> None:
    """List what two people changed at the same time, and records that may be one thing."""
    from wotui.store.reads import conflicts as questions
    from wotui.store.reads.history import Names

    with session.shop() as shop:
        found = questions.derive(shop)
        names = Names(shop)
        lines = [line for question in found for line in _question_lines(names, question)]
    if as_json:
        output.document([_document(question) for question in found])
        return
    if not found:
        output.say("There is nothing to answer.")
        return
    output.lines(lines)
    output.say("Answer with wotui resolve ID --take mine, theirs or a value.")


def _document(question: Conflict) -> dict[str, Any]:
    return {
        "id": question.id,
        "kind": question.kind,
        "record": question.record,
        "number": question.name,
        "field": question.field,
        "base": question.base,
        "values": [
            {
                "value": head.value,
                "actor": head.actor,
                "device": head.device,
                "at": head.at,
                "mine": head.mine,
            }
            for head in question.values
        ],
    }


def _question_lines(names: Names, question: Conflict) -> list[str]:
    field = question.field.removesuffix("_id").replace("_", " ")
    about = {
        "duplicate": "same thing?",
        "overlap": "overlapping hours",
        "gone": "removed and changed",
        "number": "two orders, one number",
    }.get(question.kind, field)
    base = "" if question.base is None else f" (was {_value(names.word(question.field, question.base))})"
    lines = [f"{question.id}  {question.name}  {about}{base}"]
    for head in question.values:
        side = "mine  " if head.mine else "theirs"
        who = ", ".join(word for word in (head.actor, head.device, head.at or "clock unsure") if word)
        changed = f" (changed {', '.join(head.changed).replace('_', ' ')})" if head.changed else ""
        lines.append(f"    {side} {_value(names.word(question.field, head.value))}{changed}  ({who})")
    return lines


@click.command("resolve")
@click.argument("identity", metavar="ID", required=False)
@click.option("--take", required=True, metavar="mine|theirs|both|VALUE", help="What is to count.")
@click.option("--all", "everything", is_flag=True, help="The same choice for every question.")
@pass_session
def resolve(session: Session, identity: str | None, take: str, *, everything: bool) -> None:
    """Answer one question of `wotui conflicts`; every other file stops asking when it hears of it.

    `both` leaves the text that is there and keeps the other as a note. For two records that may be one thing, take same
    or different; for what was removed and changed, removed or kept; for two orders with one number, mine or theirs
    (whose it stays) or different (both keep it). `wotui undo` takes an answer back, and the question is asked again.
    """
    from wotui.actions import conflicts as answers

    if bool(identity) == everything:
        raise UsageProblem("Name one question, or say --all.", "List them: wotui conflicts.")
    with session.shop() as shop:
        done = answers.resolve_all(shop, take) if everything else answers.resolve(shop, identity or "", take)
    output.say(done.sentence)
