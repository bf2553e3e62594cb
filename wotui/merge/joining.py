"""Joining: a computer's own file made in one step from what the shop shares."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

from wotui.errors import FileTrouble
from wotui.merge import engine, identity
from wotui.merge.own import Own
from wotui.merge.places.folder import FolderPlace
from wotui.store.file import Shop
from wotui.store.new_file import make_empty
from wotui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from wotui.merge.account import Account
    from wotui.merge.places import Place


def join(path: Path, place: Place) -> tuple[str, Account]:
    """Make a file at `path` out of a place, with an origin of its own and the next free letter, and tell the place.

    Returns:
        The device letter, and the account of what came in.

    Raises:
        FileTrouble: something lies at `path` already, or there is nothing to join, or it cannot be read. Then no file
            was made.
    """
    card = place.card()
    if card is None:
        raise FileTrouble(
            f"There is no shop at {place.describe()}.", "Share it first: wotui merge PLACE, where it is."
        )
    make_empty(path, shop=card.shop, letter="A")
    try:
        with Shop.open(path) as shop:
            account = engine.take_in(shop, place, place.describe(), agreed=True, visiting=True)
            with shop.exchange() as connection:
                letter = identity.take_new_origin(connection, _reserving(place))
            identity.remember(shop)
            account.changes_out = 0
            try:
                account.changes_out = place.publish(Own(shop))
            except FileTrouble as trouble:
                account.notices.append(str(trouble))
            identity.remember(shop)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return letter, account


def _reserving(place: Place) -> Callable[[str, str], bool]:
    """How a letter is taken at a place: in a folder by a file of its own, so that two who join at once cannot share it.

    Where that cannot be done, the first merge that finds two with one letter parts them.
    """

    def reserve(letter: str, origin: str) -> bool:
        if not isinstance(place, FolderPlace):
            return True
        try:
            return place.take_letter(letter, origin, clean_line(platform.node()))
        except FileTrouble:
            return True

    return reserve
