"""A list of contractors with a cursor, drawn line by line from whatever rows it is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView

from wotui.tui.ties import WithShop
from wotui.tui.widgets.lines import strip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.strip import Strip

    from wotui.domain.contractors.ranking import Fit
    from wotui.tui.widgets.lines import Piece

    Draw = Callable[[Fit, int, bool, bool], list[Piece]]


class FitLines(WithShop, ScrollView):
    """Contractors, one a line. Posts `Moved` when the cursor stands on another, `Taken` on enter or a second click.

    Args:
        draw: makes a line: (contractor, width, under the cursor, list has the focus) → pieces.
        nothing: what is said when the list is empty.
        last: words of a last line that can be taken too (a new contractor); empty for none.
    """

    DEFAULT_CSS = "FitLines { height: 1fr; width: 1fr; overflow-x: hidden; padding: 0; }"
    BINDINGS: ClassVar[list[Any]] = [
        Binding("down,j", "move(1)", show=False),
        Binding("up,k", "move(-1)", show=False),
        Binding("pagedown", "move(10)", show=False),
        Binding("pageup", "move(-10)", show=False),
        Binding("home,g", "move(-1000000)", show=False),
        Binding("end,G", "move(1000000)", show=False),
        Binding("enter", "take", show=False),
    ]

    class Moved(Message):
        """The cursor stands on another contractor, or on the last line (None)."""

        def __init__(self, fit: Fit | None) -> None:
            super().__init__()
            self.fit = fit

    class Taken(Message):
        """Somebody wants the contractor under the cursor; None is the last line."""

        def __init__(self, fit: Fit | None) -> None:
            super().__init__()
            self.fit = fit

    def __init__(self, draw: Draw, *, focusable: bool = True, **options: Any) -> None:
        super().__init__(**options)
        self.can_focus = focusable
        self.fits: list[Fit] = []
        self.at = 0
        self._draw = draw
        self._nothing = ""
        self._last = ""

    @property
    def current(self) -> Fit | None:
        """The contractor under the cursor."""
        return self.fits[self.at] if self.at < len(self.fits) else None

    @property
    def on_last(self) -> bool:
        """Whether the cursor stands on the last line."""
        return bool(self._last) and self.at == len(self.fits)

    def show(self, fits: Sequence[Fit], *, nothing: str = "", last: str = "", keep: str = "") -> None:
        """Show other contractors; the cursor stays on the one with the id `keep`, else goes to the first."""
        self.fits = list(fits)
        self._nothing, self._last = nothing, last
        ids = [fit.candidate.id for fit in self.fits]
        self.at = ids.index(keep) if keep in ids else 0
        self.virtual_size = Size(max(self.size.width, 1), max(self._count, 1))
        self._reveal()
        self.refresh()
        self.post_message(self.Moved(self.current))

    def action_move(self, step: int) -> None:
        if self._count:
            self._stand(min(max(self.at + step, 0), self._count - 1))

    def action_take(self) -> None:
        if self.current is not None or self.on_last:
            self.post_message(self.Taken(self.current))

    def on_click(self, event: events.Click) -> None:
        y = event.y + int(self.scroll_offset.y) - self._offset
        if 0 <= y < self._count:
            again = y == self.at
            self._stand(y)
            if again:
                self.action_take()

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def on_resize(self) -> None:
        self.virtual_size = Size(max(self.size.width, 1), max(self._count, 1))
        self._reveal()

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        line = y + int(self.scroll_offset.y) - self._offset
        return strip(self._pieces(line, width), width, self.colours)

    def _pieces(self, line: int, width: int) -> list[Piece]:
        if line == -1:
            return [(f"  {self._nothing}", "muted")]
        lit = self.has_focus or not self.can_focus
        if 0 <= line < len(self.fits):
            return self._draw(self.fits[line], width, line == self.at, lit)
        if self._last and line == len(self.fits):
            here = self.at == line
            return [
                (f"{'▸' if here else ' '} {self._last}".ljust(width), "cursor" if here and lit else "accent")
            ]
        return []

    @property
    def _count(self) -> int:
        return len(self.fits) + bool(self._last)

    @property
    def _offset(self) -> int:
        """Lines above the first contractor: the words that nothing is there."""
        return 1 if not self.fits else 0

    def _stand(self, index: int) -> None:
        self.at = index
        self._reveal()
        self.refresh()
        self.post_message(self.Moved(self.current))

    def _reveal(self) -> None:
        top, height = int(self.scroll_offset.y), max(self.size.height, 1)
        if self.at < top:
            self.scroll_to(y=self.at, animate=False)
        elif self.at >= top + height:
            self.scroll_to(y=self.at - height + 1, animate=False)
