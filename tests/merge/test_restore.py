"""Bringing a backup back: proven first, nothing thrown away, and the shared place gives back the rest."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from wotui.errors import FileTrouble, Refused
from wotui.merge import backup, engine, identity
from wotui.merge.check import check
from wotui.merge.places.file import FilePlace
from wotui.merge.restore import restore
from wotui.store.file import Shop
from wotui.store.lock import InstanceLock

if TYPE_CHECKING:
    from tests.kit.clock import FrozenClock


@pytest.fixture
def saved(shop: Shop) -> Path:
    """A backup that knows one order; the shop has had a second one since."""
    identity.settle(shop)
    builders.order(shop, "Grease the pump")
    copy = backup.make(shop.path)
    builders.order(shop, "Fix the door")
    identity.remember(shop)
    return copy.path


def titles(path: Path) -> list[str]:
    with Shop.open(path, read_only=True) as shop:
        return [str(row[0]) for row in shop.rows("SELECT title FROM work_order ORDER BY number")]


def spoil(path: Path, page: int) -> None:
    """A page of zeros, as a worn stick leaves it."""
    content = bytearray(path.read_bytes())
    content[4096 * page : 4096 * (page + 1)] = bytes(4096)
    path.write_bytes(content)


def test_what_a_backup_replaces_is_kept_beside_it(shop: Shop, saved: Path) -> None:
    shop.close()
    done = restore(shop.path, saved)
    assert titles(shop.path) == ["Grease the pump"]
    assert done.kept is not None
    assert done.kept.name == "shop.before-restore-20260610T170000Z.wotui"
    assert titles(done.kept) == ["Grease the pump", "Fix the door"]
    assert not done.damaged
    assert check(shop.path) == []
    assert saved.exists()


def test_two_restores_of_one_second_keep_both_files(shop: Shop, saved: Path) -> None:
    shop.close()
    kept = {restore(shop.path, saved).kept for _ in range(2)}
    assert len(kept) == 2


def test_a_restored_file_goes_on_under_a_new_name_and_letter(shop: Shop, saved: Path) -> None:
    before = shop.value("SELECT origin FROM me")
    shop.close()
    assert restore(shop.path, saved).letter == "B"
    with Shop.open(shop.path) as back:
        assert back.value("SELECT origin FROM me") != before
        assert identity.settle(back) == ""
        assert builders.number_of(back, builders.order(back, "New")) == "W-B0001"


def test_the_next_merge_brings_back_what_the_place_holds_and_nothing_forks(
    shop: Shop, saved: Path, tmp_path: Path
) -> None:
    place = FilePlace(tmp_path / "shared.wotui")
    engine.merge(shop, place)
    shop.close()
    restore(shop.path, saved)
    with Shop.open(shop.path) as back:
        builders.order(back, "Written after the restore")
        account = engine.merge(back, place)
        place.close()
    assert account.records_new >= 1
    assert titles(shop.path) == ["Grease the pump", "Fix the door", "Written after the restore"]
    assert check(shop.path) == []


def test_f116_a_file_that_is_open_on_a_screen_is_not_replaced(shop: Shop, saved: Path) -> None:
    shop.close()
    before = shop.path.read_bytes()
    with InstanceLock(shop.path), pytest.raises(FileTrouble, match="Quit it there first"):
        restore(shop.path, saved)
    assert shop.path.read_bytes() == before


def test_f116_a_command_in_the_middle_of_a_write_is_waited_for(
    shop: Shop, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wotui.store.connection.BUSY_MILLISECONDS", 50)
    with closing(sqlite3.connect(shop.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(FileTrouble, match="busy"):
            restore(shop.path, saved)
        other.execute("ROLLBACK")
    assert len(titles(shop.path)) == 2


def test_f116_a_file_of_another_shop_or_a_newer_wotui_is_refused(
    shop: Shop, saved: Path, tmp_path: Path
) -> None:
    shop.close()
    before = shop.path.read_bytes()
    other = tmp_path / "other.wotui"
    builders.new_shop(other).close()
    with pytest.raises(Refused, match="another shop"):
        restore(shop.path, other)
    with closing(sqlite3.connect(saved)) as newer:
        newer.execute("PRAGMA user_version = 99")
    with pytest.raises(FileTrouble, match="newer wotui"):
        restore(shop.path, saved)
    with pytest.raises(Refused, match="itself"):
        restore(shop.path, shop.path)
    assert shop.path.read_bytes() == before
    assert sorted(path.name for path in tmp_path.glob("*before-restore*")) == []


@pytest.mark.parametrize("harm", ["page", "cut", "text", "empty"])
def test_f115_a_damaged_backup_is_never_restored_from(shop: Shop, saved: Path, harm: str) -> None:
    shop.close()
    before = shop.path.read_bytes()
    if harm == "page":
        spoil(saved, 3)
    else:
        content = {"cut": saved.read_bytes()[: 4096 * 5], "text": b"dear diary" * 900, "empty": b""}[harm]
        saved.write_bytes(content)
    with pytest.raises(FileTrouble, match="cannot be restored from"):
        restore(shop.path, saved)
    assert shop.path.read_bytes() == before


def test_a_backup_whose_history_was_changed_is_damaged(shop: Shop, saved: Path) -> None:
    copy = backup.make(shop.path)  # this one was sealed when the first was made
    (trigger,) = shop.one("SELECT sql FROM sqlite_schema WHERE name = 'change_is_final'") or ("",)
    with closing(sqlite3.connect(copy.path, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER change_is_final")
        connection.execute(
            "UPDATE change SET patch = replace(patch, 'Grease', 'Create') WHERE patch LIKE '%Grease%'"
        )
        connection.execute(trigger)
    assert "not what was sealed" in backup.damage(copy)


def test_f016_to_f019_a_damaged_file_is_kept_and_what_is_younger_comes_back(shop: Shop, saved: Path) -> None:
    shop.close()
    tables = _root_pages(shop.path)
    spoil(shop.path, tables["work_order"] - 1)
    damaged = shop.path.read_bytes()
    done = restore(shop.path, saved)
    assert done.damaged
    assert done.kept is not None
    assert done.kept.name == "shop.damaged-20260610T170000Z.wotui"
    assert done.kept.read_bytes() == damaged
    assert done.salvaged > 0
    assert titles(shop.path) == ["Grease the pump", "Fix the door"]
    assert check(shop.path) == []


def test_f016_an_empty_or_missing_file_takes_the_backup(shop: Shop, saved: Path) -> None:
    shop.close()
    shop.path.write_bytes(b"")
    assert restore(shop.path, saved).damaged
    assert titles(shop.path) == ["Grease the pump"]
    shop.path.unlink()
    assert restore(shop.path, saved).kept is None
    assert titles(shop.path) == ["Grease the pump"]


def test_f021_a_journal_that_lies_beside_a_damaged_file_never_rolls_into_the_restored_one(
    shop: Shop, saved: Path
) -> None:
    shop.close()
    beside = shop.path.with_name("shop.wotui-journal")
    beside.write_bytes(b"\xd9\xd5\x05\xf9 \xa1c\xd7" + os.urandom(2000))
    shop.path.write_bytes(b"no shop at all" * 1000)
    done = restore(shop.path, saved)
    assert not beside.exists()
    assert done.kept is not None
    assert done.kept.with_name(f"{done.kept.name}-journal").exists()
    assert titles(shop.path) == ["Grease the pump"]


def test_a_link_to_the_file_stays_a_link(shop: Shop, saved: Path, tmp_path: Path) -> None:
    shop.close()
    link = tmp_path / "link.wotui"
    link.symlink_to(shop.path)
    restore(link, saved)
    assert link.is_symlink()
    assert titles(shop.path) == ["Grease the pump"]


def test_what_an_interrupted_restore_left_is_in_nobodys_way(shop: Shop, saved: Path) -> None:
    shop.close()
    shop.path.with_name(".shop.wotui.restoring").write_bytes(b"half")
    os.link(shop.path, shop.path.with_name("shop.before-restore-20260610T170000Z.wotui"))
    done = restore(shop.path, saved)
    assert titles(shop.path) == ["Grease the pump"]
    assert done.kept is not None
    assert titles(done.kept) == ["Grease the pump", "Fix the door"]
    assert not list(shop.path.parent.glob(".*restoring*"))


def test_f117_every_backup_of_a_busy_week_can_be_restored_and_compared(
    shop: Shop, tmp_path: Path, frozen_clock: FrozenClock
) -> None:
    wanted: dict[Path, list[str]] = {}
    for day in range(5):
        builders.order(shop, f"Order of day {day}")
        wanted[backup.make(shop.path, "daily").path] = titles(shop.path)
        frozen_clock.move(days=1)
    for number, (copy, expected) in enumerate(wanted.items()):
        target = tmp_path / f"{number}" / "shop.wotui"
        target.parent.mkdir()
        shutil.copy(shop.path, target)
        restore(target, copy)
        assert titles(target) == expected
        assert check(target) == []


def _root_pages(path: Path) -> dict[str, int]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, rootpage FROM sqlite_schema WHERE type = 'table'").fetchall()
    return {str(name): int(page) for name, page in rows}
