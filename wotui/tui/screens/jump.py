"""Jump to any pane by a letter: every pane that can have the focus shows one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget

from wotui.tui.screens.base import ShopDialog

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.screen import Screen

LETTERS = "asdfghjkletuiopwcvnm"


class Letter(Widget):
    """One letter, on the pane it jumps to."""

    DEFAULT_CSS = """
    Letter { position: absolute; width: 3; height: 1; background: $warning; color: $background; text-style: bold; }
    """

    def __init__(self, letter: str) -> None:
        super().__init__()
        self._letter = letter

    def render(self) -> Content:
        return Content(f" {self._letter} ")


class JumpScreen(ShopDialog[None]):
    """Letters over the screen below; one press moves the focus, anything else goes back."""

    DEFAULT_CSS = "JumpScreen { background: transparent; align: left top; }"
    BINDINGS: ClassVar[list[Any]] = [Binding("escape", "dismiss", show=False)]

    def __init__(self, below: Screen[Any]) -> None:
        super().__init__()
        panes = [pane for pane in below.focus_chain if pane.region.area]
        self._panes = dict(zip(LETTERS, panes, strict=False))

    def compose(self) -> ComposeResult:
        for letter, pane in self._panes.items():
            mark = Letter(letter)
            mark.styles.offset = (pane.region.x, pane.region.y)
            yield mark

    def on_key(self, event: events.Key) -> None:
        if event.key == "escape":
            return
        event.stop()
        pane = self._panes.get(event.character or "")
        self.dismiss()
        if pane is not None:
            pane.call_later(pane.focus)
