"""Which requests somebody looks for: words and a few fields, written as the filter of orders is written.

`tap status:any #PUMP-01 @ruiz !urgent place:hall -bulb "hot water"`: words AND, `-` not, `field:value`, `#` asset,
`@` who asks, `!` how urgent. Without a status, those that nobody has decided on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from wotui.domain import requests as rules
from wotui.domain.work_orders import PRIORITIES
from wotui.text import listed, nearest

FIELDS = ("status", "asset", "place", "who", "priority", "source", "number", "kind")
_NAMES = {
    **{name: name for name in FIELDS},
    "prio": "priority",
    "from": "who",
    "customer": "who",
    "tag": "asset",
}
_SIGNS = {"#": "asset", "@": "who", "!": "priority"}
_STATUSES = {
    **{status.replace("_", "-"): (status,) for status in rules.STATUSES},
    **{words.replace(" ", "-"): (status,) for status, words in rules.STATUS_WORDS.items()},
    "undecided": rules.UNDECIDED,
    "open": rules.OPEN,
    "any": (),
    "all": (),
}
_BY_WORD = {spelling: str(number) for number, word in PRIORITIES.items() for spelling in (word, str(number))}
_TOKEN = re.compile(r'-?(?:[\w]+:|[#@!])?"[^"]*"?|\S+')


@dataclass(frozen=True, slots=True)
class Condition:
    """A word (`field` empty), or a field that holds a text; `no` turns it round."""

    field: str
    value: str
    no: bool = False


@dataclass(frozen=True, slots=True)
class RequestFilter:
    """What somebody looks for. No statuses means any; `mistake` says what could not be read and was left out."""

    conditions: tuple[Condition, ...] = ()
    statuses: tuple[str, ...] = rules.UNDECIDED
    mistake: str = ""

    @property
    def words(self) -> str:
        """The filter said back."""
        if self.statuses == rules.UNDECIDED:
            said = "Requests to decide on"
        elif not self.statuses:
            said = "Requests of any status"
        else:
            said = f"Requests: {listed([rules.STATUS_WORDS[each] for each in self.statuses], 'or')}"
        return "; ".join((said, *(_said(each) for each in self.conditions)))


def read_filter(typed: str) -> RequestFilter:
    """What was typed, read as far as it can be; never raises."""
    conditions: list[Condition] = []
    statuses: tuple[str, ...] = rules.UNDECIDED
    mistake = ""
    for token in _TOKEN.findall(typed):
        no = token.startswith("-") and len(token) > 1
        bare = token[1:] if no else token
        field, value = _field(bare)
        value = value.strip('"').strip()
        if field == "status" and value.casefold() in _STATUSES and not no:
            statuses = _STATUSES[value.casefold()]
        elif field == "priority" and value.casefold() in _BY_WORD:
            conditions.append(Condition(field, _BY_WORD[value.casefold()], no))
        elif field in ("status", "priority"):
            known = list(_STATUSES if field == "status" else PRIORITIES.values())
            near = nearest(value, known)
            mistake = f"{field}: {value!r} is not known. " + (
                f"Did you mean {near}?" if near else f"It is one of {listed(known, 'or')}."
            )
        elif field == "?":
            near = nearest(bare.partition(":")[0], FIELDS)
            mistake = f"Requests have no field {bare.partition(':')[0]!r}." + (
                f" Did you mean {near}:?" if near else f" Fields: {', '.join(FIELDS)}."
            )
        elif value:
            conditions.append(Condition(field, value, no))
    return RequestFilter(tuple(conditions), statuses, mistake)


def _field(token: str) -> tuple[str, str]:
    """The field of a token and its value; `?` for a field that requests do not have, empty for a word."""
    if token[:1] in _SIGNS and len(token) > 1:
        return _SIGNS[token[0]], token[1:]
    name, colon, value = token.partition(":")
    if not colon or not name.isalpha():
        return "", token
    return _NAMES.get(name.casefold(), "?"), value


def _said(condition: Condition) -> str:
    value = PRIORITIES.get(int(condition.value), "") if condition.field == "priority" else condition.value
    words = f"{condition.field} {value}" if condition.field else f"with “{value}”"
    return f"not {words}" if condition.no else words
