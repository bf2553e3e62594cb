"""The shared file: written beside and renamed, never believed before it is verified, whole again whoever lost it."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.kit.journals import Notebook, notebook
from wotui.errors import FileTrouble, Refused, UsageProblem
from wotui.merge.places import building, courtesy, shape, writing
from wotui.merge.places.file import FilePlace
from wotui.merge.places.reading import ForeignJournal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "shop-shared.wotui"


@pytest.fixture
def shared(path: Path) -> Iterator[FilePlace]:
    place = FilePlace(path)
    yield place
    place.close()


def sync(book: Notebook, path: Path) -> int:
    """What a merge does to both sides; gives what it sent."""
    place = FilePlace(path)
    try:
        book.take_in(place)
        return place.publish(book)
    finally:
        place.close()


def read_back(path: Path) -> Notebook:
    fresh = Notebook("fresh222")
    place = FilePlace(path)
    try:
        fresh.take_in(place)
    finally:
        place.close()
    return fresh


def test_a_missing_file_is_made_with_everything_in_it(path: Path, shared: FilePlace) -> None:
    ann = notebook()
    assert shared.card() is None
    assert shared.publish(ann) == 12
    card = shared.card()
    assert card is not None
    assert card.shop == ann.shop
    assert read_back(path).everything() == ann.everything()
    assert read_back(path).files == ann.files
    assert list(path.parent.iterdir()) == [path], "nothing but the file is left there"


def test_publishing_again_writes_nothing(path: Path) -> None:
    ann = notebook()
    sync(ann, path)
    before = path.stat()
    assert sync(ann, path) == 0
    assert path.stat() == before


def test_three_laptops_hold_the_same_after_each_has_met_the_file_twice(path: Path) -> None:
    books = [notebook("ann22222", 5), notebook("bob22222", 9), notebook("cat22222", 3)]
    for book in books + books:
        sync(book, path)
    assert books[0].everything() == books[1].everything() == books[2].everything()
    assert len(books[0].files) == 3


def test_a_stick_carries_for_others(path: Path, tmp_path: Path) -> None:
    ann, bob, cat = notebook("ann22222"), notebook("bob22222"), notebook("cat22222")
    sync(ann, path)
    sync(bob, path)
    stick = tmp_path / "stick.wotui"
    sync(bob, stick)
    sync(cat, stick)
    assert cat.held() == {"ann22222": 12, "bob22222": 12, "cat22222": 12}


def test_three_generations_stay(path: Path) -> None:
    ann = notebook()
    for _ in range(6):
        ann.write()
        sync(ann, path)
    kept = [path.with_name(f"{path.name}.{number}") for number in (1, 2, 3)]
    assert [len(read_back(one).everything()) for one in kept] == [17, 16, 15]
    assert not path.with_name(f"{path.name}.4").exists()


def test_f041_a_stick_that_is_full_says_so_and_is_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = notebook()
    sync(ann, path)
    before = path.read_bytes()
    ann.write()
    real = os.write

    def full(descriptor: int, content: bytes) -> int:
        if len(content) > 1000:
            raise OSError(28, "No space left on device")
        return real(descriptor, content)

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(FileTrouble, match="is full"):
        FilePlace(path).publish(ann)
    monkeypatch.undo()
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]
    assert sync(ann, path) == 1


def test_f043_what_two_overwrote_comes_back_with_the_next_merge(path: Path) -> None:
    ann, bob = notebook("ann22222"), notebook("bob22222")
    sync(ann, path)
    alone = path.read_bytes()
    sync(bob, path)
    path.write_bytes(alone)  # Ann's rename came last
    sync(ann, path)
    assert sync(bob, path) == 12
    sync(ann, path)
    assert ann.everything() == bob.everything()


def test_f043_who_publishes_in_between_is_merged_in(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ann, bob = notebook("ann22222"), notebook("bob22222")
    sync(ann, path)
    ann.write()
    real, others = building.build, [bob]

    def build(*arguments: object) -> int | None:
        sent = real(*arguments)  # pyright: ignore[reportArgumentType]
        if others:
            sync(others.pop(), path)
        return sent

    monkeypatch.setattr(building, "build", build)
    assert FilePlace(path, wait=None).publish(ann) == 1
    assert read_back(path).held() == {"ann22222": 13, "bob22222": 12}


def test_f044_the_lock_of_a_dead_process_here_is_taken_at_once(path: Path) -> None:
    lock = path.with_name(f"{path.name}.lock")
    lock.write_text(f'{{"host": "{writing.host()}", "pid": 4194303999}}')
    place, start = FilePlace(path), time.monotonic()
    place.publish(notebook())
    assert time.monotonic() - start < 1
    assert any("left behind" in note for note in place.notes())
    assert not lock.exists()


def test_f044_the_lock_of_another_computer_is_taken_after_five_minutes(path: Path) -> None:
    lock = path.with_name(f"{path.name}.lock")
    lock.write_text('{"host": "elsewhere", "pid": 1}')
    FilePlace(path, wait=0.1).publish(notebook())
    assert lock.exists(), "a lock of somebody who may be alive stays, and is not waited for long"
    long_ago = time.time() - courtesy.SECONDS_UNTIL_DEAD - 5
    os.utime(lock, (long_ago, long_ago))
    ann = notebook()
    ann.write()
    place = FilePlace(path)
    place.publish(ann)
    assert not lock.exists()


def test_f045_a_file_that_was_rolled_back_is_completed(path: Path) -> None:
    ann = notebook()
    sync(ann, path)
    last_month = path.read_bytes()
    ann.write(5)
    sync(ann, path)
    path.write_bytes(last_month)
    place = FilePlace(path)
    place.card()
    assert "had lost 5 changes" in " ".join(place.notes())
    place.close()
    assert sync(ann, path) == 5
    assert read_back(path).everything() == ann.everything()


def test_f046_a_file_that_was_deleted_is_made_again_and_deletes_nothing(path: Path) -> None:
    ann = notebook()
    sync(ann, path)
    path.unlink()
    assert sync(ann, path) == 12
    assert len(ann.everything()) == 12


def test_f047_another_shops_file_is_never_written_to(path: Path) -> None:
    sync(notebook(shop="another shop"), path)
    before = path.read_bytes()
    with pytest.raises(Refused, match="another shop"):
        FilePlace(path).publish(notebook("bob22222"))
    assert path.read_bytes() == before


def test_f052_a_newer_format_is_named_and_left_alone(path: Path) -> None:
    sync(notebook(), path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE meta SET written_by = '7.2.0'")
        connection.execute("ALTER TABLE change ADD COLUMN mood TEXT")
        connection.execute("PRAGMA user_version = 9")
        connection.commit()
    before = path.read_bytes()
    with pytest.raises(FileTrouble, match=r"made by wotui 7\.2\.0.*update"):
        FilePlace(path).publish(notebook("bob22222"))
    assert path.read_bytes() == before


def test_f054_a_forked_origin_is_refused_by_name(path: Path) -> None:
    sync(notebook(), path)
    other = Notebook("ann22222")
    other.write(12, "Something else")
    before = path.read_bytes()
    with pytest.raises(Refused, match="two copies of one file"):
        FilePlace(path).publish(other)
    assert path.read_bytes() == before


def test_f055_a_file_too_large_for_memory_is_read_from_a_private_copy(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = notebook(changes=500)
    sync(ann, path)
    monkeypatch.setattr("wotui.merge.places.reading.KEPT_IN_MEMORY", 4096)
    journal = ForeignJournal.read(path)
    assert journal is not None
    copy = journal.taken.copy
    assert copy is not None
    assert copy.stat().st_mode & 0o777 == 0o600
    assert list(journal.changes({})) == ann.everything()
    journal.close()
    assert not copy.exists()
    ann.write()
    assert sync(ann, path) == 1


@pytest.mark.parametrize("name", ["shared.wotui.", "shared.wotui "])
def test_f057_a_name_that_windows_would_shorten_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageProblem, match="another name"):
        FilePlace(tmp_path / name).publish(notebook())
    assert list(tmp_path.iterdir()) == []


def test_f058_copies_made_by_hand_are_named_and_not_read(path: Path) -> None:
    ann = notebook()
    sync(ann, path)
    names = ("shop-shared (2).wotui", "shop-shared (conflicted copy).wotui", "shop-shared.wotui~")
    for name in (*names, "notes.txt"):
        path.with_name(name).write_bytes(path.read_bytes())
    place = FilePlace(path)
    said = " ".join(place.notes())
    assert all(name in said for name in names)
    assert "notes.txt" not in said


def test_f040_a_place_that_is_not_there_says_that_work_goes_on(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble, match=r"cannot be reached.*kept here"):
        FilePlace(tmp_path / "not mounted" / "s.wotui").card()


def test_what_an_interrupted_writer_left_is_removed_by_the_next(path: Path) -> None:
    left = path.with_name(f".{path.name}.{writing.host()}-4194303999-0badcafe.tmp")
    left.write_bytes(b"half")
    living = path.with_name(f".{path.name}.elsewher-1-0badcafe.tmp")
    living.write_bytes(b"half")
    FilePlace(path).publish(notebook())
    assert not left.exists()
    assert living.exists()


def test_the_format_has_the_three_tables_and_nothing_else(path: Path) -> None:
    sync(notebook(), path)
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall()
    assert tuple(sql for (sql,) in found) == shape.SCHEMA
