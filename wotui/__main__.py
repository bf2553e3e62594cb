"""`wotui` and `python -m wotui`: look whether this Python can run it, then hand over to the command line."""

from __future__ import annotations

import sys

_OLDEST_PYTHON = (3, 11)


def main() -> int:
    """Run one command with the words of this process; gives the exit code (see `wotui.cli.main`)."""
    if sys.version_info < _OLDEST_PYTHON:
        found = sys.version.split()[0]
        sys.stderr.write(f"wotui needs Python 3.11 or newer, and this one is {found}. Install a newer one.\n")
        return 2
    from wotui.cli.main import main as run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
