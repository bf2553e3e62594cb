"""A dialog that searches: type, move, take. For assets, places, people, customers, commands, filters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual.binding import Binding
from textual.widgets import Input

from wotui import text
from wotui.tui.widgets.dialogs import Box, Words
from wotui.tui.widgets.options import Option, OptionLines, matching

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from textual import events
    from textual.app import ComposeResult

    from wotui.store.file import Shop

    Source = Callable[[Shop, str], Sequence[Option]]


@dataclass(frozen=True, slots=True)
class New:
    """The person wants a new record with this name."""

    name: str


class Nothing:
    """The person wants the field empty."""


NOTHING: Final = Nothing()


class Picker(Box[Any]):
    """Search and take one record, or several.

    Gives the taken option's value; a list of values when `several`; `New(name)` for the entry "new …"; `NOTHING` for
    the entry that empties the field; None for escape.

    Args:
        title: what is looked for.
        source: the options themselves, or a function of the shop and what was typed, called beside the screen.
        new: the kind of record that can be made with what was typed (`place`); empty offers none.
        none: words of the entry that empties the field; empty offers none.
        several: options are marked with tab, and all marked ones are taken.
        marked: what is marked at first.
        typed: what stands in the entry line at first; whoever began to type outside goes on here without a pause.
    """

    DEFAULT_CSS = "Picker #found { margin-top: 1; }"
    BINDINGS: ClassVar[list[Any]] = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("pagedown", "move(10)", show=False),
        Binding("pageup", "move(-10)", show=False),
        Binding("tab,shift+tab", "mark", show=False),
    ]
    HINTS = "type to search · ↑↓ enter take · esc never mind"

    def __init__(
        self,
        title: str,
        source: Source | Sequence[Option],
        *,
        new: str = "",
        none: str = "",
        several: bool = False,
        marked: Collection[Any] = (),
        typed: str = "",
    ) -> None:
        super().__init__(title)
        self._source = source
        self._new = new
        self._none = none
        self._several = several
        self._marked = marked
        self._typed = typed
        self._begun = bool(typed)

    def inside(self) -> ComposeResult:
        yield Input(
            self._typed, "type to search", max_length=text.LINE_LIMIT, id="entry", select_on_focus=False
        )
        lines = OptionLines(id="found")
        lines.marking = self._several
        lines.marked = set(self._marked)
        yield lines

    def early(self, event: events.Key) -> bool:
        """Whoever opened the picker by typing goes on typing: those keys are kept until the entry line is there."""
        if not self._begun:
            return super().early(event)
        if self.focused is not None or not event.is_printable or event.character is None:
            return False
        self.type_ahead(event.character)
        return True

    def type_ahead(self, words: str) -> None:
        """Go on with what was begun outside."""
        self._typed += words
        for entry in self.query("#entry").results(Input):
            entry.value = self._typed
            entry.cursor_position = len(entry.value)

    @property
    def hints(self) -> str:
        return "type to search · tab mark · enter take · esc never mind" if self._several else self.HINTS

    def mounted(self) -> None:
        super().mounted()
        self._search(self._typed)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._search(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._take()

    def on_option_lines_chosen(self, event: OptionLines.Chosen) -> None:
        event.stop()
        if self._several:
            self._lines.toggle()
        else:
            self._take()

    def action_move(self, step: int) -> None:
        self._lines.move(step)

    def action_mark(self) -> None:
        if self._several:
            self._lines.toggle()
        else:
            self._lines.move(1)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self._lines.move(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self._lines.move(-1)

    @property
    def _lines(self) -> OptionLines:
        return self.query_one("#found", OptionLines)

    def _search(self, typed: str) -> None:
        source = self._source
        if callable(source):
            self.ask.read("picker", lambda shop: source(shop, typed), self._show)
        else:
            self._show(matching(source, typed))

    def _show(self, found: Sequence[Option]) -> None:
        typed = text.clean_line(self.query_one("#entry", Input).value)
        options = list(found)
        if self._none and not typed:
            options.append(Option(NOTHING, self._none, look="muted"))
        if self._new and typed:
            options.append(Option(New(typed), f"New {self._new} “{typed}”", look="accent"))
        self._lines.show(options, f"Nothing fits “{typed}”." if typed else "There is nothing yet.")

    def _take(self) -> None:
        current = self._lines.current
        if self._several and (self._lines.marked or self._lines.touched):
            special = current.value if current is not None else None
            self.dismiss(special if isinstance(special, New) else list(self._lines.marked))
        elif current is not None and current.refused:
            self.query_one(".hint", Words).tell(current.refused)
        elif current is not None:
            self.dismiss(
                [current.value] if self._several and not isinstance(current.value, New) else current.value
            )
