"""Backups: proven before they count, thinned with the years, never made from a damaged file."""

from __future__ import annotations

import sqlite3
import stat
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from wotui.errors import FileTrouble
from wotui.merge import backup
from wotui.merge.backup import Backup
from wotui.store import snapshot
from wotui.store.file import Shop

if TYPE_CHECKING:
    from tests.kit.clock import FrozenClock

NOON = datetime(2026, 6, 10, 17, tzinfo=UTC)


def tables_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every ordinary table, for comparing two files; the source is sealed after it was copied."""
    connection = sqlite3.connect(path)
    try:
        names = [
            row[0]
            for row in connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'seal' ORDER BY 1"
            )
        ]
        return {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}
    finally:
        connection.close()


def made(number: int, *, days_ago: float = 0, reason: str = "asked") -> Backup:
    """A backup as the thinning sees it."""
    return Backup(Path(f"{number}.wotui"), NOON - timedelta(days=days_ago), number, reason, 1)


def kept(backups: list[Backup], newest_proven: int = 0) -> set[int]:
    """Numbers that the thinning keeps."""
    gone = {old.number for old in backup.to_remove(backups, newest_proven=newest_proven)}
    return {old.number for old in backups} - gone


def test_a_backup_holds_every_row_and_opens_as_a_shop(shop: Shop) -> None:
    builders.order(shop, "Grease the pump")
    copy = backup.make(shop.path)
    assert tables_of(copy.path) == tables_of(shop.path)
    with Shop.open(copy.path, read_only=True) as opened:
        assert opened.value("SELECT title FROM work_order") == "Grease the pump"


def test_a_backup_is_readable_by_its_owner_only(shop: Shop) -> None:
    copy = backup.make(shop.path)
    assert stat.S_IMODE(copy.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(copy.path.parent.stat().st_mode) == 0o700


def test_a_backup_is_a_single_file_without_a_journal_mode_of_its_own(shop: Shop) -> None:
    copy = backup.make(shop.path)
    assert copy.path.read_bytes()[18:20] == b"\x01\x01"
    assert [path.name for path in copy.path.parent.iterdir()] == [copy.path.name]


def test_backups_are_listed_newest_first_with_when_and_why(shop: Shop, frozen_clock: FrozenClock) -> None:
    backup.make(shop.path)
    frozen_clock.move(hours=1)
    backup.make(shop.path, "import")
    (backup.folder_of(shop.path) / "notes.txt").write_text("not a backup")
    listed = backup.listing(shop.path)
    assert [(copy.number, copy.reason, copy.made_at) for copy in listed] == [
        (2, "import", NOON + timedelta(hours=1)),
        (1, "asked", NOON),
    ]
    assert [backup.damage(copy) for copy in listed] == ["", ""]


def test_a_shop_without_backups_lists_none(shop: Shop) -> None:
    assert backup.listing(shop.path) == []


def test_a_backup_while_somebody_writes_is_whole(shop: Shop) -> None:
    stop = threading.Event()

    def write() -> None:
        with Shop.open(shop.path) as other:
            while not stop.wait(0.005):  # a writer that never rests would starve every reader of the lock
                builders.order(other, "Written meanwhile")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        copies = [backup.make(shop.path) for _ in range(3)]
    finally:
        stop.set()
        writer.join()
    assert [backup.damage(copy) for copy in copies] == ["", "", ""]


@pytest.mark.parametrize("harm", ["empty", "text", "cut", "page"])
def test_f114_a_damaged_file_is_never_copied_and_no_older_backup_goes(shop: Shop, harm: str) -> None:
    before = backup.make(shop.path)
    shop.close()
    content = bytearray(shop.path.read_bytes())
    if harm == "empty":
        content = bytearray()
    elif harm == "text":
        content = bytearray(b"dear diary" * 1000)
    elif harm == "cut":
        content = content[: len(content) // 2]
    else:
        content[4096 * 3 : 4096 * 4] = bytes(4096)
    shop.path.write_bytes(content)
    with pytest.raises(FileTrouble, match="damaged"):
        backup.make(shop.path)
    assert [copy.path for copy in backup.listing(shop.path)] == [before.path]
    assert [path.name for path in before.path.parent.iterdir()] == [before.path.name]


def test_f115_a_damaged_backup_is_named_as_damaged(shop: Shop) -> None:
    copy = backup.make(shop.path)
    content = bytearray(copy.path.read_bytes())
    content[4096 * 3 : 4096 * 4] = bytes(4096)
    copy.path.write_bytes(content)
    assert backup.damage(copy)


def test_a_backup_to_a_stick_goes_where_it_was_told_and_replaces_nothing(shop: Shop, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    target = stick / "copy.wotui"
    backup.make(shop.path, target=target)
    assert tables_of(target) == tables_of(shop.path)
    with pytest.raises(FileTrouble, match="exists already"):
        backup.make(shop.path, target=target)
    assert not backup.folder_of(shop.path).exists()


def test_a_backup_that_cannot_be_written_leaves_no_half_file(shop: Shop, tmp_path: Path) -> None:
    with pytest.raises(FileTrouble):
        backup.make(shop.path, target=tmp_path / "nowhere" / "copy.wotui")
    if Path("/dev/full").exists():
        with pytest.raises(FileTrouble):
            backup.make(shop.path, target=Path("/dev/full"))
    assert not list(tmp_path.glob("**/*.part"))


def test_a_copy_that_differs_from_its_source_is_thrown_away(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def falsified(original: sqlite3.Connection, draft: Path) -> str:
        with sqlite3.connect(draft) as copy:
            copy.execute("UPDATE counter SET next = next + 1")
        copy.close()
        return proven(original, draft)

    builders.order(shop)
    proven = snapshot._difference  # pyright: ignore[reportPrivateUsage]
    monkeypatch.setattr(snapshot, "_difference", falsified)
    with pytest.raises(FileTrouble, match="differs in counter"):
        backup.make(shop.path, target=tmp_path / "copy.wotui")
    assert not (tmp_path / "copy.wotui").exists()


def test_the_last_ten_backups_are_kept() -> None:
    assert kept([made(number) for number in range(1, 31)]) == set(range(21, 31))


def test_days_weeks_and_months_keep_their_newest() -> None:
    every_day_for_two_years = [made(731 - age, days_ago=age) for age in range(731)]
    stay = kept(every_day_for_two_years)
    ages = sorted(731 - number for number in stay)
    assert ages[:10] == list(range(10))  # the last ten
    assert len(ages) <= backup.KEEP_LAST + backup.KEEP_WEEKS + backup.KEEP_MONTHS
    months = {(NOON - timedelta(days=age)).strftime("%Y-%m") for age in ages}
    assert len(months) == backup.KEEP_MONTHS


def test_backups_from_before_a_migration_stay_for_ever() -> None:
    backups = [
        made(number, reason="migration" if number == 1 else "asked", days_ago=1) for number in range(1, 31)
    ]
    assert 1 in kept(backups)


def test_the_newest_proven_backup_is_never_thinned_away() -> None:
    assert 3 in kept([made(number) for number in range(1, 31)], newest_proven=3)


def test_f038_a_backup_dated_in_the_future_does_not_hide_the_newer_ones() -> None:
    backups = [made(number, days_ago=-3650 if number == 1 else 0) for number in range(1, 31)]
    assert set(range(21, 31)) <= kept(backups)


def test_thinning_happens_when_a_backup_is_made(shop: Shop) -> None:
    for _ in range(12):
        backup.make(shop.path)
    assert [copy.number for copy in backup.listing(shop.path)] == list(range(12, 2, -1))


def test_a_file_that_vanished_meanwhile_is_said_in_words(shop: Shop, frozen_clock: FrozenClock) -> None:
    backup.make(shop.path)
    shop.path.rename(shop.path.with_name("elsewhere.wotui"))
    frozen_clock.move(hours=24)
    with pytest.raises(FileTrouble, match="cannot be opened"):
        backup.make_if_due(shop.path)
