"""Every failure a person can meet: what happened, the way out, and the exit code that scripts rely on.

A `Problem` is an answer, not a bug: the faces print its sentence and go on. Anything else that escapes is a
bug and is reported as one: in a crash log that holds types and line numbers, and no value of anybody's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Problem(Exception):
    """Something a person can read and act on.

    Args:
        what: one sentence that names the record and the rule.
        way_out: one sentence that says what to do instead; may be empty where nothing can be done.
    """

    exit_code = 1

    def __init__(self, what: str, way_out: str = "") -> None:
        super().__init__(what, way_out)
        self.what = what
        self.way_out = way_out

    def __str__(self) -> str:
        return f"{self.what} {self.way_out}".strip()


class UsageProblem(Problem):
    """The call's words are off: an unknown option, field or value."""

    exit_code = 2


class Refused(Problem):
    """A rule of the shop says no; nothing was changed."""

    exit_code = 3


class NotFound(Problem):
    """No such record."""

    exit_code = 4


class FileTrouble(Problem):
    """The file is missing, damaged, locked, of a newer version, or the disk is full."""

    exit_code = 5


class Damaged(FileTrouble):
    """The shop's file is damaged or gone: a backup can take its place.

    Args:
        what: see `Problem`.
        way_out: see `Problem`.
        path: the file, where a backup may be offered.
    """

    def __init__(self, what: str, way_out: str = "", path: Path | None = None) -> None:
        super().__init__(what, way_out)
        self.path = path


def write_crash_log(error: BaseException, folder: Path | None = None) -> Path:
    """Write what is known about a bug to a new file (0600) and give its path.

    The log holds exception types, files and line numbers: neither messages nor locals, because whoever sends
    it to a stranger must not send a tenant's phone number with it.

    Args:
        error: the exception that nobody expected.
        folder: where to; without it, where crash logs go.

    Raises:
        OSError: the folder cannot be written.
    """
    import os
    from datetime import UTC, datetime

    if folder is None:
        from wotui.settings import state_folder

        folder = state_folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    path = folder / f"crash-{stamp}-{os.getpid()}.log"
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as log:
        log.write("\n".join(_crash_lines(error)) + "\n")
    return path


def crash_sentence(error: BaseException) -> str:
    """One plain sentence about a bug, with the name of the crash log that it writes."""
    what = "This is a fault in wotui, not in your work; what was confirmed before is safe."
    try:
        path = write_crash_log(error)
    except OSError:
        return f"{what} It is a {type(error).__name__}; its crash log could not be written."
    return f"{what} The crash log, with no data of yours in it, is {path}"


def _crash_lines(error: BaseException) -> Iterator[str]:
    import platform
    import traceback

    from wotui import __version__

    yield f"wotui {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield f"{type(current).__module__}.{type(current).__qualname__}"
        for frame in traceback.extract_tb(current.__traceback__):
            yield f"  {frame.filename}:{frame.lineno} in {frame.name}"
        current = current.__cause__ or current.__context__
