"""The journal: every change of a shared record is one immutable row, written by triggers in the change's own
transaction.

No writer can forget it: not a bulk UPDATE, not the sqlite3 shell. The journal is one design that serves
undo, the history tab and merging. The triggers are plain SQL (`trusted_schema` is OFF) and silent while a
merge folds (`me.applying`).

`change.t` is the row clock: the wall clock in milliseconds, or one more than the newest change of the
record, whichever is later, so that a clock in 2035 wins only until somebody who has seen its change edits
again. `change.at` is the wall clock as shown to people, NULL where it lay behind the record's newest change.
`change.patch` is a JSON object of the changed columns and their new values; in a record's first change a
column that is not named is NULL.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.text import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

SEEN = "_seen"
"""The entity of the entries that say what a merge brought in: `{origin: seq}`; their row is the writer's origin."""

UNDONE = "_undone"
"""The entity of the entries that say which changes of a record an undo took back: `{undone: [seq …], by: [seq …],
entity: its table, values: {column: what it took back}}`, numbers of the same origin; their row is the record."""

LONGEST = 100_000
"""Characters of a text that a merge takes into a record; people's own limits are far below."""

_WALL_CLOCK = "CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER)"
# Several changes within one act share a wall clock while the row clock counts on; only more than this is "unsure".
_TOLERANCE_MILLISECONDS = 1000

_QUOTE = "\x01"
"""Stands for a quotation mark of JSON until what lies between two of them is escaped; no text has it (`text.clean`)."""


LOCAL_TABLES = (
    """CREATE TABLE change (
        origin TEXT NOT NULL, seq INTEGER NOT NULL, t INTEGER NOT NULL, at INTEGER, actor TEXT, act INTEGER,
        entity TEXT NOT NULL, row TEXT NOT NULL, patch TEXT NOT NULL,
        PRIMARY KEY (origin, seq)) STRICT, WITHOUT ROWID""",
    "CREATE INDEX change_of_row ON change (row, t, origin)",
    """CREATE TABLE me (
        one INTEGER PRIMARY KEY CHECK (one = 1), shop TEXT NOT NULL, origin TEXT NOT NULL, letter TEXT NOT
        NULL,
        act INTEGER NOT NULL DEFAULT 0, actor TEXT, clock INTEGER, applying INTEGER NOT NULL DEFAULT 0,
        token TEXT) STRICT""",
    """CREATE TABLE act (
        act INTEGER PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('do', 'undo', 'redo', 'final', 'setup')),
        at TEXT NOT NULL,
        actor TEXT, sentence TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, reverts INTEGER,
        undone INTEGER NOT NULL DEFAULT 0) STRICT""",
    "CREATE TABLE counter (kind TEXT PRIMARY KEY, next INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE blob (sha256 TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT",
    """CREATE TABLE merged (
        number INTEGER PRIMARY KEY, at TEXT NOT NULL, place TEXT NOT NULL, account TEXT NOT NULL) STRICT""",
    """CREATE TABLE draft (
        screen TEXT NOT NULL, record_id TEXT NOT NULL, field TEXT NOT NULL, text TEXT NOT NULL, at TEXT NOT
        NULL,
        PRIMARY KEY (screen, record_id, field)) STRICT, WITHOUT ROWID""",
    """CREATE TRIGGER change_is_final BEFORE UPDATE ON change
        BEGIN SELECT RAISE(ABORT, 'the journal is never rewritten'); END""",
    """CREATE TRIGGER change_is_kept BEFORE DELETE ON change
        BEGIN SELECT RAISE(ABORT, 'the journal is never shortened'); END""",
)
"""Tables of this file alone, never merged, so they take every constraint they can."""


def _escaped(patch: str) -> str:
    # Written out because SQLite 3.40 does not count its JSON functions among those that a trigger may call while
    # `trusted_schema` is OFF. Other control characters never pass `text.clean`.
    for raw, escaped in (
        ("'\\'", "'\\\\'"),
        ("'\"'", "'\\\"'"),
        ("char(10)", "'\\n'"),
        ("char(13)", "'\\r'"),
        ("char(9)", "'\\t'"),
        (f"'{_QUOTE}'", "'\"'"),
    ):
        patch = f"replace({patch}, {raw}, {escaped})"
    return patch


VIEWS = (
    "CREATE VIEW journaled AS SELECT '' AS entity, '' AS row, '' AS patch",
    f"""CREATE TRIGGER journaled_is_kept INSTEAD OF INSERT ON journaled WHEN new.patch IS NOT NULL
        BEGIN INSERT INTO change (origin, seq, t, at, actor, act, entity, row, patch)
        SELECT origin, 1 + ifnull((SELECT max(seq) FROM change WHERE origin = m.origin), 0), max(clock, newest + 1),
               CASE WHEN newest <= clock + {_TOLERANCE_MILLISECONDS} THEN clock END, actor, act, new.entity, new.row,
               '{{' || substr({_escaped("new.patch")}, 2) || '}}'
        FROM (SELECT origin, actor, act, ifnull(clock, {_WALL_CLOCK}) AS clock,
                     ifnull((SELECT max(t) FROM change WHERE row = new.row), -1) AS newest FROM me) AS m; END""",
)
"""Where the triggers of all tables write what changed: table, record, and the inside of the patch, a comma before each
column; NULL where nothing did."""


def triggers(table: str, columns: Mapping[str, str]) -> list[str]:
    """The triggers that journal one table.

    Every connection parses them all when it first touches the file, so what they have in common stands once, in the
    trigger of the view `journaled`, and a column takes as few words here as it can.

    Args:
        table: its name.
        columns: column → SQL type of those that are shared, without key, id and derived ones, in their order.
    """
    added = "||".join(f"ifnull({_entry(name, kind)},'')" for name, kind in columns.items())
    changed = "||".join(
        f"""iif(new."{name}" IS old."{name}",'',ifnull({_entry(name, kind)},',{_QUOTE}{name}{_QUOTE}:null'))"""
        for name, kind in columns.items()
    )
    listed = ",".join(f'"{name}"' for name in columns)
    return [
        f"""CREATE TRIGGER {table}_journals_insert AFTER INSERT ON {table} WHEN (SELECT applying FROM me) = 0
        BEGIN INSERT INTO journaled VALUES ('{table}', new.id, {added}); END""",
        f"""CREATE TRIGGER {table}_journals_update AFTER UPDATE OF {listed} ON {table}
        WHEN (SELECT applying FROM me) = 0
        BEGIN INSERT INTO journaled VALUES ('{table}', new.id, nullif({changed}, '')); END""",
        f"""CREATE TRIGGER {table}_keeps_ids BEFORE UPDATE OF id ON {table} WHEN new.id IS NOT old.id
        BEGIN SELECT RAISE(ABORT, 'ids never change'); END""",
        f"""CREATE TRIGGER {table}_keeps_rows BEFORE DELETE ON {table}
        BEGIN SELECT RAISE(ABORT, 'rows are marked deleted, never removed'); END""",
        f"""CREATE TRIGGER {table}_refuses_replace BEFORE INSERT ON {table}
        WHEN EXISTS (SELECT 1 FROM {table} WHERE id = new.id)
        BEGIN SELECT RAISE(ABORT, 'a row with this id exists'); END""",
    ]


def _entry(name: str, kind: str) -> str:
    """SQL for one column of a patch, a comma before it and `_QUOTE` for its quotes; NULL where its value is NULL."""
    if kind == "INTEGER":
        return f"""',{_QUOTE}{name}{_QUOTE}:'||new."{name}\""""
    return f"""',{_QUOTE}{name}{_QUOTE}:{_QUOTE}'||replace(new."{name}",'{_QUOTE}','')||'{_QUOTE}'"""


def fitting(value: object, kind: str) -> str | int | None:
    """A value of a patch as a column of this SQL type can hold it; what cannot be held there is NULL.

    A newer or hostile file may write anything into a patch, and a merge must never fail on it. Text is foreign text: it
    is made safe here, the same in every file, while the journal keeps what was written.
    """
    if isinstance(value, bool) or value is None:
        return None
    if kind == "INTEGER":
        return value if isinstance(value, int) and -(2**63) <= value < 2**63 else None
    if not isinstance(value, str):
        return None
    return value if value.isascii() and value.isprintable() else clean(value, LONGEST)
