"""Choose a folder: typed, or walked through with tab."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.widgets import Input

from wotui import text
from wotui.tui.widgets.options import Option
from wotui.tui.widgets.picker import Picker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from wotui.store.file import Shop

_TYPED = "accent"
"""How the entry that takes what is typed looks, and no other."""
_MOST = 200
"""Folders of one folder that are offered; a path can always be typed."""


class FolderPicker(Picker):
    """A folder to write into; gives its path, or None. The first entry takes what is typed, there or not.

    Args:
        title: what is written.
        folder: what stands there at first.
    """

    HINTS = "type a path · tab goes into the folder · enter takes it · esc never mind"

    def __init__(self, title: str, folder: str) -> None:
        super().__init__(title, _folders, typed=folder)

    @property
    def hints(self) -> str:
        return self.HINTS

    def early(self, event: events.Key) -> bool:  # noqa: ARG002 - the path that stands there was not typed just now
        return self.deaf

    def mounted(self) -> None:
        super().mounted()
        entry = self.query_one("#entry", Input)
        entry.cursor_position = len(entry.value)

    def action_mark(self) -> None:
        """Go on with the folder under the cursor, or complete what is typed with the only one that fits."""
        current = self._lines.current
        if current is not None and isinstance(current.value, Path):
            entry = self.query_one("#entry", Input)
            entry.value = f"{str(current.value).rstrip('/')}/"
            entry.cursor_position = len(entry.value)

    def _take(self) -> None:
        """Take what is typed, or the folder that the cursor was moved to. What the list shows may lag behind typing."""
        current, typed = self._lines.current, text.clean_line(self.query_one("#entry", Input).value, 1000)
        if current is not None and current.look != _TYPED:
            self.dismiss(current.value)
        elif typed:
            self.dismiss(Path(typed).expanduser().absolute())


def _folders(shop: Shop, typed: str) -> Sequence[Option]:  # noqa: ARG001 - a picker asks its source with the shop
    words = text.clean_line(typed, 1000)
    if not words:
        return [Option(Path.home(), f"{Path.home()}", "your folder", look=_TYPED)]
    path = Path(words).expanduser().absolute()
    note = "" if path.is_dir() else "is made" if path.parent.is_dir() else "is not there"
    inside = words.endswith("/") or path.is_dir()
    around, begun = (path, "") if inside else (path.parent, path.name.casefold())
    return [Option(path, f"Write into {path}", note, look=_TYPED), *_inside(around, begun)]


def _inside(folder: Path, begun: str) -> list[Option]:
    try:
        found = sorted(
            one
            for one in folder.iterdir()
            if one.name.casefold().startswith(begun) and not one.name.startswith(".") and one.is_dir()
        )
    except OSError:
        return []
    return [Option(one, f"{one.name}/") for one in found[:_MOST]]
