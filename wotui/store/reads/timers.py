"""Whose timer runs, for the header line of every screen: a module of its own, because the first frame waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wotui.store.reading import Reads


def own_timer(reads: Reads, person_id: str) -> int | None:
    """When a person's running timer was started, in minutes since the epoch; None when none runs."""
    return reads.value(
        """SELECT min(start_minute) FROM time_span
        WHERE person_id = ? AND end_minute IS NULL AND deleted_at IS NULL""",
        (person_id,),
    )
