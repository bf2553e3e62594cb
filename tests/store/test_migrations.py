"""Bringing an older file up to date: all steps or none, with a verified copy before."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from wotui.errors import FileTrouble
from wotui.store import connection as connections
from wotui.store import migrations

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from wotui.store.file import Shop


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
    return sorted(path.parent.glob("*.before-format-*"))


def test_every_step_runs_once_in_order_with_a_copy_before(opened: sqlite3.Connection, shop: Shop) -> None:
    steps = {2: add_table("two"), 3: add_table("three")}
    migrations.bring_up_to_date(opened, shop.path, steps=steps, newest=3)
    assert opened.execute("PRAGMA user_version").fetchone() == (3,)
    assert opened.execute("SELECT count(*) FROM sqlite_schema WHERE name IN ('two', 'three')").fetchone() == (
        2,
    )
    [copy] = copies(shop.path)
    before = sqlite3.connect(copy)
    assert before.execute("PRAGMA user_version").fetchone() == (1,)
    assert before.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    before.close()
    migrations.bring_up_to_date(opened, shop.path, steps=steps, newest=3)
    assert len(copies(shop.path)) == 1


def test_a_step_that_fails_takes_the_whole_migration_back(opened: sqlite3.Connection, shop: Shop) -> None:
    with pytest.raises(sqlite3.OperationalError, match="the step fails"):
        migrations.bring_up_to_date(opened, shop.path, steps={2: add_table("two"), 3: fail}, newest=3)
    assert opened.execute("PRAGMA user_version").fetchone() == (1,)
    assert not opened.execute("SELECT 1 FROM sqlite_schema WHERE name IN ('two', 'half')").fetchone()
    assert not opened.in_transaction


def test_a_step_whose_result_points_nowhere_is_taken_back(opened: sqlite3.Connection, shop: Shop) -> None:
    def orphan(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE parent (x INTEGER PRIMARY KEY) STRICT")
        connection.execute("CREATE TABLE child (x INTEGER REFERENCES parent) STRICT")
        connection.execute("INSERT INTO child VALUES (1)")

    with pytest.raises(FileTrouble, match="points nowhere"):
        migrations.bring_up_to_date(opened, shop.path, steps={2: orphan}, newest=2)
    assert not opened.execute("SELECT 1 FROM sqlite_schema WHERE name = 'child'").fetchone()


def test_a_file_open_for_reading_only_is_not_brought_up_to_date(
    opened: sqlite3.Connection, shop: Shop
) -> None:
    with pytest.raises(FileTrouble, match="of an older wotui"):
        migrations.bring_up_to_date(opened, shop.path, read_only=True, steps={2: add_table("two")}, newest=2)


def test_every_version_up_to_the_newest_has_its_step() -> None:
    assert sorted(migrations.STEPS) == list(range(2, migrations.SCHEMA_VERSION + 1))
