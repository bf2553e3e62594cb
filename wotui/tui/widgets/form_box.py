"""A form in a dialog: fields, and a last line that writes them; for short records such as a document or a rating."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding

from wotui.store.transaction import Done
from wotui.tui import keys
from wotui.tui.widgets.dialogs import Box, Words
from wotui.tui.widgets.fields import FieldList, Row
from wotui.tui.widgets.form import Form

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult

    from wotui.errors import Problem
    from wotui.store.file import Shop

    Write = Callable[[Shop, dict[str, str]], Done]
    Check = Callable[[Row, str], str]

SAVE = "save"
"""The name of the last line."""


class FormBox(Box[Done]):
    """Fields to fill in; gives what was done, or None.

    Args:
        title: what it is about.
        rows: the fields.
        check: turns what was typed into what is shown, or raises a `Problem`.
        write: one action; gets what was typed by field name.
        words: a sentence above the fields.
        saves: words of the last line.
    """

    DEFAULT_CSS = """
    FormBox Form { height: auto; }
    FormBox > Vertical { width: 76; padding: 0 1; }
    FormBox .above, FormBox #refused { padding: 0 1; }
    FormBox .above.bad { color: $error; text-style: bold; }
    """
    BINDINGS: ClassVar[list[Any]] = [Binding("ctrl+s", "save", show=False)]

    def __init__(
        self,
        title: str,
        rows: Sequence[Row],
        check: Check,
        write: Write,
        *,
        words: str = "",
        saves: str = "Save",
    ) -> None:
        super().__init__(title)
        self._rows = rows
        self._check = check
        self._write = write
        self._words = words
        self._saves = saves

    def inside(self) -> ComposeResult:
        yield Words(self._words, id="above", classes="above")
        yield Form(self.with_save(self._rows), self._check, id="form")
        yield Words("", id="refused", classes="wrong")

    @property
    def hints(self) -> str:
        return f"type or enter · ↑↓ · {keys.shown_key('form.save')} {self._saves.casefold()} · esc never mind"

    @property
    def form(self) -> Form:
        """The fields."""
        return self.query_one("#form", Form)

    def with_save(self, rows: Sequence[Row]) -> list[Row]:
        """The fields with the last line."""
        return [*rows, Row(SAVE, "", "action", shown=f"▶ {self._saves}", look="accent")]

    def mounted(self) -> None:
        super().mounted()
        self.query_one("#above", Words).display = bool(self._words)
        self.query_one("#refused", Words).display = False
        self._fit()

    def on_resize(self) -> None:
        self._fit()

    def on_field_list_wanted(self, event: FieldList.Wanted) -> None:
        event.stop()
        if event.row.name == SAVE and not event.begun:
            self.action_save()

    def action_save(self) -> None:
        """Write what was typed; a refusal is said in the form and nothing is lost."""
        if self.deaf:
            return
        values = {name: typed for name, typed in self.form.typed().items() if name != SAVE}
        write = self._write
        self.ask.act(lambda shop: write(shop, values), self._written, self.refuse)

    def _written(self, done: Done) -> None:
        self.dismiss(done)

    def refuse(self, problem: Problem) -> None:
        """Say why not; what was typed stays."""
        line = self.query_one("#refused", Words)
        line.tell(str(problem))
        line.display = True
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        """As high as its fields, and no higher than the screen."""
        around = [self.query_one(f"#{name}", Words) for name in ("above", "refused")]
        spare = 6 + sum(words.size.height for words in around if words.display)
        self.form.styles.height = max(min(len(self.form.fields.rows) + 2, self.wotui.size.height - spare), 4)
