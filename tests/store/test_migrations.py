"""Bringing an older file up to date: all steps or none, with a verified copy before."""

from __future__ import annotations

import gzip
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wotui.errors import FileTrouble
from wotui.store import connection as connections
from wotui.store import migrations, schema
from wotui.store.file import Shop

if TYPE_CHECKING:
    from collections.abc import Iterator


NOW = migrations.SCHEMA_VERSION
OLDEST = Path(__file__).parent / "files" / "format-1.wotui.gz"
"""A shop that format 1 made: an order with its first step, and in its journal what a newer laptop had brought."""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "old.wotui"
    path.write_bytes(gzip.decompress(OLDEST.read_bytes()))
    return path


@pytest.fixture
def opened(shop: Shop) -> Iterator[sqlite3.Connection]:
    shop.close()
    connection = connections.connect(shop.path)
    yield connection
    connection.close()


def add_table(name: str) -> migrations.Step:
    def step(connection: sqlite3.Connection) -> None:
        connection.execute(f"CREATE TABLE {name} (x INTEGER) STRICT")

    return step


def fail(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE half (x INTEGER) STRICT")
    raise sqlite3.OperationalError("the step fails")


def copies(path: Path) -> list[Path]:
    return sorted(path.parent.glob("*.backups/*-migration.wotui"))


def test_every_step_runs_once_in_order_with_a_copy_before(opened: sqlite3.Connection, shop: Shop) -> None:
    steps = {NOW + 1: add_table("two"), NOW + 2: add_table("three")}
    migrations.bring_up_to_date(opened, shop.path, steps=steps, newest=NOW + 2)
    assert opened.execute("PRAGMA user_version").fetchone() == (NOW + 2,)
    assert opened.execute("SELECT count(*) FROM sqlite_schema WHERE name IN ('two', 'three')").fetchone() == (
        2,
    )
    [copy] = copies(shop.path)
    before = sqlite3.connect(copy)
    assert before.execute("PRAGMA user_version").fetchone() == (NOW,)
    assert before.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    before.close()
    migrations.bring_up_to_date(opened, shop.path, steps=steps, newest=NOW + 2)
    assert len(copies(shop.path)) == 1


def test_a_step_that_fails_takes_the_whole_migration_back(opened: sqlite3.Connection, shop: Shop) -> None:
    with pytest.raises(sqlite3.OperationalError, match="the step fails"):
        migrations.bring_up_to_date(
            opened, shop.path, steps={NOW + 1: add_table("two"), NOW + 2: fail}, newest=NOW + 2
        )
    assert opened.execute("PRAGMA user_version").fetchone() == (NOW,)
    assert not opened.execute("SELECT 1 FROM sqlite_schema WHERE name IN ('two', 'half')").fetchone()
    assert not opened.in_transaction


def test_a_step_whose_result_points_nowhere_is_taken_back(opened: sqlite3.Connection, shop: Shop) -> None:
    def orphan(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE parent (x INTEGER PRIMARY KEY) STRICT")
        connection.execute("CREATE TABLE child (x INTEGER REFERENCES parent) STRICT")
        connection.execute("INSERT INTO child VALUES (1)")

    with pytest.raises(FileTrouble, match="points nowhere"):
        migrations.bring_up_to_date(opened, shop.path, steps={NOW + 1: orphan}, newest=NOW + 1)
    assert not opened.execute("SELECT 1 FROM sqlite_schema WHERE name = 'child'").fetchone()


def test_a_file_open_for_reading_only_is_not_brought_up_to_date(
    opened: sqlite3.Connection, shop: Shop
) -> None:
    with pytest.raises(FileTrouble, match="of an older wotui"):
        migrations.bring_up_to_date(
            opened, shop.path, read_only=True, steps={NOW + 1: add_table("two")}, newest=NOW + 1
        )


def test_a_file_of_the_first_format_opens_as_if_it_had_been_made_today(old: Path, shop: Shop) -> None:
    with Shop.open(old) as opened:
        assert shapes(opened) == shapes(shop)
        assert opened.rows("SELECT number, status FROM work_order") == [("W-A0001", "ready")]


def test_what_a_newer_laptop_had_brought_shows_once_the_file_knows_it(old: Path) -> None:
    with Shop.open(old) as opened:
        assert opened.rows("SELECT number, title, status FROM request") == [
            ("R-B0001", "No heat in 12", "new")
        ]
        assert opened.value("SELECT work_kind FROM work_order") == "plumbing"


def test_completing_a_file_that_lacks_nothing_changes_nothing(opened: sqlite3.Connection) -> None:
    before = opened.execute("SELECT name, sql FROM sqlite_schema ORDER BY name").fetchall()
    schema.complete(opened)
    assert opened.execute("SELECT name, sql FROM sqlite_schema ORDER BY name").fetchall() == before


def shapes(shop: Shop) -> dict[str, object]:
    """What a file is made of: tables with their columns, however these are ordered, and how the rest is made."""
    found: dict[str, object] = {}
    for name, kind, definition in shop.rows("SELECT name, type, sql FROM sqlite_schema"):
        columns = shop.rows("SELECT name, type FROM pragma_table_info(?)", (name,))
        found[name] = sorted(columns) if kind == "table" else definition
    return found
