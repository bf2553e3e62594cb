"""One order on the screen: reading it, changing it in place, taking it through its day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.kit import builders
from tests.kit.hand import TERMINAL, Hand, on_screen
from wotui.actions import lifecycle
from wotui.store.reads import work_orders as reads
from wotui.store.reads import work_orders_list
from wotui.tui.widgets.form import Form

if TYPE_CHECKING:
    from tests.kit.hand import Story
    from wotui.store.file import Shop


def an_order(shop: Shop, title: str = "Grease the pump", **values: Any) -> str:
    """A ready order on an asset."""
    return builders.order(shop, title, asset_id=builders.asset(shop), **values)


def at_order(shop: Shop, order: str, story: Story, size: tuple[int, int] = TERMINAL) -> None:
    """Open an order, and let the story happen there."""

    async def there(hand: Hand) -> None:
        hand.app.open_order(order)
        await hand.settle()
        await story(hand)

    on_screen(shop, there, size=size)


def status(shop: Shop, order: str) -> str:
    """The order's status as stored."""
    found = reads.order(shop, order)
    assert found is not None
    return found.status


def test_an_order_shows_its_fields_its_state_and_the_next_step(shop: Shop) -> None:
    order = an_order(shop, "Grease the [b]pump", due_on="2026-06-08")

    async def story(hand: Hand) -> None:
        assert "Grease the [b]pump" in hand.screen
        assert "○ ready" in hand.screen
        assert "s starts the work" in hand.screen
        assert "2 days late (Mon 8 Jun)" in hand.screen
        assert "PUMP-01 Asset PUMP-01  (criticality B)" in hand.screen

    at_order(shop, order, story)


def test_a_title_is_changed_in_place_and_saved_at_once(shop: Shop) -> None:
    order = an_order(shop)

    async def story(hand: Hand) -> None:
        await hand.press("enter")
        await hand.type(" today")
        await hand.press("enter")
        assert hand.toast == "Changed title of W-A0001.  u undoes it."

    at_order(shop, order, story)
    found = reads.order(shop, order)
    assert found is not None
    assert found.title == "Grease the pump today"


def test_escape_leaves_a_field_as_it_was(shop: Shop) -> None:
    order = an_order(shop)

    async def story(hand: Hand) -> None:
        await hand.press("enter")
        await hand.type("xx")
        await hand.press("escape")
        assert "Grease the pumpxx" not in hand.screen
        assert hand.said == []

    at_order(shop, order, story)


def test_a_value_that_is_none_is_named_below_and_not_saved(shop: Shop) -> None:
    order = an_order(shop, due_on="2026-06-12")

    async def story(hand: Hand) -> None:
        hand.app.screen.query_one("#overview", Form).edit("due_on")
        await hand.settle()
        await hand.type("x")
        await hand.press("enter")
        assert "'2026-06-12x' is not a day" in hand.screen

    at_order(shop, order, story)


def test_starting_runs_the_timer_and_pressing_again_stops_it(shop: Shop) -> None:
    order = an_order(shop)

    async def story(hand: Hand) -> None:
        await hand.do("order.start")
        assert status(shop, order) == "in_progress"
        assert "▶ runs for JD" in hand.screen
        await hand.do("order.start")
        assert "Stopped your timer on W-A0001" in hand.toast

    at_order(shop, order, story)


def test_starting_with_nobody_named_asks_who_it_is_first(shop: Shop) -> None:
    order = an_order(shop)
    shop.acting = None

    async def story(hand: Hand) -> None:
        await hand.do("order.start")
        assert "Who are you?" in hand.screen
        await hand.press("enter")
        assert status(shop, order) == "in_progress"

    at_order(shop, order, story)


def test_a_permit_is_asked_for_by_name_before_the_work_starts(shop: Shop) -> None:
    order = an_order(shop)
    with shop.transaction() as tx:
        tx.insert("membership", record_id=order, kind="permit", value="hot work")
        tx.done("")

    async def story(hand: Hand) -> None:
        await hand.do("order.start")
        assert "hot work" in hand.screen
        await hand.press("escape")
        assert status(shop, order) == "ready"
        await hand.do("order.start")
        await hand.press("y")
        assert status(shop, order) == "in_progress"

    at_order(shop, order, story)


def test_finishing_a_corrective_order_asks_for_a_note_and_the_minutes(shop: Shop) -> None:
    order = an_order(shop)

    async def story(hand: Hand) -> None:
        await hand.do("order.done", "form.save")
        assert "It needs a note: what was found and done" in hand.screen
        await hand.type("dry bearing, greased")
        await hand.do("form.save", "form.save")
        assert "minutes it took" in hand.screen
        await hand.type("25")
        await hand.do("form.save")
        assert hand.toast.startswith("W-A0001 done.")
        assert "✓ done" in hand.screen

    at_order(shop, order, story)
    assert status(shop, order) == "done"


def test_an_order_with_open_checklist_items_says_so_where_it_is_finished(demo: Shop) -> None:
    order = reads.find(demo, "W-A0032")

    async def story(hand: Hand) -> None:
        await hand.do("order.done")
        assert "still needs" in hand.screen

    at_order(demo, order.id, story)


def test_hold_names_its_reasons_and_asks_for_words_for_another_one(shop: Shop) -> None:
    order = an_order(shop)

    async def story(hand: Hand) -> None:
        await hand.do("order.hold")
        assert "customer approval" in hand.screen
        await hand.press("up", "enter")
        await hand.type("the pump is too hot")
        await hand.press("enter")
        assert "waiting for other" in hand.screen

    at_order(shop, order, story)
    assert status(shop, order) == "on_hold"


def test_a_started_order_cannot_be_cancelled_and_says_what_to_do(shop: Shop) -> None:
    order = an_order(shop)
    lifecycle.start(shop, [order])

    async def story(hand: Hand) -> None:
        await hand.do("order.cancel")
        assert "cannot" in hand.toast
        assert "why?" not in hand.screen

    at_order(shop, order, story)


def test_cancelling_takes_a_reason(shop: Shop) -> None:
    order = an_order(shop)

    async def story(hand: Hand) -> None:
        await hand.do("order.cancel")
        await hand.press("enter")
        assert "It needs a reason." in hand.screen
        await hand.type("ordered twice")
        await hand.press("enter")

    at_order(shop, order, story)
    assert status(shop, order) == "cancelled"


def test_reopening_and_closing_go_through_their_guards(shop: Shop) -> None:
    order = an_order(shop, type="preventive")

    async def story(hand: Hand) -> None:
        await hand.do("order.reopen")
        assert hand.toast == "W-A0001 is ready; there is nothing to reopen."
        await hand.do("order.close")
        assert "cannot become closed" in hand.toast
        await hand.do("order.done")
        await hand.press("down", "down")
        await hand.type("5")
        await hand.do("form.save")
        assert status(shop, order) == "done"
        await hand.do("order.close")
        assert status(shop, order) == "closed"
        await hand.do("order.reopen")
        await hand.type("drips again")
        await hand.press("enter")
        assert status(shop, order) == "in_progress"

    at_order(shop, order, story)


def test_people_are_assigned_from_a_list_that_searches(shop: Shop) -> None:
    order = an_order(shop)
    builders.person(shop, "AB", "Ada Brook")
    builders.person(shop, "CD", "Cid Dean")

    async def story(hand: Hand) -> None:
        await hand.do("order.assign")
        await hand.type("ada")
        await hand.press("tab", "enter")
        assert "Ada Brook (AB)" in hand.screen

    at_order(shop, order, story)
    assert [person.initials for person in reads.assignees(shop, order)] == ["AB"]


def test_the_due_date_takes_the_words_people_use(shop: Shop) -> None:
    order = an_order(shop)

    async def story(hand: Hand) -> None:
        await hand.do("order.due")
        await hand.type("+3d")
        await hand.press("enter")

    at_order(shop, order, story)
    found = reads.order(shop, order)
    assert found is not None
    assert found.due_on == "2026-06-13"


def test_a_note_lands_in_the_log_with_who_and_when(shop: Shop) -> None:
    order = an_order(shop)

    async def story(hand: Hand) -> None:
        await hand.do("order.note")
        await hand.type("bearing is warm")
        await hand.press("ctrl+s", "tab")
        assert "Log 1" in hand.screen
        assert "Wed 10 Jun 12:00  JD" in hand.screen
        assert "bearing is warm" in hand.screen

    at_order(shop, order, story)


def test_the_history_names_who_changed_what_from_what_to_what(shop: Shop) -> None:
    order = an_order(shop)

    async def story(hand: Hand) -> None:
        await hand.press("enter")
        await hand.type("!")
        await hand.press("enter", "shift+tab")
        assert "title: Grease the pump → Grease the pump!" in hand.screen
        assert "JD" in hand.screen

    at_order(shop, order, story)


def test_next_and_previous_walk_the_list_it_was_opened_from(shop: Shop) -> None:
    first, second = an_order(shop, "First"), builders.order(shop, "Second")

    async def story(hand: Hand) -> None:
        hand.app.open_order(first, [first, second])
        await hand.settle()
        await hand.do("order.next")
        assert "Second" in hand.screen
        await hand.do("order.next")
        assert hand.toast == "This is the last order of the list."
        await hand.do("order.previous")
        assert "First" in hand.screen

    on_screen(shop, story)


def test_the_same_again_opens_the_new_order(shop: Shop) -> None:
    order = an_order(shop, "Grease the pump")

    async def story(hand: Hand) -> None:
        await hand.do("order.again")
        assert "W-A0002" in hand.screen

    at_order(shop, order, story)


def test_copying_says_what_is_on_the_clipboard(shop: Shop) -> None:
    order = an_order(shop)

    async def story(hand: Hand) -> None:
        await hand.do("order.copy")
        assert hand.app.clipboard == "W-A0001 Grease the pump"

    at_order(shop, order, story)


def test_undo_and_redo_name_what_came_back(shop: Shop) -> None:
    order = an_order(shop)

    async def story(hand: Hand) -> None:
        await hand.do("order.start")
        await hand.do("app.undo")
        assert hand.toast.startswith("Undone: Started W-A0001.")
        assert hand.toast.endswith("U brings it back.")
        assert status(shop, order) == "ready"
        await hand.do("app.redo")
        assert status(shop, order) == "in_progress"

    at_order(shop, order, story)


def test_a_change_from_another_program_is_shown(shop: Shop) -> None:
    order = an_order(shop)

    async def story(hand: Hand) -> None:
        from wotui.actions import work_orders
        from wotui.store.file import Shop

        with Shop.open(shop.path) as other:
            work_orders.edit(other, [order], {"title": "Changed elsewhere"})
        hand.app.look_at_file()
        await hand.settle()
        assert "Changed elsewhere" in hand.screen

    at_order(shop, order, story)


def test_an_order_that_was_taken_away_says_so(shop: Shop) -> None:
    order = an_order(shop)

    async def story(hand: Hand) -> None:
        with shop.transaction() as tx:
            tx.remove("work_order", order)
            tx.done("")
        hand.app.shop_changed()
        await hand.settle()
        assert "not there any more" in hand.screen
        await hand.do("order.start")
        assert "There is no order under the cursor." in hand.toast

    at_order(shop, order, story)


def test_every_page_of_an_order_of_the_demo_opens_at_60_by_20(demo: Shop) -> None:
    orders = [row[0] for row in demo.rows("SELECT id FROM work_order ORDER BY number")]

    async def story(hand: Hand) -> None:
        hand.app.open_order(orders[0], orders)
        await hand.settle()
        for _ in orders[:12]:
            for _ in range(6):
                await hand.press("tab")
            await hand.do("order.next")
        assert "Overview" in hand.screen

    on_screen(demo, story, size=(60, 20))


def test_on_a_wide_screen_the_log_stands_beside_the_fields(demo: Shop) -> None:
    order = reads.find(demo, "W-A0058")

    async def story(hand: Hand) -> None:
        top = hand.screen.split("\n")[3]
        assert "status" in top
        assert "Log" in top

    at_order(demo, order.id, story, size=(140, 40))


def test_a_tab_opens_by_a_click(demo: Shop) -> None:
    order = reads.find(demo, "W-A0058")

    async def story(hand: Hand) -> None:
        await hand.click("Time 3h")
        assert "total 3h 20m" in hand.screen
        await hand.click("Overview")
        assert "next step" in hand.screen

    at_order(demo, order.id, story)


def test_enter_on_a_page_does_what_the_page_is_about(demo: Shop) -> None:
    order = reads.find(demo, "W-A0034")

    async def story(hand: Hand) -> None:
        await hand.press("tab", "enter")
        assert "Log of W-A0034" in hand.screen
        await hand.press("escape", "tab", "tab", "tab")
        assert "enter opens the job" in hand.screen
        await hand.press("enter")
        assert "Item came back" in hand.screen

    at_order(demo, order.id, story)


def test_enter_on_the_contractors_page_finds_one_where_nobody_is_hired(demo: Shop) -> None:
    order = reads.find(demo, "W-A0058")

    async def story(hand: Hand) -> None:
        await hand.press("shift+tab", "shift+tab", "enter")
        assert "Contractor for W-A0058" in hand.screen

    at_order(demo, order.id, story)


def test_a_number_typed_or_scanned_at_an_order_goes_to_that_one_and_does_nothing_here(demo: Shop) -> None:
    async def story(hand: Hand) -> None:
        orders = work_orders_list.lane_counts(demo)["all"]
        for typed in (":42", "W-A0026"):
            for sign in typed:
                hand._send(sign)  # pyright: ignore[reportPrivateUsage] - a scanner is faster than anybody types
            hand._send("enter")  # pyright: ignore[reportPrivateUsage]
            await hand.settle()
            assert hand.screen.startswith(f" W-A00{typed[-2:]}")
        assert work_orders_list.lane_counts(demo)["all"] == orders

    async def first(hand: Hand) -> None:
        await hand.press("enter")
        await story(hand)

    on_screen(demo, first)


def test_a_capital_letter_typed_into_a_field_stays_there(shop: Shop) -> None:
    order = an_order(shop)

    async def story(hand: Hand) -> None:
        await hand.press("enter")
        await hand.type(" W: #1")
        await hand.press("enter")
        assert hand.toast == "Changed title of W-A0001.  u undoes it."

    at_order(shop, order, story)
    found = reads.order(shop, order)
    assert found is not None
    assert found.title == "Grease the pump W: #1"
