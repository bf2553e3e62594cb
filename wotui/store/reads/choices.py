"""What a picker offers: the active records of one kind that hold every typed word, the nearest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wotui.domain.record_kinds import KINDS

if TYPE_CHECKING:
    from wotui.store.reading import Reads

LIMIT = 60

_NOTES = {
    "asset": (
        "(SELECT ifnull(p.code, '') || ' ' || ifnull(p.name, '') FROM place p WHERE p.id = r.place_id)"
    ),
    "place": "(SELECT u.name FROM place u WHERE u.id = r.parent_id)",
    "person": (
        "(SELECT group_concat(m.value, ', ') FROM membership m WHERE m.record_id = r.id AND m.kind = 'trade'"
        " AND m.deleted_at IS NULL)"
    ),
    "contractor": (
        "(SELECT group_concat(m.value, ', ') FROM membership m WHERE m.record_id = r.id AND m.kind = 'trade'"
        " AND m.deleted_at IS NULL)"
    ),
    "customer": "r.phone",
    "part": "r.description",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One record to pick: `handle` is what people call it by (tag, code, initials), `note` where or what it is."""

    id: str
    handle: str
    name: str
    note: str


def choices(reads: Reads, kind: str, typed: str = "", limit: int = LIMIT) -> list[Choice]:
    """The active records of a kind whose handle, name or note hold every typed word; handles that begin so come first.

    Args:
        reads: a shop or a transaction.
        kind: a name of `domain.record_kinds.KINDS`.
        typed: any words; empty gives the first ones by handle.
        limit: most records.
    """
    handle = KINDS[kind].field(KINDS[kind].handle).column
    words = [_pattern(word) for word in typed.split()]
    fits = "".join(r" AND whole LIKE ? ESCAPE '\'" for _ in words)
    rows = reads.rows(
        f"""WITH known AS (SELECT r.id, ifnull(r.{handle}, '') AS handle, ifnull(r.name, '') AS name,
                ifnull({_NOTES[kind]}, '') AS note FROM "{kind}" r
                WHERE r.deleted_at IS NULL AND ifnull(r.active, 1)),
            searched AS (SELECT *, handle || ' ' || name || ' ' || note AS whole FROM known)
        SELECT id, handle, name, note FROM searched WHERE 1{fits}
        ORDER BY handle NOT LIKE ? ESCAPE '\\', handle COLLATE NOCASE LIMIT ?""",
        (*words, _pattern(typed.strip())[1:], limit),
    )
    return [Choice(*row) for row in rows]


def orders(reads: Reads, typed: str = "", limit: int = LIMIT) -> list[Choice]:
    """The work orders whose number or title hold every typed word, open ones and newer ones first."""
    words = [_pattern(word) for word in typed.split()]
    fits = "".join(r" AND (number || ' ' || ifnull(title, '')) LIKE ? ESCAPE '\'" for _ in words)
    rows = reads.rows(
        f"""SELECT id, number, ifnull(title, ''), status FROM work_order WHERE deleted_at IS NULL{fits}
        ORDER BY status IN ('done', 'closed', 'cancelled'), key DESC LIMIT ?""",
        (*words, limit),
    )
    return [Choice(*row) for row in rows]


def _pattern(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
