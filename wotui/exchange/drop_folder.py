"""A folder into which other programs put files: which of them are whole, reading one, and moving it away.

A file that is still being written is left alone: its size or time changes between two looks. Names that begin with a
point or end otherwise than in `.json`, `.csv` or `.eml` are never looked at, so that a program may write `x.tmp` and
rename it when it is whole. Links, pipes and devices are moved away unread.
"""

from __future__ import annotations

import os
import stat
import time
from dataclasses import dataclass, field
from pathlib import Path

from wotui.errors import FileTrouble, UsageProblem

KINDS = (".json", ".csv", ".eml")
DONE, FAILED = "done", "failed"
REASON = ".reason.txt"
QUIET = 2.0
"""Seconds since a file was last written after which it counts as whole."""
YOUNG = 60.0
"""Seconds during which a file that cannot be understood may still be a half-written one."""
BETWEEN = 1.0
"""Seconds between two looks at a file that was written just now."""
_TRIES = 50


@dataclass(frozen=True, slots=True)
class Look:
    """A file as it lay there at one look."""

    name: str
    size: int
    written: int
    regular: bool

    @property
    def suffix(self) -> str:
        """`.json`, `.csv` or `.eml`."""
        return Path(self.name).suffix.casefold()

    @property
    def age(self) -> float:
        """Seconds since it was written, by this computer's clock; a time in the future counts as just now."""
        return max(time.time() - self.written / 1e9, 0.0) if self.written / 1e9 <= time.time() else 0.0


@dataclass(slots=True)
class Memory:
    """What was seen at the last look, and what could not be moved: for somebody who looks again and again."""

    looks: dict[str, Look] = field(default_factory=dict[str, Look])
    stuck: dict[str, Look] = field(default_factory=dict[str, Look])


def looks(folder: Path) -> list[Look]:
    """Every file with a name that counts, by its name."""
    found: list[Look] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith(".") or Path(entry.name).suffix.casefold() not in KINDS:
                    continue
                try:
                    there = entry.stat(follow_symlinks=False)
                except OSError:
                    continue  # moved away meanwhile
                if not stat.S_ISDIR(there.st_mode):
                    regular = stat.S_ISREG(there.st_mode)
                    found.append(Look(entry.name, there.st_size, there.st_mtime_ns, regular))
    except OSError as error:
        raise FileTrouble(
            f"The folder {folder} cannot be read: {error.strerror}.", "Check the path and its permissions."
        ) from None
    return sorted(found, key=lambda look: look.name)


def whole(folder: Path, memory: Memory | None) -> tuple[list[Look], list[str]]:
    """The files that nobody is writing any more, and the names of those that somebody does.

    A file is whole when it was quiet for a while, or lies there the same at two looks.

    Args:
        folder: the drop folder.
        memory: of somebody who looks again and again; without it, what was written just now is looked at twice.

    Raises:
        FileTrouble: the folder cannot be read.
    """
    there = looks(folder)
    fresh = [look for look in there if look.age < QUIET]
    before = memory.looks if memory is not None else {}
    if fresh and memory is None:
        time.sleep(BETWEEN)
        before = {look.name: look for look in fresh}
        there = looks(folder)
    found: list[Look] = []
    written: list[str] = []
    for look in there:
        if memory is not None and memory.stuck.get(look.name) == look:
            continue
        if look.age >= QUIET or before.get(look.name) == look or not look.regular:
            found.append(look)
        else:
            written.append(look.name)
    if memory is not None:
        memory.looks = {look.name: look for look in there}
        memory.stuck = {name: look for name, look in memory.stuck.items() if look in there}
    return found, written


def content(folder: Path, look: Look, largest: int) -> bytes:
    """The bytes of a file, as they lay there at the look.

    Raises:
        UsageProblem: somebody writes it.
        FileTrouble: no plain file, too large, or unreadable.
    """
    if not look.regular:
        raise FileTrouble(f"{look.name} is no plain file.", "Links, pipes and devices are not read.")
    if look.size > largest:
        raise FileTrouble(
            f"{look.name} is larger than {largest // 2**20} MB.",
            "Write several files.",
        )
    flags = (
        os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    )
    try:
        with os.fdopen(os.open(folder / look.name, flags), "rb") as file:
            there = os.fstat(file.fileno())
            if not stat.S_ISREG(there.st_mode):
                raise FileTrouble(f"{look.name} is no plain file.", "Links, pipes and devices are not read.")
            found = file.read(largest + 1)
            after = os.fstat(file.fileno())
    except OSError as error:
        raise FileTrouble(
            f"{look.name} cannot be read: {error.strerror}.", "Check its permissions."
        ) from None
    if (after.st_size, after.st_mtime_ns) != (look.size, look.written) or len(found) != look.size:
        raise UsageProblem(f"{look.name} is being written.", "It is looked at again.")
    return found


def move(folder: Path, look: Look, where: str, reason: str = "") -> bool:
    """Move a file into a folder of the drop folder, under a name that is free there, with the reason beside it.

    Returns:
        Whether it went; False where somebody else has moved it meanwhile.

    Raises:
        OSError: it cannot be moved.
    """
    target = folder / where
    target.mkdir(mode=0o700, exist_ok=True)
    free = _free_name(target, look.name)
    if reason:
        _write_reason(target / f"{free}{REASON}", reason)
    try:
        (folder / look.name).rename(target / free)
    except FileNotFoundError:
        (target / f"{free}{REASON}").unlink(missing_ok=True)
        return False
    return True


def _free_name(target: Path, name: str) -> str:
    plain = Path(name)
    free, number = name, 1
    while os.path.lexists(target / free):
        number += 1
        further = number if number < _TRIES else time.time_ns()
        free = f"{plain.stem}-{further}{plain.suffix}"
    return free


def _write_reason(path: Path, reason: str) -> None:
    """Write the reason beside the file that it is about; a full disk keeps nobody from moving the file."""
    draft = path.with_name(f".{path.name}.tmp")
    try:
        draft.write_text(f"{reason}\n", "utf-8")
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
