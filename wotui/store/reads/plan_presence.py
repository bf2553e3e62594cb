"""Whether the shop has maintenance plans at all: a module of its own, because every start asks it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wotui.store.reading import Reads


def any_plan(reads: Reads) -> bool:
    """Whether there is a maintenance plan, retired ones included."""
    return reads.value("SELECT 1 FROM maintenance_plan WHERE deleted_at IS NULL LIMIT 1") is not None
