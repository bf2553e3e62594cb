"""A shop's file: how it is made, opened, refused, and how a change is confirmed."""

from __future__ import annotations

import sqlite3
import stat
import threading
from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from wotui.errors import FileTrouble, NotFound, Refused
from wotui.store.connection import APPLICATION_ID
from wotui.store.file import Shop, create

if TYPE_CHECKING:
    from pathlib import Path

CHICAGO = {"zone": "America/Chicago", "currency": "USD", "workweek_start": "sunday"}


def refusal(path: Path) -> str:
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(FileTrouble) as caught:
        Shop.open(path)
    assert (path.read_bytes() if path.is_file() else None) == before, "a refused file is left as it is"
    return str(caught.value)


def test_a_new_shop_is_private_and_says_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "shop.wotui"
    with create(path, name="Miller & Sons", **CHICAGO) as shop:
        assert shop.setting("shop.name") == "Miller & Sons"
        assert str(shop.zone) == "America/Chicago"
        assert shop.setting("payroll.schedule") == "weekly"
        assert shop.value("PRAGMA application_id") == APPLICATION_ID
        assert shop.value("PRAGMA integrity_check") == "ok"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_making_a_shop_never_overwrites_anything(tmp_path: Path) -> None:
    path = tmp_path / "shop.wotui"
    path.write_text("precious")
    with pytest.raises(FileTrouble, match="exists already"):
        create(path, name="x", **CHICAGO)
    assert path.read_text() == "precious"


def test_a_missing_file_is_not_taken_for_an_empty_shop(tmp_path: Path) -> None:
    assert "wotui init" in refusal(tmp_path / "shop.wotui")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "it is empty"),
        (b"not a database, but a long enough text to be looked at" * 20, "damaged or is not a wotui file"),
        (b"SQLite format 3\x00" + bytes(2000), "damaged or is not a wotui file"),
    ],
)
def test_a_file_that_is_no_shop_is_refused_and_kept(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "shop.wotui"
    path.write_bytes(content)
    assert says in refusal(path)


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "shop.wotui"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE t (x)")
    other.close()
    assert "not a wotui file" in refusal(path)


def test_a_folder_in_its_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "shop.wotui").mkdir()
    assert "is not a file" in refusal(tmp_path / "shop.wotui")


def test_a_file_of_a_newer_wotui_is_refused_and_kept(shop: Shop) -> None:
    shop.close()
    with sqlite3.connect(shop.path) as newer:
        newer.execute("PRAGMA user_version = 99")
    newer.close()
    assert "made by a newer wotui (format 99" in refusal(shop.path)


def test_a_truncated_file_never_opens_as_a_shop(shop: Shop, tmp_path: Path) -> None:
    builders.order(shop)
    shop.close()
    content = shop.path.read_bytes()
    for size in range(1, len(content), len(content) // 40):
        cut = tmp_path / "cut.wotui"
        cut.write_bytes(content[:size])
        try:
            with Shop.open(cut) as opened:
                found = opened.value("PRAGMA integrity_check")
        except FileTrouble:
            continue
        assert found != "ok", f"cut at {size}"


def test_a_change_that_fails_leaves_nothing_behind(shop: Shop) -> None:
    before = shop.rows("SELECT count(*) FROM change")
    with pytest.raises(ZeroDivisionError), shop.transaction() as tx:
        tx.insert("asset", tag="HALF", active=1 // 0)
    assert shop.rows("SELECT count(*) FROM change") == before
    assert not shop.in_transaction()
    assert shop.one("SELECT actor, clock FROM me") == (None, None)


def test_a_busy_file_says_so_and_changes_nothing(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wotui.store.connection.BUSY_MILLISECONDS", 50)
    shop.close()
    other = sqlite3.connect(shop.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(FileTrouble, match="is busy, nothing was changed"), shop.transaction():
        pass
    other.execute("ROLLBACK")
    other.close()
    builders.asset(shop)


def test_a_full_database_says_so_and_changes_nothing(shop: Shop) -> None:
    pages = shop.value("PRAGMA page_count")
    shop.value(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(FileTrouble, match="The disk is full, nothing was changed"):
        builders.order(shop, "x" * 100, description="y" * 500_000)
    shop.value("PRAGMA max_page_count = 1000000")
    builders.order(shop)
    assert shop.value("PRAGMA integrity_check") == "ok"


def test_a_file_that_was_moved_away_is_not_written_to(shop: Shop, tmp_path: Path) -> None:
    shop.path.rename(tmp_path / "elsewhere.wotui")
    with pytest.raises(FileTrouble, match="was moved or replaced"):
        builders.order(shop)


def test_reading_only_refuses_every_change(shop: Shop) -> None:
    with (
        Shop.open(shop.path, read_only=True) as opened,
        pytest.raises(FileTrouble, match="Nothing was changed"),
        opened.transaction(),
    ):
        pass


def test_threads_read_and_write_side_by_side(shop: Shop) -> None:
    asset = builders.asset(shop, name="0")

    def raise_by_one() -> None:
        for _ in range(25):
            with shop.transaction() as tx:
                tx.update("asset", asset, name=str(int(tx.value("SELECT name FROM asset")) + 1))

    threads = [threading.Thread(target=raise_by_one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert shop.value("SELECT name FROM asset") == "100"


def test_a_file_left_in_wal_mode_is_taken_back_to_a_rollback_journal(shop: Shop) -> None:
    shop.close()
    other = sqlite3.connect(shop.path)
    assert other.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
    other.close()
    with Shop.open(shop.path) as opened:
        builders.order(opened)
        assert opened.value("PRAGMA journal_mode") == "delete"
    assert not shop.path.with_name("shop.wotui-wal").exists()


def test_who_acts_is_found_by_initials_in_any_case(shop: Shop) -> None:
    assert shop.act_as("jd").name == "Jo Doe"
    with pytest.raises(NotFound, match="Nobody active has the initials ZZ"):
        shop.act_as("ZZ")


def test_a_role_gates_an_action_and_names_the_way_out(shop: Shop) -> None:
    builders.person(shop, "AB", "Ann Bo", roles=("technician",))
    shop.act_as("AB")
    shop.require("log hours", "technician", "supervisor")
    with pytest.raises(Refused, match="Ann Bo may not close orders: it takes the role supervisor"):
        shop.require("close orders", "supervisor")
    shop.acting = None
    shop.require("close orders", "supervisor")
    with pytest.raises(Refused, match="Nobody is named as acting"):
        shop.somebody()


def test_numbers_carry_the_letter_and_are_never_given_twice(shop: Shop) -> None:
    with shop.transaction() as tx:
        assert [tx.number("W"), tx.number("W"), tx.number("R")] == ["W-A0001", "W-A0002", "R-A0001"]
    with shop.transaction() as tx:
        assert tx.number("W") == "W-A0003"


def test_an_unknown_zone_in_the_file_is_a_sentence(shop: Shop) -> None:
    with shop.transaction() as tx:
        tx.rows("UPDATE setting SET value = 'Mars/Olympus' WHERE name = 'shop.zone'")
    with pytest.raises(FileTrouble, match="does not know the shop's time zone Mars/Olympus"):
        _ = shop.zone
