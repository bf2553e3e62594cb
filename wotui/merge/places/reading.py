"""Foreign SQLite files, read without believing anything: whatever lies on a stick, our own file stays as it is.

The bytes are taken once, from a regular file that is opened without following a link and without waiting; everything
after that works on those bytes, so nothing can be swapped in between. Then the header, SQLite's own checks, the exact
schema, the rows and their digest. No SQL from the file ever runs, nothing is attached, and only plain Python values
leave this module. The settings follow https://sqlite.org/security.html ("Untrusted SQLite Database Files").
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import stat
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wotui.errors import FileTrouble
from wotui.merge.places import COLUMNS, FORMAT, Card, Change, change_of, shape

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

KEPT_IN_MEMORY = 64 << 20
"""Bytes up to which a file is taken into memory; a larger one goes to a private copy on this computer."""

_PIECE = 1 << 20
_SECONDS = 5.0
_BYTES_A_SECOND = 4 << 20  # more time for larger files: a million changes take a slow laptop a minute
_LONGEST_VALUE = 2_000_000
_LARGEST_BLOB = 64 << 20
_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: _LONGEST_VALUE,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 100_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 100,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 20,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 3,
    sqlite3.SQLITE_LIMIT_VDBE_OP: 25_000,
    sqlite3.SQLITE_LIMIT_FUNCTION_ARG: 8,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 50,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
}
_PRAGMAS = (
    "trusted_schema = OFF",
    "query_only = ON",
    "cell_size_check = ON",
    "mmap_size = 0",
    "temp_store = MEMORY",
)
_SELECT = f"SELECT {', '.join(COLUMNS)} FROM change"


@dataclass(frozen=True, slots=True)
class Taken:
    """The bytes of a file as they were at one moment: in memory, or in a private copy.

    Attributes:
        digest: BLAKE2b of all of them, to see later whether the file has changed.
        data: the bytes; None where they are in `copy`.
        copy: a private file that `discard` removes.
        head: the first 100 bytes.
    """

    digest: str
    size: int
    head: bytes
    data: bytes | None = None
    copy: Path | None = None

    def discard(self) -> None:
        """Remove the private copy."""
        if self.copy is not None:
            with contextlib.suppress(OSError):
                self.copy.unlink()


def open_regular(path: Path, largest: int) -> tuple[int, int]:
    """A descriptor of a regular file and its size in bytes; no link is followed, and no pipe is waited for.

    Raises:
        FileNotFoundError: nothing lies there.
        FileTrouble: it is no regular file, larger than `largest` bytes, or cannot be read.
    """
    flags = os.O_RDONLY
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"):
        flags |= getattr(os, name, 0)
    try:
        descriptor = os.open(path, flags)
    except FileNotFoundError:
        raise
    except OSError as error:
        why = "is a link" if path.is_symlink() else f"cannot be read ({error.strerror})"
        raise shape.refusal(path, why, "Check the place and its permissions.") from None
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise shape.refusal(path, "is not a regular file")
        if found.st_size > largest:
            raise shape.refusal(
                path, f"is too big ({found.st_size >> 20} MiB)", "A shared folder has no such limit."
            )
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor, found.st_size


def take(path: Path) -> Taken:
    """Take the bytes of a file, once.

    Raises:
        FileNotFoundError, FileTrouble: as `open_regular`; also where it fails while it is read.
    """
    descriptor, size = open_regular(path, shape.LARGEST)
    digest, pieces, total = hashlib.blake2b(digest_size=32), list[bytes](), 0
    copy: Path | None = None
    try:
        with os.fdopen(descriptor, "rb", buffering=0) as source, contextlib.ExitStack() as stack:
            target = None
            if size > KEPT_IN_MEMORY:
                handle, name = tempfile.mkstemp(prefix="wotui-", suffix=".copy")
                copy, target = Path(name), stack.enter_context(os.fdopen(handle, "wb"))
            while total <= size and (piece := source.read(_PIECE)):
                digest.update(piece)
                total += len(piece)
                if not pieces or target is None:
                    pieces.append(piece)
                if target is not None:
                    target.write(piece)
    except OSError as error:
        if copy is not None:
            copy.unlink(missing_ok=True)
        raise shape.refusal(
            path, f"cannot be read ({error.strerror})", "Try again when it is back."
        ) from None
    data = b"".join(pieces) if copy is None else None
    return Taken(digest.hexdigest(), total, b"".join(pieces)[:100], data, copy)


class ForeignJournal:
    """A verified journal in a foreign file; see `wotui.merge.places.Journal` for its methods."""

    def __init__(self, path: Path, taken: Taken) -> None:
        """Verify everything.

        Raises:
            FileTrouble: it is damaged, hostile, newer, or not wotui's.
        """
        self.path, self.taken = path, taken
        self.kind = shape.kind_by_header(path, taken.head, taken.size)
        self._connection = connection = self._open()
        deadline = time.monotonic() + _SECONDS + taken.size / _BYTES_A_SECOND
        connection.set_progress_handler(lambda: time.monotonic() > deadline, 10_000)
        try:
            self._card = self._verify()
            connection.set_progress_handler(None, 0)
        except FileTrouble:
            self.close()
            raise
        except (sqlite3.Error, UnicodeDecodeError, OverflowError, MemoryError) as error:
            self.close()
            raise shape.refusal(
                path, f"is damaged or hostile ({type(error).__name__})", shape.MOVE_AWAY
            ) from None

    @classmethod
    def read(cls, path: Path) -> ForeignJournal | None:
        """Take a file and verify it; None where nothing lies there.

        Raises:
            FileTrouble: as for the class.
        """
        try:
            return cls(path, take(path))
        except FileNotFoundError:
            return None

    def close(self) -> None:
        """Let go of the bytes."""
        self._connection.close()
        self.taken.discard()

    def card(self) -> Card:
        """Whose it is."""
        return self._card

    def held(self) -> dict[str, int]:
        """The version vector."""
        return dict(self._held)

    def changes(self, beyond: Any) -> Iterator[Change]:
        """The changes beyond a vector, by origin and number."""
        for origin, last in sorted(self._held.items()):
            if last > beyond.get(origin, 0):
                after = (origin, beyond.get(origin, 0))
                rows = self._connection.execute(f"{_SELECT} WHERE origin = ? AND seq > ? ORDER BY seq", after)
                yield from map(change_of, rows)

    def change(self, origin: str, seq: int) -> Change | None:
        """One change."""
        row = self._connection.execute(f"{_SELECT} WHERE origin = ? AND seq = ?", (origin, seq)).fetchone()
        return Change(*row) if row else None

    def blob_names(self) -> frozenset[str]:
        """The SHA-256 of every attachment."""
        return frozenset(self._blobs)

    def blobs(self, names: Collection[str]) -> Iterator[tuple[str, bytes]]:
        """The bytes of these attachments, as far as it holds them; they were compared when the file was verified."""
        for name in sorted(self._blobs & set(names)):
            row = self._connection.execute("SELECT bytes FROM blob WHERE sha256 = ?", (name,)).fetchone()
            yield name, bytes(row[0])

    def _open(self) -> sqlite3.Connection:
        if self.taken.data is not None:
            connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        else:
            assert self.taken.copy is not None
            uri = f"{self.taken.copy.absolute().as_uri()}?mode=ro&immutable=1"
            connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
        for limit, value in _LIMITS.items():
            connection.setlimit(limit, value)
        if self.kind == shape.SHOP:  # its triggers are parsed with the schema; they are deep, and never run
            connection.setlimit(sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 1000)
            connection.setlimit(sqlite3.SQLITE_LIMIT_COMPOUND_SELECT, 50)
        connection.text_factory = bytes  # decoded strictly below
        if self.taken.data is not None:
            connection.deserialize(self.taken.data)
        return connection

    def _verify(self) -> Card:
        connection = self._connection
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").fetchall()
        shape.expect_schema(self.path, self.kind, connection, self.taken.head)
        if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != b"ok":
            raise shape.refusal(self.path, "is damaged", shape.MOVE_AWAY)
        card, promised = shape.card_of(connection, self.kind)
        if card.format > FORMAT:
            raise shape.newer(self.path, card.written_by)
        self._held = shape.expect_sound_rows(self.path, connection)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST_BLOB)
        self._blobs = shape.expect_sound_blobs(self.path, connection)
        if self.kind == shape.SHOP:
            shape.expect_text(connection)
        elif shape.digest_of(connection) != promised:
            raise shape.refusal(
                self.path, "is damaged: its rows are not those that were written", shape.MOVE_AWAY
            )
        connection.text_factory = str
        return card
