"""Where the backups of a shop's file lie, and how they are called.

They lie in a folder beside the file, `NAME.backups/`, one file each: `NAME-20260610T170000Z-0007-asked.wotui`. The
number counts up whatever the clock does, so a wrong clock can neither hide a backup nor make it look like the newest.
"""

from __future__ import annotations

import contextlib
import re
import time
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from wotui import clock
from wotui.errors import FileTrouble
from wotui.store import snapshot

if TYPE_CHECKING:
    from pathlib import Path

STAMP = "%Y%m%dT%H%M%SZ"
"""How the names of kept files say when: UTC, to the second."""

_NAME = re.compile(r"-(\d{8}T\d{6}Z)-(\d{4,})-([a-z]+)$")


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy of a shop's file.

    Attributes:
        path: where it lies.
        made_at: when, by the clock of that moment (aware UTC).
        number: 1, 2, 3 … in the order in which they were made.
        reason: why: asked, daily, import, merge, migration, restore …
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


def add(shop_file: Path, reason: str) -> Backup:
    """Copy the file into its folder of backups under the next number, and prove the copy.

    Args:
        shop_file: the shop's file; somebody may be working in it meanwhile.
        reason: one lower-case word that the name carries.

    Raises:
        FileTrouble: the file is damaged, the folder cannot be written, or the copy differs; then none was made.
    """
    made_at, folder = clock.now(), folder_of(shop_file)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        _remove_leftovers(folder)
    except OSError as error:
        raise FileTrouble(
            f"{folder} cannot be made: {error.strerror}.", "Name another place with -o FILE."
        ) from None
    number = max((backup.number for backup in listing(shop_file)), default=0) + 1
    path = folder / f"{shop_file.stem}-{made_at.strftime(STAMP)}-{number:04}-{reason}{shop_file.suffix}"
    snapshot.copy_verified(shop_file, path)
    return Backup(path, made_at, number, reason, path.stat().st_size)


def _remove_leftovers(folder: Path) -> None:
    """Take away what a copy that was interrupted left under its temporary name, unless its process still lives."""
    for path in folder.glob(".*.part"):
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > 3600:
                path.unlink()
