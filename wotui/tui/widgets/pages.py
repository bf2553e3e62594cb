"""Pages of lines to read: a line of tabs, and a view that scrolls through lines drawn from pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView

from wotui import text
from wotui.tui.ties import WithShop
from wotui.tui.widgets.lines import Line, Piece, strip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.strip import Strip

    from wotui.tui.themes import Token

    Lines = Sequence[Sequence[Piece]]


class Tabs(Line):
    """The names of the pages on one line, the shown one marked; a click shows another."""

    FILL: Token = "text"

    class Picked(Message):
        """Somebody wants to see another page."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.names: list[str] = []
        self.at = 0
        self._spots: list[tuple[int, int]] = []

    def show(self, names: Sequence[str], at: int) -> None:
        """Show these names, one of them marked."""
        self.names = list(names)
        self.at = at
        self.refresh()

    def pieces(self, width: int) -> list[Piece]:
        short = sum(Content(name).cell_length + 3 for name in self.names) >= width
        gap = "" if short else " "
        pieces: list[Piece] = [(" ", "text")]
        self._spots = []
        at = 1
        for index, name in enumerate(self.names):
            here = index == self.at
            words = f" {name.split(' ')[0] if short else name} "
            length = Content(words).cell_length
            self._spots.append((at, at + length))
            pieces.append((words, "here" if here else "muted"))
            pieces.append((gap, "text"))
            at += length + len(gap)
        return pieces

    def clicked(self, cell: int) -> None:
        for index, (start, end) in enumerate(self._spots):
            if start <= cell < end:
                self.post_message(self.Picked(index))


class Reader(WithShop, ScrollView, can_focus=True):
    """Lines to read, wrapped by whoever makes them: `make(width)` is asked again when the width changes."""

    DEFAULT_CSS = "Reader { width: 1fr; height: 1fr; overflow-x: hidden; padding: 0; }"
    BINDINGS: ClassVar[list[Any]] = [
        Binding("down,j", "scroll_by(1)", show=False),
        Binding("up", "scroll_by(-1)", show=False),
        Binding("pagedown,space", "scroll_page(1)", show=False),
        Binding("pageup", "scroll_page(-1)", show=False),
        Binding("home,g", "scroll_home", show=False),
        Binding("end,G", "scroll_end", show=False),
    ]

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._make: Callable[[int], Lines] = _nothing
        self._lines: list[Sequence[Piece]] = []
        self._drawn_width = -1

    def show(self, make: Callable[[int], Lines], *, keep_place: bool = False) -> None:
        """Show other lines."""
        self._make = make
        self._drawn_width = -1
        self._lay_out()
        if not keep_place:
            self.scroll_to(y=0, animate=False)
        self.refresh()

    def action_scroll_by(self, lines: int) -> None:
        self.scroll_relative(y=lines, animate=False)

    def action_scroll_page(self, pages: int) -> None:
        self.scroll_relative(y=pages * max(self.size.height - 1, 1), animate=False)

    def on_resize(self) -> None:
        self._lay_out()

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width  # a scroll bar takes a column
        if width != self._drawn_width:
            self._lay_out()
        line = y + int(self.scroll_offset.y)
        pieces = self._lines[line] if line < len(self._lines) else ()
        return strip(pieces, width, self.colours)

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        if width and width != self._drawn_width:
            self._drawn_width = width
            self._lines = list(self._make(width))
            self.virtual_size = Size(width, max(len(self._lines), 1))
            self.refresh()


def wrapped(words: str, width: int, look: Token = "text", indent: str = "") -> list[list[Piece]]:
    """Foreign text as lines of at most `width` cells, each after `indent`."""
    room = max(width - len(indent), 8)
    lines = Content(text.visible_lines(words)).wrap(room) or [Content("")]
    return [[(indent, look), (line.plain.rstrip(), look)] for line in lines]


def _nothing(_width: int) -> Lines:
    return ()
