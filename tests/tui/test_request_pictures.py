"""What requests look like: the lane, small and wide, a request, the kiosk; and hostile words in all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.kit import builders
from tests.kit.hand import Hand, on_screen, run_app
from tests.kit.hostile import MARKUP
from wotui import settings
from wotui.actions import requests
from wotui.domain.identity import same_id
from wotui.tui.app import WotuiApp
from wotui.tui.kiosk import KioskApp

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.pilot import Pilot

    from wotui.store.file import Shop

    Snap = Callable[..., bool]

TO_REQUESTS = ("shift+tab",) * 4


def pictured(app: WotuiApp | KioskApp, *keys: str) -> Callable[[Pilot[Any]], Awaitable[None]]:
    """The app after some keys."""

    async def opened(pilot: Pilot[Any]) -> None:
        hand = Hand(app, pilot)  # pyright: ignore[reportArgumentType] - the kiosk has what the hand needs
        await hand.settle()
        await hand.press(*keys)

    return opened


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (120, 40)])
def test_the_lane_of_requests_looks_like_this(demo: Shop, snap_compare: Snap, size: tuple[int, int]) -> None:
    app = WotuiApp(demo, settings.Computer(theme="dark"))
    assert snap_compare(app, terminal_size=size, run_before=pictured(app, *TO_REQUESTS, "down"))


def test_a_request_looks_like_this(demo: Shop, snap_compare: Snap) -> None:
    app = WotuiApp(demo, settings.Computer(theme="dark"))
    keys = (":", *"R-A0005", "enter")
    assert snap_compare(app, terminal_size=(80, 24), run_before=pictured(app, *keys))


def test_the_kiosk_looks_like_this(demo: Shop, snap_compare: Snap) -> None:
    demo.acting = None
    app = KioskApp(demo, settings.Computer(theme="dark"))
    assert snap_compare(app, terminal_size=(80, 24), run_before=pictured(app))


def hostile_requests(shop: Shop) -> None:
    """One request for each payload, in every field that somebody from outside fills, written below all cleaning."""
    place = builders.place(shop, "HALL-1", MARKUP[0])
    with shop.transaction() as tx:
        for text in MARKUP:
            request = tx.insert(
                "request",
                number=tx.number("R"),
                title=text,
                description=text,
                requester_name=text,
                requester_contact=text,
                work_kind=text,
                place_id=place,
                source="person",
                reported_at=tx.at,
            )
            tx.insert(
                "request_step",
                request_id=request,
                from_status="new",
                to_status="needs_info",
                at=tx.at,
                reason=text,
            )
            tx.insert("log_entry", parent_kind="request", parent_id=request, kind="note", text=text, at=tx.at)
            follower = same_id("membership", request, "follower", text)
            tx.insert("membership", id=follower, record_id=request, kind="follower", value=text)
            tx.insert("custom_value", record_id=request, name=text, value=text)
        tx.done(MARKUP[3])


def test_hostile_words_are_only_words_in_the_lane_and_in_every_request(shop: Shop) -> None:
    hostile_requests(shop)

    async def story(hand: Hand) -> None:
        await hand.press(*TO_REQUESTS)
        await hand.see("R-A0001")
        for _ in MARKUP:
            await hand.press("down")
        await hand.press("enter", "tab", "tab", "tab", "[", "[", "escape")
        await hand.do("request.ask")
        await hand.press("escape")
        await hand.do("request.duplicate")
        await hand.press("escape", "r", "down", "down", "enter")
        await hand.type("hall")
        await hand.press("enter")
        await hand.see("Is it one of these?")

    on_screen(shop, story, size=(120, 40))


def test_hostile_words_are_only_words_at_the_kiosk(shop: Shop) -> None:
    hostile_requests(shop)
    requests.note(shop, "R-A0001", "x")
    shop.acting = None

    async def story(hand: Hand) -> None:
        await hand.press("enter")
        await hand.see("What is wrong?")
        await hand.type("x")
        await hand.press("enter")
        await hand.type("hall")
        await hand.press("enter")
        await hand.see("Is it one of these?")
        for number in range(1, len(MARKUP) + 1):
            await hand.press("escape", "tab", "enter")
            await hand.see("The number of your request")
            await hand.type(f"R-A{number:04}")
            await hand.press("enter")
            await hand.see("We have a question")

    run_app(KioskApp(shop), story, size=(80, 50))  # pyright: ignore[reportArgumentType]
