"""Journals without a shop around them: for tests of places, which carry changes and know nothing of work orders."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from wotui.merge.places import FORMAT, Card, Change

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from wotui.merge.places import Journal

SHOP = "0197a000-0000-7000-8000-000000000001"
START = 1_780_000_000_000


class Notebook:
    """A journal in memory that writes as one origin and takes in what others hold."""

    def __init__(self, origin: str, shop: str = SHOP) -> None:
        self.origin, self.shop = origin, shop
        self.rows: dict[str, list[Change]] = {}
        self.files: dict[str, bytes] = {}

    def write(self, count: int = 1, text: str = "Grease the pump") -> None:
        """Add so many changes of our own."""
        own = self.rows.setdefault(self.origin, [])
        for seq in range(len(own) + 1, len(own) + count + 1):
            at = None if seq % 7 == 0 else START + seq
            patch = f'{{"title":"{text} {seq}","priority":{seq % 4}}}'
            own.append(
                Change(self.origin, seq, START + seq, at, None, seq, "work_order", f"row-{seq % 5}", patch)
            )

    def attach(self, content: bytes) -> str:
        """Hold an attachment; gives its name."""
        name = hashlib.sha256(content).hexdigest()
        self.files[name] = content
        return name

    def take_in(self, other: Journal) -> int:
        """What a merge does first: everything that the other journal holds beyond this one."""
        if other.card() is None:
            return 0
        came = 0
        for change in other.changes(self.held()):
            own = self.rows.setdefault(change.origin, [])
            assert change.seq == len(own) + 1, f"a gap before {change.origin} {change.seq}"
            own.append(change)
            came += 1
        self.files.update(other.blobs(set(other.blob_names()) - set(self.files)))
        return came

    def everything(self) -> list[Change]:
        """All changes, in one order for everybody."""
        return [change for _, rows in sorted(self.rows.items()) for change in rows]

    def card(self) -> Card:
        """Whose it is."""
        return Card(self.shop, FORMAT, "0.1.0")

    def held(self) -> Mapping[str, int]:
        """The version vector."""
        return {origin: len(rows) for origin, rows in self.rows.items()}

    def changes(self, beyond: Mapping[str, int]) -> Iterator[Change]:
        """The changes beyond a vector."""
        for origin, rows in sorted(self.rows.items()):
            yield from rows[beyond.get(origin, 0) :]

    def change(self, origin: str, seq: int) -> Change | None:
        """One change."""
        rows = self.rows.get(origin, [])
        return rows[seq - 1] if 0 < seq <= len(rows) else None

    def blob_names(self) -> Collection[str]:
        """The attachments."""
        return set(self.files)

    def blobs(self, names: Collection[str]) -> Iterator[tuple[str, bytes]]:
        """Their bytes."""
        for name in sorted(set(names) & set(self.files)):
            yield name, self.files[name]


def notebook(origin: str = "ann22222", changes: int = 12, *, shop: str = SHOP, files: int = 1) -> Notebook:
    """A notebook with some changes and attachments."""
    book = Notebook(origin, shop)
    book.write(changes)
    for number in range(files):
        book.attach(f"picture {number} of {origin}".encode() * 50)
    return book
