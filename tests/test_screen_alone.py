"""The shortest way to the screen: a call that says no more than which file and who needs no command line."""

from __future__ import annotations

import subprocess
import sys

import pytest

from wotui.__main__ import Wanted, screen_alone


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("WOTUI_DB", "WOTUI_AS", "_WOTUI_COMPLETE"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ([], Wanted("", "", False)),
        (["--db", "x.wotui"], Wanted("x.wotui", "", False)),
        (["--db=x.wotui", "--as", "jd"], Wanted("x.wotui", "jd", False)),
        (["--read-only", "--as=jd"], Wanted("", "jd", True)),
        (["--kiosk", "--db", "x.wotui"], Wanted("x.wotui", "", False, kiosk=True)),
    ],
)
def test_a_call_that_only_opens_the_screen_is_understood_at_once(words: list[str], wanted: Wanted) -> None:
    assert screen_alone(words) == wanted


@pytest.mark.parametrize(
    "words",
    [
        ["list"],
        ["--help"],
        ["--version"],
        ["--db"],
        ["--db", "--as"],
        ["--db="],
        ["--db", "x", "list"],
        ["--read-only=yes"],
        ["--kiosk", "--read-only"],
        ["--colour"],
    ],
)
def test_every_other_call_is_the_command_lines(words: list[str]) -> None:
    assert screen_alone(words) is None


def test_the_environment_counts_where_the_call_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WOTUI_DB", "y.wotui")
    monkeypatch.setenv("WOTUI_AS", "ab")
    assert screen_alone([]) == Wanted("y.wotui", "ab", False)
    assert screen_alone(["--db", "x.wotui"]) == Wanted("x.wotui", "ab", False)


def test_a_shell_that_completes_words_is_never_answered_with_a_screen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("_WOTUI_COMPLETE", "bash_complete")
    assert screen_alone([]) is None


def test_without_a_terminal_it_says_so_in_one_sentence() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "wotui"], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30
    )
    assert done.returncode == 2
    assert "needs a terminal" in done.stderr
    assert done.stderr.count("\n") == 1
