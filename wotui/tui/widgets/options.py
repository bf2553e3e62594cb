"""A list of options to choose from, drawn line by line: what pickers, the palette and saved filters show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView

from wotui import text
from wotui.tui.ties import WithShop
from wotui.tui.widgets.lines import Piece, strip

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from textual import events
    from textual.strip import Strip

    from wotui.tui.themes import Token


MOST_OF_SCREEN = 55
"""How much of the screen's height a list takes, in per cent."""


@dataclass(frozen=True, slots=True)
class Option:
    """One line to choose.

    Args:
        value: what choosing it gives.
        words: what it is called.
        note: more about it, after the words.
        code: stands on the right: a tag, a number, a key.
        look: the style of the words.
        refused: why it cannot be chosen; it is shown all the same, and says why when somebody tries.
    """

    value: Any
    words: str
    note: str = ""
    code: str = ""
    look: Token = "text"
    refused: str = ""


def matching(options: Sequence[Option], typed: str) -> list[Option]:
    """The options that hold every typed word, those first whose words begin with what was typed."""
    wanted = typed.casefold().split()

    def held(option: Option) -> bool:
        whole = f"{option.words} {option.note} {option.code}".casefold()
        return all(word in whole for word in wanted)

    start = typed.casefold().strip()
    found = [option for option in options if held(option)]
    return sorted(found, key=lambda option: not option.words.casefold().startswith(start))


class OptionLines(WithShop, ScrollView):
    """The options with a cursor. Keys are bound by the dialog, because its entry line keeps the focus."""

    can_focus = False
    DEFAULT_CSS = "OptionLines { height: auto; width: 1fr; overflow-x: hidden; }"

    class Chosen(Message):
        """A click on an option."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.options: list[Option] = []
        self.at = 0
        self.marked: set[Any] = set()
        self.marking = False
        self.touched = False
        """Whether anything was marked or unmarked: then the marked ones are meant, even when there are none."""
        self._nothing = ""

    @property
    def current(self) -> Option | None:
        """The option under the cursor."""
        return self.options[self.at] if self.at < len(self.options) else None

    def show(
        self, options: Sequence[Option], nothing: str = "Nothing fits.", marked: Collection[Any] = ()
    ) -> None:
        """Show other options; the cursor goes to the first."""
        self.options = list(options)
        self._nothing = nothing
        self.marked |= set(marked)
        self.at = 0
        self.virtual_size = Size(max(self.size.width, 1), max(len(self.options), 1))
        self.scroll_to(y=0, animate=False)
        self.refresh(layout=True)

    def move(self, step: int) -> None:
        """Move the cursor by so many lines; it stops at both ends."""
        if self.options:
            self.at = min(max(self.at + step, 0), len(self.options) - 1)
            top, height = int(self.scroll_offset.y), max(self.size.height, 1)
            if self.at < top:
                self.scroll_to(y=self.at, animate=False)
            elif self.at >= top + height:
                self.scroll_to(y=self.at - height + 1, animate=False)
            self.refresh()

    def toggle(self) -> None:
        """Mark or unmark the option under the cursor."""
        if self.current is not None:
            self.touched = True
            self.marked ^= {self.current.value}
            self.move(1)
            self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        most = max(self.screen.size.height * MOST_OF_SCREEN // 100, 3)
        return min(max(len(self.options), 1), most)

    def on_resize(self) -> None:
        self.virtual_size = Size(max(self.size.width, 1), max(len(self.options), 1))

    def render_line(self, y: int) -> Strip:
        index = y + int(self.scroll_offset.y)
        width = self.size.width
        theme = self.colours
        if not self.options:
            return strip([(f" {self._nothing}", "muted")] if y == 0 else [], width, theme)
        if index >= len(self.options):
            return strip([], width, theme)
        return strip(self._pieces(self.options[index], index == self.at, width), width, theme)

    def on_click(self, event: events.Click) -> None:
        index = event.y + int(self.scroll_offset.y)
        if index < len(self.options):
            self.at = index
            self.refresh()
            self.post_message(self.Chosen(index))

    def _pieces(self, option: Option, here: bool, width: int) -> list[Piece]:
        front = " ▸ " if here else "   "
        if self.marking:
            front = f"{'▸' if here else ' '}{'[x]' if option.value in self.marked else '[ ]'} "
        code = f" {option.code} " if option.code else ""
        room = max(width - len(front) - Content(code).cell_length, 1)
        words = _cut(option.words, room)
        note = _cut(option.refused or option.note, room - Content(words).cell_length - 2)
        gap = room - Content(words).cell_length - (Content(note).cell_length + 2 if note else 0)
        token: Token = "cursor" if here else "muted" if option.refused else option.look
        pieces: list[Piece] = [(front, token), (words, token)]
        if note:
            pieces.append((f"  {note}", "cursor" if here else "muted"))
        pieces.append((" " * max(gap, 0), token))
        pieces.append((code, "cursor" if here else "accent"))
        return pieces


def _cut(words: str, width: int) -> str:
    """Foreign text on one line, at most so many cells wide; nothing at all below three."""
    if width < 3:
        return ""
    line = Content(text.visible(words))
    return line.plain if line.cell_length <= width else line.truncate(width, ellipsis=True).plain
