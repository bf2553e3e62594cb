"""Answering in a running checklist: what is typed, which button is marked, what is typed ahead of a slow disk."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING

from wotui.actions import checklists as actions
from wotui.domain.checklists import items as kinds
from wotui.tui import keys

if TYPE_CHECKING:
    from collections.abc import Callable

    from wotui.errors import Problem
    from wotui.store.file import Shop
    from wotui.store.reads.checklists import Line
    from wotui.store.transaction import Done
    from wotui.tui.checklist_buttons import Button
    from wotui.tui.checklist_panel import AtHand
    from wotui.tui.screens.checklist import ChecklistScreen

LONGEST = 12
"""Characters of a reading."""
DEAF = 0.4
"""Seconds at the end of the list during which a key that was held down presses nothing."""
_ASKED_ANYWAY = ("A follow-up is proposed", "STOP WORK", "SAFETY", "A note is needed")


class Answering:
    """The answer that is being given on one runner.

    Args:
        screen: the runner.

    Attributes:
        typed: what is typed of a reading so far.
        marked: the options marked so far.
        at: the button that space presses.
        saved: what was saved last, in words.
    """

    def __init__(self, screen: ChecklistScreen) -> None:
        self._screen = screen
        self.typed = ""
        self.marked: frozenset[str] = frozenset()
        self.at = 0
        self.saved = ""
        self._ended = 0.0
        self._pending = False
        self._waiting: list[Callable[[], None]] = []

    def arrive(self, at_hand: AtHand | None) -> None:
        """Stand on an item with nothing typed, on the answer that it has."""
        self.typed = ""
        self.marked = frozenset()
        self.at = 0
        line = at_hand.line if at_hand is not None else None
        if at_hand is None or line is None or line.result is None or not line.answered:
            return
        if line.item.type == kinds.MULTI:
            self.marked = frozenset((line.result.value or "").split(","))
        for number, button in enumerate(at_hand.buttons):
            if button.value and (
                button.value == line.result.value or button.outcome == line.result.outcome == "na"
            ):
                self.at = number

    # keys

    def type_character(self, character: str) -> None:
        """A digit, point, comma or minus: part of a reading, or the number of a button."""
        self.when_settled(lambda: self._type(character))

    def erase(self) -> None:
        """Take the last typed character away."""
        self.typed = self.typed[:-1]
        self._screen.show_panel()

    def choose(self, step: int) -> None:
        """Mark another button."""
        at_hand = self._screen.at_hand
        if at_hand is not None:
            self.at = (self.at + step) % len(at_hand.buttons)
            self._screen.show_panel()

    def press(self) -> None:
        """Press the marked button."""
        at_hand = self._screen.at_hand
        if at_hand is None:
            return
        button = at_hand.buttons[min(self.at, len(at_hand.buttons) - 1)]
        line = at_hand.line
        if line is None:
            self._press_at_end(button)
        elif button.verb == "answer":
            if line.answered and line.result is not None and line.result.value == button.value:
                self.go_on(line.item.id)
            else:
                self.answer(line, button.value)
        elif button.verb == "take":
            self._take(line)
        elif button.verb == "toggle":
            self.marked ^= {button.value}
            self._screen.show_panel()
        else:
            self._screen.asking.button(button.verb, line)

    def _type(self, character: str) -> None:
        at_hand = self._screen.at_hand
        if at_hand is None:
            return
        if at_hand.line is not None and at_hand.line.item.numeric:
            self.typed = (self.typed + character)[:LONGEST]
            self.at = 0
            self._screen.show_panel()
        elif character.isdigit() and 1 <= int(character) <= len(at_hand.buttons):
            self.at = int(character) - 1
            self.press()

    def _take(self, line: Line) -> None:
        """Take what was typed, or the options that were marked; an answered item is just passed by."""
        typed = self.typed
        if line.item.type == kinds.MULTI:
            typed = ",".join(option.id for option in line.item.options if option.id in self.marked)
        if line.answered and line.result is not None and typed in ("", line.result.value):
            self.go_on(line.item.id)
        else:
            self.answer(line, typed)

    def _press_at_end(self, button: Button) -> None:
        if monotonic() - self._ended < DEAF:
            return
        if button.verb == "next_open":
            self.go_on(None)
        elif button.verb == "sign_off":
            self._screen.asking.sign_off()
        elif button.verb == "done":
            self._screen.action_done()
        else:
            self._screen.action_pause()

    # changes

    def answer(self, line: Line, typed: str, *, note: str | None = None, sure: bool = False) -> None:
        """Store an answer and go on; a surprising reading is asked about first."""
        item_id = line.item.id

        def refused(problem: Problem) -> None:
            if isinstance(problem, actions.Surprising):
                self._screen.asking.sure(line, typed, problem.what)
            else:
                self._screen.wotui.refuse(problem)

        self.change(
            lambda shop: actions.answer(shop, item_id, typed, note=note, sure=sure), line, refused=refused
        )

    def change(
        self,
        change: Callable[[Shop], Done],
        line: Line,
        *,
        refused: Callable[[Problem], None] | None = None,
        stay: bool = False,
    ) -> None:
        """Change the item at hand beside the screen; then ask about a failure, or go on to the next open item."""

        def then(_: Done) -> None:
            self._pending = False
            self.saved = f"{line.number} saved · {keys.shown_key('app.undo')} undo"
            self._changed(line.item.id, stay=stay)
            self._run_waiting()

        def was_refused(problem: Problem) -> None:
            self._pending = False
            self._waiting.clear()
            (refused or self._screen.wotui.refuse)(problem)

        self._pending = True
        self._screen.ask.act(lambda shop: _quiet(change(shop)), then, was_refused)

    def go_on(self, item_id: str | None) -> None:
        """Go to the next open item below this one, then from the top; to the end when nothing is open."""
        sheet = self._screen.sheet
        if sheet is not None:
            following = sheet.next_open(item_id)
            if following is None:
                self._waiting.clear()
                self._ended = monotonic()
            self._screen.left(item_id)
            self._screen.stand_on(following.item.id if following else None)

    def when_settled(self, then: Callable[[], None]) -> None:
        """Do it now, or after the answer that is being stored: what is typed ahead lands on the right item."""
        if self._pending:
            self._waiting.append(then)
        else:
            then()

    def _changed(self, item_id: str, *, stay: bool) -> None:
        sheet = self._screen.sheet
        now = sheet.line(item_id) if sheet is not None else None
        if stay:
            self._screen.stand_on(item_id)
        elif now is not None and now.failed:
            self._waiting.clear()
            self._screen.stand_on(item_id)
            self._screen.asking.failed(now)
        else:
            self.go_on(item_id)

    def _run_waiting(self) -> None:
        while self._waiting and not self._pending:
            self._waiting.pop(0)()


def _quiet(done: Done) -> Done:
    """No toast for a tick: the progress line says that it is saved. What else a person should know stays."""
    kept = tuple(notice for notice in done.notices if not notice.startswith(_ASKED_ANYWAY))
    return replace(done, sentence="", notices=kept)
