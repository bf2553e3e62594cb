"""A place that is a folder of immutable bundles: for network drives and cloud folders, where rewriting is fragile.

`shop.json` (whose it is; written once), `device-A.json` (letters, by exclusive creation), one file for each run of
changes, and attachments beside them as `sha256.blob`. The listing is the version vector. Nobody ever rewrites or
removes what another wrote, so there is nothing to lock: a name appears with all its bytes, or not at all.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
from typing import TYPE_CHECKING, Any

from wotui import __version__
from wotui.errors import FileTrouble
from wotui.merge.places import FORMAT, Card, bundle, shape, writing
from wotui.merge.places.building import expect_one_history
from wotui.merge.places.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from wotui.merge.places import Change, Journal

MOST_SMALL = 32
"""More small bundles of this computer's own than this become one."""
SMALL = 2_000
"""Changes up to which a bundle is small."""

_CARD = "shop.json"
_LETTER = "device-{}.json"
_BLOB = re.compile(r"([0-9a-f]{64})\.blob\Z")
_LARGEST_BLOB = 64 << 20


class FolderPlace:
    """A shared folder; see `wotui.merge.places.Place`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._shelf = Shelf(path)
        self._notes: list[str] = []

    def describe(self) -> str:
        """The path."""
        return str(self._path)

    def card(self) -> Card | None:
        """Whose it is, and what it holds, looked at now; None where nothing of wotui lies there yet.

        Raises:
            FileTrouble: not reachable, or a newer wotui writes there.
        """
        found = self._read_card()
        self._shelf.look(found.shop if found else None)
        if found is None and self._shelf.shop:
            found = Card(self._shelf.shop, FORMAT, __version__)
        return found

    def held(self) -> Mapping[str, int]:
        """The version vector, as of the last `card`."""
        return self._shelf.held()

    def changes(self, beyond: Mapping[str, int]) -> Iterator[Change]:
        """The changes beyond a vector, by origin and number."""
        return self._shelf.changes(beyond)

    def change(self, origin: str, seq: int) -> Change | None:
        """One change."""
        return self._shelf.change(origin, seq)

    def blob_names(self) -> Collection[str]:
        """The attachments that lie there."""
        return frozenset(match[1] for name in self._listing() if (match := _BLOB.match(name)))

    def blobs(self, names: Collection[str]) -> Iterator[tuple[str, bytes]]:
        """Their bytes; one that is not what its name says is set aside, so that whoever holds it sends it again."""
        for name in sorted(names):
            path = self._path / f"{name}.blob"
            content = self._shelf.read(path, _LARGEST_BLOB)
            if content is None:
                continue
            if hashlib.sha256(content).hexdigest() == name:
                yield name, content
            else:
                self._shelf.set_aside_torn(path)

    def notes(self) -> list[str]:
        """What people should know."""
        return [*self._shelf.notes, *self._notes]

    def close(self) -> None:
        """Keep what was learnt about the folder."""
        self._shelf.close()

    def publish(self, mine: Journal) -> int:
        """Send what the folder lacks; gives the number of changes sent.

        Raises:
            Refused: it is another shop's, or a fork of this file.
            FileTrouble: it cannot be written; what is whole stays there and is not sent again.
        """
        self.card()
        expect_one_history(self, mine, self.describe())
        card = mine.card()
        self._shelf.shop = shop = card.shop if card else ""
        try:
            writing.remove_leftovers(self._path)
            self._write_card(shop)
            self._send_blobs(mine)
            sent = 0
            for run in bundle.runs(mine.changes(self._shelf.promised())):
                self._shelf.put(*bundle.pack(shop, run))
                sent += len(run)
            self._shelf.compact(shop, MOST_SMALL, SMALL)
        except OSError as error:
            raise writing.unsent(self._path, error) from error
        finally:
            self._shelf.close()
        return sent

    def letters(self) -> dict[str, str]:
        """Device letter → the origin that took it; a letter whose file cannot be read is taken by nobody known."""
        taken: dict[str, str] = {}
        for name in self._listing():
            match = re.fullmatch(r"device-([A-Z]{1,2})\.json", name)
            if match:
                taken[match[1]] = str(self._read_json(name).get("origin", ""))
        return taken

    def take_letter(self, letter: str, origin: str, device: str) -> bool:
        """Take a device letter, unless somebody has it; two who try at once cannot both get it.

        Raises:
            FileTrouble: the folder cannot be written.
        """
        path = self._path / _LETTER.format(letter)
        flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0)
        try:
            descriptor = os.open(path, flags, 0o666)
        except FileExistsError:
            return self.letters().get(letter) == origin
        except OSError as error:
            raise writing.unsent(self._path, error) from error
        try:
            os.write(descriptor, json.dumps({"letter": letter, "origin": origin, "name": device}).encode())
            os.fsync(descriptor)
        except OSError as error:
            raise writing.unsent(self._path, error) from error
        finally:
            os.close(descriptor)
        return True

    def _listing(self) -> list[str]:
        return self._shelf.listing()

    def _read_card(self) -> Card | None:
        found = self._read_json(_CARD)
        shop, format_ = found.get("shop"), found.get("format")
        if not isinstance(shop, str) or not isinstance(format_, int) or not 0 < len(shop) <= 200:
            return None
        written_by = str(found.get("written_by"))[:20]
        if format_ > FORMAT:
            raise shape.newer(self._path, f"wotui {written_by}")
        return Card(shop, format_, written_by)

    def _read_json(self, name: str) -> dict[str, Any]:
        content = self._shelf.read(self._path / name, 10_000)
        try:
            found: Any = json.loads(content or b"")
        except (ValueError, RecursionError):
            return {}
        return dict(found) if isinstance(found, dict) else {}  # pyright: ignore[reportUnknownArgumentType]

    def _write_card(self, shop: str) -> None:
        if self._read_card() is not None:
            return
        content = json.dumps({"shop": shop, "format": FORMAT, "written_by": __version__}).encode()
        target = self._path / _CARD
        draft, _ = writing.beside(target, [content], "part")
        try:
            os.link(draft, target)  # unlike a rename it never replaces somebody's
        except OSError:
            if self._read_card() is None:
                writing.rename(draft, target)
        finally:
            writing.remove(draft)
        found = self._read_card()
        if found is None or found.shop != shop:
            raise FileTrouble(
                f"{self._path} was taken by another shop at this moment.", "Name another folder."
            )

    def _send_blobs(self, mine: Journal) -> None:
        lacking = set(mine.blob_names()) - set(self.blob_names())
        for name, content in mine.blobs(lacking):
            target = self._path / f"{name}.blob"
            draft, _ = writing.beside(target, [content], "part")
            with contextlib.ExitStack() as stack:
                stack.callback(writing.remove, draft)
                writing.rename(draft, target)
