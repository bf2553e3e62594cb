"""`wotui time`: hours by hand, the timer, and their approval."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from wotui.cli import output
from wotui.cli.moments import day_named
from wotui.cli.options import json_option
from wotui.cli.session import Session, pass_session
from wotui.errors import UsageProblem

if TYPE_CHECKING:
    from wotui.actions.labor_entries import Times
    from wotui.store.file import Shop
    from wotui.store.reads.labor import Entry
    from wotui.store.transaction import Done

_person = click.option("--person", default="", metavar="INITIALS", help="Whose hours (default: who acts).")
_confirm = click.option("--confirm", is_flag=True, help="More than 16 hours is right.")
period_option = click.option(
    "--period",
    "period",
    required=True,
    metavar="DATE",
    help="Any day of the pay period: 2026-06-10, today, -7d.",
)


@click.group("time")
def time() -> None:
    """Hours: add, list, correct, approve.

    Entries are named by the number that `wotui time list` shows on this computer, or by their id.
    """


@time.command("add")
@_person
@click.option("--start", metavar="TIME", help="2026-06-08T07:00 on the shop's clock; 07:00 is today.")
@click.option("--end", metavar="TIME", help="As --start.")
@click.option(
    "--break", "breaks", metavar="T-T", multiple=True, help="An unpaid break: 12:00-12:30; may be repeated."
)
@click.option(
    "--minutes", type=int, metavar="N", help="Instead of --start and --end: minutes without clock times."
)
@click.option(
    "--on", "day", default="today", metavar="DATE", help="With --minutes: the day (default: today)."
)
@click.option("--order", default="", metavar="NUMBER", help="The work order; without it, indirect time.")
@click.option(
    "--type",
    "time_type",
    default="",
    metavar="TYPE",
    help="WORK (default), TRAVEL, TRAINING, PTO, SICK …",
)
@click.option("--note", default="", metavar="TEXT")
@_confirm
@json_option
@pass_session
def add(session: Session, day: str, person: str, *, minutes: int | None, as_json: bool, **typed: Any) -> None:
    """Record a stretch of time, or minutes of a day (leave, quick entries)."""
    from wotui.actions import labor_entries as actions

    with session.shop() as shop:
        if minutes is None:
            done = actions.add(shop, _times(shop, typed, None), person=person, confirmed=typed["confirm"])
        elif typed["start"] or typed["end"] or typed["breaks"]:
            raise UsageProblem("--minutes goes without --start, --end and --break.", "Give one or the other.")
        else:
            shared = {name: typed[name] for name in ("order", "time_type", "note")}
            done = actions.add_minutes(shop, day_named(shop, day), minutes, person=person, **shared)
        _finish(shop, done, as_json=as_json)


@time.command("correct")
@click.argument("entry", metavar="ENTRY")
@click.option("--start", metavar="TIME")
@click.option("--end", metavar="TIME")
@click.option("--break", "breaks", metavar="T-T", multiple=True, help="All its breaks; none: --break ''.")
@click.option("--order", metavar="NUMBER", help="Another order; '' for none.")
@click.option("--type", "time_type", metavar="TYPE")
@click.option("--note", metavar="TEXT")
@click.option("--reason", default="", metavar="TEXT", help="Why; needed for hours in an exported payroll.")
@_confirm
@json_option
@pass_session
def correct(session: Session, entry: str, *, confirm: bool, reason: str, as_json: bool, **typed: Any) -> None:
    """Correct an entry, or end a forgotten timer; what is not given stays.

    Hours that are in an exported payroll take a supervisor and a reason; the next payroll pays the difference.
    """
    from wotui.actions import labor_entries as actions
    from wotui.store.reads import labor as reads

    with session.shop() as shop:
        old = reads.find(shop, entry)
        done = actions.correct(shop, old.id, _times(shop, typed, old), confirmed=confirm, reason=reason)
        _finish(shop, done, as_json=as_json)


def _times(shop: Shop, typed: dict[str, Any], old: Entry | None) -> Times:
    """The times of a call; what it leaves out is taken from the old entry."""
    from wotui.actions.labor_entries import Times
    from wotui.domain import break_times

    zone = shop.zone
    start = _minute(shop, typed["start"], old.start if old else None, "--start")
    end = _minute(shop, typed["end"], old.end if old else None, "--end")
    kept = old.breaks if old and not typed["breaks"] else ()
    return Times(
        start,
        end,
        kept or break_times.parse_breaks(";".join(typed["breaks"]), start, end, zone),
        order=_given(typed["order"], old.order if old else ""),
        time_type=_given(typed["time_type"], old.time_type if old else ""),
        note=_given(typed["note"], old.note if old else ""),
    )


def _given(value: str | None, otherwise: str) -> str:
    return otherwise if value is None else value


def _minute(shop: Shop, text: str | None, otherwise: int | None, option: str) -> int:
    from wotui.domain import wall_time

    if text is not None:
        return wall_time.minute_of(wall_time.parse_on(text, shop.today(), shop.zone))
    if otherwise is None:
        raise UsageProblem(f"{option} is missing.", f"Add {option} 2026-06-08T07:00.")
    return otherwise


@time.command("remove")
@click.argument("entry", metavar="ENTRY")
@click.option("--reason", default="", metavar="TEXT", help="Why; needed for hours in an exported payroll.")
@pass_session
def remove(session: Session, entry: str, reason: str) -> None:
    """Take an entry away; `wotui undo` brings it back."""
    from wotui.actions import labor_entries as actions

    with session.shop() as shop:
        _finish(shop, actions.remove(shop, entry, reason=reason))


@time.command("start")
@click.option("--order", default="", metavar="NUMBER", help="The work order; without it, indirect time.")
@click.option("--type", "time_type", default="", metavar="TYPE")
@_person
@pass_session
def start(session: Session, order: str, time_type: str, person: str) -> None:
    """Run a timer without moving an order on; the one that runs is stopped."""
    from wotui.actions import labor as actions

    with session.shop() as shop:
        _finish(shop, actions.start(shop, order, person=person, time_type=time_type))


@time.command("stop")
@click.option("--at", metavar="TIME", help="When the work ended (default: now).")
@_person
@_confirm
@pass_session
def stop(session: Session, at: str | None, person: str, *, confirm: bool) -> None:
    """Stop the timer that runs."""
    from wotui.actions import labor as actions

    with session.shop() as shop:
        minute = None if at is None else _minute(shop, at, None, "--at")
        _finish(shop, actions.stop(shop, person=person, at=minute, confirmed=confirm))


@time.command("list")
@click.option(
    "--period", "period", default="today", metavar="DATE", help="Any day of the pay period (default: today)."
)
@click.option("--person", default="", metavar="INITIALS", help="Only this person's.")
@json_option
@pass_session
def list_(session: Session, period: str, person: str, *, as_json: bool) -> None:
    """List the entries of a pay period, with everybody's totals."""
    from wotui.cli import labor_page
    from wotui.domain.record_kinds import kind_named
    from wotui.store.reads import labor as reads
    from wotui.store.reads import records, work_calendar

    with session.shop() as shop:
        day = day_named(shop, period)
        person_id = records.find(shop, kind_named("person"), person) if person else ""
        found = reads.entries(shop, work_calendar.period_of(shop, day), person_id)
        if as_json:
            output.document([labor_page.document(entry, shop.zone) for entry in found])
            return
        labor_page.show(found, shop.zone)
        output.say(*labor_page.totals(shop, day, person_id))


@time.command("submit")
@period_option
@_person
@pass_session
def submit(session: Session, period: str, person: str) -> None:
    """Hand in the drafts of a pay period for approval."""
    from wotui.actions import approvals

    with session.shop() as shop:
        _finish(shop, approvals.submit_period(shop, day_named(shop, period), person))


@time.command("recall")
@period_option
@_person
@pass_session
def recall(session: Session, period: str, person: str) -> None:
    """Take handed-in hours of a pay period back as drafts, before they are approved."""
    from wotui.actions import approvals

    with session.shop() as shop:
        _finish(shop, approvals.recall_period(shop, day_named(shop, period), person))


@time.command("approve")
@click.option(
    "--period", default="", metavar="DATE", help="Any day of the pay period: 2026-06-10, today, -7d."
)
@click.option(
    "--person", default="", metavar="INITIALS", help="Only this person's hours (default: everybody's)."
)
@click.option("--entry", "entries", multiple=True, metavar="ENTRY", help="Only this entry; may be repeated.")
@pass_session
def approve(session: Session, period: str, person: str, entries: tuple[str, ...]) -> None:
    """Approve the hours of a pay period, or single entries.

    Entries of a clock that had gone back are left alone until they are named one by one.
    """
    from wotui.actions import approvals

    if bool(entries) == bool(period) or (entries and person):
        raise UsageProblem(
            "Say which hours.", "Give --period DATE, with --person or without, or --entry ENTRY."
        )
    with session.shop() as shop:
        if entries:
            done = approvals.approve(shop, entries)
        else:
            done = approvals.approve_period(shop, day_named(shop, period), person)
        _finish(shop, done)


@time.command("send-back")
@click.argument("entries", nargs=-1, required=True, metavar="ENTRY…")
@click.option("--reason", default="", metavar="TEXT", help="What is wrong.")
@pass_session
def send_back(session: Session, entries: tuple[str, ...], reason: str) -> None:
    """Take an approval back, or hand submitted entries back as drafts."""
    from wotui.actions import approvals

    with session.shop() as shop:
        _finish(shop, approvals.send_back(shop, entries, reason))


@time.command("ask")
@click.argument("entry", metavar="ENTRY")
@click.argument("text", metavar="TEXT")
@pass_session
def ask(session: Session, entry: str, text: str) -> None:
    """Ask a supervisor to correct an approved entry: say what is wrong, and what is right."""
    from wotui.actions import approvals

    with session.shop() as shop:
        _finish(shop, approvals.ask_for_correction(shop, entry, text))


def _finish(shop: Shop, done: Done, *, as_json: bool = False) -> None:
    output.say(done.sentence, *done.notices)
    if as_json:
        from wotui.cli import labor_page
        from wotui.store.reads import labor as reads

        output.document(labor_page.document(reads.find(shop, done.records[0]), shop.zone))
