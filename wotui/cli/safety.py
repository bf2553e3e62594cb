"""`wotui backup`, `backups`, `restore` and `check`: proven copies, and what is wrong with the file, in sentences."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import Any

import click

from wotui import clock
from wotui.cli import output
from wotui.cli.options import json_option
from wotui.cli.session import Session, pass_session
from wotui.errors import Damaged, FileTrouble, Refused, UsageProblem


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


@click.command("restore")
@click.argument("file", metavar="FILE")
@click.option("--yes", "agreed", is_flag=True, help="Do not ask first.")
@pass_session
def restore(session: Session, file: str, *, agreed: bool) -> None:
    """Bring a backup back, by its number in `wotui backups` or by its path.

    The backup is proven first, and what it replaces is kept beside it under another name. Where the shop's file is
    damaged, what is younger than the backup and can still be read comes back with it. The next merge brings back what
    the shared place holds. It is refused while the shop is open on a screen.
    """
    from wotui.merge import restore as restoring

    source = _backup_named(session.path, file)
    restoring.expect_sound(source)
    if not agreed:
        _ask(f"Bring back {source.name} in place of {session.path}? What is there now is kept beside it.")
    done = restoring.restore(session.path, source)
    output.say(done.sentence(), *done.notices)
    output.say(f"This file goes on as device {done.letter}: its new orders are W-{done.letter}…")


def _backup_named(shop_file: Path, word: str) -> Path:
    """The file that somebody means: a number of the list, a name in the folder of backups, or a path."""
    from wotui.merge import backup as copies

    path = Path(word).expanduser()
    if path.exists():
        return path
    for copy in copies.listing(shop_file):
        if word in {str(copy.number), copy.path.name}:
            return copy.path
    raise FileTrouble(f"There is no file {word}, and no backup of this number.", "List them: wotui backups.")


def _ask(question: str) -> None:
    """Go on when the person agrees; a script says so beforehand.

    Raises:
        Refused: no.
    """
    if sys.stdin is None or not sys.stdin.isatty():
        raise Refused(question, "Nothing was changed; say --yes.")
    if not click.confirm(question, err=True):
        raise Refused("Nothing was restored.", "")


@click.command("check")
@click.option(
    "--repair", is_flag=True, help="Make a repaired copy at the FILE of -o; the file itself stays as it is."
)
@click.option("-o", "--output", "target", metavar="FILE", help="Where the repaired copy goes.")
@json_option
@pass_session
def check(session: Session, *, repair: bool, target: str | None, as_json: bool) -> None:
    """Check the file and what is in it; ends with 5 when anything is wrong.

    The pages, the tables against their declaration, the seals and gaps of the history, every record and status against
    the history, the search index, attachments, and records that break a rule of the shop. Nothing is changed.

    With --repair -o FILE, a new file is made of the history as far as it can be read: records, statuses and the search
    follow from it. Look at it with --db FILE, and bring it back with wotui restore FILE.
    """
    from wotui.merge import backup as backup_copies
    from wotui.merge import repairing
    from wotui.merge.check import check as findings_of

    if repair != bool(target):
        raise UsageProblem("A repaired copy needs a place.", "Say --repair -o FILE.")
    if repair:
        made = repairing.repair(session.path, Path(target or "").expanduser())
        output.say(made.sentence, *made.left_out)
        return
    expect_checkable(session.path)
    found = findings_of(session.path)
    if as_json:
        entries: list[dict[str, Any]] = [
            {"kind": finding.kind, "record": finding.record or None, "sentence": finding.sentence}
            for finding in found
        ]
        output.document(entries)
    else:
        output.lines(finding.sentence for finding in found)
    if found:
        output.say(*repairing.ways_out({finding.kind for finding in found}))
        count = "1 thing is" if len(found) == 1 else f"{len(found)} things are"
        raise FileTrouble(f"{count} wrong with {session.path.name}.", "Nothing was changed.")
    backup_copies.seal(session.path)
    output.say(f"{session.path.name} is sound.")


def expect_checkable(path: Path) -> None:
    """Tell missing, foreign and newer files apart from damaged ones, which are checked.

    Raises:
        FileTrouble: there is nothing to check.
    """
    from wotui.store.file import Shop

    with contextlib.suppress(Damaged):
        Shop.open(path, read_only=True).close()


def _size(count: int) -> str:
    """A size for people: `2 MB`."""
    for unit in ("bytes", "kB"):
        if count < 1000:
            return f"{count} {unit}"
        count = -(-count // 1000)
    return f"{count} MB"
