"""Every glyph that wotui draws, for a terminal that takes no Unicode: one plain character for each cell."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from rich.cells import cell_len

if TYPE_CHECKING:
    from collections.abc import Callable

_PLAIN = {
    "▶": ">", "▸": ">", "◀": "<", "○": "o", "◌": ".", "◷": "@", "‖": "=", "✓": "v", "■": "#", "✗": "x", "▲": "!",
    "△": "^", "▽": "-", "·": ".", "–": "-", "—": "-", "−": "-", "…": "~", "→": ">", "←": "<", "↑": "^", "↓": "v",
    "“": '"', "”": '"', "’": "'", "×": "x", "▏": "|", "▌": "|", "▁": "_", "✎": "*",
    "─": "-", "│": "|", "╭": "+", "╮": "+", "╰": "+", "╯": "+", "├": "+", "┤": "+", "┼": "+", "━": "-", "┃": "|",
}  # fmt: skip


def translation(encoding: str | None) -> Callable[[str], str]:
    """How text is written on a terminal of this encoding: as it is, or in characters that the encoding has.

    A character that it has not becomes its plain look from the table, or a question mark for each of its cells, so that
    every column stays where it is.
    """
    name = codecs.lookup(encoding or "utf-8").name
    if name.startswith("utf"):
        return _as_it_is

    def plain(shown: str) -> str:
        if shown.isascii():
            return shown
        return "".join(
            each if _fits(each, name) else _PLAIN.get(each, "?" * cell_len(each)) for each in shown
        )

    return plain


def _as_it_is(shown: str) -> str:
    return shown


def _fits(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
