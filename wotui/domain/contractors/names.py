"""Names that look alike, so that one firm does not end up in the file twice."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LEGAL_FORMS = frozenset(
    (
        *("inc", "incorporated", "llc", "ltd", "limited", "co", "company", "corp", "plc", "pty"),
        *("gmbh", "ag", "kg", "bv", "srl", "sa", "the", "and"),
    )
)
_NOT_A_WORD = re.compile(r"[^\w]+")
# Letters of other alphabets that are drawn like Latin ones.
_DRAWN_ALIKE = str.maketrans("аеорсухіјѕԁԛԝһκορτν01", "aeopcyxijsdqwhkoptvol")


def plain_name(name: str) -> str:
    """A name without case, accents, punctuation, legal form and letters that only look Latin.

    Two names with the same plain form are one firm to a reader: `ACE Cooling, Inc.` and `Ace Cooling`.
    """
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    words = _NOT_A_WORD.sub(" ", bare.replace("'", "").replace(".", "").translate(_DRAWN_ALIKE)).split()
    kept = [word for word in words if word not in _LEGAL_FORMS]
    return " ".join(kept or words)


def alike(name: str, others: Iterable[str]) -> str | None:
    """The name among `others` that this one is easily taken for, or None."""
    wanted = plain_name(name)
    best: tuple[float, str] | None = None
    for other in others:
        against = plain_name(other)
        ratio = 1.0 if against == wanted else SequenceMatcher(None, wanted, against).ratio()
        if ratio >= 0.9 and (best is None or ratio > best[0]):
            best = (ratio, other)
    return best[1] if best else None
