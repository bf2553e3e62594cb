"""What choosing and keeping contractors looks like: typical, small, empty, high contrast, with hostile names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.actions.contractors.world import insure
from tests.kit import builders
from wotui import settings
from wotui.actions import contractors as act
from wotui.store.reads import work_orders
from wotui.tui.app import WotuiApp
from wotui.tui.screens.contractor_picker import ContractorPicker

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.pilot import Pilot

    from wotui.store.file import Shop

    Snap = Callable[..., bool]

FOLLOWED_UP = "W-A0061"
HOSTILE = "M8 [/done] [@click=app.quit]\x1b[31mred\u202egnp"


def pictured(
    shop: Shop, order: str = "", *keys: str, theme: str = ""
) -> tuple[WotuiApp, Callable[[Pilot[Any]], Awaitable[None]]]:
    """The app with the picker of an order, or with the contractors screen, after some keys."""
    app = WotuiApp(shop, settings.Computer(theme=theme) if theme else settings.Computer())

    async def opened(pilot: Pilot[Any]) -> None:
        await pilot.pause()
        if order:
            app.push_screen(ContractorPicker(work_orders.find(shop, order).id))
        else:
            await pilot.press("3")
        await settled(app, pilot)
        for key in keys:
            await pilot.press(key)
            await settled(app, pilot)

    return app, opened


async def settled(app: WotuiApp, pilot: Pilot[Any]) -> None:
    """Wait for every answer and the layout that follows it."""
    for _ in range(3):
        await pilot.pause()
        await app.ask.settled()
    await pilot.pause(0.1)


@pytest.mark.parametrize(("name", "size"), [("typical", (80, 24)), ("wide", (120, 40)), ("small", (60, 20))])
def test_the_picker_looks_like_this(demo: Shop, snap_compare: Snap, name: str, size: tuple[int, int]) -> None:
    app, opened = pictured(demo, a_chiller_order(demo), "down")
    assert snap_compare(app, terminal_size=size, run_before=opened)


def a_chiller_order(shop: Shop) -> str:
    """An order for refrigeration on an asset of the demo shop's first hall, planned for Friday."""
    place, asset = shop.rows("SELECT place_id, id FROM asset WHERE place_id IS NOT NULL ORDER BY tag")[0]
    order = builders.order(
        shop,
        "Compressor trips on high pressure",
        status="ready",
        asset_id=asset,
        place_id=place,
        planned_on="2026-06-12",
    )
    with shop.transaction() as tx:
        tx.insert("membership", record_id=order, kind="required_trade", value="refrigeration")
    return builders.number_of(shop, order)


def test_the_hire_form_with_expired_papers_looks_like_this(demo: Shop, snap_compare: Snap) -> None:
    app, opened = pictured(demo, a_chiller_order(demo), *"superior", "enter")
    assert snap_compare(app, terminal_size=(80, 24), run_before=opened)


def test_an_empty_picker_looks_like_this(shop: Shop, snap_compare: Snap) -> None:
    order = builders.number_of(shop, builders.order(shop, status="ready"))
    app, opened = pictured(shop, order)
    assert snap_compare(app, terminal_size=(80, 24), run_before=opened)


def hostile_firm(shop: Shop) -> str:
    """A contractor whose every text was written below the cleaning of `actions`."""
    firm = builders.contractor(shop, HOSTILE, trades=(HOSTILE,), notes=HOSTILE)
    insure(shop, firm)
    with shop.transaction() as tx:
        tx.insert("contractor_contact", contractor_id=firm, name=HOSTILE, phone=HOSTILE, email=HOSTILE)
        tx.update("contractor", firm, blocked=1, blocked_reason=HOSTILE)
    return firm


def test_hostile_names_in_the_picker_look_like_this(shop: Shop, snap_compare: Snap) -> None:
    hostile_firm(shop)
    order = builders.number_of(shop, builders.order(shop, HOSTILE, status="ready"))
    app, opened = pictured(shop, order)
    assert snap_compare(app, terminal_size=(80, 24), run_before=opened)


@pytest.mark.parametrize(
    ("theme", "size"), [("dark", (120, 40)), ("contrast", (120, 40)), ("dark", (80, 24)), ("dark", (60, 20))]
)
def test_the_contractors_look_like_this(
    demo: Shop, snap_compare: Snap, theme: str, size: tuple[int, int]
) -> None:
    act.block(demo, "Lakeside Fire & Safety", "Left the siren open")
    app, opened = pictured(demo, "", *["down"] * 3, theme=theme)
    assert snap_compare(app, terminal_size=size, run_before=opened)


def test_one_contractor_at_60_columns_looks_like_this(demo: Shop, snap_compare: Snap) -> None:
    app, opened = pictured(demo, "", "down", "enter")
    assert snap_compare(app, terminal_size=(60, 20), run_before=opened)


def test_hostile_names_among_the_contractors_look_like_this(shop: Shop, snap_compare: Snap) -> None:
    hostile_firm(shop)
    app, opened = pictured(shop)
    assert snap_compare(app, terminal_size=(120, 40), run_before=opened)
