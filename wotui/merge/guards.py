"""What a merge looks at before it believes another journal: whose it is, that it is no fork, and every change's shape.

Also that the own history, before it is sent on, still is what was sealed.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from wotui.errors import Damaged, FileTrouble, Refused
from wotui.merge.own import Own
from wotui.merge.places import COLUMNS, FORMAT, Change
from wotui.store import seals

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection, Iterator, Mapping

    from wotui.merge.places import Card, Journal
    from wotui.store.file import Shop
    from wotui.store.reading import Over

_LATEST = 253_402_300_799_999  # the last millisecond of the year 9999, which every calendar here can show
_RECORDS_AT_ONCE = 50_000
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,63}\Z")
_ORIGIN = re.compile(r"[a-z2-7]{8}\Z")
_DOUBTFUL = f"""SELECT {", ".join(COLUMNS)} FROM change WHERE origin = ? AND seq > ?
    AND NOT (t BETWEEN 0 AND {_LATEST} AND ifnull(at, 0) BETWEEN 0 AND {_LATEST} AND length(row) BETWEEN 1 AND 200
        AND substr(patch, 1, 1) = '{{' AND json_valid(patch))"""
_decode = json.JSONDecoder(strict=False).decode


def expect_ours(shop: Shop, card: Card, name: str) -> None:
    """Refuse another shop's journal, and one of a newer format.

    Raises:
        FileTrouble: a newer wotui made it.
        Refused: it is another shop's.
    """
    if card.format > FORMAT:
        raise FileTrouble(
            f"{name} was made by wotui {card.written_by}, which is newer than this one; it was left as it is.",
            "Please update wotui.",
        )
    if card.shop != shop.value("SELECT shop FROM me"):
        raise Refused(
            f"{name} belongs to another shop; nothing was merged and nothing was written to it.",
            "Name this shop's own file or folder.",
        )


def expect_no_fork(
    reads: Over, other: Journal, mine: Mapping[str, int], theirs: Mapping[str, int], name: str
) -> None:
    """After a fork all later rows of an origin differ, so the last common one proves that there was none."""
    for origin in mine.keys() & theirs.keys():
        last = min(mine[origin], theirs[origin])
        if Own(reads).change(origin, last) != other.change(origin, last):
            device = (
                reads.value("SELECT name FROM device WHERE id = ?", (origin,)) or "a computer without a name"
            )
            raise Refused(
                f"This file and {name} are two copies of one file ({device}, {origin}) that went on separately;"
                " nothing was merged, and both are as they were.",
                "Keep both. Let one join the shop anew (wotui join PLACE), and enter there what it alone holds.",
            )


def passing(
    changes: Iterator[Change],
    mine: Mapping[str, int],
    name: str,
    touch: Callable[[dict[tuple[str, str], int]], None],
) -> Iterator[Change]:
    """The news on their way in: no gap, names that are names; and which records they are about is noted.

    Args:
        changes: the news, by origin and number.
        mine: the version vector from which they go on.
        name: what sentences call the other side.
        touch: called now and then with table and id of records → row clock of the earliest change.

    Raises:
        FileTrouble: there is a gap, or a name is none.
    """
    records: dict[tuple[str, str], int] = {}
    entities, last = set[str](), dict(mine)
    for change in changes:
        origin, seq, t, _, _, _, entity, row, _ = change
        if seq != last.get(origin, 0) + 1:
            raise FileTrouble(f"{name} lacks changes of {origin}; nothing was merged.", "Merge again later.")
        last[origin] = seq
        if entity not in entities:
            if not (_NAME.match(entity) and _ORIGIN.match(origin)):
                raise not_a_journal(name, f"{origin} {seq}")
            entities.add(entity)
        if records.get((entity, row), t) >= t:
            records[entity, row] = t
        if len(records) >= _RECORDS_AT_ONCE:
            touch(records)
            records.clear()
        yield change
    touch(records)


def expect_sound(connection: sqlite3.Connection, news: Mapping[str, int], name: str) -> None:
    """Look at the shape and range of the changes that have just come in.

    SQLite looks at all of them; what it does not take for a JSON object (the triggers write control characters as they
    are) is looked at again here.

    Args:
        connection: inside the merge's commit, which is taken back when this raises.
        news: origin → the last change that was here before.
        name: what sentences call the other side.

    Raises:
        FileTrouble: one is not what a journal holds.
    """
    for own in news.items():
        if not _ORIGIN.match(own[0]):
            raise not_a_journal(name, own[0])
        for row in connection.execute(_DOUBTFUL, own):
            if not is_sound(Change._make(row), set()):
                raise not_a_journal(name, f"{own[0]} {row[1]}")


def not_a_journal(name: str, which: str) -> FileTrouble:
    """The refusal of what no wotui wrote."""
    return FileTrouble(
        f"{name} holds a change that no wotui wrote ({which}); nothing was merged.", "Ask whose file it is."
    )


def is_sound(change: Change, entities: set[str]) -> bool:
    """Whether a change is shaped as wotui shapes them; `entities` remembers which tables were looked at."""
    if change.entity not in entities:
        if not _NAME.match(change.entity):
            return False
        entities.add(change.entity)
    if not (change.seq > 1 or _ORIGIN.match(change.origin)) or not 0 < len(change.row) <= 200:
        return False
    if not 0 <= change.t <= _LATEST or not (change.at is None or 0 <= change.at <= _LATEST):
        return False
    try:
        return change.patch.startswith("{") and isinstance(_decode(change.patch), dict)
    except (ValueError, RecursionError):
        return False


def expect_sealed(connection: sqlite3.Connection, origins: Collection[str]) -> None:
    """Refuse to send on a history that is not what was sealed here: a disk or a tool has changed it since.

    Raises:
        Damaged: names the origin and the way out.
    """
    for origin, last in seals.broken(connection, origins)[:1]:
        raise Damaged(
            f"The history of {origin} up to {last} in this file is not what was sealed; nothing was merged.",
            "Look at `wotui check`, then bring a backup back (`wotui backups`, `wotui restore`).",
        )
