"""Another copy of this shop's own file, `shop.wotui`, as a place: its journal is read, its tables are not.

Read like every foreign file, from a private copy that was verified. Written like a shop's file, not like a shared one:
it is opened and merged into. Its owner's origin stays untouched; the owner notes what came in when it is opened next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.merge import engine
from wotui.merge.places.file import FilePlace
from wotui.store.file import Shop

if TYPE_CHECKING:
    from pathlib import Path

    from wotui.merge.places import Journal


class ShopFile(FilePlace):
    """A place that is a whole shop's file."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._file = path

    def publish(self, mine: Journal) -> int:
        """Merge the other way round, into that file; gives the number of changes it did not have.

        Raises:
            Refused: it is another shop's, or a fork.
            FileTrouble: it cannot be written.
        """
        with Shop.open(self._file) as shop:
            return engine.take_in(shop, mine, "This file", agreed=True, visiting=True).changes_in
