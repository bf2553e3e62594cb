"""A new shop: its file, and what every shop starts with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.actions import packs
from wotui.actions.checklists.lists import load_shipped
from wotui.store.new_file import create

if TYPE_CHECKING:
    from pathlib import Path

    from wotui.store.file import Shop


def make(path: Path, *, name: str, zone: str, currency: str, workweek_start: str, pack: str = "") -> Shop:
    """Make a new shop's file with the shipped checklists in it, and a pack's templates and codes, and open it.

    Args:
        path: where it lies.
        name: what the shop is called.
        zone: its IANA time zone.
        currency: its ISO 4217 code.
        workweek_start: the first day of its workweek.
        pack: a name of `actions.packs.names()`; empty for none.

    Raises:
        NotFound: there is no such pack; no file is made.
        FileTrouble: something lies at `path` already, or its folder cannot be written.
    """
    if pack:
        packs.contents(pack.strip().casefold(), currency)
    shop = create(path, name=name, zone=zone, currency=currency, workweek_start=workweek_start)
    try:
        with shop.transaction(kind="setup") as tx:
            load_shipped(tx)
            tx.done("Put the shipped checklists in.")
        if pack:
            with shop.transaction(kind="setup") as tx:
                packs.put(tx, pack)
    except BaseException:
        shop.close()
        raise
    return shop
