"""The report of a bug: exception types, files and line numbers, and no value of anybody's.

Whoever sends a crash log to a stranger must not send a tenant's phone number with it. So the log holds neither
messages nor locals, and it is readable by its owner only.
"""

from __future__ import annotations

import os
import platform
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from wotui import __version__, clock

if TYPE_CHECKING:
    from collections.abc import Iterator


def write_log(error: BaseException, folder: Path | None = None) -> Path:
    """Write what is known about a bug to a new file with mode 0600 and give its path.

    Args:
        error: the exception nobody expected.
        folder: where to; without it, the log folder of this user.

    Raises:
        OSError: the folder cannot be written.
    """
    if folder is None:
        import platformdirs

        folder = Path(platformdirs.user_log_dir("wotui", appauthor=False))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    stamp = clock.now().strftime("%Y%m%d-%H%M%S")
    for attempt in range(1000):
        path = folder / f"crash-{stamp}-{os.getpid()}{f'-{attempt}' if attempt else ''}.log"
        try:
            handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:
            continue
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as log:
            log.write("\n".join(_lines(error)) + "\n")
        return path
    raise FileExistsError(folder)


def sentence(error: BaseException) -> str:
    """One plain sentence about a bug for the person at the screen, with the name of the log it wrote."""
    what = "This is a fault in wotui, not in your work: what it confirmed before is safe."
    try:
        path = write_log(error)
    except OSError:
        return f"{what} It is a {type(error).__name__}; the crash log could not be written."
    return f"{what} The crash log (no data of yours in it) is {path}"


def _lines(error: BaseException) -> Iterator[str]:
    yield f"wotui {__version__} · Python {platform.python_version()} · {platform.system()} {platform.machine()}"
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield f"{type(current).__module__}.{type(current).__qualname__}"
        for frame in traceback.extract_tb(current.__traceback__):
            yield f"  {frame.filename}:{frame.lineno} in {frame.name}"
        current = current.__cause__ or current.__context__
