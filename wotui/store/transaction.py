"""One action, one transaction: what it writes, what it says, and where undo finds it.

A transaction is `BEGIN IMMEDIATE` … `COMMIT` on the calling thread's connection. Nothing is awaited inside
one. The journal's triggers record each write under the act's number; the act's row keeps the sentence that
was said.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wotui import clock
from wotui.domain.identity import new_id
from wotui.store import derived, search
from wotui.store.journal import UNDONE

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager

    from wotui.store.bulk import Bulk
    from wotui.store.people import Acting
    from wotui.store.reading import Parameters


@dataclass(frozen=True, slots=True)
class Done:
    """What an action did.

    Attributes:
        sentence: what the screen toasts and the command line prints.
        act: the number that undo knows it by; None when nothing changed.
        records: the ids of the records it was about, in order.
        notices: further sentences a person should see ("Stopped the timer on W-A0007.").
        final: no key takes it back.
    """

    sentence: str
    act: int | None = None
    records: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    final: bool = False


class Transaction:
    """Writes of one action. Made by `Shop.transaction`, never directly."""

    def __init__(self, connection: sqlite3.Connection, acting: Acting | None, kind: str = "do") -> None:
        self._connection = connection
        self._kind = kind
        self._sentence = ""
        self._reverts: int | None = None
        self._steps_changed: set[str] = set()
        self._requests_changed: set[str] = set()
        self.acting = acting
        self.at = clock.instant(clock.now())
        fixed = clock.milliseconds(clock.now()) if clock.is_fixed() else None
        self.origin, self.letter, before = connection.execute("SELECT origin, letter, act FROM me").fetchone()
        self.act: int = before + 1
        connection.execute(
            "UPDATE me SET act = ?, actor = ?, clock = ?", (self.act, acting and acting.id, fixed)
        )
        self._first = self._last_change() + 1

    # reading, also what was just written

    def rows(self, sql: str, parameters: Parameters = ()) -> list[tuple[Any, ...]]:
        """Every row of the answer."""
        return self._connection.execute(sql, parameters).fetchall()

    def one(self, sql: str, parameters: Parameters = ()) -> tuple[Any, ...] | None:
        """The first row, or None."""
        return self._connection.execute(sql, parameters).fetchone()

    def value(self, sql: str, parameters: Parameters = ()) -> Any:
        """The first column of the first row, or None."""
        row = self.one(sql, parameters)
        return row[0] if row else None

    # writing

    def insert(self, table: str, **values: Any) -> str:
        """Add a row and return its id: `id` where it is given, otherwise a fresh one.

        Raises:
            sqlite3.IntegrityError: the id exists, or a value has the wrong type.
        """
        identity = values.pop("id", None) or new_id()
        columns = ["id", *values]
        self._connection.execute(_insert(table, columns), (identity, *values.values()))
        return identity

    def insert_many(self, table: str, columns: list[str], rows: Iterable[tuple[Any, ...]]) -> None:
        """Add many rows of the same columns; `id` must be among them."""
        self._connection.executemany(_insert(table, columns), rows)

    def bulk(self, tables: Sequence[str]) -> AbstractContextManager[Bulk]:
        """Add new rows to these tables by the thousand, several times as fast as `insert_many`.

        Nothing else may write to them inside the `with` block, and the caller gives the derived columns itself.
        """
        from wotui.store import bulk

        return bulk.bulk(self._connection, self, tables)

    def update(self, table: str, identity: str, **values: Any) -> None:
        """Set columns of one row. Writing the value that is there changes and journals nothing."""
        assigned = ", ".join(f'"{column}" = ?' for column in values)
        self._connection.execute(
            f'UPDATE "{table}" SET {assigned} WHERE id = ?', (*values.values(), identity)
        )
        if table == "status_change":
            self._steps_changed.add(identity)
        elif table in ("request_step", "request_order"):
            self._requests_changed.add(
                self.value(f"SELECT request_id FROM {table} WHERE id = ?", (identity,))
            )

    def affirm(self, table: str, identity: str, column: str, value: str | int | None) -> None:
        """Set a column, and journal it even when the value is there: somebody has seen the others and means it."""
        if self.value(f'SELECT "{column}" IS ? FROM "{table}" WHERE id = ?', (value, identity)):
            self._note(table, identity, {column: value})
        else:
            self.update(table, identity, **{column: value})

    def take_back(
        self,
        table: str,
        identity: str,
        seqs: Sequence[int],
        written: Mapping[str, Any],
        restored: Mapping[str, Any],
    ) -> None:
        """Journal that changes of this file to a record were undone, so that a question they answered is asked again.

        Only where others have written to the record: nobody else could have a say in it.

        Args:
            table: where the record is.
            identity: its id.
            seqs: the numbers of the changes that were undone.
            written: the columns and values they wrote.
            restored: what these columns were before, and are again.
        """
        if not self.one(
            "SELECT 1 FROM change WHERE row = ? AND origin <> ? LIMIT 1", (identity, self.origin)
        ):
            return
        for column, value in restored.items():
            if value == written[column]:  # an answer that took what was there: its undo, too, must be a write
                self.affirm(table, identity, column, value)
        by = self.rows(
            "SELECT seq FROM change WHERE row = ? AND origin = ? AND seq >= ?",
            (identity, self.origin, self._first),
        )
        note = {"undone": list(seqs), "by": [seq for (seq,) in by], "entity": table, "values": dict(written)}
        self._note(UNDONE, identity, note)

    def _note(self, entity: str, identity: str, patch: Mapping[str, Any]) -> None:
        """Append to the journal what no trigger would."""
        self._connection.execute(
            """INSERT INTO change (origin, seq, t, at, actor, act, entity, row, patch)
            SELECT origin, ?, max(clock, newest + 1), CASE WHEN newest <= clock THEN clock END, actor, act, ?, ?, ?
            FROM (SELECT origin, actor, act, ? AS clock,
                ifnull((SELECT max(t) FROM change WHERE row = ?), -1) AS newest FROM me)""",
            (
                self._last_change() + 1,
                entity,
                identity,
                json.dumps(patch, ensure_ascii=False),
                clock.milliseconds(clock.now()) if clock.is_fixed() else time.time_ns() // 1_000_000,
                identity,
            ),
        )

    def shared_columns(self) -> Mapping[str, Mapping[str, str]]:
        """Table → its journaled columns with their types."""
        from wotui.store import fold

        return fold.columns(self._connection)

    def put(self, table: str, identity: str, **values: Any) -> None:
        """Set columns of the row with this id, which is made, or brought back when it was taken away."""
        if self.one(f'SELECT 1 FROM "{table}" WHERE id = ?', (identity,)):
            self.update(table, identity, deleted_at=None, **values)
        else:
            self.insert(table, id=identity, **values)

    def remove(self, table: str, identity: str) -> None:
        """Mark a row as taken away; nothing is ever destroyed."""
        self.update(table, identity, deleted_at=self.at)

    def store_bytes(self, sha256: str, content: bytes) -> None:
        """Keep the bytes of an attachment, once per content."""
        self._connection.execute(
            "INSERT OR IGNORE INTO blob (sha256, bytes) VALUES (?, ?)", (sha256, content)
        )

    def keep_draft(self, screen: str, record_id: str, field: str, words: str) -> None:
        """Remember unsaved words of one field of a screen; local, never journaled."""
        self._connection.execute(
            "INSERT OR REPLACE INTO draft (screen, record_id, field, text, at) VALUES (?, ?, ?, ?, ?)",
            (screen, record_id, field, words, self.at),
        )

    def forget_draft(self, screen: str, record_id: str) -> None:
        """Forget every unsaved word of one screen about one record."""
        self._connection.execute("DELETE FROM draft WHERE screen = ? AND record_id = ?", (screen, record_id))

    def number(self, kind: str) -> str:
        """The next human number of a kind: `W-A0187`. Never given twice, also when the act is undone."""
        next_ = self.value(
            """INSERT INTO counter (kind, next) VALUES (?, 1)
            ON CONFLICT (kind) DO UPDATE SET next = next + 1 RETURNING next""",
            (kind,),
        )
        return f"{kind}-{self.letter}{next_:04}"

    def numbers(self, kind: str, count: int) -> list[str]:
        """The next `count` human numbers of a kind at once."""
        if count < 1:
            return []
        last = self.value(
            "INSERT INTO counter (kind, next) VALUES (?1, ?2)"
            " ON CONFLICT (kind) DO UPDATE SET next = next + ?2 RETURNING next",
            (kind, count),
        )
        return [f"{kind}-{self.letter}{number:04}" for number in range(last - count + 1, last + 1)]

    # closing

    def done(self, sentence: str, *records: str, notices: Iterable[str] = ()) -> Done:
        """What was done, for the faces; the sentence also names this act when somebody undoes it."""
        self._sentence = sentence
        act = self.act if self._last_change() >= self._first else None
        return Done(sentence, act, records, tuple(notices), final=self._kind == "final")

    def reverting(self, act: int) -> None:
        """Note that this act takes back (or brings back) another one."""
        self._reverts = act
        self._connection.execute("UPDATE act SET undone = 1 WHERE act = ?", (act,))

    def finish(self) -> None:
        """Fold what changed into the search, write the act's own row, and leave `me` as a shell would find
        it:
        nobody acting, no fixed clock.
        """
        last = self._last_change()
        if last >= self._first:
            self._connection.execute(
                """INSERT INTO act (act, kind, at, actor, sentence, first, last, reverts)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
                (
                    self.act,
                    self._kind,
                    self.at,
                    self.acting and self.acting.id,
                    self._sentence,
                    self._first,
                    last,
                    self._reverts,
                ),
            )
        for step in self._steps_changed:
            derived.settle(
                self._connection,
                [self.value("SELECT work_order_id FROM status_change WHERE id = ?", (step,))],
            )
        derived.settle_requests(self._connection, self._requests_changed)
        search.refresh(self._connection)
        self._connection.execute("UPDATE me SET actor = NULL, clock = NULL")

    def changed(self) -> Mapping[str, int]:
        """Table → number of changes this act has journaled so far."""
        return dict(
            self.rows(
                "SELECT entity, count(*) FROM change WHERE origin = ? AND seq >= ? GROUP BY entity",
                (self.origin, self._first),
            )
        )

    def _last_change(self) -> int:
        return self._connection.execute(
            "SELECT ifnull(max(seq), 0) FROM change WHERE origin = ?", (self.origin,)
        ).fetchone()[0]


def _insert(table: str, columns: list[str]) -> str:
    named = ", ".join(f'"{column}"' for column in columns)
    return f'INSERT INTO "{table}" ({named}) VALUES ({", ".join("?" * len(columns))})'
