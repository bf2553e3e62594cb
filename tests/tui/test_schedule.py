"""The schedule: a week by person, a month, a list of days; work is picked up and put down on a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from textual import events

from tests.kit import builders
from tests.kit.hand import Hand, on_screen
from wotui.actions import plans, scheduling
from wotui.store.reads import schedule
from wotui.store.reads import work_orders as reads

if TYPE_CHECKING:
    from tests.kit.clock import FrozenClock
    from wotui.store.file import Shop

MONDAY = date(2026, 6, 8)


@pytest.fixture
def week(shop: Shop, frozen_clock: FrozenClock) -> Shop:
    """A Monday morning with Ann, Bob, and two orders that have no day yet; a third is Ann's on Tuesday."""
    frozen_clock.set("2026-06-08T12:00:00Z")
    hall = builders.place(shop)
    ann = builders.person(shop, "ANN", "Ann Able")
    builders.person(shop, "BOB", "Bob Best")
    builders.order(
        shop, "Grease the bearings", status="ready", place_id=hall, planned_minutes=120, priority=1
    )
    builders.order(shop, "Paint the gate", status="ready", place_id=hall, planned_minutes=540, priority=4)
    boiler = builders.order(shop, "Round of the boiler", status="ready", place_id=hall, planned_minutes=60)
    scheduling.move(shop, [boiler], date(2026, 6, 9), person=ann)
    return shop


def planned(shop: Shop) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Title → day and initials."""
    found = schedule.planned(shop, MONDAY, date(2026, 6, 14))
    names = dict(shop.rows("SELECT id, initials FROM person"))
    return {one.title: (one.on.isoformat(), tuple(names[person] for person in one.people)) for one in found}


def test_an_order_without_a_day_is_put_on_somebodys_day_with_the_keys_and_taken_back(week: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.press("2", "tab")
        assert "Grease the bearings" in hand.screen
        await hand.press("space")
        assert "esc lets it be: W-A0001 Grease the" in hand.screen
        await hand.press("down", "right", "right", "enter")
        assert planned(week)["Grease the bearings"] == ("2026-06-10", ("BOB",))
        await hand.see("2/8")
        await hand.press("u")
        assert "Grease the bearings" not in planned(week)

    on_screen(week, story)


def test_an_order_goes_from_one_person_to_another(week: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.press("2", "right", "enter", "space", "down", "right", "enter")
        assert planned(week)["Round of the boiler"] == ("2026-06-10", ("BOB",))

    on_screen(week, story)


def test_what_was_picked_up_can_be_let_be(week: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.press("2", "tab", "space", "escape")
        assert "lets it be" not in hand.screen
        await hand.press("enter")
        assert planned(week) == {"Round of the boiler": ("2026-06-09", ("ANN",))}

    on_screen(week, story)


def test_a_day_that_is_too_full_is_said_in_the_cell_and_in_words(week: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.press("2", "tab", "down", "space", "right", "enter")
        await hand.see("10/8!", "2h too much", "1 day too full")

    on_screen(week, story)


def test_work_is_taken_off_the_plan(week: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.press("2", "right", "tab", "x")
        assert planned(week) == {}
        assert reads.find(week, "W-A0003").status == "ready"
        await hand.see("without a day 3")

    on_screen(week, story)


def test_dragging_an_order_onto_a_day_plans_it(week: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.press("2")
        lines = hand.screen.split("\n")
        row = next(y for y, line in enumerate(lines) if "Grease" in line)
        await hand.click("Grease the")
        target = next(y for y, line in enumerate(lines) if line.strip().startswith("Bob Best"))
        column = lines[1 + 1].index("Thu 11")
        await drag(hand, (lines[row].index("Grease"), row), (column, target))
        assert planned(week)["Grease the bearings"] == ("2026-06-11", ("BOB",))

    on_screen(week, story)


async def drag(hand: Hand, start: tuple[int, int], end: tuple[int, int]) -> None:
    """Press the button at one place of the screen and let it go at another."""
    for kind, (x, y) in ((events.MouseDown, start), (events.MouseMove, end), (events.MouseUp, end)):
        hand.app.post_message(kind(None, x, y, 0, 0, 1, False, False, False, screen_x=x, screen_y=y))
        await hand.settle()


def test_the_month_shows_what_is_planned_and_due_and_a_day_can_be_chosen(week: Shop) -> None:
    builders.order(
        week, "Fill the tank", status="ready", place_id=builders.place(week, "B"), due_on="2026-06-24"
    )

    async def story(hand: Hand) -> None:
        await hand.press("2", "w")
        assert "June 2026" in hand.screen
        assert "▪1 9" in hand.screen
        assert "◆1 24" in hand.screen
        await hand.press("down", "down", "right", "right")
        await hand.see("Wed 24 Jun", "Fill the tank")
        await hand.press("right_square_bracket")
        await hand.see("July 2026")

    on_screen(week, story)


def test_what_plans_will_make_stands_there_before_it_is_made(week: Shop) -> None:
    builders.asset(week, "PUMP-01")
    plans.add(
        week, "Grease it", {"every": "1", "unit": "month", "anchor_on": "2026-06-25", "assets": "PUMP-01"}
    )

    async def story(hand: Hand) -> None:
        await hand.press("2", "w")
        await hand.see("↻1 25")

    on_screen(week, story)


def test_a_narrow_window_lists_the_days_and_work_moves_there_too(week: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.press("2")
        assert "Mon 8 Jun" in hand.screen
        assert "ANN Round of the boiler" in hand.screen
        await hand.press("space", "down", "down", "enter")
        assert planned(week)["Round of the boiler"] == ("2026-06-10", ("ANN",))

    on_screen(week, story, size=(60, 20))


def test_weeks_go_back_and_forth_and_back_to_today(week: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.press("2", "right_square_bracket", "right_square_bracket")
        assert "22 – 28 Jun 2026" in hand.screen
        await hand.press("0")
        assert "8 – 14 Jun 2026" in hand.screen

    on_screen(week, story)


def test_a_technician_is_told_who_plans(week: Shop) -> None:
    week.act_as("ANN")

    async def story(hand: Hand) -> None:
        await hand.press("2", "tab", "space", "enter")
        assert "supervisor" in hand.toast
        assert "Grease the bearings" not in planned(week)

    on_screen(week, story)


def test_a_shop_without_people_says_how_to_begin(shop: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.press("2")
        assert "nothing planned" in hand.screen
        assert "Every order that can be worked on" in hand.screen

    on_screen(shop, story)
