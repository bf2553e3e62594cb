"""One screen per file: a lock beside the file that the system drops when its holder dies.

Never taken on the database file itself: opening and closing that would drop SQLite's own locks. Commands
need no lock; they and the screen take turns through SQLite.
"""

from __future__ import annotations

import contextlib
import os
import platform
from typing import TYPE_CHECKING, Self

from wotui import clock
from wotui.errors import FileTrouble

if TYPE_CHECKING:
    from pathlib import Path


class InstanceLock:
    """Held while a screen is open on a file.

    Raises:
        FileTrouble: another screen holds it; names its process and since when.
    """

    def __init__(self, shop_file: Path) -> None:
        self.path = shop_file.with_name(f"{shop_file.name}.lock")
        self._descriptor = -1

    def __enter__(self) -> Self:
        try:
            self._descriptor = os.open(
                self.path, os.O_CREAT | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0), 0o600
            )
        except OSError:
            return self  # a folder that cannot be written holds a file that cannot be changed
        if not _try_lock(self._descriptor):
            holder = os.pread(self._descriptor, 200, 0).decode("utf-8", "replace") if os.name != "nt" else ""
            os.close(self._descriptor)
            self._descriptor = -1
            raise FileTrouble(
                f"wotui is already open on this file ({holder.strip() or 'by another process'}).",
                "Go to that window, or look at the shop with --read-only.",
            )
        os.ftruncate(self._descriptor, 0)
        line = f"process {os.getpid()} on {platform.node()} since {clock.now().astimezone():%a %H:%M}\n"
        os.write(self._descriptor, line.encode())
        return self

    def __exit__(self, *_: object) -> None:
        if self._descriptor >= 0:
            with contextlib.suppress(OSError):
                os.ftruncate(self._descriptor, 0)
            os.close(self._descriptor)
            self._descriptor = -1


def _try_lock(descriptor: int) -> bool:
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # pyright: ignore[reportAttributeAccessIssue]
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
