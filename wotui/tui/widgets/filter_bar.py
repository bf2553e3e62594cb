"""The two lines above a list: the lanes with their counts, and the filter with what it means in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message

from wotui.text import visible
from wotui.tui import keys, present
from wotui.tui.widgets.lines import Line, Piece

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widgets import Input

    from wotui.domain.filters import Lane
    from wotui.tui.themes import Token

MOST = 500
"""A filter longer than this was not typed by a person."""


class LanesLine(Line):
    """The lanes on one line, with how many orders each holds; a click goes to one."""

    FILL: Token = "text"

    class Picked(Message):
        """Somebody wants another lane."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    class Asked(Message):
        """Somebody wants to see the questions."""

    def __init__(self, lanes: tuple[Lane, ...], **options: Any) -> None:
        super().__init__(**options)
        self._lanes = lanes
        self._counts: dict[str, int] = {}
        self._at = 0
        self._questions = 0
        self._asked = (0, 0)
        self._spots: list[tuple[int, int]] = []

    def tell_questions(self, questions: int) -> None:
        """Show behind the lanes how many questions wait for an answer; none are not shown."""
        if questions != self._questions:
            self._questions = questions
            self.refresh()

    def tell(self, at: int, counts: dict[str, int]) -> None:
        """Show which lane is open, and the counts."""
        if (at, counts) != (self._at, self._counts):
            self._at, self._counts = at, counts
            self.refresh()

    def pieces(self, width: int) -> list[Piece]:
        asked = f" Questions {self._questions} " if self._questions else ""
        names = self._names(width - len(asked))
        if asked and _length(names) + len(asked) > width:
            asked = f" ?{self._questions} "
            names = self._names(width - len(asked))
        pieces: list[Piece] = []
        self._spots = []
        cell = 0
        for at, (title, count) in enumerate(names):
            here = at == self._at
            words = f" {title}{f' {count}' if count else ''} "
            pieces.append((words, "cursor" if here else "text" if count not in ("", "0") else "muted"))
            self._spots.append((cell, cell + len(words)))
            cell += len(words)
        pieces.append((asked, "warn"))
        self._asked = (cell, cell + len(asked))
        return pieces

    def _names(self, width: int) -> list[tuple[str, str]]:
        """Titles and counts that fit: the counts get shorter first, then the titles; then only the open lane counts."""
        lanes = self._lanes
        names = [(lane.title, self._count(lane, short=False)) for lane in lanes]
        if _length(names) > width:
            names = [(lane.title, self._count(lane, short=True)) for lane in lanes]
        if _length(names) > width:
            names = [(lane.short, count) for lane, (_, count) in zip(lanes, names, strict=True)]
        if _length(names) > width:
            names = [(title, count if at == self._at else "") for at, (title, count) in enumerate(names)]
        return names

    def _count(self, lane: Lane, *, short: bool) -> str:
        count = self._counts.get(lane.name)
        if count is None:
            return ""
        if short and count >= 10_000:
            return f"{count // 1000}k" if count < 1_000_000 else f"{count // 1_000_000}M"
        return f"{count:,}"

    def clicked(self, cell: int) -> None:
        for index, (start, end) in enumerate(self._spots):
            if start <= cell < end:
                self.post_message(self.Picked(index))
        if self._asked[0] <= cell < self._asked[1]:
            self.post_message(self.Asked())


class FilterBar(Vertical):
    """The filter: one line to type it, one that says it back, or says what is wrong with it.

    The entry line exists only while somebody types; until then the filter is drawn. `going` holds what was typed or
    scanned to go to one order; it is drawn in the filter's place.
    """

    DEFAULT_CSS = """
    FilterBar { height: 2; }
    FilterBar Input { height: 1; }
    FilterBar.-typing #filter-text { display: none; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        Binding("escape", "give_up", show=False),
        Binding("down,tab", "leave", show=False),
    ]

    class Typed(Message):
        """The filter's text is another one now; every keystroke counts."""

        def __init__(self, value: str) -> None:
            super().__init__()
            self.value = value

    class Left(Message):
        """The person has finished typing."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.value = ""
        self.going: str | None = None
        self._before = ""
        self._ahead: str | None = None

    def compose(self) -> ComposeResult:
        yield _FilterText(self, id="filter-text")
        yield _Said(id="filter-said")

    @property
    def typing(self) -> bool:
        """Whether the entry line is open."""
        return self.has_class("-typing")

    @property
    def opening(self) -> bool:
        """Whether the entry line is on its way; what is typed until it is there goes to `type_ahead`."""
        return self._ahead is not None

    def expect_typing(self, *, expected: bool = True) -> None:
        """From now on keys belong to the entry line that is about to open; or no longer do, because it does not."""
        self._ahead = "" if expected else None

    def type_ahead(self, sign: str) -> None:
        """Keep what somebody types faster than the entry line can open."""
        self._ahead = f"{self._ahead or ''}{sign}"

    def on_descendant_focus(self) -> None:
        typed, self._ahead = self._ahead, None
        if typed:
            self._entry.insert_text_at_cursor(typed)

    def tell(self, words: str, note: str, look: Token = "muted") -> None:
        """Say what the filter means (or what is wrong with it), and on the right how many orders that are."""
        self.query_one(_Said).tell(words, note, look)

    def put(self, value: str) -> None:
        """Show another filter."""
        self.value = value
        if self.typing:
            self._entry.value = value
        self.redraw()

    def go_to(self, typed: str | None) -> None:
        """Show what is typed to go to one order; None shows the filter again."""
        self.going = typed
        self.redraw()

    def redraw(self) -> None:
        """Draw the filter's line again."""
        self.query_one(_FilterText).refresh()

    def edit(self) -> None:
        """Open the entry line."""
        from textual.widgets import Input

        if self.typing:
            self._entry.focus()
            return
        self._before, self._ahead = self.value, self._ahead or ""
        self.add_class("-typing")
        example = visible(f"{EXAMPLES}")
        begun = f"{self.value} " if self.value else ""
        from wotui.tui.widgets.filter_suggester import FilterSuggester

        own_fields = getattr(self.screen, "own_fields", dict)
        going_on = FilterSuggester(own_fields())
        entry = Input(
            begun, example, suggester=going_on, max_length=MOST, id="filter-entry", select_on_focus=False
        )
        self.mount(entry, before=0)
        entry.focus()

    def close(self) -> None:
        """Take the entry line away."""
        if self.typing:
            self._entry.remove()
            self.remove_class("-typing")
            self.redraw()

    @property
    def _entry(self) -> Input:
        from textual.widgets import Input

        return self.query_one("#filter-entry", Input)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value != self.value:
            self.value = event.value
            self.post_message(self.Typed(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_leave()

    def action_leave(self) -> None:
        self.close()
        self.post_message(self.Left())

    def action_give_up(self) -> None:
        if self.value != self._before:
            self.value = self._before
            self.post_message(self.Typed(self.value))
        self.action_leave()


EXAMPLES = "pump  status:on-hold  due:..fri  @me  #PUMP-01  !urgent  -leak  due+"


class _FilterText(Line):
    """The filter as it stands, or what is typed to go somewhere; a click opens the entry line."""

    FILL: Token = "text"

    def __init__(self, bar: FilterBar, **options: Any) -> None:
        super().__init__(**options)
        self._bar = bar

    def pieces(self, width: int) -> list[Piece]:
        if self._bar.going is not None:
            hint = "  number or asset tag, enter" if len(self._bar.going) < 20 else ""
            return [(" Go to: ", "key"), (f" {self._bar.going}▏", "strong"), (hint, "muted")]
        key = keys.shown_key("inbox.filter")
        if not self._bar.value:
            return [(f" {key} ", "key"), (" type words and fields to filter", "muted")]
        return [(f" {key} ", "key"), (f" {present.fit(self._bar.value, max(width - 5, 1))}", "strong")]

    def clicked(self, cell: int) -> None:  # noqa: ARG002
        self._bar.edit()


class _Said(Line):
    """What the filter means, in words."""

    FILL: Token = "text"

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._words, self._note = "", ""
        self._look: Token = "muted"

    def tell(self, words: str, note: str, look: Token) -> None:
        """Say something else."""
        if (words, note, look) != (self._words, self._note, self._look):
            self._words, self._note, self._look = words, note, look
            self.refresh()

    def pieces(self, width: int) -> list[Piece]:
        room = max(width - Content(self._note).cell_length - 3, 8)
        return [(f" {present.fit(self._words, room)} ", self._look), (self._note, "muted")]


def _length(names: list[tuple[str, str]]) -> int:
    return sum(len(title) + len(count) + (3 if count else 2) for title, count in names)
