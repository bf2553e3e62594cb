"""A person's week as a grid: Wednesday 10 June 2026, noon in Chicago, weeks from Monday."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.kit import builders
from tests.kit.hand import Hand, on_screen
from tests.tui.test_time import at_time, entries, record, said, week
from wotui import settings
from wotui.actions import labor
from wotui.tui.app import WotuiApp

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.pilot import Pilot

    from tests.kit.clock import FrozenClock
    from wotui.store.file import Shop

__all__ = ["week"]


def test_a_week_stands_in_days_and_orders_with_overtime_as_it_builds(week: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.press("enter")
        await hand.see(
            "Time · Ann Bolt",
            "W-A0001 Rebuild the v… 8.50 8.50 8.50 8.50 8.50 · · 42.50",
            "So far 8.50 17.00 25.50 34.00 42.50 42.50 42.50",
            "Overtime 2.50 2.50",
            "Meal breaks 0.50 0.50 0.50 0.50 0.50 2.50",
            "5 entries of the pay period approved",
        )

    at_time(week, story)


def test_the_arrows_walk_through_the_cells_and_enter_opens_or_adds(shop: Shop) -> None:
    record(shop, "08T07:00", "08T15:30", "12:00-12:30")

    async def story(hand: Hand) -> None:
        await hand.press("enter")
        await hand.see("Wed 10 Jun · no order: nothing. enter adds hours.")
        await hand.press("left", "left")
        await hand.see("Mon 8 Jun · no order: 07:00–15:30 less 30m (draft). enter opens it.")
        await hand.press("enter")
        await hand.see("07:00–15:30", "1 to approve")
        await hand.press("escape", "right", "enter")
        await hand.see("Add hours", "Tue 9 Jun")
        await hand.type("8")
        await hand.press("enter")
        await hand.type("9:30")
        await hand.press("enter", "ctrl+s")
        await hand.see("Tue 9 Jun · no order: 08:00–09:30 (draft)", "9.50")

    at_time(shop, story)


def test_a_row_of_an_order_gives_its_order_to_what_is_added(week: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.press("enter", "g", "right", "enter")
        await hand.see("Add hours", "W-A0001 Rebuild the vacuum pump")
        await hand.press("escape", "o")
        await hand.see("Rebuild the vacuum pump", "W-A0001")

    at_time(week, story)


def test_weeks_and_people_are_walked_and_hours_approved_from_the_grid(week: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.press("enter", "tab", "tab")
        await hand.see("Time · Cy Drum", "sick", "6 entries not approved")
        await hand.press("a")
        assert "Approved 6 entries of Cy Drum" in said(hand)
        await hand.press("left_square_bracket")
        await hand.see("Mon 1 Jun – Sun 7 Jun")
        await hand.press("right_square_bracket", "e")
        await hand.see("Time · Cy Drum", "38.33 regular")

    at_time(week, story)


def test_a_technician_sees_own_hours_until_everybodys_are_asked_for(week: Shop) -> None:
    week.act_as("CD")

    async def story(hand: Hand) -> None:
        await hand.see("your hours", "Cy Drum")
        assert "Ann Bolt" not in hand.screen
        assert "h Hand in" in hand.screen
        await hand.press("p")
        assert "it takes the role" in said(hand)
        await hand.press("w")
        await hand.see("Ann Bolt", "Cy Drum", "Everybody")
        await hand.press("w", "h")
        assert "Handed in 6 entries of Cy Drum" in said(hand)
        await hand.press("H")
        assert "Took 6 entries of Cy Drum, 42h 20m back as drafts." in said(hand)

    at_time(week, story)


def test_a_key_pressed_before_the_hours_are_read_is_not_lost(week: Shop) -> None:
    async def story(hand: Hand) -> None:
        hand.app.ask.read("time", lambda _shop: time.sleep(0.3), lambda _none: None)  # hours are slow to read
        await hand.app.action_mode("time")
        await hand.press("A")
        assert "Approved 6 entries of Cy Drum" in said(hand)

    on_screen(week, story, computer=settings.Computer())


def test_an_entry_of_a_clock_that_went_back_is_approved_by_itself(
    shop: Shop, frozen_clock: FrozenClock
) -> None:
    frozen_clock.set("2026-06-10T20:00:00Z")
    builders.order(shop)
    frozen_clock.set("2026-06-10T12:00:00Z")
    labor.start(shop)
    frozen_clock.set("2026-06-10T17:00:00Z")
    labor.stop(shop)

    async def story(hand: Hand) -> None:
        await hand.see("W23", "recorded by a clock that had gone back")
        await hand.press("A")
        assert "check its times, then approve it by itself" in said(hand)
        await hand.press("e", "A")
        await hand.see("✓ approved")

    at_time(shop, story)
    assert [one.state for one in entries(shop)] == ["approved"]


def test_a_technician_asks_for_a_correction_of_approved_hours(week: Shop) -> None:
    week.act_as("AB")

    async def story(hand: Hand) -> None:
        await hand.press("e", "enter")
        await hand.see("Ask for a correction")
        await hand.type("I left at four")
        await hand.press("enter")
        assert "Asked for a correction of Ann Bolt's entry of 2026-06-08: I left at four." in said(hand)
        await hand.see("W30", "asks to correct")

    at_time(week, story)


def test_the_mouse_chooses_a_cell(week: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.press("enter")
        await hand.click("8.50")
        await hand.see("Mon 8 Jun · W-A0001 Rebuild the vacuum pump")
        await hand.click("8.50")
        await hand.see("07:00–16:00", "40.00 regular")

    at_time(week, story)


@pytest.mark.parametrize(("name", "size"), [("typical", (80, 24)), ("small", (60, 20))])
def test_the_week_looks_like_this(
    week: Shop, snap_compare: Callable[..., bool], name: str, size: tuple[int, int]
) -> None:
    assert name
    assert snap_compare(WotuiApp(week, settings.Computer()), terminal_size=size, run_before=_to("enter"))


def test_an_empty_week_looks_like_this(shop: Shop, snap_compare: Callable[..., bool]) -> None:
    assert snap_compare(WotuiApp(shop, settings.Computer()), terminal_size=(80, 24), run_before=_to("enter"))


def _to(*keys: str) -> Callable[[Pilot[Any]], Awaitable[None]]:
    async def before(pilot: Pilot[Any]) -> None:
        app: Any = pilot.app
        hand = Hand(app, pilot)
        await hand.settle()
        await hand.do("app.time")
        await hand.press(*keys)

    return before
