"""`wotui import`: files of other systems, read into the shop, with a verdict for every row."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from wotui.cli import output
from wotui.cli.options import json_option
from wotui.cli.session import Session, pass_session
from wotui.text import counted

if TYPE_CHECKING:
    from wotui.exchange.imports.report import Report

_STEP = 5000
_SHOWN = 20
_REFUSED = 3


@click.command("import")
@click.argument("kind", metavar="KIND")
@click.argument("file", metavar="FILE")
@click.option("--dry-run", is_flag=True, help="Judge every row and write nothing.")
@click.option("--mapping", metavar="FILE", help="A TOML file that says which column is which field.")
@json_option
@pass_session
def import_(
    session: Session, kind: str, file: str, dry_run: bool, mapping: str | None, as_json: bool
) -> None:
    """Read orders, assets, places, people, contractors, parts, times or plans from FILE.

    Every row gets a verdict: created, updated, unchanged or rejected, with the reason. What is good is written in one
    step that `wotui undo` takes back; refused rows are saved beside FILE with the reason in a last column, to mend and
    import again. Importing a file twice changes nothing, and fields that were edited here since stay as they are.
    """
    from wotui.exchange import imports

    chosen = Path(mapping).expanduser() if mapping else None
    with session.shop(read_only=dry_run) as shop:
        report = imports.run(
            shop, kind, Path(file).expanduser(), dry_run=dry_run, mapping=chosen, progress=_progress
        )
    output.say(*report.notes)
    if as_json:
        output.document(report.as_json())
    else:
        _table(report)
    output.say(report.sentence())
    if report.rejected_file is not None:
        output.say(f"The refused rows are in {report.rejected_file}: mend them there and import that file.")
    if report.rejected and report.rejected == len(report):
        click.get_current_context().exit(_REFUSED)


def _progress(rows: int) -> None:
    if rows % _STEP == 0:
        output.say(f"{counted(rows, 'row')} read …")


def _table(report: Report) -> None:
    """The rows that have something to say, and how many of each verdict."""
    told = [row for row in report.rows if row.reason]
    lines = [(str(row.line), row.verdict, row.reason) for row in told[:_SHOWN]]
    if lines:
        output.table(("line", "verdict", "reason"), lines, right=(0,))
        if len(told) > _SHOWN:
            output.say(
                f"… and {counted(len(told) - _SHOWN, 'more row')} with a remark (--json shows them all)."
            )
    counts = [
        (name, f"{count:,}")
        for name, count in (
            ("created", report.created),
            ("updated", report.updated),
            ("unchanged", report.unchanged),
            ("rejected", report.rejected),
        )
    ]
    output.table(("verdict", "rows"), counts, right=(1,))
