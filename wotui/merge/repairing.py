"""What can be done about what `check` found: what to say, and a repaired copy. The file itself is never repaired."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wotui.errors import FileTrouble
from wotui.merge import salvage
from wotui.merge.check import check

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from wotui.merge.check import Kind

_WAYS: dict[Kind, str] = {
    "file": "The file: bring a backup back (wotui restore), or copy what can be read (wotui check --repair -o FILE).",
    "schema": "The tables: wotui check --repair -o FILE makes a file with the right ones.",
    "seal": "The history: bring back a backup from before (wotui backups), or take the others' history (wotui join).",
    "journal": "The history: merge with the shared place, which may hold what is missing, or bring a backup back.",
    "record": "Records: wotui check --repair -o FILE makes them anew from their history.",
    "derived": "Statuses: wotui check --repair -o FILE replays them.",
    "search": "The search: wotui check --repair -o FILE builds it anew.",
    "blob": "Attachments: merge with the shared place, which may hold them.",
    "rule": "Rules: people decide; edit the records that are named.",
}


@dataclass(slots=True)
class Repaired:
    """What a repair made: one sentence, and sentences about what could not be brought over."""

    sentence: str
    left_out: list[str] = field(default_factory=list[str])


def ways_out(kinds: Collection[Kind]) -> list[str]:
    """What can be done, a sentence for each kind of finding."""
    return [words for kind, words in _WAYS.items() if kind in kinds]


def repair(shop_file: Path, target: Path) -> Repaired:
    """Make a new file at `target` out of the history of this one, and check it.

    Raises:
        FileTrouble: nothing can be read, something lies at `target` already, or it cannot be written.
    """
    if not shop_file.is_file():
        raise FileTrouble(f"There is no shop file at {shop_file}.", "Name one with --db.")
    account = salvage.rebuild(shop_file, target)
    made = Repaired(
        f"{target} was made of {account.changes_in} changes, with {account.records_new} records;"
        f" {shop_file.name} is as it was. Look at the copy with --db, and bring it back with wotui restore."
    )
    missing = _written(shop_file) - account.changes_in
    if missing > 0:
        made.left_out.append(f"{missing} changes could not be read or follow a gap; they are not in it.")
    made.left_out += [finding.sentence for finding in check(target)]
    return made


def _written(shop_file: Path) -> int:
    """How many changes the file says that it holds; 0 where it cannot say."""
    with contextlib.closing(salvage.Salvage(shop_file)) as journal:
        return journal.count()
