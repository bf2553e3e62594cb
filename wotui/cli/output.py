"""The only module of the command line that prints: stdout is data, stderr is narration.

Every text passes `wotui.text` on its way out, so no title, name or note can steer a terminal. Data goes through one
door, `emit`, which writes the same UTF-8 bytes to `-o FILE`, to `> FILE` and to a pipe.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from wotui.errors import FileTrouble
from wotui.text import visible, visible_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Style = Literal["bold", "dim", "red", "yellow", "green", "cyan"]

_CODES: dict[Style, str] = {"bold": "1", "dim": "2", "red": "31", "yellow": "33", "green": "32", "cyan": "36"}
_GAP = "  "
_IN_ASCII = str.maketrans(
    {
        "─": "-",
        "·": "-",
        "–": "-",
        "…": "~",
        "✓": "+",
        "✗": "x",
        "→": ">",
        "“": '"',
        "”": '"',
        "’": "'",
        "×": "x",
    }
)


def say(*sentences: str) -> None:
    """Narrate on stderr, one line a sentence: what happened, warnings, progress. Never data.

    A stderr that is closed or full is no reason to fail: the work is done already.
    """
    stream = sys.stderr
    if stream is None:
        return
    try:
        for sentence in sentences:
            stream.write(_encodable(visible_lines(sentence), stream.encoding) + "\n")
        stream.flush()
    except OSError:
        return


def emit(text: str, output: str | os.PathLike[str] | None = None) -> None:
    """Write data: to the file `output` when given (0600, replaced whole), else to stdout.

    Raises:
        FileTrouble: the file cannot be written; the old one is kept.
        BrokenPipeError: the reader of stdout went away.
    """
    if text and not text.endswith("\n"):
        text += "\n"
    if output is not None and str(output) != "-":
        write_file(output, text.encode("utf-8", "replace"))
        return
    stream = sys.stdout
    if stream is None:
        raise FileTrouble("There is no standard output to write to.", "Use -o FILE, or run it with one.")
    buffer = getattr(stream, "buffer", None)
    if is_terminal() or buffer is None:
        stream.write(_encodable(text, stream.encoding))
    else:
        stream.flush()
        buffer.write(text.encode("utf-8", "replace"))
    stream.flush()


def lines(texts: Iterable[str], output: str | os.PathLike[str] | None = None) -> None:
    """Write lines of plain text, whatever they hold: what could steer a terminal is shown instead."""
    emit("\n".join(visible(text) for text in texts), output)


def write_file(path: str | os.PathLike[str], data: bytes) -> None:
    """Write a file whole or not at all: a private temporary beside it, synced, then renamed over it.

    Raises:
        FileTrouble: the folder is missing or not writable, or the disk is full.
    """
    target = Path(path).resolve()
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(data)  # a pipe or /dev/null is written to, never replaced
        else:
            _replace(target, data)
    except OSError as error:
        raise _not_written(path, error) from None


def _replace(target: Path, data: bytes) -> None:
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    handle = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _not_written(path: str | os.PathLike[str], error: OSError) -> FileTrouble:
    return FileTrouble(
        f"{os.fspath(path)} was not written: {error.strerror or error}.",
        "Free the disk or name another file.",
    )


def document(value: Any, output: str | os.PathLike[str] | None = None) -> None:
    """Print one JSON document. Absent values must be `None` already; controls are written as JSON escapes."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=2, default=_refuse_unknown)
    emit("".join(_escaped(character) for character in text), output)


def _refuse_unknown(value: object) -> Any:
    raise TypeError(type(value).__name__)


def _escaped(character: str) -> str:
    """C1 controls, bidi overrides, separators and lone surrogates as JSON escapes: same data, harmless bytes."""
    if character == "\n" or (character.isascii() and character != "\x7f"):
        return character
    return f"\\u{ord(character):04x}" if visible(character) != character else character


def table(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    output: str | os.PathLike[str] | None = None,
    flexible: int | None = None,
    right: Sequence[int] = (),
    styles: Mapping[tuple[int, int], Style] | None = None,
) -> None:
    """Print aligned columns.

    Args:
        headings: one word a column; always the first line.
        rows: cells as text; shown on one line each.
        output: a file instead of stdout.
        flexible: the column that gives way when a terminal is too narrow; nothing is cut elsewhere.
        right: columns aligned to the right (numbers).
        styles: colours by (row, column), shown only on a terminal.
    """
    lines = [tuple(headings), *rows]
    cells = [[visible(cell) for cell in line] for line in lines]
    widths = [max(width(line[column]) for line in cells) for column in range(len(headings))]
    if flexible is not None and output is None and is_terminal():
        spare = columns() - sum(widths) - len(_GAP) * (len(widths) - 1)
        widths[flexible] = max(12, widths[flexible] + min(0, spare))
    coloured = styles or {}
    printed: list[str] = []
    for number, line in enumerate(cells):
        parts: list[str] = []
        for column, cell in enumerate(line):
            last = column == len(line) - 1 and column not in right
            padded = fit(cell, widths[column], right=column in right, pad=not last)
            style = "bold" if number == 0 else coloured.get((number - 1, column))
            parts.append(padded if output is not None else styled(padded, style))
        printed.append(_GAP.join(parts).rstrip())
    emit("\n".join(printed), output)


def styled(text: str, style: Style | None) -> str:
    """Text with a colour where stdout shows colours (a terminal, no `NO_COLOR`), else the text alone."""
    if style is None or not text or not _colours():
        return text
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m"


def is_terminal() -> bool:
    """Whether stdout is a terminal."""
    try:
        return sys.stdout is not None and sys.stdout.isatty()
    except ValueError:
        return False


def _colours() -> bool:
    return is_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM", "") not in ("", "dumb")


def columns() -> int:
    """How wide the terminal is."""
    import shutil

    return max(40, shutil.get_terminal_size().columns)


def page_width() -> int:
    """Columns for a page of text: the terminal's, at most 100; 80 when it is none."""
    return min(100, columns()) if is_terminal() else 80


def width(text: str) -> int:
    """Cells that a terminal gives to a line: wide East Asian characters take two, marks and joiners none."""
    return len(text) if text.isascii() else sum(_cells(character) for character in text)


def _cells(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Me", "Mn"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def fit(text: str, cells: int, *, right: bool = False, pad: bool = True) -> str:
    """A line cut with `…` or padded to exactly `cells` (only cut when not `pad`)."""
    room = cells - width(text)
    if room < 0:
        kept = ""
        used = 0
        for character in text:
            used += _cells(character)
            if used > cells - 1:
                break
            kept += character
        text, room = kept + "…", cells - 1 - width(kept)
    if not pad:
        return text
    return " " * room + text if right else text + " " * room


def _encodable(text: str, encoding: str | None) -> str:
    """Text that a terminal of this encoding can take: glyphs as ASCII, the rest as `?`, never an exception."""
    name = encoding or "utf-8"
    try:
        text.encode(name)
    except UnicodeEncodeError:
        return text.translate(_IN_ASCII).encode(name, "replace").decode(name)
    return text


def one_line(text: str) -> str:
    """Foreign text as it may stand in a line that is emitted."""
    return visible(text)
