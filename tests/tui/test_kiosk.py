"""The kiosk: anybody asks for work, and nobody sees or reaches anything else of the shop."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

import pytest

from tests.kit import builders
from tests.kit.hand import Hand, run_app
from wotui.actions import accepting, deciding, kiosk, requests
from wotui.actions.finishing import finish
from wotui.domain.pins import hash_pin
from wotui.errors import Refused
from wotui.store.reads import requests as reads
from wotui.store.reads import work_orders
from wotui.tui.kiosk import SILENCE, KioskApp

if TYPE_CHECKING:
    from tests.kit.hand import Story
    from wotui.store.file import Shop

TALL = (80, 50)


def at_kiosk(shop: Shop, story: Story, *, size: tuple[int, int] = TALL) -> KioskApp:
    """The kiosk of a shop in which nobody acts."""
    shop.acting = None
    app = KioskApp(shop)
    run_app(app, story, size=size)  # pyright: ignore[reportArgumentType] - it has what the hand needs
    return app


def test_a_stranger_asks_with_the_keys_alone_and_gets_a_number(shop: Shop) -> None:
    builders.place(shop, "LOBBY", "The lobby")

    async def story(hand: Hand) -> None:
        await hand.see("Test shop", "Something is broken", "What became of my request?")
        await hand.press("enter")
        await hand.see("What is wrong?")
        await hand.type("Tap drips")
        await hand.press("enter")
        await hand.type("lob")
        await hand.see("The lobby (LOBBY)")
        await hand.press("enter")
        await hand.type("Maria Ruiz")
        await hand.press("enter")
        await hand.type("555-0134")
        await hand.press("enter")
        await hand.see("Your number is", "R-A0001")

    at_kiosk(shop, story)
    known = reads.find(shop, "R-A0001")
    assert (known.title, known.place_code, known.requester_name, known.requester_contact) == (
        "Tap drips",
        "LOBBY",
        "Maria Ruiz",
        "555-0134",
    )
    assert known.created_by is None


def test_a_place_that_nobody_knows_is_kept_as_it_was_said(shop: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.press("enter")
        await hand.see("What is wrong?")
        await hand.type("Bulb out")
        await hand.press("enter")
        await hand.type("by the red door")
        await hand.click("Send")
        await hand.see("Your number is")

    at_kiosk(shop, story)
    known = reads.find(shop, "R-A0001")
    assert (known.place_unknown, known.description) == (1, "Where: by the red door")


def test_it_works_by_mouse_and_says_what_is_missing(shop: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.click("Something is broken")
        await hand.click("Send")
        await hand.see("Please say what is wrong.")
        await hand.click("The kitchen tap drips")
        await hand.type("Bulb out")
        await hand.click("Send")
        await hand.see("Please say where it is")
        await hand.click("Start over")
        await hand.see("What became of my request?")

    at_kiosk(shop, story)
    assert not shop.value("SELECT count(*) FROM request")


def test_what_is_reported_already_is_offered_without_saying_by_whom(shop: Shop) -> None:
    builders.place(shop, "LOBBY", "The lobby")
    first = requests.new(
        shop, "Tap drips", {"place": "LOBBY", "requester_name": "Ada Bell", "requester_contact": "555-2"}
    ).records[0]

    async def story(hand: Hand) -> None:
        await hand.press("enter")
        await hand.see("What is wrong?")
        await hand.type("Water!")
        await hand.press("enter")
        await hand.type("lob")
        await hand.see("The lobby (LOBBY)")
        await hand.press("enter")
        await hand.see("Is it one of these?", "R-A0001 Tap drips (new)")
        assert "Ada" not in hand.screen
        assert "555-2" not in hand.screen
        await hand.click("R-A0001")
        await hand.see("Your number is", "R-A0001")

    at_kiosk(shop, story)
    assert reads.followers(shop, first) == ["somebody at the kiosk"]
    assert work_orders.log(shop, first)[0].text.endswith("Water!")


def test_what_became_of_it_is_told_by_number_title_status_and_reason_alone(shop: Shop) -> None:
    builders.place(shop, "LOBBY", "The secret lobby")
    who = {"place": "LOBBY", "requester_name": "Ada Bell", "requester_contact": "555-2"}
    ids = [requests.new(shop, f"Wish {number}", who).records[0] for number in range(5)]
    deciding.decline(shop, [ids[1]], "Not in our lease.")
    deciding.ask(shop, ids[2], "Which tap?")
    finish(shop, [accepting.accept(shop, [ids[3]]).records[0]], note="Mended by Jo.", minutes=5)
    deciding.duplicate(shop, ids[4], ids[0])
    told = {
        "r-a0001": "Nobody has decided on it yet.",
        "R-A0002": "We will not do it: Not in our lease.",
        "3": "We have a question: Which tap?",
        "R-A0004": "It is done.",
        "R-A0005": "Somebody had asked for it already: it is R-A0001.",
        "R-A0099": "There is no request R-A0099.",
    }

    async def story(hand: Hand) -> None:
        for number, words in told.items():
            await hand.click("What became of my request?")
            await hand.see("The number of your request")
            await hand.type(number)
            await hand.press("enter")
            await hand.see(words)
            for secret in ("Ada", "555-2", "secret lobby", "Mended", "Jo Doe"):
                assert secret not in hand.screen
            await hand.press("escape")

    at_kiosk(shop, story)


def test_no_key_of_the_app_leads_out(shop: Shop) -> None:
    async def story(hand: Hand) -> None:
        for key in (
            "q",
            "1",
            "2",
            "ctrl+p",
            "ctrl+o",
            "u",
            "at",
            "question_mark",
            "f1",
            "ctrl+c",
            "escape",
            "colon",
        ):
            await hand.press(key)
            await hand.see("Something is broken", "What became of my request?")

    app = at_kiosk(shop, story)
    assert app.return_code in (None, 0)


def test_without_a_pin_in_the_shop_ctrl_q_leaves(shop: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.do("kiosk.leave")

    assert at_kiosk(shop, story).return_code == 0


def test_leaving_takes_the_pin_of_a_supervisor(shop: Shop) -> None:
    kiosk.forget_wrong_tries()
    builders.person(shop, "TB", pin_hash=hash_pin("1111"))
    with shop.transaction() as tx:
        tx.update(
            "person", str(tx.value("SELECT id FROM person WHERE initials = 'JD'")), pin_hash=hash_pin("4242")
        )

    async def story(hand: Hand) -> None:
        await hand.do("kiosk.leave")
        await hand.see("A supervisor's PIN:")
        await asyncio.sleep(0.35)  # a dialog is deaf at first
        await hand.type("1111")
        await hand.press("enter")
        await hand.see("That is no supervisor's PIN.")
        assert hand.app.is_running
        assert "1111" not in hand.screen
        await hand.press("escape")
        await hand.see("What became of my request?")

    app = at_kiosk(shop, story)
    assert app.return_code in (None, 0)
    kiosk.expect_supervisor(shop, "4242")


def test_whoever_guesses_pins_waits(shop: Shop) -> None:
    kiosk.forget_wrong_tries()
    with shop.transaction() as tx:
        tx.update(
            "person", str(tx.value("SELECT id FROM person WHERE initials = 'JD'")), pin_hash=hash_pin("4242")
        )
    for _ in range(3):
        with pytest.raises(Refused, match="no supervisor's PIN"):
            kiosk.expect_supervisor(shop, "0000")
    with pytest.raises(Refused, match="Too many wrong PINs"):
        kiosk.expect_supervisor(shop, "4242")
    kiosk.forget_wrong_tries()


def test_after_silence_nothing_of_what_was_typed_is_left(shop: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.press("enter")
        await hand.see("What is wrong?")
        await hand.type("My name is on this")
        app = cast("KioskApp", hand.app)
        app.touched -= SILENCE - 10
        app.listen()
        assert "My name is on this" in hand.screen
        app.touched -= 10
        app.listen()
        await hand.see("What became of my request?")
        await hand.press("enter")
        await hand.see("What is wrong?")
        assert "My name is on this" not in hand.screen

    at_kiosk(shop, story)
    assert not shop.value("SELECT count(*) FROM draft")


def test_it_works_on_a_small_terminal(shop: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.see("Something is broken", "What became of my request?")
        await hand.press("enter")
        await hand.see("What is wrong?")
        await hand.type("Bulb out")
        await hand.press("enter")
        await hand.type("by the red door")
        await hand.press("tab", "tab", "enter")
        await hand.see("Your number is", "R-A0001")

    at_kiosk(shop, story, size=(60, 20))
