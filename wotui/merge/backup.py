"""Backups of a shop's file: made only from a sound source, proven before they get a name, thinned with the years.

Where they lie and how they are called: `wotui.store.copies`.
"""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING

from wotui import clock
from wotui.errors import Damaged, FileTrouble
from wotui.store import connection as connections
from wotui.store import copies, seals, snapshot
from wotui.store.copies import Backup, folder_of, listing
from wotui.store.migrations import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

__all__ = [
    "Backup",
    "damage",
    "damage_at",
    "expect_shop",
    "folder_of",
    "listing",
    "make",
    "make_if_due",
    "newest_sound",
    "to_remove",
]

KEEP_LAST = 10
KEEP_DAYS = 7
KEEP_WEEKS = 4
KEEP_MONTHS = 12
NEVER_THINNED = frozenset({"migration"})
"""Reasons whose backups stay for ever: what an older version wrote cannot be made again."""


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
    expect_shop(shop_file)
    _expect_sealed(shop_file)
    if target is not None:
        snapshot.copy_verified(shop_file, target)
        return Backup(target, clock.now(), 0, reason, target.stat().st_size)
    made = copies.add(shop_file, reason)
    for old in to_remove(listing(shop_file), newest_proven=made.number):
        with contextlib.suppress(OSError):  # a copy too many is no harm
            old.path.unlink()
    seal(shop_file)
    return made


def make_if_due(shop_file: Path, reason: str = "daily") -> Backup | None:
    """The day's first backup, where anything was written since the last one; None where none is due.

    The newest is told by its number, so a clock that was wrong for a day does not put the next ones off.

    Raises:
        FileTrouble: as `make`.
    """
    newest = next(iter(listing(shop_file)), None)
    if newest is not None:
        today = newest.made_at.date() == clock.now().date()
        try:
            if today or newest.path.stat().st_mtime_ns > shop_file.stat().st_mtime_ns:
                return None
        except (
            FileNotFoundError
        ):  # one of them was moved away just now: of the shop's own file the next line tells
            expect_shop(shop_file)
    return make(shop_file, reason)


def newest_sound(shop_file: Path) -> Backup | None:
    """The newest backup that can be restored from; None where there is none."""
    try:
        return next((copy for copy in listing(shop_file) if not damage(copy)), None)
    except FileTrouble:
        return None


def offer(shop_file: Path) -> str:
    """A sentence that names the newest backup that can be restored from; empty where there is none."""
    newest = newest_sound(shop_file)
    if newest is None:
        return ""
    made = f"{newest.made_at:%Y-%m-%d %H:%M} UTC"
    return f"The newest good backup is number {newest.number}, made {made}: wotui restore {newest.number}."


def damage(backup: Backup) -> str:
    """What is wrong with a backup, in one phrase; empty when it can be restored from. It is opened for reading only."""
    return damage_at(backup.path)


def damage_at(path: Path) -> str:
    """As `damage`, of any file that somebody wants to restore from."""
    try:
        expect_shop(path)
        with contextlib.closing(connections.connect(path, read_only=True)) as connection:
            if int(connection.execute("PRAGMA user_version").fetchone()[0]) > SCHEMA_VERSION:
                return "made by a newer wotui"
            return snapshot.damage(connection) or _tampered(connection)
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


def expect_shop(path: Path) -> None:
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
        raise Damaged(f"{path} is damaged: it is empty.", "`wotui backups` lists the copies to restore from.")
    ours = connections.APPLICATION_ID.to_bytes(4, "big")
    if len(header) < 100 or not header.startswith(b"SQLite format 3\0") or header[68:72] != ours:
        raise Damaged(
            f"{path} is damaged or is not a wotui file.", "`wotui backups` lists the copies to restore from."
        )


def _tampered(connection: sqlite3.Connection) -> str:
    """Whose history is not what was sealed; empty where all are, or where the file is older than seals are."""
    if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'seal'").fetchone():
        return ""
    return "".join(
        f"the history of {origin} is not what was sealed" for origin, _ in seals.broken(connection)[:1]
    )


def _expect_sealed(shop_file: Path) -> None:
    """Refuse a source whose history was changed since it was sealed: a copy of it would hide the sound ones.

    Raises:
        Damaged: it was.
    """
    try:
        with contextlib.closing(connections.connect(shop_file, read_only=True)) as connection:
            found = _tampered(connection)
    except sqlite3.Error as error:
        raise connections.trouble(error, shop_file) from error
    if found:
        raise Damaged(
            f"{shop_file} is damaged: {found}; no copy was made of it.",
            "Look at `wotui check`, then `wotui backups`.",
        )


def seal(shop_file: Path) -> None:
    """Seal the history of a file that was just proven; where that cannot be written, the next time does it."""
    with contextlib.suppress(sqlite3.Error), contextlib.closing(connections.connect(shop_file)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        try:
            seals.extend(connection)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
