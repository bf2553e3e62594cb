"""Action plans: a parent order, its steps, how far they are, and when the whole of it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from tests.kit.hand import Hand, on_screen
from wotui.actions import lifecycle, work_orders
from wotui.actions.finishing import finish
from wotui.domain.filters import parse
from wotui.errors import Refused
from wotui.store.reads import plan_steps, work_orders_list

if TYPE_CHECKING:
    from wotui.store.file import Shop


@pytest.fixture
def wall(shop: Shop) -> str:
    """The number of a plan with two steps."""
    builders.place(shop, "HALL")
    for title in ("Build a wall", "Lay the bricks", "Plaster"):
        parent = {} if title == "Build a wall" else {"parent": "W-A0001"}
        work_orders.new(shop, title, {"place": "HALL", **parent})
    return "W-A0001"


def progress(shop: Shop) -> str | None:
    keys = work_orders_list.first_keys(
        shop, work_orders_list.prepare(shop, parse("wall status:any", shop.today())), 1
    )
    return work_orders_list.rows(shop, keys)[0].steps


def test_a_plan_is_done_only_after_its_steps(shop: Shop, wall: str) -> None:
    with pytest.raises(Refused, match="its part W-A0002 finished and its part W-A0003 finished"):
        finish(shop, [wall], note="Stands.", minutes=0)
    finish(shop, ["W-A0002"], note="Laid.", minutes=60)
    with pytest.raises(Refused, match="its part W-A0003 finished"):
        finish(shop, [wall], note="Stands.", minutes=0)
    lifecycle.cancel(shop, ["W-A0003"], "stays bare")
    finish(shop, [wall], note="Stands.", minutes=0)


def test_its_progress_counts_what_is_finished_and_leaves_out_what_was_cancelled(
    shop: Shop, wall: str
) -> None:
    assert progress(shop) == "0/2"
    finish(shop, ["W-A0002"], note="Laid.", minutes=60)
    assert progress(shop) == "1/2"
    lifecycle.cancel(shop, ["W-A0003"], "stays bare")
    assert progress(shop) == "1/1"
    order_id = str(shop.value("SELECT id FROM work_order WHERE number = ?", (wall,)))
    found = plan_steps.steps(shop, order_id)
    assert [(step.number, step.status) for step in found] == [("W-A0002", "done"), ("W-A0003", "cancelled")]
    assert plan_steps.progress(found) == "1/1"


def test_a_plan_whose_steps_were_all_cancelled_counts_nothing(shop: Shop, wall: str) -> None:
    assert wall
    lifecycle.cancel(shop, ["W-A0002", "W-A0003"], "no wall")
    assert progress(shop) is None
    assert plan_steps.progress([]) == ""


def test_the_steps_have_a_page_from_which_they_are_opened_and_added(shop: Shop, wall: str) -> None:
    builders.order(shop, "Something else")
    finish(shop, ["W-A0002"], note="Laid.", minutes=60)
    order_id = str(shop.value("SELECT id FROM work_order WHERE number = ?", (wall,)))

    async def story(hand: Hand) -> None:
        await hand.see("▤ 1/2 Build a wall")
        hand.app.open_order(order_id)
        await hand.see("▤ 1/2 done", "Steps 1/2")
        await hand.do("order.tab_next")
        await hand.see("✓ W-A0002 Lay the bricks", "○ W-A0003 Plaster")
        await hand.press("enter")
        await hand.see("Which step?")
        await hand.press("enter")
        await hand.see("W-A0003 Plaster", "part of")
        await hand.press("escape")
        await hand.do("order.step")
        await hand.type("Paint")
        await hand.do("form.save")
        await hand.see("Paint")
        await hand.press("escape")
        await hand.see("Steps 1/3", "Paint")

    on_screen(shop, story)


def test_an_order_without_steps_has_no_page_for_them(shop: Shop) -> None:
    order_id = builders.order(shop)

    async def story(hand: Hand) -> None:
        hand.app.open_order(order_id)
        await hand.see("Overview")
        assert "Steps" not in hand.screen

    on_screen(shop, story)
