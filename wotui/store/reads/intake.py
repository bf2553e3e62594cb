"""Who writes, and what they write about: a message from outside against what the shop knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.store.reading import marks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wotui.store.reading import Reads


def customer_at(reads: Reads, address: str) -> str | None:
    """The id of the one active customer with this e-mail address; None where there is none, or more than one."""
    rows = reads.rows(
        "SELECT id FROM customer WHERE email = ? COLLATE NOCASE AND deleted_at IS NULL AND ifnull(active, 1)",
        (address,),
    )
    return rows[0][0] if address and len(rows) == 1 else None


def named_by(reads: Reads, words: Sequence[str]) -> tuple[str, str] | None:
    """The one active asset with one of these words for a tag, or else the one place with one of them for a code.

    Args:
        reads: a shop or a transaction.
        words: at most a few hundred; case does not matter.

    Returns:
        (`asset` or `place`, its id), or None where none or several are named.
    """
    upper = [word.upper() for word in words]
    for kind, handle in (("asset", "tag"), ("place", "code")):
        rows = reads.rows(
            f"SELECT id FROM {kind} WHERE upper({handle}) IN ({marks(len(upper))})"
            " AND deleted_at IS NULL AND ifnull(active, 1) LIMIT 2",
            upper,
        )
        if len(rows) == 1:
            return kind, rows[0][0]
    return None
