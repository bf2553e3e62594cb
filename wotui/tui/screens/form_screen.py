"""A screen with a form whose unsaved text survives: kept every two seconds, and when the app is ended from outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wotui.actions import drafts
from wotui.errors import Problem
from wotui.tui import keys
from wotui.tui.screens.base import ShopScreen
from wotui.tui.widgets.dialogs import Confirm
from wotui.tui.widgets.form import Form

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.widget import Widget

    from wotui.store.file import Shop
    from wotui.tui.widgets.fields import Row

KEEP_EVERY = 2.0
"""Seconds between two looks at what was typed."""
NEVER_KEPT = frozenset({"pin"})


class FormScreen(ShopScreen[Any]):
    """A form on a screen of its own.

    A subclass gives `form_rows()`, `check()` and `save()`; `draft_name` names its drafts, and an empty one keeps none
    (forms that save each field at once).
    """

    ROOM = "form"
    DEFAULT_CSS = "FormScreen > Form { margin-top: 1; }"
    BINDINGS = keys.bindings("form")
    draft_name = ""

    def __init__(self, record_id: str = "") -> None:
        super().__init__()
        self.record_id = record_id
        self._kept: dict[str, str] = {}
        self._first: dict[str, str] = {}

    def form_rows(self) -> Sequence[Row]:
        """The fields."""
        raise NotImplementedError

    def check(self, row: Row, typed: str) -> str:
        """What is shown for a typed value; raises a `Problem` for one that is none."""
        raise NotImplementedError

    def save(self) -> None:
        """Do what the form is for."""
        self.action_close_form()

    def body(self) -> Iterator[Widget]:
        yield Form((), self.check, id="form")

    @property
    def form(self) -> Form:
        """The form."""
        return self.query_one("#form", Form)

    def mounted(self) -> None:
        self.form.fields.show(self.form_rows())
        super().mounted()
        if self.draft_name:
            self._first = self.form.typed()
            self._restore()
            self.set_interval(KEEP_EVERY, self.keep_draft)
            self.wotui.before_end.append(self._keep_now)

    def on_unmount(self) -> None:
        if self._keep_now in self.wotui.before_end:
            self.wotui.before_end.remove(self._keep_now)

    def refresh_from_shop(self) -> None:
        """A form shows what is typed; what others change meanwhile does not take it away."""

    # drafts

    def typed(self) -> dict[str, str]:
        """What differs from what the form opened with and may be kept."""
        return {
            name: words
            for name, words in self.form.typed().items()
            if words != self._first.get(name, "") and name not in NEVER_KEPT
        }

    def keep_draft(self) -> None:
        """Keep what is typed, if it changed since it was kept last."""
        typed = self.typed()
        if typed != self._kept and not self.shop.read_only:
            self._kept = typed
            name, record = self.draft_name, self.record_id
            self.ask.act(lambda shop: drafts.keep(shop, name, record, typed), refused=_not_kept)

    def forget_draft(self, shop: Shop) -> None:
        """Forget the draft: what was typed is saved. Call it with the change, on the writer's thread."""
        if self.draft_name:
            drafts.forget(shop, self.draft_name, self.record_id)

    def stop_keeping(self) -> None:
        """What is typed now is what the shop has: nothing is left to keep."""
        self._first = self.form.typed()
        self._kept = {}

    def _keep_now(self) -> None:
        """The app ends: keep what is typed on this thread, at once."""
        if not self.is_mounted or self.shop.read_only:
            return
        typed = self.typed()
        if typed != self._kept:
            self._kept = typed
            try:
                drafts.keep(self.shop, self.draft_name, self.record_id, typed)
            except Problem:  # the disk is full or busy; the end must go on
                return

    def _restore(self) -> None:
        kept = drafts.kept(self.shop, self.draft_name, self.record_id)
        if kept:
            self.form.restore(kept)
            self._kept = self.typed()
            self.wotui.tell("Here is what you typed last time.")

    # keys

    def action_save(self) -> None:
        self.form.settle(self.save)

    def action_close_form(self) -> None:
        if self.draft_name and self.typed():
            self.keep_draft()
            self.wotui.tell("What you typed is kept: open the form again to go on.")
        self.dismiss(None)

    def offers(self, command_id: str) -> bool:
        """Starting over only where something was typed that is not saved yet."""
        return command_id != "form.discard" or bool(self.draft_name)

    def action_discard(self) -> None:
        def answered(yes: bool | None) -> None:
            if yes:
                self.form.fields.show(self.form_rows())
                self.keep_draft()

        if self.draft_name and self.typed():
            question = "Throw away what you typed here?"
            self.wotui.push_screen(Confirm(question, yes="Throw away", no="Keep it"), answered)

    def action_editor(self) -> None:
        self.form.write_in_editor()


def _not_kept(_problem: Problem) -> None:
    """A draft that could not be kept is tried again two seconds later."""
