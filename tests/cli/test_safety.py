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
