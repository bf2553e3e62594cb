"""Going on with a filter that somebody is typing: the field that begins so, or the value of a field that has a few."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wotui.domain.filters.fields import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SHORTEST = 2
"""How much of a field's name has to stand there before it is completed."""
_LAST = re.compile(r'(?:^|[\s,])(-?)([^\s:,"]+)$')
_VALUE = re.compile(r'(?:^|[\s])-?([^\W\d][\w-]*):(?:[^\s"]*,)?([^\s:,"]*)$')


def complete(typed: str, own: Mapping[str, Sequence[str]]) -> str | None:
    """What was typed with its last word gone on with; None when nothing begins so.

    Args:
        typed: the filter so far.
        own: the shop's own fields by key, each with its choices (none for a field that takes anything).
    """
    if match := _VALUE.search(typed):
        return _with_value(typed, match[1], match[2], own)
    match = _LAST.search(typed)
    if match is None or len(match[2]) < SHORTEST:
        return None
    begun = match[2].casefold()
    names = [*(field.name for field in BY_NAME.values()), *(key.replace("_", "-") for key in own)]
    found = next((name for name in dict.fromkeys(names) if name.startswith(begun)), None)
    return None if found is None else f"{typed}{found[len(begun) :]}:"


def _with_value(typed: str, name: str, begun: str, own: Mapping[str, Sequence[str]]) -> str | None:
    field = BY_NAME.get(name.casefold())
    values: Sequence[str] = ()
    if field is not None:
        values = tuple(word for word in field.choices or () if not word.isdigit())
    else:
        values = next((choices for key, choices in own.items() if _folded(key) == _folded(name)), ())
    found = next((value for value in values if begun and value.casefold().startswith(begun.casefold())), None)
    if found is None or found.casefold() == begun.casefold():
        return None
    if re.search(r"\s", found):
        return f'{typed[: len(typed) - len(begun)]}"{found}"'
    return typed + found[len(begun) :]


def _folded(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()
