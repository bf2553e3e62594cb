"""What this file is called in journals: its origin and its device letter, and when it must take new ones.

`(origin, seq)` names a change only while one file writes as one origin. So the user's state folder remembers, for each
origin that writes here, which computer, which file (its inode) and how far it had come. A file that does not match is
a copy, a restored backup or somebody else's: before its first write it takes a fresh origin and letter, and its first
entry says that it has seen everything it holds.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import time
from pathlib import Path
from typing import TYPE_CHECKING

from wotui import clock
from wotui.settings import state_folder
from wotui.store import vectors
from wotui.store.journal import SEEN
from wotui.store.reading import Over
from wotui.text import clean_line

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection

    from wotui.store.file import Shop

_MACHINE = Path("/etc/machine-id")


def settle(shop: Shop) -> str:
    """Make sure that this file alone writes as its origin; call it when a file is opened to be worked in.

    Where nothing can be kept in the state folder, nothing is done: then the look for forks finds two that went on.

    Returns:
        A sentence when the file took a new name, otherwise an empty text.

    Raises:
        FileTrouble: the file cannot be written.
    """
    if shop.read_only or not _can_remember():  # without a memory every start would take a new name
        return ""
    origin, token = shop.one("SELECT origin, token FROM me") or ("", None)
    if token is None:
        _claim(shop)
        return ""
    kept = _remembered(origin)
    if kept == {**_present(shop, origin), "token": token, "last": kept.get("last")} and _last(shop) >= int(
        str(kept.get("last") or 0)
    ):
        if _owes_seen(shop):
            with shop.exchange() as connection:
                note_seen(connection)
        return ""
    with shop.exchange() as connection:
        letter = take_new_origin(connection)
    remember(shop)
    return f"This file was copied or brought back, so it goes on as device {letter}: its new orders are W-{letter}…"


def remember(shop: Shop) -> None:
    """Note in the state folder which file writes as this origin here and how far it has come; after every exchange."""
    origin, token = shop.one("SELECT origin, token FROM me") or ("", None)
    path = _file_of(origin)
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    note = {**_present(shop, origin), "token": token, "last": _last(shop)}
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft.write_text(json.dumps(note), "utf-8")
        draft.replace(path)
    except OSError:
        return  # then the file takes a new name next time: safe, if not pretty


def take_new_origin(
    connection: sqlite3.Connection, reserve: Callable[[str, str], bool] = lambda _letter, _origin: True
) -> str:
    """Go on under a fresh origin and the next free letter, inside the caller's commit; gives the letter.

    Undo ends here: what the former origin did is no longer this file's to take back.

    Args:
        connection: inside a commit.
        reserve: takes a letter for an origin where devices meet; False where somebody has it.
    """
    from wotui.store.new_file import fresh_origin  # the making of files, which few starts need

    taken, origin = {str(row[0]) for row in connection.execute("SELECT letter FROM device")}, fresh_origin()
    while not reserve(letter := next_letter(taken), origin):
        taken.add(letter)
    connection.execute(
        "UPDATE me SET origin = ?, letter = ?, token = ?, actor = NULL, clock = ?",
        (origin, letter, os.urandom(8).hex(), _fixed()),
    )
    connection.execute("DELETE FROM counter")
    connection.execute("UPDATE act SET undone = 1")
    note_seen(connection)
    introduce(connection)
    connection.execute("UPDATE me SET clock = NULL")
    return letter


def introduce(connection: sqlite3.Connection) -> None:
    """Write the device's own row: its origin, letter and computer."""
    origin, letter = connection.execute("SELECT origin, letter FROM me").fetchone()
    connection.execute(
        "INSERT INTO device (id, origin, letter, name) VALUES (?, ?, ?, ?)",
        (origin, origin, letter, clean_line(platform.node())),
    )


def part_letters(connection: sqlite3.Connection) -> str:
    """Take the next free letter if another device has this one's; gives the sentence to say, or an empty text."""
    origin, letter = connection.execute("SELECT origin, letter FROM me").fetchone()
    others = {
        str(row[0]) for row in connection.execute("SELECT letter FROM device WHERE origin <> ?", (origin,))
    }
    if letter not in others:
        return ""
    free = next_letter(others)
    connection.execute("UPDATE me SET letter = ?, clock = ?", (free, _fixed()))
    connection.execute("DELETE FROM counter")
    connection.execute("UPDATE device SET letter = ? WHERE id = ?", (free, origin))
    connection.execute("UPDATE me SET clock = NULL")
    return f"Two devices had the letter {letter}; this one goes on as {free}. Numbers already given stay."


def next_letter(taken: Collection[str]) -> str:
    """The first free device letter: A to Z, then AA, AB …"""
    letters = [chr(code) for code in range(ord("A"), ord("Z") + 1)]
    for word in (*letters, *(first + second for first in letters for second in letters)):
        if word not in taken:
            return word
    return f"Z{len(taken)}"


def note_seen(connection: sqlite3.Connection) -> None:
    """Write a `_seen` entry of what this file holds of others and has not said yet; part of the caller's commit.

    What others merely saw is no reason for an entry: two files would tell each other so for ever.
    """
    reads = Over(connection)
    origin = str(reads.value("SELECT origin FROM me"))
    unsaid = _unsaid(reads, origin)
    if not unsaid:
        return
    now = _now()
    newest = reads.value("SELECT max(t) FROM change WHERE row = ?", (origin,)) or 0
    last = reads.value("SELECT max(seq) FROM change WHERE origin = ?", (origin,)) or 0
    connection.execute(
        "INSERT INTO change (origin, seq, t, at, entity, row, patch) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (origin, last + 1, max(now, newest + 1), now, SEEN, origin, json.dumps(unsaid, sort_keys=True)),
    )


def _unsaid(reads: Over | Shop, origin: str) -> dict[str, int]:
    said = vectors.recorded(reads, origin)
    news = {
        other: last
        for other, last in vectors.held(reads).items()
        if other != origin and last > said.get(other, 0)
    }
    for other in news:
        if reads.one(
            "SELECT 1 FROM change WHERE origin = ? AND seq > ? AND entity <> ? LIMIT 1",
            (other, said.get(other, 0), SEEN),
        ):
            return news
    return {}


def _owes_seen(shop: Shop) -> bool:
    """Whether somebody merged into this file from outside, so that it holds what it never said it had seen."""
    return bool(_unsaid(shop, str(shop.value("SELECT origin FROM me"))))


def _claim(shop: Shop) -> None:
    with shop.exchange() as connection:
        connection.execute("UPDATE me SET token = ?", (os.urandom(8).hex(),))
    remember(shop)


def _present(shop: Shop, origin: str) -> dict[str, object]:
    there = shop.path.stat()
    return {"origin": origin, "host": _host(), "inode": there.st_ino}


def _last(shop: Shop) -> int:
    return int(shop.value("SELECT ifnull(max(seq), 0) FROM change WHERE origin = (SELECT origin FROM me)"))


def _remembered(origin: str) -> dict[str, object]:
    try:
        kept: object = json.loads(_file_of(origin).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(key): value for key, value in kept.items()} if isinstance(kept, dict) else {}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]


def _can_remember() -> bool:
    folder = state_folder() / "origins"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK | os.X_OK)


def _file_of(origin: str) -> Path:
    return state_folder() / "origins" / f"{origin}.json"


def _host() -> str:
    try:
        machine = _MACHINE.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        machine = ""
    return hashlib.blake2b(f"{machine}\n{platform.node()}".encode(), digest_size=8).hexdigest()


def _now() -> int:
    return clock.milliseconds(clock.now()) if clock.is_fixed() else time.time_ns() // 1_000_000


def _fixed() -> int | None:
    return clock.milliseconds(clock.now()) if clock.is_fixed() else None
