"""A delimited text file read row by row, whatever program wrote it.

Nothing about the file is asked: byte order mark, encoding, delimiter and Excel's `sep=` line are found by looking, and
what was assumed is said in a note. The file is never held in memory, so a million rows cost no more than one.
"""

from __future__ import annotations

import csv
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO, NamedTuple, TextIO

from wotui.errors import FileTrouble, Refused
from wotui.text import clean_line

DELIMITERS = ",;\t|"
FIELD_LIMIT = 200_000
COLUMN_LIMIT = 500

_CHUNK = 1 << 16
_LOOK = 200  # records that decide the delimiter
_GUARDED = re.compile("'+[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")

# What is no table of text although it may be called .csv: first bytes → what to do instead.
_FOREIGN = (
    (b"PK\x03\x04", "an Excel workbook or a zip archive", "Save it as CSV (UTF-8) and import that."),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook", "Save it as CSV (UTF-8) and import that."),
    (b"\x1f\x8b", "a gzip archive", "Unpack it first."),
    (b"BZh", "a bzip2 archive", "Unpack it first."),
    (b"7z\xbc\xaf", "a 7z archive", "Unpack it first."),
    (
        b"SQLite format 3\x00",
        "a SQLite database",
        "A shop's file is joined with `wotui merge`, not imported.",
    ),
    (b"%PDF-", "a PDF", "Ask the other system for a CSV export."),
)


class Row(NamedTuple):
    """One record: the line it starts on (the header's is 1), its cells, and what is wrong with its shape, or ''."""

    line: int
    cells: list[str]
    problem: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was found out about a file, enough to read it again.

    `headers` are unique: an empty heading becomes `column 3`, a repeated one `Name (2)`. `written_headers` are as in
    the file. `notes` are sentences to show: what was assumed about the file.
    """

    path: Path
    encoding: str
    delimiter: str
    headers: tuple[str, ...]
    written_headers: tuple[str, ...]
    skip_lines: int
    notes: tuple[str, ...]


def open_sheet(path: Path) -> Sheet:
    """Look at a file and find out how to read it.

    Raises:
        FileTrouble: the file is missing or cannot be read.
        Refused: it is empty, or no table of text at all (an archive, a workbook, a database, SQL).
    """
    try:
        with path.open("rb") as raw:
            _refuse_foreign(path, raw)
            encoding, note = _encoding(raw)
        return _look(path, encoding, note)
    except OSError as trouble:
        raise FileTrouble(
            f"{path} could not be read ({os.strerror(trouble.errno or 0)}).",
            "Check the file's name and place.",
        ) from trouble


def rows(sheet: Sheet) -> Iterator[Row]:
    """Every record below the header. Records of nothing but blanks are skipped, as spreadsheets leave them behind.

    Raises:
        FileTrouble: the file has gone or the stick was pulled.
        Refused: a quotation mark opens and never closes (the rest of the file would be one field).
    """
    width = len(sheet.headers)
    try:
        with _text(sheet.path, sheet.encoding) as lines:
            for _ in range(sheet.skip_lines):
                next(lines, None)
            reader = csv.reader(lines, delimiter=sheet.delimiter)
            next(reader, None)
            before = reader.line_num
            for cells in reader:
                line, before = before + 1 + sheet.skip_lines, reader.line_num
                if any(cells):
                    if len(cells) > width and not any(cells[width:]):
                        del cells[width:]
                    yield Row(line, cells, "" if len(cells) == width else _shape(cells, width))
    except csv.Error as trouble:
        raise _never_ends(sheet.path, trouble) from trouble
    except UnicodeError as trouble:  # a file that changed between looking and reading
        changed = f"{sheet.path.name} is not {sheet.encoding} text to its end."
        raise FileTrouble(changed, "Export it again.") from trouble
    except OSError as trouble:
        raise FileTrouble(
            f"{sheet.path} could not be read to its end ({os.strerror(trouble.errno or 0)}).",
            "Nothing was imported.",
        ) from trouble


def unguarded(cell: str) -> str:
    """A text cell of wotui's own export without the apostrophe that keeps a spreadsheet from running it.

    The exporter puts one apostrophe before every text that starts, after any apostrophes, with `= + - @`, a tab, a line
    break or a full-width form of these; so taking exactly one away again gives back what was there.
    """
    return cell[1:] if cell.startswith("'") and _GUARDED.match(cell) else cell


def _refuse_foreign(path: Path, raw: BinaryIO) -> None:
    head = raw.read(512)
    raw.seek(0)
    if not head.strip(b"\xef\xbb\xbf \t\r\n\x00"):
        raise Refused(f"{path.name} is empty.", "Export it again.")
    for magic, what, way_out in _FOREIGN:
        if head.startswith(magic):
            raise Refused(f"{path.name} is {what}, not a CSV file.", way_out)
    if head[257:262] == b"ustar":
        raise Refused(f"{path.name} is a tar archive, not a CSV file.", "Unpack it first.")
    if path.suffix.casefold() == ".sql":
        raise Refused(f"{path.name} is SQL, not a CSV file.", "Ask the other system for a CSV export.")


def _encoding(raw: BinaryIO) -> tuple[str, str]:
    """The encoding of a whole file, read in pieces, and a note when it had to be assumed."""
    head = raw.read(4096)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16", "Read as UTF-16."
    if head.startswith(b"\xef\xbb\xbf"):
        return _checked(raw, "utf-8-sig", "")
    if len(head) > 3 and head.count(b"\x00") > len(head) // 4:
        little = head[1::2].count(0) > head[::2].count(0)
        return ("utf-16-le" if little else "utf-16-be"), "Read as UTF-16 (the file does not say so)."
    return _checked(raw, "utf-8", "")


def _checked(raw: BinaryIO, encoding: str, note: str) -> tuple[str, str]:
    if _decodes(raw, encoding):
        return encoding, note
    if _decodes(raw, "cp1252"):
        return "cp1252", "Not UTF-8: read as Windows-1252 (Western European). Check names with accents."
    return "mac_roman", "Not UTF-8: read as Mac Roman. Check names with accents."


def _decodes(raw: BinaryIO, encoding: str) -> bool:
    import codecs

    decoder = codecs.getincrementaldecoder(encoding)()
    raw.seek(0)
    try:
        while chunk := raw.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _text(path: Path, encoding: str) -> TextIO:
    return path.open(encoding=encoding, newline="")


def _look(path: Path, encoding: str, note: str) -> Sheet:
    csv.field_size_limit(FIELD_LIMIT)
    notes = [note] if note else []
    try:
        with _text(path, encoding) as lines:
            first = lines.readline()
        told = re.fullmatch(r'"?sep=(.)"?\s*', first, re.IGNORECASE)
        skip = 1 if told else 0
        delimiter = told.group(1) if told else _delimiter(path, encoding)
        with _text(path, encoding) as lines:
            for _ in range(skip):
                next(lines)
            written: list[str] = next(csv.reader(lines, delimiter=delimiter), [""])
    except csv.Error as trouble:
        raise _never_ends(path, trouble) from trouble
    except UnicodeError as trouble:
        raise Refused(f"{path.name} is not text.", "Ask the other system for a CSV export.") from trouble
    if not any(cell.strip() for cell in written):
        raise Refused(f"{path.name} has no line of headings.", "The first line must name the columns.")
    if len(written) > COLUMN_LIMIT:
        raise Refused(f"{path.name} has {len(written):,} columns.", "Is it really a table with headings?")
    headers = _unique([clean_line(cell) for cell in written], notes)
    return Sheet(path, encoding, delimiter, headers, tuple(written), skip, tuple(notes))


def _delimiter(path: Path, encoding: str) -> str:
    """The candidate that cuts the first records into the same, largest number of cells."""
    best, best_score = ",", (0.0, 0)
    for candidate in DELIMITERS:
        try:
            with _text(path, encoding) as lines:
                widths = [
                    len(cells)
                    for cells in islice(csv.reader(lines, delimiter=candidate), _LOOK)
                    if any(cells)
                ]
        except csv.Error:
            continue
        if not widths or widths[0] < 2:
            continue
        agreeing = Counter(widths)[widths[0]] / len(widths)
        if (score := (agreeing, widths[0])) > best_score:
            best, best_score = candidate, score
    return best


def _unique(names: Sequence[str], notes: list[str]) -> tuple[str, ...]:
    taken: set[str] = set()
    unique: list[str] = []
    for position, name in enumerate(names, start=1):
        base = name or f"column {position}"
        heading, count = base, 1
        while heading.casefold() in taken:
            count += 1
            heading = f"{base} ({count})"
        if count > 1:
            notes.append(
                f"The heading {base!r} comes more than once; column {position} is read as {heading!r}."
            )
        taken.add(heading.casefold())
        unique.append(heading)
    return tuple(unique)


def _shape(cells: Sequence[str], width: int) -> str:
    return f"The row has {len(cells)} cells, the heading {width}."


def _never_ends(path: Path, trouble: csv.Error) -> Refused:
    return Refused(
        f"{path.name} has a field of more than {FIELD_LIMIT:,} characters ({trouble}).",
        "A quotation mark probably opens and never closes; mend it and import again.",
    )
