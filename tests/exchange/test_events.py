"""The drop folder under faults: half-written files, repeated delivery, kills, full disks, links, names that clash."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from wotui.actions.events import RULES
from wotui.errors import FileTrouble, Refused
from wotui.exchange import drop_folder, events
from wotui.exchange.drop_folder import Memory
from wotui.store.file import Shop
from wotui.store.reads import events as reads

if TYPE_CHECKING:
    from pathlib import Path

    from wotui.exchange.drop_folder import Look
    from wotui.exchange.events import Swept

MAIL = b"From: Ann <ann@house.example>\nSubject: The lift stands still\nMessage-ID: <1@x>\n\nSince this morning.\n"


@pytest.fixture
def folder(shop: Shop, tmp_path: Path) -> Path:
    """A drop folder of a shop with PUMP-01 and a rule for jams."""
    builders.asset(shop, "PUMP-01")
    RULES.add(shop, "Jams", {"source": "event", "event": "jam"})
    made = tmp_path / "events"
    made.mkdir()
    return made


def at_once(_seconds: float) -> None:
    """Do not wait."""


def put(folder: Path, name: str, content: object, age: float = 100) -> Path:
    """A file that was written `age` seconds ago."""
    path = folder / name
    text = content if isinstance(content, (str, bytes)) else json.dumps(content)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    _age(path, age)
    return path


def _age(path: Path, age: float) -> None:
    moment = time.time() - age
    os.utime(path, (moment, moment))


def jam(number: object = 1, tag: str = "PUMP-01") -> dict[str, object]:
    return {"asset_tag": tag, "event": "jam", "event_id": number}


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir())


def kept(shop: Shop) -> int:
    return shop.value("SELECT count(*) FROM machine_event WHERE deleted_at IS NULL")


def sweep(shop: Shop, folder: Path) -> Swept:
    return events.sweep(shop, folder)


def test_what_lies_in_the_folder_is_taken_in_and_moved(shop: Shop, folder: Path) -> None:
    put(folder, "a.json", jam(1))
    put(folder, "b.CSV", "asset_tag,event,event_id\nPUMP-01,jam,2\nPUMP-01,jam,3\n")
    put(folder, "c.eml", MAIL)
    put(folder, "notes.txt", "not for us")
    put(folder, ".hidden.json", jam(9))
    put(folder, "half.json.tmp", jam(9))
    swept = sweep(shop, folder)
    assert names(folder) == [
        ".hidden.json",
        "done/a.json",
        "done/b.CSV",
        "done/c.eml",
        "half.json.tmp",
        "notes.txt",
    ]
    assert (swept.taken, swept.repeated, swept.failed) == (4, 0, [])
    assert kept(shop) == 3
    assert shop.rows("SELECT title FROM request ORDER BY title") == [
        ("PUMP-01: jam",),
        ("The lift stands still",),
    ]
    assert swept.sentence == "Took in 4 events of 3 files."


def test_an_empty_folder_says_nothing_and_changes_nothing(shop: Shop, folder: Path) -> None:
    assert sweep(shop, folder).sentence == ""
    assert names(folder) == []


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.json", "{", "not whole JSON"),
        ("a.json", "", "not whole JSON"),
        ("a.json", b"\xff\xfe\x00", "not UTF-8"),
        ("a.json", jam(tag="NONE"), "There is no asset NONE"),
        ("a.json", [jam(1), {"asset_tag": "PUMP-01"}], "Event 2"),
        ("a.json", {"asset_tag": "PUMP-01", "event": "jam", "at": "noon"}, "noon"),
        ("a.csv", "asset_tag,event\nPUMP-01\n", "cells"),
        ("a.eml", "\x00\x01", "no mail"),
    ],
)
def test_what_cannot_be_taken_in_goes_to_failed_with_the_reason(
    shop: Shop, folder: Path, name: str, content: object, why: str
) -> None:
    put(folder, name, content)
    put(folder, "good.json", jam(1))
    swept = sweep(shop, folder)
    assert names(folder) == ["done/good.json", f"failed/{name}", f"failed/{name}.reason.txt"]
    assert why in (folder / "failed" / f"{name}.reason.txt").read_text()
    assert [failed for failed, _ in swept.failed] == [name]
    assert kept(shop) == 1


def test_a_failed_file_leaves_nothing_of_itself(shop: Shop, folder: Path) -> None:
    put(folder, "a.json", [jam(1), jam(2), jam(3, tag="NONE")])
    sweep(shop, folder)
    assert kept(shop) == 0
    put(folder, "a.json", [jam(1), jam(2)])
    sweep(shop, folder)
    assert kept(shop) == 2
    assert "failed/a.json" in names(folder)


def test_repeated_delivery_counts_once_and_names_do_not_clash(shop: Shop, folder: Path) -> None:
    for _ in range(3):
        put(folder, "a.json", jam(1))
        sweep(shop, folder)
    assert names(folder) == ["done/a-2.json", "done/a-3.json", "done/a.json"]
    assert kept(shop) == 1


def test_a_copy_under_another_name_counts_once(shop: Shop, folder: Path) -> None:
    put(folder, "a.json", jam(1))
    put(folder, "copy of a.json", jam(1))
    swept = sweep(shop, folder)
    assert (swept.taken, swept.repeated) == (1, 1)


def test_events_without_id_and_time_are_known_by_when_their_file_was_written(
    shop: Shop, folder: Path
) -> None:
    plain = {"asset_tag": "PUMP-01", "event": "jam"}
    put(folder, "a.json", plain, age=300)
    put(folder, "b.json", plain, age=200)
    assert sweep(shop, folder).taken == 2


# files that are being written


def test_a_file_that_grows_is_left_alone(shop: Shop, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(folder, "a.json", '[{"asset_tag": "PUMP-01", ', age=0)

    def the_writer_goes_on(_seconds: float) -> None:
        path.write_text('[{"asset_tag": "PUMP-01", "event": "jam", ')

    monkeypatch.setattr(drop_folder.time, "sleep", the_writer_goes_on)
    swept = sweep(shop, folder)
    assert swept.waiting == ["a.json"]
    assert names(folder) == ["a.json"]
    put(folder, "a.json", jam(1))
    assert sweep(shop, folder).done == ["a.json"]


def test_a_file_that_was_written_just_now_is_looked_at_twice(
    shop: Shop, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    monkeypatch.setattr(drop_folder.time, "sleep", slept.append)
    put(folder, "a.json", jam(1), age=0)
    assert sweep(shop, folder).done == ["a.json"]
    assert slept == [drop_folder.BETWEEN]


def test_a_young_file_that_is_not_whole_may_still_become_so(
    shop: Shop, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The writer paused in the middle for longer than we look; a minute later it counts as broken."""
    monkeypatch.setattr(drop_folder.time, "sleep", at_once)
    path = put(folder, "a.json", '{"asset_tag": "PUMP-01"', age=10)
    assert sweep(shop, folder).waiting == ["a.json"]
    _age(path, 61)
    assert [name for name, _ in sweep(shop, folder).failed] == ["a.json"]


def test_a_file_that_changes_while_it_is_read_is_left_alone(
    shop: Shop, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(folder, "a.json", jam(1), age=10)
    looks = drop_folder.looks(folder)

    def before(_folder: Path) -> list[Look]:
        return looks

    monkeypatch.setattr(drop_folder, "looks", before)
    path.write_text(json.dumps([jam(1), jam(2)]))
    assert sweep(shop, folder).waiting == ["a.json"]
    assert kept(shop) == 0


def test_a_file_from_a_computer_whose_clock_is_ahead_is_looked_at_twice(
    shop: Shop, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drop_folder.time, "sleep", at_once)
    put(folder, "a.json", {"asset_tag": "PUMP-01", "event": "jam"}, age=-7200)
    assert sweep(shop, folder).done == ["a.json"]
    assert reads.newest(shop, 1)[0].at <= "2026-06-10T17:00:00Z"


def test_somebody_who_looks_again_and_again_takes_a_new_file_at_the_second_look(
    shop: Shop, folder: Path
) -> None:
    memory = Memory()
    put(folder, "a.json", jam(1), age=0)
    assert events.sweep(shop, folder, memory).waiting == ["a.json"]
    assert events.sweep(shop, folder, memory).done == ["a.json"]


# odd files


def test_links_and_pipes_are_never_read(shop: Shop, folder: Path, tmp_path: Path) -> None:
    secret = put(tmp_path, "secret.json", jam(7))
    (folder / "link.json").symlink_to(secret)
    (folder / "nowhere.json").symlink_to(tmp_path / "nowhere")
    os.mkfifo(folder / "pipe.json")
    (folder / "folder.json").mkdir()
    swept = sweep(shop, folder)
    assert [name for name, _ in swept.failed] == ["link.json", "nowhere.json", "pipe.json"]
    assert all("no plain file" in why for _, why in swept.failed)
    assert kept(shop) == 0
    assert secret.exists()
    assert (folder / "failed" / "link.json").is_symlink()


def test_a_huge_file_is_not_read(shop: Shop, folder: Path) -> None:
    with (folder / "big.json").open("wb") as file:
        file.truncate(50 * 1024**3)
    _age(folder / "big.json", 100)
    swept = sweep(shop, folder)
    assert "larger than 16 MB" in swept.failed[0][1]


def test_a_file_that_may_not_be_read_goes_to_failed(
    shop: Shop, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(*_arguments: object) -> int:
        raise PermissionError(13, "Permission denied")

    put(folder, "a.json", jam(1))
    monkeypatch.setattr(drop_folder.os, "open", denied)
    swept = sweep(shop, folder)
    assert swept.failed == [("a.json", "a.json cannot be read: Permission denied. Check its permissions.")]


def test_a_folder_that_may_not_be_changed_keeps_its_files_and_nothing_counts_twice(
    shop: Shop, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(*_arguments: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    put(folder, "a.json", jam(1))
    memory = Memory()
    with monkeypatch.context() as patch:
        patch.setattr(drop_folder.Path, "mkdir", denied)
        first = events.sweep(shop, folder, memory)
        assert first.stuck == [("a.json", "It cannot be moved to done/: Permission denied.")]
        assert events.sweep(shop, folder, memory).stuck == []  # said once
        assert events.sweep(shop, folder).repeated == 1
    assert names(folder) == ["a.json"]
    assert kept(shop) == 1
    _age(folder / "a.json", 50)  # touched: it is tried again
    assert events.sweep(shop, folder, memory).done == ["a.json"]


def test_the_home_folder_and_the_shops_own_are_no_drop_folders(
    shop: Shop, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    put(tmp_path / "home", "letters.csv", "a,b\n1,2\n")
    put(shop.path.parent, "hours.csv", "a,b\n1,2\n")
    for wrong in (tmp_path / "home", shop.path.parent, folder / ".." / "home"):
        with pytest.raises(Refused, match="no drop folder"):
            sweep(shop, wrong)
    assert (tmp_path / "home" / "letters.csv").exists()
    assert (shop.path.parent / "hours.csv").exists()


def test_a_missing_folder_is_named(shop: Shop, tmp_path: Path) -> None:
    with pytest.raises(FileTrouble, match="cannot be read"):
        sweep(shop, tmp_path / "nowhere")


def test_a_reason_that_cannot_be_written_keeps_nobody_from_moving_the_file(
    shop: Shop, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(drop_folder.Path, "write_text", full)
    put(folder, "a.json", "{")
    assert [name for name, _ in sweep(shop, folder).failed] == ["a.json"]
    assert names(folder) == ["failed/a.json"]


def test_when_the_disk_is_full_every_file_stays_and_is_taken_in_later(shop: Shop, folder: Path) -> None:
    put(folder, "a.json", [{**jam(number), "value": "x" * 100} for number in range(3000)])
    put(folder, "b.eml", MAIL)
    pages = shop.value("PRAGMA page_count")
    shop.value(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(FileTrouble):
        sweep(shop, folder)
    assert names(folder) == ["a.json", "b.eml"]
    shop.value("PRAGMA max_page_count = 1073741823")
    assert kept(shop) == 0
    assert sweep(shop, folder).taken == 3001


def test_two_who_look_at_the_same_time_count_once(shop: Shop, folder: Path) -> None:
    """The second has seen the file, too, but the first has taken it away meanwhile."""
    put(folder, "a.json", jam(1))
    (look,) = drop_folder.looks(folder)
    assert drop_folder.move(folder, look, "done")
    assert not drop_folder.move(folder, look, "failed", "too late")
    assert names(folder) == ["done/a.json"]


KILLED = """
import os, sys
from pathlib import Path
from wotui.exchange import drop_folder, events
from wotui.store.file import Shop
from wotui.store.transaction import Transaction

where, shop, folder = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
move, finish = drop_folder.move, Transaction.finish
calls = 0

def killed(*arguments):
    global calls
    calls += 1
    if where == f"move {calls}":
        os._exit(9)
    return move(*arguments)

def unfinished(self):
    finish(self)
    if where == "commit":
        os._exit(9)

drop_folder.move, Transaction.finish = killed, unfinished
with Shop.open(shop) as opened:
    events.sweep(opened, folder)
"""


@pytest.mark.parametrize("where", ["commit", "move 1", "move 2", "move 3"])
def test_a_kill_at_any_moment_loses_nothing_and_counts_nothing_twice(
    shop: Shop, folder: Path, where: str
) -> None:
    for number in range(2):
        put(folder, f"{number}.json", [jam(2 * number), jam(2 * number + 1)])
    put(folder, "bad.json", "{")
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, where, str(shop.path), str(folder)], check=False, timeout=60
    )
    assert killed.returncode == 9
    sweep(shop, folder)
    assert names(folder) == ["done/0.json", "done/1.json", "failed/bad.json", "failed/bad.json.reason.txt"]
    assert kept(shop) == 4
    assert shop.value("SELECT count(*) FROM request") == 1


def test_what_is_made_in_the_folder_is_for_its_owner_only(shop: Shop, folder: Path) -> None:
    put(folder, "a.json", jam(1))
    sweep(shop, folder)
    assert stat.S_IMODE((folder / "done").stat().st_mode) == 0o700


def test_a_mail_that_comes_twice_is_one_request(shop: Shop, folder: Path) -> None:
    put(folder, "a.eml", MAIL)
    put(folder, "b.eml", MAIL)
    swept = sweep(shop, folder)
    assert (swept.taken, swept.repeated) == (1, 1)
    assert names(folder) == ["done/a.eml", "done/b.eml"]
