"""How the screens look: one picture each of what is typical, empty, small, and in high contrast.

`pytest tests/tui/test_pictures.py --snapshot-update` takes them anew; look at every one before it is committed.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.kit import builders
from tests.kit.hand import Hand
from wotui import settings
from wotui.store.reads import work_orders as reads
from wotui.tui.app import WotuiApp
from wotui.tui.first_start import FirstStart
from wotui.tui.screens.completion import CompletionScreen
from wotui.tui.screens.order_form import NewOrder, OrderForm

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.pilot import Pilot

    from wotui.store.file import Shop

WIDE, NORMAL, SMALL = (140, 40), (80, 24), (60, 20)


@pytest.fixture
def looks(snap_compare: Any) -> Callable[..., None]:
    """Compares a picture after a story: `looks(app, story, size)`."""

    def compare(
        app: WotuiApp, story: Callable[[Hand], Awaitable[None]], size: tuple[int, int] = NORMAL
    ) -> None:
        async def before(pilot: Pilot[Any]) -> None:
            hand = Hand(app, pilot)
            await hand.settle()
            await story(hand)
            app.clear_notifications()
            await hand.settle()

        assert snap_compare(app, terminal_size=size, run_before=before)

    return compare


def on_order(shop: Shop, number: str, *keys: str) -> Callable[[Hand], Awaitable[None]]:
    """Open an order and press keys there."""

    async def story(hand: Hand) -> None:
        hand.app.open_order(reads.find(shop, number).id)
        await hand.settle()
        await hand.press(*keys)

    return story


@pytest.mark.parametrize("size", [WIDE, NORMAL, SMALL], ids=["wide", "normal", "small"])
def test_an_order(demo: Shop, looks: Any, size: tuple[int, int]) -> None:
    looks(WotuiApp(demo), on_order(demo, "W-A0058"), size)


def test_an_order_in_high_contrast(demo: Shop, looks: Any) -> None:
    looks(WotuiApp(demo, settings.Computer(theme="contrast")), on_order(demo, "W-A0054"))


def test_an_order_in_the_light_theme(demo: Shop, looks: Any) -> None:
    looks(WotuiApp(demo, settings.Computer(theme="light")), on_order(demo, "W-A0045"))


def test_an_order_without_colours(demo: Shop, looks: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    looks(WotuiApp(demo), on_order(demo, "W-A0054"))


def test_an_empty_order(shop: Shop, looks: Any) -> None:
    builders.order(shop, "Look", status="draft")
    looks(WotuiApp(shop), on_order(shop, "W-A0001"))


@pytest.mark.parametrize("page", ["log", "checklist", "time", "contractors", "history"])
def test_a_page_of_an_order(demo: Shop, looks: Any, page: str) -> None:
    pages = ("overview", "log", "checklist", "time", "contractors", "history")
    number = {"checklist": "W-A0032", "contractors": "W-A0034"}.get(page, "W-A0058")
    looks(WotuiApp(demo), on_order(demo, number, *["tab"] * pages.index(page)))


@pytest.mark.parametrize("size", [NORMAL, SMALL], ids=["normal", "small"])
def test_the_form_of_a_new_order(demo: Shop, looks: Any, size: tuple[int, int]) -> None:
    async def story(hand: Hand) -> None:
        hand.app.show(NewOrder({"title": "Grease the [b]pump", "due_on": "2026-06-15"}))
        await hand.settle()

    looks(WotuiApp(demo), story, size)


def test_the_form_of_an_order(demo: Shop, looks: Any) -> None:
    async def story(hand: Hand) -> None:
        hand.app.show(OrderForm(reads.find(demo, "W-A0054").id))
        await hand.settle()

    looks(WotuiApp(demo), story, (80, 40))


def test_finishing_an_order(demo: Shop, looks: Any) -> None:
    async def story(hand: Hand) -> None:
        hand.app.show(CompletionScreen((reads.find(demo, "W-A0032").id,)))
        await hand.settle()

    looks(WotuiApp(demo), story)


@pytest.mark.parametrize("size", [NORMAL, SMALL], ids=["normal", "small"])
def test_help(demo: Shop, looks: Any, size: tuple[int, int]) -> None:
    looks(WotuiApp(demo), on_order(demo, "W-A0058", "question_mark"), size)


def test_the_palette(demo: Shop, looks: Any) -> None:
    looks(WotuiApp(demo), on_order(demo, "W-A0058", "ctrl+p"))


def test_a_question(demo: Shop, looks: Any) -> None:
    looks(WotuiApp(demo), on_order(demo, "W-A0033", "h"))


@pytest.mark.parametrize("size", [NORMAL, SMALL], ids=["normal", "small"])
def test_the_first_start(looks: Any, size: tuple[int, int]) -> None:
    async def story(hand: Hand) -> None:
        await hand.settle()

    looks(FirstStart(settings.Computer(), path=Path("/home/jo/.local/share/wotui/shop.wotui")), story, size)


def test_a_window_that_is_too_small(demo: Shop, looks: Any) -> None:
    looks(WotuiApp(demo), on_order(demo, "W-A0058"), (30, 6))
