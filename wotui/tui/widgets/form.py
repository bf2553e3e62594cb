"""A form: a list of fields, one entry line that appears over the field in hand, and a line that says how to type it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from wotui import text
from wotui.errors import Problem
from wotui.tui.ties import WithShop
from wotui.tui.widgets.dialogs import Box, Words
from wotui.tui.widgets.fields import FieldList, Row
from wotui.tui.widgets.form_dialogs import DIALOGS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual import events
    from textual.app import ComposeResult

    from wotui.tui.widgets.form_dialogs import Opener, Opening

    Check = Callable[[Row, str], str]

LINES = ("line", "code", "initials", "date", "whole", "money", "quantity", "currency", "set")
"""The kinds of fields that are typed on the entry line."""


class Entry(Input):
    """The line that appears over a field."""

    DEFAULT_CSS = "Entry { position: absolute; display: none; padding: 0; } Entry.-open { display: block; }"
    BINDINGS: ClassVar[list[Any]] = [
        Binding("escape", "leave(0, False)", show=False),
        Binding("up,shift+tab", "leave(-1)", show=False),
        Binding("down,tab", "leave(1)", show=False),
    ]

    class Left(Message):
        """The person is done with the line: where the cursor goes, and whether what was typed counts."""

        def __init__(self, step: int, keep: bool) -> None:
            super().__init__()
            self.step = step
            self.keep = keep

    def action_leave(self, step: int, keep: bool = True) -> None:
        self.post_message(self.Left(step, keep))


class Form(WithShop, Vertical):
    """Fields to fill in or to change.

    Posts `Committed` for each field that got another value. A form for a new record keeps the values (`typed()`);
    one on an existing record writes each to the shop when it is committed, and shows what the shop then says.

    Args:
        rows: the fields (`fields.Row`).
        check: turns what was typed into what is shown, or raises a `Problem` that is shown on the hint line.
        typing: letters type into the field under the cursor; without it they stay commands, and enter opens a field.
    """

    DEFAULT_CSS = """
    Form { height: 1fr; width: 1fr; }
    Form > #hint { dock: bottom; height: 1; padding: 0 1; color: $wotui-muted; }
    Form > #hint.wrong { color: $error; }
    """
    BINDINGS: ClassVar[list[Any]] = [Binding("enter", "change", show=False)]

    class Committed(Message):
        """A field got another value."""

        def __init__(self, row: Row, typed: str, shown: str) -> None:
            super().__init__()
            self.row = row
            self.typed = typed
            self.shown = shown

    def __init__(self, rows: Sequence[Row], check: Check, *, typing: bool = True, **options: Any) -> None:
        super().__init__(**options)
        self._first_rows = rows
        self._check = check
        self._typing = typing
        self._editing: Row | None = None
        self._dialog: Box[Any] | None = None
        self.dialogs: dict[str, Opener] = dict(DIALOGS)
        """Kind of field → what opens it; a screen may add its own. A kind in neither table is the screen's
        (`FieldList.Wanted` reaches it)."""

    def compose(self) -> ComposeResult:
        yield FieldList(self._first_rows, typing=self._typing, id="fields")
        yield Entry(id="entry", select_on_focus=False)
        yield Words("", id="hint")

    @property
    def fields(self) -> FieldList:
        """The list itself."""
        return self.query_one("#fields", FieldList)

    @property
    def is_editing(self) -> bool:
        """Whether the entry line is open over a field."""
        return self._editing is not None

    def settle(self, then: Callable[[], None]) -> None:
        """Take what stands in the entry line, and go on if it counts."""
        if self._editing is None or self._commit(self._editing, self.query_one("#entry", Entry).value):
            self._leave(0, keep=False)
            then()

    def put(self, name: str, typed: str, shown: str | None = None) -> bool:
        """Give a field a value: checked, or with `shown` as it is. Whether it counts."""
        row = next(row for row in self.fields.rows if row.name == name)
        if shown is None:
            return self._commit(row, typed)
        if typed != row.typed:
            self._set(row, typed, shown)
        return True

    def write_in_editor(self) -> None:
        """Open the long text under the cursor in the person's own editor."""
        from wotui.tui import editor

        row = self.fields.current
        if row is None or row.kind != "text":
            self._hint("Move to a long text first, such as the description.", wrong=True)
            return
        try:
            self._commit(row, editor.write(self.wotui, row.typed))
        except Problem as problem:
            self.wotui.refuse(problem)

    def typed(self) -> dict[str, str]:
        """Every field's value as typed, by name; what stands in the open entry line too."""
        values = {row.name: row.typed for row in self.fields.rows if row.is_field}
        if self._editing is not None:
            values[self._editing.name] = self.query_one("#entry", Entry).value
        return values

    def restore(self, values: Mapping[str, str]) -> None:
        """Fill in values as typed (a draft); one that no longer counts is left out."""
        for row in list(self.fields.rows):
            if row.is_field and values.get(row.name, "") != row.typed and row.name in values:
                try:
                    shown = self._check(row, values[row.name])
                except Problem as problem:
                    self.fields.put(row.name, wrong=problem.what)
                    continue
                self.fields.put(row.name, typed=values[row.name], shown=shown, wrong="")

    def complain(self, name: str, problem: Problem) -> None:
        """Say what is wrong with a field, and go there."""
        self.fields.go_to(name)
        self._hint(str(problem), wrong=True)

    def edit(self, name: str) -> None:
        """Open a field."""
        self.fields.go_to(name)
        if self.fields.current is not None:
            self._open(self.fields.current, "")

    def action_change(self) -> None:
        if self.fields.current is not None and self._editing is None:
            self._open(self.fields.current, "")

    def on_mount(self) -> None:
        self.fields.opened = self._open
        self.fields.focus()
        self.call_after_refresh(self._first_hint)

    def _first_hint(self) -> None:
        if self.fields.current is not None:
            self._hint(self.fields.current.hint)

    def on_field_list_moved(self, event: FieldList.Moved) -> None:
        event.stop()
        self._hint(event.row.hint if event.row is not None else "")

    # opening a field

    def _open(self, row: Row, begun: str) -> None:
        if self._editing is not None:  # the entry line is open, but has not got the focus yet
            self.query_one("#entry", Entry).insert_text_at_cursor(begun)
        elif self._dialog is not None:  # so is the dialog
            self._dialog.type_ahead(begun)
        elif row.kind in LINES:
            self._edit_line(row, begun)
        elif row.kind in self.dialogs:
            self._show(row, self.dialogs[row.kind](self, row, begun))
        else:
            self.fields.post_message(FieldList.Wanted(row, begun))

    def _show(self, row: Row, opening: Opening) -> None:
        self._dialog = opening.dialog

        def answered(value: Any) -> None:
            self._dialog = None
            if value is not None and opening.taken(value):
                self.fields.go_to(row.name)
                self.fields.step(1)

        self.wotui.push_screen(opening.dialog, answered)

    def _edit_line(self, row: Row, begun: str) -> None:
        self._editing = row
        entry = self.query_one("#entry", Entry)
        self.fields.reveal()
        entry.max_length = max(row.limit, 1)
        entry.value = begun or row.typed
        entry.add_class("-open")
        self._place(entry)
        entry.cursor_position = len(entry.value)
        entry.focus()
        self._hint(row.hint)

    def _place(self, entry: Entry) -> None:
        column, line, width = self.fields.spot()
        entry.styles.offset = (column, line)
        entry.styles.width = width

    def on_resize(self) -> None:
        if self._editing is not None:
            self.call_after_refresh(lambda: self._place(self.query_one("#entry", Entry)))

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        if isinstance(event.widget, Entry) and self._editing is not None and self.screen.is_current:
            self._leave(0, keep=True)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._leave(1, keep=True)

    def on_entry_left(self, event: Entry.Left) -> None:
        event.stop()
        self._leave(event.step, keep=event.keep)

    def _leave(self, step: int, *, keep: bool) -> None:
        row, entry = self._editing, self.query_one("#entry", Entry)
        if row is None:
            return
        if keep and not self._commit(row, entry.value):
            entry.focus()
            return
        self._editing = None
        entry.remove_class("-open")
        self.fields.focus()
        if step:
            self.fields.step(step)
        elif keep:
            self._hint(row.hint)

    def _commit(self, row: Row, typed: str) -> bool:
        """Take a value; whether it counts."""
        typed = text.clean(typed, row.limit) if row.kind == "text" else text.clean_line(typed, row.limit)
        if typed == row.typed:
            return True
        try:
            shown = self._check(row, typed)
        except Problem as problem:
            self._hint(str(problem), wrong=True)
            return False
        self._set(row, typed, shown)
        return True

    def _set(self, row: Row, typed: str, shown: str) -> None:
        self.fields.put(row.name, typed=typed, shown=shown, wrong="")
        self.post_message(self.Committed(row, typed, shown))

    def _hint(self, words: str, *, wrong: bool = False) -> None:
        line = self.query_one("#hint", Words)
        line.set_class(wrong, "wrong")
        line.tell(words)
