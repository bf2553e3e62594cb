"""A crash, a full or a failing disk, at every call of a merge, a restore and a migration that writes."""

from __future__ import annotations

import gzip
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.kit import builders, faults, operations
from tests.kit.journals import Notebook
from wotui.merge import backup, engine
from wotui.merge.check import check
from wotui.merge.own import Own
from wotui.merge.places.file import FilePlace
from wotui.merge.places.folder import FolderPlace
from wotui.store import vectors
from wotui.store.file import Shop

if TYPE_CHECKING:
    from tests.kit.faults import Point
    from wotui.merge.places import Place

pytestmark = [
    pytest.mark.skipif(bool(faults.why_not()), reason=faults.why_not() or "strace works"),
    pytest.mark.timeout(300),  # a traced process is slow where a machine does three other things
]

SHORT_PROFILE = 5
"""Points tried in the default suite, spread over all calls; `-m slow` tries every one."""
OLD_FILE = Path(__file__).parents[1] / "store" / "files" / "format-1.wotui.gz"
PLACES = {"merge with a file": "shop-shared.wotui", "merge with a folder": "shared"}
ANSWERED = {faults.ACKNOWLEDGED, faults.WENT_ON, faults.REFUSED, faults.SAID_DONE}


def each(*names: str) -> pytest.MarkDecorator:
    """Each operation with each fault: a sample in the suite, every call under the marker `slow`."""
    marks = [pytest.mark.slow, pytest.mark.timeout(1800)]
    short = [pytest.param(name, "signal=KILL", False) for name in names]
    full = [
        pytest.param(name, fault, True, marks=marks)
        for name in names
        for fault in ("signal=KILL", "error=ENOSPC", "error=EIO", "error=ENOSPC+")
    ]
    return pytest.mark.parametrize(("operation", "fault", "every"), short + full)


def points(operation: str, template: Path, folder: Path, fault: str, every: bool) -> list[Point]:
    """Run the operation once for each point; how each of them ended."""
    calls, _ = faults.count_calls(operation, template, folder)
    everywhere = [(call, number) for call, count in sorted(calls.items()) for number in range(1, count + 1)]
    if not every:
        step = (len(everywhere) - 1) / (SHORT_PROFILE - 1)
        everywhere = [everywhere[round(index * step)] for index in range(SHORT_PROFILE)]
    tried = faults.inject(operation, template, folder / "tried", fault, everywhere, 3 * max(calls.values()))
    for point in tried:
        assert point.ending in ({faults.KILLED, faults.ACKNOWLEDGED} if "KILL" in fault else ANSWERED), point
    print(
        f"{operation}, {fault}: {len(tried)} points",
        Counter(f"{point.call} {point.ending}" for point in tried),
    )
    return tried


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """A shop's file in a folder of its own, which is copied for each point."""
    path = tmp_path / "template" / "shop.wotui"
    path.parent.mkdir()
    operations.prepare(path)
    return path


def place_of(operation: str, shop_file: Path) -> Place:
    path = shop_file.with_name(PLACES[operation])
    return FilePlace(path) if operation == "merge with a file" else FolderPlace(path)


@each(*PLACES)
def test_f002_a_merge_that_was_cut_short_is_not_there_or_is_all_there_and_the_next_completes_it(
    template: Path, tmp_path: Path, operation: str, fault: str, every: bool
) -> None:
    template.with_name("shared").mkdir()
    with Shop.open(template) as shop:
        bob = Notebook("bob22222", Own(shop).card().shop)
    bob.write(30)
    place_of(operation, template).publish(bob)
    for point in points(operation, template, tmp_path, fault, every):
        with Shop.open(point.path) as shop:
            came = vectors.held(shop).get("bob22222", 0)
            assert came in {0, 30}, point
            assert wrong(point.path) == [], point
            if point.ending in {faults.ACKNOWLEDGED, faults.WENT_ON}:
                assert came == 30, f"{point}: acknowledged, but lost"
            place = place_of(operation, point.path)
            engine.merge(shop, place, agreed=True)
            assert place.card() is not None
            assert dict(place.held()) == vectors.held(shop), point
            assert vectors.held(shop)["bob22222"] == 30, point
            place.close()
        assert wrong(point.path) == [], point
        assert all(not backup.damage(copy) for copy in backup.listing(point.path)), point


@each("restore")
def test_f004_f116_a_restore_that_was_cut_short_leaves_the_old_file_or_the_restored_one(
    template: Path, tmp_path: Path, operation: str, fault: str, every: bool
) -> None:
    backup.make(template)
    with Shop.open(template) as shop:
        builders.order(shop, "Younger than the backup")
        old = {str(row[0]) for row in shop.rows("SELECT title FROM work_order")}
    new = old - {"Younger than the backup"}
    for point in points(operation, template, tmp_path, fault, every):
        found = titles(point.path)
        assert found in (old, new), point
        assert wrong(point.path) == [], point
        if found == new:
            kept = list(point.path.parent.glob("shop.before-restore-*.wotui"))
            assert old in [titles(path) for path in kept], point
        if point.ending in {faults.ACKNOWLEDGED, faults.WENT_ON}:
            assert found == new, f"{point}: acknowledged, but not restored"


@each("migrate")
def test_f112_a_migration_that_was_cut_short_is_not_there_or_is_all_there_with_a_proven_copy_before(
    template: Path, tmp_path: Path, operation: str, fault: str, every: bool
) -> None:
    template.with_name("old.wotui").write_bytes(gzip.decompress(OLD_FILE.read_bytes()))
    for point in points(operation, template, tmp_path, fault, every):
        path = point.path.with_name("old.wotui")
        with closing(sqlite3.connect(path)) as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > 1:
            (copy, *_) = backup.listing(path)
            assert copy.reason == "migration", point
            assert not backup.damage(copy), point
        Shop.open(path).close()
        assert check(path) == [], point
        if point.ending in {faults.ACKNOWLEDGED, faults.WENT_ON}:
            assert version > 1, f"{point}: acknowledged, but lost"


def titles(path: Path) -> set[str]:
    with Shop.open(path) as shop:
        return {str(row[0]) for row in shop.rows("SELECT title FROM work_order")}


def wrong(path: Path) -> list[str]:
    """What the check finds, but for rules: Bob's orders are made up."""
    return [finding.sentence for finding in check(path) if finding.kind != "rule"]
