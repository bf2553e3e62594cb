"""Foreign text made safe to store and to show.

Titles, names and notes come from tenants, sticks, CSV files and machines. They pass `clean` or `clean_line`
once, at every entry, and `visible` once more at the exit, so that no byte of theirs steers the terminal.
"""

from __future__ import annotations

import re
import unicodedata

LINE_LIMIT = 120
NOTE_LIMIT = 20_000

# C0 and C1 controls, DEL; the bidi overrides and isolates U+202A-E and U+2066-9; lone surrogates; line and paragraph
# separators. ZWJ, LRM and RLM stay: Hebrew, Arabic and joined emoji need them.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_CONTROL_IN_NOTE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SPACES = re.compile("[ \\t\\r\\n\\v\\f\u00a0\u2028\u2029]+")
_MARKS = re.compile(
    "([\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{8})[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+"
)


def _picture(match: re.Match[str]) -> str:
    """A control character as the picture that Unicode has for it, anything else as U+FFFD."""
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def _is_plain(value: str) -> bool:
    """Whether nothing needs cleaning but blanks at the ends; most text of an import is like this."""
    return value.isascii() and value.isprintable()


def clean(value: str, limit: int = NOTE_LIMIT) -> str:
    """Text of several lines: CRLF and CR become LF, controls become visible, NFC, at most `limit`
    characters.
    """
    if _is_plain(value):
        return value.strip()[:limit]
    value = value[: limit * 4].replace("\r\n", "\n").replace("\r", "\n")
    value = _BIDI.sub("", value)
    value = _CONTROL_IN_NOTE.sub(_picture, value)
    return _MARKS.sub(r"\1", unicodedata.normalize("NFC", value)).strip()[:limit]


def clean_line(value: str, limit: int = LINE_LIMIT) -> str:
    """Text of one line: as `clean`, and every run of blanks, tabs and line breaks becomes one space."""
    if _is_plain(value) and "  " not in value:
        return value.strip()[:limit]
    value = _SPACES.sub(" ", value[: limit * 4])
    value = _CONTROL.sub(_picture, _BIDI.sub("", value))
    return _MARKS.sub(r"\1", unicodedata.normalize("NFC", value)).strip(" \u200b\ufeff")[:limit]


def visible(value: str) -> str:
    """What may reach a terminal: stored text with every remaining control (line breaks too) made visible."""
    return _CONTROL.sub(_picture, value)


def visible_lines(value: str) -> str:
    """As `visible`, for text of several lines: line breaks and tabs stay."""
    return _CONTROL_IN_NOTE.sub(_picture, value)


def nearest(word: str, known: list[str] | tuple[str, ...]) -> str | None:
    """The known word that a mistyped one most likely means, or None when nothing is near."""
    from difflib import get_close_matches

    matches = get_close_matches(word.casefold(), known, n=1, cutoff=0.6)
    return matches[0] if matches else None


def listed(words: list[str] | tuple[str, ...], conjunction: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`; `a, with b; and c` where a part has commas or an "and" of its own."""
    if len(words) < 2:
        return "".join(words)
    if any("," in word or f" {conjunction} " in word for word in words):
        return f"{'; '.join(words[:-1])}; {conjunction} {words[-1]}"
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """`1 order`, `3 orders`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
