"""Dialogs: yes or no, one of a few, one line of text, several lines, a date.

Every dialog ignores keys for 300 ms after it opens, so that a key meant for the list below does nothing here. A
question of yes or no stands on No and takes `y`. Escape always means "never mind" and gives None.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from wotui import text
from wotui.tui.screens.base import ShopDialog
from wotui.tui.widgets.lines import Line, Piece

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.app import ComposeResult

Result = TypeVar("Result")
DEAF = 0.3
"""Seconds after opening during which keys do nothing."""


class Words(Widget):
    """Plain text of any length, wrapped; foreign text is safe in it."""

    DEFAULT_CSS = "Words { width: 1fr; height: auto; }"

    def __init__(self, words: str, **options: Any) -> None:
        super().__init__(**options)
        self._words = words

    def tell(self, words: str) -> None:
        """Say something else."""
        if words != self._words:
            self._words = words
            self.refresh(layout=True)

    def render(self) -> Content:
        return Content(text.visible_lines(self._words))


class Box(ShopDialog[Result]):
    """A framed dialog with a title. A subclass yields its widgets from `inside()`; `HINTS` is the last line."""

    DEFAULT_CSS = """
    Box > Vertical { width: 64; max-width: 96%; height: auto; max-height: 96%; padding: 1 2; background: $surface;
                     border: round $primary; border-title-color: $primary; border-title-style: bold; }
    Box .hint { color: $wotui-muted; margin-top: 1; }
    Box .wrong { color: $error; }
    """
    BINDINGS: ClassVar[list[Any]] = [Binding("escape", "never_mind", "Back", show=False)]
    HINTS: ClassVar[str] = "esc never mind"

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self._opened = monotonic()

    def inside(self) -> ComposeResult:
        """The widgets of this dialog."""
        yield from ()

    @property
    def hints(self) -> str:
        """The last line: which keys do what."""
        return self.HINTS

    def compose(self) -> ComposeResult:
        frame = Vertical(id="frame")
        frame.border_title = Content(text.visible(text.clean_line(self._title, 58)))  # pyright: ignore[reportAttributeAccessIssue]
        with frame:
            yield from self.inside()
            yield Words(self.hints, classes="hint")

    def on_mount(self) -> None:
        self._opened = monotonic()
        self.mounted()

    def mounted(self) -> None:
        """What a dialog does when it is there; see `ShopScreen.mounted`."""

    @property
    def deaf(self) -> bool:
        """Whether keys are still ignored; the app asks before it hands a key on."""
        return monotonic() - self._opened < DEAF

    def early(self, event: events.Key) -> bool:  # noqa: ARG002 - a picker that was opened by typing keeps the key
        """What becomes of a key before the dialog listens: by default it is dropped. Whether it was taken here."""
        return self.deaf

    def type_ahead(self, words: str) -> None:
        """Keys that were on their way to the list below when this opened; only what is typed into keeps them."""

    def action_never_mind(self) -> None:
        self.dismiss(None)


class Choices(Line):
    """A row or column of words to choose from is drawn by `Pick`; this is one line of it."""

    def __init__(self, owner: Pick, index: int) -> None:
        super().__init__()
        self._owner = owner
        self._index = index

    def pieces(self, width: int) -> list[Piece]:  # noqa: ARG002
        here = self._owner.at == self._index
        key, words, note = self._owner.options[self._index]
        token = "cursor" if here else "text"
        return [
            (" ▸ " if here else "   ", token),
            (f"{key} " if key else "", "cursor" if here else "key"),
            (f" {words}", token),
            (f"  {note}" if note else "", "cursor" if here else "muted"),
        ]

    def clicked(self, cell: int) -> None:  # noqa: ARG002
        self._owner.choose(self._index)


class Pick(Widget, can_focus=True):
    """A short list to choose one of: arrows and enter, a letter of its own, or a click."""

    DEFAULT_CSS = "Pick { height: auto; width: 1fr; } Pick > Choices { background: $surface; }"
    BINDINGS: ClassVar[list[Any]] = [
        Binding("down,j,right,tab", "move(1)", show=False),
        Binding("up,k,left,shift+tab", "move(-1)", show=False),
        Binding("enter,space", "take", show=False),
    ]

    def __init__(
        self, options: Sequence[tuple[str, str, str]], at: int, chosen: Callable[[int], None]
    ) -> None:
        super().__init__()
        self.options = list(options)
        self.at = at
        self._chosen = chosen

    def compose(self) -> ComposeResult:
        for index in range(len(self.options)):
            line = Choices(self, index)
            line.FILL = "text"
            yield line

    def action_move(self, step: int) -> None:
        self.at = (self.at + step) % len(self.options)
        for line in self.query(Choices):
            line.refresh()

    def action_take(self) -> None:
        self.choose(self.at)

    def choose(self, index: int) -> None:
        """Choose this one."""
        self._chosen(index)

    def on_key(self, event: events.Key) -> None:
        for index, (key, _, _) in enumerate(self.options):
            if key and event.character and event.character.casefold() == key.casefold():
                event.stop()
                self.choose(index)
                return


class Choose(Box[Any]):
    """One of a few: gives its value, or None.

    Args:
        title: the question.
        options: (key or empty, words, note, value).
        at: where the cursor stands first.
        words: a sentence above the options.
    """

    HINTS = "↑↓ enter choose · esc never mind"

    def __init__(
        self, title: str, options: Sequence[tuple[str, str, str, Any]], *, at: int = 0, words: str = ""
    ) -> None:
        super().__init__(title)
        self._values = [value for _, _, _, value in options]
        self._shown = [(key, label, note) for key, label, note, _ in options]
        self._at = at
        self._words = words

    def inside(self) -> ComposeResult:
        if self._words:
            yield Words(self._words)
        yield Pick(self._shown, self._at, self._take)

    def _take(self, index: int) -> None:
        if not self.deaf:
            self.dismiss(self._values[index])


class Confirm(Choose):
    """Yes or no; stands on No, takes `y`. Gives True, False, or None for escape."""

    HINTS = "y yes · n or esc no"

    def __init__(self, question: str, *, title: str = "Sure?", yes: str = "Yes", no: str = "No") -> None:
        super().__init__(title, [("y", yes, "", True), ("n", no, "", False)], at=1, words=question)


class Ask(Box[Any]):
    """One line of text, checked before it is taken.

    Args:
        title: what is asked.
        value: what stands there already.
        words: a sentence above.
        check: turns the text into the value to give; raises a `Problem` that is shown below the line.
        limit: most characters.
        placeholder: an example.
    """

    HINTS = "enter take · esc never mind"

    def __init__(
        self,
        title: str,
        value: str = "",
        *,
        words: str = "",
        check: Callable[[str], Any] | None = None,
        limit: int = text.LINE_LIMIT,
        placeholder: str = "",
    ) -> None:
        super().__init__(title)
        self._value = value
        self._words = words
        self._check = check
        self._limit = limit
        self._placeholder = placeholder

    def inside(self) -> ComposeResult:
        if self._words:
            yield Words(self._words)
        placeholder = text.visible(self._placeholder)
        yield Input(self._value, placeholder, max_length=self._limit, id="entry")
        yield Words("", classes="wrong", id="wrong")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        from wotui.errors import Problem

        event.stop()
        if self.deaf:
            return
        typed = text.clean_line(event.value, self._limit)
        try:
            value = self._check(typed) if self._check is not None else typed
        except Problem as problem:
            self.query_one("#wrong", Words).tell(str(problem))
            return
        self.dismiss(value)
