"""Text that was typed and not yet kept: stored every few seconds, so that a crash or a closed terminal loses
nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.text import NOTE_LIMIT, clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wotui.store.file import Shop


def keep(shop: Shop, screen: str, record_id: str, fields: Mapping[str, str]) -> None:
    """Store what is typed in a form, replacing what was stored for it before; empty fields are forgotten."""
    with shop.transaction() as tx:
        tx.keep_draft(
            screen, record_id, {name: clean(text, NOTE_LIMIT) for name, text in fields.items() if text}
        )


def forget(shop: Shop, screen: str, record_id: str) -> None:
    """The form was kept or given up."""
    with shop.transaction() as tx:
        tx.keep_draft(screen, record_id, {})


def kept(shop: Shop, screen: str, record_id: str) -> dict[str, str]:
    """What was typed in a form and never kept, by field."""
    rows: list[tuple[str, str]] = shop.rows(
        "SELECT field, text FROM draft WHERE screen = ? AND record_id = ?", (screen, record_id)
    )  # pyright: ignore[reportAssignmentType]
    return dict(rows)
