"""The bundles of a shared folder: which are whole, what they hold together, and how new ones come to stand there.

A bundle is read whole once and remembered (`memory`); one whose bytes do not fit its name is not there yet, and after
three tries it is set aside as `.damaged`, so that whoever holds its changes sends them again. A gap waits.
"""

from __future__ import annotations

import contextlib
import os
from collections import defaultdict
from typing import TYPE_CHECKING

from wotui.errors import FileTrouble
from wotui.merge.places import bundle, reading, shape, writing
from wotui.merge.places.memory import Memory
from wotui.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from wotui.merge.places import Change
    from wotui.merge.places.bundle import Bundle

TRIES = 3
"""How often a torn file is met before it is set aside."""

_KEPT_UNPACKED = 8


class Shelf:
    """The bundles in one folder.

    Attributes:
        shop: whose they are, as said by `look` or by the first whole bundle.
        notes: sentences for people.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._memory = Memory(path)
        self._whole: list[Bundle] = []
        self._waiting: list[Bundle] = []
        self._unpacked: dict[str, list[Change]] = {}
        self.shop: str | None = None
        self.notes: list[str] = []
        self._met_torn: set[str] = set()

    def listing(self) -> list[str]:
        """The names in the folder.

        Raises:
            FileTrouble: it cannot be reached.
        """
        try:
            return sorted(entry.name for entry in os.scandir(self._path))
        except OSError as error:
            raise FileTrouble(
                f"{self._path} cannot be reached ({error.strerror}).",
                "Your changes are kept here and will be sent when it is back.",
            ) from None

    def read(self, path: Path, largest: int) -> bytes | None:
        """The bytes of a regular file of at most `largest` bytes; None where there is none, or something else."""
        try:
            descriptor, _ = reading.open_regular(path, largest)
        except (FileNotFoundError, FileTrouble):
            return None
        try:
            with os.fdopen(descriptor, "rb") as file:
                return file.read(largest + 1)
        except OSError as error:
            raise shape.refusal(path, f"cannot be read ({error.strerror})", "Try again later.") from None

    def look(self, shop: str | None) -> None:
        """See which bundles are there and whole.

        Raises:
            FileTrouble: not reachable, or a newer wotui wrote one.
        """
        self.shop, self._whole, self._waiting = shop, [], []
        names = self.listing()
        self._memory.forget(set(names))
        for found in filter(None, map(bundle.by_name, names)):
            if self._is_known(found) or self._is_whole(found):
                self._whole.append(found)
        if self._waiting:
            self._say(
                f"{len(self._waiting)} files in {self._path} are not there as a whole yet; they are waited for."
            )
        held = self.held()
        lost = sum(max(0, last - held.get(origin, 0)) for origin, last in self._memory.held.items())
        if lost:
            self._say(
                f"{self._path} had lost {counted(lost, 'change')}; whoever holds them sends them again."
            )
        self._memory.held = dict(held)

    def held(self) -> dict[str, int]:
        """Origin → last number without a gap, from the bundles that are whole."""
        return _reach(self._whole)

    def promised(self) -> dict[str, int]:
        """As `held`, counting also those that are on their way, which need not be sent again yet."""
        return _reach([*self._whole, *self._waiting])

    def changes(self, beyond: Mapping[str, int]) -> Iterator[Change]:
        """The changes beyond a vector, by origin and number.

        Raises:
            FileTrouble: a bundle went while it was needed; the next merge finds what replaced it.
        """
        for origin, last in sorted(self.held().items()):
            need = beyond.get(origin, 0) + 1
            while need <= last:
                for change in self._holding(origin, need):
                    if change.seq >= need:
                        yield change
                        need = change.seq + 1

    def change(self, origin: str, seq: int) -> Change | None:
        """One change."""
        if not 0 < seq <= self.held().get(origin, 0):
            return None
        changes = self._holding(origin, seq)
        return changes[seq - changes[0].seq]

    def put(self, made: Bundle, content: bytes) -> None:
        """Write a bundle and read it back.

        Raises:
            OSError, FileTrouble: it is not there.
        """
        target = self._path / made.name
        draft, _ = writing.beside(target, [content], "part")
        with contextlib.ExitStack() as stack:
            stack.callback(writing.remove, draft)
            writing.rename(draft, target)
        there = self.read(target, bundle.LARGEST)
        if there is None or not bundle.is_whole(made, there):
            raise FileTrouble(f"{self._path} did not keep {made.name}.", "Your changes are kept here.")
        self._remember(made)
        self._memory.written.add(made.name)
        self._whole.append(made)
        self._memory.held = self.held()

    def compact(self, shop: str, most: int, small: int) -> None:
        """Make one of many small bundles that this computer wrote; they go when the new one has been read back.

        Raises:
            OSError, FileTrouble: the new one is not there; the small ones stay.
        """
        mine: defaultdict[str, list[Bundle]] = defaultdict(list)
        for each in sorted(self._whole, key=lambda each: each.first):
            if each.name in self._memory.written and each.count <= small:
                row = mine[each.origin]
                if row and each.first != row[-1].last + 1:
                    row.clear()
                row.append(each)
        for row in mine.values():
            if len(row) > most:
                for run in bundle.runs(change for each in row for change in self._open(each)):
                    self.put(*bundle.pack(shop, run))
                for each in row:
                    writing.remove(self._path / each.name)
                    self._whole.remove(each)

    def set_aside_torn(self, path: Path) -> bool:
        """Count one more meeting with a torn file in this visit; after three it is renamed `.damaged`."""
        if path.name not in self._met_torn:
            self._met_torn.add(path.name)
            self._memory.torn[path.name] = self._memory.torn.get(path.name, 0) + 1
        if self._memory.torn[path.name] < TRIES and path.name not in self._memory.written:
            return False
        with contextlib.suppress(OSError):
            os.replace(path, path.with_name(f"{path.name}.damaged"))  # noqa: PTH105
        self._say(f"{path.name} was damaged and is set aside; whoever holds its changes sends them again.")
        return True

    def close(self) -> None:
        """Keep what was learnt."""
        self._memory.keep()
        self._met_torn.clear()
        self._unpacked.clear()

    def _is_known(self, found: Bundle) -> bool:
        return self.shop is not None and self._memory.whole.get(found.name) == self._stamp(found)

    def _is_whole(self, found: Bundle) -> bool:
        path = self._path / found.name
        content = self.read(path, bundle.LARGEST)
        if content is None or not bundle.is_whole(found, content):
            if not self.set_aside_torn(path):
                self._waiting.append(found)
            return False
        try:
            self._keep_unpacked(found, bundle.unpack(found, content, self.shop or bundle.shop_of(content)))
        except bundle.NewerBundle as error:
            raise shape.newer(path, f"wotui {error}") from None
        except bundle.NotABundle as error:
            self._say(f"{found.name} {error}; it was left out.")
            return False
        self.shop = self.shop or bundle.shop_of(content)
        self._remember(found)
        return True

    def _holding(self, origin: str, seq: int) -> list[Change]:
        """The changes of the bundle that holds this one and reaches farthest; the same one for everybody."""
        there = [each for each in self._whole if each.origin == origin and each.first <= seq <= each.last]
        return self._open(min(there, key=lambda each: (-each.last, each.first, each.name)))

    def _open(self, found: Bundle) -> list[Change]:
        changes = self._unpacked.get(found.name)
        if changes is None:
            content = self.read(self._path / found.name, bundle.LARGEST)
            if content is None or not bundle.is_whole(found, content):
                raise FileTrouble(
                    f"{found.name} changed while it was read; nothing was merged.", "Merge again."
                )
            try:
                changes = bundle.unpack(found, content, self.shop or "")
            except bundle.NotABundle as error:
                raise shape.refusal(self._path / found.name, str(error)) from None
            self._keep_unpacked(found, changes)
        return changes

    def _keep_unpacked(self, found: Bundle, changes: list[Change]) -> None:
        while len(self._unpacked) >= _KEPT_UNPACKED:
            self._unpacked.pop(next(iter(self._unpacked)))
        self._unpacked[found.name] = changes

    def _remember(self, found: Bundle) -> None:
        self._memory.whole[found.name] = self._stamp(found)
        self._memory.torn.pop(found.name, None)

    def _stamp(self, found: Bundle) -> str:
        try:
            there = os.stat(self._path / found.name, follow_symlinks=False)  # noqa: PTH116
        except OSError:
            return ""
        return f"{self.shop} {there.st_size} {there.st_mtime_ns}"

    def _say(self, sentence: str) -> None:
        if sentence not in self.notes:
            self.notes.append(sentence)


def _reach(bundles: Iterable[Bundle]) -> dict[str, int]:
    reach: dict[str, int] = {}
    for each in sorted(bundles, key=lambda each: each.first):
        reached = reach.get(each.origin, 0)
        if each.first <= reached + 1 and each.last > reached:
            reach[each.origin] = each.last
    return reach
