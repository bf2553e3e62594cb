"""What this computer remembers about the places it shares through; losing it costs time, never an entry.

Remembered are which bundles were read whole (they are immutable, so once is enough), how often one was found torn,
which ones this computer wrote itself, what the place held last, and when that was. What a place holds is still asked
each time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from typing import TYPE_CHECKING, Any, cast

from wotui import settings

if TYPE_CHECKING:
    from pathlib import Path


class Memory:
    """The notes about one place, in the user's state folder."""

    def __init__(self, place: Path) -> None:
        name = hashlib.blake2b(os.fsencode(place.absolute()), digest_size=8).hexdigest()
        self._path = settings.state_folder() / "places" / f"{name}.json"
        found = self._load()
        self.whole: dict[str, str] = {str(name): str(stamp) for name, stamp in _table(found, "whole").items()}
        self.torn: dict[str, int] = {
            str(name): tries for name, tries in _table(found, "torn").items() if isinstance(tries, int)
        }
        self.written: set[str] = {str(name) for name in _table(found, "written")}
        self.held: dict[str, int] = {
            str(origin): last for origin, last in _table(found, "held").items() if isinstance(last, int)
        }

        at = found.get("at")
        self.at: str = at if isinstance(at, str) else ""
        self.folder = found.get("folder") is True

    def forget(self, present: set[str]) -> None:
        """Let go of names that are no longer there."""
        self.whole = {name: stamp for name, stamp in self.whole.items() if name in present}
        self.torn = {name: tries for name, tries in self.torn.items() if name in present}
        self.written &= present

    def keep(self) -> None:
        """Write the notes; where that fails, the next merge reads a little more."""
        content: dict[str, object] = {
            "whole": self.whole,
            "torn": self.torn,
            "written": dict.fromkeys(sorted(self.written), 1),
        }
        content["held"] = self.held
        content |= {"at": self.at, "folder": self.folder}
        draft = self._path.with_name(f".{self._path.name}.{os.getpid()}.part")
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft.write_text(json.dumps(content), "utf-8")
            draft.replace(self._path)

    def _load(self) -> dict[str, Any]:
        try:
            found: Any = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return cast("dict[str, Any]", found) if isinstance(found, dict) else {}


def _table(found: dict[str, Any], name: str) -> dict[str, Any]:
    table = found.get(name)
    return cast("dict[str, Any]", table) if isinstance(table, dict) else {}
