"""How templates look: the list, one of them, none yet, and what a new order offers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.kit.hand import Hand
from wotui.actions import packs
from wotui.store.reads import templates as reads
from wotui.tui.app import WotuiApp
from wotui.tui.screens.template import TemplateScreen

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.pilot import Pilot

    from wotui.store.file import Shop

NORMAL, SMALL = (80, 24), (60, 20)


@pytest.fixture
def looks(snap_compare: Any) -> Callable[..., None]:
    """Compares a picture after a story: `looks(shop, story, size)`."""

    def compare(shop: Shop, story: Callable[[Hand], Awaitable[None]], size: tuple[int, int] = NORMAL) -> None:
        app = WotuiApp(shop)

        async def before(pilot: Pilot[Any]) -> None:
            hand = Hand(app, pilot)
            await hand.settle()
            await story(hand)
            app.clear_notifications()
            await hand.settle()

        assert snap_compare(app, terminal_size=size, run_before=before)

    return compare


async def to_templates(hand: Hand) -> None:
    """Go to the list."""
    await hand.do("app.templates")


@pytest.mark.parametrize("size", [NORMAL, SMALL], ids=["normal", "small"])
def test_the_list_of_templates(shop: Shop, looks: Any, size: tuple[int, int]) -> None:
    packs.add(shop, "housing")
    looks(shop, to_templates, size)


def test_a_shop_without_templates(shop: Shop, looks: Any) -> None:
    looks(shop, to_templates)


def test_one_template(shop: Shop, looks: Any) -> None:
    packs.add(shop, "contracting")

    async def story(hand: Hand) -> None:
        hand.app.show(TemplateScreen(reads.find(shop, "partition wall").id))
        await hand.see("7.")

    looks(shop, story, (80, 60))


def test_what_a_new_order_offers(shop: Shop, looks: Any) -> None:
    packs.add(shop, "manufacturing")

    async def story(hand: Hand) -> None:
        await hand.do("inbox.new")
        await hand.see("Blank order", "Breakdown")

    looks(shop, story)
