"""A list of lines with a cursor that stops only where there is something to do: people, entries, problems."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView

from wotui.tui import keys
from wotui.tui.ties import WithShop
from wotui.tui.widgets.lines import Line, Piece, strip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.strip import Strip

    from wotui.tui.themes import Token


@dataclass(frozen=True, slots=True)
class Shown:
    """One line.

    Attributes:
        pieces: what stands on it.
        value: what the cursor stands for there; empty where it does not stop.
    """

    pieces: Sequence[Piece] = field(default=())
    value: str = ""


class HoursList(WithShop, ScrollView, can_focus=True):
    """Lines made for the present width by `make`. A second click on a line posts `Taken`; enter is the screen's."""

    DEFAULT_CSS = "HoursList { width: 1fr; height: 1fr; overflow-x: hidden; padding: 0; }"
    BINDINGS: ClassVar[list[Any]] = [
        *keys.bindings("list"),
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
    ]

    class Taken(Message):
        """Somebody clicked the line under the cursor again."""

    class Moved(Message):
        """The cursor stands for something else."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._make: Callable[[int], Sequence[Shown]] = _nothing
        self._lines: Sequence[Shown] = ()
        self._drawn_width = -1
        self._value = ""

    @property
    def value(self) -> str:
        """What the cursor stands for; empty when there is nothing to stand on."""
        return self._value

    def show(self, make: Callable[[int], Sequence[Shown]], value: str = "") -> None:
        """Show other lines; the cursor goes to `value`, or stays on what it stood on, or goes to the first."""
        self._make = make
        self._value = value or self._value
        self._drawn_width = -1
        self._lay_out()
        self.refresh()

    def action_cursor_down(self) -> None:
        self._step(1)

    def action_cursor_up(self) -> None:
        self._step(-1)

    def action_page(self, pages: int) -> None:
        self._step(pages * max(self.size.height - 2, 1))

    def action_first(self) -> None:
        self._step(-len(self._lines))
        self.scroll_to(y=0, animate=False)

    def action_last(self) -> None:
        self._step(len(self._lines))
        self.scroll_to(y=len(self._lines), animate=False)

    def on_click(self, event: events.Click) -> None:
        line = event.y + int(self.scroll_offset.y)
        if line < len(self._lines) and self._lines[line].value:
            again = self._lines[line].value == self._value
            self._stand(self._lines[line].value)
            if again:
                self.post_message(self.Taken())

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def on_resize(self) -> None:
        self._lay_out()
        self._reveal()

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if width != self._drawn_width:
            self._lay_out()
        line = y + int(self.scroll_offset.y)
        if line >= len(self._lines):
            return strip([], width, self.wotui.theme)
        shown = self._lines[line]
        if shown.value and shown.value == self._value:
            token = "cursor" if self.has_focus else "cursor_away"
            words = "".join(words for words, _ in shown.pieces)
            mark = "▸" if words.startswith(" ") else ""
            return strip([(mark + words[len(mark) :], token)], width, self.wotui.theme, token)
        return strip(shown.pieces, width, self.wotui.theme)

    def _lay_out(self) -> None:
        width = self.size.width
        if not width or width == self._drawn_width:
            return
        self._drawn_width = width
        self._lines = self._make(width)
        values = self._values()
        if self._value not in values:
            self._value = values[0] if values else ""
        self.virtual_size = Size(width, max(len(self._lines), 1))

    def _values(self) -> list[str]:
        return list(dict.fromkeys(shown.value for shown in self._lines if shown.value))

    def _step(self, count: int) -> None:
        values = self._values()
        if self._value not in values:
            self.scroll_relative(y=count, animate=False)
            return
        here = values.index(self._value)
        there = min(max(here + count, 0), len(values) - 1)
        if there == here:
            self.scroll_relative(y=count, animate=False)  # what stands below the last stop can still be read
        else:
            self._stand(values[there])

    def _stand(self, value: str) -> None:
        if value != self._value:
            self.post_message(self.Moved())
        self._value = value
        self._reveal()
        self.refresh()

    def _reveal(self) -> None:
        mine = [line for line, shown in enumerate(self._lines) if shown.value and shown.value == self._value]
        if not mine:
            return
        top, height = int(self.scroll_offset.y), max(self.size.height, 1)
        if mine[0] <= top:
            above = mine[0]
            while above and not self._lines[above - 1].value:
                above -= 1
            self.scroll_to(y=above if mine[0] - above < height else mine[0], animate=False)
        elif mine[-1] >= top + height:
            self.scroll_to(y=mine[-1] - height + 1, animate=False)


class PeriodLine(Line):
    """A period between the keys that go to the one before and the next, and how it stands. A click goes there."""

    FILL: Token = "text"

    def __init__(self, earlier: str = "time.earlier", later: str = "time.later", **options: Any) -> None:
        super().__init__(**options)
        self._commands = (earlier, later)
        self._words = ""
        self._note: Piece = ("", "muted")
        self._later_at = 0

    def tell(self, words: str, note: str = "", look: Token = "muted") -> None:
        """Show another period."""
        self._words = words
        self._note = (note, look)
        self.refresh()

    def pieces(self, width: int) -> list[Piece]:
        earlier, later = map(keys.shown_key, self._commands)
        front = f" ◀ {earlier}  "
        self._later_at = len(front) + Content(self._words).cell_length
        used = self._later_at + len(f"  {later} ▶")
        gap = width - used - Content(self._note[0]).cell_length - 2
        note: list[Piece] = [(" " * gap, "text"), self._note] if gap > 1 and self._note[0] else []
        return [(front, "key"), (self._words, "strong"), (f"  {later} ▶", "key"), *note]

    def clicked(self, cell: int) -> None:
        step = -1 if cell < 7 else 1 if self._later_at <= cell < self._later_at + 8 else 0
        if step:
            self.wotui.call_later(self.wotui.run_action, f"screen.period({step})")


def _nothing(_width: int) -> Sequence[Shown]:
    return ()
