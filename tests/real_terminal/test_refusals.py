"""Where it cannot run, it says so in one line and ends at once; in poor terminals it runs."""

from __future__ import annotations

import os
import subprocess
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from tests.kit.pty import run
from tests.real_terminal.conftest import WHO

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.kit.pty import Terminal

    Start = Callable[..., Terminal]

pytestmark = pytest.mark.terminal


def test_f097_without_a_terminal_it_says_so_in_one_line(demo_shop: Path) -> None:
    done = run("--db", str(demo_shop), "--as", WHO)
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.decode().count("\n") == 1
    assert "terminal" in done.stderr.decode()


@pytest.mark.parametrize("stream", ["stdin", "stderr"])
def test_f097_a_stream_that_is_no_terminal_ends_it_at_once(start: Start, stream: str) -> None:
    terminal = start(ready=None, **{stream: subprocess.DEVNULL})
    assert terminal.wait_exit(5) == 2
    assert terminal.is_restored()


@pytest.mark.parametrize("closing", ["2>&-", "<&-", "2>/dev/full"])
def test_f097_a_closed_or_full_stream_ends_it_at_once(start: Start, demo_shop: Path, closing: str) -> None:
    from tests.kit.pty import wotui

    command = ["sh", "-c", f'exec "$@" {closing}', "sh", *wotui("--db", str(demo_shop), "--as", WHO)]
    terminal = start(ready=None, command=command)
    assert terminal.wait_exit(5) == 2
    assert terminal.is_restored()


@pytest.mark.parametrize("term", ["dumb", None, "vt100", "linux", "nonsense", "xterm"])
def test_f098_it_runs_and_quits_clean_in_every_kind_of_terminal(start: Start, term: str | None) -> None:
    terminal = start(environment={"TERM": term, "COLORTERM": None})
    terminal.press("ctrl+q")
    assert terminal.wait_exit() == 0
    assert terminal.is_restored()


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "POSIX", "LANG": None},
        {"LC_ALL": "POSIX", "LANG": None, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "en_US.ISO-8859-1", "PYTHONUTF8": "0"},
        {"NO_COLOR": "1"},
    ],
    ids=["POSIX", "POSIX without UTF-8", "ascii", "Latin-1", "NO_COLOR"],
)
def test_f099_it_runs_under_every_locale(start: Start, environment: dict[str, str | None]) -> None:
    terminal = start(environment=environment)
    assert "W-A0058" in terminal.screen
    terminal.press("ctrl+q")
    assert terminal.wait_exit() == 0
    assert terminal.is_restored()


def test_f027_a_second_window_names_the_first_and_offers_to_look(start: Start) -> None:
    first = start()
    second = start(ready="already open")
    assert str(first.process.pid) in second.screen.replace("\n", "")
    time.sleep(0.5)  # a dialog ignores keys at first, so that nobody answers what was not read
    second.press("y")
    second.wait_until_quiet()
    assert "already open" not in second.screen
    second.press("ctrl+q")
    assert second.wait_exit() == 0
    first.press("ctrl+q")
    assert first.wait_exit() == 0


def test_read_only_is_a_choice(start: Start) -> None:
    terminal = start("--read-only")
    terminal.wait_until_quiet()
    terminal.press("s")
    terminal.wait_for("only")
    terminal.press("ctrl+q")
    assert terminal.wait_exit() == 0


@pytest.mark.parametrize("content", [b"", b"dear diary", bytes(8192)], ids=["empty", "words", "zeros"])
def test_f016_a_damaged_file_is_named_and_never_replaced(
    start: Start, demo_shop: Path, content: bytes
) -> None:
    demo_shop.write_bytes(content)
    terminal = start(ready="the shop's file")
    terminal.wait_until_quiet()
    said = "".join(terminal.screen.split()).replace("│", "")
    assert demo_shop.name in said
    assert "leftasitis" in said
    terminal.press("q")
    assert terminal.wait_exit() == 5
    assert terminal.is_restored()
    assert demo_shop.read_bytes() == content


def test_f024_a_file_that_vanishes_while_it_is_open_is_not_made_again(start: Start, demo_shop: Path) -> None:
    terminal = start()
    demo_shop.rename(demo_shop.with_name("elsewhere.wotui"))
    terminal.press("s")
    terminal.wait_for("moved")
    terminal.press("ctrl+q")
    with suppress(AssertionError):
        terminal.wait_exit(5)
    assert not os.path.exists(demo_shop)  # noqa: PTH110


def test_the_first_start_asks_and_makes_nothing_by_itself(start: Start, tmp_path: Path) -> None:
    from tests.kit.pty import wotui

    missing = tmp_path / "new" / "shop.wotui"
    terminal = start(command=wotui("--db", str(missing)), ready="first start")
    terminal.wait_until_quiet()
    terminal.press("ctrl+q")
    assert terminal.wait_exit() == 0
    assert terminal.is_restored()
    assert not missing.exists()
