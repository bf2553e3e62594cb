"""Text that hurts, in every field, on every screen and in every command: none of it reaches the terminal as it is."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from tests.kit import hostile, hostile_shop
from tests.kit.clock import FrozenClock
from tests.kit.pty import Terminal, run, wotui
from tests.kit.source import ROOT
from tests.real_terminal.conftest import NOON

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.terminal

HOME = ("escape", "escape", "1")
"""Back to the inbox from wherever a group of keys has led."""
TOUR: dict[str, tuple[str, ...]] = {
    "inbox": ("down", "down", "up", "end", "home"),
    "help": ("?", "down", "end"),
    "bulk edit": ("space", "down", "space", "e", "down", "enter", "T", "enter"),
    "due date": ("t",),
    "filter": ("/", "CT", "enter"),
    "saved filters": ("f",),
    "go to": (":", "W-A0003", "enter"),
    "palette": ("ctrl+p", "W-A", "down"),
    "jump": ("ctrl+o",),
    "assign": ("a", "down"),
    "contractor picker": ("c", "down", "end", "home", "enter"),
    "hire": ("c", "down", "enter", "enter"),
    "new order": ("n", "down", "enter", "tab", "down", "down", "end"),
    "work order": ("enter", "down", "end", "tab", "tab", "tab", "tab", "tab", "tab"),
    "next orders": ("enter", "]", "]", "[", "y"),
    "edit": ("enter", "e", "down", "down", "end"),
    "note": ("enter", "v"),
    "hold": ("enter", "h"),
    "finish": ("enter", "d"),
    "checklist": ("enter", "k", "down", "v", "escape", "n", "escape", "f", "escape", "end", "enter"),
    "undo": ("s", "u", "U"),
    "schedule": ("2", "down", "tab", "down", "space", "escape", "w", "down", "w", "down"),
    "contractors": ("3", "down", "tab", "down", "end"),
    "edit contractor": ("3", "e", "down", "down"),
    "document": ("3", "d", "down"),
    "time": ("4", "down", "enter", "down", "enter"),
    "week": ("4", "down", "enter", "left", "down", "e", "enter"),
    "payroll": ("4", "p", "down", "v", "f", "escape", "b"),
    "add hours": ("4", "n", "down"),
    "merge": ("6", "down", "enter", "down", "escape", "e", "escape"),
    "questions": ("Q", "down", "down", "v", "escape", "A", "escape", "end", "escape"),
    "routing": ("ctrl+g", "down", "enter", "down", "escape", "escape"),
    "dry run": ("ctrl+g", "t", "down", "end", "escape", "escape"),
    "who works when": ("ctrl+g", "w", "down", "e", "escape", "escape"),
    "templates": (
        "T",
        "down",
        "enter",
        "down",
        "down",
        "down",
        "down",
        "down",
        "enter",
        "escape",
        "end",
        "escape",
    ),
    "code lists": ("T", "l", "down", "enter", "escape", "escape", "escape"),
    "machines": ("M", "down", "enter", "down", "escape"),
}
"""Keys that visit every screen and open every dialog; after each group the terminal is looked at."""

COMMANDS: tuple[tuple[str, ...], ...] = (
    ("list",),
    ("list", "--json"),
    ("template", "list"),
    ("template", "list", "--json"),
    ("codes", "list"),
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
    ("calendar",),
    ("routes",),
    ("routes", "--json"),
    ("route", "test"),
    ("route", "test", "R-A0001"),
    ("route", "export"),
    ("event-rules",),
    ("events",),
    ("downtime",),
    ("availability",),
    ("conflicts",),
    ("conflicts", "--json"),
    ("merges",),
    ("settings",),
    ("check",),
    ("backups",),
)
"""Every command that reads, as data and as JSON."""


@pytest.fixture(scope="session")
def hostile_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop full of markup and control sequences, in turns."""
    markup, control = hostile_shop.MARKUP_TEXTS, hostile_shop.CONTROL_TEXTS
    texts = [text for pair in zip(markup, control, strict=False) for text in pair] + list(
        control[len(markup) :]
    )
    with FrozenClock(NOON):
        return hostile_shop.build(tmp_path_factory.mktemp("hostile") / "shop.wotui", texts)


@pytest.fixture
def hostile_terminal(hostile_file: Path, tmp_path: Path) -> Iterator[Terminal]:
    """A wotui on a copy of that shop, at the inbox."""
    path = shutil.copy(hostile_file, tmp_path / "shop.wotui")
    environment = {"WOTUI_NOW": NOON, "XDG_STATE_HOME": str(tmp_path / "state")}
    with Terminal(
        wotui("--db", str(path), "--as", "JD"), columns=140, lines=45, environment=environment
    ) as terminal:
        terminal.wait_for("W-A0001")
        yield terminal


@pytest.mark.timeout(240)
def test_f076_no_screen_lets_a_payload_through(hostile_terminal: Terminal) -> None:
    terminal = hostile_terminal
    seen = terminal.screen
    screens: set[str] = set()
    for place, keys in TOUR.items():
        for key in (*keys, *HOME):
            terminal.press(key)
            terminal.wait_until_quiet(quiet=0.04)
            if key not in HOME:
                seen += terminal.screen
                screens.add(terminal.screen)
        assert terminal.process.poll() is None, f"ended in {place}:\n{terminal.screen}"
        assert hostile.leaks(bytes(terminal.raw)) == [], place
    assert len(screens) >= len(TOUR), "the tour did not get around"
    words = {word for word in all_words() if word in seen}
    assert len(words) >= len(all_words()) // 2, f"only {sorted(words)} were seen"
    terminal.press("ctrl+q")
    assert terminal.wait_exit() == 0
    assert terminal.is_restored()


def all_words() -> list[str]:
    """The words that the payloads carry."""
    return [poison.word for poison in hostile.CONTROL] + [
        f"MK{number:02}" for number in range(len(hostile.MARKUP))
    ]


def test_f079_markup_is_shown_as_it_was_typed(hostile_terminal: Terminal) -> None:
    seen = hostile_terminal.wait_until_quiet()
    for shown in (
        "Grease [/bearing] MK00",
        "[/] MK01",
        "[x] oil MK02",
        "[URGENT] MK03",
        "[@click=app.quit]MK04[/]",
    ):
        assert shown in seen, seen


CARELESS = """
import sys
from textual.app import App
from textual.content import Content
from textual.widgets import Static, Input, DataTable
from rich.text import Text
from tests.kit import hostile
from wotui.tui import terminal
if "guarded" in sys.argv:
    terminal.guard_output()
class Careless(App):
    BINDINGS = [("q", "quit", "Quit")]
    def compose(self):
        yield Static("ready", markup=False)
        yield DataTable()
        for poison in hostile.CONTROL:
            yield Static(Content(poison.text), markup=False)
    def on_mount(self):
        table = self.query_one(DataTable)
        table.add_column("text")
        for poison in hostile.CONTROL:
            table.add_row(Text(poison.text))
        self.title = hostile.CONTROL[0].text
        self.notify(hostile.CONTROL[1].text, title=hostile.CONTROL[2].text, markup=False)
Careless().run()
"""


@pytest.mark.parametrize("guarded", [True, False])
def test_f076_the_last_gate_holds_even_where_a_screen_is_careless(guarded: bool) -> None:
    """Without the gate the same screen leaks, so this would see a Textual that goes around it."""
    command = [sys.executable, "-c", CARELESS, "guarded" if guarded else "bare"]
    with Terminal(command, lines=100, environment={"PYTHONPATH": str(ROOT)}) as terminal:
        while b"ready" not in terminal.raw:  # not the screen: a leak may have garbled it
            assert terminal.pump(10)
        terminal.wait_until_quiet()
        found = hostile.leaks(bytes(terminal.raw))
    assert (found == []) if guarded else len(found) > 20, found


@pytest.mark.timeout(120)
def test_f081_no_command_prints_a_payload(hostile_file: Path) -> None:
    environment = {"WOTUI_DB": str(hostile_file), "WOTUI_NOW": NOON, "WOTUI_AS": "JD"}
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
def test_f081_nor_on_a_terminal(hostile_file: Path, command: tuple[str, ...]) -> None:
    environment = {"WOTUI_DB": str(hostile_file), "WOTUI_NOW": NOON, "WOTUI_AS": "JD"}
    with Terminal(wotui(*command), columns=140, environment=environment) as terminal:
        assert terminal.wait_exit() == 0
        assert hostile.leaks(bytes(terminal.raw)) == []


@pytest.mark.parametrize("index", range(0, 40, 6))
def test_f081_a_payload_in_the_call_is_not_repeated(hostile_file: Path, index: int) -> None:
    poison = hostile.CONTROL[index]
    text = poison.text.replace("\x00", "")
    environment = {"WOTUI_DB": str(hostile_file), "WOTUI_NOW": NOON, "WOTUI_AS": "JD"}
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
