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
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from wotui import __version__
from wotui.errors import FileTrouble, Refused
from wotui.merge.places import COLUMNS, FORMAT, Card, Change, shape, writing
from wotui.merge.places.courtesy import courtesy
from wotui.merge.places.reading import ForeignJournal
from wotui.store import connection as connections

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from wotui.merge.places import Journal

TRIES = 5
"""How often a publish is built anew because somebody else published meanwhile."""
GENERATIONS = 3

_INSERT = f"INSERT INTO change ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"
_FIELDS = attrgetter(*COLUMNS)


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
        try:
            writing.remove_leftovers(self._path.parent, self._path.name)
            with contextlib.ExitStack() as stack:
                if self._wait is not None:
                    note = stack.enter_context(courtesy(self._path, wait=self._wait))
                    self._notes += [note] if note else []
                for attempt in range(TRIES):
                    sent = self._publish_once(mine)
                    if sent is not None:
                        return sent
                    time.sleep(0.02 * (attempt + 1) * (1 + os.getpid() % 7))
        except OSError as error:
            raise writing.unsent(self._path, error) from error
        raise FileTrouble(
            f"{self._path} is being written by others all the time.",
            "Your changes are kept here and will be sent next time.",
        )

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

    def _publish_once(self, mine: Journal) -> int | None:
        """Read, build, verify, replace, look; None where somebody else published in between."""
        theirs = self._read()
        try:
            if theirs and theirs.kind == shape.SHOP:
                self._notes.append(f"{self._path.name} is somebody's own file; it was only read.")
                return 0
            with tempfile.TemporaryDirectory(prefix="wotui-") as folder:
                draft = Path(folder) / "draft.wotui"
                sent = build(draft, theirs, mine, self.describe())
                if sent is None:
                    return 0
                return sent if self._put(draft, theirs, mine) else None
        except sqlite3.Error as error:
            raise connections.trouble(error, self._path) from error
        finally:
            if theirs:
                theirs.close()

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


def build(draft: Path, theirs: ForeignJournal | None, mine: Journal, name: str) -> int | None:
    """Make theirs ∪ mine in a private file and verify it; gives how many changes are new, None where nothing is.

    Raises:
        Refused: the two are of different shops, or copies of one file that went on separately.
        FileTrouble: what was built does not verify.
        sqlite3.Error: it cannot be written.
    """
    held = theirs.held() if theirs else {}
    if theirs:
        expect_one_history(theirs, mine, name)
    lacking_blobs = set(mine.blob_names()) - set(theirs.blob_names() if theirs else ())
    if (
        theirs
        and not lacking_blobs
        and all(last <= held.get(origin, 0) for origin, last in mine.held().items())
    ):
        return None
    if theirs:
        pieces = (
            [theirs.taken.data]
            if theirs.taken.data is not None
            else writing.pieces_of(theirs.taken.copy or draft)
        )
        with draft.open("wb") as file:
            file.writelines(pieces)
    with contextlib.closing(sqlite3.connect(draft, isolation_level=None)) as connection:
        _write(connection, theirs is None, mine, held, lacking_blobs)
        after = connection.execute("SELECT count(*) FROM change").fetchone()[0]
    if draft.stat().st_size > shape.LARGEST:
        raise FileTrouble(f"{name} would grow too big for one file.", "Share through a folder instead.")
    built = ForeignJournal.read(draft)
    assert built is not None
    built.close()
    return after - sum(held.values())


def _write(
    connection: sqlite3.Connection, new: bool, mine: Journal, held: Mapping[str, int], blobs: Collection[str]
) -> None:
    for pragma in ("trusted_schema = OFF", "journal_mode = MEMORY", "synchronous = OFF"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    connection.execute("BEGIN")
    card = mine.card()
    if new:
        for statement in shape.SCHEMA:
            connection.execute(statement)
        connection.execute(
            "INSERT INTO meta VALUES (?, ?, ?, '')", (card.shop if card else "", FORMAT, __version__)
        )
        connection.execute(f"PRAGMA application_id = {shape.APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {FORMAT}")
    connection.executemany(_INSERT, map(_FIELDS, mine.changes(held)))
    connection.executemany("INSERT OR IGNORE INTO blob (sha256, bytes) VALUES (?, ?)", mine.blobs(blobs))
    connection.execute("UPDATE meta SET written_by = ?", (__version__,))
    connection.text_factory = bytes
    digest = shape.digest_of(connection)
    connection.execute("UPDATE meta SET digest = ?", (digest,))
    connection.execute("COMMIT")
    if connection.execute("PRAGMA freelist_count").fetchone()[0]:
        connection.execute("VACUUM")


def expect_one_history(theirs: Journal, mine: Journal, name: str) -> None:
    """The same shop, and no origin that two computers wrote: the last change that both hold must be the same.

    Raises:
        Refused: otherwise; the sentence names the origin.
    """
    other, own = theirs.card(), mine.card()
    if other and own and other.shop != own.shop:
        raise Refused(
            f"{name} belongs to another shop; nothing was written to it.", "Name this shop's own place."
        )
    there = theirs.held()
    for origin, last in mine.held().items():
        common = min(last, there.get(origin, 0))
        if common and mine.change(origin, common) != theirs.change(origin, common):
            raise Refused(
                f"This file and {name} are two copies of one file ({origin}) that went on separately;"
                " nothing was sent.",
                "Keep both. Let one of them join the shop anew (wotui join PLACE).",
            )


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
