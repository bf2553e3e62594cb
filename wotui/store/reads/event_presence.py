"""Whether there is any event rule that has to be looked after daily; asked at every start, so nothing is imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wotui.store.reading import Reads


def any_daily_rule(reads: Reads) -> bool:
    """Whether a rule waits for missing readings or expiring documents."""
    return bool(
        reads.value(
            """SELECT EXISTS (SELECT 1 FROM event_rule WHERE source IN ('reading_missing', 'document_expiring')
            AND deleted_at IS NULL AND ifnull(active, 1))"""
        )
    )
