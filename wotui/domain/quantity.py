"""Quantities and readings: decimals with at most three places, kept as integer thousandths and never as floats.

Source: `1.25` is kept as `1250`, so sums and limits are exact and a merge never meets a rounding difference.
"""

from __future__ import annotations

import re

from wotui.errors import UsageProblem

LARGEST = 10**15  # thousandths; far above any meter, far below SQLite's 64-bit integers

_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)")
_AMBIGUOUS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})")
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?")


def thousandths(typed: str) -> int:
    """What a person typed as integer thousandths: `7.25` gives 7250; a decimal comma is understood.

    Raises:
        UsageProblem: not a number, more than three decimals, too large, or `1,250`, which can be read two ways.
    """
    word = typed.strip().replace("\u2212", "-").replace(" ", "").replace("_", "")
    if _AMBIGUOUS.fullmatch(word):
        plain = word.replace(",", "")
        raise UsageProblem(
            f"{typed.strip()} can be read two ways.", f"Type {plain} or {word.replace(',', '.')}."
        )
    if _GROUPED.fullmatch(word):
        word = word.replace(",", "")
    if not word.isascii() or not _NUMBER.fullmatch(word):
        raise UsageProblem(
            f"“{typed.strip()[:40]}” is not a number.", "Type digits, with a point before the decimals."
        )
    sign = -1 if word.startswith("-") else 1
    whole, _, places = word.lstrip("+-").replace(",", ".").partition(".")
    if len(places.rstrip("0")) > 3:
        raise UsageProblem(f"{typed.strip()[:40]} has more than three decimals.", "Round it to three.")
    if len(whole) > 12:
        raise UsageProblem(
            f"{typed.strip()[:40]} is too large to be a reading.", "Check the number and type it again."
        )
    value = int(whole or "0") * 1000 + int((places + "000")[:3])
    return sign * value


def decimal(value: int) -> str:
    """Integer thousandths as the shortest decimal: 7250 gives `7.25`, 7000 gives `7`."""
    sign = "-" if value < 0 else ""
    whole, places = divmod(abs(value), 1000)
    return f"{sign}{whole}" if not places else f"{sign}{whole}.{places:03d}".rstrip("0")


def with_unit(value: int, unit: str) -> str:
    """Integer thousandths and their unit, as shown to people: `7.25 mm/s`."""
    return f"{decimal(value)} {unit}".strip()
