"""One single day from what a person types: `2026-06-30`, `today`, `fri`, `+3d`, `-2w`."""

from __future__ import annotations

from datetime import date

from wotui.domain.filters.dates import parse_span
from wotui.errors import UsageProblem

EXAMPLES = "2026-06-30, today, fri or +3d"


def read_day(typed: str, today: date, *, past: bool = False) -> date | None:
    """The day that was typed, or None for empty text.

    Args:
        typed: as a person writes it.
        today: the shop's date, which `fri` and `+3d` count from.
        past: a weekday means the latest one instead of the coming one (for what has happened).

    Raises:
        UsageProblem: not one single day.
    """
    word = typed.strip()
    if not word:
        return None
    try:
        first, last = parse_span(word, today, past=past)
    except ValueError:
        first, last = date.min, date.max
    if first != last:
        raise UsageProblem(f"“{word[:40]}” is not a day.", f"Write it like {EXAMPLES}.")
    return first
