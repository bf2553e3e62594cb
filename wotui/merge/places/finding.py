"""Which kind of place lies at a path."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from wotui.errors import FileTrouble, UsageProblem
from wotui.merge.places.file import FilePlace
from wotui.merge.places.shop_file import ShopFile
from wotui.store import connection as connections

if TYPE_CHECKING:
    from pathlib import Path

    from wotui.merge.places import Place
    from wotui.store.file import Shop


def place_at(path: Path, shop: Shop | None) -> Place:
    """A folder, a shared file (also where nothing lies yet), or another copy of the shop's own file.

    Args:
        path: where.
        shop: the own file, which is no place to merge with; None where there is none yet.

    Raises:
        UsageProblem: it is the own file.
        FileTrouble: it cannot be looked at.
    """
    if shop is not None and path.exists() and path.samefile(shop.path):
        raise UsageProblem(
            f"{path} is this shop's own file.", "Name the shared file or folder, or another copy."
        )
    if path.is_dir():
        from wotui.merge.places.folder import FolderPlace

        return FolderPlace(path)
    return ShopFile(path) if _is_shop(path) else FilePlace(path)


def _is_shop(path: Path) -> bool:
    """Whether the header says that it is a whole shop's file; whoever reads it verifies the rest."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
    try:
        descriptor = os.open(path, flags)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise FileTrouble(f"{path} cannot be read: {error.strerror}.", "Nothing was merged.") from None
    try:
        return os.read(descriptor, 72)[68:72] == connections.APPLICATION_ID.to_bytes(4, "big")
    except OSError:  # a pipe or a device; the reader says so
        return False
    finally:
        os.close(descriptor)
