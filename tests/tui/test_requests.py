"""Requests on the screen: asked for, found to be reported already, decided on in the Inbox, seen through to the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.kit import builders
from tests.kit.hand import Hand, on_screen
from wotui.actions import accepting, requests, routing
from wotui.actions.finishing import finish
from wotui.store.reads import requests as reads
from wotui.store.reads import work_orders

if TYPE_CHECKING:
    from wotui.store.file import Shop


def asked(shop: Shop, title: str = "Tap drips", **fields: str) -> str:
    """A request in the lobby, unless the fields say where; its id."""
    if not shop.one("SELECT 1 FROM place WHERE code = 'LOBBY'"):
        builders.place(shop, "LOBBY", "The lobby")
    return requests.new(shop, title, {"place": "LOBBY", **fields}).records[0]


def status(shop: Shop, request_id: str) -> str:
    return reads.find(shop, request_id).status


async def to_requests(hand: Hand) -> None:
    """To the lane of requests; the Inbox opens on the open orders."""
    await hand.click("Requests" if "Requests" in hand.screen else "Asked")
    await hand.see("Requests to decide on")


def test_a_tenant_asks_is_found_to_ask_again_is_routed_and_the_work_is_seen_through(shop: Shop) -> None:
    builders.person(shop, "TB", "Tess Bo")
    routing.add(shop, "Drips to Tess", {"text": "drips", "lead": "person", "person": "TB"})
    first = asked(shop, requester_name="Ada Bell")

    async def story(hand: Hand) -> None:
        await hand.do("inbox.request")
        await hand.see("Ask for work")
        await hand.type("Tap in the lobby drips")
        await hand.press("down", "down", "enter")
        await hand.type("lob")
        await hand.see("LOBBY")
        await hand.press("enter")
        await hand.see("Is it one of these?", "R-A0001 Tap drips", "ctrl+n adds you to it instead")
        await hand.do("request.add_me")
        await hand.see("Added to R-A0001")
        assert reads.followers(shop, first) == ["Jo Doe"]
        await to_requests(hand)
        await hand.see("R-A0001", "Ada Bell" if hand.app.size.width > 120 else "Tap drips")
        await hand.do("request.accept")
        await hand.see("Accepted R-A0001 as W-A0001.", "No request waits for a decision")
        await hand.click("Open")
        await hand.see("W-A0001")
        await hand.press("enter")
        await hand.see("asked for", "R-A0001 Tap drips (Ada Bell)", "Tess Bo (TB)")
        assert "Routed by the rule Drips to Tess" in "".join(
            line.text for line in work_orders.log(shop, first)
        )
        finish(shop, ["W-A0001"], note="New washer.", minutes=5)
        assert status(shop, first) == "resolved"

    on_screen(shop, story)


def test_a_new_request_is_sent_and_waits_in_its_lane(shop: Shop) -> None:
    builders.place(shop, "LOBBY", "The lobby")

    async def story(hand: Hand) -> None:
        await hand.do("inbox.request")
        await hand.type("Bulb out")
        await hand.do("form.save")
        await hand.see("Where is it?")
        await hand.type("lob")
        await hand.see("LOBBY")
        await hand.press("enter")
        await hand.do("form.save")
        await hand.see("Asked for R-A0001 Bulb out.")
        await to_requests(hand)
        await hand.see("★ new", "1 request")

    on_screen(shop, story)
    assert reads.find(shop, "R-A0001").person == "Jo Doe"


def test_what_was_typed_is_kept_when_the_form_is_left(shop: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.do("inbox.request")
        await hand.type("Half a word")
        await hand.press("enter")
        await hand.do("form.close")
        await hand.do("inbox.request")
        await hand.see("Half a word")

    on_screen(shop, story)


def test_several_requests_are_declined_at_once_and_come_back(shop: Shop) -> None:
    ids = [asked(shop, f"Wish {number}") for number in range(3)]

    async def story(hand: Hand) -> None:
        await to_requests(hand)
        await hand.press("space", "space")
        await hand.see("2 marked")
        await hand.do("request.decline")
        await hand.see("Decline 2 requests: why?")
        await hand.press("enter")
        await hand.see("It needs a reason")
        await hand.type("no money")
        await hand.press("enter")
        await hand.see("Declined R-A0001 and R-A0002: no money.", "1 request")
        await hand.do("app.undo")
        await hand.see("3 requests")

    on_screen(shop, story)
    assert {status(shop, each) for each in ids} == {"new"}


def test_a_question_is_asked_and_its_answer_taken_with_one_key(shop: Shop) -> None:
    request_id = asked(shop)

    async def story(hand: Hand) -> None:
        await to_requests(hand)
        await hand.do("request.ask")
        await hand.type("Which tap?")
        await hand.press("ctrl+s")
        await hand.see("Asked back on R-A0001", "asked back")
        await hand.do("request.accept")
        await hand.see("cannot become accepted")
        await hand.do("request.ask")
        await hand.see("The answer: Which tap?")
        await hand.type("The left one.")
        await hand.press("ctrl+s")
        await hand.see("it is new again")

    on_screen(shop, story)
    assert [line.text for line in work_orders.log(shop, request_id)] == [
        "Answer: The left one.",
        "Question: Which tap?",
    ]


def test_a_duplicate_is_picked_from_what_is_about_the_same_thing(shop: Shop) -> None:
    first = asked(shop)
    asked(shop, "Drip, drip", requester_name="Cy Dunn")

    async def story(hand: Hand) -> None:
        await to_requests(hand)
        await hand.press("down")
        await hand.do("request.duplicate")
        await hand.see("R-A0002 is the same as", "Tap drips", "the same place")
        await hand.press("enter")
        await hand.see("R-A0002 is a duplicate of R-A0001.")

    on_screen(shop, story)
    assert reads.followers(shop, first) == ["Cy Dunn"]


def test_a_request_joins_an_order_that_is_there(shop: Shop) -> None:
    request_id = asked(shop)
    builders.order(shop, "Mend all taps")

    async def story(hand: Hand) -> None:
        await to_requests(hand)
        await hand.do("request.join")
        await hand.see("Mend all taps")
        await hand.press("enter")
        await hand.see("Accepted R-A0001 as W-A0001.")

    on_screen(shop, story)
    assert [order.title for order in reads.orders(shop, request_id)] == ["Mend all taps"]


def test_an_opened_request_shows_what_it_led_to_and_back(shop: Shop) -> None:
    request_id = asked(shop, requester_name="Ada Bell", requester_contact="555-2")
    order_id = accepting.accept(shop, [request_id]).records[0]

    async def story(hand: Hand) -> None:
        await hand.press(":")
        await hand.type("r-a0001")
        await hand.press("enter")
        await hand.see("▶ accepted", "Ada Bell", "555-2", "W-A0001 Tap drips (ready)")
        await hand.press("G", "enter")
        await hand.see("○ ready", "R-A0001 Tap drips (Ada Bell)")
        await hand.press("escape")
        await hand.do("order.tab_next")
        await hand.see("Accepted as W-A0001")
        await hand.do("order.tab_next")
        await hand.see("new → accepted")
        await hand.do("order.tab_next")
        finish(shop, [order_id], note="New washer.", minutes=5)
        hand.app.shop_changed()
        await hand.see("✓ resolved", "what became", "done")
        await hand.do("request.not_fixed")
        await hand.type("Drips again.")
        await hand.press("ctrl+s")
        await hand.see("R-A0001 is open again: W-A0002 follows.")

    on_screen(shop, story)


def test_the_filter_of_requests_has_words_and_fields_of_its_own(shop: Shop) -> None:
    builders.asset(shop, "PUMP-01", "Feed pump")
    asked(shop, "Bulb out", asked_priority="urgent")
    asked(shop, "Pump rattles", asset="PUMP-01")
    accepting.accept(shop, [asked(shop, "Tap drips")])

    async def story(hand: Hand) -> None:
        await to_requests(hand)
        await hand.see("2 requests")
        await hand.do("inbox.filter")
        await hand.type("rattles")
        await hand.see("with “rattles”", "1 request")
        for _ in range(7):
            await hand.press("backspace")
        await hand.type("status:any -#pump")
        await hand.see("Requests of any status; not asset pump", "2 requests")
        await hand.type(" colour:red")
        await hand.see("Requests have no field 'colour'")
        await hand.press("escape", "tab")
        await hand.see("Open orders: for me")

    on_screen(shop, story)


def test_an_empty_lane_says_how_to_ask_and_order_keys_say_why_they_do_nothing(shop: Shop) -> None:
    async def story(hand: Hand) -> None:
        await to_requests(hand)
        await hand.see("No request waits for a decision", "r asks for work")
        await hand.do("request.accept")
        assert "There is no request under the cursor" in hand.toast

    on_screen(shop, story, size=(60, 20))


def test_beside_the_list_stands_the_request_under_the_cursor(shop: Shop) -> None:
    asked(shop, "Tap drips", description="All night.")
    asked(shop, "Bulb out")

    async def story(hand: Hand) -> None:
        await to_requests(hand)
        await hand.see("All night.", "a accepts it")
        await hand.press("down")
        await hand.see("Bulb out")
        assert "All night." not in hand.screen

    on_screen(shop, story, size=(140, 30))
