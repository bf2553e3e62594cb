"""What comes in: keys, bytes that are no text, pastes, and windows of every size."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tests.real_terminal.conftest import READY
from wotui.merge.check import check

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.kit.pty import Terminal

    Start = Callable[..., Terminal]

pytestmark = pytest.mark.terminal


def leave(terminal: Terminal) -> None:
    """It still listens: ctrl+q ends it, and all is as it was."""
    terminal.press("escape", "ctrl+q")
    assert terminal.wait_exit() == 0
    assert terminal.is_restored()


def test_it_starts_with_the_work_to_do_and_types_into_the_filter(start: Start) -> None:
    terminal = start()
    assert "W-A0058" in terminal.screen
    terminal.press("/")
    terminal.type("elevator")
    terminal.wait_for("W-A0045")
    terminal.wait_until_quiet()
    assert "W-A0058" not in terminal.screen
    leave(terminal)


@pytest.mark.parametrize(
    "noise",
    [
        b"\xff\xfe\xfd",
        b"\xc3",
        b"\xe2\x82",
        b"\xed\xa0\x80",
        b"\xf8\x88\x80\x80\x80",
        b"\x80" * 200,
        bytes(range(128, 256)),
    ],
)
def test_f096_bytes_that_are_no_utf8_do_not_end_it(start: Start, noise: bytes) -> None:
    terminal = start()
    terminal.press("/")
    terminal.send(noise)
    terminal.wait_until_quiet()
    terminal.type("elevator")
    terminal.wait_until_quiet()
    leave(terminal)


def test_f096_a_broken_escape_sequence_does_not_end_it(start: Start) -> None:
    terminal = start()
    for noise in (
        b"\x1b[",
        b"\x1b[<0;0",
        b"\x1b]52;c;",
        b"\x1bP",
        b"\x1b[999999999999999999999A",
        b"\x1b[<999;999;999M",
    ):
        terminal.send(noise)
        time.sleep(0.15)
        terminal.wait_until_quiet(quiet=0.1)
    leave(terminal)


def test_f083_a_large_paste_is_cut_and_does_not_hold_it_up(start: Start) -> None:
    terminal = start()
    terminal.press("/")
    started = time.monotonic()
    pasted = b"\x1b[200~" + b"leaking pump " * 20_000 + b"\x1b[201~"
    terminal.send_all(pasted)
    terminal.wait_until_quiet()
    assert time.monotonic() - started < 10
    leave(terminal)


def test_it_follows_a_resize(start: Start) -> None:
    terminal = start()
    terminal.resize(130, 40)
    terminal.wait_until_quiet()
    assert len(terminal.screen.splitlines()[0]) > 100
    terminal.resize(60, 20)
    terminal.wait_until_quiet()
    assert "W-A0058" in terminal.screen
    assert max(len(line) for line in terminal.screen.splitlines()) <= 60
    leave(terminal)


@pytest.mark.parametrize(("columns", "lines"), [(40, 15), (20, 6), (10, 5), (1, 1), (500, 120), (300, 2)])
def test_f100_no_size_of_window_ends_it(start: Start, columns: int, lines: int) -> None:
    terminal = start()
    terminal.resize(columns, lines)
    terminal.wait_until_quiet()
    terminal.press("down", "?")
    terminal.wait_until_quiet()
    terminal.press("escape")
    terminal.resize(80, 24)
    terminal.wait_for(READY)
    leave(terminal)


@pytest.mark.parametrize("times", [200, pytest.param(1000, marks=pytest.mark.slow)])
def test_f101_a_storm_of_resizes_ends_at_the_right_size(start: Start, demo_shop: Path, times: int) -> None:
    terminal = start()
    for turn in range(times):
        terminal.resize(60 + turn % 70, 20 + turn % 23)
        terminal.pump(0.002)
    terminal.resize(80, 24)
    started = time.monotonic()
    terminal.wait_until_quiet()
    terminal.wait_for(READY)
    assert time.monotonic() - started < 5
    assert len(terminal.screen.splitlines()) <= 24
    leave(terminal)
    assert check(demo_shop) == []
