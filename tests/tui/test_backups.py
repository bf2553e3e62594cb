"""Backups on the screen: the list, bringing one back, and a start with a damaged file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.kit import builders
from tests.kit.hand import Hand, on_screen, run_app
from wotui import settings
from wotui.merge import backup
from wotui.store.file import Shop
from wotui.tui.rescue import Rescue

if TYPE_CHECKING:
    from pathlib import Path


def test_a_backup_is_brought_back_and_work_goes_on(shop: Shop) -> None:
    builders.order(shop, "Grease the pump")
    backup.make(shop.path)
    torn = backup.make(shop.path)
    torn.path.write_bytes(b"torn" * 3000)
    builders.order(shop, "Fix the door")

    async def story(hand: Hand) -> None:
        await hand.see("Fix the door")
        await hand.do("app.backups")
        await hand.see("Make a backup now", "sound", "damaged")
        await hand.press("down", "enter")
        await hand.see("kept beside it")
        await hand.press("y")
        await hand.see("is the shop's file again")
        assert "Fix the door" not in hand.screen
        await hand.do("inbox.new")
        await hand.see("New work order")

    on_screen(shop, story, size=(120, 40))
    assert len(list(shop.path.parent.glob("shop.before-restore-*"))) == 1


def test_a_backup_is_made_from_the_list(shop: Shop) -> None:
    async def story(hand: Hand) -> None:
        await hand.do("app.backups")
        await hand.see("Make a backup now")
        await hand.press("enter")
        await hand.see("made and proven")

    on_screen(shop, story)
    assert [copy.reason for copy in backup.listing(shop.path)] == ["asked"]


def test_a_damaged_file_offers_the_newest_good_backup_and_opens_it(shop: Shop) -> None:
    builders.order(shop, "Grease the pump")
    backup.make(shop.path)
    shop.close()
    shop.path.write_bytes(b"SQLite format 3\0" + bytes(5000))

    async def story(hand: Hand) -> None:
        await hand.see("is damaged", "by hand")
        await hand.press("enter")
        await hand.see("Bring back shop-")
        await hand.press("y")
        await hand.see("Grease the pump")

    run_app(Rescue(settings.Computer(), path=shop.path, trouble="shop.wotui is damaged."), story)
    assert len(list(shop.path.parent.glob("shop.damaged-*"))) == 1


def test_f017_a_missing_file_with_backups_offers_both_ways(shop: Shop) -> None:
    backup.make(shop.path)
    shop.close()
    shop.path.unlink()

    async def story(hand: Hand) -> None:
        await hand.see("is gone", "by hand", "New shop")
        await hand.press("n")
        await hand.see("Welcome to wotui")

    trouble = "shop.wotui is gone, but its backups are here."
    run_app(Rescue(settings.Computer(), path=shop.path, trouble=trouble, missing=True), story)


def test_without_a_good_backup_the_other_ways_are_named(tmp_path: Path) -> None:
    path = tmp_path / "shop.wotui"
    path.write_bytes(b"nothing")

    async def story(hand: Hand) -> None:
        await hand.see("wotui check --repair", "wotui join")

    run_app(Rescue(settings.Computer(), path=path, trouble="shop.wotui is damaged."), story, size=(60, 20))
