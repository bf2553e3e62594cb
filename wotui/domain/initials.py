"""Initials: two to four letters or digits that stand for one person, on screens, in filters and on paper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wotui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

INITIALS = re.compile(r"[^\W_]{2,4}")
"""What initials look like; they are kept in capitals."""


def initials_for(name: str, taken: Collection[str]) -> str | None:
    """Initials that nobody has yet for a name: `Jo Doe` gives JD, else JOD, JODO; None when all are taken."""
    words = [re.sub(r"[\W_]", "", clean_line(word.upper())) for word in name.split()]
    words = [word for word in words if word]
    if not words:
        return None
    first, last = words[0], words[-1]
    proposals: Iterable[str] = (
        "".join(word[0] for word in words)[:4],
        first[0] + last[:2],
        first[:2] + last[:1],
        first[:2] + last[:2],
        first[:3] + last[:1],
        *(f"{first[0]}{last[0]}{digit}" for digit in range(2, 100)),
    )
    used = {initials.casefold() for initials in taken}
    return next(
        (word for word in proposals if INITIALS.fullmatch(word) and word.casefold() not in used), None
    )
