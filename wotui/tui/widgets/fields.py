"""A list of fields to read and to change in place: label on the left, value on the right, one line each.

The list is one widget that draws its lines. Editing puts one entry line over the value; words to choose from, records
to pick and long texts open their dialog. The same list is the overview of an order and every form.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView

from wotui import text
from wotui.tui.ties import WithShop
from wotui.tui.widgets.lines import Piece, strip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.strip import Strip

    from wotui.tui.themes import Token

LABEL = 17
"""Cells of the label column; 15 below 70 columns."""

STEPS = {"tab": 1, "shift+tab": -1}
"""Keys that walk through a form's fields, whether or not one is open; the number is how many fields they move."""


@dataclass(frozen=True, slots=True)
class Row:
    """One field, or a heading (`name` empty).

    Args:
        name: the field's name in its action.
        label: as people call it.
        kind: how it is typed: line, text, choice, flag, date, whole, money, quantity, reference, set, pin, or `fact`
            for what is only read.
        typed: its value as a person would type it; empty for none.
        shown: its value as it is shown.
        look: the style of the value.
        choices: what can be chosen, as (value, words).
        refers_to: the kind of record that a reference names.
        hint: how to type it, or what it is for; shown while the cursor stands on it.
        wrong: what is wrong with what was typed.
        required: marked in the label.
        limit: most characters.
    """

    name: str
    label: str
    kind: str = "line"
    typed: str = ""
    shown: str = ""
    look: Token = "text"
    choices: tuple[tuple[str, str], ...] = ()
    refers_to: str = ""
    hint: str = ""
    wrong: str = ""
    required: bool = False
    limit: int = text.LINE_LIMIT
    most_lines: int = field(default=6)

    @property
    def is_field(self) -> bool:
        """Whether the cursor stops here."""
        return bool(self.name) and self.kind != "fact"


class FieldList(WithShop, ScrollView, can_focus=True):
    """Fields with a cursor. Posts `Wanted` when somebody wants to change one; the form answers (`widgets.form`).

    Args:
        typing: a letter begins to type into the field (forms); otherwise letters are commands (the order's overview).
    """

    DEFAULT_CSS = "FieldList { width: 1fr; height: 1fr; overflow-x: hidden; padding: 0; }"
    BINDINGS: ClassVar[list[Any]] = [
        Binding("down", "cursor_down", show=False),
        Binding("up", "cursor_up", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("home,g", "first", show=False),
        Binding("end,G", "last", show=False),
    ]

    class Wanted(Message):
        """Somebody wants to change the field; `begun` is what was typed so far, if anything was."""

        def __init__(self, row: Row, begun: str = "") -> None:
            super().__init__()
            self.row = row
            self.begun = begun

    class Moved(Message):
        """The cursor stands on another field."""

        def __init__(self, row: Row | None) -> None:
            super().__init__()
            self.row = row

    def __init__(self, rows: Sequence[Row] = (), *, typing: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.rows: list[Row] = list(rows)
        self.typing = typing
        self.at = 0
        self._lines: list[tuple[int, str]] = []
        """(row, its text on this line) of every line, for the present width."""
        self._drawn_width = -1
        self.opened: Callable[[Row, str], None] = self._ask_for
        """Opens a field. A form puts its own here: keys that follow at once must not overtake the opening."""

    def _ask_for(self, row: Row, begun: str) -> None:
        self.post_message(self.Wanted(row, begun))

    @property
    def current(self) -> Row | None:
        """The field under the cursor."""
        return self.rows[self.at] if 0 <= self.at < len(self.rows) and self.rows[self.at].is_field else None

    @property
    def label_width(self) -> int:
        """Cells before the values."""
        return LABEL if self.size.width >= 70 else 15

    def show(self, rows: Sequence[Row]) -> None:
        """Show other rows; the cursor stays on the field of the same name."""
        name = self.current.name if self.current else ""
        self.rows = list(rows)
        found = [index for index, row in enumerate(self.rows) if row.name == name and row.is_field]
        fields = [index for index, row in enumerate(self.rows) if row.is_field]
        self.at = found[0] if found else fields[0] if fields else 0
        self._lay_out()
        self.refresh()

    def put(self, name: str, **changes: Any) -> None:
        """Change one row (its value, or what is wrong with it)."""
        self.rows = [replace(row, **changes) if row.name == name else row for row in self.rows]
        self._lay_out()
        self.refresh()

    def go_to(self, name: str) -> None:
        """Put the cursor on a field, without a `Moved`: whoever asks for it knows."""
        for index, row in enumerate(self.rows):
            if row.name == name and row.is_field:
                self.at = index
                self.reveal()
                self.refresh()

    def action_cursor_down(self) -> None:
        self.step(1)

    def action_cursor_up(self) -> None:
        self.step(-1)

    def action_page(self, pages: int) -> None:
        self.step(pages * max(self.size.height - 1, 1))

    def action_first(self) -> None:
        self.step(-len(self.rows))

    def action_last(self) -> None:
        self.step(len(self.rows))

    def step(self, count: int) -> bool:
        """Move by so many fields, stopping at both ends; whether the cursor moved. Facts scroll past."""
        fields = [index for index, row in enumerate(self.rows) if row.is_field]
        if not fields:
            self.scroll_relative(y=count, animate=False)
            return False
        here = fields.index(self.at) if self.at in fields else 0
        there = min(max(here + count, 0), len(fields) - 1)
        if there == here:
            self.scroll_relative(y=count, animate=False)
            return False
        self._stand(fields[there])
        return True

    def spot(self) -> tuple[int, int, int]:
        """Where the current field's value stands in this widget: column, line, width."""
        first = next((y for y, (index, _) in enumerate(self._lines) if index == self.at), 0)
        column = self.label_width + 1
        return column, first - int(self.scroll_offset.y), max(self.size.width - column, 4)

    def on_key(self, event: events.Key) -> None:
        if self.typing and event.is_printable and event.character and self.current is not None:
            event.stop()
            event.prevent_default()
            self.opened(self.current, event.character)
        elif self.typing and event.key in STEPS and self.step(STEPS[event.key]):
            event.stop()
            event.prevent_default()

    def on_click(self, event: events.Click) -> None:
        y = event.y + int(self.scroll_offset.y)
        if y < len(self._lines) and self.rows[self._lines[y][0]].is_field:
            again = self.at == self._lines[y][0]
            self._stand(self._lines[y][0])
            if (again or self.typing) and self.current is not None:
                self.opened(self.current, "")

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def on_resize(self) -> None:
        self._lay_out()

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        if width != self._drawn_width:
            self._lay_out()
        line = y + int(self.scroll_offset.y)
        if line >= len(self._lines):
            return strip([], width, self.colours)
        index, words = self._lines[line]
        first = line == 0 or self._lines[line - 1][0] != index
        return strip(self._pieces(self.rows[index], words, first, index == self.at), width, self.colours)

    def _pieces(self, row: Row, words: str, first: bool, here: bool) -> list[Piece]:
        if not row.name:
            return [(f" {row.label}", "title")]
        label = f"{row.label}{' *' if row.required else ''}" if first else ""
        mark = "▸" if here and first and row.is_field else " "
        room = self.label_width - 1
        shown = Content(label)
        cut = shown.truncate(room, ellipsis=True).plain if shown.cell_length > room else label
        front = f"{mark}{cut}" + " " * (self.label_width - 1 - Content(cut).cell_length)
        if here and row.is_field:
            token: Token = "cursor" if self.has_focus else "cursor_away"
            return [(f"{front} ", token), (words.ljust(max(self.size.width - self.label_width, 0)), token)]
        return [(f"{front} ", "label"), (words, "bad" if row.wrong else row.look if row.shown else "muted")]

    def _stand(self, index: int) -> None:
        self.at = index
        self.reveal()
        self.refresh()
        self.post_message(self.Moved(self.current))

    def reveal(self) -> None:
        """Scroll so that the current field is seen whole."""
        mine = [y for y, (index, _) in enumerate(self._lines) if index == self.at]
        if not mine:
            return
        top, height = int(self.scroll_offset.y), max(self.size.height, 1)
        if mine[0] < top:
            headed = mine[0] > 0 and not self.rows[self._lines[mine[0] - 1][0]].name
            self.scroll_to(y=mine[0] - headed, animate=False)
        elif mine[-1] >= top + height:
            self.scroll_to(y=min(mine[-1] - height + 1, mine[0]), animate=False)

    def _lay_out(self) -> None:
        self._drawn_width = self.scrollable_content_region.width  # a scroll bar takes a column
        room = max(self._drawn_width - self.label_width - 1, 8)
        self._lines = [(index, line) for index, row in enumerate(self.rows) for line in _wrapped(row, room)]
        self.virtual_size = Size(max(self.size.width, 1), max(len(self._lines), 1))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        return max(len(self._lines), len(self.rows), 1)


def _wrapped(row: Row, width: int) -> list[str]:
    """The row's value on lines of that width; a long text ends with an ellipsis."""
    shown = text.visible_lines(row.wrong or row.shown or ("" if not row.is_field else "–"))
    lines = [str(line.plain) for line in Content(shown).wrap(width)] or [""] if shown else [""]
    if len(lines) > row.most_lines:
        last = Content(f"{lines[row.most_lines - 1].rstrip()} …")
        lines = [*lines[: row.most_lines - 1], last.truncate(width, ellipsis=True).plain]
    return lines
