"""A setting of the shop, asked for through a transaction too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.domain.identity import same_id
from wotui.store.file import SETTING_DEFAULTS

if TYPE_CHECKING:
    from wotui.store.reading import Reads


def setting(reads: Reads, name: str) -> str:
    """A setting of the shop, or its default; empty where it has neither."""
    value = reads.value(
        "SELECT value FROM setting WHERE id = ? AND deleted_at IS NULL", (same_id("setting", name),)
    )
    return value if value is not None else SETTING_DEFAULTS.get(name, "")
