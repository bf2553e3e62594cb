"""Merging with the shop's own place: fetched first, given up at any moment, never twice at once, copies included."""

from __future__ import annotations

import hashlib
import shutil
import threading
from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from wotui import settings
from wotui.errors import FileTrouble, Refused, UsageProblem
from wotui.merge import engine, identity, sharing
from wotui.merge.beforehand import Beforehand, GivenUp, Watch
from wotui.merge.places.folder import FolderPlace
from wotui.store.file import Shop

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from wotui.merge.places import Change


@pytest.fixture
def order(shop: Shop) -> str:
    return builders.order(shop, "Grease the pump")


@pytest.fixture
def laptop(shop: Shop, order: str, tmp_path: Path) -> Iterator[Shop]:
    """A second file of the shop, which went on as a device of its own."""
    identity.settle(shop)
    (tmp_path / "bag").mkdir()
    shutil.copy(shop.path, tmp_path / "bag" / "laptop.wotui")
    with Shop.open(tmp_path / "bag" / "laptop.wotui") as opened:
        assert identity.settle(opened)
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "shared"
    path.mkdir()
    return path


def merge(shop: Shop, *paths: Path) -> int:
    return sum(account.changes_in for account in sharing.run(shop, paths, Watch()))


def titles(shop: Shop) -> set[str]:
    return {title for (title,) in shop.rows("SELECT title FROM work_order")}


def test_what_is_not_shared_yet_is_counted_without_a_look_at_the_place(
    shop: Shop, laptop: Shop, folder: Path
) -> None:
    everything = shop.value("SELECT count(*) FROM change")
    assert sharing.unshared(shop, folder) == everything
    assert sharing.last_merged(folder) == ""
    merge(shop, folder)
    assert sharing.unshared(shop, folder) == 0
    assert sharing.last_merged(folder) == "2026-06-10T17:00:00Z"
    builders.order(shop, "Fix the door")
    shutil.rmtree(folder)
    assert sharing.unshared(shop, folder) > 0


def test_a_place_that_is_gone_leaves_the_file_as_it_was_and_the_next_merge_brings_it_all(
    shop: Shop, laptop: Shop, folder: Path
) -> None:
    merge(laptop, folder)
    with pytest.raises(FileTrouble, match="cannot be reached"):
        merge(shop, folder / "gone" / "shop-shared.wotui")
    builders.order(shop, "Fix the door")
    merge(shop, folder)
    merge(laptop, folder)
    assert titles(shop) == titles(laptop) == {"Grease the pump", "Fix the door"}


@pytest.mark.parametrize("stage", ["looking", "reading", "merging"])
def test_a_merge_that_is_given_up_before_it_sends_changes_nothing(
    shop: Shop, laptop: Shop, folder: Path, stage: str
) -> None:
    builders.order(laptop, "Fix the door")
    merge(laptop, folder)
    before = shop.rows("SELECT * FROM change ORDER BY origin, seq")
    with pytest.raises(GivenUp):
        sharing.run(shop, [folder], _GivesUpAt(stage))
    assert shop.rows("SELECT * FROM change ORDER BY origin, seq") == before
    assert titles(shop) == {"Grease the pump"}
    assert merge(shop, folder) > 0
    assert "Fix the door" in titles(shop)


def test_a_merge_that_is_given_up_while_it_sends_keeps_what_came_in(
    shop: Shop, laptop: Shop, folder: Path
) -> None:
    builders.order(laptop, "Fix the door")
    merge(laptop, folder)
    builders.order(shop, "Weld the rail")
    with pytest.raises(GivenUp):
        sharing.run(shop, [folder], _GivesUpAt("sending"))
    assert "Fix the door" in titles(shop)
    merge(shop, folder)
    merge(laptop, folder)
    assert "Weld the rail" in titles(laptop)


def test_while_a_drive_hangs_people_go_on_writing_in_the_file(
    shop: Shop, laptop: Shop, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    builders.order(laptop, "Fix the door")
    merge(laptop, folder)
    hangs, may_go_on = threading.Event(), threading.Event()
    read = FolderPlace.changes

    def slow(self: FolderPlace, beyond: Mapping[str, int]) -> Iterator[Change]:
        hangs.set()
        assert may_go_on.wait(10)
        return read(self, beyond)

    monkeypatch.setattr(FolderPlace, "changes", slow)
    watch = Watch()
    thread = threading.Thread(target=sharing.run, args=(shop, [folder], watch))
    thread.start()
    assert hangs.wait(10)
    builders.order(shop, "Weld the rail")
    with pytest.raises(Refused, match="Another merge"):
        sharing.run(shop, [folder], Watch())
    may_go_on.set()
    thread.join(10)
    assert watch.finished.is_set()
    assert titles(shop) == {"Grease the pump", "Fix the door", "Weld the rail"}


def test_a_merge_that_hangs_and_was_given_up_makes_room_for_another(
    shop: Shop, laptop: Shop, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hangs, may_go_on = threading.Event(), threading.Event()
    look = FolderPlace.card

    def slow(self: FolderPlace) -> object:
        hangs.set()
        assert may_go_on.wait(10)
        return look(self)

    with monkeypatch.context() as patch:
        patch.setattr(FolderPlace, "card", slow)
        watch, ended = Watch(), list[BaseException]()
        thread = threading.Thread(target=_note_end, args=(ended, shop, folder, watch))
        thread.start()
        assert hangs.wait(10)
        watch.give_up()
    merge(shop, tmp_path / "bag" / "shop-shared.wotui")
    may_go_on.set()
    thread.join(10)
    assert [type(error) for error in ended] == [GivenUp]
    assert not list(folder.iterdir()), "who gave up a merge wants nothing written there"


def _note_end(ended: list[BaseException], shop: Shop, folder: Path, watch: Watch) -> None:
    try:
        sharing.run(shop, [folder], watch)
    except GivenUp as error:
        ended.append(error)


def test_conflicted_copies_and_older_generations_beside_a_shared_file_are_taken_in_once(
    shop: Shop, laptop: Shop, tmp_path: Path
) -> None:
    shared = tmp_path / "bag" / "shop-shared.wotui"
    builders.order(laptop, "Fix the door")
    merge(laptop, shared)
    copy = shared.with_name("shop-shared (conflicted copy).wotui")
    shared.rename(copy)
    (shared.with_name("shop-shared.wotui~")).write_bytes(b"no file of ours")
    first = sharing.run(shop, [shared], Watch())
    assert [account.place for account in first] == [str(copy), str(shared)]
    assert "Fix the door" in titles(shop)
    assert not any("lies beside" in notice for account in first for notice in account.notices)
    assert len(sharing.run(shop, [shared], Watch())) == 1


def test_a_dry_run_changes_neither_side(shop: Shop, laptop: Shop, folder: Path) -> None:
    builders.order(laptop, "Fix the door")
    merge(laptop, folder)
    listing = sorted(path.name for path in folder.iterdir())
    builders.order(shop, "Weld the rail")
    (account,) = sharing.run(shop, [folder], Watch(), dry_run=True)
    assert account.dry_run
    assert account.records_new > 0
    assert account.changes_out > 0
    assert sorted(path.name for path in folder.iterdir()) == listing
    assert "Fix the door" not in titles(shop)
    assert sharing.unshared(shop, folder) > 0


def test_sharing_through_a_folder_makes_it_and_shares_at_once(
    shop: Shop, laptop: Shop, tmp_path: Path
) -> None:
    path, (account,) = sharing.set_up(shop, sharing.FOLDER, str(tmp_path / "drive"), Watch())
    assert path == tmp_path / "drive"
    assert account.changes_out == shop.value("SELECT count(*) FROM change")
    again, _ = sharing.set_up(laptop, sharing.FOLDER, str(path), Watch())
    assert again == path


def test_sharing_through_a_file_names_it_where_only_its_folder_was_named(shop: Shop, tmp_path: Path) -> None:
    builders.order(shop, "Fix the door")
    path, _ = sharing.set_up(shop, sharing.FILE, str(tmp_path), Watch())
    assert path == tmp_path / "shop-shared.wotui"
    assert path.is_file()
    named, _ = sharing.set_up(shop, sharing.FILE, str(tmp_path / "other"), Watch())
    assert named == tmp_path / "other.wotui"


def test_a_folder_with_other_things_in_it_is_not_taken(shop: Shop, folder: Path) -> None:
    (folder / "letter.txt").write_text("Dear tenant")
    with pytest.raises(UsageProblem, match="holds other things"):
        sharing.set_up(shop, sharing.FOLDER, str(folder), Watch())
    with pytest.raises(FileTrouble, match="cannot be reached"):
        sharing.set_up(shop, sharing.FOLDER, str(folder / "a" / "b"), Watch())
    with pytest.raises(UsageProblem, match="is a file"):
        sharing.set_up(shop, sharing.FOLDER, str(folder / "letter.txt"), Watch())


def test_another_shops_folder_is_refused_and_left_alone(shop: Shop, tmp_path: Path) -> None:
    with builders.new_shop(tmp_path / "other.wotui") as other:
        sharing.set_up(other, sharing.FOLDER, str(tmp_path / "drive"), Watch())
    listing = sorted(path.name for path in (tmp_path / "drive").iterdir())
    with pytest.raises(Refused, match="another shop"):
        sharing.set_up(shop, sharing.FOLDER, str(tmp_path / "drive"), Watch())
    assert sorted(path.name for path in (tmp_path / "drive").iterdir()) == listing


def test_where_a_shared_folder_was_no_file_is_made_while_its_drive_is_away(
    shop: Shop, laptop: Shop, folder: Path, tmp_path: Path
) -> None:
    merge(shop, folder)
    folder.rename(tmp_path / "unplugged")
    with pytest.raises(FileTrouble, match="cannot be reached"):
        merge(shop, folder)
    assert not folder.exists()
    folder.mkdir()  # the bare mount point
    with pytest.raises(FileTrouble, match="is empty, but it held"):
        sharing.run(shop, [folder], Watch(), unasked=True)
    assert not list(folder.iterdir())
    (account,) = sharing.run(shop, [folder], Watch())
    assert account.changes_out > 0
    assert "had lost" in account.notices[-1]


def test_attachments_are_fetched_beforehand(shop: Shop, laptop: Shop, folder: Path, order: str) -> None:
    name = hashlib.sha256(b"a pump").hexdigest()
    with laptop.transaction() as tx:
        tx.store_bytes(name, b"a pump")
        tx.insert("attachment", parent_kind="work_order", parent_id=order, name="pump.txt", sha256=name)
        tx.done("Attached.")
    merge(laptop, folder)
    place = Beforehand(FolderPlace(folder), shop, Watch())
    assert place.card() is not None
    assert len(place.blob_names()) == 1
    engine.merge(shop, place)
    place.close()
    assert shop.value("SELECT bytes FROM blob") == b"a pump"


def test_when_a_merge_runs_by_itself_is_a_setting_of_this_computer() -> None:
    assert not settings.Computer().merges("on_start")
    assert settings.Computer().every_minutes == 0
    shared = settings.Computer(shared_file="/mnt/shop")
    assert (shared.merges("on_start"), shared.merges("on_quit"), shared.every_minutes) == (True, True, 15)
    settings.computer_file().parent.mkdir(parents=True, exist_ok=True)
    settings.computer_file().write_text(
        'shared_file = "/mnt/shop"\n[merge]\non_start = false\nevery_minutes = 5\non_quit = "perhaps"\n'
    )
    loaded = settings.load()
    assert (loaded.merges("on_start"), loaded.merges("on_quit"), loaded.every_minutes) == (False, True, 5)
    assert "merge.on_quit takes yes or no" in loaded.problems[0]


@pytest.mark.parametrize(
    ("name", "typed"), [("on_start", "perhaps"), ("every_minutes", "-1"), ("at_noon", "yes")]
)
def test_a_value_that_is_none_is_named(name: str, typed: str) -> None:
    with pytest.raises(UsageProblem, match=f"merge.{name}"):
        settings.merge_setting(name, typed)


class _GivesUpAt(Watch):
    """Somebody who gives the merge up as soon as it comes to a stage."""

    def __init__(self, stage: str) -> None:
        super().__init__()
        self._at = stage

    def step(self, stage: str, done: int = 0, total: int = 0) -> None:
        if stage.startswith(self._at):
            self.give_up()
        super().step(stage, done, total)
