"""The contractors screen: finding one, reading how they stand, keeping papers and contacts, rating, blocking."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.actions.contractors.world import FIXED, NOT_OVER, World, insure, offsite, world
from tests.kit import builders
from tests.kit.hand import Hand, on_screen
from wotui.actions import contractors as act
from wotui.store.reads import contractors

if TYPE_CHECKING:
    from wotui.store.file import Shop

WIDE = (120, 40)


@pytest.fixture
def w(shop: Shop) -> World:
    """Ace Cooling with good papers, Old Frost with lapsed ones, and one order."""
    made = world(shop)
    insure(shop, builders.contractor(shop, "Old Frost", trades=("HVAC",)), "2026-05-31")
    return made


async def open_contractors(hand: Hand) -> None:
    await hand.do("app.contractors")


def test_the_list_says_how_everybody_stands(w: World) -> None:
    act.block(w.shop, builders.contractor(w.shop, "Skyline"), "left the roof open")
    insure(w.shop, builders.contractor(w.shop, "Almost"), "2026-06-20")
    builders.contractor(w.shop, "No Papers")

    async def story(hand: Hand) -> None:
        await open_contractors(hand)
        for line in (
            "✓ valid     Ace Cooling",
            "✗ expired   Old Frost",
            "✗ blocked   Skyline",
            "! expiring  Almost",
        ):
            assert line in hand.screen
        assert "✗ missing   No Papers" in hand.screen

    on_screen(w.shop, story)


def test_the_details_stand_beside_the_list_or_open_over_it(w: World) -> None:
    async def wide(hand: Hand) -> None:
        await open_contractors(hand)
        assert "✓ valid · until Tue 1 Jun 2027" in hand.screen

    async def narrow(hand: Hand) -> None:
        await open_contractors(hand)
        assert "until Tue 1 Jun 2027" not in hand.screen
        await hand.press("enter")
        assert "✓ valid · until Tue 1 Jun 2027" in hand.screen
        assert "Old Frost" not in hand.screen
        await hand.press("escape")
        assert "Old Frost" in hand.screen

    on_screen(w.shop, wide, size=WIDE)
    on_screen(w.shop, narrow, size=(60, 20))


def test_a_filter_narrows_the_list_and_escape_gives_it_back(w: World) -> None:
    async def story(hand: Hand) -> None:
        await open_contractors(hand)
        await hand.press("slash")
        await hand.type("documents:expired")
        await hand.press("enter")
        assert "Old Frost" in hand.screen
        assert "Ace Cooling" not in hand.screen
        assert "1 of 2" in hand.screen
        await hand.press("slash", "escape")
        assert "Ace Cooling" in hand.screen

    on_screen(w.shop, story)


def test_a_renewed_insurance_is_typed_in_and_the_standing_changes(w: World) -> None:
    async def story(hand: Hand) -> None:
        await open_contractors(hand)
        await hand.press("down", "tab")
        for _ in range(5):
            await hand.press("down")
        assert "▸insurance" in hand.screen
        await hand.press("enter", "down")
        await hand.type("2027-05-31")
        await hand.press("enter", "ctrl+s")
        assert hand.said[-1].startswith("Changed liability insurance of Old Frost.")
        await hand.see("✓ valid Old Frost")

    on_screen(w.shop, story, size=WIDE)


def test_a_missing_document_is_added_from_its_own_line(w: World) -> None:
    firm = builders.contractor(w.shop, "No Papers")

    async def story(hand: Hand) -> None:
        await open_contractors(hand)
        await hand.press("down", "tab")
        for _ in range(5):
            await hand.press("down")
        assert "✗ missing · enter adds it" in hand.screen
        await hand.press("enter")
        await hand.press("down")
        await hand.type("+1y")
        await hand.press("enter", "ctrl+s")

    on_screen(w.shop, story, size=WIDE)
    (held,) = contractors.documents(w.shop, firm)
    assert (held.kind, str(held.valid_until)) == ("liability_insurance", "2027-06-10")


def test_a_slip_in_a_document_is_said_in_the_form(w: World) -> None:
    async def story(hand: Hand) -> None:
        await open_contractors(hand)
        await hand.do("contractors.document")
        await hand.press("down")
        await hand.type("someday")
        await hand.press("enter")
        await hand.see("“someday” is not a day.")
        await hand.press("escape", "escape")

    on_screen(w.shop, story)
    assert len(contractors.documents(w.shop, w.contractor)) == 1


def test_a_contact_is_added_changed_and_removed(w: World) -> None:
    async def story(hand: Hand) -> None:
        await open_contractors(hand)
        await hand.do("contractors.contact")
        await hand.type("Al Ace")
        await hand.press("enter")
        await hand.type("+1 312 555 0100")
        await hand.press("enter", "ctrl+s")
        await hand.see("Al Ace +1 312 555 0100")
        await hand.press("tab", *["down"] * 6)
        assert "▸Al Ace" in hand.screen
        await hand.do("contractors.remove")
        assert hand.said[-1].startswith("Removed Al Ace at Ace Cooling.")
        await hand.do("app.undo")
        await hand.see("Al Ace +1 312 555 0100")

    on_screen(w.shop, story, size=WIDE)


def test_a_finished_job_is_rated_and_the_score_is_shown(w: World) -> None:
    act.hire(w.shop, w.number, "Ace Cooling", FIXED)
    act.finish(w.shop, w.job().id)

    async def story(hand: Hand) -> None:
        await open_contractors(hand)
        await hand.do("contractors.rate")
        await hand.press("7", "enter")
        await hand.see("“7” is off the scale.")
        await hand.press("backspace", "5", "enter", "4", "enter", "ctrl+s")
        assert "quality 5, time 4" in hand.said[-1]
        await hand.see("4.5 of 5 (1 job)", "rated 5/4")

    on_screen(w.shop, story, size=WIDE)
    assert w.job().ratings == (5, 4, None)


def test_without_a_finished_job_there_is_nothing_to_rate(w: World) -> None:
    async def story(hand: Hand) -> None:
        await open_contractors(hand)
        await hand.do("contractors.rate")
        assert "Ace Cooling has no finished job to rate." in hand.said[-1]

    on_screen(w.shop, story)


def test_blocking_asks_why_and_unblocking_does_not(w: World) -> None:
    async def story(hand: Hand) -> None:
        await open_contractors(hand)
        await hand.do("contractors.block")
        await hand.press("enter")
        await hand.see("It needs a reason.")
        await hand.type("left the hall open")
        await hand.press("enter")
        await hand.see("✗ blocked Ace Cooling", "left the hall open")
        await hand.do("contractors.block")
        await hand.see("✓ valid Ace Cooling")

    on_screen(w.shop, story, size=WIDE)


def test_fields_are_edited_in_one_step(w: World) -> None:
    async def story(hand: Hand) -> None:
        await open_contractors(hand)
        await hand.do("contractors.edit")
        await hand.press("down", "enter")
        await hand.type(", controls")
        await hand.press("enter", "ctrl+s")
        await hand.see("HVAC, controls")

    on_screen(w.shop, story, size=WIDE)


def test_a_new_contractor_is_added_and_stands_under_the_cursor(w: World) -> None:
    async def story(hand: Hand) -> None:
        await open_contractors(hand)
        await hand.do("contractors.new")
        await hand.type("Zenith Air")
        await hand.press("enter", "ctrl+s")
        await hand.see("▸ ✗ missing Zenith Air")

    on_screen(w.shop, story)


def test_an_item_that_was_sent_away_comes_back(w: World) -> None:
    act.hire(w.shop, w.number, "Ace Cooling", offsite())

    async def story(hand: Hand) -> None:
        await open_contractors(hand)
        await hand.press("tab", "end")
        assert f"▸{w.number}" in hand.screen
        await hand.press("enter", "d", "end", "up")
        await hand.type("2026-07-03")
        await hand.press("enter", "ctrl+s")
        await hand.see("due back Fri 3 Jul")
        await hand.press("enter", "o", "ctrl+s")
        await hand.see("▶ in work")
        await hand.press("enter", "c", "ctrl+s")
        await hand.see("back Wed 10 Jun")
        await hand.press("enter", "f", "ctrl+s")
        await hand.see("✓ finished")

    on_screen(w.shop, story, size=WIDE)
    assert w.job().state == "finished"


def test_an_invoice_over_the_limit_stays_red_until_a_supervisor_pays(w: World) -> None:
    act.hire(w.shop, w.number, "Ace Cooling", NOT_OVER)
    act.finish(w.shop, w.job().id)

    async def story(hand: Hand) -> None:
        await open_contractors(hand)
        await hand.press("tab", "end", "enter", "i")
        await hand.type("1000")
        await hand.press("enter", "ctrl+s")
        await hand.see("! 100.00 USD over the limit")
        await hand.press("enter", "p")

    on_screen(w.shop, story, size=WIDE)
    assert w.job().state == "paid"


def test_withdrawing_asks_why(w: World) -> None:
    act.hire(w.shop, w.number, "Ace Cooling", FIXED)

    async def story(hand: Hand) -> None:
        await open_contractors(hand)
        await hand.press("tab", "end", "enter", "w")
        await hand.type("wrong price")
        await hand.press("enter")

    on_screen(w.shop, story, size=WIDE)
    assert (w.job().state, w.job().state_reason) == ("withdrawn", "wrong price")


def test_a_job_leads_to_its_order(w: World) -> None:
    act.hire(w.shop, w.number, "Ace Cooling", FIXED)

    async def story(hand: Hand) -> None:
        await open_contractors(hand)
        await hand.press("tab", "end", "enter", "g")
        await hand.see("Compressor trips", "Overview")

    on_screen(w.shop, story, size=WIDE)


def test_an_empty_shop_says_how_to_begin(shop: Shop) -> None:
    async def story(hand: Hand) -> None:
        await open_contractors(hand)
        assert "No contractors yet. n adds the first." in hand.screen
        for command in ("edit", "document", "contact", "block"):
            await hand.do(f"contractors.{command}")
            assert "There is no contractor under the cursor." in hand.said[-1]

    on_screen(shop, story)


def test_the_mouse_opens_what_it_points_at(w: World) -> None:
    act.hire(w.shop, w.number, "Ace Cooling", FIXED)

    async def story(hand: Hand) -> None:
        await open_contractors(hand)
        await hand.click("Old Frost")
        assert "✗ expired · until Sun 31 May" in hand.screen
        await hand.click("Ace Cooling")
        await hand.click("● hired")
        await hand.click("● hired")
        assert "Finished" in hand.screen

    on_screen(w.shop, story, size=WIDE)
