"""The header and the footer, one line each, and what an empty screen says.

Both lines are one widget with one `render_line`: Textual's own Header and Footer mount a widget per key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from wotui import text
from wotui.tui import keys, themes
from wotui.tui.themes import Token
from wotui.tui.ties import WithShop

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

Piece = tuple[str, Token]
SMALL = 70
"""Columns below which the footer saves words."""
ROOMY = 100
"""Columns from which the header says what each mode's key means; below, the title needs the room."""
MOST_KEYS = 8
"""An 80-column footer holds eight."""


def strip(pieces: Sequence[Piece], width: int, theme: str, fill: Token = "text") -> Strip:
    """Pieces of text with their tokens as one line of exactly `width` cells.

    Args:
        pieces: text (foreign text is made visible) and the name of its style, from left to right.
        width: in cells; longer lines are cut, shorter ones filled.
        theme: the name of the styles (`WithShop.colours`).
        fill: the token of the rest of the line.
    """
    styles = themes.styles(theme)
    segments = [Segment(text.visible(words), styles[token]) for words, token in pieces]
    return Strip(segments).adjust_cell_length(width, styles[fill])


class Line(WithShop, Widget):
    """One line of the screen, drawn from pieces; `pieces()` says which, `clicked()` what a click at a cell does."""

    DEFAULT_CSS = "Line { height: 1; width: 1fr; }"
    FILL: Token = "bar"

    def pieces(self, width: int) -> list[Piece]:
        """What stands on the line, from left to right."""
        raise NotImplementedError

    def clicked(self, cell: int) -> None:
        """A click on that cell of the line."""

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        return 1

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y:
            return Strip.blank(width)
        return strip(self.pieces(width), width, self.colours, self.FILL)

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.clicked(event.x)


class TitleLine(Line):
    """A line that says what stands below it."""

    FILL = "text"

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._pieces: Sequence[Piece] = ()

    def tell(self, *pieces: Piece) -> None:
        """Say something else."""
        self._pieces = pieces
        self.refresh()

    def pieces(self, width: int) -> list[Piece]:  # noqa: ARG002
        return list(self._pieces)


class HeaderLine(Line):
    """Where we are, the modes with their keys, and who acts. A click on a mode goes there."""

    DEFAULT_CSS = "HeaderLine { dock: top; }"

    def __init__(self, title: str = "", **options: Any) -> None:
        super().__init__(**options)
        self._title = title
        self._note: Piece = ("", "bar_muted")
        self._spots: list[tuple[int, int, str]] = []
        self._timer = ""

    def look_again(self) -> None:
        """Ask how long the acting person's timer runs, and draw the line again."""
        self._timer = self.wotui.own_timer
        self.refresh()

    def on_mount(self) -> None:
        self.look_again()

    def tell(self, title: str, note: str = "", look: Token = "bar_muted") -> None:
        """Change the title on the left and the note behind it."""
        if (title, (note, look)) != (self._title, self._note):
            self._title = title
            self._note = (note, look)
            self.refresh()

    def pieces(self, width: int) -> list[Piece]:
        from textual.content import Content

        right = self._right(width)
        room = width - sum(Content(words).cell_length for words, _ in right) - 2
        title = Content(text.visible(self._title))
        if title.cell_length > room:
            title = title.truncate(max(room, 1), ellipsis=True)
        note = Content(text.visible(self._note[0]))
        left = room - title.cell_length - 2
        shown = note.truncate(left, ellipsis=True).plain if left >= 6 else ""
        gap = room - title.cell_length - (Content(shown).cell_length + 2 if shown else 0)
        pieces: list[Piece] = [(" ", "bar"), (title.plain, "bar_strong")]
        if shown:
            pieces.append(("  ", "bar"))
            pieces.append((shown, self._note[1]))
        pieces.append((" " * max(gap, 0), "bar"))
        pieces.extend(right)
        pieces.append((" ", "bar"))
        self._remember(pieces)
        return pieces

    def _right(self, width: int) -> list[Piece]:
        current = self.wotui.current_mode
        pieces: list[Piece] = []
        for mode, key, words in keys.modes() if self.wotui.has_shop else ():
            here = mode == current
            label = f" {key} {words} " if width >= ROOMY or here else f" {key} "
            if mode == "merge" and self.wotui.sharing.badge:
                label += f"{self.wotui.sharing.badge} "
            pieces.append((label, "here" if here else "bar"))
        if self.wotui.has_shop and self.shop.read_only:
            pieces.append((" read-only ", "mark_bar"))
        if self._timer:
            pieces.append((f"  {self._timer}", "bar_strong"))
        acting = self.wotui.acting_initials
        if acting:
            pieces.append((f"  {acting}", "bar_strong"))
        return pieces

    def _remember(self, pieces: Sequence[Piece]) -> None:
        """Where the modes stand, for the mouse."""
        from textual.content import Content

        self._spots.clear()
        at = 0
        modes = {key: mode for mode, key, _ in keys.modes()}
        for words, _ in pieces:
            length = Content(words).cell_length
            mode = modes.get(words.strip().split(" ")[0]) if words.startswith(" ") else None
            if mode:
                self._spots.append((at, at + length, mode))
            at += length

    def clicked(self, cell: int) -> None:
        for start, end, mode in self._spots:
            if start <= cell < end:
                self.wotui.call_later(self.wotui.run_action, f"app.mode('{mode}')")


class KeyLine(Line):
    """The footer: the most needed keys of this room, at most eight at 80 columns. A click presses the key."""

    DEFAULT_CSS = "KeyLine { dock: bottom; }"

    def __init__(self, room: str, **options: Any) -> None:
        super().__init__(**options)
        self._room = room
        self._spots: list[tuple[int, int, keys.Command]] = []

    def show_room(self, room: str) -> None:
        """Show the keys of another room (a tab with keys of its own)."""
        if room != self._room:
            self._room = room
            self.refresh()

    def pieces(self, width: int) -> list[Piece]:
        commands = [known for known in keys.footer(self._room) if self._offered(known)]
        most = MOST_KEYS if width < 100 else MOST_KEYS + (width - 80) // 14
        always = [known for known in commands if known.rank >= 90]
        chosen = commands[: most - len(always)] + always if len(commands) > most else commands
        small = width < SMALL
        while chosen and sum(self._key_width(known, small=small) for known in chosen) > width:
            own = [known for known in chosen if known.rank < 90]
            chosen.remove(own[-1] if own else chosen[-1])
        self._spots.clear()
        pieces: list[Piece] = []
        at = 0
        for known in chosen:
            words = _key_words(known, small=small)
            self._spots.append((at, at + self._key_width(known, small=small), known))
            at += self._key_width(known, small=small)
            pieces.append((f" {keys.key_in(self._room, known)}", "key"))
            pieces.append((f" {words} " if words else " ", "bar"))
        return pieces

    def _key_width(self, known: keys.Command, *, small: bool) -> int:
        from textual.content import Content

        words, key = _key_words(known, small=small), keys.key_in(self._room, known)
        return Content(f" {key} {words} " if words else f" {key} ").cell_length

    def _offered(self, known: keys.Command) -> bool:
        """Whether the screen has something behind the key at all (it may still refuse, with a reason)."""
        offers = getattr(self.screen, "offers", None)
        if offers is not None and not offers(known.id):
            return False
        if known.action.startswith("app."):
            return True
        return hasattr(self.screen, f"action_{known.action.split('(')[0]}") or self._on_focused(known)

    def _on_focused(self, known: keys.Command) -> bool:
        focused = self.screen.focused
        return focused is not None and hasattr(focused, f"action_{known.action.split('(')[0]}")

    def clicked(self, cell: int) -> None:
        for start, end, known in self._spots:
            if start <= cell < end:
                self.wotui.simulate_key(known.keys.split(",")[0])


class Empty(Widget):
    """What a screen says when there is nothing: what is missing, and which key to press."""

    DEFAULT_CSS = """
    Empty { width: 1fr; height: 1fr; align: center middle; content-align: center middle; text-align: center;
            padding: 0 2; color: $wotui-muted; }
    """

    def __init__(self, words: str, **options: Any) -> None:
        super().__init__(**options)
        self._words = words

    def tell(self, words: str) -> None:
        """Say something else."""
        self._words = words
        self.refresh(layout=True)

    def render(self) -> Any:
        from textual.content import Content

        return Content(text.visible_lines(self._words))


def _key_words(known: keys.Command, *, small: bool) -> str:
    """The word behind a key; on a small screen the palette's and help's keys stand alone."""
    return "" if small and known.rank >= 90 else known.words
