"""Choosing a contractor for an order and hiring, with the keyboard and with the mouse."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.actions.contractors.world import FIXED, World, area, insure, world
from tests.kit import builders
from tests.kit.hand import Hand, on_screen
from wotui.actions import contractors as act
from wotui.store.reads import work_orders

if TYPE_CHECKING:
    from wotui.store.file import Shop


@pytest.fixture
def w(shop: Shop) -> World:
    """Ace Cooling (insured, covers the hall), Old Frost (lapsed), Motor Rewind (off site), an order for HVAC."""
    made = world(shop)
    area(shop, made.contractor, shop.value("SELECT id FROM place WHERE code = 'HALL-1'"))
    frost = builders.contractor(shop, "Old Frost", trades=("HVAC",), rate_hour=7900)
    insure(shop, frost, "2026-05-31")
    motor = builders.contractor(shop, "Motor Rewind", trades=("HVAC", "motors"), service_mode="offsite")
    insure(shop, motor)
    with shop.transaction() as tx:
        tx.insert("membership", record_id=made.order, kind="required_trade", value="HVAC")
    return made


async def open_picker(hand: Hand, w: World) -> None:
    """As `c` on the order does."""
    hand.app.open_order(w.order)
    await hand.settle()
    await hand.do("order.contractor")


def test_everybody_is_listed_with_the_reasons_the_best_first(w: World) -> None:
    async def story(hand: Hand) -> None:
        await open_picker(hand, w)
        lines = [line for line in hand.screen.split("\n") if "✓ fits" in line or "! documents" in line]
        assert ["Ace" in lines[0], "Motor" in lines[1], "Old Frost" in lines[2]] == [True] * 3
        assert "✓ does HVAC" in hand.screen
        assert "✓ covers Hall 1" in hand.screen
        await hand.press("down", "down")
        assert "✗ liability insurance expired 2026-05-31" in hand.screen

    on_screen(w.shop, story)


def test_letters_filter_and_a_slip_is_named(w: World) -> None:
    async def story(hand: Hand) -> None:
        await open_picker(hand, w)
        await hand.type("motor")
        assert "Motor Rewind" in hand.screen
        assert "Old Frost" not in hand.screen
        await hand.press(*["backspace"] * 5)
        await hand.type("trad:x")
        assert "Did you mean trade:x?" in hand.screen

    on_screen(w.shop, story)


def test_a_contractor_is_hired_at_their_own_rate_with_three_keys(w: World) -> None:
    async def story(hand: Hand) -> None:
        await open_picker(hand, w)
        await hand.press("enter")
        assert "85.00 USD" in hand.screen
        await hand.press("ctrl+s")
        assert hand.said == [f"Hired Ace Cooling for {w.number}: 85.00 USD an hour.  u undoes it."]

    on_screen(w.shop, story)
    job = w.job()
    assert (job.state, job.terms.price_kind, job.terms.rate) == ("accepted", "hourly", 8500)


def test_a_fixed_price_is_chosen_and_typed(w: World) -> None:
    async def story(hand: Hand) -> None:
        await open_picker(hand, w)
        await hand.press("enter", "enter", "up", "enter")
        assert "fixed price" in hand.screen
        assert "an hour" not in hand.screen
        await hand.type("450")
        await hand.press("enter")
        assert "450.00 USD" in hand.screen
        await hand.press("end", "enter")

    on_screen(w.shop, story)
    assert w.job().terms == FIXED


def test_expired_insurance_asks_for_a_written_reason_and_keeps_it_in_sight(w: World) -> None:
    async def story(hand: Hand) -> None:
        await open_picker(hand, w)
        await hand.type("frost")
        await hand.press("enter")
        assert "✗ liability insurance expired 2026-05-31" in hand.screen
        await hand.press("ctrl+s")
        await hand.see("It needs a reason.")
        assert w.jobs() == []
        await hand.type("Renewal seen by phone")
        await hand.press("enter", "ctrl+s")
        assert "Hired without valid documents" in hand.said[-1]
        await hand.press("c")
        await hand.type("frost")
        await hand.see("! no valid documents: Renewal")

    on_screen(w.shop, story, size=(120, 40))
    assert w.job().override_reason == "Renewal seen by phone"


def test_a_technician_is_told_that_it_takes_a_supervisor(w: World) -> None:
    builders.person(w.shop, "TE", "Tess Echo")
    w.shop.act_as("TE")

    async def story(hand: Hand) -> None:
        await open_picker(hand, w)
        await hand.type("frost")
        await hand.press("enter", "ctrl+s")
        await hand.type("Renewal seen by phone")
        await hand.press("enter", "ctrl+s")
        await hand.see("Tess Echo may not hire somebody without valid documents")

    on_screen(w.shop, story)
    assert w.jobs() == []


def test_a_later_day_changes_what_the_papers_say(w: World) -> None:
    async def story(hand: Hand) -> None:
        await open_picker(hand, w)
        await hand.press("enter")
        assert "supervisor" not in hand.screen
        await hand.press("down", "down", "down", "down")
        await hand.type("2027-07-01")
        await hand.press("enter")
        assert "✗ liability insurance expired 2027-06-01" in hand.screen
        await hand.press("up")
        await hand.type("2026-06-12")
        await hand.press("enter")
        assert "✗ liability insurance" not in hand.screen.split("ctrl+s")[0].split("Hire Ace")[1]

    on_screen(w.shop, story)


def test_work_off_site_asks_when_the_item_leaves_and_is_due_back(w: World) -> None:
    async def story(hand: Hand) -> None:
        await open_picker(hand, w)
        await hand.type("motor")
        await hand.press("enter")
        assert "off site only" in hand.screen
        assert "item leaves" in hand.screen
        await hand.press("down")
        await hand.type("900")
        await hand.press("enter", "down", "down")
        await hand.type("2026-06-15")
        await hand.press("enter")
        await hand.type("2026-06-29")
        await hand.press("enter", "ctrl+s")

    on_screen(w.shop, story)
    terms = w.job().terms
    assert (terms.mode, terms.sent_out_on, terms.due_back_on) == (
        "offsite",
        date(2026, 6, 15),
        date(2026, 6, 29),
    )


def test_who_works_both_ways_can_be_sent_the_item(w: World) -> None:
    async def story(hand: Hand) -> None:
        await open_picker(hand, w)
        await hand.press("enter")
        assert "item leaves" not in hand.screen
        await hand.press("down", "down", "down", "enter", "down", "enter")
        assert "item leaves" in hand.screen

    on_screen(w.shop, story)


def test_tab_looks_for_on_site_or_off_site(w: World) -> None:
    async def story(hand: Hand) -> None:
        await open_picker(hand, w)
        await hand.press("tab")
        assert "on site (tab changes)" in hand.screen
        assert "▽ no fit    Motor Rewind" in hand.screen
        await hand.press("tab")
        assert "off site (tab changes)" in hand.screen
        assert "✓ fits      Motor Rewind" in hand.screen
        assert "▽ no fit    Old Frost" in hand.screen

    on_screen(w.shop, story)


def test_a_new_contractor_with_the_typed_name_can_be_hired_at_once(w: World) -> None:
    async def story(hand: Hand) -> None:
        await open_picker(hand, w)
        await hand.type("Zenith Air")
        assert "+ New contractor “Zenith Air”" in hand.screen
        await hand.do("hire.new")
        assert "Zenith Air" in hand.screen
        assert "HVAC" in hand.screen
        await hand.press("ctrl+s")
        assert hand.said[-1].startswith("Added contractor Zenith Air.")
        assert "▸ ! documents Zenith Air" in hand.screen

    on_screen(w.shop, story)
    assert w.shop.value("SELECT count(*) FROM contractor WHERE name = 'Zenith Air'") == 1


def test_a_name_that_looks_like_one_that_is_there_is_asked_about(w: World) -> None:
    async def story(hand: Hand) -> None:
        await open_picker(hand, w)
        await hand.type("ACE Cooling, Inc.")
        await hand.do("hire.new")
        await hand.see("looks like Ace Cooling")
        await hand.press("n")
        await hand.press("escape")

    on_screen(w.shop, story)
    assert w.shop.value("SELECT count(*) FROM contractor WHERE name LIKE 'ace%'") == 1


def test_with_no_contractors_the_first_one_is_offered(shop: Shop) -> None:
    order = builders.order(shop, status="ready")

    async def story(hand: Hand) -> None:
        hand.app.open_order(order)
        await hand.settle()
        await hand.do("order.contractor")
        assert "There are no contractors yet." in hand.screen
        await hand.press("enter")
        assert "New contractor" in hand.screen

    on_screen(shop, story)


def test_whoever_is_hired_already_shows_the_next_steps_instead(w: World) -> None:
    act.hire(w.shop, w.number, "Ace Cooling", FIXED)

    async def story(hand: Hand) -> None:
        await open_picker(hand, w)
        assert "● hired" in hand.screen
        await hand.press("enter")
        assert "Finished" in hand.screen
        await hand.press("f")
        await hand.press("ctrl+s")
        assert hand.said[-1].startswith(f"Ace Cooling on {w.number} is finished.")

    on_screen(w.shop, story)
    assert w.job().state == "finished"


def test_undo_takes_the_hiring_back(w: World) -> None:
    async def story(hand: Hand) -> None:
        await open_picker(hand, w)
        await hand.press("enter", "ctrl+s")
        await hand.do("app.undo")

    on_screen(w.shop, story)
    assert w.jobs() == []


def test_the_mouse_chooses_and_hires(w: World) -> None:
    async def story(hand: Hand) -> None:
        await open_picker(hand, w)
        await hand.click("Motor Rewind")
        assert "! off site only" in hand.screen
        await hand.click("Ace Cooling")
        await hand.click("Ace Cooling")
        assert "Hire Ace Cooling" in hand.screen
        await hand.click("▶ Hire")

    on_screen(w.shop, story)
    assert w.job().contractor == "Ace Cooling"


def test_escape_leaves_everything_as_it_was(w: World) -> None:
    async def story(hand: Hand) -> None:
        await open_picker(hand, w)
        await hand.press("enter")
        await hand.press("escape", "escape")
        assert "Contractor for" not in hand.screen

    on_screen(w.shop, story)
    assert w.jobs() == []


@pytest.mark.parametrize("size", [(60, 20), (40, 15), (200, 60)])
def test_every_size_can_hire(w: World, size: tuple[int, int]) -> None:
    async def story(hand: Hand) -> None:
        await open_picker(hand, w)
        await hand.press("enter", "ctrl+s")

    on_screen(w.shop, story, size=size)
    assert w.job().contractor == "Ace Cooling"


def test_an_order_that_is_over_refuses_in_the_form(w: World) -> None:
    over = builders.order(w.shop, "Old", status="done")

    async def story(hand: Hand) -> None:
        hand.app.open_screen(("wotui.tui.screens.contractor_picker", "ContractorPicker"), over)
        await hand.settle()
        await hand.press("enter", "ctrl+s")
        await hand.see("Reopen it first")

    on_screen(w.shop, story)
    found = work_orders.order(w.shop, over)
    assert found is not None
    assert found.status == "done"
