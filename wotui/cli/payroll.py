"""`wotui payroll`: what stands in the way of a pay period's file, and the file itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from wotui.cli import output
from wotui.cli.labor import day_named, period_option
from wotui.cli.options import json_option
from wotui.cli.session import Session, pass_session
from wotui.errors import Refused
from wotui.text import counted

if TYPE_CHECKING:
    from wotui.exchange.payroll import Prepared

_profile = click.option(
    "--profile", default="generic", metavar="NAME", help="What the file looks like: generic."
)


@click.group("payroll")
def payroll() -> None:
    """The payroll CSV of a pay period: check it, then write it."""


@payroll.command("check")
@period_option
@_profile
@json_option
@pass_session
def check(session: Session, period: str, profile: str, *, as_json: bool) -> None:
    """List everything that is wrong or worth a look, and the hours that would be exported.

    Ends with 3 while anything blocks the export.
    """
    from wotui.exchange import payroll as exchange

    with session.shop() as shop:
        ready = exchange.prepare(shop, day_named(shop, period), profile)
    if as_json:
        output.document(document(ready))
    else:
        _print(ready)
    blocking = sum(1 for one in ready.findings if one.blocks)
    if blocking:
        problems = counted(blocking, "problem")
        raise Refused(
            f"{problems} before {ready.reckoning.book.period} can be exported.", "Put them right first."
        )
    output.say(f"{ready.reckoning.book.period} can be exported: {ready.file_name}.")


@payroll.command("export")
@period_option
@_profile
@click.option(
    "-o", "--output", "folder", required=True, metavar="DIR", help="The folder to write the file into."
)
@json_option
@pass_session
def export(session: Session, period: str, profile: str, folder: str, *, as_json: bool) -> None:
    """Write the payroll CSV into a folder.

    The same hours give the same file under the same name. While anything blocks, no file is written.
    """
    from pathlib import Path

    from wotui.exchange import payroll as exchange

    with session.shop() as shop:
        done = exchange.export(shop, day_named(shop, period), Path(folder).expanduser(), profile)
    output.say(done.sentence, *(str(one) for one in done.ready.findings))
    output.say("Do not open and save it in a spreadsheet before the import: 0017 becomes 17.")
    if as_json:
        written = {"file": str(done.written.path), "sha256": done.written.sha256, "how": done.written.how}
        output.document({**document(done.ready), **written})
    else:
        output.emit(str(done.written.path))


def document(ready: Prepared) -> dict[str, Any]:
    """A prepared period for programs."""
    from wotui.domain.payroll.lines import hours_text

    period = ready.reckoning.book.period
    numbers = {one.id: one.number for one in ready.reckoning.book.employees}
    return {
        "profile": ready.profile.name,
        "batch": ready.label,
        "period_start": period.start.isoformat(),
        "period_end": period.end.isoformat(),
        "file_name": ready.file_name,
        "blocked": ready.blocked,
        "problems": [
            {
                "code": one.code,
                "blocks": one.blocks,
                "employee_no": numbers.get(one.person) or None,
                "entry": one.entry or None,
                "what": one.what,
                "way_out": one.way_out or None,
            }
            for one in ready.findings
        ],
        "row_count": len(ready.rows),
        "totals": ready.totals,
        "rows": [
            {
                "employee_no": row.employee.number or None,
                "last_name": row.employee.last_name or None,
                "first_name": row.employee.first_name or None,
                "workweek_start": row.line.week.isoformat(),
                "pay_code": row.code,
                "hours": hours_text(row.line.minutes),
                "minutes": row.line.minutes,
            }
            for row in ready.rows
        ],
    }


def _print(ready: Prepared) -> None:
    from wotui.domain.payroll.lines import hours_text

    rows = [
        (
            row.employee.number,
            row.employee.name,
            row.line.week.isoformat(),
            row.code,
            hours_text(row.line.minutes),
        )
        for row in ready.rows
    ]
    output.table(("Number", "Name", "Week from", "Code", "Hours"), rows, right=(4,), flexible=1)
    if ready.findings:
        output.emit("")
        output.table(
            ("Code", "What"), [(one.code, f"{one.what} {one.way_out}".strip()) for one in ready.findings]
        )
