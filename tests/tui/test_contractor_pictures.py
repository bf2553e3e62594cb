"""What choosing and keeping contractors looks like: typical, small, empty, high contrast, with hostile names."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.actions.contractors.world import FIXED, NOT_OVER, area, insure, offsite, world
from tests.kit import builders
from tests.kit.hand import Hand
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

HOSTILE = "M8 [/done] [@click=app.quit]\x1b[31mred\u202egnp"


def pictured(
    shop: Shop, order: str = "", *keys: str, theme: str = ""
) -> tuple[WotuiApp, Callable[[Pilot[Any]], Awaitable[None]]]:
    """The app with the picker of an order, or with the contractors screen, after some keys."""
    app = WotuiApp(shop, settings.Computer(theme=theme) if theme else settings.Computer())

    async def opened(pilot: Pilot[Any]) -> None:
        hand = Hand(app, pilot)
        await hand.settle()
        if order:
            app.push_screen(ContractorPicker(work_orders.find(shop, order).id))
            await hand.settle()
        else:
            await hand.press("3")
        await hand.press(*keys)

    return app, opened


def a_shop(shop: Shop) -> str:
    """Contractors of every kind, some with jobs, and an order for HVAC on a line in Hall 1; gives its number."""
    w = world(shop)
    hall = str(shop.value("SELECT id FROM place WHERE code = 'HALL-1'"))
    firms = (
        ("Old Frost Refrigeration", ("HVAC", "refrigeration"), "onsite", "2026-05-31", hall),
        ("Bolt Electric", ("electrical", "controls"), "onsite", "2026-07-01", ""),
        ("Motor Rewind & Sons", ("HVAC", "motors"), "offsite", "2027-01-31", ""),
        ("Yardarm Cooling", ("HVAC",), "onsite", "2027-01-31", builders.place(shop, "YARD", "Yard")),
        ("Northside Rigging", ("rigging",), "onsite", "2027-01-31", ""),
    )
    area(shop, w.contractor, hall)
    for name, trades, mode, until, place in firms:
        firm = builders.contractor(shop, name, trades=trades, service_mode=mode, rate_hour=7900)
        insure(shop, firm, until)
        if place:
            area(shop, firm, place)
    act.block(shop, "Northside Rigging", "left the hall open twice")
    act.add_contact(
        shop, "Ace Cooling", {"name": "Al Ace", "phone": "312-555-0100", "always_reachable": "yes"}
    )
    act.add_document(shop, "Ace Cooling", {"kind": "contract", "number": "SC-7", "valid_until": "2026-06-30"})
    jobs = (
        ("Walk-in cooler warm", "Ace Cooling", NOT_OVER, ""),
        ("Rewind spindle motor", "Motor Rewind & Sons", offsite(date(2026, 6, 1), date(2026, 6, 9)), ""),
        ("Freezer door heater", "Old Frost Refrigeration", FIXED, "Renewal seen by phone"),
    )
    for title, name, terms, override in jobs:
        order = builders.order(shop, title, status="ready")
        act.hire(shop, order, name, terms, override=override)
    cooler = next(job for job in w.jobs() if job.title == "Walk-in cooler warm")
    act.invoice(shop, cooler.id, 100000, reference="2026-118")
    act.rate(shop, cooler.id, quality=5, time=4, price=3)
    with shop.transaction() as tx:
        tx.insert("membership", record_id=w.order, kind="required_trade", value="HVAC")
        tx.update("work_order", w.order, planned_on="2026-06-12")
        tx.update("contractor", w.contractor, preferred_rank=1, callout_fee=6000)
    return w.number


@pytest.mark.parametrize(("name", "size"), [("typical", (80, 24)), ("wide", (120, 40)), ("small", (60, 20))])
def test_the_picker_looks_like_this(shop: Shop, snap_compare: Snap, name: str, size: tuple[int, int]) -> None:
    app, opened = pictured(shop, a_shop(shop))
    assert snap_compare(app, terminal_size=size, run_before=opened)


def test_the_hire_form_with_expired_papers_looks_like_this(shop: Shop, snap_compare: Snap) -> None:
    number = a_shop(shop)
    app, opened = pictured(shop, number, *"frost", "enter")
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
    shop: Shop, snap_compare: Snap, theme: str, size: tuple[int, int]
) -> None:
    a_shop(shop)
    app, opened = pictured(shop, "", theme=theme)
    assert snap_compare(app, terminal_size=size, run_before=opened)


def test_one_contractor_at_60_columns_looks_like_this(shop: Shop, snap_compare: Snap) -> None:
    a_shop(shop)
    app, opened = pictured(shop, "", "down", "down", "enter")
    assert snap_compare(app, terminal_size=(60, 20), run_before=opened)


def test_hostile_names_among_the_contractors_look_like_this(shop: Shop, snap_compare: Snap) -> None:
    hostile_firm(shop)
    app, opened = pictured(shop)
    assert snap_compare(app, terminal_size=(120, 40), run_before=opened)
