"""The first start: no shop's file is there. A new shop, the demo, or a file from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.kit.hand import Hand, run_app
from wotui import settings
from wotui.merge import backup
from wotui.store.file import Shop
from wotui.tui.first_start import FirstStart
from wotui.tui.screens.start import local_zone

if TYPE_CHECKING:
    from pathlib import Path

    from tests.kit.clock import FrozenClock


def test_the_five_questions_make_a_shop_with_its_first_person(
    tmp_path: Path, frozen_clock: FrozenClock
) -> None:
    path = tmp_path / "shop.wotui"

    async def story(hand: Hand) -> None:
        assert "There is no shop's file yet" in hand.screen
        await hand.press("n")
        await hand.type("Riverside")
        await hand.press("enter")
        await hand.type("chicago")
        await hand.press("enter")
        await hand.type("usd")
        await hand.press("enter", "enter", "enter")
        await hand.type("Ann Lee")
        await hand.press("enter")
        await hand.type("al")
        await hand.do("form.save")
        assert "1 Inbox" in hand.screen
        assert "AL" in hand.screen.split("\n")[0]
        await hand.do("inbox.new")
        assert "New work order" in hand.screen

    run_app(FirstStart(settings.Computer(), path=path), story)
    with Shop.open(path) as shop:
        assert shop.setting("shop.zone") == "America/Chicago"
        assert shop.setting("payroll.workweek_start") == "monday"
        shop.act_as("AL")
        assert shop.acting is not None
        assert shop.acting.roles == {"supervisor", "technician", "office"}
    assert settings.load().me == "AL"


def test_an_answer_that_misses_is_named_and_no_file_is_made(tmp_path: Path) -> None:
    path = tmp_path / "shop.wotui"

    async def story(hand: Hand) -> None:
        await hand.press("n")
        await hand.type("Riverside")
        await hand.do("form.save")
        assert "It needs currency" in hand.screen

    run_app(FirstStart(settings.Computer(), path=path), story)
    assert not path.exists()


def test_who_goes_back_finds_the_answers_of_a_new_shop_again(tmp_path: Path) -> None:
    async def story(hand: Hand) -> None:
        await hand.press("n")
        await hand.type("Riverside")
        await hand.press("tab", "escape")
        assert "first start" in hand.screen
        await hand.press("n", "escape")
        assert "Riverside" in hand.screen

    run_app(FirstStart(settings.Computer(), path=tmp_path / "shop.wotui"), story)


def test_the_demo_is_a_copy_that_is_thrown_away(tmp_path: Path) -> None:
    app = FirstStart(settings.Computer(), path=tmp_path / "shop.wotui")
    seen: list[Path] = []

    async def story(hand: Hand) -> None:
        await hand.press("d")
        await hand.settle()
        assert "1 Inbox" in hand.screen
        seen.append(hand.app.shop.path)

    run_app(app, story)
    app.shop.close()
    app.open_things.close()
    assert not seen[0].exists()
    assert not (tmp_path / "shop.wotui").exists()


def test_a_file_from_elsewhere_is_opened_and_a_wrong_path_is_named(demo: Shop, tmp_path: Path) -> None:
    async def story(hand: Hand) -> None:
        await hand.press("o")
        await hand.type(str(tmp_path / "nothing"))
        await hand.press("enter")
        assert "There is no file" in hand.screen
        await hand.press(*["backspace"] * len("nothing"))
        await hand.type("demo.wotui")
        await hand.press("enter")
        assert "1 Inbox" in hand.screen

    run_app(FirstStart(settings.Computer(), path=tmp_path / "shop.wotui"), story)


def test_a_damaged_file_is_refused_and_the_way_in_stays_open(tmp_path: Path) -> None:
    broken = tmp_path / "broken.wotui"
    broken.write_bytes(b"")

    async def story(hand: Hand) -> None:
        await hand.press("o")
        await hand.type(str(broken))
        await hand.press("enter")
        assert "damaged: it is empty" in hand.toast
        assert "New shop" in hand.screen

    run_app(FirstStart(settings.Computer(), path=tmp_path / "shop.wotui"), story)
    assert broken.read_bytes() == b""


def test_keys_of_a_shop_do_nothing_before_there_is_one(tmp_path: Path) -> None:
    async def story(hand: Hand) -> None:
        await hand.press("u", "U", "3", "ctrl+p", "question_mark", "escape", "ctrl+o", "escape")
        assert "New shop" in hand.screen

    run_app(FirstStart(settings.Computer(), path=tmp_path / "shop.wotui"), story)


def test_a_file_that_is_gone_but_left_backups_is_not_taken_for_a_first_start(
    demo: Shop, tmp_path: Path
) -> None:
    kept = backup.make(demo.path)
    gone = demo.path

    async def story(hand: Hand) -> None:
        assert "But it has backups." in hand.screen
        assert kept.path.name in hand.screen.replace("│\n    │  ", "")

    demo.close()
    gone.unlink()
    run_app(FirstStart(settings.Computer(), path=gone), story, size=(200, 30))


def test_the_zone_of_this_computer_is_proposed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", ":Europe/Vienna")
    assert local_zone() == "Europe/Vienna"
    monkeypatch.setenv("TZ", "nowhere/at all")
    assert local_zone() != "nowhere/at all"
