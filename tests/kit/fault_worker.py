"""The traced process: forks a child for each point, which pads the calls before it and then does the work."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from tests.kit import faults
from tests.kit.operations import OPERATIONS
from wotui.errors import Problem
from wotui.store import schema
from wotui.store.file import Shop

if TYPE_CHECKING:
    from collections.abc import Callable

_CLOSED = 1_000_000  # a descriptor that nobody has open
_NOWHERE_AT_ALL = Path("/nowhere/at-all")
_NOWHERE = os.open(os.devnull, os.O_WRONLY)
_HARMLESS: dict[str, Callable[[], object]] = {
    "pwrite64": lambda: os.pwrite(_NOWHERE, b"x", 0),
    "write": lambda: os.write(_NOWHERE, b"x"),
    "fsync": lambda: os.fsync(_CLOSED),
    "fdatasync": lambda: os.fdatasync(_CLOSED),
    "unlink": _NOWHERE_AT_ALL.unlink,
    "ftruncate": lambda: os.ftruncate(_CLOSED, 0),
    "rename": lambda: _NOWHERE_AT_ALL.rename("/nowhere/either"),
    "link": lambda: os.link("/nowhere/at-all", "/nowhere/either"),
}
_ENDINGS = {0: faults.ACKNOWLEDGED, 3: faults.REFUSED, 10: faults.WENT_ON, 11: faults.SAID_DONE}


def main(plan_file: str) -> None:
    """Run every point of a plan and write how each ended."""
    plan = json.loads(Path(plan_file).read_text())
    schema.statements()  # what takes long is done once, before the forks: this, and every import of the work
    _work(plan["operation"], Path(plan["rehearsal"]))
    endings = [_one(plan["operation"], plan["pad"], *point) for point in plan["points"]]
    Path(plan["answers"]).write_text(json.dumps(endings))


def _one(operation: str, pad: int, call: str, number: int, path: str) -> str:
    child = os.fork()
    if child == 0:
        code = 4
        try:
            for _ in range(pad - number):
                with contextlib.suppress(OSError):
                    _HARMLESS[call]()
            code = _work(operation, Path(path))
        except BaseException:
            traceback.print_exc()
        os._exit(code)
    if not call:
        Path(path).with_name("pid").write_text(str(child))
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return faults.KILLED
    return _ENDINGS.get(os.WEXITSTATUS(status), faults.BROKE)


def _work(operation: str, path: Path) -> int:
    """Do it; after a refusal do it again, as the person at the screen would, unless it says that it is done.

    0 done, 3 refused twice, 10 done the second time, 11 failed but done.
    """
    with Shop.open(path) as shop:
        shop.act_as("JD")
        try:
            OPERATIONS[operation](shop)
        except Problem as problem:
            if "It is done" in problem.what:
                return 11
            try:
                OPERATIONS[operation](shop)
            except Problem:
                return 3
            return 10
        return 0


if __name__ == "__main__":
    main(sys.argv[1])
