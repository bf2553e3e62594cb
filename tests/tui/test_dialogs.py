"""Dialogs: they stand on No, listen after a moment, take clicks, and never lose what was typed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from tests.kit.hand import Hand, on_screen
from wotui.errors import Refused
from wotui.tui.widgets import dialogs
from wotui.tui.widgets.dialogs import Ask, Choose, Confirm
from wotui.tui.widgets.long_text import LongText
from wotui.tui.widgets.options import Option, matching
from wotui.tui.widgets.picker import NOTHING, New, Picker

if TYPE_CHECKING:
    from wotui.store.file import Shop
    from wotui.tui.widgets.dialogs import Box

FRUIT = (Option("a", "apple", "green"), Option("b", "banana", "yellow"), Option("p", "pineapple", "far away"))


def answer_of(shop: Shop, dialog: Box[Any], *keys: str, click: str = "") -> Any:
    """What a dialog gives after these keys."""
    answers: list[Any] = []

    async def story(hand: Hand) -> None:
        hand.app.push_screen(dialog, answers.append)
        await hand.settle()
        for key in keys:
            await hand.press(key)
        if click:
            await hand.click(click)
        assert len(answers) == 1, hand.screen

    on_screen(shop, story)
    return answers[0]


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (["enter"], False),
        (["y"], True),
        (["Y"], True),
        (["n"], False),
        (["up", "enter"], True),
        (["escape"], None),
    ],
)
def test_a_question_stands_on_no_and_takes_y(shop: Shop, keys: list[str], answer: bool | None) -> None:
    assert answer_of(shop, Confirm("Cancel 3 orders?"), *keys) is answer


def test_a_click_answers_too(shop: Shop) -> None:
    assert answer_of(shop, Confirm("Cancel 3 orders?", yes="Cancel them"), click="Cancel them") is True


def test_a_dialog_ignores_keys_for_a_moment_after_it_opens(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialogs, "DEAF", 0.3)
    answers: list[bool | None] = []

    async def story(hand: Hand) -> None:
        hand.app.push_screen(Confirm("Cancel 3 orders?"), answers.append)
        await hand.press("y", "y")
        assert answers == []
        await asyncio.sleep(0.3)
        await hand.press("y")
        assert answers == [True]

    on_screen(shop, story)


def test_one_of_a_few_is_chosen_by_arrows_its_own_letter_or_a_click(shop: Shop) -> None:
    options = [("p", "parts", "", 1), ("w", "weather", "", 2), ("", "other", "", 3)]
    assert answer_of(shop, Choose("Why?", options), "down", "enter") == 2
    assert answer_of(shop, Choose("Why?", options), "w") == 2
    assert answer_of(shop, Choose("Why?", options), "up", "space") == 3
    assert answer_of(shop, Choose("Why?", options), click="other") == 3


def test_a_line_is_checked_before_it_is_taken(shop: Shop) -> None:
    def check(typed: str) -> int:
        if not typed.isdigit():
            raise Refused("That is no number.", "Write digits.")
        return int(typed)

    async def story(hand: Hand) -> None:
        answers: list[int | None] = []
        hand.app.push_screen(Ask("How many?", check=check), answers.append)
        await hand.type("x")
        await hand.press("enter")
        assert "That is no number. Write digits." in hand.screen
        await hand.press("backspace")
        await hand.type("12")
        await hand.press("enter")
        assert answers == [12]

    on_screen(shop, story)


def test_a_picker_searches_every_word_and_puts_what_begins_so_first(shop: Shop) -> None:
    assert [option.value for option in matching(FRUIT, "apple")] == ["a", "p"]
    assert [option.value for option in matching(FRUIT, "apple far")] == ["p"]
    assert answer_of(shop, Picker("Fruit", FRUIT), "a", "w", "enter") == "p"
    assert answer_of(shop, Picker("Fruit", FRUIT), "down", "enter") == "b"
    assert answer_of(shop, Picker("Fruit", FRUIT), click="banana") == "b"


def test_a_picker_offers_a_new_record_with_what_was_typed_and_an_empty_one(shop: Shop) -> None:
    assert answer_of(shop, Picker("Fruit", FRUIT, new="fruit"), "f", "i", "g", "enter") == New("fig")
    assert (
        answer_of(shop, Picker("Fruit", FRUIT, none="No fruit"), "up", "down", "down", "down", "enter")
        is NOTHING
    )


def test_several_are_marked_with_tab(shop: Shop) -> None:
    picked = answer_of(shop, Picker("Fruit", FRUIT, several=True, marked={"p"}), "tab", "enter")
    assert sorted(picked) == ["a", "p"]


def test_everybody_can_be_taken_off(shop: Shop) -> None:
    assert answer_of(shop, Picker("Fruit", FRUIT, several=True, marked={"a"}), "tab", "enter") == []


def test_one_that_cannot_be_taken_says_why(shop: Shop) -> None:
    blocked = [Option("x", "Ace Cooling", refused="Blocked: no insurance.")]

    async def story(hand: Hand) -> None:
        hand.app.push_screen(Picker("Who?", blocked))
        await hand.press("enter")
        assert "Blocked: no insurance." in hand.screen
        assert "Who?" in hand.screen

    on_screen(shop, story)


def test_nothing_found_says_what_was_looked_for(shop: Shop) -> None:
    async def story(hand: Hand) -> None:
        hand.app.push_screen(Picker("Fruit", FRUIT))
        await hand.settle()
        await hand.type("plum")
        assert "Nothing fits “plum”." in hand.screen
        await hand.press("enter")
        assert "Fruit" in hand.screen

    on_screen(shop, story)


def test_a_long_text_asks_before_it_is_thrown_away(shop: Shop) -> None:
    async def story(hand: Hand) -> None:
        answers: list[str | None] = []
        hand.app.push_screen(LongText("Note", "old"), answers.append)
        await hand.settle()
        await hand.type(" new")
        await hand.press("escape")
        assert "Throw away what you typed?" in hand.screen
        await hand.press("enter")
        await hand.press("ctrl+s")
        assert answers == ["old new"]

    on_screen(shop, story)


def test_an_untouched_long_text_closes_without_a_question(shop: Shop) -> None:
    assert answer_of(shop, LongText("Note", "old"), "escape") is None
