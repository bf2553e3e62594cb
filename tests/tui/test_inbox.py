"""The Inbox in the demo shop on Thursday 11 June 2026: lanes, filter, going to an order, many at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from tests.kit import builders
from tests.kit.hand import Hand, on_screen
from wotui import settings
from wotui.domain.filters import LANES
from wotui.store.reads import work_orders_list
from wotui.tui import keys
from wotui.tui.screens.inbox import InboxScreen

if TYPE_CHECKING:
    from wotui.store.file import Shop


def inbox(hand: Hand) -> InboxScreen:
    return cast("InboxScreen", hand.app.screen)


def numbers(hand: Hand) -> list[str]:
    """The numbers of the orders shown, from the top."""
    words = [each for line in hand.screen.split("\n")[5:] for each in line.split() if each.startswith("W-")]
    return [word.lstrip("▸●") for word in words]


def test_the_inbox_opens_on_the_open_orders_with_the_counts_of_every_lane(demo: Shop) -> None:
    async def story(hand: Hand) -> None:
        counts = work_orders_list.lane_counts(demo)
        lanes = hand.screen.split("\n")[1]
        for lane in LANES:
            assert f"{lane.title} {counts[lane.name]}" in lanes
        assert f"{counts['open']} orders" in hand.screen
        assert "Open orders" in hand.screen

    on_screen(demo, story)


def test_tab_goes_through_the_lanes_and_back(demo: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.press("tab")
        assert "Orders: on hold" in hand.screen
        await hand.press("tab")
        assert "Orders: done" in hand.screen
        await hand.press("shift+tab", "shift+tab", "shift+tab")
        assert "due from Thu 11 Jun to Sun 14 Jun" in hand.screen
        await hand.press("shift+tab")
        assert "Open orders: late" in hand.screen
        await hand.press("shift+tab")
        assert "Open orders: for me" in hand.screen

    on_screen(demo, story)


def test_a_click_on_a_lane_goes_there(demo: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.click("Overdue")
        assert "Open orders: late" in hand.screen
        await hand.click("All")
        assert "Orders: of any status" in hand.screen

    on_screen(demo, story)


def test_typing_a_filter_narrows_the_list_and_says_what_it_means(demo: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.do("inbox.filter")
        await hand.type("pump -status:done due+")
        assert "with “pump”, not done; by due date, earliest first" in hand.screen
        await hand.press("enter")
        assert numbers(hand)
        for number in numbers(hand):
            await hand.press("escape")
            assert number.startswith("W-")

    on_screen(demo, story, size=(120, 30))


def test_a_mistake_keeps_what_can_be_read_and_names_the_nearest_field(demo: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.do("inbox.filter")
        await hand.type("pump ")
        kept = numbers(hand)
        await hand.type("stauts:open")
        assert "There is no field stauts. Did you mean status:?" in hand.screen
        assert numbers(hand) == kept != []

    on_screen(demo, story)


def test_letters_typed_before_the_entry_line_is_there_go_into_it(demo: Shop) -> None:
    before = demo.value("SELECT count(*) FROM act")

    async def story(hand: Hand) -> None:
        await hand.type("/pum")
        assert inbox(hand).bar.value == "pum"
        assert "with “pum”" in hand.screen

    on_screen(demo, story)
    assert demo.value("SELECT count(*) FROM act") == before


def test_escape_in_the_entry_line_brings_the_old_filter_back_and_then_takes_it_away(demo: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.type("/pump")
        await hand.press("enter")
        await hand.type("/ leak")
        await hand.press("escape")
        assert inbox(hand).bar.value == "pump"
        assert inbox(hand).orders.has_focus
        await hand.press("escape")
        assert inbox(hand).bar.value == ""
        assert "Open orders  " in hand.screen

    on_screen(demo, story)


def test_a_filter_that_finds_nothing_says_how_to_go_on(demo: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.type("/zebra")
        await hand.press("enter")
        assert "No order fits. esc takes the filter away." in hand.screen
        await hand.press("enter", "s", "space", "V", "asterisk", "e")
        assert "0 orders" in hand.screen

    on_screen(demo, story)


def test_an_empty_shop_says_which_key_to_press(shop: Shop) -> None:
    async def story(hand: Hand) -> None:
        assert "No open orders. Press n for a new one." in hand.screen
        await hand.click("Mine")
        assert "Nothing is assigned to you" in hand.screen

    on_screen(shop, story)


def test_an_order_opens_with_its_neighbours_and_the_list_is_where_it_was(demo: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.press("down", "down")
        third, fourth = numbers(hand)[2:4]
        await hand.press("enter")
        assert third in hand.screen.split("\n")[0]
        await hand.do("order.next")
        assert fourth in hand.screen.split("\n")[0]
        await hand.do("app.back")
        assert inbox(hand).orders.at == 2

    on_screen(demo, story)


@pytest.mark.parametrize("typed", ["W-A0042", ":W-A0042", ":w-a0042", ":42"])
def test_a_number_is_typed_or_scanned_and_opens_its_order(demo: Shop, typed: str) -> None:
    async def story(hand: Hand) -> None:
        await hand.type(typed)
        await hand.press("enter")
        assert hand.screen.startswith(" W-A0042")

    on_screen(demo, story)


def test_a_scanned_line_with_enter_comes_in_one_burst(demo: Shop) -> None:
    async def story(hand: Hand) -> None:
        for sign in "W-A0042":
            hand._send(sign)  # pyright: ignore[reportPrivateUsage] - faster than anybody types
        hand._send("enter")  # pyright: ignore[reportPrivateUsage]
        await hand.settle()
        assert hand.screen.startswith(" W-A0042")

    on_screen(demo, story)


def test_an_asset_tag_shows_the_orders_of_the_asset(demo: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.type(":u-blr")
        await hand.press("enter")
        assert "Open orders: on U-BLR" in hand.screen
        assert numbers(hand)

    on_screen(demo, story)


def test_a_number_that_is_none_is_said_and_backspace_and_escape_work(demo: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.type("W-A9999x")
        await hand.press("backspace")
        assert "Go to:  W-A9999▏" in hand.screen
        await hand.press("enter")
        assert "no order, request or asset “W-A9999”" in hand.toast
        await hand.type("X")
        await hand.press("escape")
        assert "Go to:" not in hand.screen
        await hand.press("down")
        assert inbox(hand).orders.at == 1

    on_screen(demo, story)


def test_sorting_by_dialog_and_by_a_columns_title(demo: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.do("inbox.sort")
        await hand.press("down", "enter")
        assert inbox(hand).bar.value == "due+"
        assert "due↑" in hand.screen
        await hand.click("due↑")
        assert inbox(hand).bar.value == "due-"
        await hand.click("number")
        assert inbox(hand).bar.value == "number+"
        shown = numbers(hand)
        assert shown == sorted(shown)

    on_screen(demo, story)


def test_marks_are_counted_and_escape_takes_them_away(demo: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.press("space", "down", "down", "V")
        assert "4 marked" in hand.screen
        await hand.press("asterisk")
        total = len(inbox(hand).orders.keys)
        assert f"{total} marked" in hand.screen
        await hand.press("asterisk")
        assert "marked" not in hand.screen
        await hand.press("space", "escape")
        assert "marked" not in hand.screen

    on_screen(demo, story)


def test_many_orders_are_changed_after_a_look_at_what_changes(demo: Shop) -> None:
    async def story(hand: Hand) -> None:
        marked = numbers(hand)[:3]
        await hand.press("space", "space", "space", "e", "enter")
        await hand.type("fri")
        await hand.press("enter")
        assert "Due becomes Fri 12 Jun on" in hand.screen
        assert "→ Fri 12 Jun" in hand.screen
        await hand.press("escape")
        await hand.do("order.due")
        await hand.type("fri")
        await hand.press("enter", "y")
        assert "Changed due of" in hand.toast
        assert "marked" not in hand.screen
        dues = [demo.value("SELECT due_on FROM work_order WHERE number = ?", (number,)) for number in marked]
        assert dues == ["2026-06-12"] * 3
        await hand.do("app.undo")
        assert demo.value("SELECT due_on FROM work_order WHERE number = ?", (marked[0],)) != "2026-06-12"

    on_screen(demo, story)


def test_the_preview_says_who_is_on_each_order_before_all_get_the_same_people(demo: Shop) -> None:
    async def story(hand: Hand) -> None:
        marked = numbers(hand)[:2]
        await hand.press("space", "space")
        await hand.do("order.assign")
        await hand.type("vega")
        await hand.press("tab", "enter")
        assert "People becomes MV" in hand.screen
        await hand.press("y")
        for number in marked:
            on_it = demo.rows(
                "SELECT p.initials FROM assignment a JOIN person p ON p.id = a.person_id JOIN work_order w"
                " ON w.id = a.work_order_id WHERE w.number = ? AND a.deleted_at IS NULL",
                (number,),
            )
            assert on_it == [("MV",)]

    on_screen(demo, story)


def test_a_filter_is_saved_used_and_forgotten(demo: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.type("/pump")
        await hand.press("enter")
        await hand.do("inbox.saved")
        await hand.press("s")
        await hand.type("Pumps")
        await hand.press("enter")
        assert settings.load().filters == {"Pumps": "pump"}
        await hand.press("escape")
        await hand.do("inbox.saved")
        assert "Pumps" in hand.screen
        await hand.press("1")
        assert inbox(hand).bar.value == "pump"
        await hand.do("inbox.saved")
        await hand.press("x", "enter")
        assert settings.load().filters == {}

    on_screen(demo, story, computer=settings.Computer())


def test_the_order_beside_the_list_follows_the_cursor_from_110_columns(demo: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.press("down")
        await hand.see("why here")
        title = inbox(hand).current
        assert title is not None
        await hand.see(f"{title.number} {title.title}"[:30])
        await hand.resize(80, 24)
        assert "why here" not in hand.screen
        await hand.resize(120, 30)
        await hand.see("why here")

    on_screen(demo, story, size=(120, 30))


def test_what_another_program_changes_is_shown_and_the_cursor_stays_on_its_order(demo: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.press("down", "down")
        current = inbox(hand).orders.current
        builders.order(demo, "Water pours out of the boiler", priority=1, due_on="2026-06-01")
        hand.app.shop_changed()
        await hand.settle()
        assert "Water pours out" in hand.screen
        assert inbox(hand).orders.current == current

    on_screen(demo, story)


def test_lanes_fit_sixty_columns(demo: Shop) -> None:
    async def story(hand: Hand) -> None:
        lanes = hand.screen.split("\n")[1]
        assert len(lanes) <= 60
        assert "Open" in lanes
        assert "All" in lanes

    on_screen(demo, story, size=(60, 20))


def test_more_than_can_be_looked_through_is_not_marked(demo: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    from wotui.tui.screens import inbox as module

    monkeypatch.setattr(module, "MOST_MARKED", 3)

    async def story(hand: Hand) -> None:
        await hand.press("asterisk")
        assert "Filter first." in hand.toast
        assert not inbox(hand).orders.marks

    on_screen(demo, story)


def test_the_first_letters_of_labels_are_free_for_scanners() -> None:
    for letter in "WR":
        taken = [
            command.id
            for command in keys.COMMANDS
            if letter in command.keys.split(",") and "order" not in command.rooms
        ]
        assert taken == []
