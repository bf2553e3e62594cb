"""How the cells of a row become the texts of fields: columns put together, words looked up, dates and numbers read.

Nothing is guessed: a word that is not mapped, a date of another form, a number that could be read in two ways are
each a mistake of their row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from wotui.errors import Refused
from wotui.text import clean_line, counted, listed

Reader = Callable[[Sequence[str]], str]
"""Gives the text of one field from the cells of a row."""

_COLUMN = re.compile(r"\{([^{}]*)\}")
_LONGEST_NUMBER = 20
_SHOWN = 12
_DIGITS = re.compile(r"[+-]?\d+(\.\d*)?|[+-]?\.\d+")


class RowMistake(Exception):
    """What is wrong with one cell; the message is the sentence for the row's verdict."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How one field is read: a pattern of columns, or one `column` whatever its name, and what its text means."""

    pattern: str = ""
    values: Mapping[str, str] | None = None
    date: str = ""
    decimals: int | None = None
    point: str = "."
    column: str = ""

    @property
    def columns(self) -> list[str]:
        """The headings that are read."""
        return [self.column] if self.column else _COLUMN.findall(self.pattern)


def bind(rule: Rule, headers: Sequence[str], label: str) -> Reader:
    """The reader of a rule for a file with these headings.

    The reader raises RowMistake when a cell is not what the rule allows; an empty text means no value.

    Raises:
        Refused: the file lacks a column that the rule names.
    """
    places = {header.casefold(): place for place, header in enumerate(headers)}
    for column in rule.columns:
        if column.casefold() not in places:
            raise Refused(f"The file has no column {column!r}.", f"It has {headings(headers)}.")
    read = _joined(rule, places)
    if rule.values is not None:
        return _valued(read, rule, label)
    if rule.date:
        return _dated(read, rule, label)
    return _numbered(read, rule, label) if rule.decimals is not None else read


def headings(headers: Sequence[str]) -> str:
    """The headings of a file for a sentence: the first dozen, and how many more."""
    shown = [f"“{clean_line(header, 40)}”" for header in headers[:_SHOWN]]
    more = len(headers) - len(shown)
    return listed([*shown, f"{more} more"] if more else shown)


def _joined(rule: Rule, places: Mapping[str, int]) -> Reader:
    if rule.column or _COLUMN.fullmatch(rule.pattern):
        place = places[rule.columns[0].casefold()]
        return lambda cells: cells[place].strip()
    pieces = _COLUMN.split(rule.pattern)
    if len(pieces) == 1:
        return lambda _cells: rule.pattern
    fixed, columns = pieces[::2], [places[column.casefold()] for column in pieces[1::2]]

    def put_together(cells: Sequence[str]) -> str:
        found = [cells[place].strip() for place in columns]
        if not any(found):
            return ""
        return fixed[0] + "".join(cell + rest for cell, rest in zip(found, fixed[1:], strict=True))

    return put_together


def _valued(read: Reader, rule: Rule, label: str) -> Reader:
    known = {word.casefold(): meaning for word, meaning in (rule.values or {}).items()}

    def look_up(cells: Sequence[str]) -> str:
        word = read(cells)
        meaning = known.get(word.casefold())
        if meaning is not None:
            return meaning
        if not word:
            return ""
        raise RowMistake(
            f"{label}: {clean_line(word, 40)!r} is not mapped; it is one of {listed(list(rule.values or {}))}."
        )

    return look_up


def _dated(read: Reader, rule: Rule, label: str) -> Reader:
    @lru_cache(maxsize=4096)
    def parsed(word: str) -> str:
        try:
            moment = datetime.strptime(word, rule.date)  # noqa: DTZ007 - a date on the wall, without a zone
        except ValueError:
            raise RowMistake(f"{label}: {clean_line(word, 40)!r} is not a date like {rule.date}.") from None
        return (
            moment.date().isoformat()
            if not {"%H", "%I"} & set(re.findall("%.", rule.date))
            else moment.isoformat()
        )

    def look(cells: Sequence[str]) -> str:
        word = read(cells)
        return parsed(word) if word else ""

    return look


def _numbered(read: Reader, rule: Rule, label: str) -> Reader:
    places = rule.decimals or 0
    unit = Decimal(1).scaleb(-places)
    group = "," if rule.point == "." else "."

    def look(cells: Sequence[str]) -> str:
        word = read(cells)
        if not word:
            return ""
        plain = word.replace("\u2212", "-")
        if group in plain or "e" in plain.casefold() or not _DIGITS.fullmatch(plain.replace(rule.point, ".")):
            raise RowMistake(
                f"{label}: {clean_line(word, 40)!r} is not a number written like 1234{rule.point}5."
            )
        number = Decimal(plain.replace(rule.point, "."))
        if len(plain) > _LONGEST_NUMBER:
            raise RowMistake(f"{label}: {clean_line(word, 40)!r} has too many digits.")
        if number != number.quantize(unit):
            raise RowMistake(f"{label}: {clean_line(word, 40)!r} has more than {counted(places, 'decimal')}.")
        return str(number.quantize(unit))

    return look
