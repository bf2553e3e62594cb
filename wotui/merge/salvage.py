"""What can still be read of a damaged file: its journal, change by change, and a file made anew of it.

Nothing that is read here is believed to be complete. Of each origin the changes are taken from the first one that is
asked for up to the first that is missing or cannot be read, so that no gap ever arises; the merge looks at each of them
as at any stranger's.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from typing import TYPE_CHECKING

from wotui import __version__
from wotui.errors import Damaged, FileTrouble
from wotui.merge import engine, guards, identity
from wotui.merge.places import COLUMNS, FORMAT, Card, Change
from wotui.store.file import Shop
from wotui.store.new_file import make_empty

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from wotui.merge.account import Account

_SELECT = f"SELECT {', '.join(COLUMNS)} FROM change WHERE origin = ? AND seq = ?"
_NEXT = "SELECT min(origin) FROM change WHERE origin > ?"


class Salvage:
    """The journal of a file that may be damaged; see `wotui.merge.places.Journal`. The file is only read.

    Args:
        path: the file.
        shop: the shop that it is taken for where it does not say any more.
        known: origins that are looked for even where the file's own list of them is torn, with the last number held.
    """

    def __init__(self, path: Path, shop: str = "", known: Mapping[str, int] | None = None) -> None:
        self._connection = _open(path)
        self._known = dict(known or {})
        self._shop = str(self._value("SELECT shop FROM me") or shop)
        self._held: dict[str, int] | None = None

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def card(self) -> Card | None:
        """Whose it is; None where nothing says so."""
        return Card(self._shop, FORMAT, __version__) if self._shop else None

    def held(self) -> Mapping[str, int]:
        """Origin → the last change that can be read without a gap from what was already known."""
        if self._held is None:
            self._held = {}
            for origin in sorted(self._origins() | self._known.keys()):
                last = start = self._known.get(origin, 0)
                while self.change(origin, last + 1) is not None:
                    last += 1
                if last > start or (start and self.change(origin, start) is not None):
                    self._held[origin] = last
        return self._held

    def changes(self, beyond: Mapping[str, int]) -> Iterator[Change]:
        """The changes beyond a vector, by origin and number, up to the first that cannot be read."""
        for origin, last in sorted(self.held().items()):
            for seq in range(beyond.get(origin, 0) + 1, last + 1):
                change = self.change(origin, seq)
                if change is not None:
                    yield change

    def change(self, origin: str, seq: int) -> Change | None:
        """One change; None where it is missing, unreadable, or not what a journal holds."""
        row = self._row(_SELECT, (origin, seq))
        if row is None:
            return None
        change = Change._make(row)
        return change if guards.is_sound(change, set()) else None

    def count(self) -> int:
        """How many changes the file says that it holds, readable or not; 0 where it cannot say."""
        found = self._value("SELECT count(*) FROM change")
        return found if isinstance(found, int) else 0

    def blob_names(self) -> Collection[str]:
        """The SHA-256 of every attachment that is listed."""
        try:
            return frozenset(str(name) for (name,) in self._connection.execute("SELECT sha256 FROM blob"))
        except sqlite3.Error:
            return frozenset()

    def blobs(self, names: Collection[str]) -> Iterator[tuple[str, bytes]]:
        """The bytes of these attachments, as far as they can be read and are what their name says."""
        for name in sorted(names):
            content = self._value("SELECT bytes FROM blob WHERE sha256 = ?", (name,))
            if isinstance(content, bytes) and hashlib.sha256(content).hexdigest() == name:
                yield name, content

    def _origins(self) -> set[str]:
        found, last = set[str](), ""
        while isinstance(origin := self._value(_NEXT, (last,)), str) and origin > last:
            found.add(origin)
            last = origin
        return found

    def _row(self, sql: str, parameters: tuple[object, ...] = ()) -> tuple[object, ...] | None:
        try:
            return self._connection.execute(sql, parameters).fetchone()
        except (sqlite3.Error, UnicodeDecodeError, OverflowError):
            return None

    def _value(self, sql: str, parameters: tuple[object, ...] = ()) -> object:
        row = self._row(sql, parameters)
        return row[0] if row else None


def rebuild(damaged: Path, target: Path) -> Account:
    """Make a new file out of what can be read of another one's history: records, statuses and search follow from it.

    The new file writes under a name of its own. What has no history (drafts, what undo knew, backups' seals) is not
    carried over. The other file is only read.

    Returns:
        The account of what came in.

    Raises:
        Damaged: nothing can be read, not even whose it was.
        FileTrouble: something lies at `target` already, or it cannot be written. Then nothing was made.
    """
    with contextlib.closing(Salvage(damaged)) as journal:
        card = journal.card()
        if card is None or not journal.held():
            raise Damaged(
                f"Nothing can be read of {damaged} any more; no copy was made.",
                "Restore a backup: `wotui backups` lists them.",
            )
        make_empty(target, shop=card.shop, letter="A")
        try:
            with Shop.open(target) as shop:
                account = engine.take_in(shop, journal, damaged.name, agreed=True, visiting=True)
                with shop.exchange() as connection:
                    identity.take_new_origin(connection)
                account.changes_out = 0
        except BaseException:
            target.unlink(missing_ok=True)
            raise
    return account


def bring_back(shop: Shop, damaged: Path) -> Account | None:
    """Take into a shop what a damaged file of it still tells beyond; None where that is nothing.

    Raises:
        FileTrouble: the shop's file cannot be written.
    """
    from wotui.store import vectors

    with contextlib.closing(
        Salvage(damaged, str(shop.value("SELECT shop FROM me")), vectors.held(shop))
    ) as journal:
        try:
            account = engine.take_in(shop, journal, damaged.name, agreed=True)
        except FileTrouble:
            return None
        account.changes_out = 0
        return account if account.changes_in else None


def _open(path: Path) -> sqlite3.Connection:
    """Read only and as it lies there: nothing rolls back into a file that is evidence."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro&immutable=1",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
    )
    with contextlib.suppress(sqlite3.Error):
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
    return connection
