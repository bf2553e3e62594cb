"""Rows of two files that cannot both be the last word: steps of an order, answers to an item, two records for one
thing, hours of one person that overlap.

Each such row is a record of its own, so the journal keeps them all; whether their writers knew of each other decides
whether there is anything to ask.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wotui.store.reading import Reads
    from wotui.store.vectors import Knowledge

_GROUPS = {"done": "finished", "closed": "finished", "cancelled": "cancelled"}

_FIRST = "(SELECT c.{column} FROM change AS c WHERE c.row = {row} ORDER BY c.t, c.origin, c.seq LIMIT 1)"


def _first(column: str, row: str) -> str:
    return _FIRST.format(column=column, row=row)


_LEDGER = """SELECT r.{parent}, r.id, r.{value}, c.origin, c.seq, c.at, ifnull(c.actor, '')
    FROM {table} AS r JOIN change AS c ON c.row = r.id AND c.entity = '{table}'
    WHERE r.deleted_at IS NULL AND r.{parent} IN (
        SELECT q.{parent} FROM {table} AS q JOIN change AS d ON d.row = q.id GROUP BY q.{parent}
        HAVING min(d.origin) <> max(d.origin))
    ORDER BY r.{parent}, r.id, c.t, c.origin, c.seq"""


_OF_ONE = """SELECT r.{parent}, r.id, r.{value}, c.origin, c.seq, c.at, ifnull(c.actor, '')
    FROM {table} AS r JOIN change AS c ON c.row = r.id AND c.entity = '{table}'
    WHERE r.deleted_at IS NULL AND r.{parent} = ? ORDER BY r.id, c.t, c.origin, c.seq"""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the rows: its value, and who wrote it where and when (milliseconds)."""

    value: Any
    origin: str
    seq: int
    at: int | None
    actor: str
    record: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """What the rows are about, and the rows that no other one knew."""

    entity: str
    record: str
    name: str
    field: str
    sides: tuple[Side, ...]


def split_statuses(reads: Reads, knowledge: Knowledge) -> Iterator[Meeting]:
    """Orders that one side finished or cancelled while the other worked on, or finished otherwise."""
    for order, sides in _heads(reads, knowledge, "status_change", "work_order_id", "to_status"):
        if is_parted(sides):
            number = reads.value(
                "SELECT number FROM work_order WHERE id = ? AND deleted_at IS NULL", (order,)
            )
            if number:
                yield Meeting("work_order", order, str(number), "status", sides)


def is_parted(sides: Iterable[Side]) -> bool:
    """Whether steps lead somewhere else altogether: one side finished or cancelled what the other worked on."""
    return len({_GROUPS.get(side.value, "open") for side in sides}) > 1


def split_answers(reads: Reads, knowledge: Knowledge) -> Iterator[Meeting]:
    """Checklist items that two people answered with different outcomes."""
    for item, sides in _heads(reads, knowledge, "item_result", "item_id", "outcome"):
        if len({side.value for side in sides}) > 1:
            row = reads.one(
                """SELECT i.label, o.number FROM checklist_item AS i LEFT JOIN checklist AS k ON k.id = i.checklist_id
                LEFT JOIN work_order AS o ON o.id = k.work_order_id WHERE i.id = ?""",
                (item,),
            )
            label, number = row or (item, None)
            yield Meeting("checklist_item", item, f"{number or ''} {label}".strip(), "answer", sides)


def answers_apart(reads: Reads, knowledge: Knowledge, item: str) -> tuple[Side, ...]:
    """The answers to one checklist item whose writers did not know of each other; nothing where one is the last."""
    found = _heads(reads, knowledge, "item_result", "item_id", "outcome", item)
    return next((sides for _, sides in found), ())


def steps_apart(reads: Reads, knowledge: Knowledge, order: str) -> tuple[Side, ...]:
    """The steps of one order whose writers did not know of each other; nothing where one is the last."""
    found = _heads(reads, knowledge, "status_change", "work_order_id", "to_status", order)
    return next((sides for _, sides in found), ())


def _heads(
    reads: Reads, knowledge: Knowledge, table: str, parent: str, value: str, only: str = ""
) -> Iterator[tuple[str, tuple[Side, ...]]]:
    """For each parent whose rows come from more than one file: those live rows that no other one knew, if several."""
    rows: defaultdict[str, dict[str, Side]] = defaultdict(dict)
    for owner, record, said, origin, seq, at, actor in reads.rows(
        (_OF_ONE if only else _LEDGER).format(table=table, parent=parent, value=value),
        (only,) if only else (),
    ):
        rows[owner].setdefault(record, Side(said, origin, seq, at, actor, record))
    for owner, sides in rows.items():
        heads = [
            side
            for side in sides.values()
            if not any(
                other is not side and knowledge.knew((other.origin, other.seq), (side.origin, side.seq))
                for other in sides.values()
            )
        ]
        if len(heads) > 1:
            yield owner, tuple(sorted(heads, key=lambda side: (side.origin, side.seq)))


def duplicates(reads: Reads) -> Iterator[Meeting]:
    """Assets with one tag, and contractors with one name, that were made in two files and not called different."""
    for table, column in (("asset", "tag"), ("contractor", "name")):
        found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for identity, shown in reads.rows(
            f"""SELECT id, "{column}" FROM "{table}" WHERE deleted_at IS NULL AND lower("{column}") IN (
                SELECT lower("{column}") FROM "{table}" WHERE deleted_at IS NULL AND "{column}" <> ''
                GROUP BY lower("{column}") HAVING count(*) > 1) ORDER BY id"""
        ):
            found[shown.casefold()].append((identity, shown))
        for same in found.values():
            for (one, shown), (other, _) in pairwise(same):
                first, second = _maker(reads, one, shown), _maker(reads, other, shown)
                if (
                    first
                    and second
                    and first.origin != second.origin
                    and not _called_different(reads, one, other)
                ):
                    yield Meeting(table, one, str(shown), f"same as {other}", (first, second))


def _maker(reads: Reads, record: str, shown: str) -> Side | None:
    row = reads.one(
        "SELECT origin, seq, at, ifnull(actor, '') FROM change WHERE row = ? ORDER BY t, origin, seq LIMIT 1",
        (record,),
    )
    return Side(shown, row[0], row[1], row[2], row[3], record) if row else None


def _called_different(reads: Reads, one: str, other: str) -> bool:
    return bool(
        reads.one(
            "SELECT 1 FROM membership"
            " WHERE record_id = ? AND kind = 'different_from' AND value = ? AND deleted_at IS NULL",
            (one, other),
        )
    )


def shared_numbers(reads: Reads) -> Iterator[Meeting]:
    """Orders that two files gave one number, before they knew of each other's device letter."""
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for identity, number, title in reads.rows(
        """SELECT id, number, ifnull(title, '') FROM work_order WHERE deleted_at IS NULL AND number IN (
            SELECT number FROM work_order WHERE number <> '' GROUP BY number HAVING count(*) > 1) ORDER BY id"""
    ):
        found[number].append((identity, title))
    for number, orders in found.items():
        for (one, title), (other, other_title) in pairwise(orders):
            first, second = _maker(reads, one, title), _maker(reads, other, other_title)
            if first and second and not _called_different(reads, one, other):
                yield Meeting("work_order", one, number, f"number of {other}", (first, second))


def overlaps(reads: Reads) -> Iterator[Meeting]:
    """Hours of one person, written in two files, that overlap."""
    rows = reads.rows(
        f"""SELECT id, person_id, start_minute, end_minute, previous, {_first("origin", "s.id")},
            {_first("origin", "s.previous")} FROM (
            SELECT id, person_id, start_minute, end_minute,
                lag(id) OVER person AS previous, lag(end_minute) OVER person AS previous_end
            FROM time_span WHERE deleted_at IS NULL AND end_minute IS NOT NULL
            WINDOW person AS (PARTITION BY person_id ORDER BY start_minute, id)) AS s
        WHERE previous_end > start_minute"""
    )
    for identity, person, start, end, previous, origin, previous_origin in rows:
        if origin == previous_origin:
            continue
        earlier = reads.one("SELECT start_minute, end_minute FROM time_span WHERE id = ?", (previous,)) or (
            0,
            0,
        )
        first, second = _maker(reads, previous, ""), _maker(reads, identity, "")
        name = reads.value("SELECT name FROM person WHERE id = ?", (person,))
        if first and second:
            sides = (_with_minutes(first, *earlier), _with_minutes(second, start, end))
            yield Meeting("time_span", previous, str(name or "somebody"), f"overlaps {identity}", sides)


def _with_minutes(side: Side, start: int, end: int) -> Side:
    return Side(f"{start}-{end}", side.origin, side.seq, side.at, side.actor, side.record)
