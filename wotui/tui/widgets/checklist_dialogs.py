"""What a running checklist asks: the path of a file, a signature."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.widgets import Input

from wotui import text
from wotui.errors import Problem
from wotui.tui.widgets.dialogs import Box, Words
from wotui.tui.widgets.options import Option, OptionLines

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

MOST = 300
"""Entries of a folder that are listed; typing narrows them."""


class ChooseFile(Box[str]):
    """The path of a file on this computer: type it, or walk through the folders with arrows and enter.

    Args:
        title: what the file is for.
        folder: where to begin.
    """

    BINDINGS: ClassVar[list[Any]] = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("tab", "complete", show=False),
    ]
    HINTS = "type or ↑↓ · enter opens a folder, takes a file · esc never mind"

    def __init__(self, title: str, folder: Path | None = None) -> None:
        super().__init__(title)
        self._folder = folder or Path.home()

    def inside(self) -> ComposeResult:
        yield Words(
            "A terminal cannot take pictures. Copy the picture to this computer, then choose it here."
        )
        yield Input(f"{self._folder}/", "the path of a file", id="entry", select_on_focus=False)
        yield OptionLines(id="found")
        yield Words("", classes="wrong", id="wrong")

    def mounted(self) -> None:
        super().mounted()
        self._list()

    @property
    def _lines(self) -> OptionLines:
        return self.query_one("#found", OptionLines)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._list()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self.deaf:
            return
        typed = Path(meant(event.value)).expanduser()
        current = self._lines.current
        if current is not None and not typed.is_file():
            self._take(current.value)
        elif typed.is_dir():
            self._go(typed)
        elif typed.is_file():
            self.dismiss(str(typed))
        else:
            self.query_one("#wrong", Words).tell(f"There is no file {typed}.")

    def on_option_lines_chosen(self, event: OptionLines.Chosen) -> None:
        event.stop()
        if self._lines.current is not None:
            self._take(self._lines.current.value)

    def action_move(self, step: int) -> None:
        self._lines.move(step)

    def action_complete(self) -> None:
        if self._lines.current is not None:
            path: Path = self._lines.current.value
            self._go(path) if path.is_dir() else self._write(str(path))

    def _take(self, path: Path) -> None:
        if path.is_dir():
            self._go(path)
        else:
            self.dismiss(str(path))

    def _go(self, folder: Path) -> None:
        self._write(f"{folder}/" if folder != folder.parent else str(folder))

    def _write(self, typed: str) -> None:
        entry = self.query_one("#entry", Input)
        entry.value = typed
        entry.cursor_position = len(typed)

    def _list(self) -> None:
        typed = meant(self.query_one("#entry", Input).value)
        folder, _, start = typed.rpartition("/")
        where = Path(folder or "/").expanduser() if typed.startswith(("/", "~")) else Path(folder or ".")
        self.query_one("#wrong", Words).tell("")
        self._lines.show(entries(where, start), "No such folder or file.")


def meant(typed: str) -> str:
    """The path that somebody means who typed or pasted a whole one behind the folder that stood there already."""
    for beginning in ("/", "~"):
        before, found, rest = typed.rpartition(f"/{beginning}")
        if found and before:
            return f"{beginning}{rest}"
    return typed


def entries(folder: Path, start: str) -> list[Option]:
    """Folders first, then files, by name; the folder above comes first. Hidden ones only when a dot is typed."""
    found: list[tuple[bool, str, Path]] = []
    try:
        for path in folder.iterdir():
            name = path.name
            if name.casefold().startswith(start.casefold()) and (
                start.startswith(".") or not name.startswith(".")
            ):
                found.append((not path.is_dir(), name.casefold(), path))
    except (OSError, ValueError):
        return []
    above = [Option(folder.parent, "..", "the folder above")] if not start and folder != folder.parent else []
    listed = [_option(path, folder=not is_file) for is_file, _, path in sorted(found)[:MOST]]
    return above + listed


def _option(path: Path, *, folder: bool) -> Option:
    return Option(path, f"{path.name}/" if folder else path.name, look="accent" if folder else "text")


class SignHere(Box[tuple[str, str]]):
    """A typed name and a PIN: gives both.

    Args:
        title: what is signed.
        name: who it probably is.
        role: technician, supervisor or customer; a customer types no PIN.
        check: tries the signature; raises a `Problem`, which is shown below.
    """

    HINTS = "enter goes on · esc never mind"

    def __init__(
        self, title: str, name: str, role: str, check: Callable[[str, str], None] | None = None
    ) -> None:
        super().__init__(title)
        self._name = name
        self._role = role
        self._check = check

    def inside(self) -> ComposeResult:
        customer = self._role == "customer"
        yield Words("Name, as it is to be read" if customer else f"Initials or name ({self._role})")
        yield Input("" if customer else self._name, max_length=text.LINE_LIMIT, id="name")
        if not customer:
            yield Words("PIN, 4 to 12 digits. It says who signed; whoever has none yet chooses it now.")
            yield Input("", password=True, max_length=12, id="pin")
        yield Words("", classes="wrong", id="wrong")

    def mounted(self) -> None:
        super().mounted()
        self.query_one("#pin" if self._name and self._role != "customer" else "#name", Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self.deaf:
            return
        if event.input.id == "name" and self._role != "customer":
            self.query_one("#pin", Input).focus()
            return
        name = text.clean_line(self.query_one("#name", Input).value)
        pin = "" if self._role == "customer" else self.query_one("#pin", Input).value
        try:
            if self._check is not None:
                self._check(name, pin)
        except Problem as problem:
            self.query_one("#wrong", Words).tell(str(problem))
            return
        self.dismiss((name, pin))
