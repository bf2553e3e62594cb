"""Each condition of a filter as SQL on `work_order AS w`.

A condition may come out NULL where a record lacks a value; only a true one counts, and `NOT` is written `IS NOT TRUE`.
Lists of fixed values (statuses, priorities) are literals, so that partial indexes can be used; what a person typed is
bound.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from wotui import clock
from wotui.domain.filters.fields import BY_NAME
from wotui.domain.filters.tree import (
    All,
    Any,
    Between,
    Choice,
    Custom,
    During,
    Named,
    Node,
    Not,
    Present,
    Words,
)
from wotui.store import search
from wotui.store.filtering import records
from wotui.store.indexes import OPEN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from wotui.store.filtering.records import Bound

COLUMNS = {
    "type": "w.type",
    "priority": "w.priority",
    "due": "w.due_on",
    "planned": "w.planned_on",
    "earliest": "w.earliest_on",
    "until": "w.hold_until",
    "created": "w.created_at",
    "started": "w.started_at",
    "done": "w.done_at",
    "lead": "w.lead_id",
    "customer": "w.customer_id",
    "number": "w.number",
    "parent": "w.parent_id",
    "team": "w.team",
    "hold": "w.hold_reason",
    "kind": "w.work_kind",
    "template": "(SELECT name FROM order_template WHERE id = w.template_id)",
    "problem": "w.failure_problem",
    "cause": "w.failure_cause",
    "source": "w.source",
    "external": "w.external_id",
    "title": "w.title",
    "outcome": "w.outcome",
    "billing": "w.billing",
    "estimate": "w.planned_minutes",
    "failure": "w.failure",
    "downtime": "w.downtime_required",
    "asset": "w.asset_id",
    "place": "ifnull(w.place_id, (SELECT place_id FROM asset WHERE id = w.asset_id))",
    "criticality": "(SELECT criticality FROM asset WHERE id = w.asset_id)",
}
"""Field of the filter language → the column, or the expression, that holds its value."""

_SETS = {"trade": "required_trade", "permit": "permit"}
_DECIMAL = re.compile(r"-?\d+(\.\d+)?")
_WHOLE_NUMBER = re.compile(r"[A-Za-z]-[A-Za-z]+\d+")


@dataclass(slots=True)
class Conditions:
    """Turns nodes into SQL.

    Attributes:
        today: the shop's date.
        zone: the shop's zone, in which days begin.
        me: id of whoever acts.
        open_only: whether only open orders are asked for: few, so each of them is looked at, where a list over all
            orders starts from what it looks for.
    """

    today: date
    zone: ZoneInfo
    me: str | None
    open_only: bool

    def of(self, node: Node) -> Bound:
        """One node as a condition."""
        match node:
            case All(nodes):
                return self.all_of(nodes)
            case Any(nodes):
                return _joined([self.of(inner) for inner in nodes], " OR ")
            case Not(inner):
                text, values = self.of(inner)
                return f"({text}) IS NOT TRUE", values
            case Words():
                return self._words([node])
            case Choice(field, values):
                return self._choice(field, values)
            case Named(field, text):
                return self._named(field, text)
            case Custom(name, text):
                return _custom(name, text)
            case Present(field):
                return self._present(field)
            case Between(field, first, last):
                return _within(COLUMNS[field], first, last)
            case During():
                return self._during(node)

    def all_of(self, nodes: Sequence[Node]) -> Bound:
        """Nodes that must all hold; their words are looked up in one go, so that neighbours can mean one thing."""
        words = [node for node in nodes if isinstance(node, Words)]
        others = [self.of(node) for node in nodes if not isinstance(node, Words)]
        parts = [*others, *([self._words(words)] if words else [])]
        return _joined(parts, " AND ") if parts else ("1", ())

    def _words(self, words: Sequence[Words]) -> Bound:
        found = match(words)
        parts: list[Bound] = []
        if found:
            index = "search_open" if self.open_only else "search"
            # The plus keeps the planner from fetching each hit's row: the index of open orders covers the list.
            parts.append((f"+w.key IN (SELECT rowid FROM {index} WHERE {index} MATCH ?)", (found,)))
        # Signs without a letter or digit, such as % or #, are not in the index: the title is looked through for them.
        parts += [
            ("w.title LIKE ? ESCAPE '\\'", (records.like(word.text),))
            for word in words
            if not search.tokens(word.text)
        ]
        return _joined(parts, " AND ")

    def _choice(self, field: str, values: tuple[str, ...]) -> Bound:
        if field == "late":
            return f"w.{OPEN} AND w.due_on < ?", (self.today.isoformat(),)
        if not values:
            return "1", ()
        if BY_NAME[field].kind == "flag":
            return f"{COLUMNS[field]} = 1", ()
        literals = ", ".join(value if field == "priority" else f"'{value}'" for value in values)
        if field == "status":
            return f"w.status IN ({literals})", ()
        if field == "criticality":
            return f"w.asset_id IN (SELECT id FROM asset WHERE criticality IN ({literals}))", ()
        return f"{COLUMNS[field]} IN ({literals})", ()

    def _named(self, field: str, text: str) -> Bound:
        match field:
            case "assigned":
                return self._assigned(text)
            case "who":
                return _joined([self._assigned(text), _among("w.id", records.hired(text))], " OR ")
            case "lead":
                return _among("w.lead_id", records.people(text, self.me))
            case "contractor":
                return _among("w.id", records.hired(text))
            case "asset":
                return _among("w.asset_id", records.below(records.ASSET, text))
            case "place":
                inside, values = records.below(records.PLACE, text)
                machines = f"SELECT id FROM asset WHERE place_id IN ({inside})"
                return f"w.place_id IN ({inside}) OR w.asset_id IN ({machines})", values * 2
            case "customer":
                return _among("w.customer_id", records.answering(records.CUSTOMER, text))
            case "trade" | "permit":
                return _among("w.id", records.member(_SETS[field], text))
            case "parent":
                return "w.parent_id IN (SELECT id FROM work_order WHERE number = ?)", (text.upper(),)
            case "number" if _WHOLE_NUMBER.fullmatch(text):
                return "w.number = ?", (text.upper(),)
            case _:
                return f"{COLUMNS[field]} LIKE ? ESCAPE '\\'", (records.like(text),)

    def _assigned(self, text: str) -> Bound:
        """Whom an order is assigned to, or who leads it."""
        found, values = records.people(text, self.me)
        theirs = f"person_id IN ({found})"
        return f"{self._on_it(theirs)} OR w.lead_id IN ({found})", values * 2

    def _on_it(self, who: str) -> str:
        given = f"FROM assignment AS g WHERE {who} AND g.deleted_at IS NULL"
        if self.open_only:
            return f"EXISTS (SELECT 1 {given} AND g.work_order_id = w.id)"
        return f"w.id IN (SELECT g.work_order_id {given})"

    def _present(self, field: str) -> Bound:
        if field in _SETS:
            return _among("w.id", records.any_member(_SETS[field]))
        anybody, hired = self._on_it("g.person_id <> ''"), f"w.id IN ({records.ANY_CONTRACTOR})"
        special = {"assigned": anybody, "contractor": hired, "who": f"{anybody} OR {hired}"}
        return special.get(field) or f"{COLUMNS[field]} <> ''", ()

    def _during(self, node: During) -> Bound:
        column = COLUMNS[node.field]
        if BY_NAME[node.field].kind == "day":
            return _within(column, *(day and day.isoformat() for day in (node.first, node.last)))
        parts: list[Bound] = []
        if node.first:
            parts.append((f"{column} >= ?", (self._midnight(node.first),)))
        if node.last:
            parts.append((f"{column} < ?", (self._midnight(node.last + timedelta(days=1)),)))
        return _joined(parts, " AND ")

    def _midnight(self, day: date) -> str:
        return clock.instant(datetime.combine(day, time(), self.zone))


def match(words: Sequence[Words]) -> str:
    """The expression of FTS5 for words that must all be there; empty when none of them can be looked up."""
    parts = [search.match_phrase(word.text, word.field) for word in words if word.exact]
    parts += [
        search.match_words([word.text for word in words if not word.exact and word.field == field], field)
        for field in ("", "title")
    ]
    return " AND ".join(f"({part})" for part in parts if part)


def _custom(name: str, text: str) -> Bound:
    wanted, values = _custom_value(text)
    return (
        f"w.id IN (SELECT v.record_id FROM custom_value AS v WHERE v.deleted_at IS NULL AND v.name = ? AND {wanted})",
        (name, *values),
    )


def _custom_value(text: str) -> Bound:
    """A value that contains the text; with `..` in it one within bounds: numbers, or days as they are kept."""
    first, dots, last = text.partition("..")
    if not dots or not (first or last):
        return ("v.value LIKE ? ESCAPE '\\'", (records.like(text),)) if text else ("v.value <> ?", ("",))
    ends = [end for end in (first, last) if end]
    if all(_DECIMAL.fullmatch(end) for end in ends):
        among = "v.value GLOB '*[0-9]*' AND "
        within = _within("CAST(v.value AS REAL)", *(float(end) if end else None for end in (first, last)))
    else:
        among = ""
        within = _within("v.value", first or None, f"{last}\uffff" if last else None)
    return f"{among}{within[0]}", within[1]


def _within(column: str, first: object, last: object) -> Bound:
    parts: list[Bound] = []
    if first is not None:
        parts.append((f"{column} >= ?", (first,)))
    if last is not None:
        parts.append((f"{column} <= ?", (last,)))
    return _joined(parts, " AND ")


def _among(column: str, found: Bound) -> Bound:
    return f"{column} IN ({found[0]})", found[1]


def _joined(parts: Sequence[Bound], conjunction: str) -> Bound:
    if len(parts) == 1:
        return parts[0]
    text = conjunction.join(f"({part})" for part, _ in parts)
    return text, tuple(value for _, values in parts for value in values)
