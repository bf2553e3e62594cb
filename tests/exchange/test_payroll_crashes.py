"""A crash, a full or a failing disk while the payroll is exported: the file is there whole or not at all, and the batch
is there once or not at all.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.kit import faults, operations
from wotui import clock
from wotui.exchange import payroll
from wotui.store.file import Shop
from wotui.store.reads import pay_batches

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(bool(faults.why_not()), reason=faults.why_not() or "strace works")

NAME = "payroll_generic_2026-06-08_2026-06-14_B000001r1.csv"


EACH = 4
"""In the default suite each fourth call that writes a page of the shop's file is tried, and the last one; of all other
calls each one. `-m slow` tries every call."""


@pytest.mark.parametrize("fault", ["signal=KILL", "error=ENOSPC", "error=ENOSPC+", "error=EIO"])
@pytest.mark.parametrize("each", [EACH, pytest.param(1, marks=[pytest.mark.slow, pytest.mark.timeout(600)])])
def test_f004_an_interrupted_export_leaves_no_half_file_and_is_written_again(
    tmp_path: Path, fault: str, each: int
) -> None:
    template = tmp_path / "template" / "shop.wotui"
    template.parent.mkdir()
    operations.prepare(template)
    calls, done = faults.count_calls("export payroll", template, tmp_path)
    whole = done.with_name(NAME).read_bytes()
    points = [
        (call, number)
        for call, count in sorted(calls.items())
        for number in range(1, count + 1)
        if call != "pwrite64" or number % each == 0 or number == count
    ]
    assert {call for call, _ in points} >= {"write", "fsync", "rename"}
    for point in faults.inject(
        "export payroll", template, tmp_path / "tried", fault, points, 3 * max(calls.values())
    ):
        written = point.path.with_name(NAME)
        assert not written.exists() or written.read_bytes() == whole, point
        if point.ending in {faults.ACKNOWLEDGED, faults.WENT_ON}:
            assert written.exists(), point
        if point.ending == faults.REFUSED:
            assert not written.exists(), point
            assert not list(point.path.parent.glob(".*.tmp")), point
        assert written_again(point.path) == whole, point


def written_again(path: Path) -> bytes:
    """The provider's file of an export after the fault; there is one batch, whatever became of the first try."""
    folder = path.parent / "again"
    with clock.freeze("2026-06-10T18:00:00Z"), Shop.open(path) as shop:
        done = payroll.export(shop, date(2026, 6, 10), folder)
        assert [one.label for one in pay_batches.batches(shop)] == ["B000001"]
    return done.written.path.read_bytes()
