"""A week to walk through with the arrows: days across, orders down; below it, what the cell holds and what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView

from wotui.domain.payroll.timesheet import DAYS, NO_ORDER
from wotui.tui import keys, present, week_rows
from wotui.tui.ties import WithShop
from wotui.tui.widgets.lines import Piece, strip
from wotui.tui.widgets.pages import wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.strip import Strip

    from wotui.domain.payroll.timesheet import Key
    from wotui.tui.week_page import WeekPage
    from wotui.tui.week_rows import GridLine
    from wotui.tui.widgets.hours import Shown


class WeekGrid(WithShop, ScrollView, can_focus=True):
    """One person's week. A second click on a cell posts `Taken`; enter and left and right are the screen's."""

    DEFAULT_CSS = "WeekGrid { width: 1fr; height: 1fr; overflow-x: hidden; padding: 0; }"
    BINDINGS: ClassVar[list[Any]] = [
        *keys.bindings("list"),
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
    ]

    class Taken(Message):
        """Somebody clicked the cell under the cursor again."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.key: Key = NO_ORDER
        self.day = 0
        self._page: WeekPage | None = None
        self._grid: Sequence[GridLine] = ()
        self._below: Sequence[Shown] = ()
        self._drawn_width = -1

    def show(self, page: WeekPage, *, day: int | None = None) -> None:
        """Show another week; the cursor stays on its order and weekday, or goes to `day`."""
        self._page = page
        if self.key not in self._keys():
            self.key = self._keys()[0]
        if day is not None:
            self.day = day
        self._drawn_width = -1
        self._lay_out()
        self.refresh()

    def move(self, days: int) -> None:
        """Go to another day of the week."""
        self._stand(self.key, min(max(self.day + days, 0), DAYS - 1))

    def action_cursor_down(self) -> None:
        self._row(1)

    def action_cursor_up(self) -> None:
        self._row(-1)

    def action_page(self, pages: int) -> None:
        self.scroll_relative(y=pages * max(self.size.height - 2, 1), animate=False)

    def action_first(self) -> None:
        self._stand(self._keys()[0], self.day)

    def action_last(self) -> None:
        self._stand(self._keys()[-1], self.day)

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def on_resize(self) -> None:
        self._lay_out()
        self._reveal()

    def on_click(self, event: events.Click) -> None:
        number = event.y + int(self.scroll_offset.y)
        line = self._grid[number] if number < len(self._grid) else None
        sizes = week_rows.columns(self.size.width)
        day = (event.x - sizes.label) // sizes.cell
        if line is None or line.key is None or not 0 <= day < DAYS:
            return
        again = (line.key, day) == (self.key, self.day)
        self._stand(line.key, day)
        if again:
            self.post_message(self.Taken())

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if width != self._drawn_width:
            self._lay_out()
        number = y + int(self.scroll_offset.y)
        if number < len(self._grid):
            return strip(self._pieces(self._grid[number], width), width, self.colours)
        below = number - len(self._grid)
        return strip(self._below[below].pieces if below < len(self._below) else [], width, self.colours)

    def _pieces(self, line: GridLine, width: int) -> list[Piece]:
        sizes, here = week_rows.columns(width), line.key is not None and line.key == self.key
        mark = "▸" if here else " "
        pieces: list[Piece] = []
        pieces.append((f"{mark}{present.fit(line.label, sizes.label - 1)}", "strong" if here else line.look))
        for number, (words, look) in enumerate(line.cells):
            if here and number == self.day:
                cell = _right(f"▸{words}", sizes.cell - 1)
                pieces.append((" ", "text"))
                pieces.append((cell, "cursor" if self.has_focus else "cursor_away"))
            else:
                pieces.append((_right(words, sizes.cell), look))
        if sizes.total:
            pieces.append((_right(line.total, sizes.total), "strong" if line.key else line.look))
        return pieces

    def _keys(self) -> list[Key]:
        return [row.key for row in self._page.sheet.rows] if self._page is not None else [NO_ORDER]

    def _row(self, step: int) -> None:
        known = self._keys()
        at = min(max(known.index(self.key) + step, 0), len(known) - 1)
        if known[at] == self.key:
            self.scroll_relative(y=step, animate=False)  # what stands below the last row can still be read
        self._stand(known[at], self.day)

    def _stand(self, key: Key, day: int) -> None:
        if (key, day) != (self.key, self.day):
            self.key, self.day = key, day
            self._drawn_width = -1
            self._lay_out()
            self._reveal()
            self.refresh()

    def _lay_out(self) -> None:
        width = self.size.width
        if not width or width == self._drawn_width or self._page is None:
            return
        from wotui.tui.widgets.hours import Shown

        self._drawn_width = width
        self._grid = week_rows.lines(self._page, width)
        here = wrapped(week_rows.in_cell(self._page, self.key, self.day), width - 2)
        below = [Shown(), *(Shown([(" ", "text"), *line]) for line in here)]
        found = week_rows.notes(self._page, width)
        self._below = [*below, *([Shown()] if found else []), *found]
        self.virtual_size = Size(width, len(self._grid) + len(self._below))

    def _reveal(self) -> None:
        at = next((number for number, line in enumerate(self._grid) if line.key == self.key), 0)
        top, height = int(self.scroll_offset.y), max(self.size.height, 1)
        if at <= top + 1:
            self.scroll_to(y=0 if at < height else at, animate=False)
        elif at >= top + height:
            self.scroll_to(y=at - height + 1, animate=False)


def _right(words: str, width: int) -> str:
    length = Content(words).cell_length
    return words if length >= width else " " * (width - length) + words
