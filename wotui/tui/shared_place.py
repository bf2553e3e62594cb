"""Where this computer shares the shop, and when by itself: its settings, as the app has them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from wotui import settings
from wotui.errors import Problem

if TYPE_CHECKING:
    from wotui.tui.app import WotuiApp


class SharedPlace:
    """The shared place of one app's computer; `sharing.Sharing` merges with it."""

    def __init__(self, app: WotuiApp) -> None:
        self._app = app

    def place_changed(self) -> None:
        """Another place, or other moments, count from now on."""

    @property
    def place(self) -> Path | None:
        """The shared place of this computer's settings; None while there is none."""
        computer = self._app.computer
        return (
            Path(computer.shared_file).expanduser() if computer is not None and computer.shared_file else None
        )

    @property
    def by_itself(self) -> bool:
        """Whether merges may run without being asked for: not in the demo, and not where nothing can be changed."""
        return self.place is not None and self._app.own_title is None and not self._app.shop.read_only

    def use_place(self, path: str) -> None:
        """Share through this place from now on; empty ends sharing."""
        try:
            settings.save("shared_file", path)
        except Problem as problem:
            self._app.refuse(problem)
            return
        self._app.computer = replace(self._app.computer or settings.Computer(), shared_file=path)
        self.place_changed()

    def merge_when(self, name: str, value: str) -> None:
        """Keep when a merge runs by itself.

        Args:
            name: `on_start`, `on_quit` or `every_minutes`.
            value: yes, no, or minutes; empty for the default.
        """
        computer = self._app.computer or settings.Computer()
        chosen = {entry: word for entry, word in {**computer.merge, name: value}.items() if word}
        try:
            settings.save("merge", chosen)
        except Problem as problem:
            self._app.refuse(problem)
            return
        self._app.computer = replace(computer, merge=chosen)
        self.place_changed()
