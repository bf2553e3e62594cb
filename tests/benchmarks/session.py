"""A program in a pseudo-terminal, timed: when its first rows are there, and how long a key takes to become a frame.

Nothing is drawn here; bytes are only looked at, so that the measurement costs next to nothing. The terminal says that
it knows synchronized output, so each frame of a Textual app ends with a mark.
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
import termios
import time
from typing import TYPE_CHECKING, Self

from tests.benchmarks.measure import surroundings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType

COLUMNS, LINES = 120, 40
FRAME_END = b"\x1b[?2026l"
_ASKS_SYNC = b"\x1b[?2026$p"
_SAYS_SYNC = b"\x1b[?2026;2$y"
_ORDER = re.compile(rb"W-A\d{4,}")
_FULL = 10
"""So many different orders on the screen count as a list that is there."""


class TimedSession:
    """One process in one terminal. Use as a context manager; it is ended with the block."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str] | None = None, *, columns: int = COLUMNS
    ) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, columns, 0, 0))
        full = {**surroundings(environment), "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=full, start_new_session=True, close_fds=True
        )
        os.close(slave)
        self._seen = bytearray()

    def first_rows(self, timeout: float = 60.0) -> float:
        """Seconds from the start until a screenful of orders is there.

        Raises:
            TimeoutError: they did not come.
        """
        deadline = self.started + timeout
        while time.perf_counter() < deadline:
            self.read(0.5)
            if len(set(_ORDER.findall(self._seen))) >= _FULL:
                return time.perf_counter() - self.started
            if self.process.poll() is not None:
                break
        raise TimeoutError(f"no rows in {timeout} s: {bytes(self._seen[-300:])!r}")

    def settle(self, quiet: float = 0.5, timeout: float = 120.0) -> None:
        """Read until nothing has come for a while."""
        deadline = time.perf_counter() + timeout
        while self.read(quiet) and time.perf_counter() < deadline:
            continue
        self._seen.clear()

    def key(self, data: bytes, timeout: float = 5.0) -> float:
        """Seconds from a key to the end of the first frame that it makes.

        Raises:
            TimeoutError: no frame came.
        """
        self._seen.clear()
        started = time.perf_counter()
        os.write(self._master, data)
        deadline = started + timeout
        while time.perf_counter() < deadline:
            if self.read(0.5) and FRAME_END in self._seen:
                return time.perf_counter() - started
        raise TimeoutError(f"no frame in {timeout} s after {data!r}")

    def see(self, words: bytes, data: bytes, *, quiet: float = 0.15, timeout: float = 20.0) -> None:
        """Send keys that are not timed, and read until the screen has drawn these words and come to rest.

        Raises:
            TimeoutError: they did not come.
        """
        self._seen.clear()
        os.write(self._master, data)
        deadline = time.perf_counter() + timeout
        while words not in self._seen:
            self.read(0.5)
            if time.perf_counter() > deadline:
                raise TimeoutError(
                    f"no {words!r} in {timeout} s after {data!r}: {bytes(self._seen[-300:])!r}"
                )
        self.settle(quiet)

    def rows_after(self, data: bytes, timeout: float = 5.0) -> float:
        """Seconds from a key to the last frame of what it starts, once nothing more comes for a fifth of a second.

        Raises:
            TimeoutError: no frame came.
        """
        self._seen.clear()
        started = last = time.perf_counter()
        os.write(self._master, data)
        while self.read(0.2):
            if FRAME_END in self._seen:
                last = time.perf_counter()
            if last - started > timeout:
                raise TimeoutError(f"still drawing {timeout} s after {data!r}")
        return last - started

    @property
    def seen(self) -> bytes:
        """What came since the last key that was timed."""
        return bytes(self._seen)

    def send(self, data: bytes) -> None:
        """Keys that are not timed."""
        os.write(self._master, data)

    def to_lane_of_all(self) -> None:
        """From the lane of open orders, where the inbox starts, on to that of all orders."""
        for _ in range(3):
            self.send(b"\t")
            self.settle(0.7)

    def resident(self) -> int:
        """Resident memory of the process in bytes."""
        with open(f"/proc/{self.process.pid}/statm", encoding="ascii") as file:  # noqa: PTH123
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def anonymous(self) -> int:
        """Resident memory of the process in bytes without what it maps from files."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as file:  # noqa: PTH123
            line = next(line for line in file if line.startswith("RssAnon"))
        return int(line.split()[1]) * 1024

    def cpu_seconds(self) -> float:
        """CPU time that the process has used."""
        with open(f"/proc/{self.process.pid}/stat", encoding="ascii") as file:  # noqa: PTH123
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def time_to_quit(self, data: bytes = b"q", timeout: float = 20.0) -> float:
        """Seconds from the key that quits until the process is gone."""
        started = time.perf_counter()
        os.write(self._master, data)
        while self.process.poll() is None:
            if time.perf_counter() - started > timeout:
                raise TimeoutError("it did not quit")
            self.read(0.001)
        return time.perf_counter() - started

    def read(self, timeout: float) -> int:
        """Read what is there, waiting at most `timeout` for the first byte; how much came."""
        if not select.select([self._master], [], [], timeout)[0]:
            return 0
        try:
            chunk = os.read(self._master, 1 << 16)
        except OSError:
            return 0
        if _ASKS_SYNC in chunk:
            os.write(self._master, _SAYS_SYNC)
        self._seen += chunk
        return len(chunk)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(20)
        os.close(self._master)
