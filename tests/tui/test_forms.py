"""Forms: a new order, an order's fields, what happens to text that was typed and not saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.kit import builders
from tests.kit.hand import Hand, on_screen
from wotui import settings
from wotui.actions import drafts
from wotui.store.reads import work_orders as reads
from wotui.tui.screens.order_form import NewOrder, OrderForm
from wotui.tui.widgets.form import Form

if TYPE_CHECKING:
    from wotui.store.file import Shop


async def a_new_order(hand: Hand, **preset: str) -> Form:
    """Open the form of a new order."""
    hand.app.show(NewOrder(preset))
    await hand.settle()
    return hand.app.screen.query_one(Form)


def test_a_new_order_is_typed_field_by_field_and_opened_when_it_is_made(shop: Shop) -> None:
    builders.asset(shop, "PUMP-01", "Feed pump")

    async def story(hand: Hand) -> None:
        await a_new_order(hand)
        await hand.type("Grease the [b]pump")
        await hand.press("enter")
        await hand.type("feed")
        await hand.press("enter")
        assert "PUMP-01 Feed pump" in hand.screen
        await hand.do("form.save")
        assert "Made W-A0001 Grease the [b]pump." in hand.toast
        assert "○ ready" in hand.screen

    on_screen(shop, story)
    order = reads.find(shop, "W-A0001")
    assert (order.title, order.asset_tag, order.priority, order.type) == (
        "Grease the [b]pump",
        "PUMP-01",
        3,
        "corrective",
    )


def test_tab_walks_on_from_a_field_that_is_not_open(shop: Shop) -> None:
    async def story(hand: Hand) -> None:
        form = await a_new_order(hand)
        names = [row.name for row in form.fields.rows if row.is_field]
        await hand.press("tab", "tab")
        assert form.fields.current is not None
        assert form.fields.current.name == names[2]
        await hand.press("shift+tab")
        assert form.fields.current.name == names[1]

    on_screen(shop, story)


def test_a_form_needs_a_title_and_says_so(shop: Shop) -> None:
    async def story(hand: Hand) -> None:
        await a_new_order(hand)
        await hand.do("form.save")
        assert "An order needs a title." in hand.screen

    on_screen(shop, story)


def test_what_is_typed_fast_lands_where_it_belongs(shop: Shop) -> None:
    builders.asset(shop, "PUMP-01", "Feed pump")

    async def story(hand: Hand) -> None:
        form = await a_new_order(hand)
        await hand.type("abcdefghij")
        await hand.press("enter")
        assert form.typed()["title"] == "abcdefghij"
        await hand.type("pump-01")
        await hand.press("enter")
        assert form.typed()["asset"] == "PUMP-01"
        form.fields.go_to("team")
        await hand.type("night shift")
        await hand.press("tab")
        assert form.typed()["team"] == "night shift"

    on_screen(shop, story)


def test_tab_and_arrows_walk_the_fields_and_take_what_is_typed(shop: Shop) -> None:
    async def story(hand: Hand) -> None:
        form = await a_new_order(hand)
        await hand.type("One")
        await hand.press("down", "up", "enter")
        await hand.type("!")
        await hand.press("tab")
        assert form.typed()["title"] == "One!"
        assert form.fields.current is not None
        assert form.fields.current.name == "asset"

    on_screen(shop, story)


def test_a_choice_takes_its_first_letter(shop: Shop) -> None:
    async def story(hand: Hand) -> None:
        form = await a_new_order(hand)
        await hand.press("escape")
        form.fields.go_to("priority")
        await hand.press("u", "enter")
        assert form.typed()["priority"] == "urgent"

    on_screen(shop, story)


def test_a_place_that_is_not_there_yet_is_made_on_the_way(shop: Shop) -> None:
    async def story(hand: Hand) -> None:
        form = await a_new_order(hand)
        await hand.press("escape")
        form.fields.go_to("place")
        await hand.type("Boiler room")
        await hand.press("enter")
        assert "“Boiler room” is new." in hand.screen
        await hand.type("BR-1")
        await hand.press("enter")
        assert form.typed()["place"] == "BR-1"

    on_screen(shop, story)
    assert shop.value("SELECT name FROM place WHERE code = 'BR-1'") == "Boiler room"


def test_every_field_of_an_order_is_saved_when_it_is_left(shop: Shop) -> None:
    order = builders.order(shop, asset_id=builders.asset(shop))

    async def story(hand: Hand) -> None:
        hand.app.show(OrderForm(order))
        await hand.settle()
        form = hand.app.screen.query_one(Form)
        form.fields.go_to("planned_minutes")
        await hand.type("90")
        await hand.press("enter")
        assert hand.toast.startswith("Changed planned minutes of W-A0001.")
        assert "1h 30m" in hand.screen
        form.fields.go_to("fixed_price")
        await hand.type("12,345.6")
        await hand.press("enter")
        assert "12,345.60 USD" in hand.screen

    on_screen(shop, story)
    found = reads.find(shop, "W-A0001")
    assert (found.planned_minutes, found.fixed_price) == (90, 1_234_560)


def test_a_value_that_is_none_stays_on_the_line_with_the_reason(shop: Shop) -> None:
    async def story(hand: Hand) -> None:
        form = await a_new_order(hand)
        await hand.press("escape")
        form.fields.go_to("planned_minutes")
        await hand.type("soon")
        await hand.press("enter")
        assert "not a whole number" in hand.screen
        assert form.is_editing

    on_screen(shop, story)


def test_an_edit_that_a_rule_refuses_puts_the_old_value_back(shop: Shop) -> None:
    order = builders.order(shop, status="closed")

    async def story(hand: Hand) -> None:
        hand.app.show(OrderForm(order))
        await hand.settle()
        await hand.press("enter")
        await hand.type("!")
        await hand.press("enter")
        assert hand.toast == "W-A0001 is closed. Reopen it first, or add a note."
        assert "Grease the pump!" not in hand.screen

    on_screen(shop, story)


def test_what_was_typed_and_not_saved_is_there_when_the_form_opens_again(shop: Shop) -> None:
    async def story(hand: Hand) -> None:
        await a_new_order(hand)
        await hand.type("Half a title")
        await hand.press("enter", "escape")
        assert "is kept" in hand.toast
        await a_new_order(hand)
        assert "Half a title" in hand.screen
        assert "what you typed last time" in hand.toast
        await hand.do("form.save")

    on_screen(shop, story)
    assert drafts.kept(shop, "new-order", "") == {}


def test_a_draft_is_kept_while_somebody_types_and_when_the_app_is_ended_from_outside(shop: Shop) -> None:
    async def story(hand: Hand) -> None:
        await a_new_order(hand)
        await hand.type("Half")
        hand.app.screen.keep_draft()  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType] - the timer's call
        await hand.settle()
        assert drafts.kept(shop, "new-order", "") == {"title": "Half"}
        await hand.type(" more")
        hand.app.leaving._armed = True  # pyright: ignore[reportPrivateUsage] - no watchdog in a test
        hand.app.end_from_outside(143)

    assert on_screen(shop, story).return_code == 143
    assert drafts.kept(shop, "new-order", "") == {"title": "Half more"}


def test_starting_over_throws_the_draft_away_after_a_question(shop: Shop) -> None:
    async def story(hand: Hand) -> None:
        form = await a_new_order(hand)
        await hand.type("Half a title")
        await hand.press("enter")
        await hand.do("form.discard")
        assert "Throw away what you typed here?" in hand.screen
        await hand.press("y")
        assert form.typed()["title"] == ""
        await hand.press("escape")

    on_screen(shop, story)
    assert drafts.kept(shop, "new-order", "") == {}


def test_help_of_a_form_is_named_by_a_key_that_is_not_typed(shop: Shop) -> None:
    async def story(hand: Hand) -> None:
        await a_new_order(hand)
        assert "F1 Help" in hand.screen
        await hand.press("f1")
        assert "Write this text in your editor" in hand.screen

    on_screen(shop, story)


def test_a_draft_of_a_completion_belongs_to_its_order(shop: Shop) -> None:
    one, two = (builders.order(shop, title, asset_id=builders.asset(shop, title)) for title in ("A", "B"))
    drafts.keep(shop, "completion", one, {"completion_note": "bearing worn"})

    async def story(hand: Hand) -> None:
        hand.app.open_order(two)
        await hand.settle()
        await hand.do("order.done")
        assert "bearing worn" not in hand.screen
        await hand.press("escape", "escape")
        hand.app.open_order(one)
        await hand.settle()
        await hand.do("order.done")
        assert "bearing worn" in hand.screen

    on_screen(shop, story)


def test_a_pin_is_never_kept_nor_shown(shop: Shop) -> None:
    order = builders.order(shop, asset_id=builders.asset(shop), signoff_required=1, type="preventive")

    async def story(hand: Hand) -> None:
        hand.app.open_order(order)
        await hand.settle()
        await hand.do("order.done")
        form = hand.app.screen.query_one(Form)
        form.fields.go_to("pin")
        await hand.type("1234")
        await hand.press("enter")
        assert "1234" not in hand.screen
        await hand.press("escape")

    on_screen(shop, story)
    assert "pin" not in drafts.kept(shop, "completion", order)


def test_signing_off_is_part_of_finishing(shop: Shop) -> None:
    order = builders.order(shop, asset_id=builders.asset(shop), signoff_required=1, type="preventive")

    async def story(hand: Hand) -> None:
        hand.app.open_order(order)
        await hand.settle()
        await hand.do("order.done")
        form = hand.app.screen.query_one(Form)
        assert form.typed()["signed_by"] == "Jo Doe"
        form.fields.go_to("minutes")
        await hand.type("5")
        await hand.do("form.save")
        assert "has no PIN yet" in hand.toast
        form.fields.go_to("pin")
        await hand.type("4711")
        await hand.do("form.save")
        assert hand.toast.startswith("W-A0001 done.")

    on_screen(shop, story)
    found = reads.find(shop, "W-A0001")
    assert (found.status, found.signed_by) == ("done", "Jo Doe")


def test_where_no_editor_can_be_opened_the_form_says_so(shop: Shop) -> None:
    async def story(hand: Hand) -> None:
        form = await a_new_order(hand)
        await hand.press("escape")
        await hand.do("form.editor")
        assert "Move to a long text first" in hand.screen
        form.fields.go_to("description")
        await hand.do("form.editor")
        assert hand.toast == "No editor can be opened here. Write the text in the form."

    on_screen(shop, story, computer=settings.Computer(editor="nano"))


def test_the_form_works_at_60_by_20_and_with_the_mouse(shop: Shop) -> None:
    async def story(hand: Hand) -> None:
        await a_new_order(hand)
        await hand.type("Grease")
        await hand.press("enter")
        await hand.click("priority")
        assert "emergency" in hand.screen
        await hand.click("urgent")
        assert "urgent" in hand.screen
        await hand.click("ctrl+s Save")
        assert "W-A0001" in hand.screen

    on_screen(shop, story, size=(60, 20))
