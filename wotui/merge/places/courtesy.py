"""A lock that only spares work: two who publish at once would both build the same file.

Nothing rests on it. Who does not get it waits a little and goes on without; a lock whose holder died on this computer
is taken at once, anybody's after five minutes by the place's own clock.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from wotui.errors import FileTrouble
from wotui.merge.places import reading, writing

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

SECONDS_TO_WAIT = 3.0
SECONDS_UNTIL_DEAD = 300.0
SECONDS_TO_SIGN = 2.0
"""A lock in which nobody has written who holds it was left by somebody who died while taking it."""


@contextmanager
def courtesy(target: Path, *, wait: float = SECONDS_TO_WAIT) -> Generator[str]:
    """Hold `<name>.lock` while the place is written, if it can be had in time.

    Gives a sentence for people where the lock of somebody who is gone was taken over, otherwise an empty one.
    """
    path = target.with_name(f"{target.name}.lock")
    until, note, mine = time.monotonic() + wait, "", False
    while not (mine := _try(path)):
        if _is_dead(path):
            note = f"{path.name} had been left behind by a computer that is gone; it was taken over."
            writing.remove(path)
        elif time.monotonic() > until or not path.exists():
            break
        else:
            time.sleep(0.1)
    try:
        yield note
    finally:
        if mine:
            writing.remove(path)


def _try(path: Path) -> bool:
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0)
    try:
        descriptor = os.open(path, flags, 0o666)
    except OSError:
        return False
    with contextlib.suppress(OSError):
        os.write(descriptor, json.dumps({"host": writing.host(), "pid": os.getpid()}).encode())
    os.close(descriptor)
    return True


def _is_dead(path: Path) -> bool:
    holder = _holder(path)
    if holder.get("host") == writing.host() and isinstance(process := holder.get("pid"), int):
        return not writing.is_alive(process)
    return _age(path) > (SECONDS_UNTIL_DEAD if holder else SECONDS_TO_SIGN)


def _holder(path: Path) -> dict[str, Any]:
    try:
        descriptor, _ = reading.open_regular(path, 1000)
        with os.fdopen(descriptor, "rb") as file:
            found: Any = json.loads(file.read())
    except (OSError, ValueError, FileTrouble):
        return {}
    return cast("dict[str, Any]", found) if isinstance(found, dict) else {}


def _age(path: Path) -> float:
    """Seconds since the lock was made, by the clock of the place: a stick's or a server's is not ours."""
    try:
        probe, _ = writing.beside(path, (), "tmp")
        try:
            return probe.stat().st_mtime - path.stat().st_mtime
        finally:
            writing.remove(probe)
    except (OSError, FileTrouble):
        return 0.0
