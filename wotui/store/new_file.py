"""Making a new shop's file: private from its first byte, whole or not there at all."""

from __future__ import annotations

import os
import platform
import sqlite3
from typing import TYPE_CHECKING

from wotui import text
from wotui.domain.identity import new_id, same_id
from wotui.errors import FileTrouble
from wotui.store import connection as connections
from wotui.store import migrations
from wotui.store.file import Shop

if TYPE_CHECKING:
    from pathlib import Path


def create(
    path: Path, *, name: str, zone: str, currency: str, workweek_start: str, letter: str = "A"
) -> Shop:
    """Make a new shop's file (0600) and open it.

    Raises:
        FileTrouble: something lies at `path` already, or its folder cannot be written.
    """
    origin = make_empty(path, shop=new_id(), letter=letter)
    shop = Shop.open(path)
    with shop.transaction(kind="setup") as tx:
        chosen = {
            "shop.name": text.clean_line(name),
            "shop.zone": zone,
            "shop.currency": currency,
            "payroll.workweek_start": workweek_start,
        }
        for setting, value in chosen.items():
            tx.insert("setting", id=same_id("setting", setting), name=setting, value=value)
        tx.insert("device", id=origin, origin=origin, letter=letter, name=text.clean_line(platform.node()))
        tx.done(f"Made the shop {name}.")
    return shop


def make_empty(path: Path, *, shop: str, letter: str) -> str:
    """Make a file (0600) of a shop with nothing in it, and give the origin under which it writes.

    Args:
        path: where; nothing may lie there.
        shop: the shop's id.
        letter: the device letter of its numbers.

    Raises:
        FileTrouble: something lies at `path` already, or its folder cannot be written.
    """
    from wotui.store import schema

    origin = fresh_origin()
    _make_private_file(path)
    connection = connections.connect(path)
    try:
        connection.execute("BEGIN EXCLUSIVE")
        for statement in schema.statements():
            connection.execute(statement)
        connection.execute(
            "INSERT INTO me (one, shop, origin, letter) VALUES (1, ?, ?, ?)", (shop, origin, letter)
        )
        connection.execute(f"PRAGMA application_id = {connections.APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {migrations.SCHEMA_VERSION}")
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        connection.close()
        path.unlink(missing_ok=True)
        if connections.is_a_bug(error):
            raise
        raise connections.trouble(error, path) from error
    connection.close()
    return origin


def fresh_origin() -> str:
    """A name for a file copy that writes: 8 random base32 characters."""
    alphabet = "abcdefghijklmnopqrstuvwxyz234567"
    return "".join(alphabet[byte & 31] for byte in os.urandom(8))


def _make_private_file(path: Path) -> None:
    # Made before SQLite opens it, so that its journal inherits 0600 too; SQLite's own default is 0644.
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        raise FileTrouble(
            f"{path} exists already; it was left as it is.", "Choose another name with --db."
        ) from None
    except OSError as error:
        raise FileTrouble(
            f"{path} cannot be made: {error.strerror}.", "Choose another folder with --db."
        ) from None
