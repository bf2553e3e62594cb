"""Backups of a shop's file: made only from a sound source, proven before they get a name, thinned with the years.

They lie in a folder beside the file, `NAME.backups/`, one file each: `NAME-20260610T170000Z-0007-asked.wotui`. The
number counts up whatever the clock does, so a wrong clock can neither hide a backup nor make it look like the newest.
"""

from __future__ import annotations

import contextlib
import re
import sqlite3
import time
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from wotui import clock
from wotui.errors import FileTrouble
from wotui.store import connection as connections
from wotui.store import snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

KEEP_LAST = 10
KEEP_DAYS = 7
KEEP_WEEKS = 4
KEEP_MONTHS = 12
NEVER_THINNED = frozenset({"migration"})
"""Reasons whose backups stay for ever: what an older version wrote cannot be made again."""

_NAME = re.compile(r"-(\d{8}T\d{6}Z)-(\d{4,})-([a-z]+)$")
_STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy of a shop's file.

    Attributes:
        path: where it lies.
        made_at: when, by the clock of that moment (aware UTC).
        number: 1, 2, 3 … in the order in which they were made.
        reason: why: asked, daily, import, migration …
        size: bytes.
    """

    path: Path
    made_at: datetime
    number: int
    reason: str
    size: int


def folder_of(shop_file: Path) -> Path:
    """Where the backups of a file lie."""
    return shop_file.with_name(f"{shop_file.stem}.backups")


def make(shop_file: Path, reason: str = "asked", target: Path | None = None) -> Backup:
    """Copy the file, prove the copy, and thin the older ones.

    Args:
        shop_file: the shop's file; somebody may be working in it meanwhile.
        reason: one lower-case word that the name carries.
        target: another place for the copy (a stick); nothing is thinned there.

    Raises:
        FileTrouble: the file is damaged or is not a shop's, the place cannot be written, or the copy differs. Then no
            backup was made and no older one was taken away.
    """
    _expect_shop(shop_file)
    made_at = clock.now()
    if target is not None:
        snapshot.copy_verified(shop_file, target)
        return Backup(target, made_at, 0, reason, target.stat().st_size)
    folder = folder_of(shop_file)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        _remove_leftovers(folder)
    except OSError as error:
        raise FileTrouble(
            f"{folder} cannot be made: {error.strerror}.", "Name another place with -o FILE."
        ) from None
    number = max((backup.number for backup in listing(shop_file)), default=0) + 1
    name = f"{shop_file.stem}-{made_at.strftime(_STAMP)}-{number:04}-{reason}{shop_file.suffix}"
    path = folder / name
    snapshot.copy_verified(shop_file, path)
    for old in to_remove(listing(shop_file), newest_proven=number):
        with contextlib.suppress(OSError):  # a copy too many is no harm
            old.path.unlink()
    return Backup(path, made_at, number, reason, path.stat().st_size)


def listing(shop_file: Path) -> list[Backup]:
    """Every backup of a file, newest first by number. Files with other names are not ours and are left out.

    Raises:
        FileTrouble: the folder cannot be read.
    """
    found: list[Backup] = []
    try:
        for path in folder_of(shop_file).iterdir():
            match = _NAME.search(path.stem)
            if match and path.suffix == shop_file.suffix and path.is_file() and not path.is_symlink():
                stamp, number, reason = match.groups()
                with contextlib.suppress(ValueError):
                    made_at = datetime.strptime(f"{stamp[:-1]}+0000", "%Y%m%dT%H%M%S%z")
                    found.append(Backup(path, made_at, int(number), reason, path.stat().st_size))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise FileTrouble(
            f"The backups cannot be read: {error.strerror}.", "Check the folder's permissions."
        ) from None
    return sorted(found, key=lambda backup: (backup.number, backup.made_at), reverse=True)


def damage(backup: Backup) -> str:
    """What is wrong with a backup, in one phrase; empty when it can be restored from. It is opened for reading only."""
    try:
        _expect_shop(backup.path)
        with contextlib.closing(connections.connect(backup.path, read_only=True)) as connection:
            return snapshot.damage(connection)
    except FileTrouble as trouble:
        return trouble.what
    except sqlite3.Error as error:
        return str(error)


def to_remove(backups: Iterable[Backup], *, newest_proven: int) -> list[Backup]:
    """Which backups the thinning takes away.

    Kept are the last 10, the newest of each of the last 7 days, 4 weeks and 12 months that have any, every one from
    before a migration, and the newest proven one. Newest means by number, never by the clock.

    Args:
        backups: all there are.
        newest_proven: the number of the newest backup that was read back.
    """
    ordered = sorted(backups, key=lambda backup: backup.number, reverse=True)
    kept = {backup.number for backup in ordered[:KEEP_LAST]} | {newest_proven}
    kept |= {backup.number for backup in ordered if backup.reason in NEVER_THINNED}
    kept |= _newest_of_each(ordered, lambda made: made.strftime("%Y-%m-%d"), KEEP_DAYS)
    kept |= _newest_of_each(ordered, lambda made: made.strftime("%G-W%V"), KEEP_WEEKS)
    kept |= _newest_of_each(ordered, lambda made: made.strftime("%Y-%m"), KEEP_MONTHS)
    return [backup for backup in ordered if backup.number not in kept]


def _newest_of_each(ordered: Sequence[Backup], period: Callable[[datetime], str], count: int) -> set[int]:
    """Numbers of the newest backup of each of the last `count` periods that have one."""
    newest: dict[str, int] = {}
    for backup in ordered:
        newest.setdefault(period(backup.made_at), backup.number)
    return set(list(newest.values())[:count])


def _expect_shop(path: Path) -> None:
    """Refuse what is no shop's file before anything is made of it.

    Raises:
        FileTrouble: missing, empty, or with another header.
    """
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as error:
        raise FileTrouble(
            f"{path} cannot be opened: {error.strerror}.", "Check the path and its permissions."
        ) from None
    if not header:
        raise FileTrouble(
            f"{path} is damaged: it is empty.", "`wotui backups` lists the copies to restore from."
        )
    ours = connections.APPLICATION_ID.to_bytes(4, "big")
    if len(header) < 100 or not header.startswith(b"SQLite format 3\0") or header[68:72] != ours:
        raise FileTrouble(
            f"{path} is damaged or is not a wotui file.", "`wotui backups` lists the copies to restore from."
        )


def _remove_leftovers(folder: Path) -> None:
    """Take away what a copy that was interrupted left under its temporary name, unless its process still lives."""
    for path in folder.glob(".*.part"):
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > 3600:
                path.unlink()
