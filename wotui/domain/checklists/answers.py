"""From what a person typed to a stored value and its outcome, and the verdict shown while still typing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wotui.domain.checklists.items import (
    CHOICE,
    FAIL,
    FLAG,
    METER,
    MULTI,
    NOT_APPLICABLE,
    NUMBER,
    PASS,
    PASS_FAIL,
    PHOTO,
    SIGNATURE,
    TEXT,
    TICK,
    YES_NO,
    Item,
    Option,
    limits,
)
from wotui.domain.quantity import decimal, thousandths, with_unit
from wotui.errors import Problem, Refused, UsageProblem
from wotui.text import clean, listed

if TYPE_CHECKING:
    from collections.abc import Iterable

TEXT_LIMIT = 2000
SURPRISING = 5
"""A reading more than this many times the last one is asked about."""

_YES = frozenset({"yes", "y", "true", "1", "on"})
_NO = frozenset({"no", "n", "false", "0", "off"})
_PASS = frozenset({"pass", "p", "ok", "good", "done", "x", "✓"})
_FAIL = frozenset({"fail", "f", "failed", "bad", "✗"})
_FLAG = frozenset({"flag", "watch", "!"})
_NA = frozenset({"na", "n/a", "not applicable"})
_WORST = (FAIL, FLAG, PASS)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer ready to be stored: the value, its outcome, and a question where the value is surprising."""

    value: str
    outcome: str
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the line under a reading says while it is being typed; `outcome` is None until it can be judged."""

    outcome: str | None
    words: str


def read_answer(item: Item, typed: str, last: int | None = None) -> Answer:
    """What `typed` means as an answer to `item`.

    Args:
        item: the item being answered.
        typed: what the person typed; nothing means the good answer of a tick, a pass/fail or a yes/no.
        last: the last reading of the same thing in thousandths, to question a surprising one.

    Raises:
        UsageProblem: the words do not fit the item's type.
        Refused: the item cannot be answered this way (a heading, n/a where it is not allowed).
    """
    if not item.answerable:
        raise Refused(f"“{item.label}” is there to be read.", "Answer the item below it.")
    word = typed.strip().casefold()
    if word in _NA and item.type not in (TEXT, CHOICE, MULTI):
        return not_applicable(item)
    if item.type in (TICK, PASS_FAIL, YES_NO):
        return _by_word(item, word)
    if item.type in (NUMBER, METER):
        return _reading(item, typed, last)
    if item.type in (CHOICE, MULTI):
        return _chosen(item, typed)
    if item.type == TEXT:
        return _text(item, typed)
    raise Refused(*_elsewhere(item))


def not_applicable(item: Item) -> Answer:
    """The answer "not applicable".

    Raises:
        Refused: the item does not allow it, or is only there to be read.
    """
    if not item.answerable:
        raise Refused(f"“{item.label}” is there to be read.", "Answer the item below it.")
    if not item.na_allowed:
        raise Refused(
            f"“{item.label}” cannot be left out as not applicable.", "Answer it, or fail it with a note."
        )
    return Answer("na", NOT_APPLICABLE)


def passing(item: Item) -> Answer:
    """The answer that one press of "pass" gives.

    Raises:
        Refused: the item needs a value that a single key cannot give; the sentence says which.
    """
    if item.type in (TICK, PASS_FAIL, YES_NO):
        return _by_word(item, "")
    good = [option for option in item.options if option.outcome == PASS]
    if item.type == CHOICE and len(good) == 1:
        return Answer(good[0].id, PASS)
    raise Refused(*_needs_a_value(item))


def failing(item: Item) -> Answer:
    """The answer that one press of "fail" gives.

    Raises:
        Refused: the value decides (a reading), there is more than one way to fail, or nothing to fail.
    """
    if item.type in (TICK, PASS_FAIL):
        return _by_word(item, "fail")
    if item.type == YES_NO:
        return _yes_no(item, item.good_answer == "no")
    bad = [option for option in item.options if option.outcome == FAIL]
    if item.type == CHOICE and len(bad) == 1:
        return Answer(bad[0].id, FAIL)
    raise Refused(*_needs_a_value(item))


def judge(item: Item, value: int) -> str:
    """The outcome of a reading in thousandths: limits decide pass or fail, watch limits give a flag."""
    if item.min_value is not None and value < item.min_value:
        return FAIL
    if item.max_value is not None and value > item.max_value:
        return FAIL
    if item.warn_min is not None and value < item.warn_min:
        return FLAG
    if item.warn_max is not None and value > item.warn_max:
        return FLAG
    return PASS


def explain(item: Item, value: int) -> str:
    """Why a reading is judged as it is: `above the limit of 4.5 mm/s`."""
    if item.min_value is not None and value < item.min_value:
        return f"below the limit of {with_unit(item.min_value, item.uom)}"
    if item.max_value is not None and value > item.max_value:
        return f"above the limit of {with_unit(item.max_value, item.uom)}"
    if item.warn_min is not None and value < item.warn_min:
        return f"to watch: below {with_unit(item.warn_min, item.uom)}"
    if item.warn_max is not None and value > item.warn_max:
        return f"to watch: above {with_unit(item.warn_max, item.uom)}"
    return "within limits" if limits(item) else "noted"


def doubt(item: Item, value: int, last: int | None) -> str:
    """The question to ask before a surprising reading is stored; empty when there is nothing to ask."""
    if last is None or last == 0 or abs(value) <= SURPRISING * abs(last):
        return ""
    return f"{with_unit(value, item.uom)} is more than {SURPRISING} times the last reading, {decimal(last)}."


def preview(item: Item, typed: str, last: int | None = None) -> Verdict:
    """The live verdict on what is typed so far; never raises."""
    if not typed.strip():
        return Verdict(None, limits(item) if item.numeric else "")
    try:
        answer = read_answer(item, typed, last)
    except Problem as problem:
        return Verdict(None, problem.what)
    if not item.numeric or answer.outcome == NOT_APPLICABLE:
        return Verdict(answer.outcome, shown(item, answer.value, answer.outcome))
    words = explain(item, thousandths(answer.value))
    return Verdict(answer.outcome, f"{words}. {answer.doubt}" if answer.doubt else words)


def shown(item: Item, value: str | None, outcome: str | None) -> str:
    """A stored answer in words, as people read it: `7.2 mm/s`, `worn, loose`, `done`."""
    if outcome is None:
        return ""
    if outcome == NOT_APPLICABLE:
        return "not applicable"
    stored = value or ""
    if item.numeric:
        return f"{stored} {item.uom}".strip()
    if item.type in (CHOICE, MULTI):
        chosen = [item.option(part) for part in stored.split(",") if part]
        return listed([option.label for option in chosen if option is not None]) or stored
    if item.type == TICK:
        return "not done" if outcome == FAIL else "done"
    if item.type == PASS_FAIL:
        return {PASS: "pass", FLAG: "watch", FAIL: "fail"}.get(outcome, stored)
    return stored


def _by_word(item: Item, word: str) -> Answer:
    if item.type == YES_NO:
        if not word:
            return _yes_no(item, item.good_answer != "no")
        if word in _PASS or word in _FAIL:
            return _yes_no(item, (word in _PASS) == (item.good_answer != "no"))
        if word not in _YES | _NO:
            raise UsageProblem(f"“{item.label}” is answered with yes or no.", _skip(item))
        return _yes_no(item, word in _YES)
    if not word or word in _PASS or word in _YES:
        return Answer("done" if item.type == TICK else "pass", PASS)
    if word in _FAIL or word in _NO:
        return Answer("not done" if item.type == TICK else "fail", FAIL)
    if word in _FLAG and item.type == PASS_FAIL:
        return Answer("flag", FLAG)
    known = "done or fail" if item.type == TICK else "pass, flag or fail"
    raise UsageProblem(f"“{item.label}” is answered with {known}.", _skip(item))


def _yes_no(item: Item, yes: bool) -> Answer:
    good = yes == (item.good_answer != "no")
    return Answer("yes" if yes else "no", PASS if good else FAIL)


def _reading(item: Item, typed: str, last: int | None) -> Answer:
    if not typed.strip() or typed.strip().casefold() in _PASS | _FAIL | _FLAG:
        raise UsageProblem(f"“{item.label}” takes a reading.", _reading_help(item))
    value = thousandths(typed)
    return Answer(decimal(value), judge(item, value), doubt(item, value, last))


def _reading_help(item: Item) -> str:
    words = limits(item)
    return f"Type the number; the limits decide ({words})." if words else "Type the number."


def _chosen(item: Item, typed: str) -> Answer:
    words = typed.split(",") if item.type == MULTI else [typed]
    wanted = [word.strip() for word in words if word.strip()]
    if not wanted:
        raise UsageProblem(f"“{item.label}” takes a choice.", _choices(item))
    found = [_option(item, word) for word in wanted]
    if any(option is None for option in found):
        if len(wanted) == 1 and wanted[0].casefold() in _NA:
            return not_applicable(item)
        raise UsageProblem(f"“{item.label}” has no such choice.", _choices(item))
    ids = {option.id for option in found if option is not None}
    kept = [option for option in item.options if option.id in ids]
    return Answer(",".join(option.id for option in kept), worst(option.outcome for option in kept))


def _option(item: Item, word: str) -> Option | None:
    """By id or label in any case, or by its number in the list."""
    folded = word.casefold()
    for option in item.options:
        if folded in (option.id.casefold(), option.label.casefold()):
            return option
    if word.isascii() and word.isdigit() and 1 <= int(word) <= len(item.options):
        return item.options[int(word) - 1]
    return None


def worst(outcomes: Iterable[str | None]) -> str:
    """The worst of several outcomes: fail before flag before pass; pass when there are none."""
    present = set(outcomes)
    return next((outcome for outcome in _WORST if outcome in present), PASS)


def _text(item: Item, typed: str) -> Answer:
    value = clean(typed, TEXT_LIMIT)
    if not value:
        raise UsageProblem(f"“{item.label}” takes a text.", _skip(item))
    if value.casefold() in _NA:
        return not_applicable(item)
    return Answer(value, PASS)


def _choices(item: Item) -> str:
    return "Choose " + listed([f"{n} {option.label}" for n, option in enumerate(item.options, 1)], "or") + "."


def _skip(item: Item) -> str:
    return "Or say na, with the reason as a note." if item.na_allowed else ""


def _elsewhere(item: Item) -> tuple[str, str]:
    if item.type == PHOTO:
        return f"“{item.label}” takes a file.", "A terminal cannot take pictures: give the path of one."
    return f"“{item.label}” takes a signature.", "Sign it with your name and PIN."


def _needs_a_value(item: Item) -> tuple[str, str]:
    if item.numeric:
        return f"“{item.label}” takes a reading.", _reading_help(item)
    if item.type in (CHOICE, MULTI):
        return f"“{item.label}” takes a choice.", _choices(item)
    if item.type in (PHOTO, SIGNATURE):
        return _elsewhere(item)
    if item.type == TEXT:
        return f"“{item.label}” takes a text.", "Type it."
    return f"“{item.label}” is there to be read.", "Answer the item below it."
