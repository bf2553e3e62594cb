"""Code lists: the words that a shop agrees on, offered wherever such a word is typed. Free text is always allowed.

Problems, causes and remedies are kept per failure class of the asset (ISO 14224: failure mode, failure cause,
maintenance activity); a list without a class serves every asset. Short on purpose: a list that has to be scrolled is
answered with its first entry.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from wotui.errors import Refused, UsageProblem
from wotui.text import clean_line, listed, nearest

LISTS = {
    "trade": "trades",
    "work_kind": "kinds of work",
    "problem": "problems",
    "cause": "causes",
    "remedy": "remedies",
    "hold_reason": "reasons for a hold",
    "cancel_reason": "reasons to cancel",
    "priority": "priorities",
}
"""Name of a list → what people call it. Entries of `priority` say in words what a priority is for."""
PER_CLASS = ("problem", "cause", "remedy")
MOST = {"problem": 12, "cause": 10, "remedy": 10}
"""Most entries of a list per failure class; other lists hold `MOST_OTHERWISE`."""
MOST_OTHERWISE = 40
FIELD_LISTS = {
    "work_kind": "work_kind",
    "required_trades": "trade",
    "failure_problem": "problem",
    "failure_cause": "cause",
    "failure_remedy": "remedy",
}
"""Field of an order → the list that it is offered from."""


@dataclass(frozen=True, slots=True)
class Code:
    """One entry: `code` is what an order keeps, `label` a word more about it, `scope` the failure class or empty."""

    list: str
    code: str
    label: str = ""
    scope: str = ""
    position: int = 0
    id: str = ""
    active: bool = True


def list_named(word: str) -> str:
    """The list that is meant: by its name or what people call it, singular or plural.

    Raises:
        UsageProblem: there is none; names the nearest.
    """
    wanted = re.sub(r"[\s-]+", "_", word.strip().casefold())
    known = {name: name for name in LISTS} | {words.replace(" ", "_"): name for name, words in LISTS.items()}
    known |= {f"{name}s": name for name in LISTS} | {"remedies": "remedy", "priorities": "priority"}
    if wanted in known:
        return known[wanted]
    near = nearest(wanted, list(known))
    way_out = f"Did you mean {near}?" if near else f"The lists are {listed(list(LISTS))}."
    raise UsageProblem(f"There is no list {clean_line(word, 40)!r}.", way_out)


def check(code: Code, others: int) -> Code:
    """The code as it may be stored; `others` says how many its list holds already.

    Raises:
        UsageProblem: no such list.
        Refused: no word, a failure class where there is none, a priority that is none, or the list is full.
    """
    name = list_named(code.list)
    word = clean_line(code.code, 60)
    if not word:
        raise Refused(f"An entry of the {LISTS[name]} needs a word.", "Say what orders will keep.")
    if "," in word:
        raise Refused(f"{word}: a code may not hold a comma.", "Commas separate several of them.")
    if code.scope and name not in PER_CLASS:
        raise Refused(
            f"The {LISTS[name]} are not kept per failure class.", "Only problems, causes and remedies are."
        )
    if name == "priority" and word not in ("1", "2", "3", "4"):
        raise Refused(f"{word} is no priority.", "Priorities are 1, 2, 3 and 4; only their words change.")
    most = MOST.get(name, MOST_OTHERWISE)
    if others >= most:
        of = f" of {code.scope}" if code.scope else ""
        raise Refused(
            f"The {LISTS[name]}{of} are {most} already: a longer list is answered with its first entry.",
            "Retire one that nobody uses.",
        )
    return Code(name, word, clean_line(code.label), clean_line(code.scope, 40), code.position, code.id)
