"""The own file as a journal among journals: what places are given when something is sent to them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from wotui import __version__
from wotui.merge.places import COLUMNS, FORMAT, Card, Change, change_of
from wotui.store import vectors

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from wotui.store.reading import Reads

_ROWS_AT_ONCE = 2000
_SELECT = f"SELECT {', '.join(COLUMNS)} FROM change"


class Own:
    """The journal of an open shop's file; `reads` is the shop, or a connection inside a transaction."""

    def __init__(self, reads: Reads) -> None:
        self._reads = reads

    def card(self) -> Card:
        """Whose it is."""
        return Card(str(self._reads.value("SELECT shop FROM me")), FORMAT, __version__)

    def held(self) -> Mapping[str, int]:
        """The version vector."""
        return vectors.held(self._reads)

    def changes(self, beyond: Mapping[str, int]) -> Iterator[Change]:
        """The changes beyond a vector, by origin and number."""
        for origin, last in sorted(self.held().items()):
            start = beyond.get(origin, 0)
            while start < last:
                stop = min(last, start + _ROWS_AT_ONCE)
                rows = self._reads.rows(
                    f"{_SELECT} WHERE origin = ? AND seq > ? AND seq <= ? ORDER BY seq", (origin, start, stop)
                )
                yield from map(change_of, rows)
                start = stop

    def change(self, origin: str, seq: int) -> Change | None:
        """One change."""
        row = self._reads.one(f"{_SELECT} WHERE origin = ? AND seq = ?", (origin, seq))
        return Change(*row) if row else None

    def blob_names(self) -> frozenset[str]:
        """The SHA-256 of every attachment whose bytes are here."""
        return frozenset(str(name) for (name,) in self._reads.rows("SELECT sha256 FROM blob"))

    def blobs(self, names: Collection[str]) -> Iterator[tuple[str, bytes]]:
        """The bytes of these attachments, as far as they are here and still are what their name says."""
        for name in sorted(names):
            content = self._reads.value("SELECT bytes FROM blob WHERE sha256 = ?", (name,))
            if content is not None and hashlib.sha256(content).hexdigest() == name:
                yield name, content
