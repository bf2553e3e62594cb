"""Who acts: the person behind a change, and what their roles allow.

Roles say who did what on a shared file; they are an aid to attribution, not a security boundary.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wotui.errors import NotFound

if TYPE_CHECKING:
    from wotui.store.reading import Reads


@dataclass(frozen=True, slots=True)
class Acting:
    """The person who acts, with the roles that gate actions."""

    id: str
    name: str
    initials: str
    roles: frozenset[str]


def acting(reads: Reads, initials: str) -> Acting:
    """The active person with these initials (case does not matter).

    Raises:
        NotFound: nobody active has them.
    """
    row = reads.one(
        """SELECT id, name, initials FROM person WHERE initials = ? COLLATE NOCASE
        AND deleted_at IS NULL AND ifnull(active, 1)""",
        (initials,),
    )
    if row is None:
        raise NotFound(
            f"Nobody active has the initials {initials}.", "`wotui list-of person` shows who there is."
        )
    roles = reads.rows(
        "SELECT value FROM membership WHERE record_id = ? AND kind = 'role' AND deleted_at IS NULL", (row[0],)
    )
    return Acting(row[0], row[1], row[2], frozenset(value for (value,) in roles))


def name_of(reads: Reads, initials: str) -> str:
    """The name of the person with these initials; empty where there is none."""
    return reads.value("SELECT name FROM person WHERE initials = ? AND deleted_at IS NULL", (initials,)) or ""


def initials_of(reads: Reads, person_id: str) -> str:
    """The initials of a person by id, also of one who was taken away; empty where there is none."""
    return reads.value("SELECT initials FROM person WHERE id = ?", (person_id,)) or ""


def supervisor_pins(reads: Reads) -> list[str]:
    """The stored PINs (hashes) of the active supervisors who have one."""
    return [
        stored
        for (stored,) in reads.rows(
            """SELECT p.pin_hash FROM person p JOIN membership m ON m.record_id = p.id AND m.kind = 'role'
                AND m.value = 'supervisor' AND m.deleted_at IS NULL
            WHERE p.pin_hash IS NOT NULL AND p.deleted_at IS NULL AND ifnull(p.active, 1) ORDER BY p.key"""
        )
    ]
