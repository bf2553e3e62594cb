"""What works on every screen: help, palette, jump, themes, modes, going back, remapped keys, NO_COLOR."""

from __future__ import annotations

import asyncio
import sqlite3
from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from tests.kit.hand import Hand, on_screen, run_app
from wotui import settings
from wotui.store.file import Shop
from wotui.store.reads import work_orders as reads
from wotui.tui import themes
from wotui.tui.app import WotuiApp
from wotui.tui.widgets.record_list import RecordList

if TYPE_CHECKING:
    from pathlib import Path

    from textual.message import Message

    from tests.kit.clock import FrozenClock


def test_help_lists_the_keys_of_this_screen_first(demo: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.do("app.help")
        lines = hand.screen.split("\n")
        assert "Inbox" in lines[2]
        assert "Filter by words and fields." in hand.screen
        await hand.press("question_mark")
        assert "Filter by words and fields." not in hand.screen

    on_screen(demo, story)


def test_help_of_an_order_is_another_one(demo: Shop) -> None:
    async def story(hand: Hand) -> None:
        hand.app.open_order(reads.find(demo, "W-A0058").id)
        await hand.settle()
        await hand.press("f1")
        assert "Add an entry to the log." in hand.screen

    on_screen(demo, story, size=(80, 50))


def test_the_palette_runs_a_command_by_a_word_of_its_sentence(demo: Shop) -> None:
    async def story(hand: Hand) -> None:
        hand.app.open_order(reads.find(demo, "W-A0058").id)
        await hand.settle()
        await hand.do("app.palette")
        await hand.type("entry to the log")
        await hand.press("enter")
        assert "Log of W-A0058" in hand.screen

    on_screen(demo, story)


def test_the_palette_shows_each_command_with_its_key(demo: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.do("app.palette")
        await hand.type("undo")
        row = next(line for line in hand.screen.split("\n") if "Take back the last change." in line)
        assert " u " in row

    on_screen(demo, story)


@pytest.mark.parametrize("typed", ["W-A0058", "capper head"])
def test_the_palette_goes_to_an_order_by_number_or_title(demo: Shop, typed: str) -> None:
    async def story(hand: Hand) -> None:
        await hand.do("app.palette")
        await hand.type(typed)
        await hand.press("enter")
        assert "W-A0058  Capper head 7" in hand.screen

    on_screen(demo, story)


def test_the_palette_offers_saved_filters(demo: Shop) -> None:
    computer = settings.Computer(filters={"pumps": "pump status:open"})

    async def story(hand: Hand) -> None:
        await hand.do("app.palette")
        await hand.type("pumps")
        await hand.press("enter")
        assert "pump status:open" in hand.screen

    on_screen(demo, story, computer=computer)


def test_jump_moves_the_focus_to_a_pane_by_its_letter(demo: Shop) -> None:
    async def story(hand: Hand) -> None:
        hand.app.open_order(reads.find(demo, "W-A0058").id)
        await hand.settle()
        before = hand.app.focused
        await hand.do("app.jump")
        await hand.press("s")
        assert hand.app.focused is not before
        await hand.do("app.jump")
        await hand.press("escape")

    on_screen(demo, story, size=(140, 40))


def test_modes_keep_what_was_open_and_their_key_goes_back_to_the_root(demo: Shop) -> None:
    async def story(hand: Hand) -> None:
        hand.app.open_order(reads.find(demo, "W-A0058").id)
        await hand.settle()
        await hand.do("app.contractors", "app.inbox")
        assert "W-A0058  Capper head 7" in hand.screen
        await hand.do("app.inbox")
        assert "Overview" not in hand.screen

    on_screen(demo, story)


def test_a_click_on_the_header_changes_the_mode_and_one_on_the_footer_presses_the_key(demo: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.click("4 Time")
        assert hand.app.current_mode == "time"
        await hand.click("1 Inbox")
        await hand.click("? Help")
        assert "Everywhere" in hand.screen or "Inbox" in hand.screen.split("\n")[2]

    on_screen(demo, story, size=(120, 24))


def test_q_goes_back_and_quits_at_the_root(demo: Shop) -> None:
    async def story(hand: Hand) -> None:
        hand.app.open_order(reads.find(demo, "W-A0058").id)
        await hand.settle()
        await hand.press("q")
        assert "Overview" not in hand.screen
        await hand.press("q")

    assert on_screen(demo, story).return_code == 0


def test_a_remapped_key_works_and_is_what_the_footer_says(demo: Shop) -> None:
    async def story(hand: Hand) -> None:
        assert "N New" in hand.screen
        await hand.press("N")
        assert "New work order" in hand.screen

    on_screen(demo, story, computer=settings.Computer(keys={"inbox.new": "N"}))


def test_what_is_wrong_in_the_settings_is_said_at_the_start(demo: Shop) -> None:
    computer = settings.Computer(keys={"order.fly": "z"}, problems=("settings.toml: me has the wrong type.",))

    async def story(hand: Hand) -> None:
        assert hand.said == [
            "settings.toml: me has the wrong type.",
            "There is no command 'order.fly' to give a key to.",
        ]

    on_screen(demo, story, computer=computer)


def test_the_next_theme_is_kept_for_the_next_start(demo: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.do("app.theme")
        assert hand.toast == "Theme: Light."

    on_screen(demo, story, computer=settings.Computer())
    assert settings.load().theme == "light"


@pytest.mark.parametrize("name", [palette.name for palette in themes.PALETTES])
def test_every_theme_draws_every_kind_of_screen(demo: Shop, name: str) -> None:
    async def story(hand: Hand) -> None:
        assert hand.app.theme == name
        hand.app.open_order(reads.find(demo, "W-A0032").id)
        await hand.settle()
        await hand.do("app.help")

    on_screen(demo, story, computer=settings.Computer(theme=name))


def test_no_color_is_honoured_and_the_cursor_is_still_there(
    demo: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    async def story(hand: Hand) -> None:
        assert hand.app.theme == "plain"
        await hand.do("app.theme")
        assert "NO_COLOR" in hand.toast

    on_screen(demo, story)


def test_a_file_that_is_locked_by_another_tool_is_said_and_the_app_goes_on(demo: Shop) -> None:
    order = reads.find(demo, "W-A0033").id

    async def story(hand: Hand) -> None:
        hand.app.open_order(order)
        await hand.settle()
        demo.rows("PRAGMA busy_timeout = 1")
        locked = sqlite3.connect(demo.path, isolation_level=None)
        locked.execute("BEGIN EXCLUSIVE")
        hand.app.look_at_file()
        hand.app.shop_changed()
        await hand.settle()
        assert "is busy" in hand.toast
        await hand.do("order.due")
        assert "is busy" in hand.toast
        locked.execute("COMMIT")
        locked.close()
        await hand.do("order.due")
        assert "due when?" in hand.screen

    on_screen(demo, story)


def test_a_list_that_cannot_be_read_just_now_comes_back_by_itself(demo: Shop) -> None:
    async def story(hand: Hand) -> None:
        first = hand.screen.split("\n")[5][:30].rstrip()
        demo.rows("PRAGMA busy_timeout = 1")
        locked = sqlite3.connect(demo.path, isolation_level=None)
        locked.execute("BEGIN EXCLUSIVE")
        hand.app.screen.query_one(RecordList).refresh_records()
        await hand.settle()
        assert first not in hand.screen
        assert "is busy" in hand.toast
        locked.execute("COMMIT")
        locked.close()
        await hand.see(first)

    on_screen(demo, story)


def test_a_change_by_another_program_while_the_screens_are_taken_down_ends_nothing(demo: Shop) -> None:
    order = reads.find(demo, "W-A0033").id

    async def story(hand: Hand) -> None:
        hand.app.open_order(order)
        await hand.settle()
        ending = asyncio.create_task(hand.app._shutdown())  # pyright: ignore[reportPrivateUsage] - what Textual does at the end
        while not ending.done():
            await asyncio.sleep(0)
            hand.app.shop_changed()

    on_screen(demo, story)


def test_another_person_takes_over_and_the_header_says_so(demo: Shop) -> None:
    async def story(hand: Hand) -> None:
        assert hand.screen.split("\n")[0].endswith("RH")
        await hand.do("app.who")
        await hand.type("Tom")
        await hand.press("enter")
        assert hand.toast == "Tom Birch acts now."
        assert hand.screen.split("\n")[0].endswith("TB")

    on_screen(demo, story)
    assert settings.load().me == "TB"


def test_the_header_shows_that_my_timer_runs_and_for_how_long(shop: Shop, frozen_clock: FrozenClock) -> None:
    order = builders.order(shop, asset_id=builders.asset(shop))

    async def story(hand: Hand) -> None:
        assert "▶" not in hand.screen.split("\n")[0]
        hand.app.open_order(order)
        await hand.settle()
        await hand.do("order.start")
        frozen_clock.move(minutes=85)
        hand.app.shop_changed()
        await hand.settle()
        assert "▶ 1h 25m" in hand.screen.split("\n")[0]

    on_screen(shop, story)


def test_the_screens_own_thread_never_holds_a_transaction_open(demo: Shop) -> None:
    app = WotuiApp(demo)
    messages: list[str] = []

    async def main() -> None:
        def look(message: Message) -> None:
            messages.append(type(message).__name__)
            assert not demo.in_transaction()

        async with app.run_test(message_hook=look) as pilot:
            hand = Hand(app, pilot)
            await hand.settle()
            app.open_order(reads.find(demo, "W-A0033").id)
            await hand.settle()
            await hand.do("order.start", "app.undo", "order.copy")
            app.ask.close()

    asyncio.run(main())
    assert len(messages) > 100


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (40, 15), (20, 6), (10, 5), (1, 1), (300, 2)])
def test_no_size_ends_the_app_and_a_tiny_one_asks_for_more(demo: Shop, size: tuple[int, int]) -> None:
    async def story(hand: Hand) -> None:
        hand.app.open_order(reads.find(demo, "W-A0032").id)
        await hand.settle()
        await hand.resize(*size)
        if size == (20, 6):
            assert "larger" in hand.screen
        await hand.resize(80, 24)
        assert "Overview" in hand.screen

    on_screen(demo, story)


def test_a_file_opened_for_reading_says_so_and_every_change_is_refused(demo: Shop) -> None:
    with Shop.open(demo.path, read_only=True) as looking:
        looking.act_as("RH")

        async def story(hand: Hand) -> None:
            assert "read-only" in hand.screen
            hand.app.open_order(reads.find(looking, "W-A0033").id)
            await hand.settle()
            await hand.do("order.start")
            assert "open for reading only" in hand.toast

        on_screen(looking, story)


def test_a_second_window_asks_whether_to_look_only(demo: Shop) -> None:
    app = WotuiApp(demo, other="wotui is already open on this file (process 7).")

    async def story(hand: Hand) -> None:
        assert "process 7" in hand.screen
        await hand.press("enter")

    assert run_app(app, story).return_code == 0


def test_a_file_that_changed_elsewhere_is_read_again_on_every_mode(demo: Shop, tmp_path: Path) -> None:
    async def story(hand: Hand) -> None:
        await hand.do("app.time")
        hand.app.shop_changed()
        await hand.settle()
        await hand.do("app.inbox")
        assert "W-A0058" in hand.screen

    on_screen(demo, story)
