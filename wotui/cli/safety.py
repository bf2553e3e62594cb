"""`wotui backup`, `backups` and `check`: proven copies, and what is wrong with the file, in sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from wotui import clock
from wotui.cli import output
from wotui.cli.options import json_option
from wotui.cli.session import Session, pass_session
from wotui.errors import FileTrouble


@click.command("backup")
@click.option(
    "-o", "--output", "output_file", metavar="FILE", help="Where to, instead of the folder of backups."
)
@pass_session
def backup(session: Session, output_file: str | None) -> None:
    """Copy the shop's file, and prove the copy.

    The copy is opened again, checked page by page and compared row by row before it gets its name. A damaged file is
    never copied, and then no older backup is taken away.
    """
    from wotui.merge import backup as backups

    made = backups.make(session.path, target=Path(output_file).expanduser() if output_file else None)
    output.emit(str(made.path))
    output.say(f"Backup made and proven: {made.path.name} ({_size(made.size)}).")


@click.command("backups")
@json_option
@pass_session
def backups(session: Session, as_json: bool) -> None:
    """List the backups, newest first; each one is opened and checked."""
    from wotui.merge import backup as copies

    found = [(copy, copies.damage(copy)) for copy in copies.listing(session.path)]
    found.sort(key=lambda pair: bool(pair[1]))  # sound ones first: a damaged copy is never offered first
    if as_json:
        output.document(
            [
                {
                    "path": str(copy.path),
                    "made_at": clock.instant(copy.made_at),
                    "number": copy.number,
                    "reason": copy.reason,
                    "size": copy.size,
                    "damage": damage or None,
                }
                for copy, damage in found
            ]
        )
        return
    if not found:
        output.say("There are no backups yet. `wotui backup` makes one.")
        return
    rows = [
        [
            str(copy.number),
            clock.instant(copy.made_at),
            copy.reason,
            _size(copy.size),
            damage or "sound",
            copy.path.name,
        ]
        for copy, damage in found
    ]
    output.table(["no", "made", "reason", "size", "state", "file"], rows, right=(0, 3))
    output.say(f"They lie in {copies.folder_of(session.path)}.")


@click.command("check")
@json_option
@pass_session
def check(session: Session, as_json: bool) -> None:
    """Check the file and what is in it; ends with 5 when anything is wrong.

    The pages, the tables against their declaration, every record against its history, gaps in the history, the search
    index, and records that break a rule of the shop. Nothing is changed.
    """
    from wotui.merge.check import Finding
    from wotui.merge.check import check as findings_of

    with session.shop(read_only=True):  # missing, empty, foreign and newer files are told apart here
        pass
    found: list[Finding] = findings_of(session.path)
    if as_json:
        entries: list[dict[str, Any]] = [
            {"kind": finding.kind, "record": finding.record or None, "sentence": finding.sentence}
            for finding in found
        ]
        output.document(entries)
    else:
        output.lines(finding.sentence for finding in found)
    if found:
        count = "1 thing is" if len(found) == 1 else f"{len(found)} things are"
        raise FileTrouble(f"{count} wrong with {session.path.name}.", "Nothing was changed.")
    output.say(f"{session.path.name} is sound.")


def _size(count: int) -> str:
    """A size for people: `2 MB`."""
    for unit in ("bytes", "kB"):
        if count < 1000:
            return f"{count} {unit}"
        count = -(-count // 1000)
    return f"{count} MB"
