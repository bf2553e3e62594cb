"""A real wotui in a real pseudo-terminal: bytes in, a screen out, signals, and what it leaves behind.

The screen is pyte's, which is typed nowhere; this module is the border where it gets its types.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from typing import TYPE_CHECKING, Any, Self

import pyte

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType

KEYS = {
    "enter": b"\r",
    "escape": b"\x1b",
    "tab": b"\t",
    "backspace": b"\x7f",
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "right": b"\x1b[C",
    "left": b"\x1b[D",
    "pageup": b"\x1b[5~",
    "pagedown": b"\x1b[6~",
    "home": b"\x1b[H",
    "end": b"\x1b[F",
    "f1": b"\x1bOP",
    "ctrl+c": b"\x03",
    "ctrl+p": b"\x10",
    "ctrl+q": b"\x11",
    "ctrl+z": b"\x1a",
}
"""What a terminal sends for keys that have no character."""

_NOT_FOR_PYTE = re.compile(rb"\x1b\[[<>=]?[0-9;]*u")
"""Keyboard protocol requests, which pyte would print."""
ESCAPE_DELAY = 0.15
LEAVES_ALTERNATE_SCREEN = b"\x1b[?1049l"
SHOWS_CURSOR = b"\x1b[?25h"


class Gone(AssertionError):
    """What the test waited for did not come; the message shows the screen."""


class Terminal:
    """One program in one terminal. Use as a context manager: nothing it started outlives it.

    `environment` replaces single variables (None unsets one); `stdin`, `stdout` and `stderr` can be given as file
    descriptors (or subprocess.DEVNULL) to take them away from the terminal.
    """

    def __init__(
        self,
        arguments: Sequence[str],
        *,
        columns: int = 80,
        lines: int = 24,
        environment: Mapping[str, str | None] | None = None,
        stdin: int | None = None,
        stdout: int | None = None,
        stderr: int | None = None,
    ) -> None:
        self.raw = bytearray()
        """Every byte the program has written to the terminal."""
        self._screen: Any = pyte.Screen(columns, lines)
        self._stream: Any = pyte.ByteStream(self._screen)
        self._master, slave = pty.openpty()
        self._set_size(columns, lines)
        self._before = termios.tcgetattr(slave)
        self._slave = slave

        def take_the_terminal() -> None:
            fcntl.ioctl(slave, termios.TIOCSCTTY, 0)

        self.process = subprocess.Popen(
            list(arguments),
            stdin=slave if stdin is None else stdin,
            stdout=slave if stdout is None else stdout,
            stderr=slave if stderr is None else stderr,
            env=_environment(environment or {}),
            start_new_session=True,
            preexec_fn=take_the_terminal,  # noqa: PLW1509 - the child is a fresh session; nothing else can make it so
        )
        self.started = time.perf_counter()

    # What is seen -----------------------------------------------------------------------------------------------------

    @property
    def screen(self) -> str:
        """The screen as text, one line per row, without trailing blanks."""
        return "\n".join(str(line).rstrip() for line in self._screen.display)

    @property
    def size(self) -> tuple[int, int]:
        """Columns and lines."""
        return int(self._screen.columns), int(self._screen.lines)

    def pump(self, seconds: float = 0.0) -> bool:
        """Read what is there, waiting up to `seconds` for the first byte; whether anything came."""
        if self._master < 0:
            return False
        came = False
        while select.select([self._master], [], [], 0 if came else seconds)[0]:
            try:
                chunk = os.read(self._master, 65536)
            except OSError:
                return came
            if not chunk:
                return came
            came = True
            self.raw += chunk
            self._stream.feed(_NOT_FOR_PYTE.sub(b"", chunk))
        return came

    def wait_for(self, text: str, timeout: float = 15.0) -> str:
        """Read until the screen shows a text; the screen. Raises Gone when it does not come or the program ends."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            self.pump(0.02)
            if text in self.screen:
                return self.screen
            if self.process.poll() is not None:
                self.pump(0.05)
                if text in self.screen:
                    return self.screen
                raise Gone(f"ended with {self.process.returncode} before showing {text!r}:\n{self.screen}")
        raise Gone(f"{text!r} did not appear in {timeout} s:\n{self.screen}")

    def wait_until_quiet(self, quiet: float = 0.25, timeout: float = 15.0) -> str:
        """Read until nothing has come for `quiet` seconds; the screen."""
        deadline = time.monotonic() + timeout
        while self.pump(quiet):
            if time.monotonic() > deadline:
                raise Gone(f"still drawing after {timeout} s:\n{self.screen}")
        return self.screen

    # What is done -----------------------------------------------------------------------------------------------------

    def send(self, data: bytes) -> None:
        """Raw bytes, as if typed."""
        os.write(self._master, data)

    def send_all(self, data: bytes) -> None:
        """Many bytes, reading meanwhile so that neither side waits for the other."""
        rest = memoryview(data)
        while rest:
            if select.select([], [self._master], [], 1.0)[1]:
                rest = rest[os.write(self._master, rest[:2048]) :]
            self.pump()

    def type(self, text: str) -> None:
        """Characters, as if typed."""
        self.send(text.encode())

    def press(self, *keys: str) -> None:
        """Keys by name (`enter`, `down`, `ctrl+p`) or single characters, one at a time as fingers do."""
        for key in keys:
            self.send(KEYS.get(key, key.encode()))
            # Escape and a key right after it would be alt and that key.
            time.sleep(ESCAPE_DELAY if key == "escape" else 0)
            self.pump(0.02)

    def resize(self, columns: int, lines: int) -> None:
        """Another size, as when the window is dragged."""
        self._set_size(columns, lines)
        self._screen.resize(lines, columns)

    def _set_size(self, columns: int, lines: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def signal(self, number: signal.Signals) -> None:
        """A signal to the program."""
        os.kill(self.process.pid, number)

    def signal_foreground(self, number: signal.Signals) -> None:
        """A signal to whatever runs in the foreground of this terminal, as the terminal's own keys send it."""
        os.killpg(os.tcgetpgrp(self._master), number)

    def hang_up(self) -> None:
        """Close the terminal, as when the window is closed or the line drops."""
        for name in ("_master", "_slave"):
            descriptor = int(getattr(self, name))
            if descriptor >= 0:
                os.close(descriptor)
                setattr(self, name, -1)

    # What is left -----------------------------------------------------------------------------------------------------

    def wait_exit(self, timeout: float = 10.0) -> int:
        """Read until the program ends; its exit code (negative: the signal that ended it)."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                self.pump(0.05)
                return int(self.process.returncode)
            if not self.pump(0.02):
                time.sleep(0.01)
        raise Gone(f"still running after {timeout} s:\n{self.screen}")

    def is_restored(self) -> bool:
        """Whether the terminal is as it was: cooked again, main screen, cursor shown, mouse reports off."""
        now = termios.tcgetattr(self._slave)
        raw = bytes(self.raw)
        on, off = raw.rfind(b"\x1b[?1049h"), raw.rfind(LEAVES_ALTERNATE_SCREEN)
        left = on < 0 or off > on
        mouse = raw.rfind(b"\x1b[?1000h") < 0 or raw.rfind(b"\x1b[?1000l") > raw.rfind(b"\x1b[?1000h")
        cursor = raw.rfind(b"\x1b[?25l") < 0 or raw.rfind(SHOWS_CURSOR) > raw.rfind(b"\x1b[?25l")
        return now[:4] == self._before[:4] and left and mouse and cursor

    def close(self) -> None:
        """End the program, if it still runs, and give everything back."""
        if self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)
        self.hang_up()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _environment(changes: Mapping[str, str | None]) -> dict[str, str]:
    """The environment of a terminal: this process's (whose folders are the tests' own), with changes."""
    environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
    for name in ("COLUMNS", "LINES", "PYTEST_CURRENT_TEST", "TEXTUAL", "CI"):
        environment.pop(name, None)
    for name, value in changes.items():
        if value is None:
            environment.pop(name, None)
        else:
            environment[name] = value
    return environment


def wotui(*arguments: str) -> list[str]:
    """The command that starts this checkout's wotui."""
    return [sys.executable, "-m", "wotui", *arguments]


def run(
    *arguments: str,
    environment: Mapping[str, str | None] | None = None,
    timeout: float = 30.0,
    text: bytes | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """wotui without a terminal, as a script runs it: exit code, stdout and stderr as bytes."""
    return subprocess.run(
        wotui(*arguments),
        input=text,
        stdin=subprocess.DEVNULL if text is None else None,
        capture_output=True,
        env=_environment(environment or {}),
        timeout=timeout,
    )
