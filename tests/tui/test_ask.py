"""Work beside the screen: changes in order, the newest question wins, refusals name the way out."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from tests.kit.hand import Hand, on_screen
from wotui.actions import work_orders
from wotui.errors import Refused
from wotui.store.transaction import Done
from wotui.tui.widgets.dialogs import Confirm

if TYPE_CHECKING:
    from wotui.store.file import Shop


def test_changes_happen_one_after_the_other_in_the_order_they_were_asked_for(shop: Shop) -> None:
    happened: list[int] = []

    async def story(hand: Hand) -> None:
        def change(number: int) -> Done:
            time.sleep(0.02 if number == 0 else 0)
            happened.append(number)
            return Done("")

        for number in range(5):
            hand.app.ask.act(lambda _shop, number=number: change(number))
        await hand.settle()
        assert happened == [0, 1, 2, 3, 4]

    on_screen(shop, story)


def test_a_change_never_runs_on_the_screens_own_thread(shop: Shop) -> None:
    threads: list[str] = []

    async def story(hand: Hand) -> None:
        def change(_shop: Shop) -> Done:
            threads.append(threading.current_thread().name)
            return Done("")

        hand.app.ask.act(change)
        await hand.settle()
        assert threads == ["wotui-writer"]

    on_screen(shop, story)


def test_the_newest_question_of_a_group_is_the_only_one_answered(shop: Shop) -> None:
    answers: list[str] = []

    async def story(hand: Hand) -> None:
        def slow(_shop: Shop) -> str:
            time.sleep(0.05)
            return "old"

        hand.app.ask.read("search", slow, answers.append)
        hand.app.ask.read("search", lambda _shop: "older", answers.append)
        hand.app.ask.read("search", lambda _shop: "new", answers.append)
        hand.app.ask.read("other", lambda _shop: "another group", answers.append)
        await hand.settle()
        assert sorted(answers) == ["another group", "new"]

    on_screen(shop, story)


def test_a_refusal_is_a_toast_with_the_way_out_and_changes_nothing(shop: Shop) -> None:
    async def story(hand: Hand) -> None:
        def refuse(_shop: Shop) -> Done:
            raise Refused("W-A0012 is closed.", "Reopen it first.")

        hand.app.ask.act(refuse)
        await hand.settle()
        assert hand.said == ["W-A0012 is closed. Reopen it first."]

    on_screen(shop, story)


def test_an_answer_for_a_screen_that_is_gone_is_dropped(shop: Shop) -> None:
    order = builders.order(shop)

    async def story(hand: Hand) -> None:
        dialog = Asking("Really?")
        hand.app.show(dialog)
        await hand.settle()
        hand.app.ask.act(lambda shop: work_orders.note(shop, order, "seen"), dialog.answered)
        await hand.press("escape")
        assert hand.toast.startswith("Noted on W-A0001.")

    on_screen(shop, story)


def test_a_bug_in_a_thread_ends_the_app_as_a_bug_on_the_screen_does(shop: Shop) -> None:
    async def story(hand: Hand) -> None:
        hand.app.ask.act(_broken)
        await hand.settle()

    with pytest.raises(ZeroDivisionError):
        on_screen(shop, story)


def test_what_was_accepted_is_done_before_the_app_is_gone(shop: Shop) -> None:
    order = builders.order(shop)

    async def story(hand: Hand) -> None:
        for number in range(5):
            hand.app.ask.act(lambda shop, number=number: work_orders.note(shop, order, f"note {number}"))

    on_screen(shop, story)
    assert shop.value("SELECT count(*) FROM log_entry WHERE parent_id = ?", (order,)) == 5


class Asking(Confirm):
    """A dialog that asked for something and was closed before the answer came."""

    def answered(self, _done: Done) -> None:
        raise AssertionError("the dialog is gone")


def _broken(_shop: Shop) -> Done:
    raise ZeroDivisionError
