"""A place that is one SQLite file: best for a stick or a mail.

It is never changed in place. Publishing takes their bytes, verifies them, builds theirs ∪ mine on this computer,
verifies that with the same reader, writes it beside theirs and renames it, and then looks whether it is there. Two
who publish at the same moment can overwrite each other, but lose nothing: what a place holds is asked each time, so
whoever still holds what is missing sends it again. The three generations before stay beside it.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from wotui.errors import FileTrouble, UsageProblem
from wotui.merge.places import building, shape, writing
from wotui.merge.places.courtesy import courtesy
from wotui.merge.places.memory import Memory
from wotui.merge.places.reading import ForeignJournal
from wotui.store import connection as connections
from wotui.text import counted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from wotui.merge.places import Card, Change, Journal

TRIES = 5
"""How often a publish is built anew because somebody else published meanwhile."""
GENERATIONS = 3


class FilePlace:
    """A shared file, or somebody's own shop file (which is only read); see `wotui.merge.places.Place`."""

    def __init__(self, path: Path, *, wait: float | None = 3.0) -> None:
        """Name the file; nothing is read yet.

        Args:
            path: where it lies, or shall lie.
            wait: seconds to wait for somebody else's lock; None takes no lock.
        """
        self._path, self._wait = path, wait
        self._theirs: ForeignJournal | None = None
        self._notes: list[str] = []
        self._looked_for_others = False

    def describe(self) -> str:
        """The path."""
        return str(self._path)

    def card(self) -> Card | None:
        """Whose it is, read and verified now; None where there is none yet."""
        self.close()
        self._theirs = self._read()
        self._say_what_is_lost()
        return self._theirs.card() if self._theirs else None

    def held(self) -> Mapping[str, int]:
        """The version vector, as of the last `card`."""
        return self._theirs.held() if self._theirs else {}

    def changes(self, beyond: Mapping[str, int]) -> Iterator[Change]:
        """The changes beyond a vector, by origin and number, as of the last `card`."""
        return self._theirs.changes(beyond) if self._theirs else iter(())

    def change(self, origin: str, seq: int) -> Change | None:
        """One change, as of the last `card`."""
        return self._theirs.change(origin, seq) if self._theirs else None

    def blob_names(self) -> Collection[str]:
        """The attachments it holds, as of the last `card`."""
        return self._theirs.blob_names() if self._theirs else frozenset()

    def blobs(self, names: Collection[str]) -> Iterator[tuple[str, bytes]]:
        """Their bytes."""
        return self._theirs.blobs(names) if self._theirs else iter(())

    def notes(self) -> list[str]:
        """What people should know; also which other files of this name lie beside it."""
        if not self._looked_for_others:
            self._looked_for_others = True
            self._notes += [
                f"{other.name} lies beside it; `wotui merge` can take it in too."
                for other in siblings(self._path)
            ]
        return list(self._notes)

    def copies_are_known(self) -> None:
        """Say nothing of the files that lie beside it: somebody takes them in."""
        self._looked_for_others = True

    def close(self) -> None:
        """Let go of private copies."""
        if self._theirs:
            self._theirs.close()
            self._theirs = None

    def publish(self, mine: Journal) -> int:
        """Complete the file with what it lacks; gives the number of changes sent.

        Raises:
            Refused: it is another shop's, or a fork of this file.
            FileTrouble: it is not believed, cannot be written, or is being written by others all the time.
        """
        if self._path.name.endswith((".", " ")):
            raise UsageProblem(
                f"{self._path} ends in a dot or a blank, which Windows drops.", "Choose another name."
            )
        try:
            writing.remove_leftovers(self._path.parent, self._path.name)
            with contextlib.ExitStack() as stack:
                if self._wait is not None:
                    note = stack.enter_context(courtesy(self._path, wait=self._wait))
                    self._notes += [note] if note else []
                for attempt in range(TRIES):
                    sent = self._publish_once(mine)
                    if sent is not None:
                        self._remember(mine)
                        return sent
                    time.sleep(0.02 * (attempt + 1) * (1 + os.getpid() % 7))
        except OSError as error:
            raise writing.unsent(self._path, error) from error
        raise FileTrouble(
            f"{self._path} is being written by others all the time.",
            "Your changes are kept here and will be sent next time.",
        )

    def _say_what_is_lost(self) -> None:
        """A file that was rolled back or emptied is completed like any other, but people should know."""
        memory, held = Memory(self._path), self.held()
        lost = sum(max(0, last - held.get(origin, 0)) for origin, last in memory.held.items())
        if lost:
            self._notes.append(
                f"{self._path} had lost {counted(lost, 'change')}; whoever holds them sends them again."
            )
        if memory.held != held:
            memory.held = dict(held)
            memory.keep()

    def _read(self) -> ForeignJournal | None:
        if not self._path.parent.is_dir():
            raise FileTrouble(
                f"{self._path.parent} cannot be reached.",
                "Your changes are kept here and will be sent when it is back.",
            )
        if self._path.with_name(f"{self._path.name}-journal").exists():
            raise shape.refusal(
                self._path, "is being written by another program", "Close it there, and merge again."
            )
        return ForeignJournal.read(self._path)

    def _remember(self, mine: Journal) -> None:
        memory = Memory(self._path)
        for origin, last in mine.held().items():
            memory.held[origin] = max(last, memory.held.get(origin, 0))
        memory.keep()

    def _publish_once(self, mine: Journal) -> int | None:
        """Read, build, verify, replace, look; None where somebody else published in between."""
        theirs = self._current()
        try:
            if theirs and theirs.kind == shape.SHOP:
                self._notes.append(f"{self._path.name} is somebody's own file; it was only read.")
                return 0
            with tempfile.TemporaryDirectory(prefix="wotui-") as folder:
                draft = Path(folder) / "draft.wotui"
                sent = building.build(draft, theirs, mine, self.describe())
                if sent is None:
                    return 0
                return sent if self._put(draft, theirs, mine) else None
        except sqlite3.Error as error:
            raise connections.trouble(error, self._path) from error
        finally:
            if theirs and theirs is not self._theirs:
                theirs.close()

    def _current(self) -> ForeignJournal | None:
        """What lies there now: verified again, unless its bytes are still those of the last look."""
        if self._theirs and writing.digest_of(self._path) == self._theirs.taken.digest:
            return self._theirs
        return self._read()

    def _put(self, draft: Path, theirs: ForeignJournal | None, mine: Journal) -> bool:
        beside, digest = writing.beside(self._path, writing.pieces_of(draft), "tmp")
        try:
            if writing.digest_of(self._path) != (theirs.taken.digest if theirs else None):
                return False
            if theirs:
                keep_generation(self._path)
            writing.rename(beside, self._path)
        finally:
            writing.remove(beside)
        if writing.digest_of(self._path) == digest:
            return True
        now = self._read()
        if now is None:
            return False
        with contextlib.closing(now):
            there = now.held()
        return all(there.get(origin, 0) >= last for origin, last in mine.held().items())


def keep_generation(path: Path) -> None:
    """Keep what lies there now as `.1`, what was `.1` as `.2`, and so on; the oldest goes.

    Raises:
        OSError: it cannot be kept, so it must not be replaced.
    """
    numbered = [path.with_name(f"{path.name}.{number}") for number in range(1, GENERATIONS + 1)]
    for older, newer in zip(reversed(numbered), reversed(numbered[:-1]), strict=False):
        with contextlib.suppress(FileNotFoundError):
            os.replace(newer, older)  # noqa: PTH105
    try:
        os.link(path, numbered[0])
    except FileExistsError:
        return
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EIO}:
            raise
        copy, _ = writing.beside(numbered[0], writing.pieces_of(path), "tmp")  # FAT and SMB know no links
        writing.rename(copy, numbered[0])


def siblings(path: Path) -> list[Path]:
    """Other files of the same name that a person or a cloud folder put beside it: "(2)", "conflicted copy", "~"."""
    generations = {f"{path.name}.{number}" for number in range(1, GENERATIONS + 1)}
    try:
        names = sorted(path.parent.iterdir())
    except OSError:
        return []
    return [
        other
        for other in names
        if other.name.startswith(path.stem)
        and other.name not in {path.name, f"{path.name}.lock", *generations}
        and (path.suffix in other.name or other.name.endswith("~"))
        and other.is_file()
        and not other.is_symlink()
    ]
