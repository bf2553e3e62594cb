"""The keys of a screen, from the one table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from wotui.tui import keys
from wotui.tui.screens.base import ShopDialog

if TYPE_CHECKING:
    from textual.app import ComposeResult


class KeyTable(Widget):
    """Key, word and sentence of every command of some rooms, under their headings."""

    DEFAULT_CSS = "KeyTable { width: 1fr; height: auto; }"

    def __init__(self, rooms: tuple[str, ...]) -> None:
        super().__init__()
        self._rooms = rooms

    def render(self) -> Content:
        parts: list[Any] = []
        for room in self._rooms:
            commands = keys.in_room(room)
            if not commands:
                continue
            parts.append(("\n" if parts else "") + keys.ROOMS[room] + "\n")
            parts[-1] = (parts[-1], "bold $primary")
            for known in commands:
                shown = " ".join(keys.display(key) for key in known.keys.split(","))
                parts.append((f"  {shown:<12}", "bold"))
                parts.append(f" {known.tooltip}\n")
        return Content.assemble(*parts)


class HelpScreen(ShopDialog[None]):
    """Help of one room: its keys, then those that work everywhere."""

    DEFAULT_CSS = """
    HelpScreen > VerticalScroll { width: 78; max-width: 98%; height: auto; max-height: 96%; padding: 1 2;
                                  background: $surface; border: round $primary; border-title-color: $primary; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        Binding("escape,q,question_mark,f1,enter", "dismiss", show=False),
        Binding("j", "move(1)", show=False),
        Binding("k", "move(-1)", show=False),
    ]

    def __init__(self, room: str) -> None:
        super().__init__()
        self._room = room

    def compose(self) -> ComposeResult:
        rooms = (self._room, "app", "list") if self._room != "app" else ("app", "list")
        with VerticalScroll() as frame:
            frame.border_title = "Keys"
            frame.border_subtitle = "esc back"
            yield KeyTable(rooms)

    def action_move(self, step: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=step, animate=False)
