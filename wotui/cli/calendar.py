"""`wotui calendar`: the plan as an iCalendar file."""

from __future__ import annotations

from datetime import timedelta

import click

from wotui.cli import output
from wotui.cli.moments import day_named
from wotui.cli.options import output_option
from wotui.cli.session import Session, pass_session
from wotui.errors import UsageProblem
from wotui.text import counted

DAYS = 28
"""How many days from today on, when nothing is said."""


@click.command("calendar")
@click.option(
    "--from", "first", metavar="DATE", default="", help="The first day (default: Monday of this week)."
)
@click.option("--to", "last", metavar="DATE", default="", help="The last day (default: four weeks later).")
@click.option("--person", metavar="INITIALS", default="", help="Only this person's work.")
@click.option("--no-due", is_flag=True, help="Leave out what is due without being planned.")
@output_option
@pass_session
def calendar(
    session: Session, first: str, last: str, person: str, *, no_due: bool, output_file: str | None
) -> None:
    """Write what is planned as a calendar file that phones and mail programs read.

    \b
      wotui calendar -o week.ics --to sun     this week
      wotui calendar --person TB -o tom.ics   what Tom has to do

    A second import moves the events; it makes no second ones.
    """  # noqa: D301 - click reads the control character
    from wotui.domain.record_kinds import kind_named
    from wotui.domain.scheduling import week_of
    from wotui.exchange import calendar as exchange
    from wotui.store.reads import records

    with session.shop(read_only=True) as shop:
        begins = day_named(shop, first) if first else week_of(shop.today())
        ends = day_named(shop, last, past=False) if last else begins + timedelta(days=DAYS - 1)
        if ends < begins:
            raise UsageProblem(f"The last day {ends} lies before the first {begins}.", "Turn them around.")
        whose = records.find(shop, kind_named("person"), person) if person else ""
        made = exchange.write(shop, begins, ends, person=whose, with_due=not no_due).decode()
    output.emit(made, output_file)
    output.say(f"{counted(made.count('BEGIN:VEVENT'), 'event')} from {begins} to {ends}.")
