"""A table to walk through in four directions: a row for each person or week, a column for each day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView

from wotui.tui import keys, present
from wotui.tui.ties import WithShop
from wotui.tui.widgets.lines import Piece, strip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.strip import Strip

    from wotui.tui.themes import Token

_NARROWEST_CELL = 5
_WIDEST_TITLE = 20


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row: what it stands for, its title, and one piece for each column."""

    value: str
    title: Piece
    cells: Sequence[Piece]


class Grid(WithShop, ScrollView, can_focus=True):
    """Rows under the titles of their columns; the cursor is one cell.

    A cell that the cursor comes to posts `Moved`, a second click `Taken`, and a mouse button that is let go over a cell
    `LetGo`, so that what was picked up elsewhere can be put down here.
    """

    DEFAULT_CSS = "Grid { width: 1fr; height: auto; overflow-x: hidden; padding: 0; }"
    BINDINGS: ClassVar[list[Any]] = [
        *keys.bindings("list"),
        Binding("right,l", "cursor_right", show=False),
        Binding("left,h", "cursor_left", show=False),
    ]

    class Moved(Message):
        """The cursor stands on another cell."""

    class Taken(Message):
        """Somebody clicked the cell under the cursor again."""

    class LetGo(Message):
        """The mouse button was let go over the cell that the cursor is on now."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.row: int = 0
        self.column: int = 0
        self._titles: Sequence[Piece] = ()
        self._rows: Sequence[GridRow] = ()
        self._pressed: tuple[int, int] | None = None

    @property
    def value(self) -> str:
        """What the row under the cursor stands for; empty while there is none."""
        return self._rows[self.row].value if self.row < len(self._rows) else ""

    def show(self, titles: Sequence[Piece], rows: Sequence[GridRow]) -> None:
        """Show other rows; the cursor stays with the row it stood on."""
        here = self.value
        self._titles, self._rows = titles, rows
        values = [row.value for row in rows]
        self.row = values.index(here) if here in values else min(self.row, max(len(rows) - 1, 0))
        self.column = min(self.column, max(len(titles) - 1, 0))
        self.virtual_size = Size(max(self.size.width, 1), len(rows) + 1)
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        return len(self._rows) + 1

    # moving

    def go(self, row: int, column: int) -> None:
        """Put the cursor on a cell; beyond the edge means the edge."""
        wanted = (
            max(min(row, len(self._rows) - 1), 0),
            max(min(column, len(self._titles) - 1), 0),
        )
        if wanted != (self.row, self.column):
            self.row, self.column = wanted
            top, page = int(self.scroll_offset.y), max(self.size.height - 1, 1)
            if self.row < top or self.row >= top + page:
                self.scroll_to(y=self.row if self.row < top else self.row - page + 1, animate=False)
            self.refresh()
            self.post_message(self.Moved())

    def action_cursor_down(self) -> None:
        self.go(self.row + 1, self.column)

    def action_cursor_up(self) -> None:
        self.go(self.row - 1, self.column)

    def action_cursor_right(self) -> None:
        self.go(self.row, self.column + 1)

    def action_cursor_left(self) -> None:
        self.go(self.row, self.column - 1)

    def action_first(self) -> None:
        self.go(0, self.column)

    def action_last(self) -> None:
        self.go(len(self._rows) - 1, self.column)

    # drawing

    def _widths(self) -> tuple[int, int]:
        """Cells of the rows' titles, and of each column."""
        columns = max(len(self._titles), 1)
        title = min(max(self.size.width // 5, 6), _WIDEST_TITLE)
        cell = max((self.size.width - title) // columns, _NARROWEST_CELL)
        return max(self.size.width - cell * columns, 1), cell

    def render_line(self, y: int) -> Strip:
        width, (title, cell) = self.size.width, self._widths()
        if y == 0:
            pieces: list[Piece] = [(" " * title, "muted")]
            pieces.extend((_right(words, cell), token) for words, token in self._titles)
            return strip(pieces, width, self.colours)
        index = y - 1 + int(self.scroll_offset.y)
        if index >= len(self._rows):
            return strip([], width, self.colours)
        row = self._rows[index]
        front = "▸" if index == self.row and self.has_focus else " "
        pieces = [(front + present.fit(row.title[0], title - 1), row.title[1])]
        for column, (words, token) in enumerate(row.cells):
            here = (index, column) == (self.row, self.column)
            pieces.append((_right(words, cell), self._cursor() if here else token))
        return strip(pieces, width, self.colours)

    def _cursor(self) -> Token:
        return "cursor" if self.has_focus else "cursor_away"

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def on_resize(self) -> None:
        self.virtual_size = Size(max(self.size.width, 1), len(self._rows) + 1)
        self.refresh()

    # the mouse

    def _cell_at(self, event: events.MouseEvent) -> tuple[int, int] | None:
        title, cell = self._widths()
        row = event.y - 1 + int(self.scroll_offset.y)
        column = (event.x - title) // cell
        if event.y < 1 or event.x < title or row >= len(self._rows) or column >= len(self._titles):
            return None
        return row, column

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self._pressed = self._cell_at(event)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        found, pressed = self._cell_at(event), self._pressed
        self._pressed = None
        if found is None:
            return
        again = found == (self.row, self.column) == pressed and self.has_focus
        self.go(*found)
        if pressed is None:
            self.post_message(self.LetGo())
        elif again:
            self.post_message(self.Taken())


def _right(words: str, width: int) -> str:
    """Words at the right edge of a cell, with one blank before them at least."""
    return f" {present.fit(words, width - 1).rstrip():>{width - 1}}"
