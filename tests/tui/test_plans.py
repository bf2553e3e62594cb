"""Maintenance plans on the screen: made, looked at, generated, done late, due again; pauses, skips, other dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.actions.plans.world import GREASE, finish, ledger, orders, plan, run
from tests.kit import builders
from tests.kit.hand import Hand, on_screen
from tests.kit.hostile import MARKUP
from wotui.actions import plans as actions
from wotui.store.reads import plans as reads

if TYPE_CHECKING:
    from tests.kit.clock import FrozenClock
    from wotui.store.file import Shop


@pytest.fixture(autouse=True)
def pump(shop: Shop) -> str:
    return builders.asset(shop, "PUMP-01", "Feed pump")


def test_a_plan_is_made_looked_at_generated_done_late_and_due_again(
    shop: Shop, frozen_clock: FrozenClock
) -> None:
    async def makes_it(hand: Hand) -> None:
        await hand.do("app.plans")
        await hand.see("No maintenance plans yet", "makes the first one")
        await hand.do("plans.new")
        await hand.type(GREASE)
        await hand.press("enter")
        await hand.type("PUMP-01")
        await hand.press("enter", "ctrl+s")
        await hand.see("The next dates", "Wed 10 Jun", "Fri 10 Jul", "y save")
        assert reads.plans(shop) == [], "nothing is saved before somebody has seen the dates"
        await hand.press("y")
        await hand.see(GREASE, "every month", "PUMP-01")
        await hand.press("r")
        await hand.see("W-A0001 ready, due 2026-06-10")
        assert "W-A0001 came due by plan." in hand.toast

    on_screen(shop, makes_it)
    frozen_clock.move(days=35)
    finish(shop, orders(shop)[0].number)

    async def looks_again(hand: Hand) -> None:
        await hand.do("app.plans")
        await hand.see("due Mon 10 Aug")
        await hand.press("enter", "tab")
        await hand.see("2026-07-10", "missed", "2026-06-10", "done", "on 2026-07-15, due 2026-06-10")

    on_screen(shop, looks_again)


def test_what_is_due_comes_by_itself_when_the_app_starts_and_at_midnight(
    shop: Shop, frozen_clock: FrozenClock
) -> None:
    plan(shop)

    async def story(hand: Hand) -> None:
        await hand.see("W-A0001", GREASE)
        assert hand.toast == "W-A0001 came due by plan.", "undo is for what a person did"
        finish(shop, "W-A0001")
        frozen_clock.move(days=26)
        hand.app.plan_runs.look()
        await hand.settle()
        assert hand.toast == "W-A0002 came due by plan."

    on_screen(shop, story)
    assert [one.due_on for one in orders(shop)] == ["2026-06-12", "2026-07-12"]


def test_a_clock_that_was_set_back_asks_before_it_makes_anything(
    shop: Shop, frozen_clock: FrozenClock
) -> None:
    plan(shop)
    frozen_clock.move(days=30)
    builders.order(shop, "Something newer")
    frozen_clock.move(days=-30)

    async def story(hand: Hand) -> None:
        assert "no plan was run" in hand.toast
        await hand.do("app.plans", "plans.run")
        await hand.see("Is the clock right?")
        await hand.press("y")
        await hand.see("W-A0002 is open")

    on_screen(shop, story)


def test_an_edit_shows_before_and_after_and_is_only_then_saved(shop: Shop) -> None:
    plan(shop)
    run(shop)

    async def story(hand: Hand) -> None:
        await hand.do("app.plans", "plans.edit")
        await hand.see("Edit Grease the pump")
        await hand.press(*["down"] * 7)
        await hand.type("3")
        await hand.press("enter", "ctrl+s")
        await hand.see(
            "BEFORE", "AFTER", "Sun 12 Jul", "→ Sat 12 Sep", "W-A0001 stays as it is, due 2026-06-12"
        )
        await hand.press("n", "ctrl+s", "y")
        await hand.see("every 3 months")

    on_screen(shop, story)
    assert reads.find(shop, GREASE).values["every"] == 3


def test_a_plan_is_paused_with_a_reason_and_resumed_with_the_same_key(shop: Shop) -> None:
    plan(shop, ahead="0")

    async def story(hand: Hand) -> None:
        await hand.do("app.plans", "plans.pause")
        await hand.type("line stands still")
        await hand.press("enter")
        await hand.type("2026-07-31")
        await hand.press("enter")
        await hand.see("paused until 2026-07-31")
        await hand.do("plans.pause")
        await hand.see("due Fri 12 Jun")

    on_screen(shop, story)


def test_the_next_date_is_skipped_or_moved_with_a_reason(shop: Shop) -> None:
    plan(shop, ahead="0")

    async def story(hand: Hand) -> None:
        await hand.do("app.plans", "plans.move")
        await hand.type("2026-06-22")
        await hand.press("enter")
        await hand.type("inspector")
        await hand.press("enter")
        await hand.see("due Mon 22 Jun")
        await hand.press("enter")
        await hand.see("The next order is due 2026-06-22, this once: inspector")
        await hand.press("escape")
        await hand.do("app.undo", "plans.skip")
        await hand.type("overhauled")
        await hand.press("enter")
        await hand.see("due Sun 12 Jul")

    on_screen(shop, story)
    assert ledger(shop) == [("2026-06-12", "skipped")]


def test_an_ended_plan_is_hidden_until_somebody_asks(shop: Shop) -> None:
    plan(shop)

    async def story(hand: Hand) -> None:
        await hand.do("app.plans", "plans.retire")
        await hand.press("y")
        await hand.see("No maintenance plans yet")
        await hand.do("plans.ended")
        await hand.see(GREASE, "ended")
        await hand.do("plans.skip")
        assert "has ended" in hand.toast

    on_screen(shop, story)


def test_a_cancelled_order_of_a_plan_asks_what_becomes_of_its_date(shop: Shop) -> None:
    plan(shop)
    run(shop)

    async def story(hand: Hand) -> None:
        await hand.do("app.plans", "plans.order")
        await hand.see("W-A0001")
        await hand.do("order.cancel")
        await hand.type("no access")
        await hand.press("enter")
        await hand.see("And this date of the plan?", "comes from the plan Grease the pump")
        await hand.press("s")
        await hand.see("cancelled")

    on_screen(shop, story)
    assert ledger(shop) == [("2026-06-12", "skipped")]


def test_plans_are_worked_with_the_mouse(shop: Shop) -> None:
    builders.asset(shop, "PUMP-02")
    plan(shop)
    plan(shop, "Change the oil", assets="PUMP-02", first="2026-09-01")

    async def story(hand: Hand) -> None:
        await hand.do("app.plans")
        await hand.see("Change the oil")
        await hand.click("Change the oil")
        await hand.click("Change the oil")
        await hand.see("Tue 1 Sep")
        await hand.click("What it says")
        await hand.see("First date", "2026-09-01")

    on_screen(shop, story)


@pytest.mark.parametrize("size", [(60, 20), (120, 40)])
def test_plans_fit_narrow_and_wide_windows(shop: Shop, size: tuple[int, int]) -> None:
    plan(shop)
    actions.override(shop, GREASE, "2026-06-22", "inspector")

    async def story(hand: Hand) -> None:
        await hand.do("app.plans")
        await hand.see(GREASE, "due Mon 22 Jun")
        if size[0] > 110:
            await hand.see("this once: inspector")
        await hand.press("e", "ctrl+s")
        assert hand.toast == "Nothing was changed."
        await hand.press("e")
        await hand.type("Grease well")
        await hand.press("enter", "ctrl+s")
        await hand.see("BEFORE", "AFTER", "y save")

    on_screen(shop, story, size=size)


def test_names_that_look_like_orders_to_the_terminal_are_shown_as_they_stand(shop: Shop) -> None:
    for number, name in enumerate(MARKUP[::5]):
        builders.asset(shop, f"H-{number}", name)
        plan(shop, f"{number} {name}", assets=f"H-{number}", title=name, description=name)

    async def story(hand: Hand) -> None:
        await hand.do("app.plans", "plans.run")
        for number, name in enumerate(MARKUP[::5]):
            await hand.see(f"{number} {name}"[:20].strip())
            await hand.press("enter", "tab", "tab", "tab", "escape", "p", "escape", "e", "escape", "down")

    on_screen(shop, story, size=(140, 40))
