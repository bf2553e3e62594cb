"""What somebody has typed and not yet saved. Kept in a local table, never merged, never in the history.

A draft belongs to a screen and a record, one row a field, and is gone as soon as the text is saved or thrown away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.text import NOTE_LIMIT, clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wotui.store.file import Shop
    from wotui.store.transaction import Done


def keep(shop: Shop, screen: str, record_id: str, typed: Mapping[str, str]) -> Done:
    """Remember what is typed on a screen, in place of what was remembered before; nothing typed forgets it.

    Args:
        shop: the open shop.
        screen: the screen's name.
        record_id: the record it is about; empty for a new one.
        typed: field name → text.
    """
    with shop.transaction() as tx:
        tx.forget_draft(screen, record_id)
        for field, words in typed.items():
            if words:
                tx.keep_draft(screen, record_id, field, clean(words, NOTE_LIMIT))
        return tx.done("")


def forget(shop: Shop, screen: str, record_id: str) -> Done:
    """Forget what was typed: it is saved, or thrown away."""
    return keep(shop, screen, record_id, {})


def kept(shop: Shop, screen: str, record_id: str) -> dict[str, str]:
    """What is remembered, field name → text; empty when nothing is."""
    rows = shop.rows("SELECT field, text FROM draft WHERE screen = ? AND record_id = ?", (screen, record_id))
    return {field: words for field, words in rows if words}
