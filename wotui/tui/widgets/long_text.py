"""A dialog for texts of several lines, with the way to the person's own editor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.widgets import TextArea

from wotui import text
from wotui.errors import Problem
from wotui.tui import editor
from wotui.tui.widgets.dialogs import Box, Confirm

if TYPE_CHECKING:
    from textual.app import ComposeResult


class LongText(Box[Any]):
    """Several lines of text; gives the text, or None.

    Args:
        title: what is written.
        value: what stands there already.
        limit: most characters; more is cut when it is taken.
        required: an empty text is not taken.
    """

    DEFAULT_CSS = "LongText > Vertical { width: 76; } LongText TextArea { height: 10; max-height: 60vh; }"
    BINDINGS: ClassVar[list[Any]] = [
        Binding("ctrl+s", "take", show=False, priority=True),
        Binding("ctrl+e", "editor", show=False, priority=True),
        Binding("escape", "never_mind", show=False, priority=True),
    ]
    HINTS = "ctrl+s take · ctrl+e your editor · esc never mind"

    def __init__(self, title: str, value: str = "", *, limit: int = text.NOTE_LIMIT) -> None:
        super().__init__(title)
        self._value = value
        self._limit = limit

    def inside(self) -> ComposeResult:
        area = TextArea(self._value, soft_wrap=True, show_line_numbers=False, tab_behavior="focus", id="area")
        area.highlight_cursor_line = False
        yield area

    def mounted(self) -> None:
        super().mounted()
        area = self.query_one("#area", TextArea)
        area.move_cursor(area.document.end)

    def type_ahead(self, words: str) -> None:
        """Go on with what was begun outside."""
        self._value += words
        for area in self.query("#area").results(TextArea):
            area.insert(words)

    def action_take(self) -> None:
        self.dismiss(text.clean(self.query_one("#area", TextArea).text, self._limit))

    def action_editor(self) -> None:
        area = self.query_one("#area", TextArea)
        try:
            written = editor.write(self.wotui, area.text)
        except Problem as problem:
            self.wotui.refuse(problem)
            return
        area.text = text.clean(written, self._limit)
        area.move_cursor(area.document.end)

    def action_never_mind(self) -> None:
        if text.clean(self.query_one("#area", TextArea).text, self._limit) == text.clean(
            self._value, self._limit
        ):
            self.dismiss(None)
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self.dismiss(None)

        self.wotui.push_screen(Confirm("Throw away what you typed?", yes="Throw away", no="Go on"), answered)
