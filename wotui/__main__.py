"""`wotui` and `python -m wotui`: look whether this Python can run it, then hand over to the command line.

The two faces do not import each other; this is the one place that knows both.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_OLDEST_PYTHON = (3, 11)


class Wanted(NamedTuple):
    """A call that only opens the screen: which file, who acts (empty: as the settings say), whether to look only, and
    whether it is the kiosk.
    """

    file: str
    initials: str
    read_only: bool
    kiosk: bool = False


def open_screen(
    path: Path, initials: str | None, title: str | None, read_only: bool, *, kiosk: bool = False
) -> int:
    """Open a shop's file on the screen and stay until the person leaves; gives the exit code (see `wotui.tui.app`).

    The kiosk (`wotui.tui.kiosk`) takes requests only; nobody acts in it.
    """
    if kiosk:
        from wotui.tui.kiosk import run as run_kiosk

        return run_kiosk(path)
    from wotui.tui.app import run

    return run(path, initials=initials, title=title, read_only=read_only)


def main() -> int:
    """Run one command with the words of this process; gives the exit code (see `wotui.cli.main`)."""
    if sys.version_info < _OLDEST_PYTHON:
        found = sys.version.split()[0]
        sys.stderr.write(f"wotui needs Python 3.11 or newer, and this one is {found}. Install a newer one.\n")
        return 2
    wanted = screen_alone(sys.argv[1:])
    if wanted is not None:
        return _screen_at_once(wanted)
    if sys.argv[1:2] == ["list"]:
        from wotui.cli import at_once

        call = at_once.understood(sys.argv[2:])
        if call is not None:
            return at_once.run(call)
    from wotui.cli.main import main as run

    return run(sys.argv[1:], open_screen)


def screen_alone(words: Sequence[str]) -> Wanted | None:
    """What a call wants that only opens the screen: `wotui` with no more than `--db`, `--as`, `--read-only`
    and `--kiosk`.

    None for every other call: those are click's, whose import is a tenth of the time to the first frame.
    """
    if "_WOTUI_COMPLETE" in os.environ:
        return None
    found = {"--db": os.environ.get("WOTUI_DB", ""), "--as": os.environ.get("WOTUI_AS", "")}
    rest, read_only, kiosk = list(words), False, False
    while rest:
        name, _, value = rest.pop(0).partition("=")
        if name == "--read-only" and not value:
            read_only = True
        elif name == "--kiosk" and not value:
            kiosk = True
        elif name in found and (value or (rest and not rest[0].startswith("-"))):
            found[name] = value or rest.pop(0)
        else:
            return None
    return None if kiosk and read_only else Wanted(found["--db"], found["--as"], read_only, kiosk)


def _screen_at_once(wanted: Wanted) -> int:
    import gc

    gc.disable()  # nothing is garbage before the first frame; the screen turns it on again (`shop_app`)
    try:
        from pathlib import Path

        from wotui.settings import default_shop_file

        path = Path(wanted.file).expanduser() if wanted.file else default_shop_file()
        return open_screen(path, wanted.initials or None, None, wanted.read_only, kiosk=wanted.kiosk)
    except BaseException as error:  # noqa: BLE001 - the command line says what ended a call, this one too
        from wotui.cli.main import ended_by

        return ended_by(error)


if __name__ == "__main__":
    sys.exit(main())
