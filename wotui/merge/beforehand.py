"""A place whose news are fetched before the merge begins: nothing waits for a drive while the own file is locked.

The merge itself is one commit of the own file. What it needs of the place (the news, the last common changes, the
attachments that lack here) is read into a private temporary file first; a stick that is pulled out or a drive that
hangs then holds up this thread alone. Between two steps somebody may have given the merge up.
"""

from __future__ import annotations

import json
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from wotui.errors import Refused
from wotui.merge.places import FORMAT, Change
from wotui.store import vectors

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from wotui.merge.places import Card, Journal, Place
    from wotui.store.file import Shop


class GivenUp(Refused):
    """Somebody gave the merge up; the own file is as it was, or, while sending, holds what came in."""


class Watch:
    """How far a merge is, seen from another thread, and the way to give it up.

    Attributes:
        stage: what it does now, in words for people.
        done, total: steps of the stage; `total` is 0 where nobody knows.
        finished: set when its thread has come to the end.
    """

    def __init__(self) -> None:
        self.stage, self.done, self.total = "waiting", 0, 0
        self.finished = threading.Event()
        self.let_go: Callable[[], None] = _nothing
        self._given_up = threading.Event()
        self._moved = time.monotonic()

    @property
    def silent(self) -> float:
        """Seconds without a sign of life."""
        return time.monotonic() - self._moved

    @property
    def given_up(self) -> bool:
        """Whether somebody gave it up."""
        return self._given_up.is_set()

    def give_up(self) -> None:
        """Let the merge end at its next step; a thread that hangs in a drive changes nothing any more."""
        self._given_up.set()
        self.let_go()

    def step(self, stage: str, done: int = 0, total: int = 0) -> None:
        """Say how far it is.

        Raises:
            GivenUp: somebody gave it up.
        """
        self.stage, self.done, self.total = stage, done, total
        self._moved = time.monotonic()
        if self._given_up.is_set():
            raise GivenUp("The merge was given up.", "Nothing is lost; merge again later.")


class Beforehand:
    """A place as a merge sees it; see `wotui.merge.places.Place`."""

    def __init__(self, place: Place, shop: Shop, watch: Watch) -> None:
        self._place, self._shop, self._watch = place, shop, watch
        self._folder = tempfile.TemporaryDirectory(prefix="wotui-merge-", ignore_cleanup_errors=True)
        self._news = Path(self._folder.name) / "news"
        self._count = 0
        self._common: dict[tuple[str, int], Change | None] = {}
        self._blobs: frozenset[str] = frozenset()
        self._card: Card | None = None
        self._held: dict[str, int] = {}
        self._fetched = False

    def describe(self) -> str:
        """The place's own words."""
        return self._place.describe()

    def card(self) -> Card | None:
        """Whose it is; the first call fetches what the merge will ask for.

        Raises:
            FileTrouble: as the place's own.
            GivenUp: somebody gave the merge up.
        """
        if not self._fetched:
            self._watch.step(f"looking at {self.describe()}")
            self._card = self._place.card()
            self._held = dict(self._place.held()) if self._card else {}
            if (
                self._card
                and self._card.format <= FORMAT
                and self._card.shop == self._shop.value("SELECT shop FROM me")
            ):
                self._fetch()
            self._fetched = True
        self._watch.step("merging")
        return self._card

    def held(self) -> Mapping[str, int]:
        """The version vector, as of the look."""
        return self._held

    def changes(self, beyond: Mapping[str, int]) -> Iterator[Change]:
        """The changes beyond a vector, from the private copy."""
        if not self._count:
            return
        with self._news.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                change = Change(*json.loads(line))
                if number % 200 == 0:
                    self._watch.step("merging", number, self._count)
                if change.seq > beyond.get(change.origin, 0):
                    yield change

    def change(self, origin: str, seq: int) -> Change | None:
        """One change, for the comparison that finds forks."""
        key = (origin, seq)
        return self._common[key] if key in self._common else self._place.change(origin, seq)

    def blob_names(self) -> Collection[str]:
        """The attachments that were fetched."""
        return self._blobs

    def blobs(self, names: Collection[str]) -> Iterator[tuple[str, bytes]]:
        """Their bytes."""
        for name in sorted(self._blobs & set(names)):
            yield name, (Path(self._folder.name) / name).read_bytes()

    def publish(self, mine: Journal) -> int:
        """Send what the place lacks.

        Raises:
            FileTrouble: as the place's own.
            GivenUp: somebody gave the merge up; what came in stays.
        """
        held = mine.held()
        total = sum(max(0, last - self._held.get(origin, 0)) for origin, last in held.items())
        self._watch.step("sending", 0, total)
        return self._place.publish(_Counted(mine, self._watch, total))

    def notes(self) -> Iterable[str]:
        """The place's own."""
        return self._place.notes()

    def close(self) -> None:
        """Let go of private copies."""
        self._place.close()
        self._folder.cleanup()

    def _fetch(self) -> None:
        mine = vectors.held(self._shop)
        total = sum(max(0, last - mine.get(origin, 0)) for origin, last in self._held.items())
        with self._news.open("w", encoding="utf-8") as lines:
            for change in self._place.changes(mine) if total else ():
                self._count += 1
                lines.write(json.dumps(_row(change)) + "\n")
                if self._count % 200 == 0:
                    self._watch.step("reading", self._count, total)
        for origin in mine.keys() & self._held.keys():
            last = min(mine[origin], self._held[origin])
            self._common[origin, last] = self._place.change(origin, last)
        self._watch.step("reading", total, total)
        self._fetch_blobs()

    def _fetch_blobs(self) -> None:
        here = {str(name) for (name,) in self._shop.rows("SELECT sha256 FROM blob")}
        wanted = set(self._place.blob_names()) - here
        found: set[str] = set()
        for name, content in self._place.blobs(wanted):
            (Path(self._folder.name) / name).write_bytes(content)
            found.add(name)
            self._watch.step("reading attachments", len(found), len(wanted))
        self._blobs = frozenset(found)


class _Counted:
    """The own journal while it is sent: counts what was read of it, and stops when the merge was given up."""

    def __init__(self, mine: Journal, watch: Watch, total: int) -> None:
        self._mine, self._watch, self._total = mine, watch, total
        self._done = 0

    def card(self) -> Card | None:
        """The own card."""
        return self._mine.card()

    def held(self) -> Mapping[str, int]:
        """The own version vector."""
        return self._mine.held()

    def changes(self, beyond: Mapping[str, int]) -> Iterator[Change]:
        """The own changes, counted."""
        self._done = 0
        for change in self._mine.changes(beyond):
            self._done += 1
            if self._done % 200 == 1:
                self._watch.step("sending", self._done, max(self._total, self._done))
            yield change

    def change(self, origin: str, seq: int) -> Change | None:
        """One own change."""
        return self._mine.change(origin, seq)

    def blob_names(self) -> Collection[str]:
        """The own attachments."""
        return self._mine.blob_names()

    def blobs(self, names: Collection[str]) -> Iterator[tuple[str, bytes]]:
        """Their bytes, one by one."""
        for blob in self._mine.blobs(names):
            self._watch.step("sending attachments")
            yield blob


def _row(change: Change) -> list[object]:
    return [
        change.origin,
        change.seq,
        change.t,
        change.at,
        change.actor,
        change.act,
        change.entity,
        change.row,
        change.patch,
    ]


def _nothing() -> None:
    """There is nothing to let go of yet."""
