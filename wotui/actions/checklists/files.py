"""Pictures and other files of an item: the bytes come into the shop's file, so that one file holds the whole shop."""

from __future__ import annotations

import hashlib
import mimetypes
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from wotui.actions.checklists.at_hand import store, take
from wotui.domain.checklists.answers import Answer
from wotui.domain.checklists.items import PASS, PHOTO
from wotui.domain.identity import same_id
from wotui.errors import FileTrouble, Refused
from wotui.text import clean_line

if TYPE_CHECKING:
    from wotui.store.file import Shop
    from wotui.store.transaction import Done

LARGEST = 10 * 1024 * 1024
"""Bytes of one attachment; larger files stay where they are."""


def attach_file(shop: Shop, item_id: str, path: str | Path, *, note: str | None = None) -> Done:
    """Answer a photo item with a file from disk; more than one can be given, one after the other.

    Raises:
        FileTrouble: the file is missing, unreadable, empty, no plain file, or larger than 10 MB.
        Refused: the item takes no file. And as `answer`.
    """
    name, content = read_file(path)
    digest = hashlib.sha256(content).hexdigest()
    with shop.transaction() as tx:
        sheet, line = take(shop, tx, item_id)
        if line.item.type != PHOTO:
            raise Refused(f"“{line.item.label}” takes no file.", "Answer it instead.")
        tx.store_bytes(digest, content)
        tx.put(
            "attachment",
            same_id("attachment", item_id, digest),
            parent_kind="checklist_item",
            parent_id=item_id,
            name=name,
            media_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
            sha256=digest,
            size=len(content),
        )
        kept = [file for file in line.files if file != name] if line.answered else []
        store(tx, line, Answer(", ".join([*kept, name]), PASS), note)
        return tx.done(f"{sheet.number} {line.number}. {line.item.label}: {name}.", sheet.order_id, item_id)


def read_file(path: str | Path) -> tuple[str, bytes]:
    """The name and the bytes of a file small enough to be kept.

    Raises:
        FileTrouble: as `attach_file`.
    """
    wanted = Path(path).expanduser()
    try:
        # Non-blocking: a pipe given by mistake must not hang the shop.
        handle = os.open(wanted, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as file:
            facts = os.fstat(file.fileno())
            if not stat.S_ISREG(facts.st_mode):
                raise FileTrouble(f"{wanted} is not a file.", "Give the path of a picture or document.")
            if facts.st_size > LARGEST:
                raise FileTrouble(
                    f"{wanted.name} is {facts.st_size / 2**20:.1f} MB; at most 10 MB are kept.",
                    "Make it smaller, or note its path instead.",
                )
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise FileTrouble(f"{wanted} cannot be read: {error.strerror}.", "Check the path.") from None
    except ValueError:
        raise FileTrouble("That is not the path of a file.", "Check the path.") from None
    if not content or len(content) > LARGEST:
        raise FileTrouble(f"{wanted.name} is empty or still growing.", "Check the file.")
    return clean_line(wanted.name), content
