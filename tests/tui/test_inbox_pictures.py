"""What the Inbox looks like: typical, wide, small, empty, high contrast, marked and filtered, with hostile words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.kit import builders
from tests.kit.hand import Hand
from wotui import settings
from wotui.tui.app import WotuiApp

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.pilot import Pilot

    from wotui.store.file import Shop

    Snap = Callable[..., bool]

HOSTILE = "M8 [/done] [@click=app.quit]\x1b[31mred\u202egnp"


def pictured(
    shop: Shop, *keys: str, theme: str = "dark"
) -> tuple[WotuiApp, Callable[[Pilot[Any]], Awaitable[None]]]:
    """The app on its Inbox after some keys."""
    app = WotuiApp(shop, settings.Computer(theme=theme))

    async def opened(pilot: Pilot[Any]) -> None:
        hand = Hand(app, pilot)
        await hand.settle()
        await hand.press(*keys)

    return app, opened


@pytest.mark.parametrize(
    ("theme", "size"),
    [
        ("dark", (80, 24)),
        ("dark", (60, 20)),
        ("dark", (120, 40)),
        ("contrast", (80, 24)),
        ("light", (120, 40)),
    ],
)
def test_the_inbox_looks_like_this(demo: Shop, snap_compare: Snap, theme: str, size: tuple[int, int]) -> None:
    app, opened = pictured(demo, "down", "down", theme=theme)
    assert snap_compare(app, terminal_size=size, run_before=opened)


def test_an_empty_inbox_looks_like_this(shop: Shop, snap_compare: Snap) -> None:
    app, opened = pictured(shop)
    assert snap_compare(app, terminal_size=(80, 24), run_before=opened)


def test_a_filter_with_marks_looks_like_this(demo: Shop, snap_compare: Snap) -> None:
    app, opened = pictured(demo, "/", *"pump", "enter", "space", "space")
    assert snap_compare(app, terminal_size=(80, 24), run_before=opened)


def test_a_mistake_in_the_filter_looks_like_this(demo: Shop, snap_compare: Snap) -> None:
    app, opened = pictured(demo, "/", *"stauts", ":", "x")
    assert snap_compare(app, terminal_size=(80, 24), run_before=opened)


def test_what_would_change_looks_like_this(demo: Shop, snap_compare: Snap) -> None:
    app, opened = pictured(demo, "space", "space", "space", "t", *"fri", "enter")
    assert snap_compare(app, terminal_size=(80, 24), run_before=opened)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_hostile_words_look_like_this(shop: Shop, snap_compare: Snap, size: tuple[int, int]) -> None:
    place = builders.place(shop, HOSTILE, HOSTILE)
    asset = builders.asset(shop, HOSTILE, HOSTILE, place_id=place)
    person = builders.person(shop, "[/]", HOSTILE)
    fields = {"asset_id": asset, "description": HOSTILE, "hold_reason": HOSTILE}
    builders.order(shop, HOSTILE, status="on_hold", assign=(person,), **fields)
    builders.order(shop, f"界 wide and long {HOSTILE * 5}", status="[b]", type=HOSTILE)
    app, opened = pictured(shop, "/", "left_square_bracket", "/", "right_square_bracket", "enter", "escape")
    assert snap_compare(app, terminal_size=size, run_before=opened)
