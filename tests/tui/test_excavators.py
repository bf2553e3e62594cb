"""5,485 real orders in the inbox: every one listed, filtered, searched and opened, by keyboard."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from tests.kit.demo import THURSDAY_AFTERNOON
from tests.kit.hand import Hand, on_screen
from wotui import clock
from wotui.exchange.imports import run
from wotui.store.file import Shop

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE = Path(__file__).parents[3] / "shared" / "data" / "excavators.csv"

pytestmark = pytest.mark.skipif(
    not FILE.exists(), reason="../shared/data/excavators.csv is not beside the checkout"
)


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mine") / "mine.wotui"
    with (
        clock.freeze(THURSDAY_AFTERNOON),
        builders.new_shop(path, name="Mine", zone="Australia/Perth") as shop,
    ):
        run(shop, "orders", FILE)
    return path


@pytest.fixture
def mine(imported: Path, tmp_path: Path) -> Iterator[Shop]:
    copy = tmp_path / "mine.wotui"
    shutil.copy(imported, copy)
    with clock.freeze(THURSDAY_AFTERNOON), Shop.open(copy) as shop:
        shop.act_as("JD")
        yield shop


async def show_all(hand: Hand) -> None:
    """Go to the lane of all orders, which lies before the first one."""
    await hand.do("inbox.lane_next", "inbox.lane_next", "inbox.lane_next")
    await hand.see("5,485 orders")


def test_every_order_is_listed_from_the_first_to_the_last(mine: Shop) -> None:
    async def story(hand: Hand) -> None:
        await show_all(hand)
        await hand.do("list.last")
        last = hand.screen
        await hand.do("list.first")
        assert hand.screen != last
        for _ in range(3):
            await hand.press("pagedown")
        await hand.see("closed", "EX-")

    on_screen(mine, story)


def test_words_and_fields_filter_them_and_one_is_opened(mine: Shop) -> None:
    async def story(hand: Hand) -> None:
        await show_all(hand)
        await hand.do("inbox.filter")
        await hand.type("bucket tooth #EX-D type:corrective created:2009")
        await hand.see("orders", "EX-D")
        await hand.press("enter")
        await hand.do("list.open")
        await hand.see("Excavator D", "closed", "Failure mode", "corrective")

    on_screen(mine, story, size=(110, 40))


def test_what_does_not_occur_finds_nothing_and_says_so(mine: Shop) -> None:
    async def story(hand: Hand) -> None:
        await show_all(hand)
        await hand.do("inbox.filter")
        await hand.type("bucket zebra")
        await hand.see("0 orders")

    on_screen(mine, story)


def test_a_number_typed_or_scanned_goes_there(mine: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.do("inbox.goto")
        await hand.type("W-A5485")
        await hand.press("enter")
        await hand.see("W-A5485", "closed")

    on_screen(mine, story)
