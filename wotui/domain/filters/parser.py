"""Reads the filter language. One parser for the filter bar and for `wotui list`.

    pump leak               both words: in title, number, log, custom fields, asset … (each finds what begins with it)
    "slew motor"            exactly these words in this order
    leak , noise            one or the other; binds weaker than the blank
    -pump                   not
    status:ready,on-hold    one of these values; any unambiguous beginning will do: status:sched
    status:open             draft to on hold; status:finished, status:any
    due:today due:..fri     a day, or a range with either end open: x..y
    due:+3d due:week        dates: today, a weekday, an offset, week, month, 2026, 2026-09, 2026-w37, 2026-09-14
    due:none who:any        has none, has one
    @jd @me @none           assigned person     (assigned:jd)
    #PUMP-01                asset, and its parts (asset:PUMP-01)
    !urgent !1..2           priority            (priority:urgent)
    late:yes                flags
    estimate:60..120        minutes; also 1h30
    funcloc:bucket          a custom field of the shop; three letters of a field that begin no other are enough
    litres:5..20            a number of a custom field, or a day: moved:2026-06-01..
    due+ priority-          sort, up or down; the first one leads

What stands in quotation marks is never a field, a date or `none`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wotui.domain.filters import values
from wotui.domain.filters.fields import BY_NAME, SIGNS, SORTABLE, Field
from wotui.domain.filters.mistakes import FilterMistake, unknown_field
from wotui.domain.filters.tree import All, Any, Custom, Filter, Node, Not, Sort, Words
from wotui.text import listed, nearest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

MOST_TERMS = 40
"""A filter longer than this was not typed by a person."""

SHORTEST = 3
"""How much of a field's name has to be written."""

_NAME = re.compile(r"([^\W\d][\w-]*):")
_SORT = re.compile(r"([^\W\d]\w*)([+-])")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the filter's text and where it stands; `quoted` when it stood in quotation marks."""

    text: str
    start: int
    quoted: bool = False

    @property
    def end(self) -> int:
        """Where it ends, quotation marks left aside."""
        return self.start + len(self.text)


def parse(text: str, today: date, custom: Sequence[str] = ()) -> Filter:
    """Read a filter.

    Args:
        text: as typed; an unclosed quotation mark closes at the end.
        today: the shop's date, for `today`, `fri`, `+3d`.
        custom: names of the shop's custom fields, which can be used like fields.

    Raises:
        FilterMistake: an unknown field or value; carries where it stands, and names the nearest one known.
    """
    terms = _split(text)
    if len(terms) > MOST_TERMS:
        raise FilterMistake("This filter is too long.", f"Use at most {MOST_TERMS} words.", 0, len(text))
    own = {_folded(name): name for name in custom}
    groups: list[list[Node]] = [[]]
    sorts: list[Sort] = []
    for term in terms:
        if term.text == ",":
            groups.append([])
        elif sort := _sort(term):
            sorts.append(sort)
        elif node := _term(term, today, own):
            groups[-1].append(node)
    branches = [_together(group) for group in groups if group]
    node = All(()) if not branches else branches[0] if len(branches) == 1 else Any(tuple(branches))
    return Filter(node, tuple(sorts))


def _together(nodes: list[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else All(tuple(nodes))


def _split(text: str) -> list[Piece]:
    """The terms between blanks; a quotation mark at the beginning of a value keeps blanks together."""
    found: list[Piece] = []
    start, at, quoted = 0, 0, False
    while at <= len(text):
        sign = text[at] if at < len(text) else ""
        if sign == '"' and (quoted or at == start or text[at - 1] in ':,-@#!."'):
            quoted = not quoted
        if not sign or (sign.isspace() and not quoted):
            if at > start:
                found += _apart(Piece(text[start:at], start))
            start = at + 1
        at += 1
    return found


def _apart(term: Piece) -> list[Piece]:
    """A term with the commas before and behind it as terms of their own."""
    inner = term.text.strip(",")
    if not inner:
        return [Piece(",", term.start)]
    before = term.text.index(inner)
    found = [Piece(",", term.start)] if before else []
    found.append(Piece(inner, term.start + before))
    if term.text.endswith(","):
        found.append(Piece(",", term.end - 1))
    return found


def _term(term: Piece, today: date, custom: dict[str, str]) -> Node | None:
    body, start = term.text, term.start
    if body.startswith("-"):
        inner = _term(Piece(body[1:], start + 1), today, custom) if len(body) > 1 else None
        return inner.node if isinstance(inner, Not) else Not(inner) if inner else None
    if not body or body == '"':
        return None
    if body[0] in SIGNS:
        return _condition(SIGNS[body[0]], body[0], Piece(body[1:], start + 1), today)
    if match := _NAME.match(body):
        value = Piece(body[match.end() :], start + match.end())
        named = _named(match[1], start, custom)
        return (
            _custom(named, _listed(value))
            if isinstance(named, str)
            else _condition(named, match[0], value, today)
        )
    return _alternatives([Words(piece.text, piece.quoted) for piece in _listed(term)])


def _named(written: str, start: int, custom: dict[str, str]) -> Field | str:
    """The field, or the custom field's name, that is written; three letters that begin only one are enough."""
    name = written.casefold()
    if name in BY_NAME:
        return BY_NAME[name]
    folded = _folded(written)
    if folded in custom:
        return custom[folded]
    begun = {field.name: field for known, field in BY_NAME.items() if known.startswith(name)}
    meant: list[Field | str] = [
        *begun.values(),
        *(own for known, own in custom.items() if known.startswith(folded)),
    ]
    if len(name) < SHORTEST or not meant:
        raise unknown_field(written, start, [*BY_NAME, *custom])
    if len(meant) > 1:
        names = [each if isinstance(each, str) else each.name for each in meant]
        raise FilterMistake(
            f"{written} can be {listed(names, 'or')}.", "Write more of it.", start, start + len(written)
        )
    return meant[0]


def _condition(field: Field, written: str, value: Piece, today: date) -> Node:
    """What `field:value` says; `written` is how the field was named, colon or sign included."""
    pieces = _listed(value)
    if not pieces:
        raise values.missing(field, written, value.start)
    nodes = [values.node(field, piece.text, piece.quoted, today, piece.start) for piece in pieces]
    return values.joined(nodes)


def _custom(name: str, pieces: list[Piece]) -> Node | None:
    word = pieces[0].text.casefold() if len(pieces) == 1 and not pieces[0].quoted else ""
    if not pieces or word == "any":
        return Custom(name, "")
    return Not(Custom(name, "")) if word == "none" else _alternatives([Custom(name, p.text) for p in pieces])


def _listed(value: Piece) -> list[Piece]:
    """The values between commas, their quotation marks taken off."""
    found: list[Piece] = []
    for match in re.finditer(r'"([^"]*)"?|[^,]+', value.text):
        quoted = match[1] is not None
        inner = match[1] if quoted else match[0]
        if inner.strip():
            found.append(Piece(inner, value.start + match.start() + quoted, quoted))
    return found


def _alternatives(nodes: Sequence[Node]) -> Node | None:
    return values.joined(nodes) if nodes else None


def _sort(term: Piece) -> Sort | None:
    """A sort such as `due+`; None when the term is a word that happens to end like one."""
    match = _SORT.fullmatch(term.text)
    if not match:
        return None
    name = match[1].casefold()
    if name in SORTABLE:
        return Sort(BY_NAME[name].name, match[2] == "-")
    if name in BY_NAME:
        raise FilterMistake(
            f"A list cannot be sorted by {name}.",
            f"It can by {', '.join(SORTABLE[:6])} and others.",
            term.start,
            term.end,
        )
    meant = nearest(name, SORTABLE) if match[2] == "+" else None
    if meant:
        raise FilterMistake(
            f"There is no field {name} to sort by.", f"Did you mean {meant}{match[2]}?", term.start, term.end
        )
    return None


def _folded(name: str) -> str:
    """A custom field's name as it can be typed: `Func. Location` is `funclocation`, `func-location`."""
    return re.sub(r"[\W_]+", "", name).casefold()
