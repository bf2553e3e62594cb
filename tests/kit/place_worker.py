"""A laptop that edits and merges with a place as fast as it can, as a process of its own.

`python -m tests.kit.place_worker file|folder PLACE ORIGIN SECONDS` prints, as JSON, how often it merged, how many
of its changes a publish has acknowledged, how many it has written, and how often the place was not to be had.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from tests.kit.journals import Notebook
from wotui.errors import FileTrouble
from wotui.merge.places.file import FilePlace
from wotui.merge.places.folder import FolderPlace

PATIENCE = 20.0
"""Seconds beyond its time in which a laptop that has not merged yet goes on trying."""


def main(kind: str, path: str, origin: str, seconds: str) -> None:
    """Merge until the time is over, and in any case once: on a busy computer the first turn may come late."""
    book, until = Notebook(origin), time.monotonic() + float(seconds)
    at_last = until + PATIENCE
    merges = refused = acknowledged = 0
    while time.monotonic() < (until if merges else at_last):
        book.write(1 + merges % 3)
        book.attach(f"{origin} {merges}".encode())
        place = FilePlace(Path(path), wait=None) if kind == "file" else FolderPlace(Path(path))
        try:
            book.take_in(place)
            place.publish(book)
            acknowledged, merges = len(book.rows[origin]), merges + 1
        except FileTrouble:
            refused += 1
        finally:
            place.close()
    written = len(book.rows[origin])
    print(
        json.dumps({"merges": merges, "acknowledged": acknowledged, "written": written, "refused": refused})
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
