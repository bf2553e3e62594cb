"""`wotui export`: records as CSV that `wotui import` reads back."""

from __future__ import annotations

from datetime import date

import click

from wotui.cli import output
from wotui.cli.moments import day_named
from wotui.cli.session import Session, pass_session


@click.group("export")
def export() -> None:
    """Write records as CSV that `wotui import` reads back."""


@export.command("times")
@click.option("--period", metavar="DATE", default="", help="Any day of a pay period (default: everything).")
@click.option("--person", default="", metavar="INITIALS", help="Only this person's.")
@click.option("-o", "--output", "target", metavar="FILE", help="Where to (default: stdout).")
@pass_session
def times(session: Session, period: str, person: str, target: str | None) -> None:
    """Write hours as CSV: employee_no,start,end,breaks,order,time_type,note."""
    from wotui.domain.payroll.calendar import Period
    from wotui.domain.record_kinds import kind_named
    from wotui.exchange import times as exchange
    from wotui.store.reads import records, work_calendar

    with session.shop() as shop:
        whole = Period(date(1970, 1, 2), date(9998, 12, 31))
        days = work_calendar.period_of(shop, day_named(shop, period)) if period else whole
        person_id = records.find(shop, kind_named("person"), person) if person else ""
        content, said = exchange.export(shop, days, person_id)
        output.emit(content.decode(), target)
        output.say(said if period else said.replace(f" of {days}", ""))


@export.command("plans")
@click.option("-o", "--output", "target", metavar="FILE", help="Where to (default: stdout).")
@pass_session
def plans(session: Session, target: str | None) -> None:
    """Write the maintenance plans in use as CSV, one column for each field."""
    from wotui.exchange import plans as exchange

    with session.shop(read_only=True) as shop:
        content, said = exchange.export(shop)
    output.emit(content.decode(), target)
    output.say(said)
