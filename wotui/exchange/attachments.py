"""Attached files out of the shop's file again: copies in a folder, under names that no system trips over.

A name comes from whoever attached the file, perhaps on another computer: `../`, `CON`, `-rf` and line breaks are all
possible. What is written never leaves the folder and never replaces anything.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from wotui.errors import FileTrouble
from wotui.store.reads.attachments import content

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wotui.store.reading import Reads
    from wotui.store.reads.attachments import Attached

LONGEST = 80
_OTHER = re.compile(r"[^A-Za-z0-9._-]+")
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)


def plain_name(name: str) -> str:
    """A file name of letters, digits, dots, dashes and underscores, at most 80 long, safe on every system."""
    words = _OTHER.sub("-", name.replace("\\", "/").rpartition("/")[2]).strip(".-")
    stem, dot, suffix = words.rpartition(".")
    if dot and len(suffix) <= 10:
        words = f"{stem.strip('.-')[: LONGEST - len(suffix) - 1]}.{suffix}"
    words = words[:LONGEST].strip(".-")
    return f"file-{words}" if not words or _RESERVED.fullmatch(words) else words


def save(reads: Reads, files: Iterable[Attached], folder: str | Path) -> list[Path]:
    """Write copies of attached files into a folder (made where it is missing), readable by this person alone.

    Raises:
        FileTrouble: the folder cannot be written, or the bytes are not there.
    """
    where = Path(folder).expanduser()
    try:
        where.mkdir(mode=0o700, parents=True, exist_ok=True)
        return [_write_new(where, plain_name(file.name), content(reads, file.sha256)) for file in files]
    except OSError as error:
        raise FileTrouble(f"{where} cannot be written: {error.strerror}.", "Name another folder.") from None
    except ValueError:
        raise FileTrouble("That is not the path of a folder.", "Name another one.") from None


def _write_new(folder: Path, name: str, data: bytes) -> Path:
    """Write under this name, or under the next free one: `photo.jpg`, `photo-2.jpg` …"""
    stem, dot, suffix = name.rpartition(".") if "." in name else (name, "", "")
    for number in range(1, 1000):
        path = folder / (name if number == 1 else f"{stem}-{number}{dot}{suffix}")
        flags = (
            os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        )
        try:
            handle = os.open(path, flags, 0o600)
        except FileExistsError:
            continue
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        return path
    raise FileTrouble(f"{folder} holds a thousand files called {name}.", "Name another folder.")
