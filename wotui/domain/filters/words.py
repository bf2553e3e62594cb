"""A filter said back in plain words, so that whoever typed it sees what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.domain import work_orders
from wotui.domain.filters.fields import BY_NAME
from wotui.domain.filters.scope import names_status
from wotui.domain.filters.tree import (
    All,
    Any,
    Between,
    Choice,
    Custom,
    During,
    Filter,
    Named,
    Node,
    Not,
    Present,
    Sort,
    Words,
)
from wotui.text import listed

if TYPE_CHECKING:
    from datetime import date

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_UP_AND_DOWN = {
    "day": ("earliest first", "latest first"),
    "instant": ("earliest first", "latest first"),
    "number": ("least first", "most first"),
    "choice": ("upwards", "downwards"),
}
_PRIORITY_ORDER = ("most urgent first", "least urgent first")


def describe(filter_: Filter, today: date) -> str:
    """One sentence without a full stop: `Open orders: with “pump”, due until Fri 12 Jun; by due date, earliest first`.

    Args:
        filter_: what the parser read.
        today: the shop's date; years are said only where they differ from its year.
    """
    kind = "Orders" if names_status(filter_) else "Open orders"
    said = "" if filter_.node == All(()) else _say(filter_.node, today)
    sorting = "" if not filter_.sorts else "; by " + ", then ".join(_sorting(sort) for sort in filter_.sorts)
    return f"{kind}{f': {said}' if said else ''}{sorting}"


def _say(node: Node, today: date, *, negated: bool = False, between: str = ", ") -> str:
    match node:
        case Not(inner):
            return _say(inner, today, negated=not negated)
        case All(nodes):
            inside = between.join(dict.fromkeys(_say(inner, today) for inner in nodes))
            return f"not ({inside})" if negated else inside
        case Any(nodes):
            inside = listed([_say(inner, today, between=" and ") for inner in nodes], "or")
            return f"not ({inside})" if negated else f"either {inside}"
        case Words(text, _, field):
            quoted = f"“{text}”" + (f" in the {field}" if field else "")
            return f"{'without' if negated else 'with'} {quoted}"
        case Choice(field, values):
            return _choice(field, values, negated=negated)
        case _:
            return ("not " if negated and not isinstance(node, Present) else "") + _field(
                node, today, negated=negated
            )


def _field(node: Node, today: date, *, negated: bool) -> str:
    match node:
        case Named(field, text):
            return f"{BY_NAME[field].preposition} {text}"
        case Custom(name, text):
            return _own(name, text)
        case Present(field):
            return f"{'without' if negated else 'with'} {_a(BY_NAME[field].noun)}"
        case During(field, first, last):
            return f"{BY_NAME[field].preposition} {_span(first, last, today)}"
        case Between(field, first, last):
            return f"{BY_NAME[field].noun} {_bounds(first, last)}"
        case _:
            raise AssertionError(node)


def _own(name: str, text: str) -> str:
    first, dots, last = text.partition("..")
    if not text or not dots or not (first or last):
        return f"{name} has “{text}”" if text else f"with {name}"
    if not (first and last):
        return f"{name} from {first}" if first else f"{name} up to {last}"
    return f"{name} {first} to {last}"


def _choice(field: str, values: tuple[str, ...], *, negated: bool) -> str:
    if not values:
        return "of no status" if negated else "of any status"
    if BY_NAME[field].kind == "flag":
        return f"{'not ' if negated else ''}{_FLAGS[field]}"
    if field == "status" and values == work_orders.OPEN:
        return "that are not open" if negated else "that are open"
    if field == "criticality":
        said = f"on {listed([f'{value}-assets' for value in values], 'or')}"
    elif field == "priority":
        said = listed([work_orders.PRIORITIES[int(value)] for value in values], "or")
    else:
        said = listed([value.replace("_", " ") for value in values], "or")
    if field in ("outcome", "billing"):
        said = f"{field} {said}"
    return f"not {said}" if negated else said


_FLAGS = {"late": "late", "failure": "a failure", "downtime": "with the asset stopped"}


def _sorting(sort: Sort) -> str:
    field = BY_NAME[sort.field]
    if field.name == "queue":
        return "queue order, " + ("most pressing first" if sort.descending else "least pressing first")
    if field.name == "newest":
        return "order of entry, " + ("last first" if sort.descending else "first first")
    ways = _PRIORITY_ORDER if field.name == "priority" else _UP_AND_DOWN.get(field.kind, ("A to Z", "Z to A"))
    return f"{field.noun}, {ways[sort.descending]}"


def _span(first: date | None, last: date | None, today: date) -> str:
    if first is None or last is None:
        return f"from {_day(first, today)}" if first else f"until {_day(last, today)}" if last else "ever"
    if first == last:
        return "today" if first == today else f"on {_day(first, today)}"
    return f"from {_day(first, today)} to {_day(last, today)}"


def _day(day: date | None, today: date) -> str:
    if day is None:
        return ""
    year = "" if day.year == today.year else f" {day.year}"
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}{year}"


def _bounds(first: int | None, last: int | None) -> str:
    if first is None or last is None:
        return f"from {first}" if last is None else f"up to {last}"
    return str(first) if first == last else f"{first} to {last}"


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
