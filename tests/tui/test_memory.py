"""Screens that are closed leave nothing behind."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual._styles_cache import StylesCache
from textual.widget import Widget

from tests.kit.hand import Hand, on_screen

if TYPE_CHECKING:
    from wotui.store.file import Shop

STATM = Path("/proc/self/statm")
PAGE = 4096


def alive(kind: type) -> int:
    """How many instances of a class there are."""
    gc.collect()
    return sum(issubclass(type(each), kind) for each in gc.get_objects())


def resident() -> int:
    """Bytes of memory that the process holds."""
    gc.collect()
    return int(STATM.read_text().split()[1]) * PAGE


async def look_at_orders(hand: Hand, demo: Shop, times: int) -> None:
    """Open and leave orders, so many times."""
    orders = [row[0] for row in demo.rows("SELECT id FROM work_order ORDER BY number")]
    for number in range(times):
        hand.app.open_order(orders[number % len(orders)], orders)
        await hand.settle()
        await hand.press("escape")


def test_closed_screens_are_forgotten_with_all_their_lines(demo: Shop) -> None:
    async def story(hand: Hand) -> None:
        await look_at_orders(hand, demo, 3)
        widgets, caches = alive(Widget), alive(StylesCache)
        await look_at_orders(hand, demo, 20)
        assert alive(Widget) <= widgets + 5
        assert alive(StylesCache) <= caches + 10

    on_screen(demo, story)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.skipif(not STATM.exists(), reason="reads /proc")
def test_f106_ten_thousand_screens_cost_less_than_a_kilobyte_each(demo: Shop) -> None:
    async def story(hand: Hand) -> None:
        orders = [row[0] for row in demo.rows("SELECT id FROM work_order ORDER BY number")]

        async def look(times: int) -> int:
            for number in range(times):
                hand.app.open_order(orders[number % len(orders)], orders)
                await hand.quiet()
                await hand.app.pop_screen()
                await hand.quiet()
            return resident()

        before = await look(1_000)
        assert (await look(10_000) - before) / 10_000 < 1_000

    on_screen(demo, story)
