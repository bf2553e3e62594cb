"""What a journal in a SQLite file looks like, to the byte: the shared file's format, and how a file is held to it.

A shared file is the journal and nothing else: `meta` (one row), `change`, `blob`. Its `application_id` is `wotj`, its
`user_version` the format of the journal, its schema exactly `SCHEMA`, its digest the BLAKE2b over all rows in the order
of their keys. A shop's own file (`wotu`) is read for the same two tables, where its schema is the known one.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from contextlib import closing
from functools import cache
from typing import TYPE_CHECKING

from wotui.errors import FileTrouble
from wotui.merge.places import FORMAT, Card
from wotui.store import connection as connections
from wotui.store.migrations import SCHEMA_VERSION
from wotui.store.soundness import table_parts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

JOURNAL, SHOP = "journal", "shop"
APPLICATION_ID = 0x776F746A  # "wotj"

SCHEMA = (
    "CREATE TABLE meta (shop TEXT NOT NULL, format INTEGER NOT NULL, written_by TEXT NOT NULL,"
    " digest TEXT NOT NULL) STRICT",
    "CREATE TABLE change (origin TEXT NOT NULL, seq INTEGER NOT NULL, t INTEGER NOT NULL, at INTEGER, actor TEXT,"
    " act INTEGER, entity TEXT NOT NULL, row TEXT NOT NULL, patch TEXT NOT NULL, PRIMARY KEY (origin, seq))"
    " STRICT, WITHOUT ROWID",
    "CREATE TABLE blob (sha256 TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT",
)
"""The whole schema of a shared file; `meta` stays the same in every format, so that a newer one can be named."""

LARGEST = 2 << 30
"""Bytes of the largest file that is looked at or made."""

MOVE_AWAY = "Move it away and merge again: whoever still holds its changes brings them back."

_MAGIC = b"SQLite format 3\0"
_LINE = b"%b\t%d\t%d\t%a\t%b\t%a\t%b\t%b\t%b\n"
_ROWS = "SELECT origin, seq, t, at, ifnull(actor, char(0)), act, entity, row, patch FROM change ORDER BY origin, seq"
_ROWS_AT_ONCE = 2000
_UNSOUND = """SELECT count(*) FROM change WHERE length(origin) IS NOT 8 OR origin GLOB '*[^a-z2-7]*'
    OR seq NOT BETWEEN 1 AND 9007199254740991 OR instr(entity || origin, char(0)) OR length(entity) NOT BETWEEN 1 AND 64
    OR entity GLOB '*[^a-z0-9_]*'
    OR length(row) NOT BETWEEN 1 AND 200 OR instr(row, char(0)) OR length(actor) > 200 OR instr(actor, char(0))
    OR substr(patch, 1, 1) IS NOT '{'"""


def refusal(path: Path, why: str, way_out: str = "") -> FileTrouble:
    """The sentence for what is not believed."""
    return FileTrouble(f"{path} {why}; nothing of it was believed, and it was left as it is.", way_out)


def newer(path: Path, written_by: str) -> FileTrouble:
    """The refusal of a newer format."""
    return FileTrouble(
        f"{path} was made by {written_by}, which is newer than this one; it was left as it is.",
        "Please update wotui.",
    )


def kind_by_header(path: Path, head: bytes, size: int) -> str:
    """`JOURNAL` or `SHOP`, told by the first 100 bytes alone (https://sqlite.org/fileformat.html section 1.3).

    Raises:
        FileTrouble: empty, not wotui's, or the header contradicts itself.
    """
    if not size:
        raise refusal(path, "is damaged: it is empty", MOVE_AWAY)
    kinds = {APPLICATION_ID: JOURNAL, connections.APPLICATION_ID: SHOP}
    if len(head) < 100 or not head.startswith(_MAGIC) or _number(head, 68) not in kinds:
        raise refusal(path, "is not a wotui file")
    kind = kinds[_number(head, 68)]
    if head[18:20] == b"\2\2":
        raise refusal(path, "was left open by another program", "Open it once with wotui where it belongs.")
    page = int.from_bytes(head[16:18], "big")
    page = 65536 if page == 1 else page
    sound = (
        page >= 512
        and page & (page - 1) == 0
        and head[18:24] == bytes((1, 1, 0, 64, 32, 32))
        and _number(head, 24) == _number(head, 92)
        and _number(head, 28) * page == size
        and _number(head, 44) == 4
        and _number(head, 52) == 0
        and _number(head, 56) == 1
        and head[72:92] == bytes(20)
        and (kind == SHOP or (head[32:40] == bytes(8) and _number(head, 64) == 0))
    )
    if not sound:
        raise refusal(path, "is damaged: its size or its header is not what it should be", MOVE_AWAY)
    return kind


def expect_schema(path: Path, kind: str, connection: sqlite3.Connection, head: bytes) -> None:
    """Refuse a file that has one table, index, view or trigger too many, too few or different.

    Raises:
        FileTrouble: it is newer, older than can be read, or not what wotui makes.
        sqlite3.Error: the schema cannot be read at all.
    """
    found = frozenset(connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema").fetchall())
    version, known = _number(head, 60), FORMAT if kind == JOURNAL else SCHEMA_VERSION
    if version > known:
        raise newer(
            path, f"a wotui of format {version}" if kind == SHOP else _author(connection, found, version)
        )
    if found == _known_schema(kind) or (kind == SHOP and _is_of_a_shop(found, older=version < known)):
        return
    raise refusal(path, "has tables that wotui does not make", MOVE_AWAY if kind == JOURNAL else "")


_PLAIN_INDEX = re.compile(rb"CREATE (UNIQUE )?INDEX \w+ ON \w+ ?\([\w, ]+\)( WHERE [^()]*(\([^()]*\))?)?\Z")


def _is_of_a_shop(found: frozenset[tuple[bytes | None, ...]], *, older: bool) -> bool:
    """Whether a shop's file holds nothing but what this wotui or, where the file is older, one before it makes.

    A file that was brought up to date has the columns that came later at the end of its tables. An older one may lack
    tables and columns, and its triggers may read otherwise: they are never run. More than ours it never has.
    """
    known = {(kind, name): sql for kind, name, _, sql in _known_schema(SHOP)}
    there = {(kind, name): sql for kind, name, _, sql in found}
    if not older and there.keys() != known.keys():
        return False
    for key, sql in there.items():
        pattern = known.get(key)
        if key not in known and not (older and key[0] in {b"trigger", b"index"}):
            return False
        if sql == pattern or (older and key[0] == b"trigger"):
            continue
        if sql is None or (key[0] == b"index" and not (older and _PLAIN_INDEX.match(sql))):
            return False
        if key[0] == b"table" and not (pattern and _is_table(sql, pattern, older=older)):
            return False
        if key[0] not in {b"table", b"index"}:
            return False
    return {b"change", b"me", b"blob"} <= {name for kind, name in there if kind == b"table"}


def _is_table(sql: bytes, pattern: bytes, *, older: bool) -> bool:
    """The same columns in any order; in an older file possibly fewer of them."""
    if not sql.startswith(b"CREATE TABLE"):
        return False
    there, known = (table_parts(each.decode()) for each in (sql, pattern))
    if there[:2] != known[:2]:
        return False
    return set(there) <= set(known) if older else there == known


def card_of(connection: sqlite3.Connection, kind: str) -> tuple[Card, str]:
    """Whose it is, and the digest that it promises (empty in a shop's own file)."""
    sql = (
        "SELECT shop, format, written_by, digest FROM meta"
        if kind == JOURNAL
        else f"SELECT shop, {FORMAT}, x'', x'' FROM me"
    )
    rows = connection.execute(sql).fetchall()
    if len(rows) != 1:
        raise sqlite3.DatabaseError("one row expected")
    shop, format_, written_by, digest = rows[0]
    if not isinstance(format_, int):
        raise sqlite3.DatabaseError("a number expected")
    return Card(_short(shop), format_, _short(written_by)), _short(digest)


def expect_sound_rows(path: Path, connection: sqlite3.Connection) -> dict[str, int]:
    """The version vector, where every change looks like one and no origin has a gap.

    Raises:
        FileTrouble: one is not.
    """
    if connection.execute(_UNSOUND).fetchone()[0]:
        raise refusal(path, "holds a change that no wotui wrote", MOVE_AWAY)
    vector: dict[str, int] = {}
    for origin, first, last, count in connection.execute(
        "SELECT origin, min(seq), max(seq), count(*) FROM change GROUP BY origin"
    ):
        if first != 1 or last != count:
            raise refusal(path, f"lacks changes of {origin.decode()}", MOVE_AWAY)
        vector[origin.decode()] = last
    return vector


def expect_sound_blobs(path: Path, connection: sqlite3.Connection) -> frozenset[str]:
    """The names of the attachments, each compared with its bytes.

    Raises:
        FileTrouble: one differs.
    """
    names: set[str] = set()
    for name, content in connection.execute("SELECT sha256, bytes FROM blob"):
        if hashlib.sha256(content).hexdigest().encode() != name:
            raise refusal(path, "is damaged: an attachment is not what it was", MOVE_AWAY)
        names.add(name.decode())
    return frozenset(names)


def digest_of(connection: sqlite3.Connection, *, strict: bool = True) -> str:
    """BLAKE2b-256 over the card, every change and the name of every attachment, in the order of their keys.

    Args:
        connection: one that gives text as bytes.
        strict: look whether it is text at all.

    Raises:
        UnicodeDecodeError: a text is not UTF-8.
    """
    digest = hashlib.blake2b(digest_size=32)
    for row in connection.execute("SELECT shop, format, written_by FROM meta"):
        digest.update(b"%b\t%d\t%b\n" % row)
    for chunk in _chunks(connection):
        if strict:
            chunk.decode("utf-8")
        digest.update(chunk)
    for (name,) in connection.execute("SELECT sha256 FROM blob ORDER BY sha256"):
        digest.update(name + b"\n")
    return digest.hexdigest()


def expect_text(connection: sqlite3.Connection) -> None:
    """Refuse changes whose text is not UTF-8, where there is no digest to compare.

    Raises:
        UnicodeDecodeError: one is not.
    """
    for chunk in _chunks(connection):
        chunk.decode("utf-8")


def _chunks(connection: sqlite3.Connection) -> Iterator[bytes]:
    cursor = connection.execute(_ROWS)
    while rows := cursor.fetchmany(_ROWS_AT_ONCE):
        yield b"".join(map(_LINE.__mod__, rows))


@cache
def _known_schema(kind: str) -> frozenset[tuple[bytes | None, ...]]:
    """What SQLite itself lists in a file that has just been made here."""
    if kind == JOURNAL:
        statements = SCHEMA
    else:
        from wotui.store import schema

        statements = schema.statements()
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.text_factory = bytes
        for statement in statements:
            connection.execute(statement)
        return frozenset(connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema").fetchall())


def _author(connection: sqlite3.Connection, schema: frozenset[tuple[bytes | None, ...]], version: int) -> str:
    if (b"table", b"meta", b"meta", SCHEMA[0].encode()) in schema:
        found = connection.execute("SELECT written_by FROM meta LIMIT 1").fetchone()
        name = _short(found[0]) if found else ""
        if name and len(name) <= 20 and name.replace(".", "").isalnum():
            return f"wotui {name}"
    return f"a wotui of format {version}"


def _short(value: object) -> str:
    """A text of the card, which is looked at before anything has been checked."""
    if not isinstance(value, bytes) or len(value) > 200:
        raise sqlite3.DatabaseError("a short text expected")
    return value.decode("utf-8")


def _number(head: bytes, at: int) -> int:
    return int.from_bytes(head[at : at + 4], "big")
