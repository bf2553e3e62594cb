"""Columns that several files wrote without knowing of each other, and records that one took away while another
changed them: found by one pass over the journal.

For each record and column the *heads* are the writes that no later write of that column had seen. What was undone does
not count, and neither does its undo: so the undo of an answer asks the question again. Only where nobody who saw it
has written since, the value that the undo brought back stands beside the other heads.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Literal

from wotui.store.journal import UNDONE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from wotui.store.reading import Reads
    from wotui.store.vectors import Knowledge

QUIET = frozenset(
    {
        "deleted_at",
        "created_at",
        "created_by",
        "source",
        "external_id",
        "number",
        "signed_at",
        "pin_hash",
        "active",
        "version",
        "since_on",
        "created_on",
        "position",
        "reported_at",
        "source_key",
    }
)
"""Columns that are nobody's choice, or that a merge settles without a question."""

REMOVED, KEPT = "removed", "kept"
"""The two answers to a record that one side took away while the other changed it."""

_MET = """SELECT c.entity, c.row, c.origin, c.seq, c.at, ifnull(c.actor, ''), c.patch
    FROM (SELECT row FROM change GROUP BY row HAVING min(origin) <> max(origin)) AS x
    CROSS JOIN change AS c ON c.row = x.row ORDER BY c.row, c.t, c.origin, c.seq"""

Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Write:
    """One value of one column: `key` is the change that wrote it, `at` milliseconds, `actor` a person's id; `changed`
    are the columns that stand against a removal.
    """

    key: Key
    at: int | None
    actor: str
    value: Any
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Split:
    """What the writes are about: `gone` is a record that was taken away and changed, its column is empty."""

    kind: Literal["field", "gone"]
    entity: str
    record: str
    column: str
    base: Any
    heads: tuple[Write, ...]


@dataclass(slots=True)
class _Record:
    """What the journal says about one record."""

    entity: str = ""
    written: defaultdict[str, list[Write]] = field(default_factory=lambda: defaultdict(list))
    undone: set[Key] = field(default_factory=set[Key])
    undoing: set[Key] = field(default_factory=set[Key])


def splits(
    reads: Reads, knowledge: Knowledge, asked: Collection[str], kept: Collection[str]
) -> Iterator[Split]:
    """Every open question about a column, and about records that were taken away and changed at once.

    Args:
        reads: the file.
        knowledge: who knew what in it.
        asked: the tables whose columns are asked about.
        kept: further tables of which only removal against change is asked.
    """
    for row, group in groupby(reads.rows(_MET), key=itemgetter(1)):
        record = _gather(group)
        if record.entity not in asked and record.entity not in kept:
            continue
        gone = _gone(knowledge, record)
        if len(gone) > 1:
            yield Split("gone", record.entity, row, "", None, gone)
        removals = record.written["deleted_at"]
        if record.entity not in asked or (removals and removals[-1].value is not None):
            continue
        for column, writes in record.written.items():
            if column in QUIET or len(writes) < 2:
                continue
            heads, live = _heads(knowledge, record, writes)
            if len({repr(head.value) for head in heads}) > 1:
                yield Split("field", record.entity, row, column, _base(knowledge, live, heads), tuple(heads))


def _gather(group: Iterable[tuple[Any, ...]]) -> _Record:
    record = _Record()
    for entity, _, origin, seq, at, actor, patch in group:
        values: dict[str, Any] = json.loads(patch, strict=False)
        if entity == UNDONE:
            record.undone |= {(origin, number) for number in _numbers(values.get("undone"))}
            record.undoing |= {(origin, number) for number in _numbers(values.get("by"))}
        elif not entity.startswith("_"):
            record.entity = record.entity or entity
            for column, value in values.items():
                record.written[column].append(Write((origin, seq), at, actor, value))
    return record


def _numbers(found: object) -> list[int]:
    return [one for one in found if isinstance(one, int)] if isinstance(found, list) else []  # pyright: ignore[reportUnknownVariableType]


def _heads(knowledge: Knowledge, record: _Record, writes: Sequence[Write]) -> tuple[list[Write], list[Write]]:
    """The heads of a column, and the writes that count."""
    live = [write for write in writes if write.key not in record.undone | record.undoing]
    heads = _latest(knowledge, live)
    shown = {repr(head.value) for head in heads}
    for write in _latest(knowledge, [one for one in writes if one.key in record.undoing]):
        known = any(knowledge.knew(later.key, write.key) for later in live)
        if not known and repr(write.value) not in shown:
            heads.append(write)
            shown.add(repr(write.value))
    return heads, live


def _latest(knowledge: Knowledge, writes: Iterable[Write]) -> list[Write]:
    """In the journal's order nobody knows a later write, so one pass is enough."""
    heads: list[Write] = []
    for write in writes:
        heads = [head for head in heads if not knowledge.knew(write.key, head.key)]
        heads.append(write)
    return heads


def _base(knowledge: Knowledge, writes: Sequence[Write], heads: Sequence[Write]) -> Any:
    """The newest value that all heads had seen."""
    for write in reversed(writes):
        if write not in heads and all(knowledge.knew(head.key, write.key) for head in heads):
            return write.value
    return None


def _gone(knowledge: Knowledge, record: _Record) -> tuple[Write, ...]:
    """The removal, and for each other file what it changed without knowing of it and unknown to it; or nothing."""
    heads, live = (
        _heads(knowledge, record, record.written["deleted_at"]) if record.written["deleted_at"] else ([], [])
    )
    removals = [head for head in heads if head.value is not None]
    if not removals or not live:
        return ()
    removal = removals[-1]
    changed: defaultdict[str, dict[Key, tuple[Write, list[str]]]] = defaultdict(dict)
    for column, writes in record.written.items():
        for write in writes:
            if (
                column in QUIET and not (column == "deleted_at" and write in heads and write.value is None)
            ) or (write.key in record.undone | record.undoing):
                continue
            if not knowledge.knew(removal.key, write.key) and not knowledge.knew(write.key, removal.key):
                changed[write.key[0]].setdefault(write.key, (write, []))[1].append(column)
    sides: list[Write] = []
    for of_one in changed.values():
        last = list(of_one.values())[-1][0]
        columns = dict.fromkeys(column for _, each in of_one.values() for column in each)
        sides.append(replace(last, changed=tuple(columns)))
    return (removal, *sides) if sides else ()
