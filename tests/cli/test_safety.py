"""`wotui backup`, `backups` and `check`."""

from __future__ import annotations

import json
import sqlite3
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from tests.kit import builders

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Call
    from wotui.store.file import Shop


def test_a_backup_is_made_listed_and_can_be_opened(
    shop: Shop, run: Callable[..., Call], bare: Callable[..., Call]
) -> None:
    builders.order(shop, "Grease the pump")
    made = run("backup")
    assert made.code == 0, made.err
    path = Path(made.out.strip())
    assert path.parent.name == "shop.backups"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [order["title"] for order in bare("list", "--json", "--db", str(path)).json] == ["Grease the pump"]
    (listed,) = run("backups", "--json").json
    assert listed["path"] == str(path)
    assert listed["damage"] is None
    assert "sound" in run("backups").out


def test_a_backup_can_go_to_a_stick(run: Callable[..., Call], tmp_path: Path) -> None:
    target = tmp_path / "stick" / "monday.wotui"
    target.parent.mkdir()
    assert run("backup", "-o", str(target)).out.strip() == str(target)
    assert target.is_file()
    assert run("backup", "-o", str(tmp_path / "none" / "x.wotui")).code == 5


def test_no_backups_is_an_answer(run: Callable[..., Call]) -> None:
    answer = run("backups")
    assert (answer.code, answer.out) == (0, "")
    assert "wotui backup" in answer.err
    assert run("backups", "--json").json == []


def test_a_sound_file_checks_with_0_and_a_damaged_one_with_5(shop: Shop, run: Callable[..., Call]) -> None:
    builders.asset(shop, "PUMP-01")
    sound = run("check")
    assert (sound.code, sound.out) == (0, "")
    assert "sound" in sound.err
    assert run("check", "--json").json == []
    shop.close()
    tamper = sqlite3.connect(shop.path)
    names = tamper.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'asset'"
    ).fetchall()
    tamper.executescript(
        "".join(f'DROP TRIGGER "{name}";' for (name,) in names) + "UPDATE asset SET name = 'other'"
    )
    tamper.close()
    damaged = run("check", "--json")
    assert damaged.code == 5
    assert json.loads(damaged.out)
    assert run("check").out


def test_a_file_that_is_no_shop_is_never_backed_up(tmp_path: Path, bare: Callable[..., Call]) -> None:
    path = tmp_path / "bad.wotui"
    path.write_bytes(b"no shop" * 1000)
    assert bare("backup", "--db", str(path)).code == 5
    assert bare("check", "--db", str(path)).code == 5
    assert sorted(each.name for each in tmp_path.iterdir() if each.suffix == ".wotui") == ["bad.wotui"]


def test_restoring_asks_first_and_says_what_was_kept(shop: Shop, run: Callable[..., Call]) -> None:
    builders.order(shop, "Grease the pump")
    run("backup")
    builders.order(shop, "Fix the door")
    shop.close()
    asked = run("restore", "1")
    assert asked.code == 3
    assert "--yes" in asked.err
    assert len(run("list", "--json").json) == 2
    done = run("restore", "1", "--yes")
    assert done.code == 0, done.err
    assert "What it replaced is kept as shop.before-restore-" in done.err
    assert [order["title"] for order in run("list", "--json").json] == ["Grease the pump"]
    assert run("check").code == 0


def test_restoring_what_is_not_there_names_the_list(run: Callable[..., Call]) -> None:
    call = run("restore", "77", "--yes")
    assert call.code == 5
    assert "wotui backups" in call.err


def test_f018_a_damaged_file_names_the_newest_sound_backup(shop: Shop, run: Callable[..., Call]) -> None:
    builders.order(shop, "Grease the pump")
    run("backup")
    newest = Path(run("backup").out.strip())
    shop.close()
    newest.write_bytes(b"torn" * 2000)
    shop.path.write_bytes(shop.path.read_bytes()[:100] + bytes(4000))
    call = run("list")
    assert call.code == 5
    assert "wotui restore 1" in call.err, call.err
    assert run("restore", "1", "--yes").code == 0
    assert [order["title"] for order in run("list", "--json").json] == ["Grease the pump"]


def test_f017_a_missing_file_names_its_backups(shop: Shop, run: Callable[..., Call]) -> None:
    run("backup")
    shop.close()
    shop.path.unlink()
    assert "wotui restore 1" in run("list").err


def test_a_repaired_copy_is_made_and_the_file_stays_as_it_is(
    shop: Shop, run: Callable[..., Call], tmp_path: Path
) -> None:
    builders.order(shop, "Grease the pump")
    with sqlite3.connect(shop.path) as connection:
        connection.execute("UPDATE me SET applying = 1")
        connection.execute("UPDATE work_order SET title = 'Nothing', status = 'closed'")
        connection.execute("UPDATE me SET applying = 0")
    connection.close()
    found = run("check")
    assert found.code == 5
    assert "W-A0001: title is not what its history says." in found.out
    assert "W-A0001: status is not what its steps lead to." in found.out
    assert "--repair -o FILE" in found.err
    before = shop.path.read_bytes()
    target = tmp_path / "repaired.wotui"
    assert run("check", "--repair").code == 2
    made = run("check", "--repair", "-o", str(target))
    assert made.code == 0, made.err
    assert shop.path.read_bytes() == before
    again = run("--db", str(target), "check")
    assert again.code == 0, again.out
    assert [order["title"] for order in run("--db", str(target), "list", "--json").json] == [
        "Grease the pump"
    ]


def test_f019_what_can_be_read_of_a_torn_file_is_copied(
    shop: Shop, run: Callable[..., Call], tmp_path: Path
) -> None:
    for number in range(40):
        builders.order(shop, f"Order {number}")
    root = shop.value("SELECT rootpage FROM sqlite_schema WHERE name = 'work_order'")
    shop.close()
    content = bytearray(shop.path.read_bytes())
    content[4096 * (root - 1) : 4096 * root] = bytes(4096)
    shop.path.write_bytes(content)
    found = run("check")
    assert found.code == 5
    assert "damaged" in found.out
    target = tmp_path / "repaired.wotui"
    assert run("check", "--repair", "-o", str(target)).code == 0
    assert len(run("--db", str(target), "list", "--json").json) == 40
    assert run("--db", str(target), "check").code == 0


def test_the_check_seals_what_it_found_sound(shop: Shop, run: Callable[..., Call]) -> None:
    builders.order(shop, "Grease the pump")
    assert run("check").code == 0
    last = shop.value("SELECT max(seq) FROM change WHERE origin = (SELECT origin FROM me)")
    assert shop.value("SELECT last FROM seal WHERE origin = (SELECT origin FROM me)") == last
