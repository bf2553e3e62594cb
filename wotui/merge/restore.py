"""Bringing a backup back: it is proven first, what it replaces is kept beside it, and then it takes its place at once.

The file that comes back goes on under a name of its own (`wotui.merge.identity`): what the other one had written since
may already be elsewhere under the same numbers. So nothing is overwritten when it meets the shared place again, and
everything that the place holds comes back with the next merge.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wotui import clock
from wotui.errors import Damaged, FileTrouble, Refused
from wotui.merge import backup, identity, salvage
from wotui.store import connection as connections
from wotui.store import snapshot
from wotui.store.copies import STAMP
from wotui.store.file import Shop
from wotui.store.lock import InstanceLock

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

_COMPANIONS = ("-journal", "-wal", "-shm")


@dataclass(slots=True)
class Restored:
    """What a restore did.

    Attributes:
        source: the file that was brought back.
        kept: where the replaced file lies now; None where there was none.
        damaged: the replaced file could not be read whole.
        salvaged: changes that were younger than the backup and could still be read in the replaced file.
        letter: the device letter of the numbers from now on.
        notices: further sentences.
    """

    source: Path
    kept: Path | None
    damaged: bool
    salvaged: int = 0
    letter: str = ""
    notices: list[str] = field(default_factory=list[str])

    def sentence(self) -> str:
        """What was done, in one sentence."""
        words = f"{self.source.name} is the shop's file again."
        if self.kept is not None:
            words += f" What it replaced is kept as {self.kept.name}."
        if self.salvaged:
            words += f" {self.salvaged} younger changes were read out of it and are back."
        return f"{words} The next merge brings back what the shared place holds."


def restore(shop_file: Path, source: Path, *, holding: bool = False) -> Restored:
    """Put a proven copy of a backup in the place of the shop's file, and salvage what is younger.

    Args:
        shop_file: the shop's file; it may be damaged or missing.
        source: a backup, or any other whole file of this shop. It stays where it is.
        holding: the caller has the file's lock already (the screen, which has closed the shop).

    Raises:
        FileTrouble: the source is damaged, newer or no shop's; the shop is open on a screen; or it cannot be written.
        Refused: the source is of another shop.
    """
    if source.exists() and shop_file.exists() and source.samefile(shop_file):
        raise Refused(f"{source} is the shop's file itself.", "Name a backup: `wotui backups` lists them.")
    expect_sound(source)
    with contextlib.ExitStack() as stack:
        if not holding:
            stack.enter_context(_alone(shop_file))
        shop_file = shop_file.resolve()
        shop = _at_rest(shop_file, stack) if shop_file.exists() else None
        if shop:
            _expect_same_shop(shop, source)
        done = Restored(source, None, shop == "")
        draft = _draft(shop_file, source)
        try:
            done.kept = _swap(shop_file, draft, "damaged" if done.damaged else "before-restore")
        finally:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
    try:
        _wake(shop_file, done)
    except FileTrouble as trouble:  # the backup is in its place; the next start gives it its name
        done.notices.append(f"It is in its place, but: {trouble.what}")
    return done


def expect_sound(source: Path) -> None:
    """Refuse what nothing should be restored from.

    Raises:
        FileTrouble: missing, damaged, of a newer wotui, or not a shop's file.
    """
    found = backup.damage_at(source)
    if found:
        raise FileTrouble(
            f"{source} cannot be restored from: {found.rstrip('.')}. Nothing was changed.",
            "`wotui backups` lists the others, and which of them are sound.",
        )


@contextlib.contextmanager
def _alone(shop_file: Path) -> Generator[None]:
    """Hold the lock of the screen.

    Raises:
        FileTrouble: a screen is open on the file.
    """
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(InstanceLock(shop_file))
        except FileTrouble as trouble:
            raise FileTrouble(trouble.what, "Quit it there first; nothing was restored.") from None
        yield


def _at_rest(shop_file: Path, stack: contextlib.ExitStack) -> str:
    """The id of the shop whose file it is, or nothing where it is damaged. Where it is whole, nobody writes to it until
    the stack unwinds, and no journal lies beside it.

    Raises:
        FileTrouble: it is busy, or cannot be reached.
    """
    try:
        backup.expect_shop(shop_file)
        connection = stack.enter_context(contextlib.closing(connections.connect(shop_file)))
        connection.execute("BEGIN EXCLUSIVE")  # rolls back what a crash left half done
        stack.callback(_let_go, connection)
        if snapshot.damage(connection):
            return ""
        return str(connection.execute("SELECT shop FROM me").fetchone()[0])
    except Damaged:
        return ""
    except sqlite3.Error as error:
        trouble = connections.trouble(error, shop_file)
        if isinstance(trouble, Damaged) or connections.is_a_bug(error):
            return ""
        raise trouble from error


def _let_go(connection: sqlite3.Connection) -> None:
    with contextlib.suppress(sqlite3.Error):
        connection.execute("ROLLBACK")


def _expect_same_shop(shop: str, source: Path) -> None:
    """Refuse another shop's file; a damaged or missing one has nothing to compare with.

    Raises:
        Refused: it is another shop's.
    """
    with contextlib.closing(connections.connect(source, read_only=True)) as connection:
        found = connection.execute("SELECT shop FROM me").fetchone()[0]
    if found != shop:
        raise Refused(
            f"{source} is a file of another shop; nothing was changed.", "Open it by its name: --db FILE."
        )


def _draft(shop_file: Path, source: Path) -> Path:
    """A proven copy of the source beside the file; its token fits nobody's memory, so it takes a new name."""
    draft = shop_file.with_name(f".{shop_file.name}.restoring")
    for leftover in (draft, *(draft.with_name(draft.name + end) for end in _COMPANIONS)):
        leftover.unlink(missing_ok=True)
    snapshot.copy_verified(source, draft)
    try:
        with contextlib.closing(connections.connect(draft)) as connection:
            connection.execute("UPDATE me SET token = ?", (os.urandom(8).hex(),))
    except sqlite3.Error as error:
        draft.unlink(missing_ok=True)
        raise connections.trouble(error, shop_file) from error
    return draft


def _swap(shop_file: Path, draft: Path, word: str) -> Path | None:
    """Keep the file under another name, and give its name to the draft in one step.

    Raises:
        FileTrouble: it cannot be kept or replaced; then it is where it was.
    """
    try:
        kept = _keep(shop_file, word) if shop_file.exists() else None
        os.replace(draft, shop_file)  # noqa: PTH105 - Path.replace says less about durability
        snapshot.sync_folder(shop_file.parent)
    except OSError as error:
        raise FileTrouble(
            f"{shop_file} cannot be replaced: {error.strerror or error}.", "It is as it was."
        ) from error
    return kept


def _keep(shop_file: Path, word: str) -> Path:
    stem, end = f"{shop_file.stem}.{word}-{clock.now().strftime(STAMP)}", shop_file.suffix
    kept, number = shop_file.with_name(f"{stem}{end}"), 2
    while kept.exists():
        if kept.samefile(shop_file):  # a restore that was cut short had come so far
            return kept
        kept, number = shop_file.with_name(f"{stem}-{number}{end}"), number + 1
    for suffix in _COMPANIONS:
        companion = shop_file.with_name(shop_file.name + suffix)
        if companion.exists():
            companion.rename(kept.with_name(kept.name + suffix))
    try:
        os.link(shop_file, kept)
    except OSError:  # FAT knows no links
        shutil.copyfile(shop_file, kept)
        descriptor = os.open(kept, os.O_RDWR)
        os.fsync(descriptor)
        os.close(descriptor)
    return kept


def _wake(shop_file: Path, done: Restored) -> None:
    """Let the file take its new name, and bring back what is younger."""
    with Shop.open(shop_file) as shop:
        before = shop.value("SELECT origin FROM me")
        identity.settle(shop)
        if shop.value("SELECT origin FROM me") == before:  # where nothing can be remembered
            with shop.exchange() as connection:
                identity.take_new_origin(connection)
        done.letter = str(shop.value("SELECT letter FROM me"))
        if done.damaged and done.kept is not None:
            account = salvage.bring_back(shop, done.kept)
            if account is not None:
                done.salvaged = account.changes_in
                done.notices += account.notices
        identity.remember(shop)
