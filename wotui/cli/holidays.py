"""`wotui holiday`: the days on which the shop does not work."""

from __future__ import annotations

import click

from wotui.cli import output
from wotui.cli.options import json_option, output_option
from wotui.cli.session import Session, pass_session


@click.group("holiday")
def holiday() -> None:
    """The days on which the shop does not work; which weekdays it works: wotui settings calendar.working_days."""


@holiday.command("add")
@click.argument("day", metavar="DATE")
@click.argument("name", metavar="[NAME]", default="")
@pass_session
def add_day(session: Session, day: str, name: str) -> None:
    """Add a holiday, such as 2026-12-25 Christmas."""
    from wotui.actions import holidays

    with session.shop() as shop:
        done = holidays.add_holiday(shop, day, name)
    output.say(done.sentence)


@holiday.command("remove")
@click.argument("day", metavar="DATE")
@pass_session
def remove_day(session: Session, day: str) -> None:
    """Take a holiday away; the shop works that day."""
    from wotui.actions import holidays

    with session.shop() as shop:
        done = holidays.remove_holiday(shop, day)
    output.say(done.sentence)


@holiday.command("list")
@json_option
@output_option
@pass_session
def list_days(session: Session, *, as_json: bool, output_file: str | None) -> None:
    """List the holidays, the first one first."""
    from wotui.store.reads import working_days

    with session.shop(read_only=True) as shop:
        found = working_days.holidays(shop)
    if as_json:
        output.document([{"on": str(row.on_day), "name": row.name or None} for row in found], output_file)
    elif found:
        rows = [[str(row.on_day), f"{row.on_day:%a}", row.name] for row in found]
        output.table(["day", "", "name"], rows, output=output_file, flexible=2)
    else:
        output.emit("", output_file)
        output.say("There are no holidays: wotui holiday add 2026-12-25 Christmas.")
