"""`wotui init`, `demo`, `undo`, `redo`, `settings` and `completion`."""

from __future__ import annotations

import shutil
import stat
from typing import TYPE_CHECKING

import pytest

from wotui import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.cli.conftest import Call
    from wotui.store.file import Shop

INIT = (
    "init",
    "--shop",
    "Harbor Lane",
    "--zone",
    "America/Chicago",
    "--currency",
    "USD",
    "--workweek-start",
    "Mon",
)


@pytest.fixture
def no_settings() -> Iterator[None]:
    """Whatever a test sets on this computer is gone after it."""
    yield
    settings.computer_file().unlink(missing_ok=True)


# init


def test_a_new_shop_is_private_and_empty_and_says_what_comes_next(
    tmp_path: Path, bare: Callable[..., Call]
) -> None:
    path = tmp_path / "folder" / "new.wotui"
    made = bare(*INIT, "--db", str(path))
    assert (made.code, made.out) == (0, ""), made.err
    assert "wotui add person" in made.err
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert bare("list", "--json", "--db", str(path)).json == []
    found = {entry["key"]: entry["value"] for entry in bare("settings", "--json", "--db", str(path)).json}
    assert found["payroll.workweek_start"] == "monday"
    assert found["shop.name"] == "Harbor Lane"


def test_whoever_makes_the_shop_can_be_its_first_person(tmp_path: Path, bare: Callable[..., Call]) -> None:
    path = str(tmp_path / "new.wotui")
    assert bare(*INIT, "--db", path, "--as", "jd").code == 0
    (person,) = bare("list-of", "people", "--json", "--db", path).json
    assert person["initials"] == "JD"
    assert person["roles"] == ["office", "supervisor", "technician"]


def test_a_shop_is_never_overwritten(shop: Shop, run: Callable[..., Call]) -> None:
    before = shop.path.read_bytes()
    answer = run(*INIT)
    assert answer.code == 5
    assert "exists" in answer.err
    assert shop.path.read_bytes() == before


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--zone", "Chicago", "Did you mean America/Chicago?"),
        ("--zone", "", "time zone"),
        ("--currency", "dollar", "three letters"),
        ("--workweek-start", "someday", "monday"),
        ("--shop", "  ", "needs a name"),
    ],
)
def test_what_pay_and_dates_follow_from_is_checked_before_a_file_is_made(
    option: str, value: str, said: str, tmp_path: Path, bare: Callable[..., Call]
) -> None:
    path = tmp_path / "new.wotui"
    answer = bare(*INIT, "--db", str(path), option, value)
    assert answer.code == 2
    assert said in answer.err
    assert not path.exists()


def test_none_of_it_has_a_silent_default(tmp_path: Path, bare: Callable[..., Call]) -> None:
    answer = bare("init", "--shop", "X", "--db", str(tmp_path / "x"))
    assert answer.code == 2
    assert "--zone" in answer.err


# demo


def test_the_demo_can_be_written_to_a_file_and_kept(tmp_path: Path, bare: Callable[..., Call]) -> None:
    path = tmp_path / "demo.wotui"
    assert bare("demo", "--into", str(path)).code == 0
    assert len(bare("list", "status:any", "--json", "--db", str(path)).json) >= 60
    assert bare("demo", "--into", str(path)).code == 5


def test_the_demo_needs_a_terminal_when_it_is_to_be_opened(bare: Callable[..., Call]) -> None:
    answer = bare("demo")
    assert answer.code == 2
    assert "terminal" in answer.err


# undo, redo


def test_undo_and_redo_say_what_they_did(run: Callable[..., Call]) -> None:
    run("add", "place", "Hall", "code=H")
    undone = run("undo")
    assert (undone.code, undone.out) == (0, "")
    assert "place H" in undone.err
    assert run("list-of", "place", "--json").json == []
    assert run("redo").code == 0
    assert len(run("list-of", "place", "--json").json) == 1
    assert run("redo").code == 3


# settings


@pytest.mark.usefixtures("no_settings")
def test_settings_say_whether_they_are_the_shops_or_this_computers(run: Callable[..., Call]) -> None:
    assert run("settings", "me", "JD").err == "me is now JD, on this computer.\n"
    assert "everybody who shares this shop" in run("settings", "payroll.schedule", "biweekly").err
    assert run("settings", "me").out == "JD\n"
    assert run("settings", "payroll.schedule").out == "biweekly\n"
    found = {entry["key"]: entry["belongs_to"] for entry in run("settings", "--json").json}
    assert found["me"] == "computer"
    assert found["shop.zone"] == "shop"
    table = run("settings").out
    assert "this computer" in table
    assert "the shop" in table


@pytest.mark.parametrize(
    ("key", "value", "code", "said"),
    [
        ("payroll.schedul", "weekly", 2, "Did you mean payroll.schedule?"),
        ("payroll.schedule", "daily", 2, "biweekly"),
        ("payroll.rounding", "7", 2, "none"),
        ("payroll.anchor", "soon", 2, "2026-06-01"),
        ("shop.zone", "Mars/Base", 2, "time zone"),
    ],
)
def test_a_wrong_setting_is_refused_and_the_old_one_stays(
    key: str, value: str, code: int, said: str, run: Callable[..., Call], shop: Shop
) -> None:
    answer = run("settings", key, value)
    assert (answer.code, answer.out) == (code, "")
    assert said in answer.err
    assert shop.setting("payroll.schedule") == "weekly"


def test_an_unknown_setting_names_the_nearest(run: Callable[..., Call]) -> None:
    answer = run("settings", "shop.zon")
    assert answer.code == 2
    assert "shop.zone" in answer.err


@pytest.mark.usefixtures("no_settings")
def test_keys_and_filters_are_entries_of_their_own(run: Callable[..., Call]) -> None:
    assert run("settings", "filters.Mine, late", "@me late:yes").code == 0
    assert run("settings", "filters.Mine, late").out == "@me late:yes\n"
    assert run("settings", "filters.Mine, late", "").code == 0
    assert run("settings", "filters").code == 0
    assert settings.load().filters == {}


@pytest.mark.usefixtures("no_settings")
def test_a_broken_settings_file_counts_as_none_is_said_and_never_overwritten(
    run: Callable[..., Call],
) -> None:
    file = settings.computer_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("me = [broken", "utf-8")
    shown = run("settings")
    assert shown.code == 0
    assert str(file) in shown.err
    assert run("settings", "me", "JD").code == 5
    assert file.read_text("utf-8") == "me = [broken"


def test_a_computers_settings_are_shown_where_there_is_no_shop(
    bare: Callable[..., Call], tmp_path: Path
) -> None:
    answer = bare("settings", "--db", str(tmp_path / "none.wotui"))
    assert answer.code == 0
    assert "theme" in answer.out
    assert "no shop file" in answer.err
    assert bare("settings", "shop.zone", "--db", str(tmp_path / "none.wotui")).code == 5


def test_a_setting_of_the_shop_can_be_undone(run: Callable[..., Call], shop: Shop) -> None:
    run("settings", "shop.name", "Other")
    assert run("undo").code == 0
    assert shop.setting("shop.name") == "Test shop"


# completion


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script_for_the_shell(shell: str, bare: Callable[..., Call]) -> None:
    if shell == "bash" and shutil.which("bash") is None:
        pytest.skip("there is no bash here")
    answer = bare("completion", shell)
    assert answer.code == 0, answer.err
    assert "_WOTUI_COMPLETE" in answer.out


def test_an_unknown_shell_is_refused_with_those_there_are(bare: Callable[..., Call]) -> None:
    answer = bare("completion", "tcsh")
    assert answer.code == 2
    assert "bash, zsh, fish" in answer.err
