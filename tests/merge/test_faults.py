"""Faults of a merge, each by its row of the catalogue: what fails, is given up, is older, or comes in another order."""

from __future__ import annotations

import gzip
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.kit import builders
from tests.kit.operations import prepare
from tests.merge.model import MemoryPlace
from wotui import settings
from wotui.actions import orders as order_verbs
from wotui.errors import FileTrouble, Refused
from wotui.merge import engine, identity, sharing
from wotui.merge.beforehand import GivenUp, Watch
from wotui.merge.check import check
from wotui.merge.own import Own
from wotui.merge.places.file import FilePlace
from wotui.merge.places.shop_file import ShopFile
from wotui.store import migrations
from wotui.store.file import Shop
from wotui.store.reads import conflicts, work_orders

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wotui.merge.places import Change

OLD_FILE = Path(__file__).parents[1] / "store" / "files" / "format-1.wotui.gz"


@pytest.fixture
def order(shop: Shop) -> str:
    """An order that both files know."""
    return builders.order(shop, "Grease the pump", status="in_progress")


@pytest.fixture
def laptop(shop: Shop, order: str, tmp_path: Path) -> Iterator[Shop]:
    """A second file of the shop, which went on as a device of its own."""
    identity.settle(shop)
    with copied(shop, tmp_path / "laptop.wotui") as opened:
        yield opened


def copied(shop: Shop, path: Path) -> Shop:
    """A copy of a file that goes on as a device of its own."""
    shutil.copy(shop.path, path)
    opened = Shop.open(path)
    identity.settle(opened)
    opened.act_as("JD")
    return opened


def edit(shop: Shop, order: str, **values: object) -> None:
    with shop.transaction() as tx:
        tx.update("work_order", order, **values)
        tx.done("Edited.")


def move(shop: Shop, order: str, to: str) -> None:
    with shop.transaction() as tx:
        order_verbs.step(tx, work_orders.find(tx, order), to)
        tx.done("Moved on.")


def whole(shop: Shop) -> list[Any]:
    """The journal and what follows from it, without what only this file knows."""
    tables = ("work_order", "status_change", "log_entry", "time_span")
    states = [[row[1:] for row in shop.rows(f'SELECT * FROM "{table}" ORDER BY id')] for table in tables]
    return [shop.rows("SELECT * FROM change ORDER BY origin, seq"), states]


def exchange(*shops: Shop) -> None:
    """Everybody meets at one place until nothing travels any more."""
    place = MemoryPlace(str(shops[0].value("SELECT shop FROM me")))
    for _ in range(4):
        for one in shops:
            engine.merge(one, place, agreed=True)


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="no file here that fails when it is read")
def test_f042_a_stick_that_fails_while_it_is_read_leaves_the_own_file_as_it_was(
    shop: Shop, order: str
) -> None:
    before = whole(shop)
    with pytest.raises(FileTrouble, match="cannot be read"):
        engine.merge(shop, FilePlace(Path("/proc/self/mem")))  # a regular file that answers with EIO
    assert whole(shop) == before


def test_f048_a_merge_that_changes_a_fifth_of_the_open_orders_asks_first(
    shop: Shop, order: str, tmp_path: Path
) -> None:
    orders = [order, *(builders.order(shop, f"Order {number}") for number in range(40))]
    identity.settle(shop)
    with copied(shop, tmp_path / "laptop.wotui") as laptop:
        for each in orders[:12]:
            edit(laptop, each, priority=1)
        place = MemoryPlace(str(shop.value("SELECT shop FROM me")))
        engine.merge(laptop, place)
    with pytest.raises(Refused, match="12 open orders"):
        engine.merge(shop, place)
    assert engine.merge(shop, place, dry_run=True).orders_changed == 12
    assert engine.merge(shop, place, agreed=True).orders_changed == 12


def test_f049_the_order_of_merges_and_merging_twice_make_no_difference(
    shop: Shop, order: str, tmp_path: Path
) -> None:
    identity.settle(shop)
    others = [copied(shop, tmp_path / f"{name}.wotui") for name in "abc"]
    for number, other in enumerate(others):
        edit(other, order, title=f"Title of {number}", priority=number + 1)
        move(other, order, ("on_hold", "done", "cancelled")[number])
    results: list[Any] = []
    for number, way in enumerate(permutations(others)):
        target = tmp_path / f"target-{number}.wotui"
        shutil.copy(shop.path, target)
        with Shop.open(target) as mine:
            for other in (*way, *way):
                engine.take_in(mine, Own(other), "another", agreed=True, visiting=True)
            results.append(whole(mine))
    assert all(result == results[0] for result in results)
    for other in others:
        other.close()


def test_f050_of_two_edits_of_one_field_one_counts_everywhere_and_both_are_asked_about(
    shop: Shop, laptop: Shop, order: str
) -> None:
    edit(shop, order, title="Mine")
    edit(laptop, order, title="Theirs")
    exchange(shop, laptop)
    titles = {one.value("SELECT title FROM work_order WHERE id = ?", (order,)) for one in (shop, laptop)}
    assert len(titles) == 1
    for one in (shop, laptop):
        (asked,) = [question for question in conflicts.derive(one) if question.kind == "field"]
        assert {head.value for head in asked.values} == {"Mine", "Theirs"}


def _hours(shop: Shop, order: str) -> None:
    worker = shop.value("SELECT id FROM person WHERE initials = 'JD'")
    with shop.transaction() as tx:
        tx.insert(
            "time_span", person_id=worker, work_order_id=order, start_minute=29_000_000, end_minute=29_000_060
        )
        tx.done("Logged.")


def _change(shop: Shop, order: str) -> None:
    edit(shop, order, title="Changed")


def _take_away(shop: Shop, order: str) -> None:
    edit(shop, order, deleted_at="2026-06-10T17:00:00Z")


def _finish(shop: Shop, order: str) -> None:
    move(shop, order, "done")


def _hold(shop: Shop, order: str) -> None:
    move(shop, order, "on_hold")


Verb = Callable[[Shop, str], None]
MEETINGS: dict[str, tuple[Verb, Verb, dict[str, object]]] = {
    "edit against taking away": (_change, _take_away, {"title": "Changed", "asked": 1}),
    "closing against hours": (_finish, _hours, {"status": "done", "hours": 1, "asked": 0}),
    "finishing against working on": (_finish, _hold, {"status": "done", "asked": 1}),
    "the same step twice": (_finish, _finish, {"status": "done", "asked": 0}),
}


@pytest.mark.parametrize("name", MEETINGS)
def test_f051_what_meets_what_follows_one_rule_everywhere(
    shop: Shop, laptop: Shop, order: str, name: str
) -> None:
    here, there, expected = MEETINGS[name]
    here(shop, order)
    there(laptop, order)
    exchange(shop, laptop)
    for one in (shop, laptop):
        title, status = one.one("SELECT title, status FROM work_order WHERE id = ?", (order,)) or ("", "")
        found = {
            "title": title,
            "status": status,
            "hours": one.value("SELECT count(*) FROM time_span WHERE work_order_id = ?", (order,)),
            "asked": len([each for each in conflicts.derive(one) if each.record == order]),
        }
        assert {key: found[key] for key in expected} == expected


def old_shop(path: Path) -> Path:
    """A file of format 1 whose stranger has a name that wotui would give."""
    path.write_bytes(gzip.decompress(OLD_FILE.read_bytes()))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        (trigger,) = connection.execute(
            "SELECT sql FROM sqlite_schema WHERE name = 'change_is_final'"
        ).fetchone()
        connection.execute("DROP TRIGGER change_is_final")
        connection.execute("UPDATE change SET origin = 'newer222' WHERE origin = 'newer001'")
        connection.execute(trigger)
        connection.execute("VACUUM")
    return path


def test_f053_a_file_of_an_older_wotui_is_read_as_it_is(tmp_path: Path) -> None:
    older, mine = old_shop(tmp_path / "older.wotui"), old_shop(tmp_path / "mine.wotui")
    before = older.read_bytes()
    with Shop.open(mine) as shop:  # brought up to date
        identity.settle(shop)
        place = ShopFile(older)
        account = engine.merge(shop, place, pull=True)
        place.close()
        assert account.changes_in == 0
    assert older.read_bytes() == before
    with closing(sqlite3.connect(older)) as connection:
        connection.execute("CREATE VIEW more AS SELECT 1")
    with Shop.open(mine) as shop, pytest.raises(FileTrouble, match="does not make"):
        ShopFile(older).card()


def test_f053_a_file_that_was_brought_up_to_date_is_read_like_a_new_one(tmp_path: Path) -> None:
    upgraded = old_shop(tmp_path / "upgraded.wotui")
    Shop.open(upgraded).close()
    place = ShopFile(upgraded)
    card = place.card()
    place.close()
    assert card is not None


def test_f056_a_merge_that_was_given_up_leaves_the_old_state(
    shop: Shop, laptop: Shop, order: str, tmp_path: Path
) -> None:
    path = tmp_path / "shop-shared.wotui"
    edit(laptop, order, title="From the laptop")
    place = FilePlace(path)
    engine.merge(laptop, place)
    place.close()
    before, shared = whole(shop), path.read_bytes()
    watch = Watch()
    watch.give_up()
    with pytest.raises(GivenUp):
        sharing.run(shop, [path], watch)
    assert whole(shop) == before
    assert path.read_bytes() == shared


class Interrupted(MemoryPlace):
    """A place whose reading is stopped from outside, in the middle."""

    def changes(self, beyond: Mapping[str, int]) -> Iterator[Change]:
        for count, change in enumerate(super().changes(beyond)):
            if count == 2:
                raise KeyboardInterrupt
            yield change


def test_f056_ctrl_c_in_the_middle_of_reading_leaves_the_old_state(
    shop: Shop, laptop: Shop, order: str
) -> None:
    for number in range(5):
        edit(laptop, order, title=f"Title {number}")
    place = Interrupted(str(shop.value("SELECT shop FROM me")))
    engine.merge(laptop, place)
    before = whole(shop)
    with suppress(KeyboardInterrupt):
        engine.merge(shop, place)
    assert whole(shop) == before
    assert not shop.in_transaction()


def test_f111_a_file_of_every_released_format_opens_and_says_what_it_said(tmp_path: Path) -> None:
    files = sorted(OLD_FILE.parent.glob("format-*.wotui.gz"))
    assert len(files) == migrations.SCHEMA_VERSION - 1
    for packed in files:
        path = tmp_path / packed.name.removesuffix(".gz")
        path.write_bytes(gzip.decompress(packed.read_bytes()))
        with closing(sqlite3.connect(path)) as connection:
            journal = connection.execute("SELECT * FROM change ORDER BY origin, seq").fetchall()
            titles = connection.execute("SELECT number, title, status FROM work_order").fetchall()
        with Shop.open(path) as shop:
            assert shop.rows("SELECT * FROM change ORDER BY origin, seq") == journal
            assert shop.rows("SELECT number, title, status FROM work_order") == titles
        assert check(path) == []


def test_f113_a_migration_whose_result_is_damaged_is_taken_back(a_shop_on_disk: Path) -> None:
    def orphan(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE parent (x INTEGER PRIMARY KEY) STRICT")
        connection.execute("CREATE TABLE child (x INTEGER REFERENCES parent) STRICT")
        connection.execute("INSERT INTO child VALUES (1)")

    newest = migrations.SCHEMA_VERSION + 1
    with closing(sqlite3.connect(a_shop_on_disk, isolation_level=None)) as connection:
        with pytest.raises(FileTrouble, match="points nowhere"):
            migrations.bring_up_to_date(connection, a_shop_on_disk, steps={newest: orphan}, newest=newest)
        assert connection.execute("PRAGMA user_version").fetchone() == (newest - 1,)
    assert check(a_shop_on_disk) == []


@pytest.mark.parametrize(
    "content", [b"\xff\xfe", b"[keys", b"theme = 7\n", b"nonsense = 'x'\n", b"keys = 'x'\n"]
)
def test_f118_a_settings_file_that_is_wrong_means_defaults_and_one_line(
    content: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(content)
    monkeypatch.setattr(settings, "computer_file", lambda: path)
    found = settings.load()
    assert len(found.problems) == 1
    assert found.theme == settings.Computer().theme
    assert path.read_bytes() == content


def test_f006_a_second_crash_while_recovering_from_the_first_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "shop.wotui"
    prepare(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("PRAGMA cache_spill = 1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE me SET applying = 1")
        connection.execute("UPDATE work_order SET description = hex(randomblob(20000))")
        hot = {name: path.with_name(path.name + name).read_bytes() for name in ("", "-journal")}
        assert len(hot["-journal"]) > 1024
        connection.execute("ROLLBACK")
    for length in (
        0,
        512,
        len(hot["-journal"]) // 2,
        len(hot["-journal"]),
    ):  # how far the second start had come
        crashed = tmp_path / f"crashed-{length}.wotui"
        content = bytearray(hot[""])
        clean = path.read_bytes()
        content[:length] = clean[:length]  # pages that were rolled back already, when it crashed again
        crashed.write_bytes(content)
        crashed.with_name(f"{crashed.name}-journal").write_bytes(hot["-journal"])
        assert check_after_opening(crashed) == []


def check_after_opening(path: Path) -> list[str]:
    with Shop.open(path):
        pass
    return [finding.sentence for finding in check(path)]
