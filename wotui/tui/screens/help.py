"""The keys of a screen, from the one table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding

from wotui.tui import keys
from wotui.tui.screens.base import ShopDialog
from wotui.tui.widgets.pages import Reader, wrapped

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from wotui.tui.widgets.lines import Piece

_KEYS = 14
"""Cells of the column of keys."""


class HelpScreen(ShopDialog[None]):
    """Help of one room: its keys, then those that work everywhere."""

    DEFAULT_CSS = """
    HelpScreen > Reader { width: 78; max-width: 98%; height: 96%; padding: 1 2; background: $surface;
                          border: round $primary; border-title-color: $primary; }
    """
    BINDINGS: ClassVar[list[Any]] = [Binding("escape,q,question_mark,f1,enter", "dismiss", show=False)]

    def __init__(self, room: str) -> None:
        super().__init__()
        self._rooms = (room, "app", "list") if room != "app" else ("app", "list")

    def compose(self) -> ComposeResult:
        yield Reader()

    def on_mount(self) -> None:
        reader = self.query_one(Reader)
        reader.border_title = "Keys"
        reader.border_subtitle = "esc back"
        reader.show(self._lines)

    def _lines(self, width: int) -> list[list[Piece]]:
        lines: list[list[Piece]] = []
        for room in self._rooms:
            commands = keys.in_room(room)
            if commands:
                if lines:
                    lines.append([])
                lines.append([(keys.ROOMS[room], "title")])
                for known in commands:
                    lines.extend(_command(known, width))
        return lines


def _command(known: keys.Command, width: int) -> list[list[Piece]]:
    """The keys, and the sentence beside them on as many lines as it takes."""
    shown = " ".join(keys.display(key) for key in known.keys.split(","))
    lines = wrapped(known.tooltip, width, "text", " " * _KEYS)
    lines[0][0] = (f"  {shown}".ljust(_KEYS), "strong")
    return lines
