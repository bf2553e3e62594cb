"""The shared folder: immutable bundles named by what is in them; nothing to lock, nothing to overwrite."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import random
from typing import TYPE_CHECKING

import pytest

from tests.kit.journals import SHOP, Notebook, notebook
from wotui.errors import FileTrouble, Refused
from wotui.merge.places import bundle, folder, writing
from wotui.merge.places.folder import FolderPlace

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def own_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "shared"
    path.mkdir()
    return path


def sync(book: Notebook, path: Path) -> int:
    """What a merge does to both sides; gives what it sent."""
    place = FolderPlace(path)
    try:
        book.take_in(place)
        return place.publish(book)
    finally:
        place.close()


def read_back(path: Path) -> Notebook:
    fresh = Notebook("fresh222")
    place = FolderPlace(path)
    try:
        fresh.take_in(place)
    finally:
        place.close()
    return fresh


def notes(path: Path) -> str:
    place = FolderPlace(path)
    place.card()
    place.close()
    return " ".join(place.notes())


def bundles(path: Path) -> list[Path]:
    return sorted(path.glob("*.jsonl.gz"))


def write_bundle(
    path: Path, header: dict[str, object], rows: list[object], name: str = "eve22222-1-1"
) -> Path:
    content = gzip.compress("\n".join([json.dumps(header), *map(json.dumps, rows)]).encode())
    made = path / f"{name}-{hashlib.sha256(content).hexdigest()[:16]}.jsonl.gz"
    made.write_bytes(content)
    return made


HEADER: dict[str, object] = {
    "shop": SHOP, "format": 1, "written_by": "0.1.0", "origin": "eve22222", "first": 1, "last": 1,
}  # fmt: skip
ROW: list[object] = [1, 1_780_000_000_000, None, None, 1, "work_order", "row-1", "{}"]


def test_an_empty_folder_becomes_the_shops(path: Path) -> None:
    ann = notebook()
    assert FolderPlace(path).card() is None
    assert sync(ann, path) == 12
    assert json.loads((path / "shop.json").read_text())["shop"] == SHOP
    assert read_back(path).everything() == ann.everything()
    assert read_back(path).files == ann.files
    assert len(list(path.iterdir())) == 3, "a card, a bundle and an attachment"


def test_publishing_again_writes_nothing(path: Path) -> None:
    ann = notebook()
    sync(ann, path)
    before = sorted(path.iterdir())
    assert sync(ann, path) == 0
    assert sorted(path.iterdir()) == before


def test_three_laptops_hold_the_same_after_each_has_met_the_folder_twice(path: Path) -> None:
    books = [notebook("ann22222", 5), notebook("bob22222", 9), notebook("cat22222", 3)]
    for book in books + books:
        sync(book, path)
    assert books[0].everything() == books[1].everything() == books[2].everything()
    assert len(books[0].files) == 3


def test_the_same_changes_make_the_same_bundle() -> None:
    ann = notebook()
    made, content = bundle.pack(SHOP, ann.everything())
    assert bundle.pack(SHOP, ann.everything()) == (made, content)
    assert bundle.by_name(made.name) == made
    assert bundle.unpack(made, content, SHOP) == ann.everything()


def test_many_small_bundles_of_ones_own_become_one(path: Path) -> None:
    ann, bob = notebook("ann22222"), notebook("bob22222")
    sync(bob, path)
    for _ in range(folder.MOST_SMALL + 1):
        ann.write()
        sync(ann, path)
    assert len(bundles(path)) == 2, "Bob's one is still his"
    assert read_back(path).everything() == ann.everything()
    assert len(ann.everything()) == 12 + 12 + folder.MOST_SMALL + 1
    assert sync(bob, path) == 0


def test_nobody_tidies_what_somebody_else_wrote(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = notebook("ann22222")
    for _ in range(folder.MOST_SMALL - 2):
        ann.write()
        sync(ann, path)
    before = bundles(path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state of another computer"))
    bob = notebook("bob22222")
    for _ in range(5):
        bob.write()
        sync(bob, path)
    assert set(before) <= set(bundles(path))


def test_f043_what_two_send_at_the_same_moment_is_all_there(path: Path) -> None:
    ann, bob = notebook("ann22222"), notebook("bob22222")
    one, other = FolderPlace(path), FolderPlace(path)
    one.card()
    other.card()
    assert one.publish(ann) == other.publish(bob) == 12
    assert read_back(path).held() == {"ann22222": 12, "bob22222": 12}


def test_f045_a_folder_that_lost_files_is_completed_and_says_so(path: Path) -> None:
    ann = notebook()
    sync(ann, path)
    ann.write(5)
    sync(ann, path)
    bundles(path)[-1].unlink()
    place = FolderPlace(path)
    assert place.publish(ann) in {5, 12, 17}
    assert "had lost" in " ".join(place.notes())
    assert read_back(path).everything() == ann.everything()


def test_f046_a_folder_that_was_emptied_is_filled_again(path: Path) -> None:
    ann = notebook()
    sync(ann, path)
    for each in path.iterdir():
        each.unlink()
    assert FolderPlace(path).card() is None
    assert sync(ann, path) == 12
    assert read_back(path).files == ann.files


def test_f047_another_shops_folder_is_never_written_to(path: Path) -> None:
    sync(notebook(shop="another shop"), path)
    before = sorted(path.iterdir())
    with pytest.raises(Refused, match="another shop"):
        FolderPlace(path).publish(notebook("bob22222"))
    assert sorted(path.iterdir()) == before


def test_f047_a_bundle_of_another_shop_is_left_out_and_named(path: Path) -> None:
    ann = notebook()
    sync(ann, path)
    stray = write_bundle(path, {**HEADER, "shop": "other"}, [ROW])
    assert f"{stray.name} belongs to another shop; it was left out." in notes(path)
    assert read_back(path).everything() == ann.everything()


@pytest.mark.parametrize("where", ["shop.json", "bundle"])
def test_f052_a_newer_format_is_named_and_left_alone(path: Path, where: str) -> None:
    sync(notebook(), path)
    if where == "bundle":
        write_bundle(path, {**HEADER, "format": 9, "written_by": "7.2.0"}, [])
    else:
        (path / "shop.json").write_text('{"shop": "x", "format": 9, "written_by": "7.2.0"}')
    before = {each: each.read_bytes() for each in path.iterdir()}
    with pytest.raises(FileTrouble, match=r"made by wotui 7\.2\.0.*update"):
        FolderPlace(path).publish(notebook("bob22222"))
    assert {each: each.read_bytes() for each in path.iterdir()} == before


def test_f054_a_forked_origin_is_refused_by_name(path: Path) -> None:
    sync(notebook(), path)
    other = Notebook("ann22222")
    other.write(12, "Something else")
    with pytest.raises(Refused, match="two copies of one file"):
        FolderPlace(path).publish(other)


def test_a_torn_bundle_is_waited_for_then_set_aside_and_sent_again(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = notebook()
    sync(ann, path)
    torn = bundles(path)[0]
    content = torn.read_bytes()
    torn.write_bytes(content[:-40])
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state of another computer"))
    bob = notebook("bob22222")
    for _ in range(2):
        sync(bob, path)
        assert torn.exists(), "it may be on its way"
        assert "ann22222" not in bob.held()
    sync(bob, path)
    assert not torn.exists()
    assert torn.with_name(f"{torn.name}.damaged").exists()
    assert sync(ann, path) == 12
    sync(bob, path)
    assert bob.held()["ann22222"] == 12


def test_ones_own_torn_bundle_is_sent_again_at_once(path: Path) -> None:
    ann = notebook()
    sync(ann, path)
    torn = bundles(path)[0]
    content = torn.read_bytes()
    torn.write_bytes(content[:-40])
    assert sync(ann, path) == 12
    assert torn.read_bytes() == content


def test_a_gap_waits_and_closes(path: Path) -> None:
    ann = notebook()
    for _ in range(3):
        ann.write(4)
        sync(ann, path)
    middle = next(each for each in bundles(path) if "-17-20-" in each.name)
    content = middle.read_bytes()
    middle.unlink()
    assert read_back(path).held() == {"ann22222": 16}
    middle.write_bytes(content)
    assert read_back(path).held() == {"ann22222": 24}


def test_a_torn_attachment_is_set_aside_and_sent_again(path: Path) -> None:
    ann = notebook()
    sync(ann, path)
    blob = next(path.glob("*.blob"))
    blob.write_bytes(b"half")
    for _ in range(3):
        assert read_back(path).files == {}
    assert not blob.exists()
    sync(ann, path)
    assert read_back(path).files == ann.files


def test_a_card_that_was_torn_is_written_again(path: Path) -> None:
    ann = notebook()
    sync(ann, path)
    (path / "shop.json").write_bytes(b'{"sho')
    assert read_back(path).everything() == ann.everything()
    sync(ann, path)
    assert json.loads((path / "shop.json").read_text())["shop"] == SHOP


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        ({"last": 2}, [ROW]),
        ({"origin": "bob22222"}, [ROW]),
        ({}, []),
        ({}, [[2, *ROW[1:]]]),
        ({}, [ROW[:-1]]),
        ({}, [[*ROW[:-1], "not an object"]]),
        ({}, [[*ROW[:-1], "{\ud800}"]]),
        ({}, [[1, 1.5, *ROW[2:]]]),
        ({}, [[1, 2**70, *ROW[2:]]]),
        ({}, [[1, True, *ROW[2:]]]),
        ({}, [[*ROW[:6], "row\0", "{}"]]),
        ({}, [["x"] * 8]),
        ({"format": "1"}, [ROW]),
    ],
    ids=str,
)
def test_f064_to_f067_a_bundle_that_no_wotui_wrote_is_left_out(
    path: Path, header: dict[str, object], rows: list[object]
) -> None:
    ann = notebook()
    sync(ann, path)
    stray = write_bundle(path, {**HEADER, **header}, rows)
    assert f"{stray.name} " in notes(path)
    assert read_back(path).everything() == ann.everything()
    ann.write()
    assert sync(ann, path) == 1, "it is in nobody's way"


def test_f065_a_bundle_that_unpacks_to_gigabytes_is_left_out(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle, "LARGEST_UNPACKED", 1 << 20)
    content = gzip.compress(bytes(50 << 20))
    made = path / f"eve22222-1-1-{hashlib.sha256(content).hexdigest()[:16]}.jsonl.gz"
    made.write_bytes(content)
    assert "more than any bundle holds" in notes(path)


def test_f071_to_f073_links_pipes_and_huge_files_are_not_read(path: Path) -> None:
    ann = notebook()
    sync(ann, path)
    (path / f"eve22222-1-1-{'0' * 16}.jsonl.gz").symlink_to("/etc/passwd")
    os.mkfifo(path / f"eve22222-2-2-{'0' * 16}.jsonl.gz")
    (path / f"eve22222-3-3-{'0' * 16}.jsonl.gz").touch()
    os.truncate(path / f"eve22222-3-3-{'0' * 16}.jsonl.gz", 50 << 30)
    (path / f"eve22222-4-4-{'0' * 16}.jsonl.gz").mkdir()
    assert "4 files" in notes(path)
    assert read_back(path).everything() == ann.everything()


def test_f058_what_a_cloud_folder_puts_there_is_left_alone(path: Path) -> None:
    ann = notebook()
    sync(ann, path)
    for name in (
        "desktop.ini",
        "shop (conflicted copy).json",
        f"{bundles(path)[0].name}.sync-conflict-1",
        "~$x",
    ):
        (path / name).write_bytes(b"?")
    assert read_back(path).everything() == ann.everything()
    assert sync(ann, path) == 0


def test_f040_a_folder_that_is_not_there_says_that_work_goes_on(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble, match=r"cannot be reached.*kept here"):
        FolderPlace(tmp_path / "not mounted").card()


def test_f041_a_disk_that_is_full_leaves_whole_bundles_only(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = notebook()
    sync(ann, path)
    before = sorted(path.iterdir())
    ann.write(9)

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(FileTrouble, match="is full"):
        FolderPlace(path).publish(ann)
    monkeypatch.undo()
    assert sorted(path.iterdir()) == before
    assert sync(ann, path) == 9


def test_what_an_interrupted_writer_left_is_removed_by_the_next(path: Path) -> None:
    left = path / f".eve.jsonl.gz.{writing.host()}-4194303999-0badcafe.part"
    left.write_bytes(b"half")
    sync(notebook(), path)
    assert not left.exists()


def test_a_letter_is_taken_once(path: Path) -> None:
    place = FolderPlace(path)
    assert place.take_letter("A", "ann22222", "Ann's laptop")
    assert not place.take_letter("A", "bob22222", "Bob's laptop")
    assert place.take_letter("A", "ann22222", "Ann's laptop"), "it is hers already"
    assert place.take_letter("AB", "bob22222", "Bob's laptop")
    assert place.letters() == {"A": "ann22222", "AB": "bob22222"}


def test_a_long_journal_is_cut_into_bundles(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "MOST_CHANGES", 50)
    ann = notebook(changes=130)
    assert sync(ann, path) == 130
    assert len(bundles(path)) == 3
    assert read_back(path).everything() == ann.everything()


def test_what_is_known_to_be_whole_is_not_read_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ann = notebook()
    for _ in range(10):
        ann.write()
        sync(ann, path)
    opened: list[str] = []
    real = bundle.is_whole

    def is_whole(each: bundle.Bundle, content: bytes) -> bool:
        opened.append(each.name)
        return real(each, content)

    monkeypatch.setattr(bundle, "is_whole", is_whole)
    ann.write()
    sync(ann, path)
    assert len(opened) <= 3, "the last one, for the comparison that finds forks, and the new one"


def try_mutants(path: Path, count: int, seed: int, own: Path) -> int:
    """Spoil a bundle in so many ways; what is taken must be what was sent, from its start."""
    ann, chance, taken = notebook(changes=120), random.Random(seed), 0
    place = FolderPlace(path)
    place.publish(ann)
    spoilt, before = bundles(path)[0], own.read_bytes()
    original = spoilt.read_bytes()
    for number in range(count):
        content = bytearray(original)
        kind = chance.randrange(4)
        if kind == 0:
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del content[chance.randrange(len(content)) :]
        elif kind == 2:
            at = chance.randrange(len(content))
            content[at : at + 64] = bytes(64)
        else:
            content = bytearray(gzip.compress(_spoil(gzip.decompress(original), chance)))
        target = spoilt
        if kind == 3:  # a forger gives it the right name
            target = path / f"ann22222-1-120-{hashlib.sha256(content).hexdigest()[:16]}.jsonl.gz"
            spoilt.unlink(missing_ok=True)
        target.write_bytes(content)
        fresh = Notebook("fresh222")
        try:
            fresh.take_in(FolderPlace(path))
        except FileTrouble:
            assert own.read_bytes() == before
        if fresh.everything():
            taken += 1
            assert kind == 3 or fresh.everything() == ann.everything(), f"mutant {number} of seed {seed}"
            assert [change.seq for change in fresh.everything()] == list(range(1, 121))
        for each in path.glob("ann22222*"):
            each.unlink()
    return count - taken


def _spoil(content: bytes, chance: random.Random) -> bytes:
    spoilt = bytearray(content)
    for _ in range(chance.choice([1, 2, 8])):
        spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    return bytes(spoilt)


def test_f070_five_hundred_spoilt_bundles(path: Path, empty_shop_file: Path) -> None:
    assert try_mutants(path, 500, 20260610, empty_shop_file) > 300


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_f070_twenty_thousand_spoilt_bundles(path: Path, empty_shop_file: Path) -> None:
    assert try_mutants(path, 20_000, random.SystemRandom().randrange(2**32), empty_shop_file) > 12_000
