"""The questions: what two people changed at the same time, both values side by side, answered by one key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from wotui.actions import conflicts as answers
from wotui.domain import wall_time
from wotui.errors import Refused
from wotui.store.reads import question_pages
from wotui.tui import keys, present, question_rows
from wotui.tui.question_rows import Question
from wotui.tui.screens.base import ShopScreen
from wotui.tui.widgets.dialogs import Ask, Choose
from wotui.tui.widgets.hours import HoursList
from wotui.tui.widgets.lines import Empty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.widget import Widget

    from wotui.store.file import Shop
    from wotui.store.reads.conflicts import Conflict

LONG = 100
"""Characters from which a text is written in several lines."""
_SIDES = frozenset({"field", "status", "answer", "gone", "number", "duplicate"})
_OFFERED = {
    "question.mine": _SIDES,
    "question.theirs": _SIDES,
    "question.value": frozenset({"field"}),
    "question.same": frozenset({"duplicate"}),
    "question.different": frozenset({"duplicate", "number"}),
    "question.all": frozenset({"field", "status", "answer", "gone"}),
}
"""Which keys answer which kind of question; every kind can be opened where it is about."""


class QuestionsScreen(ShopScreen[None]):
    """Every open question, one block each."""

    ROOM = "questions"
    BINDINGS = keys.bindings("questions")

    def __init__(self) -> None:
        super().__init__()
        self._questions: list[Question] = []

    def body(self) -> Iterator[Widget]:
        yield HoursList(id="questions")
        yield Empty("", id="nothing")

    @property
    def lines(self) -> HoursList:
        """The list."""
        return self.query_one("#questions", HoursList)

    @property
    def current(self) -> Question | None:
        """The question under the cursor."""
        return next((one for one in self._questions if one.asked.id == self.lines.value), None)

    def mounted(self) -> None:
        self.query_one("#nothing").display = False
        super().mounted()
        self.lines.focus()

    def refresh_from_shop(self) -> None:
        self.ask.read("questions", load, self._show)

    def _show(self, questions: list[Question]) -> None:
        at = next((index for index, one in enumerate(self._questions) if one.asked.id == self.lines.value), 0)
        self._questions = questions
        self.title_line("Questions", str(len(questions)) if questions else "")
        nothing = self.query_one("#nothing", Empty)
        nothing.display, self.lines.display = not questions, bool(questions)
        back = keys.shown_key("question.back")
        nothing.tell(
            f"Nothing to answer: nobody changed the same thing at the same time.\n\n{back} goes back."
        )
        make = partial(question_rows.lines, questions, self.shop.zone, self.shop.today())
        known = {one.asked.id for one in questions}
        keep = self.lines.value if self.lines.value in known else ""
        follows = questions[min(at, len(questions) - 1)].asked.id if questions else ""
        self.lines.show(make, keep or follows)
        if questions and self.focused is None:
            self.lines.focus()
        self.footer_changed()

    def offers(self, command_id: str) -> bool:
        """The keys that answer the question under the cursor."""
        if command_id in _OFFERED or command_id == "question.both":
            return self.current is not None and self._fits(command_id, self.current.asked)
        return True

    def _fits(self, command_id: str, asked: Conflict) -> bool:
        if command_id == "question.both":
            return answers.can_keep_both(asked)
        return asked.kind in _OFFERED[command_id]

    def on_hours_list_moved(self, event: HoursList.Moved) -> None:
        event.stop()
        self.footer_changed()

    # answers

    def action_take(self, take: str) -> None:
        """Answer with `mine`, `theirs`, `both`, `same` or `different`."""
        question = self._in_hand(f"question.{take}")
        if question is not None:
            self.ask.act(lambda shop: answers.resolve(shop, question.asked.id, take))

    def action_value(self) -> None:
        """Answer with another value, beginning with the one that stands there."""
        question = self._in_hand("question.value")
        if question is None:
            return
        asked = question.asked

        def answered(typed: str | None) -> None:
            if typed is not None:
                self.ask.act(lambda shop: answers.resolve(shop, asked.id, typed))

        if "\n" in "".join(question.values) or max(map(len, question.values)) > LONG:
            self._edit_long(question, answered)
            return
        heading = f"{asked.name}: {question_rows.about(asked)}"
        self.wotui.push_screen(Ask(heading, question.values[-1], words="What is right?"), answered)

    def _edit_long(self, question: Question, answered: Any) -> None:
        from wotui.tui.widgets.long_text import LongText

        heading = f"{question.asked.name}: {question_rows.about(question.asked)}"
        self.wotui.push_screen(LongText(heading, "\n\n".join(question.values)), answered)

    def action_all(self) -> None:
        """The same choice for every question about the same field."""
        question = self._in_hand("question.all")
        if question is None:
            return
        asked = question.asked
        alike = sum(
            one.asked.kind == asked.kind and one.asked.field == asked.field for one in self._questions
        )

        def answered(take: str | None) -> None:
            if take is not None:
                self.ask.act(lambda shop: answers.resolve_all(shop, take, asked.field, asked.kind))

        self.wotui.push_screen(
            Choose(
                f"All {alike} about {question_rows.about(asked)}",
                [
                    ("m", "Take mine", "this computer's", "mine"),
                    ("t", "Take theirs", "the others'", "theirs"),
                ],
                words="Where it is not clear whose is meant, the question stays.",
            ),
            answered,
        )

    def action_open(self) -> None:
        """Go where the question is about: the order, or the hours of the person."""
        question = self.current
        if question is None:
            return
        asked = question.asked
        if asked.kind == "overlap":
            self.ask.read("question where", partial(_entry, entry=asked.values[0].record), self._open_hours)
            return
        if asked.entity == "request":
            self.wotui.open_request(asked.record)
            return
        order = question_pages.order_of(self.shop, asked.record)
        if not order:
            raise Refused(f"{asked.name} has no page of its own.", "Answer the question here.")
        self.wotui.open_order(order)

    def _open_hours(self, found: tuple[str, Any, str]) -> None:
        person, day, entry = found
        self.wotui.open_screen(("wotui.tui.screens.time_person", "PersonTime"), person, day, entry)

    def on_hours_list_taken(self, event: HoursList.Taken) -> None:
        event.stop()
        self.action_open()

    def _in_hand(self, command_id: str) -> Question | None:
        question = self.current
        if question is None:
            raise Refused("There is no question under the cursor.", "Everything is answered.")
        if not self._fits(command_id, question.asked):
            fitting = [one for one in (*_OFFERED, "question.both") if self._fits(one, question.asked)]
            known = [f"{keys.shown_key(one)} {keys.command(one).words.lower()}" for one in fitting]
            where = f"{keys.shown_key('question.open')} opens it"
            raise Refused(
                f"{question.asked.name} ({question_rows.about(question.asked)}) is not answered so.",
                f"Here: {', '.join([*known, where])}.",
            )
        return question


def load(shop: Shop) -> list[Question]:
    """The open questions with their values in words, the pressing ones first."""
    from wotui.store.reads import conflicts
    from wotui.store.reads.history import Names

    names, zone = Names(shop), shop.zone
    found: list[Question] = []
    for asked in sorted(
        conflicts.derive(shop), key=lambda one: (question_rows.ORDER[one.kind], one.name, one.field)
    ):
        words = tuple(
            question_rows.value_words(asked, head, names.word(asked.field, head.value), zone)
            for head in asked.values
        )
        untitled = asked.kind == "number" or asked.field == "title"
        title = "" if untitled else question_pages.order_title(shop, asked.record)
        base = names.word(asked.field, asked.base)
        found.append(Question(asked, title, base, words, _now(shop, asked)))
    return found


def _now(shop: Shop, asked: Conflict) -> str:
    """What counts until somebody answers."""
    if asked.kind == "status":
        return f"until then it is {present.status(question_pages.order_status(shop, asked.record)).words}"
    if asked.kind == "answer":
        safety = question_pages.is_safety_item(shop, asked.record)
        return "a safety item: until then the worse answer counts" if safety else ""
    if asked.kind == "overlap":
        return f"{keys.shown_key('question.open')} opens the entries; payroll waits for it"
    return ""


def _entry(shop: Shop, entry: str) -> tuple[str, Any, str]:
    """The person of an entry, its civil day in the shop, and the entry."""
    person, start = question_pages.hours_of(shop, entry)
    return person, wall_time.local(start, shop.zone).date(), entry
