"""What a running checklist is drawn with: the progress line, the list, the panel of the item at hand.

All three are drawn line by line (no widget an item), so that a tick costs one small repaint.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from wotui.tui import checklist_panel, checklist_rows, keys
from wotui.tui.ties import WithShop
from wotui.tui.widgets.lines import Line, Piece, strip

if TYPE_CHECKING:
    from datetime import date
    from zoneinfo import ZoneInfo

    from textual import events

    from wotui.store.reads.checklists import Sheet
    from wotui.tui.checklist_panel import AtHand
    from wotui.tui.checklist_rows import Row

TYPED = frozenset("0123456789.,-")
"""Characters that make a reading, or press the button with that number."""


class ProgressLine(Line):
    """How far the list is, what failed, how long it runs, and what was saved last."""

    FILL = "text"

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._sheet: Sheet | None = None
        self._elapsed = ""
        self._saved = ""

    def tell(self, sheet: Sheet, elapsed: str, saved: str) -> None:
        """Show another state; nothing is drawn when nothing changed."""
        if (sheet, elapsed, saved) != (self._sheet, self._elapsed, self._saved):
            self._sheet, self._elapsed, self._saved = sheet, elapsed, saved
            self.refresh()

    def pieces(self, width: int) -> list[Piece]:
        if self._sheet is None:
            return []
        return checklist_rows.progress_pieces(self._sheet, width, self._elapsed, self._saved)


class ChecklistLines(WithShop, ScrollView, can_focus=True):
    """The items, one a line, with a cursor that stops at what can be answered."""

    BINDINGS: ClassVar[list[Any]] = keys.bindings("list")
    DEFAULT_CSS = "ChecklistLines { width: 1fr; height: 1fr; overflow-x: hidden; }"

    class Moved(Message):
        """The cursor stands on another line."""

    class Pressed(Message):
        """The line under the cursor was clicked again."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._rows: list[Row] = []
        self._zone: ZoneInfo | None = None
        self._today: date | None = None
        self.at = 0

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        return self._rows[self.at] if self.at < len(self._rows) else None

    def show(self, rows: list[Row], zone: ZoneInfo, today: date) -> None:
        """Show other rows; the cursor stays on its item, where that is still there."""
        here, before = self.row, self._rows
        kept = here.line.item.id if here is not None and here.line is not None else None
        self._rows, self._zone, self._today = rows, zone, today
        if kept is not None:
            self.go_to(kept)
        elif here is None or here.kind != "end":
            self._stand(next((number for number, row in enumerate(rows) if row.takes_cursor), 0))
        else:
            self._stand(len(rows) - 1)
        self.virtual_size = Size(max(self.size.width, 1), max(len(rows), 1))
        if len(before) != len(rows):
            self.refresh()
        else:  # a tick changes one line: draw that one
            for number, (old, new) in enumerate(zip(before, rows, strict=True)):
                if old != new:
                    self.refresh_line(number)

    def go_to(self, item_id: str | None) -> None:
        """Put the cursor on an item; None is the end of the list."""
        for number, row in enumerate(self._rows):
            if (row.line.item.id if row.line is not None else None) == item_id and row.takes_cursor:
                self._stand(number)
                return
        self._stand(min(self.at, max(len(self._rows) - 1, 0)))

    def action_cursor_down(self) -> None:
        self._step(1)

    def action_cursor_up(self) -> None:
        self._step(-1)

    def action_first(self) -> None:
        self._step(1, -1)

    def action_last(self) -> None:
        self._step(-1, len(self._rows))

    def _step(self, step: int, start: int | None = None) -> None:
        number = (self.at if start is None else start) + step
        while 0 <= number < len(self._rows) and not self._rows[number].takes_cursor:
            number += step
        if 0 <= number < len(self._rows):
            self._stand(number)
            self.post_message(self.Moved())

    def _stand(self, number: int) -> None:
        self.refresh_line(self.at)
        self.refresh_line(number)
        self.at = number
        top, height = int(self.scroll_offset.y), max(self.size.height, 1)
        # The line above stays in sight: it is often the heading or the instruction that belongs to the item.
        if number - 1 < top:
            self.scroll_to(y=max(number - 2, 0), animate=False)
        elif number + 1 >= top + height:
            self.scroll_to(y=number - height + 2, animate=False)

    def on_click(self, event: events.Click) -> None:
        number = event.y + int(self.scroll_offset.y)
        if number >= len(self._rows) or not self._rows[number].takes_cursor:
            return
        again = number == self.at
        self._stand(number)
        self.post_message(self.Pressed() if again else self.Moved())

    def on_resize(self) -> None:
        self.virtual_size = Size(max(self.size.width, 1), max(len(self._rows), 1))
        self._stand(self.at)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        width, number = self.size.width, y + int(self.scroll_offset.y)
        if number >= len(self._rows) or self._zone is None or self._today is None:
            return Strip.blank(width)
        pieces = checklist_rows.row_pieces(
            self._rows[number], width, here=number == self.at, zone=self._zone, today=self._today
        )
        return strip(pieces, width, self.wotui.theme)


class ItemPanel(WithShop, Widget):
    """The item at hand, with its buttons."""

    DEFAULT_CSS = "ItemPanel { width: 1fr; height: 9; background: $surface; }"

    class Pressed(Message):
        """A button was clicked."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._at_hand: AtHand | None = None
        self._drawn: checklist_panel.Drawn | None = None
        self._drawn_for = (0, 0)

    def tell(self, at_hand: AtHand) -> None:
        """Show another item, or the same one with more typed."""
        self._at_hand = at_hand
        self._drawn = None
        self.refresh()

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        drawn = self._draw()
        if drawn is None or y >= len(drawn.lines):
            return Strip.blank(width)
        return strip(drawn.lines[y], width, self.wotui.theme)

    def on_click(self, event: events.Click) -> None:
        drawn = self._draw()
        for spot in drawn.spots if drawn is not None else ():
            if spot.row == event.y and spot.start <= event.x < spot.end:
                self.post_message(self.Pressed(spot.index))
                return

    def _draw(self) -> checklist_panel.Drawn | None:
        size = (self.size.width, self.size.height)
        if self._at_hand is not None and (self._drawn is None or size != self._drawn_for):
            self._drawn = checklist_panel.drawn(self._at_hand, *size)
            self._drawn_for = size
        return self._drawn
