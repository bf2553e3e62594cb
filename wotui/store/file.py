"""One shop, one file: open it, read it, change it in transactions.

Reads run on a connection of the calling thread; writes take the process's write lock and `BEGIN IMMEDIATE`.
A change is *confirmed* when COMMIT has returned with `synchronous=EXTRA`.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from wotui import clock, text
from wotui.domain.identity import same_id
from wotui.errors import Damaged, FileTrouble, Refused
from wotui.store import connection as connections
from wotui.store import migrations, search
from wotui.store.people import Acting, acting

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping
    from datetime import date
    from pathlib import Path

    from wotui.store.reading import Parameters
    from wotui.store.transaction import Transaction as OneTransaction

SETTING_DEFAULTS: Mapping[str, str] = {
    "shop.name": "",
    "shop.zone": "UTC",
    "shop.currency": "USD",
    "payroll.workweek_start": "sunday",
    "payroll.schedule": "weekly",
    "payroll.anchor": "",
    "payroll.rule_set": "us-flsa",
    "payroll.rounding": "none",
    "contractors.required_documents": "*=liability_insurance",
    "calendar.working_days": "mon,tue,wed,thu,fri",
}
"""Settings of the shop that always have a value; they live in the file and are shared."""

_LITTLE_KIB = 500
"""SQLite would keep 2 MB a connection, which is a third of what the screen needs beyond Textual."""
_NEWEST_ACT = "SELECT act FROM me"


class Shop:
    """An open shop file.

    Attributes:
        path: where it lies.
        read_only: nothing can be changed, and why is in `read_only_reason`.
        acting: who acts; None while nobody is named.
    """

    def __init__(self, path: Path, *, read_only: bool, reason: str = "") -> None:
        self.path = path
        self.read_only = read_only
        self.read_only_reason = reason
        self.acting: Acting | None = None
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._writing = threading.RLock()
        self._together = False
        self._inode = path.stat().st_ino

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Shop:
        """Open a file, bringing an older one up to date.

        Raises:
            FileTrouble: missing, empty, damaged, not a wotui file, of a newer version, or unreadable; it is
            untouched.
        """
        _expect_file(path)
        reason = "it is open elsewhere, or you asked for --read-only" if read_only else _why_read_only(path)
        shop = cls(path, read_only=bool(reason), reason=reason)
        try:
            migrations.bring_up_to_date(shop._connection(), path, read_only=shop.read_only)
        except sqlite3.Error as error:
            shop.close()
            raise connections.trouble(error, path) from error
        except FileTrouble:
            shop.close()
            raise
        return shop

    def close(self) -> None:
        """Close every connection; closed means closed, so that the file can be replaced."""
        for connection in self._connections:
            connection.close()
        self._connections.clear()
        self._local = threading.local()

    def __enter__(self) -> Shop:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # reading

    def rows(self, sql: str, parameters: Parameters = ()) -> list[tuple[Any, ...]]:
        """Every row of the answer, as committed.

        Raises:
            FileTrouble: the file cannot be read.
        """
        try:
            return self._connection().execute(sql, parameters).fetchall()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.ProgrammingError) or connections.is_a_bug(error):
                raise
            raise connections.trouble(error, self.path) from error

    def one(self, sql: str, parameters: Parameters = ()) -> tuple[Any, ...] | None:
        """The first row, or None."""
        rows = self.rows(sql, parameters)
        return rows[0] if rows else None

    def value(self, sql: str, parameters: Parameters = ()) -> Any:
        """The first column of the first row, or None."""
        row = self.one(sql, parameters)
        return row[0] if row else None

    def setting(self, name: str) -> str:
        """A setting of the shop, or its default; empty where it has neither."""
        value = self.value(
            "SELECT value FROM setting WHERE id = ? AND deleted_at IS NULL", (same_id("setting", name),)
        )
        return value if value is not None else SETTING_DEFAULTS.get(name, "")

    @property
    def zone(self) -> ZoneInfo:
        """The shop's zone; every date people plan by is a date there.

        Raises:
            FileTrouble: this computer does not know the zone.
        """
        name = self.setting("shop.zone")
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            raise FileTrouble(
                f"This computer does not know the shop's time zone {name}.",
                "Install tzdata, or mend it: wotui settings shop.zone.",
            ) from None

    def today(self) -> date:
        """The civil date in the shop's zone."""
        return clock.today(self.zone)

    def data_version(self) -> int:
        """A number that changes when another connection or process has written to the file."""
        return self.value("PRAGMA data_version")

    def position(self) -> tuple[object, ...]:
        """How far the records have come: it changes with every change and every merge, not with drafts or tokens."""
        return self.rows(
            "SELECT (SELECT max(seq) FROM change WHERE origin = me.origin), (SELECT max(number) FROM merged) FROM me"
        )[0]

    def keep_little(self) -> None:
        """Let this thread's connection keep few pages; the system keeps them, too."""
        self.rows(f"PRAGMA cache_size = -{_LITTLE_KIB}")

    # acting

    def act_as(self, initials: str) -> Acting:
        """Name who acts from now on.

        Raises:
            NotFound: nobody active has these initials.
        """
        self.acting = acting(self, initials)
        return self.acting

    def require(self, what: str, *roles: str) -> None:
        """Refuse unless the acting person has one of the roles; while nobody is named, every role is open.

        Raises:
            Refused: names the person, what it takes and the way out.
        """
        if self.acting is None or self.acting.roles & set(roles):
            return
        raise Refused(
            f"{self.acting.name} may not {what}: it takes the role {text.listed(list(roles), 'or')}.",
            "Act as somebody else (--as INITIALS), or give the role with `wotui edit INITIALS roles=ROLE,ROLE`.",
        )

    def somebody(self) -> Acting:
        """Who acts, for what cannot be done by nobody (a timer, a signature).

        Raises:
            Refused: nobody is named.
        """
        if self.acting is None:
            raise Refused(
                "Nobody is named as acting.",
                "Say who you are: --as INITIALS, or `wotui settings me INITIALS`.",
            )
        return self.acting

    # writing

    @contextmanager
    def transaction(self, *, kind: str = "do") -> Generator[OneTransaction]:
        """One action: everything inside is committed together, or nothing is.

        Args:
            kind: `do` for what undo can take back, `final` for what it must refuse, `setup` for what it passes
                over, `undo` and `redo` for those two.

        Raises:
            FileTrouble: read-only, moved away, busy, disk full or failing; nothing was changed.
        """
        from wotui.store.transaction import Transaction  # who only reads does without

        with self._commit() as connection:
            transaction = Transaction(connection, self.acting, kind)
            yield transaction
            transaction.finish()

    @contextmanager
    def together(self) -> Generator[None]:
        """Many actions that reach the disk with one commit, or not at all; each stays an act of its own.

        For the making of a whole file (the demo), where a slow disk would wait for hundreds of commits.

        Raises:
            FileTrouble: as `transaction`.
        """
        with self._commit():
            self._together = True
            try:
                yield
            finally:
                self._together = False

    @contextmanager
    def exchange(self) -> Generator[sqlite3.Connection]:
        """A commit below the level of acts, all or nothing: for a merge, and for what this file is called in journals.

        Raises:
            FileTrouble: as `transaction`.
        """
        with self._commit() as connection:
            yield connection
            search.refresh(connection)

    @contextmanager
    def _commit(self) -> Generator[sqlite3.Connection]:
        if self.read_only:
            raise FileTrouble(
                f"{self.path.name} is open for reading only: {self.read_only_reason}.", "Nothing was changed."
            )
        with self._writing:
            try:
                connection = self._connection()
            except sqlite3.Error as error:  # a disk that failed a moment ago may still fail
                raise connections.trouble(error, self.path) from error
            if self._together:
                yield connection
                return
            before: tuple[int] | None = None
            try:
                connection.execute("BEGIN IMMEDIATE")
                self._expect_same_file()  # now that we have waited for whoever was writing, or restoring
                before = connection.execute(_NEWEST_ACT).fetchone()
                yield connection
                connection.execute("COMMIT")
            except sqlite3.Error as error:
                _roll_back(connection)
                if connections.is_a_bug(error):
                    raise
                raise self._failed(error, before) from error
            except BaseException:
                _roll_back(connection)
                raise

    def _failed(self, error: sqlite3.Error, before: tuple[int] | None) -> FileTrouble:
        """What to say of a transaction that failed: a COMMIT can fail after its last step, and then it is there."""
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code not in {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL}:
            return connections.trouble(error, self.path)
        self._forget_connection()  # what it holds in memory cannot be trusted any more
        try:
            if before is None or self._connection().execute(_NEWEST_ACT).fetchone() == before:
                return connections.trouble(error, self.path)
        except sqlite3.Error:
            return connections.trouble(error, self.path)
        return FileTrouble(
            f"It is done, but the disk failed on {self.path.name} at the very end: a power cut could still undo it.",
            "Check the disk, and look before you do it again.",
        )

    def in_transaction(self) -> bool:
        """Whether this thread has a transaction open; nothing may be awaited while it has."""
        return self._connection().in_transaction

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            self._expect_same_file()  # another thread may come to a file that was moved away since
            connection = connections.connect(self.path, read_only=self.read_only)
            self._local.connection = connection
            self._connections.append(connection)
        return connection

    def _forget_connection(self) -> None:
        connection = self._local.connection
        self._connections.remove(connection)
        connection.close()
        del self._local.connection

    def _expect_same_file(self) -> None:
        try:
            same = self.path.stat().st_ino == self._inode
        except OSError:
            same = False
        if not same:
            raise FileTrouble(
                f"{self.path} was moved or replaced while it was open; nothing was changed.",
                "Quit, put the file back, and start again.",
            )


def _expect_file(path: Path) -> None:
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        raise Damaged(
            f"There is no shop file at {path}.",
            "Make one with `wotui init`, look around with `wotui demo`, or name one with --db.",
            path,
        ) from None
    except OSError as error:
        raise FileTrouble(
            f"{path} cannot be opened: {error.strerror}.", "Check the path and its permissions."
        ) from None
    if not path.is_file():
        raise FileTrouble(f"{path} is not a file.", "Name the shop's file with --db.")
    if size == 0:
        raise Damaged(
            f"{path} is damaged: it is empty. It was left as it is.",
            "`wotui backups` lists the copies to restore from.",
            path,
        )


def _why_read_only(path: Path) -> str:
    if not os.access(path, os.W_OK):
        return "you may not write to the file"
    if not os.access(path.parent, os.W_OK):
        return "its folder cannot be written"  # the rollback journal lies beside the file
    return ""


def _roll_back(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:
        connection.execute("ROLLBACK")
