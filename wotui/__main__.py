"""`wotui` and `python -m wotui`: look whether this Python can run it, then hand over to the command line.

The two faces do not import each other; this is the one place that knows both.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_OLDEST_PYTHON = (3, 11)


def open_screen(path: Path, initials: str | None, title: str | None, read_only: bool) -> int:
    """Open a shop's file on the screen and stay until the person leaves; gives the exit code (see `wotui.tui.app`)."""
    from wotui.tui.app import run

    return run(path, initials=initials, title=title, read_only=read_only)


def main() -> int:
    """Run one command with the words of this process; gives the exit code (see `wotui.cli.main`)."""
    if sys.version_info < _OLDEST_PYTHON:
        found = sys.version.split()[0]
        sys.stderr.write(f"wotui needs Python 3.11 or newer, and this one is {found}. Install a newer one.\n")
        return 2
    from wotui.cli.main import main as run

    return run(sys.argv[1:], open_screen)


if __name__ == "__main__":
    sys.exit(main())
