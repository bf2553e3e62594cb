"""What a running checklist asks beside the answer itself: notes, reasons, follow-ups, signatures, files, more lists.

Every question can be answered with arrows and space; only free words need a keyboard.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from wotui.actions import checklists as actions
from wotui.actions import finishing, lifecycle
from wotui.domain.checklists import items as kinds
from wotui.domain.checklists.answers import shown
from wotui.domain.checklists.follow_ups import may_follow_up
from wotui.errors import Problem
from wotui.text import NOTE_LIMIT, visible
from wotui.tui.screens.checklist_adding import Adding
from wotui.tui.widgets.checklist_dialogs import ChooseFile, SignHere
from wotui.tui.widgets.dialogs import Ask, Choose, Confirm

if TYPE_CHECKING:
    from collections.abc import Callable

    from wotui.actions.checklists.following_up import ProposedOrder
    from wotui.store.file import Shop
    from wotui.store.reads.checklists import Line
    from wotui.store.transaction import Done
    from wotui.tui.screens.checklist import ChecklistScreen

REASONS = ("Not fitted here", "Not in use today", "No access", "Done at another visit")
"""Why an item does not apply, for hands that cannot type."""


class Asking:
    """The questions of one runner.

    Args:
        screen: the runner; answers go back to it.
    """

    def __init__(self, screen: ChecklistScreen) -> None:
        self._screen = screen

    def button(self, verb: str, line: Line) -> None:
        """Ask what a button or key stands for."""
        asked = {
            "leave_out": self.reason,
            "note": self.note,
            "text": self.words,
            "file": self.file,
            "sign": self.signature,
            "follow_up": self.follow_up,
            "save_copy": Adding(self._screen, self).save_copy,
        }
        asked[verb](line)

    def sure(self, line: Line, typed: str, question: str) -> None:
        """A reading far from the last one: is it right?"""

        def answered(yes: bool | None) -> None:
            if yes:
                self._screen.answering.answer(line, typed, sure=True)

        self.show(
            Confirm(f"{question} Is it right?", title=f"Reading {typed}", yes="It is right", no="Type again"),
            answered,
        )

    def reason(self, line: Line) -> None:
        """Why the item does not apply."""
        if not line.item.na_allowed:
            self._screen.answering.answer(line, "na", note="asked")  # the rule says why not
            return
        options: list[tuple[str, str, str, Any]] = [
            (str(number), words, "", words) for number, words in enumerate(REASONS, 1)
        ]
        options.append((str(len(REASONS) + 1), "Other words …", "", ""))

        def chosen(words: str | None) -> None:
            if words:
                self._screen.answering.answer(line, "na", note=words)
            elif words is not None:
                self.ask_words(f"Why does “{line.item.label}” not apply?", "", partial(self._left_out, line))

        self.show(Choose(f"Not applicable: {line.item.label}", options), chosen)

    def _left_out(self, line: Line, words: str) -> None:
        self._screen.answering.answer(line, "na", note=words)

    def note(self, line: Line) -> None:
        """A note on the item."""
        before = line.result.note if line.result else ""

        def written(words: str) -> None:
            self._screen.answering.change(
                lambda shop: actions.note(shop, line.item.id, words), line, stay=True
            )

        self.ask_words(f"Note: {line.item.label}", before, written)

    def words(self, line: Line) -> None:
        """The text that answers the item."""
        before = line.result.value or "" if line.result and line.result.outcome == kinds.PASS else ""
        self.ask_words(line.item.label, before, partial(self._screen.answering.answer, line), limit=2000)

    def file(self, line: Line) -> None:
        """The file that answers the item."""

        def chosen(path: str | None) -> None:
            if path:
                self._screen.answering.change(
                    lambda shop: actions.attach_file(shop, line.item.id, path), line
                )

        self.show(ChooseFile(line.item.label), chosen)

    def signature(self, line: Line) -> None:
        """A name and a PIN."""
        role = line.item.role or "technician"

        def signed(given: tuple[str, str] | None) -> None:
            if given is not None:
                self._screen.answering.change(lambda shop: actions.sign(shop, line.item.id, *given), line)

        self.show(SignHere(f"Sign: {line.item.label}", self._own_name(role), role), signed)

    def sign_off(self) -> None:
        """Sign the whole order off."""
        order_id = self._screen.order_id

        def signed(given: tuple[str, str] | None) -> None:
            if given is not None:
                name, pin = given
                self._screen.ask.act(
                    lambda shop: finishing.sign_off(shop, order_id, name=name, role="supervisor", pin=pin)
                )

        self.show(SignHere("Sign the order off", self._own_name("supervisor"), "supervisor"), signed)

    def failed(self, line: Line) -> None:
        """What a failure leads to: its follow-up order, a note, or that it is accepted as it is."""
        proposed = self._proposed(line)
        if proposed is None:
            return
        stop = line.item.on_fail == kinds.STOP_WORK
        taken = line.follow_up is not None and line.follow_up.counts
        options: list[tuple[str, str, str, Any]] = []
        if line.follow_up is not None and line.follow_up.status == "draft":
            options.append(("y", f"Release the follow-up {line.follow_up.number}", "", "accept"))
        elif not taken and line.item.on_fail != kinds.NOTE_REQUIRED:
            options.append(("y", "Make the follow-up order", "", "accept"))
        if stop and not taken:
            options.append(("h", "Put this order on hold", "", "hold"))
        options.append(("v", "Add a note", "needed" if self._needs_note(line) else "", "note"))
        if not taken and line.item.on_fail == kinds.PROPOSE:
            options.append(("a", "Accept it as it is", "", "as_is"))
        options.append(("n", "Decide later", "", "later"))
        title = f"■ STOP WORK: {line.item.label}" if stop else f"✗ Failed: {line.item.label}"
        words = self._failure_words(
            line, proposed, offered=not taken and line.item.on_fail != kinds.NOTE_REQUIRED
        )
        self.show(
            Choose(title, options, at=len(options) - 1, words=words), partial(self._after_failure, line)
        )

    def _after_failure(self, line: Line, choice: str | None) -> None:
        item_id, screen = line.item.id, self._screen
        if choice == "accept":
            self._act(lambda shop: actions.accept_follow_up(shop, item_id), line)
        elif choice == "as_is":
            self._act(lambda shop: actions.accept_as_is(shop, item_id), line)
        elif choice == "hold":
            order_id, words = screen.order_id, f"Stop work: {line.item.label} failed"
            self._act(lambda shop: lifecycle.hold(shop, [order_id], "other", note=words), line)
        elif choice == "note":
            before = line.result.note if line.result else ""
            self.ask_words(f"What is wrong? {line.item.label}", before, partial(self._noted, line))
        else:
            screen.answering.go_on(item_id)

    def _noted(self, line: Line, words: str) -> None:
        """After the note: the question comes back while the failure still needs its follow-up."""

        def then(_: Done) -> None:
            now = self._screen.sheet.line(line.item.id) if self._screen.sheet else None
            if (
                now is not None
                and now.failed
                and now.item.on_fail in (kinds.FORCE, kinds.STOP_WORK, kinds.PROPOSE)
            ):
                self.failed(now)
            else:
                self._screen.answering.go_on(line.item.id)

        self._screen.ask.act(lambda shop: actions.note(shop, line.item.id, words), then)

    def follow_up(self, line: Line) -> None:
        """Open the follow-up order of the item, or make it."""
        if line.follow_up is not None and line.follow_up.counts and line.follow_up.status != "draft":
            if line.follow_up.kind == "request":
                self._screen.wotui.open_request(line.follow_up.id)
            else:
                self._screen.wotui.open_order(line.follow_up.id)
        elif may_follow_up(line.item, line.result):
            self.failed(line)
        else:
            self._screen.wotui.tell(
                f"“{visible(line.item.label)}” did not fail, so there is nothing to follow up."
            )

    def add(self) -> None:
        """Put a list on the order, add one item, start a new list, or take one off."""
        Adding(self._screen, self).ask()

    # helpers

    def _proposed(self, line: Line) -> ProposedOrder | None:
        try:
            return actions.proposed_order(self._screen.shop, line.item.id)
        except Problem as problem:
            self._screen.wotui.refuse(problem)
            return None

    def _failure_words(self, line: Line, proposed: ProposedOrder, *, offered: bool) -> str:
        result = line.result
        said = shown(line.item, result.value, result.outcome) if result else ""
        words = [f"Answer: {said}."]
        if line.item.safety:
            words.append("SAFETY item: the work may not be started until it passes.")
        if line.item.on_fail == kinds.STOP_WORK:
            words.append("Stop here. Nothing else is answered until it passes or has its follow-up order.")
        if offered:
            where = ", ".join(part for part in (proposed.asset, proposed.place) if part)
            words += ["", f"Follow-up: {proposed.title}"]
            words.append(f"Priority {proposed.priority}, {proposed.type}. {where}".rstrip())
        return "\n".join(words) + "\n"

    def _needs_note(self, line: Line) -> bool:
        return line.item.on_fail == kinds.NOTE_REQUIRED and not (line.result and line.result.note)

    def _own_name(self, role: str) -> str:
        acting = self._screen.shop.acting
        return acting.initials if acting is not None and role != "customer" else ""

    def _act(self, change: Callable[[Shop], Done], line: Line) -> None:
        def then(_: Done) -> None:
            self._screen.answering.go_on(line.item.id)

        self._screen.ask.act(change, then)

    def ask_words(self, title: str, value: str, then: Any, *, limit: int = NOTE_LIMIT) -> None:
        """Ask for a line of words; `then` gets them unless the person thinks better of it."""

        def written(words: str | None) -> None:
            if words is not None:
                then(words)

        self.show(Ask(title, value, limit=limit), written)

    def show(self, dialog: Any, then: Any) -> None:
        """Open a dialog above the runner."""
        self._screen.wotui.push_screen(dialog, then)
