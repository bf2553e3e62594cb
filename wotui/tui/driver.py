"""Textual's driver for POSIX terminals, made careful about what comes in.

Bytes that are no UTF-8 become U+FFFD instead of ending the app; a terminal that went away (end of file, or an error
when reading) ends it once instead of spinning; a SIGCONT that follows no stop starts no second input thread.
"""

from __future__ import annotations

import os
import selectors
from codecs import getincrementaldecoder
from typing import Any

from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver


class CarefulDriver(LinuxDriver):
    """As above. The app's `terminal_gone` is called when there is nothing to read from any more."""

    _stopped = False

    def _sigtstp_application(self, *_: Any) -> None:
        self._stopped = True
        super()._sigtstp_application()  # pyright: ignore[reportUnknownMemberType]

    def _sigcont_application(self, *_: Any) -> None:
        if self._stopped:
            self._stopped = False
            super()._sigcont_application()  # pyright: ignore[reportUnknownMemberType]

    def run_input_thread(self) -> None:
        """Read, decode and hand on what is typed, until the app ends or the terminal does."""
        self._parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")(errors="replace").decode
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(0.1):
                    raw = self._read()
                    if not raw:
                        self._app.call_later(getattr(self._app, "terminal_gone", self._app.exit))
                        return
                    self._parse(decode(raw))
                for event in self._parser.tick():
                    self.process_message(event)

    def _parse(self, typed: str) -> None:
        """Hand on what these characters mean; a sequence that no terminal sends is dropped with what came after it."""
        if not typed:  # half a character: the parser would take nothing for the end of the file
            return
        try:
            for event in self._parser.feed(typed):
                self.process_message(event)
        except (ParseError, ArithmeticError, LookupError, ValueError):
            self._parser = XTermParser(self._debug)

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, 4096)
        except OSError:
            return b""
