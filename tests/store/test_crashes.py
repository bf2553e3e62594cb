"""A crash, a full or a failing disk, at every call that writes: the shop is as before or as after, never between."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.kit import faults, operations
from wotui.merge import backup
from wotui.merge.check import check
from wotui.store.file import Shop

if TYPE_CHECKING:
    from pathlib import Path

    from tests.kit.faults import Point

pytestmark = pytest.mark.skipif(bool(faults.why_not()), reason=faults.why_not() or "strace works")

EVERYDAY = ("create order", "tick", "log hours", "undo")
SHORT_PROFILE = 10
"""Points tried of each operation in the default suite, spread over all of its calls; `-m slow` tries every one."""


def state(path: Path) -> dict[str, int]:
    """How many rows each table has, and the journal and the numbers: enough to tell before from after."""
    with closing(sqlite3.connect(path)) as connection:
        names = [
            row[0]
            for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1")
        ]
        return {
            name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            for name in names
            if not name.startswith(("search", "seal"))  # what is derived, and what a backup seals
        }


class Bench:
    """An operation, its calls when nothing disturbs it, and the states before and after."""

    def __init__(self, operation: str, folder: Path, every: bool) -> None:
        self.operation, self.folder, self.every = operation, folder, every
        self.template = folder / "template" / "shop.wotui"
        self.template.parent.mkdir()
        operations.prepare(self.template)
        self.before = state(self.template)
        self.calls, done = faults.count_calls(operation, self.template, folder)
        self.after = state(done)

    def points(self) -> list[tuple[str, int]]:
        """Where to inject: every call, or an even sample with the first and the last."""
        everywhere = [
            (call, number) for call, count in sorted(self.calls.items()) for number in range(1, count + 1)
        ]
        if self.every or len(everywhere) <= SHORT_PROFILE:
            return everywhere
        step = (len(everywhere) - 1) / (SHORT_PROFILE - 1)
        return [everywhere[round(index * step)] for index in range(SHORT_PROFILE)]

    def inject(self, fault: str) -> list[Point]:
        """Run it once for each point."""
        where = self.folder / fault.replace("=", "-").replace("+", "-on")
        tried = faults.inject(
            self.operation, self.template, where, fault, self.points(), 3 * max(self.calls.values())
        )
        assert len(tried) >= 10
        return tried


def each_profile(*names: str) -> pytest.MarkDecorator:
    """Each operation in the short profile, and in the full one under the marker `slow`."""
    more = ("edit",) if names == EVERYDAY else ()
    marks = [pytest.mark.slow, pytest.mark.timeout(600)]
    full = [pytest.param(name, True, marks=marks) for name in (*names, *more)]
    return pytest.mark.parametrize(("operation", "every"), [*((name, False) for name in names), *full])


def expect_whole(point: Point) -> dict[str, int]:
    """The next start is silent, and everything about the file is sound; what it holds."""
    with Shop.open(point.path) as shop:
        shop.act_as("JD")
    assert check(point.path) == [], point
    return state(point.path)


@each_profile(*EVERYDAY)
def test_f001_killed_at_any_write_the_shop_is_as_before_or_as_after(
    tmp_path: Path, operation: str, every: bool
) -> None:
    bench = Bench(operation, tmp_path, every)
    for point in bench.inject("signal=KILL"):
        assert point.ending in {faults.KILLED, faults.ACKNOWLEDGED}, point
        found = expect_whole(point)
        assert found in (bench.before, bench.after), point
        if point.ending == faults.ACKNOWLEDGED:
            assert found == bench.after, f"{point}: acknowledged, but lost"


@each_profile("create order")
@pytest.mark.parametrize("fault", ["error=ENOSPC", pytest.param("error=EIO", marks=pytest.mark.slow)])
def test_f007_f009_a_disk_that_fails_once_says_so_and_the_same_key_works_again(
    tmp_path: Path, operation: str, every: bool, fault: str
) -> None:
    bench = Bench(operation, tmp_path, every)
    for point in bench.inject(fault):
        assert point.ending in {faults.ACKNOWLEDGED, faults.WENT_ON, faults.SAID_DONE}, point
        assert expect_whole(point) == bench.after, point


@each_profile("create order")
def test_f008_a_disk_that_stays_full_changes_nothing(tmp_path: Path, operation: str, every: bool) -> None:
    bench = Bench(operation, tmp_path, every)
    for point in bench.inject("error=ENOSPC+"):
        assert point.ending in {faults.REFUSED, faults.ACKNOWLEDGED, faults.SAID_DONE}, point
        found = expect_whole(point)
        assert found == (bench.before if point.ending == faults.REFUSED else bench.after), point


@each_profile("backup")
@pytest.mark.parametrize("fault", ["signal=KILL", "error=ENOSPC+"])
def test_f004_a_backup_that_was_interrupted_is_none(
    tmp_path: Path, operation: str, every: bool, fault: str
) -> None:
    bench = Bench(operation, tmp_path, every)
    for point in bench.inject(fault):
        assert expect_whole(point) == bench.before, point
        copies = backup.listing(point.path)
        assert [backup.damage(copy) for copy in copies] == [""] * len(copies), point
        if point.ending == faults.ACKNOWLEDGED:
            assert len(copies) == 1, point
        backup.make(point.path)  # what was left behind is in nobody's way


@each_profile("make a shop")
def test_f004_a_new_shop_that_was_interrupted_is_never_half_a_shop(
    tmp_path: Path, operation: str, every: bool
) -> None:
    bench = Bench(operation, tmp_path, every)
    for point in bench.inject("signal=KILL"):
        other = point.path.with_name("other.wotui")
        if not other.exists() or point.ending != faults.ACKNOWLEDGED:
            continue
        assert check(other) == [], point
