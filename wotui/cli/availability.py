"""`wotui availability`: who works how long, by weekday and on single days."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from wotui.cli import output
from wotui.cli.options import json_option
from wotui.cli.session import Session, pass_session
from wotui.errors import UsageProblem

if TYPE_CHECKING:
    from datetime import date

    from wotui.store.transaction import Done


@click.group("availability", invoke_without_command=True)
@click.option("--from", "first", default="today", metavar="DATE", help="The first day; today without it.")
@click.option("--days", type=click.IntRange(1, 62), default=7, show_default=True, help="How many days.")
@json_option
@pass_session
@click.pass_context
def availability(context: click.Context, session: Session, first: str, days: int, *, as_json: bool) -> None:
    """Show who works how long on the coming days, and how much is planned; or say it (week, day)."""
    if context.invoked_subcommand is None:
        _show(session, first, days, as_json=as_json)


@availability.command("week")
@click.argument("person", metavar="INITIALS")
@click.argument("hours", nargs=-1, required=True, metavar="DAYS=HOURS…")
@pass_session
def week(session: Session, person: str, hours: tuple[str, ...]) -> None:
    """Say how long somebody works on weekdays: wotui availability week TB mon-thu=8 fri=6:30 sat=0."""
    from wotui.actions import availability as actions
    from wotui.cli.options import assignments
    from wotui.domain.routing.fields import ROUTING_RULE, read_rule_field

    field = ROUTING_RULE.field("weekdays")
    lengths: dict[int, str] = {}
    for days, length in assignments(hours).items():
        digits = str(read_rule_field(field, days.replace("_", "-"), "USD") or "")
        lengths |= {int(digit): length for digit in digits}
    with session.shop() as shop:
        _say(actions.set_week(shop, person, lengths))


@availability.command("day")
@click.argument("person", metavar="INITIALS")
@click.argument("day", metavar="DATE")
@click.argument("hours", metavar="HOURS")
@click.option("--reason", default="", metavar="TEXT", help="Why: holiday, sick, training.")
@pass_session
def day(session: Session, person: str, day: str, hours: str, reason: str) -> None:
    """Say how long somebody works on one day: wotui availability day TB fri 0 --reason holiday.

    HOURS is 8, 7.5 or 7:30; 0 is a day off; "usual" makes it a day as any other again.
    """
    from wotui.actions import availability as actions

    with session.shop() as shop:
        _say(actions.set_day(shop, person, day, "" if hours.casefold() == "usual" else hours, reason))


def _show(session: Session, first: str, days: int, *, as_json: bool) -> None:
    from datetime import date, timedelta

    from wotui.domain.record_kinds import KINDS
    from wotui.domain.work_order_fields import WORK_ORDER, one_day
    from wotui.store.reads import availability as reads
    from wotui.store.reads import records

    with session.shop(read_only=True) as shop:
        start = date.fromisoformat(one_day(WORK_ORDER.field("planned_on"), first, shop.today()))
        dates = [start + timedelta(days=step) for step in range(days)]
        found = reads.days(shop, dates[0], dates[-1])
        people = {
            one.id: one for one in records.page(shop, KINDS["person"], sorted({key[0] for key in found}))
        }
    shown = sorted(people.values(), key=lambda one: one.name.casefold())
    if as_json:
        output.document(
            [
                {
                    "person": person.handle,
                    "on": on.isoformat(),
                    "minutes": found[person.id, on].minutes,
                    "planned": found[person.id, on].planned,
                    "note": found[person.id, on].note or None,
                }
                for person in shown
                for on in dates
            ]
        )
        return
    if days > 14:
        raise UsageProblem("That is too wide for a table.", "Ask for at most 14 days, or take --json.")
    rows = [
        [person.handle, *(_cell(found[person.id, on].planned, found[person.id, on].minutes) for on in dates)]
        for person in shown
    ]
    output.table(["who", *(_heading(on) for on in dates)], rows, right=range(1, len(dates) + 1))
    output.say("Hours planned of hours there are.")


def _heading(on: date) -> str:
    return f"{on:%a %d}"


def _cell(planned: int, minutes: int) -> str:
    if not minutes and not planned:
        return "–"
    return f"{_hours(planned)}/{_hours(minutes)}"


def _hours(minutes: int) -> str:
    return f"{minutes / 60:.1f}".removesuffix(".0")


def _say(done: Done) -> None:
    output.say(done.sentence, *done.notices)
