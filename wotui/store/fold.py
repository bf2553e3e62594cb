"""Folding: records made from their journal, column by column, the last writer of a column winning.

The order is `(t, origin, seq)`, the same in every file. Tables and columns that this version does not know stay in the
journal and are folded after an upgrade. While it works the journal's triggers are silent; those that keep derived
columns and mark orders for the search are not.

A record is what its older changes made it, so only the columns that new ones name can differ: the older changes are
not read again, but for those that stand between the new ones.
"""

from __future__ import annotations

import json
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, cast

from wotui.store import derived
from wotui.store.journal import fitting

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Generator, Iterable, Iterator, Mapping

_RECORDS_AT_ONCE = 500
_WEIGHING = frozenset({"priority", "type", "asset_id"})
"""Columns that the queue weight of an order follows from, beside its asset's."""

_TOUCHED = """CREATE TEMP TABLE touched (
    place INTEGER, row TEXT, entity TEXT, t INTEGER, PRIMARY KEY (place, row, entity)) WITHOUT ROWID"""
_NEWS = "CREATE TEMP TABLE news (origin TEXT PRIMARY KEY, beyond INTEGER) WITHOUT ROWID"
_PATCHES = """SELECT x.entity, x.row, c.seq > ifnull(n.beyond, 9223372036854775807), c.patch
    FROM temp.touched AS x CROSS JOIN change AS c ON c.row = x.row AND c.t >= x.t
    LEFT JOIN temp.news AS n ON n.origin = c.origin
    WHERE c.entity = x.entity ORDER BY x.place, x.row, x.entity, c.t, c.origin, c.seq"""

# Not strict: the triggers write control characters as they are. Patches begin with their brace.
_scan = cast(
    "Callable[[str, int], tuple[dict[str, Any], int]]", vars(json.JSONDecoder(strict=False))["scan_once"]
)

_AT_FIRST = {"work_order": {"status": "draft"}}
"""Derived columns of a new record, until its steps are replayed."""

_Patch = tuple[str, str, int, str]
"""Table, record, whether the change is new, and its patch."""


@dataclass(slots=True)
class Folded:
    """A record that a fold made or changed: the columns that differ, before and after. `new` where it was made."""

    entity: str
    row: str
    new: bool
    before: Mapping[str, Any]
    after: Mapping[str, Any]


def columns(connection: sqlite3.Connection) -> dict[str, dict[str, str]]:
    """Table → its journaled columns with their types, in the order the tables were made: parents before children.

    Read from the file rather than from the declarations, whose import costs 0.3 s.
    """
    suffix = "_journals_insert"
    tables = [
        str(name).removesuffix(suffix)
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND substr(name, -16) = ? ORDER BY rowid",
            (suffix,),
        )
    ]
    return {
        table: {
            str(name): str(kind)
            for name, kind in connection.execute("SELECT name, type FROM pragma_table_info(?)", (table,))
            if name not in {"key", "id"} | derived.COLUMNS.get(table, frozenset())
        }
        for table in tables
    }


@contextmanager
def touched(connection: sqlite3.Connection, news: Mapping[str, int]) -> Generator[None]:
    """The list of records to fold, empty at first, for the length of a `with` block; fill it by `touch`.

    Args:
        connection: inside a commit.
        news: origin → the last change that was folded before; all beyond are new.
    """
    connection.execute(_TOUCHED)
    connection.execute(_NEWS)
    try:
        connection.executemany("INSERT INTO temp.news VALUES (?, ?)", news.items())
        yield
    finally:  # if they exist: SQLite itself takes the transaction back, and these with it, where the disk fails
        connection.execute("DROP TABLE IF EXISTS temp.touched")
        connection.execute("DROP TABLE IF EXISTS temp.news")


def touch(
    connection: sqlite3.Connection, places: Mapping[str, int], records: Mapping[tuple[str, str], int]
) -> None:
    """Note records that new changes are about.

    Args:
        connection: inside `touched`.
        places: table → its place in the order of `columns`; records of tables that are not there are left out.
        records: table and id → the row clock of its earliest new change.
    """
    known = [(places[entity], row, entity, t) for (entity, row), t in records.items() if entity in places]
    connection.executemany(
        "INSERT INTO temp.touched VALUES (?, ?, ?, ?)"
        " ON CONFLICT (place, row, entity) DO UPDATE SET t = min(t, excluded.t)",
        sorted(known),
    )


def fold(connection: sqlite3.Connection) -> Iterator[Folded]:
    """Make every touched record what its journal says, and give those that changed; consume it to the end.

    The derived columns and the list of stale search entries are right when it ends.
    """
    known = columns(connection)
    connection.execute("UPDATE me SET applying = 1")
    connection.execute("CREATE TEMP TABLE moved (id TEXT PRIMARY KEY) WITHOUT ROWID")
    connection.execute("CREATE TEMP TABLE weighed (id TEXT PRIMARY KEY) WITHOUT ROWID")
    made: set[str] = set()
    asked: set[str] = set()
    try:
        for batch in _batches(connection, known):
            _write(connection, batch)
            _note_derived(connection, batch, asked)
            made.update(each.entity for each in batch if each.new)
            yield from batch
        _settle(connection, made & {"asset", "place", "customer"})
        derived.settle_requests(connection, asked)
    finally:
        connection.execute("DROP TABLE IF EXISTS temp.moved")
        connection.execute("DROP TABLE IF EXISTS temp.weighed")
        if connection.in_transaction:  # a disk that fails may have ended it, and taken everything back
            connection.execute("UPDATE me SET applying = 0")


def everything(connection: sqlite3.Connection) -> None:
    """Fold the whole journal anew: after an upgrade, whose new tables and columns older changes may name."""
    with touched(connection, {}):
        connection.execute("INSERT INTO temp.news SELECT DISTINCT origin, 0 FROM change")
        for place, entity in enumerate(columns(connection)):
            connection.execute(
                "INSERT OR IGNORE INTO temp.touched SELECT ?, row, entity, -1 FROM change WHERE entity = ?",
                (place, entity),
            )
        for _ in fold(connection):
            pass


def _news(group: Iterable[_Patch]) -> dict[str, Any]:
    """What the new changes of a record make of the columns that they name.

    A patch that cannot be read (another tool wrote a zero byte into a text) changes nothing; `wotui check` names it.
    """
    met, named, state = False, set[str](), dict[str, Any]()
    for _, _, is_new, patch in group:
        met = met or bool(is_new)
        if not met:
            continue
        try:
            values, _ = _scan(patch, 0)
        except (ValueError, StopIteration):
            continue
        state.update(values)
        if is_new:
            named.update(values)
    return state if len(named) == len(state) else {name: state[name] for name in named}


def _batches(
    connection: sqlite3.Connection, known: Mapping[str, Mapping[str, str]]
) -> Iterator[list[Folded]]:
    """The records that differ from what they are, some at a time."""
    batch: list[Folded] = []
    for (entity, row), group in groupby(connection.execute(_PATCHES), key=itemgetter(0, 1)):
        folded = _compare(connection, known[entity], entity, row, _news(group))
        if folded is not None:
            batch.append(folded)
        if len(batch) >= _RECORDS_AT_ONCE:
            yield batch
            batch = []
    yield batch


def _compare(
    connection: sqlite3.Connection, kinds: Mapping[str, str], entity: str, row: str, state: Mapping[str, Any]
) -> Folded | None:
    """How one record differs from its state; None when it is there already."""
    wanted = {name: fitting(value, kinds[name]) for name, value in state.items() if name in kinds}
    listed = ", ".join([f'"{name}"' for name in wanted]) or "id"
    current = connection.execute(f'SELECT {listed} FROM "{entity}" WHERE id = ?', (row,)).fetchone()
    if current is None:
        filled = {name: value for name, value in wanted.items() if value is not None}
        return Folded(entity, row, True, {}, filled)
    before = {name: value for name, value in zip(wanted, current, strict=False) if value != wanted[name]}
    if not before:
        return None
    return Folded(entity, row, False, before, {name: wanted[name] for name in before})


def _write(connection: sqlite3.Connection, batch: Iterable[Folded]) -> None:
    """Bring records to their state; those of one shape with one statement."""
    shapes: defaultdict[tuple[str, bool, tuple[str, ...]], list[Folded]] = defaultdict(list)
    for each in batch:
        shapes[each.entity, each.new, tuple(each.after)].append(each)
    for (entity, new, names), alike in shapes.items():
        if new:
            first = _AT_FIRST.get(entity, {})
            listed = "".join([f', "{name}"' for name in (*first, *names)])
            marks = ", ?" * (len(first) + len(names))
            connection.executemany(
                f'INSERT INTO "{entity}" (id{listed}) VALUES (?{marks})',
                [(each.row, *first.values(), *each.after.values()) for each in alike],
            )
        else:
            assigned = ", ".join([f'"{name}" = ?' for name in names])
            connection.executemany(
                f'UPDATE "{entity}" SET {assigned} WHERE id = ?',
                [(*each.after.values(), each.row) for each in alike],
            )


def _note_derived(connection: sqlite3.Connection, batch: Iterable[Folded], asked: set[str]) -> None:
    """Note of which orders and requests the derived columns must be looked at."""
    moved: list[tuple[str]] = []
    weighed: list[tuple[str]] = []
    for each in batch:
        if each.entity == "work_order":
            if each.new:
                moved.append((each.row,))
            if each.new or not _WEIGHING.isdisjoint(each.after):
                weighed.append((each.row,))
        elif each.entity == "status_change":
            connection.execute(
                "INSERT OR IGNORE INTO temp.moved SELECT work_order_id FROM status_change"
                " WHERE id = ? AND work_order_id IS NOT NULL",
                (each.row,),
            )
        elif each.entity in {"request_step", "request_order"}:
            found = connection.execute(f'SELECT request_id FROM "{each.entity}" WHERE id = ?', (each.row,))
            asked.add(found.fetchone()[0])
    connection.executemany("INSERT OR IGNORE INTO temp.moved VALUES (?)", moved)
    connection.executemany("INSERT OR IGNORE INTO temp.weighed VALUES (?)", weighed)


def _settle(connection: sqlite3.Connection, made: set[str]) -> None:
    """Replay the statuses; and let orders that were here before the asset, place or customer they name know of it."""
    connection.execute(f"{derived.WEIGH} WHERE id IN (SELECT id FROM temp.weighed)")
    derived.settle(
        connection,
        [
            str(order)
            for (order,) in connection.execute(
                "SELECT id FROM temp.moved AS m"
                " WHERE EXISTS (SELECT 1 FROM status_change WHERE work_order_id = m.id)"
            )
        ],
    )
    for entity in made:
        named = f"{entity}_id IN (SELECT row FROM temp.touched WHERE entity = '{entity}')"
        if entity == "asset":
            connection.execute(f"{derived.WEIGH} WHERE {named}")
        connection.execute(
            f"INSERT INTO search_stale (key) SELECT key FROM work_order WHERE {named}"
            " AND key NOT IN (SELECT key FROM search_stale)"
        )
