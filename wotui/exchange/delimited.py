"""Delimited text that other programs read: RFC 4180, safe to open in a spreadsheet, and written whole or not at all.

A cell of foreign text that a spreadsheet would run as a formula gets one apostrophe in front, and
`imports.reading.unguarded` takes exactly one away again. Numbers that wotui makes itself are never touched.
"""

from __future__ import annotations

import csv
import errno
import hashlib
import io
import os
import re
import secrets
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wotui.errors import FileTrouble

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

# OWASP's list for CSV injection, with the full-width forms that some spreadsheets fold; after any apostrophes, so that
# taking one away always gives back the text as it was.
_FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_EOLS = {"crlf": "\r\n", "lf": "\n"}


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file is written down.

    Attributes:
        encoding: a Python codec; `utf-8-sig` begins with a byte order mark.
        delimiter: one character.
        eol: `crlf` or `lf`.
        quoting: whether a cell may be quoted; without it, the delimiter may not stand in a cell.
    """

    encoding: str = "utf-8-sig"
    delimiter: str = ","
    eol: str = "crlf"
    quoting: bool = True


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet may run the text as a formula, or would after one apostrophe was taken away."""
    return _FORMULA.match(text) is not None


def guarded(text: str) -> str:
    """Foreign text with one apostrophe in front when it looks like a formula."""
    return f"'{text}" if looks_like_formula(text) else text


def not_allowed(text: str, dialect: Dialect) -> str:
    """The first character of a text that the file cannot hold: a control, or one its encoding lacks; else empty."""
    for character in text:
        if unicodedata.category(character) == "Cc":
            return character
        if not dialect.quoting and character == dialect.delimiter:
            return character
        try:
            character.encode(dialect.encoding)
        except UnicodeEncodeError:
            return character
    return ""


def rendered(
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    dialect: Dialect,
    *,
    preamble: Sequence[str] = (),
    with_header: bool = True,
) -> bytes:
    """A whole file: header, rows, quotes only where needed, a line end after the last row.

    `preamble` are lines before the header, as they are.

    Raises:
        UnicodeEncodeError: a character does not fit the encoding; look with `not_allowed` first.
        ValueError: a row has not as many cells as the header.
    """
    text, eol = io.StringIO(), _EOLS[dialect.eol]
    text.writelines(f"{line}{eol}" for line in preamble)
    quoting = csv.QUOTE_MINIMAL if dialect.quoting else csv.QUOTE_NONE
    writer = csv.writer(
        text, delimiter=dialect.delimiter, lineterminator=eol, quoting=quoting,
        quotechar='"' if dialect.quoting else None,
    )  # fmt: skip
    if with_header:
        writer.writerow(header)
    for row in rows:
        if len(row) != len(header):
            raise ValueError(row)
        writer.writerow(row)
    return text.getvalue().encode(dialect.encoding)


def sha256(content: bytes) -> str:
    """The digest by which files are compared."""
    return hashlib.sha256(content).hexdigest()


NEW, IDENTICAL, REPLACED = "new", "identical", "replaced"


@dataclass(frozen=True, slots=True)
class Written:
    """A file that lies where it should.

    Attributes:
        path: where.
        sha256: of its bytes, read back after writing.
        how: `new`, `identical` (it lay there already) or `replaced` (another content lay there).
    """

    path: Path
    sha256: str
    how: str


def write_verified(folder: Path, name: str, content: bytes) -> Written:
    """Write a file into a folder so that it is there whole, or not at all.

    A private temporary file in the same folder is written, synced, read back and compared before it takes the name.
    The folder itself is made when only its last part is missing, so that a stick that is not plugged in is noticed.

    Raises:
        FileTrouble: E13, with the path and the reason; an older file of the name is left as it was.
    """
    target = folder / name
    try:
        if not folder.is_dir():
            folder.mkdir(mode=0o700)
        before = target.read_bytes() if target.is_file() else None
        if before == content:
            return Written(target, sha256(content), IDENTICAL)
        _replace(target, content)
    except OSError as error:
        raise _trouble(target, error) from error
    return Written(target, sha256(content), NEW if before is None else REPLACED)


def expect_writable(folder: Path) -> None:
    """Refuse early where a folder plainly cannot take files: it is missing with its parent, or may not be written.

    Raises:
        FileTrouble: E13, with the path and the reason.
    """
    place = folder if folder.is_dir() else folder.parent
    try:
        if not place.is_dir():
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        if not os.access(place, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise _trouble(folder, error) from error


def _replace(target: Path, content: bytes) -> None:
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    handle = os.open(temporary, flags, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if sha256(temporary.read_bytes()) != sha256(content):
            raise FileTrouble(
                f"E13 {target}: what was written does not read back the same.", "Write it again."
            )
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    # The rename itself survives a power cut only once the folder is synced; not every system lets a folder be opened.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _trouble(target: Path, error: OSError) -> FileTrouble:
    reason = os.strerror(error.errno) if error.errno else str(error)
    return FileTrouble(
        f"E13 {target} was not written: {reason} (errno {error.errno}).",
        "Choose a folder that exists and can be written, then write it again.",
    )
