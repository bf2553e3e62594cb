"""The border to the real terminal: what may go out, what comes in, and leaving it as it was found.

Textual 8.2 (pinned exactly) writes whatever a widget holds, ends on a byte that is no UTF-8, spins when the terminal
goes away, and starts a second input thread on a stray SIGCONT. The names used here are private to it; a test on a real
pty proves that each of these still holds, so that an upgrade that breaks one is seen.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING, Any

from textual.strip import Strip

from wotui import text
from wotui.errors import UsageProblem
from wotui.tui.plain_glyphs import translation

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.color import ColorSystem
    from rich.style import Style
    from textual.driver import Driver

LEAVE = (
    b"\x1b[?2004l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1004l\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?7h"
)
"""Paste, mouse, focus and keyboard modes off, normal screen, cursor shown, lines wrap."""
PATIENCE = 2.0
"""Seconds that an ordinary end may take after a signal, before the process is ended anyway."""


def require() -> None:
    """Refuse to start where there is no terminal: Textual reads stdin and writes to stderr.

    Raises:
        UsageProblem: one of the two is not a terminal.
    """
    for name, stream in (("stdin", sys.__stdin__), ("stderr", sys.__stderr__)):
        try:
            there = stream is not None and stream.isatty()
        except ValueError:
            there = False
        if not there:
            raise UsageProblem(
                f"The screen needs a terminal, and {name} is none.",
                "In scripts use a command, such as wotui list.",
            )


# what goes out


def guard_output() -> None:
    """Let every piece of text pass `text.visible` on its way out, drop links, and write what the terminal can show.

    Safe to call again.
    """
    if getattr(Strip, "_wotui_guarded", False):
        return
    styled: Callable[..., str] = Strip.render_style
    rendered = Strip.render
    written = translation(getattr(sys.__stderr__, "encoding", None))

    def safe(shown: str) -> str:
        return written(text.visible(shown))

    def render_style(_cls: type[Strip], style: Style, shown: str, color_system: ColorSystem) -> str:
        if style.link:
            style = style.update_link(None)
        return styled(style, safe(shown), color_system=color_system)

    def render(self: Strip, console: Any) -> str:
        if any(style is None and safe(shown) != shown for shown, style, _ in self):
            from rich.segment import Segment

            self = Strip([Segment(safe(shown), style, control) for shown, style, control in self])
        return rendered(self, console)

    Strip.render_style = classmethod(render_style)  # pyright: ignore[reportAttributeAccessIssue]
    Strip.render = render
    Strip._wotui_guarded = True  # pyright: ignore[reportAttributeAccessIssue]  # noqa: SLF001


# what comes in


def driver_class() -> type[Driver] | None:
    """The driver for this system's terminals; None leaves the choice to Textual (Windows)."""
    if sys.platform == "win32":
        return None
    from wotui.tui.driver import CarefulDriver

    return CarefulDriver


# the end


class Leaving:
    """Remembers how the terminal was, and makes sure that an end which was asked for from outside happens."""

    def __init__(self) -> None:
        self._attributes: Any = None
        self._armed = False
        if sys.platform != "win32":
            import termios

            with contextlib.suppress(termios.error, OSError, ValueError):
                self._attributes = termios.tcgetattr(sys.__stdin__.fileno()) if sys.__stdin__ else None

    def arm(self, code: int, seconds: float = PATIENCE) -> None:
        """End the process with `code` after `seconds`, if it is still there then, with the terminal put right."""
        if self._armed:
            return
        self._armed = True
        timer = threading.Timer(seconds, self._end, (code,))
        timer.daemon = True
        timer.start()

    def restore(self) -> None:
        """Put the terminal back as it was found; a terminal that went away is no trouble."""
        with contextlib.suppress(OSError, ValueError):
            os.set_blocking(2, False)
            os.write(2, LEAVE)
        if self._attributes is not None and sys.platform != "win32":
            import termios

            with contextlib.suppress(termios.error, OSError):
                termios.tcsetattr(0, termios.TCSANOW, self._attributes)

    def _end(self, code: int) -> None:
        self.restore()
        os._exit(code)


def on_signals(stop: Callable[[int], None]) -> None:
    """Call `stop` with the exit code (128 + signal) when the process is asked to end. Needs a running event loop."""
    import asyncio

    loop = asyncio.get_running_loop()
    for name in ("SIGTERM", "SIGHUP", "SIGBREAK"):
        number = getattr(signal, name, None)
        if number is None:
            continue
        try:
            loop.add_signal_handler(number, stop, 128 + int(number))
        except NotImplementedError:  # Windows has no handlers on the loop
            signal.signal(number, lambda received, _frame: loop.call_soon_threadsafe(stop, 128 + received))
