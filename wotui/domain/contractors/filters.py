"""A few words that narrow a list of contractors, with the same feel as the filter of the inbox.

`cool trade:electrical mode:offsite documents:expired -area:hall` — words must all be found (in the name, trades, areas
or the reasons), `field:value` looks in one field, a leading `-` turns a word round. Fields: `name`, `trade`, `area`,
`mode` (onsite, offsite, both), `documents` (valid, expiring, expired, missing), `fit` (fits, override, poor, blocked).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wotui.errors import UsageProblem
from wotui.text import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wotui.domain.contractors.ranking import Fit

FIELDS = ("name", "trade", "area", "mode", "documents", "fit")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a filter: a field or none, the text sought (in lower case), and whether it must be absent."""

    field: str
    text: str
    absent: bool = False


def parse(text: str) -> tuple[Word, ...]:
    """Take a filter apart.

    Raises:
        UsageProblem: a field that does not exist; the nearest known one is named.
    """
    words: list[Word] = []
    for token in text.split():
        absent = token.startswith("-")
        body = token[1:] if absent else token
        if not body:
            continue  # somebody is still typing
        field, colon, value = body.partition(":")
        if not colon:
            words.append(Word("", body.casefold(), absent))
            continue
        if field.casefold() not in FIELDS:
            near = nearest(field, FIELDS)
            raise UsageProblem(
                f"Contractors have no field “{field}”.",
                f"Did you mean {near}:{value}?" if near else f"The fields are {', '.join(FIELDS)}.",
            )
        if value:
            words.append(Word(field.casefold(), value.casefold(), absent))
    return tuple(words)


def matches(found: Fit, words: Iterable[Word]) -> bool:
    """Whether a contractor answers to every word."""
    return all(_has(found, word) is not word.absent for word in words)


def _has(found: Fit, word: Word) -> bool:
    """Whether the field (or, without one, any text of the contractor) contains the word."""
    candidate = found.candidate
    texts: dict[str, tuple[str, ...]] = {
        "name": (candidate.name,),
        "trade": candidate.trades,
        "area": tuple(f"{area.code} {area.name}" for area in candidate.areas),
        "mode": (candidate.service_mode,),
        "documents": tuple(check.state for check in found.checks),
        "fit": (found.verdict,),
    }
    if word.field:
        return any(word.text in text.casefold() for text in texts[word.field])
    anywhere = (*texts["name"], *texts["trade"], *texts["area"], *(reason.words for reason in found.reasons))
    return any(word.text in text.casefold() for text in anywhere)
