"""The merge: changes of another journal beyond what this file holds come in, and the records follow.

One commit, all or nothing: insert the news, fold the records they touch, replay statuses, renew the search, and note
what was seen. It is a union of sets, so the order of merges cannot matter, and merging again brings nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
from functools import partial
from typing import TYPE_CHECKING, Any

from wotui.errors import FileTrouble, Problem, Refused
from wotui.merge import backup, guards, identity, together
from wotui.merge.account import MOST_RECORDS, Account, name_of
from wotui.merge.own import Own
from wotui.merge.places import COLUMNS
from wotui.store import fold, seals, vectors
from wotui.store.indexes import OPEN
from wotui.store.reading import Over
from wotui.store.reads import conflicts

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping

    from wotui.merge.places import Journal, Place
    from wotui.store.file import Shop
    from wotui.store.reading import Reads

MOST_ORDERS_IN_PERCENT = 20
MOST_DELETED = 10
FEW_ORDERS = 10
"""So few changed orders are never asked about, however few there are in all."""

_CACHE_KIB = 65_536
_OPEN_BEFORE = f"""SELECT w.id FROM temp.touched AS t CROSS JOIN work_order AS w ON w.id = t.row
    WHERE t.entity = 'work_order' AND w.{OPEN} AND w.deleted_at IS NULL"""
_INSERT = f"INSERT INTO change ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"


class _Preview(Exception):
    """Ends a commit of which nothing is to be kept."""


def merge(
    shop: Shop,
    place: Place,
    *,
    pull: bool = False,
    dry_run: bool = False,
    agreed: bool = False,
    copied: bool = False,
) -> Account:
    """Bring this file and a place together: afterwards both hold everything that either knew.

    Args:
        shop: the own file.
        place: the other side.
        pull: only read the other side.
        dry_run: say what would happen, and change nothing on either side.
        agreed: somebody has seen the preview; without it a merge that changes much is refused.
        copied: the caller has made a proven copy of the file; otherwise one is made before anything comes in.

    Raises:
        Refused: another shop's, a fork of this file, or it changes so much that somebody should look first.
        FileTrouble: a newer format, damaged, or one of the two cannot be read or written. Nothing was taken in, or,
            where only sending failed, all of it.
    """
    if not dry_run:
        identity.settle(shop)
    prepare = None if dry_run else partial(_prepare, shop, place, copied=copied)
    account = take_in(shop, place, place.describe(), dry_run=dry_run, agreed=agreed, prepare=prepare)
    if not dry_run:
        _count_questions(shop, account)
    if pull:
        account.changes_out = 0
    elif not dry_run:
        try:
            account.changes_out = place.publish(Own(shop))
        except Problem as problem:  # what came in is here, so the account of it is kept
            account.changes_out = 0
            if account.changes_in:
                account.notices.append(str(problem))
                identity.remember(shop)
                _keep(shop, account)
            raise
    account.notices += place.notes()
    if not dry_run:
        identity.remember(shop)
        _keep(shop, account)
    return account


def take_in(
    shop: Shop,
    other: Journal,
    name: str,
    *,
    dry_run: bool = False,
    agreed: bool = False,
    visiting: bool = False,
    prepare: Callable[[], None] | None = None,
) -> Account:
    """Only the first half of a merge: what the other side knows comes into this file.

    Args:
        shop: the file that receives.
        other: the journal that is read.
        name: what sentences call it.
        dry_run: undo it all at the end, and give the account.
        agreed: large changes need no further question.
        visiting: the file is somebody else's, so nothing is written in its name; its owner notes it when it is opened.
        prepare: called when the other side was looked at, before anything is changed.

    Raises:
        Refused, FileTrouble: as `merge`.
    """
    account = Account(name, dry_run=dry_run)
    card = other.card()
    if card is not None:
        guards.expect_ours(shop, card, name)
    if prepare is not None:
        prepare()
    if card is None:
        account.changes_out = sum(vectors.held(shop).values())
        return account
    with contextlib.suppress(_Preview), shop.exchange() as connection, _room(connection):
        _take_in(connection, other, account, visiting=visiting)
        if not agreed and not dry_run:
            _expect_harmless(connection, account)
        if dry_run:
            _count_questions(Over(connection), account)
            raise _Preview
    return account


@contextlib.contextmanager
def _room(connection: sqlite3.Connection) -> Generator[None]:
    """More memory for pages while many rows come in: their places in the index of records are scattered."""
    pages = connection.execute("PRAGMA cache_size").fetchone()[0]
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA cache_size = {pages}")


def _take_in(connection: sqlite3.Connection, other: Journal, account: Account, *, visiting: bool) -> None:
    reads = Over(connection)
    mine, theirs = vectors.held(reads), other.held()
    account.changes_out = sum(max(0, last - theirs.get(origin, 0)) for origin, last in mine.items())
    guards.expect_no_fork(reads, other, mine, theirs, account.place)
    news = {origin: mine.get(origin, 0) for origin, last in theirs.items() if last > mine.get(origin, 0)}
    with fold.touched(connection, news):
        _insert(connection, other, mine, account.place)
        guards.expect_sound(connection, news, account.place)
        now = vectors.held(reads)
        if {**mine, **{origin: theirs[origin] for origin in news}} != now:
            raise FileTrouble(
                f"{account.place} does not hold what it says; nothing was merged.", "Merge again later."
            )
        account.changes_in = sum(now[origin] - before for origin, before in news.items())
        open_before = {str(row) for (row,) in connection.execute(_OPEN_BEFORE)}
        for folded in fold.fold(connection):
            told = len(account.lines) < MOST_RECORDS
            account.note(folded, name_of(reads, folded.entity, folded.row) if told else "")
            account.orders_changed += folded.entity == "work_order" and folded.row in open_before
        account.notices += together.landed_hours(reads) + together.parted_steps(reads)
    _take_blobs(connection, other)
    if not visiting and news:
        identity.note_seen(connection)
        account.notices += [sentence for sentence in (identity.part_letters(connection),) if sentence]
        account.notices += together.stop_earlier_timers(connection)


def _insert(connection: sqlite3.Connection, other: Journal, mine: Mapping[str, int], name: str) -> None:
    places = {entity: place for place, entity in enumerate(fold.columns(connection))}
    changes = guards.passing(other.changes(mine), mine, name, partial(fold.touch, connection, places))
    try:
        connection.executemany(_INSERT, changes)
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError, UnicodeEncodeError, OverflowError):
        raise guards.not_a_journal(name, "twice, or of the wrong type") from None


def _count_questions(reads: Reads, account: Account) -> None:
    open_questions = conflicts.derive(reads)
    account.duplicates = sum(question.kind == "duplicate" for question in open_questions)
    account.conflicts = len(open_questions) - account.duplicates


def _take_blobs(connection: sqlite3.Connection, other: Journal) -> None:
    wanted = {
        str(name)
        for (name,) in connection.execute(
            "SELECT DISTINCT sha256 FROM attachment"
            " WHERE sha256 IS NOT NULL AND sha256 NOT IN (SELECT sha256 FROM blob)"
        )
    }
    there = wanted & set(other.blob_names()) if wanted else set[str]()
    if not there:
        return
    for name, content in other.blobs(there):
        if hashlib.sha256(content).hexdigest() == name:
            connection.execute("INSERT OR IGNORE INTO blob (sha256, bytes) VALUES (?, ?)", (name, content))


def _expect_harmless(connection: sqlite3.Connection, account: Account) -> None:
    """Ask before a merge that changes much: absence is never deletion, and a mistake elsewhere need not spread."""
    orders = connection.execute(
        f"SELECT count(*) FROM work_order WHERE {OPEN} AND deleted_at IS NULL"
    ).fetchone()[0]
    many = (
        account.orders_changed > FEW_ORDERS and account.orders_changed * 100 > orders * MOST_ORDERS_IN_PERCENT
    )
    if many or account.records_deleted > MOST_DELETED:
        what = (
            f"change {account.orders_changed} open orders"
            if many
            else f"take away {account.records_deleted} records"
        )
        raise Refused(
            f"Merging {account.place} would {what}; nothing was merged yet.",
            "Look at it first (--dry-run), then merge with --yes.",
        )


def _prepare(shop: Shop, place: Place, *, copied: bool) -> None:
    """Before the first change of a merge: the history that goes out is what was sealed, and a proven copy is kept.

    Raises:
        FileTrouble: the history was changed, or no copy can be made.
    """
    mine, theirs = vectors.held(shop), place.held()
    outgoing = {origin for origin, last in mine.items() if last > theirs.get(origin, 0)}
    if outgoing:
        with shop.exchange() as connection:
            guards.expect_sealed(connection, outgoing)
    if not copied and any(last > mine.get(origin, 0) for origin, last in theirs.items()):
        backup.make(shop.path, "merge")


def _keep(shop: Shop, account: Account) -> None:
    """Keep the account under Merge → history; merges that brought and sent nothing leave no trace."""
    if not (account.changes_in or account.changes_out or account.notices):
        return
    with shop.exchange() as connection:
        connection.execute(
            "INSERT INTO merged (at, place, account) VALUES (?, ?, ?)",
            (account.at, account.place, json.dumps(account.document())),
        )
        seals.extend(connection)


def accounts(shop: Shop) -> list[dict[str, Any]]:
    """The accounts of earlier merges, newest first, as `Account.document` gives them."""
    return [
        json.loads(text) for (text,) in shop.rows("SELECT account FROM merged ORDER BY number DESC LIMIT 200")
    ]
