"""Sharing: the shop's own place, merged with as a face asks for it, beside the screen and one merge at a time.

`run` is called on a thread of the face's own. It fetches first and merges then (`beforehand`), takes in the copies that
people and cloud folders left beside a shared file, and remembers when it was and what the place knows.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from wotui import clock
from wotui.errors import FileTrouble, Problem, Refused, UsageProblem
from wotui.merge import engine
from wotui.merge.beforehand import Beforehand, GivenUp, Watch
from wotui.merge.places import shape
from wotui.merge.places.file import FilePlace, siblings
from wotui.merge.places.finding import place_at
from wotui.merge.places.folder import FolderPlace
from wotui.merge.places.memory import Memory
from wotui.settings import state_folder
from wotui.store import vectors
from wotui.store.lock import InstanceLock

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from wotui.merge.account import Account
    from wotui.store.file import Shop

FOLDER, FILE = "folder", "file"
FILE_NAME = "shop-shared.wotui"
"""What a shared file is called when only its folder was named."""


def run(
    shop: Shop,
    paths: Sequence[Path],
    watch: Watch,
    *,
    pull: bool = False,
    dry_run: bool = False,
    agreed: bool = False,
    unasked: bool = False,
) -> list[Account]:
    """Merge with one or more places; also with the copies that lie beside a shared file, which are only read.

    Args:
        shop: the own file; edits go on meanwhile.
        paths: where.
        watch: tells how far it is, and gives it up.
        pull: only read the other side.
        dry_run: say what would happen, and change nothing on either side.
        agreed: somebody has seen the preview.
        unasked: it runs by itself, so a place that was emptied is left alone until somebody says that it is the place.

    Returns:
        An account of each place, in their order; those of copies stand before that of the file they lie beside.

    Raises:
        Refused: another shop's, a fork, a merge is running, or it changes so much that somebody should look first.
        FileTrouble: as `engine.merge`.
        GivenUp: somebody gave it up.
    """
    try:
        with alone(shop, watch):
            accounts: list[Account] = []
            for path in paths:
                watch.step(f"looking at {path}")
                _expect_there(path, unasked=unasked)
                accounts += [] if dry_run else _copies_beside(shop, path, watch)
                accounts.append(_one(shop, path, watch, pull=pull, dry_run=dry_run, agreed=agreed))
                if not dry_run and not pull:
                    _remember(shop, path)
            return accounts
    finally:
        watch.finished.set()


def _expect_there(path: Path, *, unasked: bool) -> None:
    """A drive that is not connected is no new place: nothing is made where a folder was, or where nobody looks."""
    memory = Memory(path)
    if not path.exists() and (memory.folder or not path.suffix):
        raise FileTrouble(
            f"{path} cannot be reached.", "Your changes are kept here and will be sent when it is back."
        )
    empty = not any(path.iterdir()) if path.is_dir() else not path.exists() and path.parent.is_dir()
    if unasked and empty and memory.held:
        raise FileTrouble(
            f"{path} is empty, but it held {sum(memory.held.values())} changes: is the drive connected?",
            "If it is the right place, merge by key: then it is filled again.",
        )


def _one(
    shop: Shop, path: Path, watch: Watch, *, pull: bool = False, dry_run: bool = False, agreed: bool = False
) -> Account:
    watch.step(f"looking at {path}")
    found = place_at(path, shop)
    if isinstance(found, FilePlace) and not dry_run:
        found.copies_are_known()
    place = Beforehand(found, shop, watch)
    try:
        return engine.merge(shop, place, pull=pull, dry_run=dry_run, agreed=agreed)
    finally:
        place.close()


def _copies_beside(shop: Shop, path: Path, watch: Watch) -> list[Account]:
    """Take in "conflicted copy", "(2)", "~" and older generations, each once; what is refused is left where it lies."""
    watch.step(f"looking at {path}")
    if path.is_dir():
        return []
    memory = Memory(path)
    accounts: list[Account] = []
    older = [path.with_name(f"{path.name}.{number}") for number in (1, 2, 3)]
    for copy in [*siblings(path), *(one for one in older if one.is_file())]:
        there = copy.stat()
        stamp = f"{there.st_size} {there.st_mtime_ns}"
        if memory.whole.get(copy.name) == stamp:
            continue
        try:
            account = _one(shop, copy, watch, pull=True)
        except GivenUp:
            raise
        except (Refused, FileTrouble):
            account = None
        if account is not None and account.changes_in:
            accounts.append(account)
        memory = Memory(path)
        memory.whole[copy.name] = stamp
        memory.keep()
    return accounts


def _remember(shop: Shop, path: Path) -> None:
    """Note what this place and this file both know now, for the count of what is not shared yet."""
    memory = Memory(path)
    memory.held, memory.at = vectors.held(shop), clock.instant(clock.now())
    memory.folder = path.is_dir()
    memory.keep()


def unshared(shop: Shop, path: Path) -> int:
    """How many changes this file holds that the place does not, as far as this computer knows; asks no drive."""
    known = Memory(path).held
    return sum(max(0, last - known.get(origin, 0)) for origin, last in vectors.held(shop).items())


def last_merged(path: Path) -> str:
    """When a merge with this place was done here last, an instant; empty when there was none. Asks no drive."""
    return Memory(path).at


@contextlib.contextmanager
def alone(shop: Shop, watch: Watch | None = None) -> Generator[None]:
    """Never two merges of one file at a time, whichever program runs them.

    Raises:
        Refused: another one is running.
    """
    folder = state_folder() / "merging"
    with contextlib.suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = InstanceLock(folder / str(shop.value("SELECT origin FROM me")))
    try:
        lock.__enter__()
    except FileTrouble:
        raise Refused("Another merge of this file is running.", "Wait until it is done.") from None
    if watch is not None:
        watch.let_go = lock.__exit__
    try:
        yield
    finally:
        lock.__exit__()


def set_up(shop: Shop, kind: str, typed: str, watch: Watch) -> tuple[Path, list[Account]]:
    """Begin to share through a folder or a file, which is made when it is not there, and merge at once.

    Args:
        shop: the own file.
        kind: `FOLDER` or `FILE`.
        typed: where; for a file also the folder it shall lie in.
        watch: tells how far it is, and gives it up.

    Returns:
        The place, whole, and the accounts of the first merge.

    Raises:
        UsageProblem: it is something else, or lies nowhere.
        Refused: it is another shop's.
        FileTrouble: it cannot be made, read or written.
    """
    path = Path(typed).expanduser().absolute()
    watch.step(f"looking at {path}")
    made = False
    try:
        path, made = _folder(path) if kind == FOLDER else (_file(path), False)
        return path, run(shop, [path], watch)
    except OSError as error:
        raise FileTrouble(f"{path} cannot be used: {error.strerror}.", "Name another place.") from error
    except Problem:
        if made:
            with contextlib.suppress(OSError):
                path.rmdir()  # only when it is still empty
        raise
    finally:
        watch.finished.set()


def _folder(path: Path) -> tuple[Path, bool]:
    if path.is_file():
        raise UsageProblem(f"{path} is a file.", "Name a folder, or share through a file.")
    if path.is_dir():
        if any(path.iterdir()) and FolderPlace(path).card() is None:
            raise UsageProblem(
                f"{path} holds other things.", f"Give sharing a folder of its own, such as {path / 'wotui'}."
            )
        return path, False
    if not path.parent.is_dir():
        raise FileTrouble(f"{path.parent} cannot be reached.", "Is the drive connected?")
    path.mkdir()
    return path, True


def _file(path: Path) -> Path:
    if path.is_dir():
        path /= FILE_NAME
    if not path.suffix:
        path = path.with_name(f"{path.name}.wotui")
    if not path.parent.is_dir():
        raise FileTrouble(f"{path.parent} cannot be reached.", "Is the drive connected?")
    if path.exists() and FilePlace(path).card() is None:
        raise shape.refusal(path, "is no shared file", "Name another file")
    return path


def changes_much(problem: Problem) -> bool:
    """Whether a merge was only refused because somebody should look at it first."""
    return isinstance(problem, Refused) and "--yes" in problem.way_out
