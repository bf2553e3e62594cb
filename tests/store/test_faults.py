"""Faults of the disk and of the clock that need no tracing: quotas, rights, links, flipped bits, wrong clocks."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from wotui.actions import labor
from wotui.cli import output
from wotui.domain.identity import new_id
from wotui.errors import FileTrouble
from wotui.merge import backup
from wotui.merge.check import check
from wotui.store.file import Shop

if TYPE_CHECKING:
    from tests.kit.clock import FrozenClock

ROOT = Path(__file__).parents[2]
BOUND = "-dac_override,-dac_read_search"


def without_rights(path: Path, program: str) -> str:
    """Run a program on a file as somebody whom its mode binds; gives what it printed."""
    bound = [] if os.geteuid() else ["setpriv", f"--bounding-set={BOUND}", f"--inh-caps={BOUND}"]
    done = subprocess.run(
        [*bound, sys.executable, "-c", program, str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


needs_bounds = pytest.mark.skipif(
    not hasattr(os, "geteuid") or (os.geteuid() == 0 and not shutil.which("setpriv")),
    reason="root may write everything here, and there is no setpriv to bind it",
)

READS_ONLY = """
import sys
from pathlib import Path
from wotui.errors import FileTrouble
from wotui.store.file import Shop
with Shop.open(Path(sys.argv[1])) as shop:
    print(shop.read_only, shop.value("SELECT count(*) FROM work_order"), shop.read_only_reason)
    try:
        with shop.transaction() as tx:
            tx.insert("customer", name="Acme")
    except FileTrouble as trouble:
        print(trouble)
"""


@needs_bounds
@pytest.mark.parametrize(("file_mode", "folder_mode"), [(0o400, 0o700), (0o600, 0o500)], ids=["f013", "f014"])
def test_f013_f014_a_file_or_folder_without_the_right_to_write_is_opened_to_read(
    a_shop_on_disk: Path, tmp_path: Path, file_mode: int, folder_mode: int
) -> None:
    folder = tmp_path / "bound"
    folder.mkdir()
    path = folder / "shop.wotui"
    path.write_bytes(a_shop_on_disk.read_bytes())
    path.chmod(file_mode)
    folder.chmod(folder_mode)
    try:
        said = without_rights(path, READS_ONLY)
    finally:
        folder.chmod(0o700)
    assert said.startswith("True 1 ")
    assert "is open for reading only" in said


def test_f012_a_quota_is_a_full_disk(shop: Shop) -> None:
    before = shop.value("SELECT count(*) FROM change")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (shop.path.stat().st_size + 4096, hard))
    try:
        with pytest.raises(FileTrouble, match="nothing was changed"):
            too_much(shop)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert shop.value("SELECT count(*) FROM change") == before
    builders.order(shop, "There is room again")
    assert check(shop.path) == []


def too_much(shop: Shop) -> None:
    with shop.transaction() as tx:
        for number in range(400):
            tx.insert("customer", name=f"Acme {number}", notes="x" * 2000)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_f011_a_full_target_keeps_the_old_file_and_says_so(shop: Shop, tmp_path: Path) -> None:
    with pytest.raises(FileTrouble):
        output.write_file("/dev/full", b"x" * 10_000)
    target = tmp_path / "hours.csv"
    target.write_bytes(b"old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with pytest.raises(FileTrouble):
            output.write_file(target, b"x" * 100_000)
        with pytest.raises(FileTrouble):
            backup.make(shop.path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert target.read_bytes() == b"old"
    assert backup.listing(shop.path) == []
    assert [path.name for path in tmp_path.iterdir() if path.suffix in {".part", ".tmp"}] == []


def test_f020_a_bit_that_flips_in_the_history_is_seen_by_check_and_before_anything_is_sent(
    shop: Shop,
) -> None:
    builders.order(shop, "Grease the pump in hall nine")
    backup.make(shop.path)  # seals what is there
    shop.close()
    content = bytearray(shop.path.read_bytes())
    with closing(sqlite3.connect(shop.path)) as connection:
        patch = connection.execute("SELECT patch FROM change WHERE patch LIKE '%hall nine%'").fetchone()[0]
    at = content.find(patch.encode())
    assert at > 0
    content[at + patch.encode().find(b"nine")] ^= 1
    shop.path.write_bytes(content)
    assert "is not what was sealed" in "\n".join(finding.sentence for finding in check(shop.path))
    with pytest.raises(FileTrouble, match="not what was sealed"):
        backup.make(shop.path)


def test_f026_a_change_is_noticed_whatever_the_times_of_the_files_say(shop: Shop) -> None:
    before, times = shop.data_version(), shop.path.stat()
    with Shop.open(shop.path) as other:
        builders.order(other, "Written by somebody else")
    os.utime(shop.path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert shop.data_version() != before


@pytest.mark.parametrize("days", [-1, 3650, -20_000])
def test_f036_a_clock_that_jumps_neither_reorders_edits_nor_makes_negative_hours(
    shop: Shop, frozen_clock: FrozenClock, days: int
) -> None:
    order = builders.order(shop, "Grease the pump", status="in_progress")
    with shop.transaction() as tx:
        tx.update("work_order", order, title="First")
        tx.done("Edited.")
    frozen_clock.move(days=days)
    with shop.transaction() as tx:
        tx.update("work_order", order, title="Second")
        tx.done("Edited.")
    clocks = [t for (t,) in shop.rows("SELECT t FROM change WHERE row = ? ORDER BY seq", (order,))]
    assert clocks == sorted(set(clocks))
    assert [finding for finding in check(shop.path) if finding.kind == "record"] == []


def test_f037_a_timer_over_midnight_and_the_changed_clock_counts_whole_minutes(
    shop: Shop, frozen_clock: FrozenClock
) -> None:
    worker = shop.value("SELECT id FROM person WHERE initials = 'JD'")
    order = builders.order(shop, "Night shift")
    frozen_clock.move(days=143)  # 31 October, the night before Chicago's clocks go back
    frozen_clock.move(hours=10)
    with shop.transaction() as tx:
        labor.start_timer(tx, worker, order)
        tx.done("Started.")
    frozen_clock.move(hours=8)
    with shop.transaction() as tx:
        minutes = labor.stop_timer(tx, worker)
        tx.done("Stopped.")
    assert minutes == int(timedelta(hours=8).total_seconds()) // 60


def test_f039_ids_of_one_moment_differ_and_their_order_is_total(frozen_clock: FrozenClock) -> None:
    made = [new_id() for _ in range(5000)]
    assert len(set(made)) == len(made)
