"""A new shop: its file, and what every shop starts with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.actions.checklists.lists import load_shipped
from wotui.store.new_file import create

if TYPE_CHECKING:
    from pathlib import Path

    from wotui.store.file import Shop


def make(path: Path, *, name: str, zone: str, currency: str, workweek_start: str) -> Shop:
    """Make a new shop's file with the shipped checklists in it, and open it.

    Raises:
        FileTrouble: something lies at `path` already, or its folder cannot be written.
    """
    shop = create(path, name=name, zone=zone, currency=currency, workweek_start=workweek_start)
    try:
        with shop.transaction(kind="setup") as tx:
            load_shipped(tx)
            tx.done("Put the shipped checklists in.")
    except BaseException:
        shop.close()
        raise
    return shop
