"""The way into a call and the one way out: global options, exit codes, stdout for data and stderr for words."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from wotui import settings
from wotui.cli.commands import COMMANDS
from wotui.cli.main import Face, face, main

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Call
    from wotui.store.file import Shop

WOTUI = [sys.executable, "-m", "wotui"]


def process(*words: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*WOTUI, *words], capture_output=True, timeout=30, check=False, **options)  # type: ignore[call-overload,no-any-return]


def test_every_command_of_the_table_can_be_loaded_and_says_the_same_as_the_table() -> None:
    context = face.make_context("wotui", ["--help"], resilient_parsing=True)
    assert isinstance(face, Face)
    for name, (_, _, words) in COMMANDS.items():
        command = face.get_command(context, name)
        assert command is not None, f"{name} is in the table, but not there"
        assert command.name == name
        assert command.help, f"{name} has no help"
        assert words.endswith(".")


def test_help_lists_every_command_and_costs_no_import_of_one(bare: Callable[..., Call]) -> None:
    answer = bare("--help")
    assert answer.code == 0
    assert answer.err == ""
    for name in COMMANDS:
        assert f"\n  {name} " in answer.out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_a_help_page_with_the_global_options(
    command: str, bare: Callable[..., Call]
) -> None:
    answer = bare(command, "--help")
    assert answer.code == 0, answer.err
    assert "--db FILE" in answer.out
    assert "--as INITIALS" in answer.out


def test_the_version_is_one_line(bare: Callable[..., Call]) -> None:
    from wotui import __version__

    assert bare("--version").out == f"wotui {__version__}\n"


def test_an_unknown_command_names_the_nearest(bare: Callable[..., Call]) -> None:
    answer = bare("lst")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == "There is no command 'lst'. Did you mean list?\n"


def test_an_unknown_option_is_usage_and_names_the_help_page(run: Callable[..., Call]) -> None:
    answer = run("list-of", "person", "--jsn")
    assert (answer.code, answer.out) == (2, "")
    assert "--jsn" in answer.err
    assert "wotui list-of --help" in answer.err


def test_an_unknown_subcommand_names_the_nearest_too(run: Callable[..., Call]) -> None:
    answer = run("time", "lst")
    assert answer.code == 2
    assert answer.err.endswith("Did you mean 'list'? See wotui time --help.\n") or "lst" in answer.err
    group = run("payroll")
    assert group.code == 2
    assert "export" in group.err


def test_global_options_may_stand_before_and_after_the_command(shop: Shop, bare: Callable[..., Call]) -> None:
    before = bare("--db", str(shop.path), "list-of", "person", "--json")
    after = bare("list-of", "person", "--json", "--db", str(shop.path))
    assert before.code == after.code == 0
    assert before.out == after.out != ""


def test_the_environment_names_file_and_person(
    shop: Shop, bare: Callable[..., Call], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WOTUI_DB", str(shop.path))
    monkeypatch.setenv("WOTUI_AS", "nobody")
    answer = bare("list-of", "person")
    assert answer.code == 4
    assert "nobody" in answer.err
    assert bare("list-of", "person", "--as", "jd").code == 0


def test_the_settings_name_who_acts_when_nothing_else_does(shop: Shop, run: Callable[..., Call]) -> None:
    settings.save("me", "JD")
    try:
        assert run("add", "place", "Hall 7", "code=H7").code == 0
        actor = shop.value(
            "SELECT p.initials FROM act a JOIN person p ON p.id = a.actor ORDER BY act DESC LIMIT 1"
        )
        assert actor == "JD"
        settings.save("me", "XX")
        assert run("list-of", "place").code == 0, "the settings may speak of another shop"
    finally:
        settings.computer_file().unlink()


def test_a_missing_file_is_file_trouble_and_says_how_to_make_one(
    bare: Callable[..., Call], tmp_path: Path
) -> None:
    answer = bare("--db", str(tmp_path / "none.wotui"), "list-of", "person")
    assert answer.code == 5
    assert "wotui init" in answer.err
    assert not (tmp_path / "none.wotui").exists()


@pytest.mark.parametrize("content", [b"", b"not a shop at all" * 100])
def test_an_empty_or_foreign_file_is_file_trouble_and_stays_as_it_is(
    content: bytes, bare: Callable[..., Call], tmp_path: Path
) -> None:
    path = tmp_path / "bad.wotui"
    path.write_bytes(content)
    assert bare("--db", str(path), "list-of", "person").code == 5
    assert path.read_bytes() == content


def test_a_bug_is_one_sentence_and_a_log_without_values(
    run: Callable[..., Call], shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    import wotui.store.reads.records as reads

    def broken(*_: object) -> None:
        secret = "tenant's phone 555-0100"
        raise RuntimeError(secret)

    monkeypatch.setattr(reads, "page", broken)
    answer = run("list-of", "person")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.count("\n") == 1
    assert "555-0100" not in answer.err
    log = Path(answer.err.strip().rpartition(" is ")[2])
    text = log.read_text("utf-8")
    assert "RuntimeError" in text
    assert "555-0100" not in text
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_the_screen_refuses_what_is_no_terminal(a_shop_on_disk: Path) -> None:
    done = process("--db", str(a_shop_on_disk), stdin=subprocess.DEVNULL)
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.count(b"\n") == 1
    assert b"terminal" in done.stderr


def test_a_reader_that_goes_away_ends_the_call_quietly(a_shop_on_disk: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*WOTUI, "--db", str(a_shop_on_disk), "list-of", "person", "--json"],
        stdout=writing,
        stderr=subprocess.PIPE,
        timeout=30,
        check=False,
    )
    os.close(writing)
    assert done.returncode == 141
    assert done.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk_behind_stdout_is_file_trouble(a_shop_on_disk: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*WOTUI, "--db", str(a_shop_on_disk), "list-of", "person"],
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=30,
            check=False,
        )
    assert done.returncode == 5
    assert done.stderr.count(b"\n") == 1
    assert b"space" in done.stderr


def test_output_to_a_file_and_through_the_shell_are_the_same_bytes(shop: Shop, tmp_path: Path) -> None:
    builders.place(shop, "HALL-2", "Halle für Größtes 倉庫")
    shop.close()
    for extra in ([], ["--json"]):
        named = tmp_path / "named"
        call = ["--db", str(shop.path), "list-of", "place", *extra]
        assert process(*call, "-o", str(named)).returncode == 0
        piped = process(*call, env={**os.environ, "LC_ALL": "POSIX", "PYTHONIOENCODING": "ascii"})
        assert named.read_bytes() == piped.stdout
        assert "倉庫".encode() in piped.stdout
        assert stat.S_IMODE(named.stat().st_mode) == 0o600


def test_a_call_stopped_by_ctrl_c_says_so(run: Callable[..., Call], monkeypatch: pytest.MonkeyPatch) -> None:
    import wotui.store.reads.records as reads

    def interrupted(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(reads, "page", interrupted)
    # What runs in the background of a shell inherits to ignore it.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        answer = run("list-of", "person")
    finally:
        signal.signal(signal.SIGINT, before)
    assert (answer.code, answer.err) == (130, "Stopped.\n")


def test_an_old_python_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from wotui import __main__ as entry

    monkeypatch.setattr(sys, "version_info", (3, 10, 14))
    assert entry.main() == 2
    said = capsys.readouterr().err
    assert "3.11" in said
    assert said.count("\n") == 1


def test_a_sqlite_without_strict_tables_is_one_sentence(
    bare: Callable[..., Call], a_shop_on_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sqlite3.sqlite_version_info", (3, 36, 0))
    monkeypatch.setattr("sqlite3.sqlite_version", "3.36.0")
    answer = bare("list", "--db", str(a_shop_on_disk))
    assert answer.code == 2
    assert "3.37" in answer.err


def test_a_python_without_sqlite_is_one_sentence(a_shop_on_disk: Path, tmp_path: Path) -> None:
    (tmp_path / "sqlite3.py").write_text("raise ModuleNotFoundError('no', name='_sqlite3')", "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "WOTUI_DB": str(a_shop_on_disk)}
    done = process("list", env=environment)
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
    assert b"SQLite" in done.stderr


def test_shell_completion_offers_commands_without_loading_them() -> None:
    done = process(
        env={**os.environ, "_WOTUI_COMPLETE": "bash_complete", "COMP_WORDS": "wotui li", "COMP_CWORD": "1"}
    )
    assert done.stdout.decode().split() == ["plain,list", "plain,list-of"]


def test_a_closed_stdout_is_an_answer_and_not_a_bug(monkeypatch: pytest.MonkeyPatch, shop: Shop) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert main(["--db", str(shop.path), "list-of", "person"]) == 5
