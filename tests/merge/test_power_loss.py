"""The power goes at any call: what was confirmed is there, and a stick that lies about it loses nobody's past."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from tests.kit import faults, operations, power
from tests.kit.journals import Notebook
from wotui.merge import backup
from wotui.merge.check import check
from wotui.merge.own import Own
from wotui.merge.places.file import FilePlace
from wotui.merge.places.folder import FolderPlace
from wotui.store.file import Shop

pytestmark = [
    pytest.mark.skipif(bool(faults.why_not()), reason=faults.why_not() or "strace works"),
    pytest.mark.timeout(300),  # a traced process is slow where a machine does three other things
]

OLD_FILE = Path(__file__).parents[1] / "store" / "files" / "format-1.wotui.gz"
SHORT, LONG = 14, 700
"""Cuts of each operation in the suite, and under the marker `slow`."""

each_length = pytest.mark.parametrize(
    "count", [SHORT, pytest.param(LONG, marks=[pytest.mark.slow, pytest.mark.timeout(1800)])]
)


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "template" / "shop.wotui"
    path.parent.mkdir()
    operations.prepare(path)
    return path


def told(path: Path) -> tuple[object, ...]:
    """What a shop's file says, once it has been opened; it must be sound."""
    with Shop.open(path) as shop:
        found = (
            shop.rows("SELECT number, title, priority, status FROM work_order ORDER BY number"),
            shop.value("SELECT count(*) FROM time_span"),
        )
    assert [each.sentence for each in check(path) if each.kind != "rule"] == []
    return found


@each_length
@pytest.mark.parametrize("operation", ["create order", "log hours", "edit", "undo"])
def test_f005_after_a_power_cut_the_shop_is_as_before_or_as_after_and_what_was_confirmed_is_there(
    template: Path, tmp_path: Path, operation: str, count: int
) -> None:
    steps, done = power.trace(operation, template, tmp_path)
    before, after = told(template), told(done / template.name)
    for folder, ended in power.cuts(steps, template.parent, tmp_path / "cuts", count):
        found = told(folder / template.name)
        assert found in (before, after), folder
        if ended:
            assert found == after, f"{folder}: confirmed, but lost"


@each_length
def test_f005_after_a_power_cut_in_a_backup_or_restore_there_is_a_whole_file(
    template: Path, tmp_path: Path, count: int
) -> None:
    backup.make(template)
    with Shop.open(template) as shop:
        operations.edit(shop)
    steps, done = power.trace("restore", template, tmp_path)
    before, after = told(template), told(done / template.name)
    for folder, ended in power.cuts(steps, template.parent, tmp_path / "cuts", count):
        found = told(folder / template.name)
        assert found in (before, after), folder
        assert all(not backup.damage(copy) for copy in backup.listing(folder / template.name)), folder
        if ended:
            assert found == after, f"{folder}: confirmed, but lost"


@each_length
def test_f005_after_a_power_cut_in_a_migration_the_file_is_old_or_new_with_its_copy(
    template: Path, tmp_path: Path, count: int
) -> None:
    old = template.with_name("old.wotui")
    old.write_bytes(gzip.decompress(OLD_FILE.read_bytes()))
    steps, _ = power.trace("migrate", template, tmp_path)
    for folder, _ in power.cuts(steps, template.parent, tmp_path / "cuts", count):
        upgraded = told(folder / "old.wotui")
        assert upgraded, folder
        assert all(not backup.damage(copy) for copy in backup.listing(folder / "old.wotui")), folder


@each_length
@pytest.mark.parametrize("fsync", ["honest", "ignored"])
def test_f041_a_power_cut_while_a_folder_is_written_loses_nobodys_earlier_data(
    template: Path, tmp_path: Path, count: int, fsync: str
) -> None:
    shared = template.with_name("shared")
    shared.mkdir()
    with Shop.open(template) as shop:
        bob, mine = Notebook("bob22222", Own(shop).card().shop), Own(shop).held()
    bob.write(40)
    bob.attach(b"a picture" * 500)
    FolderPlace(shared).publish(bob)
    steps, _ = power.trace("publish to a folder", template, tmp_path)
    assert any(step.path.startswith("shared/") for step in steps)

    def confirms(path: str) -> bool:
        return fsync == "honest" or not path.startswith("shared")

    for folder, ended in power.cuts(steps, template.parent, tmp_path / "cuts", count, confirms=confirms):
        place, fresh = FolderPlace(folder / "shared"), Notebook("fresh222", bob.shop)
        fresh.take_in(place)
        place.close()
        assert [each for each in fresh.everything() if each.origin == "bob22222"] == bob.everything(), folder
        assert set(bob.files.items()) <= set(fresh.files.items()), folder
        if ended and fsync == "honest":
            assert mine.items() <= fresh.held().items(), f"{folder}: confirmed, but lost"


@each_length
def test_f041_a_power_cut_while_a_file_is_replaced_leaves_the_old_one_or_the_new_one(
    template: Path, tmp_path: Path, count: int
) -> None:
    with Shop.open(template) as shop:
        bob, mine = Notebook("bob22222", Own(shop).card().shop), Own(shop).held()
    bob.write(40)
    FilePlace(template.with_name("shop-shared.wotui")).publish(bob)
    steps, _ = power.trace("publish to a file", template, tmp_path)
    for folder, ended in power.cuts(steps, template.parent, tmp_path / "cuts", count):
        place = FilePlace(folder / "shop-shared.wotui")
        assert place.card() is not None, folder
        assert place.held() in (dict(bob.held()), {**bob.held(), **mine}), folder
        if ended:
            assert place.held() == {**bob.held(), **mine}, f"{folder}: confirmed, but lost"
        place.close()
