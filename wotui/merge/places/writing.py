"""Writing at a place so that nobody ever meets half a file: beside it, synced, read back, then renamed.

The bytes get their final name by one rename, which a stick that is pulled or a laptop that dies cannot cut in two. What
an interrupted writer left under a temporary name is removed by the next one on the same computer.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import platform
import re
import time
from typing import TYPE_CHECKING

from wotui.errors import FileTrouble
from wotui.merge.places import reading, shape
from wotui.store import snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

SECONDS_TO_INSIST = 2.5
"""How long a rename is tried while somebody has the file open (always so on SMB and Windows)."""

_IN_USE = {5, 32, 33}  # Windows: access denied, sharing violation, lock violation
_PIECE = 1 << 20
_TOO_OLD_SECONDS = 86_400
_TEMPORARY = re.compile(r"\..+\.([0-9a-f]{8})-(\d+)-[0-9a-f]{8}\.(part|tmp)\Z")
_CANNOT_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EPERM, errno.EBADF}


def unsent(path: Path, error: OSError) -> FileTrouble:
    """The sentence for a place that cannot be written."""
    why = "is full" if error.errno == errno.ENOSPC else f"cannot be written ({error.strerror or error})"
    return FileTrouble(f"{path} {why}.", "Your changes are kept here and will be sent when it is back.")


def host() -> str:
    """Eight characters for this computer, for names of temporary files."""
    return hashlib.blake2b(platform.node().encode(), digest_size=4).hexdigest()


def beside(target: Path, pieces: Iterable[bytes], suffix: str) -> tuple[Path, str]:
    """Write a new temporary file beside `target`, sync it and read it back; gives it and the BLAKE2b of its bytes.

    Raises:
        OSError: it cannot be written. Nothing stays behind.
        FileTrouble: it does not read back as it was written.
    """
    draft = target.with_name(f".{target.name}.{host()}-{os.getpid()}-{os.urandom(4).hex()}.{suffix}")
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    digest = hashlib.blake2b(digest_size=32)
    descriptor = os.open(draft, flags, 0o666)  # others of the shop must read it; the umask decides
    try:
        try:
            for piece in pieces:
                digest.update(piece)
                _write_all(descriptor, piece)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if digest_of(draft) != digest.hexdigest():
            raise FileTrouble(
                f"{target} cannot be trusted: it gave back other bytes than were written.",
                "Your changes are kept here; check the disk or the stick.",
            )
    except BaseException:
        remove(draft)
        raise
    return draft, digest.hexdigest()


def rename(draft: Path, target: Path, *, insist: float = SECONDS_TO_INSIST) -> None:
    """Give a temporary file its name, in place of what had it; the folder is synced where it can be.

    Raises:
        OSError: it cannot be renamed; the temporary file is gone.
        FileTrouble: somebody has the file open and does not let go of it.
    """
    until = time.monotonic() + insist
    while True:
        try:
            os.replace(draft, target)  # noqa: PTH105 - Path.replace says less about durability
            break
        except OSError as error:
            in_use = getattr(error, "winerror", None) in _IN_USE or error.errno in {
                errno.EBUSY,
                errno.ETXTBSY,
            }
            if in_use and time.monotonic() < until:
                time.sleep(0.1)
                continue
            remove(draft)
            if in_use:
                raise FileTrouble(
                    f"{target} is in use by somebody else.",
                    "Your changes are kept here and will be sent next time.",
                ) from None
            raise
    sync(target.parent)


def sync(folder: Path) -> None:
    """Make names in a folder last, where the system can.

    Raises:
        OSError: the disk failed.
    """
    try:
        snapshot.sync_folder(folder)
    except OSError as error:
        if error.errno not in _CANNOT_SYNC:
            raise


def digest_of(path: Path) -> str | None:
    """BLAKE2b-256 of a file's bytes; None where there is none.

    Raises:
        FileTrouble: it is no regular file, or cannot be read.
    """
    try:
        descriptor, _ = reading.open_regular(path, shape.LARGEST)
    except FileNotFoundError:
        return None
    digest = hashlib.blake2b(digest_size=32)
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def pieces_of(path: Path) -> Iterator[bytes]:
    """A file of ours, piece by piece."""
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def remove(path: Path) -> None:
    """Remove a temporary file; where that fails, the next one on this computer does it."""
    with contextlib.suppress(OSError):
        path.unlink()


def remove_leftovers(folder: Path, start: str = "") -> None:
    """Remove temporary files of writers on this computer that are gone, and of anybody's that are a day old."""
    with contextlib.suppress(OSError):
        for path in folder.glob(f".{_literal(start)}*"):
            match = _TEMPORARY.match(path.name)
            if match and (_is_gone(match[1], int(match[2])) or _is_old(path)):
                remove(path)


def is_alive(process: int) -> bool:
    """Whether a process of this computer still runs; where that cannot be asked, it does."""
    if os.name == "nt":
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def _is_gone(on: str, process: int) -> bool:
    return on == host() and process != os.getpid() and not is_alive(process)


def _is_old(path: Path) -> bool:
    return time.time() - path.stat().st_mtime > _TOO_OLD_SECONDS


def _literal(text: str) -> str:
    return re.sub(r"([*?[])", r"[\1]", text)


def _write_all(descriptor: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
