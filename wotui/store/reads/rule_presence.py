"""Whether there are rules at all: asked at every start and for every new order, so nothing is imported for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wotui.store.reading import Reads


def any_routing_rule(reads: Reads) -> bool:
    """Whether a routing rule is on."""
    return bool(
        reads.value(
            "SELECT EXISTS (SELECT 1 FROM routing_rule WHERE deleted_at IS NULL AND ifnull(active, 1))"
        )
    )


def any_daily_rule(reads: Reads) -> bool:
    """Whether an event rule waits for missing readings or expiring documents."""
    return bool(
        reads.value(
            """SELECT EXISTS (SELECT 1 FROM event_rule WHERE source IN ('reading_missing', 'document_expiring')
            AND deleted_at IS NULL AND ifnull(active, 1))"""
        )
    )
