"""Another copy of this shop's own file, `shop.wotui`, as a place: its journal is read, its tables are not.

Read from a private copy in memory that was checked first, never in place. Written like any shop's file: opened, and
merged into; its owner's origin stays untouched, and the owner notes what came in when the file is opened next.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
from typing import TYPE_CHECKING

from wotui.errors import FileTrouble
from wotui.merge import engine
from wotui.merge.own import Own
from wotui.merge.places import FORMAT, Card
from wotui.store import connection as connections
from wotui.store import journal, migrations
from wotui.store.file import Shop
from wotui.store.reading import Over

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from wotui.merge.places import Change, Journal

LARGEST = 2_000_000_000
_SECONDS_OF_WORK = 20_000_000  # steps of SQLite's machine between two looks, times the looks: about a minute
_READ = ("change", "me", "blob", "change_of_row")


class ShopFile:
    """A place that is a whole shop's file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = _private_copy(path)
        self._own = Own(Over(self._connection))

    def describe(self) -> str:
        """The path."""
        return str(self.path)

    def card(self) -> Card:
        """Whose it is; its format is that of the journal, which every version so far shares."""
        return Card(self._own.card().shop, FORMAT, "")

    def held(self) -> Mapping[str, int]:
        """The version vector."""
        return self._own.held()

    def changes(self, beyond: Mapping[str, int]) -> Iterator[Change]:
        """The changes beyond a vector.

        Raises:
            FileTrouble: its pages say something else than they should.
        """
        try:
            yield from self._own.changes(beyond)
        except sqlite3.Error as error:
            raise connections.trouble(error, self.path) from error

    def change(self, origin: str, seq: int) -> Change | None:
        """One change."""
        return self._own.change(origin, seq)

    def blob_names(self) -> Collection[str]:
        """The attachments whose bytes it holds."""
        return self._own.blob_names()

    def blobs(self, names: Collection[str]) -> Iterator[tuple[str, bytes]]:
        """The bytes of these attachments."""
        yield from self._own.blobs(names)

    def publish(self, mine: Journal) -> int:
        """Merge the other way round, into that file.

        Raises:
            FileTrouble: it cannot be written.
        """
        with Shop.open(self.path) as shop:
            sent = engine.take_in(shop, mine, "this file", agreed=True, visiting=True)
        return sent.changes_in

    def notes(self) -> tuple[str, ...]:
        """Nothing to say."""
        return ()

    def close(self) -> None:
        """Let go of the private copy."""
        self._connection.close()


def _private_copy(path: Path) -> sqlite3.Connection:
    """The file in memory, its pages checked and its journal's tables as this wotui declares them.

    Raises:
        FileTrouble: anything else.
    """
    content = _bytes_of(path)
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        connection.deserialize(content)
        connection.execute("PRAGMA query_only = ON")
        _expect_sound(connection, path)
    except sqlite3.Error as error:
        connection.close()
        raise FileTrouble(f"{path} is damaged; nothing of it was read.", "Merge another copy.") from error
    except BaseException:
        connection.close()
        raise
    return connection


def _bytes_of(path: Path) -> bytes:
    flags = (
        os.O_RDONLY
        | getattr(os, "O_NOFOLLOW", 0)
        | getattr(os, "O_NONBLOCK", 0)
        | getattr(os, "O_CLOEXEC", 0)
    )
    try:
        descriptor = os.open(path, flags)
        with os.fdopen(descriptor, "rb") as file:
            there = os.fstat(file.fileno())
            if not stat.S_ISREG(there.st_mode) or there.st_size > LARGEST:
                raise FileTrouble(
                    f"{path} is not a file that wotui reads.", "Name a shop's file of up to 2 GB."
                )
            content = file.read(LARGEST)
    except OSError as error:
        raise FileTrouble(
            f"{path} cannot be read: {error.strerror}.",
            "Your changes are kept here and go out when it is back.",
        ) from None
    with contextlib.suppress(OSError):
        if path.with_name(f"{path.name}-journal").stat().st_size:
            raise FileTrouble(f"{path} is being written, nothing was merged.", "Try again in a moment.")
    ours = connections.APPLICATION_ID.to_bytes(4, "big")
    if not content.startswith(b"SQLite format 3\0") or content[68:72] != ours:
        raise FileTrouble(f"{path} is not a wotui file.", "Name a shop's file or a shared folder.")
    version = int.from_bytes(content[60:64], "big")
    if version > migrations.SCHEMA_VERSION:
        raise FileTrouble(
            f"{path} was made by a newer wotui (format {version}); it was left as it is.",
            "Please update wotui.",
        )
    return content


def _expect_sound(connection: sqlite3.Connection, path: Path) -> None:
    budget = iter(range(600))
    connection.set_progress_handler(lambda: next(budget, None) is None, _SECONDS_OF_WORK)
    declared = {
        name: " ".join(sql.split())
        for sql in journal.LOCAL_TABLES
        for name in _READ
        if sql.startswith((f"CREATE TABLE {name} ", f"CREATE INDEX {name} "))
    }
    held = {
        str(name): " ".join(str(sql).split())
        for name, sql in connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE name IN ('change', 'me', 'blob', 'change_of_row')"
        )
    }
    if held.get("change") != declared["change"] or held.get("change_of_row") != declared["change_of_row"]:
        raise FileTrouble(
            f"{path} does not hold a journal as wotui writes it; nothing of it was read.", "Ask whose it is."
        )
    if not {"me", "blob"} <= held.keys() or not all(
        sql.startswith("CREATE TABLE") for sql in (held["me"], held["blob"])
    ):
        raise FileTrouble(f"{path} is not a whole shop's file; nothing of it was read.", "Ask whose it is.")
    if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
        raise FileTrouble(f"{path} is damaged; nothing of it was read.", "Merge another copy.")
