"""Opening a shop's file: what is damaged, empty, newer or somebody else's is refused, and left exactly as it was."""

from __future__ import annotations

import hashlib
import os
import random
import sqlite3
import stat
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from wotui.errors import FileTrouble
from wotui.merge.check import check
from wotui.store import migrations
from wotui.store.file import Shop
from wotui.store.new_file import create

if TYPE_CHECKING:
    from pathlib import Path


def digest(path: Path) -> str:
    """What the file holds, as one word."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def expect_refused_untouched(path: Path, words: str) -> None:
    """Opening is refused with these words, for reading and for writing, and not a byte of the file changes."""
    before = digest(path)
    for read_only in (False, True):
        with pytest.raises(FileTrouble, match=words):
            Shop.open(path, read_only=read_only)
    assert digest(path) == before
    assert [other.name for other in path.parent.iterdir()] == [path.name]


def test_f015_a_missing_file_is_named_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble, match=r"There is no shop file at .*wotui init"):
        Shop.open(tmp_path / "shop.wotui")
    assert not list(tmp_path.iterdir())


def test_f015_a_folder_is_no_shop(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble, match="is not a file"):
        Shop.open(tmp_path)


def test_f015_a_link_to_nowhere_is_a_missing_file(tmp_path: Path) -> None:
    (tmp_path / "shop.wotui").symlink_to(tmp_path / "nowhere")
    with pytest.raises(FileTrouble, match="no shop file"):
        Shop.open(tmp_path / "shop.wotui")


def test_f016_an_empty_file_is_damaged_and_never_a_first_start(tmp_path: Path) -> None:
    path = tmp_path / "shop.wotui"
    path.touch()
    expect_refused_untouched(path, "damaged: it is empty")
    with pytest.raises(FileTrouble, match="exists already"):
        create(path, name="New", zone="UTC", currency="USD", workweek_start="monday")
    assert path.stat().st_size == 0


@pytest.mark.parametrize(
    "content", [b"dear diary", b"\x89PNG\r\n\x1a\n" * 600, b"PK\x03\x04" * 2000, bytes(8192)]
)
def test_f059_another_kind_of_file_is_refused_untouched(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "shop.wotui"
    path.write_bytes(content)
    expect_refused_untouched(path, "not a wotui file")


def test_f060_somebody_elses_database_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "photos.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE photo (name TEXT)")
        connection.commit()
    expect_refused_untouched(path, "not a wotui file")


def test_f110_a_file_of_a_newer_wotui_is_refused_untouched(shop: Shop) -> None:
    shop.close()
    with closing(sqlite3.connect(shop.path)) as connection:
        connection.execute(f"PRAGMA user_version = {migrations.SCHEMA_VERSION + 1}")
    expect_refused_untouched(shop.path, "newer wotui.*update")


def test_f018_a_file_cut_anywhere_is_noticed(shop: Shop) -> None:
    for number in range(20):
        builders.order(shop, f"Order {number}")
    shop.close()
    content = shop.path.read_bytes()
    dice = random.Random(18)
    for length in [dice.randrange(1, len(content)) for _ in range(60)]:
        shop.path.write_bytes(content[:length])
        try:
            with Shop.open(shop.path):
                pass
        except FileTrouble:
            continue
        assert check(shop.path), f"cut to {length} of {len(content)} bytes and not noticed"


def test_f019_a_page_of_zeros_is_noticed(shop: Shop) -> None:
    for number in range(20):
        builders.order(shop, f"Order {number}")
    shop.close()
    content = shop.path.read_bytes()
    pages = len(content) // 4096
    dice = random.Random(19)
    for page in dice.sample(range(pages), min(40, pages)):
        shop.path.write_bytes(content[: page * 4096] + bytes(4096) + content[(page + 1) * 4096 :])
        if content[page * 4096 : (page + 1) * 4096] == bytes(4096):
            continue
        try:
            found = bool(check(shop.path))
        except FileTrouble:
            found = True
        assert found, f"page {page + 1} of {pages} zeroed and not noticed"


def test_f021_a_hot_journal_is_rolled_back_at_the_next_start(shop: Shop, tmp_path: Path) -> None:
    builders.order(shop, "Committed")
    shop.close()
    with closing(sqlite3.connect(shop.path, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 1")  # spills to the file before the commit
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE work_order SET title = 'Half done ' || hex(randomblob(50000))")
        crashed = tmp_path / "crashed"
        crashed.mkdir()
        for name in ("shop.wotui", "shop.wotui-journal"):
            (crashed / name).write_bytes((tmp_path / name).read_bytes())
        connection.execute("ROLLBACK")
    with Shop.open(crashed / "shop.wotui") as reopened:
        assert reopened.value("SELECT title FROM work_order") == "Committed"
    assert check(crashed / "shop.wotui") == []


def test_f022_a_file_that_a_tool_left_in_wal_mode_is_set_back(shop: Shop) -> None:
    builders.order(shop, "Grease the pump")
    shop.close()
    with closing(sqlite3.connect(shop.path)) as connection:
        assert connection.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
        connection.execute("UPDATE work_order SET priority = 2")
        connection.commit()
    with Shop.open(shop.path) as reopened:
        assert reopened.value("PRAGMA journal_mode") == "delete"
        assert reopened.value("SELECT priority FROM work_order") == 2
    assert shop.path.read_bytes()[18:20] == b"\x01\x01"


def test_f024_a_file_replaced_while_open_is_not_written_to(shop: Shop, tmp_path: Path) -> None:
    other = tmp_path / "other.wotui"
    other.write_bytes(shop.path.read_bytes())
    os.replace(other, shop.path)  # noqa: PTH105 - as a file manager does
    before = digest(shop.path)
    with pytest.raises(FileTrouble, match="moved or replaced"):
        builders.order(shop, "Lost?")
    assert digest(shop.path) == before


def test_f024_a_file_moved_away_while_open_is_not_written_to(shop: Shop, tmp_path: Path) -> None:
    moved = shop.path.rename(tmp_path / "moved.wotui")
    before = digest(moved)
    with pytest.raises(FileTrouble, match="moved or replaced"):
        builders.order(shop, "Lost?")
    assert digest(moved) == before


def test_files_and_their_journals_are_private(tmp_path: Path) -> None:
    with builders.new_shop(tmp_path / "new" / "shop.wotui") as shop, shop.transaction() as tx:
        tx.insert("customer", name="Acme")
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in shop.path.parent.iterdir()}
        tx.done("Added Acme.")
    assert modes == {"shop.wotui": 0o600, "shop.wotui-journal": 0o600}
    assert stat.S_IMODE(shop.path.parent.stat().st_mode) == 0o700


def test_every_connection_has_the_measured_settings(shop: Shop) -> None:
    wanted: dict[str, object] = {
        "journal_mode": "delete",
        "synchronous": 3,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "secure_delete": 1,
        "busy_timeout": 5000,
        "temp_store": 2,
        "mmap_size": 0,
    }
    assert {name: shop.value(f"PRAGMA {name}") for name in wanted} == wanted


def fill(shop: Shop) -> None:
    """Make orders until something gives."""
    for number in range(500):
        builders.order(shop, f"Order {number} " + "x" * 100)


def test_f010_a_file_at_its_size_limit_says_the_disk_is_full_and_changes_nothing(shop: Shop) -> None:
    pages = shop.value("PRAGMA page_count")
    shop.rows(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(FileTrouble, match="disk is full, nothing was changed"):
        fill(shop)
    shop.rows("PRAGMA max_page_count = 1000000")
    builders.order(shop, "Goes on")
    shop.close()
    assert check(shop.path) == []
