"""A list of any length: an ordered array of keys, and rows read only for the lines on the screen.

The widget knows keys, not records. Whoever uses it gives it `Rows`: how to read the records of some keys, which columns
fit a width, and the cells of one record. A million keys are eight megabytes, and the cursor moves as fast as among ten.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from wotui.errors import Problem
from wotui.tui import keys as key_table
from wotui.tui.ties import WithShop
from wotui.tui.widgets.columns import Column, Rows, fit, fitted
from wotui.tui.widgets.lines import Piece, strip
from wotui.tui.widgets.record_window import MOST_KEPT, RecordWindow, index_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from wotui.tui.themes import Token

_WHEEL = 3


class RecordList(WithShop, ScrollView, can_focus=True):
    """The list itself.

    Args:
        rows: what it shows.
        marking: whether its rows can be marked.
    """

    DEFAULT_CSS = "RecordList { width: 1fr; height: 1fr; overflow-x: hidden; }"
    BINDINGS: ClassVar[list[Any]] = [
        *key_table.bindings("list"),
        Binding("pagedown,ctrl+d", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
    ]

    class Moved(Message):
        """The cursor stands on another record, or on none."""

    class Opened(Message):
        """Somebody clicked the record under the cursor once more."""

    class Marked(Message):
        """Other rows are marked now."""

    class SortAsked(Message):
        """Somebody clicked the title of a column."""

        def __init__(self, field: str) -> None:
            super().__init__()
            self.field = field

    def __init__(self, rows: Rows, *, marking: bool = True, **options: Any) -> None:
        super().__init__(**options)
        self.keys: array[int] = array("q")
        self.complete = True
        self.at = 0
        self.marks: set[int] = set()
        self.sorted_by: tuple[str, bool] | None = None
        self.nothing = ""  # what an empty list says: what to do now
        self._source = rows
        self._marking = marking
        self._anchor: int | None = None
        self._to_the_end = False
        self._window = RecordWindow(rows)
        self._strips: dict[tuple[int, bool, bool], Strip] = {}
        self._columns: Sequence[Column] = ()
        self._drawn_for: tuple[int, str, bool] = (0, "", False)

    # what it holds

    @property
    def current(self) -> int | None:
        """The key under the cursor."""
        return self.keys[self.at] if self.at < len(self.keys) else None

    def record(self, index: int) -> Any:
        """The record at a place of the list, or None where it is gone."""
        return self._window.record(self.keys, index)

    def show(self, wanted: array[int], *, complete: bool = True, keep: int | None = None) -> None:
        """Show these keys.

        Args:
            wanted: the keys in their order.
            complete: False while only the first ones are known; the rest follows in another call.
            keep: the key that the cursor stays on, wherever it is now; without it the cursor goes to the top.
        """
        line = self.at - self._top
        known = index_of(wanted, keep)
        if self._to_the_end and complete:
            known, self._to_the_end = len(wanted) - 1, False
        self.keys, self.complete = wanted, complete
        self.at = known if known is not None else 0 if keep is None else max(min(self.at, len(wanted) - 1), 0)
        if self.marks:
            self.marks &= set(wanted)
        self.virtual_size = Size(max(self.size.width, 1), len(wanted) + 1)
        if known is not None and keep is not None:
            self._scroll(self.at - min(max(line, 0), max(self._page - 1, 0)))
        self._follow()
        self.refresh_records()
        self.post_message(self.Moved())

    def refresh_records(self) -> None:
        """Read the records again."""
        self._window.forget()
        self._strips.clear()
        self.refresh()

    # moving

    @property
    def _top(self) -> int:
        return int(self.scroll_offset.y)

    @property
    def _page(self) -> int:
        return max(self.size.height - 1, 1)

    def go(self, index: int) -> None:
        """Put the cursor at a place; beyond the list means its end."""
        before, index = self.at, max(min(index, len(self.keys) - 1), 0)
        if index != before:
            self.at = index
            if not self._follow():
                self.refresh_lines(before + 1)
                self.refresh_lines(index + 1)
            self.post_message(self.Moved())

    def _follow(self) -> bool:
        """Scroll so that the cursor can be seen; whether that was needed."""
        if self.at < self._top:
            self._scroll(self.at)
        elif self.at >= self._top + self._page:
            self._scroll(self.at - self._page + 1)
        else:
            return False
        return True

    def _scroll(self, top: int) -> None:
        self.scroll_to(y=max(top, 0), animate=False)

    def action_cursor_down(self) -> None:
        self.go(self.at + 1)

    def action_cursor_up(self) -> None:
        self.go(self.at - 1)

    def action_page(self, pages: int) -> None:
        self.go(self.at + pages * self._page)

    def action_first(self) -> None:
        self._to_the_end = False
        self.go(0)

    def action_last(self) -> None:
        self._to_the_end = not self.complete
        self.go(len(self.keys) - 1)

    # marking

    def mark(self) -> None:
        """Mark or unmark the record under the cursor, and go on to the next."""
        if self.current is None or not self._marking:
            return
        self.marks ^= {self.current}
        self._anchor = self.current if self.current in self.marks else None
        self._strips.clear()
        self.refresh_lines(self.at + 1)
        self.post_message(self.Marked())
        self.go(self.at + 1)

    def mark_range(self) -> None:
        """Mark everything from the last mark to the cursor."""
        if self.current is None or not self._marking:
            return
        start = index_of(self.keys, self._anchor)
        first, last = sorted((self.at if start is None else start, self.at))
        self.mark_keys({*self.marks, *self.keys[first : last + 1]})
        self._anchor = self.current

    def mark_keys(self, wanted: set[int]) -> None:
        """Mark exactly these."""
        self.marks = wanted
        self._anchor = None
        self._strips.clear()
        self.refresh()
        self.post_message(self.Marked())

    # drawing

    def on_resize(self) -> None:
        self.virtual_size = Size(max(self.size.width, 1), len(self.keys) + 1)
        self._follow()

    def render_line(self, y: int) -> Strip:
        width, theme = self.size.width, self.wotui.theme
        drawn_for = (width, theme, self.has_focus)
        if drawn_for != self._drawn_for:
            self._drawn_for = drawn_for
            self._strips.clear()
            self._columns = fitted(self._source.columns(width - 2), width - 2)
        if y == 0:
            return strip(self._titles(), width, theme, "muted")
        index = y - 1 + self._top
        if index >= len(self.keys):
            return strip(self._say_nothing(y, width), width, theme)
        key = self.keys[index]
        state = (key, index == self.at, key in self.marks)
        found = self._strips.get(state)
        if found is None:
            if len(self._strips) > MOST_KEPT:
                self._strips.clear()
            found = self._strips[state] = strip(
                self._pieces(index, *state), width, theme, self._fill(state[1])
            )
        return found

    def _say_nothing(self, y: int, width: int) -> list[Piece]:
        if self.keys or not self.nothing:
            return []
        lines = Content(self.nothing).wrap(max(width - 4, 8))
        line = y - max(self.size.height // 2 - 1, 1)
        if not 0 <= line < len(lines):
            return []
        words = lines[line].plain.rstrip()
        return [(" " * ((width - Content(words).cell_length) // 2), "text"), (words, "muted")]

    def _fill(self, here: bool) -> Token:
        return ("cursor" if self.has_focus else "cursor_away") if here else "text"

    def _titles(self) -> list[Piece]:
        pieces: list[Piece] = [("  ", "muted")]
        for column in self._columns:
            title = column.title
            if self.sorted_by is not None and column.field == self.sorted_by[0]:
                title += "↓" if self.sorted_by[1] else "↑"
            pieces.append((f"{fit(title, column)} ", "muted"))
        return pieces

    def _pieces(self, index: int, _key: int, here: bool, marked: bool) -> list[Piece]:
        look: Token | None = self._fill(True) if here else None
        front = ("▸" if here else " ") + ("●" if marked else " ")
        pieces: list[Piece] = [(front, look or "mark")]
        try:
            record = self.record(index)
        except Problem as problem:  # the rows of this block are empty until the next look
            self.wotui.could_not_look(problem)
            record = None
        if record is None:
            return [*pieces, ("…", look or "muted")]
        for column, (words, token) in zip(
            self._columns, self._source.cells(record, self._columns), strict=True
        ):
            pieces.append((f"{fit(words, column)} ", look or token))
        return pieces

    # the mouse

    def on_click(self, event: events.Click) -> None:
        event.stop()
        if event.y == 0:
            self._click_title(event.x)
            return
        index = event.y - 1 + self._top
        if index >= len(self.keys):
            return
        if event.x < 2 and self._marking:
            self.go(index)
            self.mark()
        elif index == self.at and event.chain > 1:
            self.post_message(self.Opened())
        else:
            self.go(index)

    def _click_title(self, cell: int) -> None:
        start = 2
        for column in self._columns:
            if start <= cell < start + column.width + 1 and column.field:
                self.post_message(self.SortAsked(column.field))
            start += column.width + 1

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self._wheel(event, _WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self._wheel(event, -_WHEEL)

    def _wheel(self, event: events.MouseEvent, lines: int) -> None:
        event.stop()
        event.prevent_default()
        self._scroll(self._top + lines)
