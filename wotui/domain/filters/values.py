"""What may stand after a field's colon, for each kind of field."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wotui.domain.filters import dates
from wotui.domain.filters.mistakes import FilterMistake, unknown_value
from wotui.domain.filters.tree import Any, Between, Choice, During, Named, Node, Not, Present, Words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from wotui.domain.filters.fields import Field

_MINUTES = re.compile(r"(?:(?P<hours>\d{1,4})h)?(?:(?P<minutes>\d{1,6})m?)?")
_YES = ("yes", "y", "true", "1")
_NO = ("no", "n", "false", "0")


def node(field: Field, text: str, quoted: bool, today: date, start: int) -> Node:
    """The condition that one value of a field stands for.

    Args:
        field: which.
        text: the value, quotation marks taken off.
        quoted: whether it stood in them; then `none` is a name like any other.
        today: the shop's date.
        start: where the value stands in the filter, for a mistake.

    Raises:
        FilterMistake: the field does not take this value.
    """
    word = text.casefold()
    if not quoted and field.name != "status" and field.kind != "flag" and word in ("none", "any"):
        return Present(field.name) if word == "any" else Not(Present(field.name))
    match field.kind:
        case "choice":
            return Choice(field.name, _choices(field, text, start))
        case "named":
            return Named(field.name, text)
        case "text":
            return Words(text, quoted, field.name)
        case "day" | "instant":
            return _during(field, text, today, start)
        case "number":
            return _between(field, text, start)
        case "flag":
            return _flag(field, word, start)
        case "order":
            raise FilterMistake(
                f"{field.name} can only sort.",
                f"Write {field.name}+ or {field.name}-.",
                start,
                start + len(text),
            )


def joined(nodes: Sequence[Node]) -> Node:
    """Several values of one field: any of them fits."""
    if len(nodes) == 1:
        return nodes[0]
    if all(isinstance(node, Choice) for node in nodes):
        choices = [node for node in nodes if isinstance(node, Choice)]
        if all(choice.values for choice in choices):
            return Choice(
                choices[0].field, tuple(dict.fromkeys(v for choice in choices for v in choice.values))
            )
        return Choice(choices[0].field, ())
    return Any(tuple(nodes))


def missing(field: Field, written: str, at: int) -> FilterMistake:
    """A field with nothing after its colon or sign: says what may stand there."""
    examples = {
        "choice": ", ".join(field.choices or ()),
        "named": "a name, or a part of it; none; any",
        "text": "a word",
        "day": dates.EXAMPLES + "; none; any",
        "instant": dates.EXAMPLES,
        "number": "60, 60..120 or 1h30",
        "flag": "yes or no",
        "order": "nothing",
    }
    return FilterMistake(
        f"{written} needs a value.", f"It can be {examples[field.kind]}.", at - len(written), at
    )


def _choices(field: Field, text: str, start: int) -> tuple[str, ...]:
    if ".." not in text:
        return _choice(field, text, start)
    ladder = list(dict.fromkeys(value for values in (field.choices or {}).values() for value in values))
    left, _, right = text.partition("..")
    first = ladder.index(_choice(field, left, start)[0]) if left else 0
    last = ladder.index(_choice(field, right, start + len(left) + 2)[-1]) if right else len(ladder) - 1
    return tuple(ladder[min(first, last) : max(first, last) + 1])


def _choice(field: Field, text: str, start: int) -> tuple[str, ...]:
    choices = field.choices or {}
    word = re.sub(r"[\s_]+", "-", text.casefold())
    if word in choices:
        return choices[word]
    beginning = {values for name, values in choices.items() if name.startswith(word)}
    if len(beginning) == 1:
        return beginning.pop()
    if beginning:
        names = [name for name in choices if name.startswith(word)]
        raise FilterMistake(
            f"{text} can be {' or '.join(names)}.", "Write more of it.", start, start + len(text)
        )
    raise unknown_value(field.noun, text, start, [name for name in choices if not name.isdigit()])


def _during(field: Field, text: str, today: date, start: int) -> During:
    try:
        return During(field.name, *dates.parse_range(text, today, past=field.kind == "instant"))
    except ValueError:
        raise FilterMistake(
            f"{text} is not a date.",
            f"Write {dates.EXAMPLES}, or a range such as ..fri.",
            start,
            start + len(text),
        ) from None


def _between(field: Field, text: str, start: int) -> Between:
    left, dots, right = text.partition("..")
    first = _minutes(left, start) if left else None
    last = _minutes(right, start + len(left) + 2) if right else None
    if first is None and last is None:
        raise FilterMistake(
            f"{text} is not a number.", "Write 60, 60..120 or 1h30.", start, start + len(text)
        )
    return Between(field.name, first, last if dots else first)


def _minutes(text: str, start: int) -> int:
    match = _MINUTES.fullmatch(text.casefold())
    if not match or not text:
        raise FilterMistake(
            f"{text} is not a number of minutes.", "Write 90 or 1h30.", start, start + len(text)
        )
    return int(match["hours"] or 0) * 60 + int(match["minutes"] or 0)


def _flag(field: Field, word: str, start: int) -> Node:
    wanted = Choice(field.name, ("1",))
    if word in _YES:
        return wanted
    if word in _NO:
        return Not(wanted)
    raise unknown_value("yes or no", word, start, ["yes", "no"])
