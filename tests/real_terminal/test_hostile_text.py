"""Text that hurts, in every field, on every screen and in every command: none of it reaches the terminal as it is."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.kit import hostile, hostile_shop
from tests.kit.clock import FrozenClock
from tests.kit.pty import Terminal, run, wotui
from tests.real_terminal.conftest import NOON

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.terminal

TOUR: tuple[tuple[str, ...], ...] = (
    ("down", "down", "up", "end", "home"),
    ("?", "escape"),
    ("space", "down", "space", "t", "escape", "escape"),
    ("/", "x", "escape"),
    ("f", "escape"),
    (":", "W", "escape"),
    ("ctrl+p", "W", "-", "A", "escape"),
    ("ctrl+o", "escape"),
    ("a", "escape"),
    ("c", "down", "escape"),
    ("n", "tab", "escape", "escape"),
    ("enter", "tab", "tab", "tab", "tab", "tab", "tab", "tab"),  # an order, each of its pages
    ("]", "]", "["),
    ("e", "tab", "tab", "escape", "escape"),
    ("v", "escape"),
    ("h", "escape"),
    ("d", "escape"),
    ("c", "down", "enter", "escape", "escape"),
    ("k", "down", "v", "escape", "f", "escape", "n", "escape", "escape"),  # its checklist
    ("y", "u", "U"),
    ("escape", "3", "down", "tab", "down", "e", "escape", "escape", "d", "escape", "escape"),  # contractors
    ("4", "down", "enter", "down", "escape", "p", "escape"),  # hours, payroll
    ("1",),
)
"""Keys that visit every screen and open every dialog; after each group the terminal is looked at."""

COMMANDS: tuple[tuple[str, ...], ...] = (
    ("list",),
    ("list", "--json"),
    ("list", "--limit", "0", "status:any"),
    ("show", "W-A0001"),
    ("show", "W-A0001", "--json"),
    ("show", "PUMP-01"),
    ("show", "HALL-1"),
    ("history", "W-A0001"),
    ("history", "W-A0001", "--json"),
    ("checklist", "W-A0001"),
    ("checklist", "W-A0001", "--plain"),
    ("contractors",),
    ("contractors", "--json"),
    ("contractors", "--order", "W-A0001"),
    *(("list-of", kind) for kind in ("person", "place", "asset", "contractor", "part", "customer")),
    ("time", "list", "--period", "2026-06-10"),
    ("settings",),
    ("check",),
    ("backups",),
)
"""Every command that reads, as data and as JSON."""


@pytest.fixture(scope="session")
def hostile_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Two shops: one full of markup, one full of control sequences."""
    folder = tmp_path_factory.mktemp("hostile")
    with FrozenClock(NOON):
        return {
            "markup": hostile_shop.build(folder / "markup.wotui", hostile_shop.MARKUP_TEXTS),
            "control": hostile_shop.build(folder / "control.wotui", hostile_shop.CONTROL_TEXTS),
        }


@pytest.fixture
def hostile_terminal(hostile_files: dict[str, Path], tmp_path: Path) -> Iterator[Callable[..., Terminal]]:
    """Starts wotui on a copy of one of the two shops."""
    started: list[Terminal] = []

    def start(which: str, columns: int = 120, lines: int = 40) -> Terminal:
        path = shutil.copy(hostile_files[which], tmp_path / f"{which}.wotui")
        environment = {"WOTUI_NOW": NOON, "XDG_STATE_HOME": str(tmp_path / "state")}
        command = wotui("--db", str(path), "--as", "JD")
        terminal = Terminal(command, columns=columns, lines=lines, environment=environment)
        started.append(terminal)
        terminal.wait_for("W-A0001")
        return terminal

    yield start
    for terminal in started:
        terminal.close()


@pytest.mark.timeout(180)
@pytest.mark.parametrize("which", ["control", "markup"])
def test_f076_no_screen_lets_a_payload_through(hostile_terminal: Callable[..., Terminal], which: str) -> None:
    terminal = hostile_terminal(which)
    seen = terminal.screen
    for keys in TOUR:
        for key in keys:
            terminal.press(key)
            terminal.wait_until_quiet(quiet=0.06)
            seen += terminal.screen
        assert terminal.process.poll() is None, f"ended after {keys}:\n{terminal.screen}"
        assert hostile.leaks(bytes(terminal.raw)) == [], f"after {keys}"
    words = {word for word in all_words(which) if word in seen}
    assert len(words) >= len(all_words(which)) // 2, f"only {sorted(words)} were seen"
    terminal.press("escape", "escape", "ctrl+q")
    assert terminal.wait_exit() == 0
    assert terminal.is_restored()


def all_words(which: str) -> list[str]:
    """The words that the payloads carry."""
    if which == "control":
        return [poison.word for poison in hostile.CONTROL]
    return [f"MK{number:02}" for number in range(28) if number not in {3, 5, 6, 25}]


def test_f079_markup_is_shown_as_it_was_typed(hostile_terminal: Callable[..., Terminal]) -> None:
    terminal = hostile_terminal("markup", 140, 45)
    seen = terminal.wait_until_quiet()
    for shown in (
        "Grease [/bearing] MK00",
        "[/] MK01",
        "[x] oil MK02",
        "[URGENT] MK03",
        "[@click=app.quit]MK04[/]",
    ):
        assert shown in seen, seen


@pytest.mark.timeout(120)
@pytest.mark.parametrize("which", ["control", "markup"])
def test_f081_no_command_prints_a_payload(hostile_files: dict[str, Path], which: str) -> None:
    environment = {"WOTUI_DB": str(hostile_files[which]), "WOTUI_NOW": NOON, "WOTUI_AS": "JD"}
    for command in COMMANDS:
        done = run(*command, environment=environment)
        assert done.returncode in {0, 5} if command[0] == "check" else done.returncode == 0, (
            command,
            done.stderr,
        )
        assert done.stdout or done.stderr, command
        for stream in (done.stdout, done.stderr):
            assert hostile.leaks(stream) == [], command
            assert b"\x1b" not in stream, command


@pytest.mark.parametrize("command", [("list",), ("show", "W-A0001"), ("contractors",)])
def test_f081_nor_on_a_terminal(hostile_files: dict[str, Path], command: tuple[str, ...]) -> None:
    environment = {"WOTUI_DB": str(hostile_files["control"]), "WOTUI_NOW": NOON, "WOTUI_AS": "JD"}
    with Terminal(wotui(*command), columns=140, environment=environment) as terminal:
        assert terminal.wait_exit() == 0
        assert hostile.leaks(bytes(terminal.raw)) == []


@pytest.mark.parametrize("index", range(0, 40, 6))
def test_f081_a_payload_in_the_call_is_not_repeated(hostile_files: dict[str, Path], index: int) -> None:
    poison = hostile.CONTROL[index]
    text = poison.text.replace("\x00", "")
    environment = {"WOTUI_DB": str(hostile_files["control"]), "WOTUI_NOW": NOON, "WOTUI_AS": "JD"}
    for command in (
        ("show", text),
        ("list", text),
        (text,),
        ("list", "--json", f"title:{text}"),
        ("hire", "W-A0001", "--contractor", text, "--fixed", "1"),
    ):
        done = run(*command, environment=environment)
        assert done.returncode in {0, 2, 3, 4}, (command, done.stderr)
        for stream in (done.stdout, done.stderr):
            assert hostile.leaks(stream) == [], command
            assert b"\x1b" not in stream, command
