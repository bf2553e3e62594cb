"""`wotui payroll`: what stands in the way of a pay period's file, and the file itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from wotui.cli import output
from wotui.cli.labor import period_option
from wotui.cli.moments import day_named
from wotui.cli.options import json_option
from wotui.cli.session import Session, pass_session
from wotui.errors import Refused
from wotui.text import counted

if TYPE_CHECKING:
    from wotui.exchange.payroll import Prepared

_profile = click.option(
    "--profile",
    default="generic",
    metavar="NAME",
    help="What the file looks like: generic, gusto, adp_run, adp_wfn, paychex_spi, quickbooks_desktop …",
)
_by_hand = click.option(
    "--by-hand", is_flag=True, help="Corrections that the profile cannot carry are entered at the provider."
)


@click.group("payroll")
def payroll() -> None:
    """The payroll CSV of a pay period: check it, write it, confirm that it is paid."""


@payroll.command("check")
@period_option
@_profile
@_by_hand
@json_option
@pass_session
def check(session: Session, period: str, profile: str, *, by_hand: bool, as_json: bool) -> None:
    """List everything that is wrong or worth a look, and the hours that would be exported.

    Ends with 3 while anything blocks the export.
    """
    from wotui.exchange import payroll as exchange

    with session.shop() as shop:
        ready = exchange.prepare(shop, day_named(shop, period), profile, by_hand=by_hand)
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
@_by_hand
@json_option
@pass_session
def export(session: Session, period: str, profile: str, folder: str, *, by_hand: bool, as_json: bool) -> None:
    """Keep the period as a batch and write its files into a folder.

    Beside the provider's file: workweeks.csv, detail.csv and manifest.json. Exporting again writes the same bytes under
    the same name. While anything blocks, no file is written.
    """
    from pathlib import Path

    from wotui.exchange import payroll as exchange

    with session.shop() as shop:
        done = exchange.export(
            shop, day_named(shop, period), Path(folder).expanduser(), profile, by_hand=by_hand
        )
    output.say(done.sentence, *(str(one) for one in done.ready.findings))
    output.say("Do not open and save it in a spreadsheet before the import: 0017 becomes 17.")
    if as_json:
        written = {"file": str(done.written.path), "sha256": done.written.sha256, "how": done.written.how}
        output.document({**document(done.ready), **written})
    else:
        output.emit(str(done.written.path))


@payroll.command("close")
@period_option
@pass_session
def close(session: Session, period: str) -> None:
    """Confirm that a pay period is paid; later corrections are paid with the next one."""
    from wotui.actions import payroll as actions

    with session.shop() as shop:
        output.say(actions.close(shop, day_named(shop, period)).sentence)


@payroll.command("void")
@click.argument("batch", metavar="BATCH")
@click.option(
    "--reason", default="", metavar="TEXT", help="Why: the file was not imported, or deleted there."
)
@pass_session
def void(session: Session, batch: str, reason: str) -> None:
    """Take a batch back that the provider does not have; its hours are open again."""
    from wotui.actions import payroll as actions

    with session.shop() as shop:
        output.say(actions.void(shop, batch, reason).sentence)


@payroll.command("batches")
@json_option
@pass_session
def batches(session: Session, *, as_json: bool) -> None:
    """List every batch that was made, the newest first."""
    from wotui.cli import payroll_page
    from wotui.store.reads import pay_batches

    with session.shop() as shop:
        payroll_page.show(pay_batches.batches(shop), as_json=as_json)


@payroll.command("show")
@click.argument("batch", metavar="BATCH")
@json_option
@pass_session
def show(session: Session, batch: str, *, as_json: bool) -> None:
    """Show what a batch contained, and row by row why it differs from the one before."""
    from wotui.cli import payroll_page
    from wotui.store.reads import pay_batches

    with session.shop() as shop:
        payroll_page.show_one(shop, pay_batches.find(shop, batch), as_json=as_json)


@payroll.command("id")
@click.option("--person", required=True, metavar="INITIALS", help="Whose.")
@click.option("--profile", required=True, metavar="NAME", help="At which provider.")
@click.option("--id", "external_id", metavar="TEXT", help="Their id there; '' for none.")
@click.option("--name", metavar="TEXT", help="Their name there, as `Reyes, Dana`; '' for the one in wotui.")
@pass_session
def name_for(session: Session, person: str, profile: str, external_id: str | None, name: str | None) -> None:
    """Say what a payroll provider calls a person."""
    from wotui.actions import payroll as actions
    from wotui.exchange import payroll_profiles

    with session.shop() as shop:
        form = payroll_profiles.profile(profile)
        output.say(actions.name_for(shop, person, form.name, external_id=external_id, name=name).sentence)


def document(ready: Prepared) -> dict[str, Any]:
    """A prepared period for programs."""
    period = ready.reckoning.book.period
    numbers = {one.id: one.number for one in ready.reckoning.book.employees}
    return {
        "profile": ready.profile.name,
        "batch": ready.label,
        "period_start": period.start.isoformat(),
        "period_end": period.end.isoformat(),
        "file_name": ready.file_name,
        "revision": ready.revision,
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
                "hours": str(row.printed),
                "minutes": row.line.minutes,
                "adjusts_batch": row.adjusts or None,
            }
            for row in ready.rows
        ],
    }


def _print(ready: Prepared) -> None:
    rows = [
        (
            row.employee.number,
            row.employee.name,
            row.line.week.isoformat(),
            row.code,
            str(row.printed),
        )
        for row in ready.rows
    ]
    output.table(("Number", "Name", "Week from", "Code", "Hours"), rows, right=(4,), flexible=1)
    if ready.findings:
        output.emit("")
        output.table(
            ("Code", "What"), [(one.code, f"{one.what} {one.way_out}".strip()) for one in ready.findings]
        )
