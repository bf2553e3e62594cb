"""Routing rules, what they look at, and what the first one that fits decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

LeadMode = Literal["", "person", "available", "team", "contractors"]

SOURCES = ("person", "checklist", "meter", "event", "import", "mail", "plan")
"""Where work may come from."""
DAY_KINDS = ("working", "free")
LEAD_MODES = ("person", "available", "team", "contractors")
NORMAL = 3
"""The priority of what nobody gave one."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. Empty conditions hold always; all of the others must hold.

    Attributes:
        position: rules are tried from the smallest on; equal ones by id.
        place_id: there or anywhere below.
        priority_max: this priority or a more urgent one (1 is the most urgent).
        text_contains: words separated by commas, any of which stands in the title or the description.
        weekdays: digits, 1 is Monday, of the local day on which it was reported.
        hour_from: first local hour; hour_to: the hour before which it ends. From 22 to 6 runs over midnight.
        day_kind: `working`, or `free` for weekends and holidays.
        lead_mode: who leads: a `person`, whoever is `available`, a `team`, or the `contractors` that fit.
        accept: whether a request becomes an order at once.
    """

    id: str
    name: str
    position: int = 0
    place_id: str | None = None
    work_kind: str | None = None
    trade: str | None = None
    priority_max: int | None = None
    asset_category: str | None = None
    asset_id: str | None = None
    customer_id: str | None = None
    source: str | None = None
    text_contains: str | None = None
    weekdays: str | None = None
    hour_from: int | None = None
    hour_to: int | None = None
    day_kind: str | None = None
    set_priority: int | None = None
    set_type: str | None = None
    set_template_id: str | None = None
    lead_mode: str | None = None
    lead_person_id: str | None = None
    lead_trade: str | None = None
    lead_team: str | None = None
    accept: bool = False


@dataclass(frozen=True, slots=True)
class Incoming:
    """A request or order as the rules see it.

    Attributes:
        text: title and description.
        places: the ids of its place and of all that this lies in, from the inside out.
        priority: 1 to 4, or None where nobody said.
        at: when it was reported, in the shop's zone.
        working: whether that day is a working day.
    """

    text: str
    at: datetime
    working: bool = True
    places: tuple[str, ...] = ()
    work_kind: str = ""
    trade: str = ""
    priority: int | None = None
    asset_id: str | None = None
    asset_category: str = ""
    customer_id: str | None = None
    source: str = "person"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a rule decides; what a person typed is left out and named in `kept`.

    Attributes:
        rule: the rule that fired.
        priority, type, template_id, lead_mode: what it sets; None or empty for nothing.
        kept: what the rule would have set, had a person not said otherwise.
    """

    rule: Rule
    priority: int | None = None
    type: str | None = None
    template_id: str | None = None
    lead_mode: str = ""
    accept: bool = False
    kept: tuple[str, ...] = ()


def in_hours(hour: int, first: int | None, before: int | None) -> bool:
    """Whether an hour lies in a range, which may run over midnight; equal ends are the whole day."""
    start, end = first or 0, 24 if before is None else before
    if start == end:
        return True
    return start <= hour < end if start < end else hour >= start or hour < end


def words_of(text_contains: str) -> list[str]:
    """The alternatives of a text condition, folded."""
    return [word for word in (part.strip().casefold() for part in text_contains.split(",")) if word]


def _same(value: str, found: str) -> bool:
    return value.casefold() == found.casefold()


def _says(value: str, incoming: Incoming) -> bool:
    text = incoming.text.casefold()
    return any(word in text for word in words_of(value))


CONDITIONS: dict[str, Callable[[Any, Incoming], bool]] = {
    "place_id": lambda value, incoming: value in incoming.places,
    "work_kind": lambda value, incoming: _same(value, incoming.work_kind),
    "trade": lambda value, incoming: _same(value, incoming.trade),
    "priority_max": lambda value, incoming: (incoming.priority or NORMAL) <= value,
    "asset_category": lambda value, incoming: _same(value, incoming.asset_category),
    "asset_id": lambda value, incoming: value == incoming.asset_id,
    "customer_id": lambda value, incoming: value == incoming.customer_id,
    "source": lambda value, incoming: value == incoming.source,
    "weekdays": lambda value, incoming: str(incoming.at.isoweekday()) in value,
    "day_kind": lambda value, incoming: (value == "working") == incoming.working,
    "text_contains": _says,
}
"""Every condition that stands alone: column → whether it holds. Hours are two columns, and are asked by `in_hours`."""


class Rules:
    """Rules in their order, taken apart once so that ten thousand requests are quick to route."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.all: Sequence[Rule] = sorted(rules, key=lambda rule: (rule.position, rule.id))
        self._checks = [(rule, _checks(rule)) for rule in self.all]

    def first(self, incoming: Incoming) -> Rule | None:
        """The first rule all of whose conditions hold, or None."""
        for rule, checks in self._checks:
            for check, value in checks:  # a million times for ten thousand requests and a hundred rules
                if not check(value, incoming):
                    break
            else:
                return rule
        return None

    def decide(self, incoming: Incoming, typed: frozenset[str] = frozenset()) -> Decision | None:
        """What the first rule that fits decides, or None where none fits.

        Args:
            incoming: what came in.
            typed: what a person said already, which no rule overrides: of priority, type, template, lead.
        """
        rule = self.first(incoming)
        return decision(rule, typed) if rule is not None else None


def decision(rule: Rule, typed: frozenset[str]) -> Decision:
    """What one rule decides, where it fires."""
    wanted = {
        "priority": rule.set_priority,
        "type": rule.set_type,
        "template": rule.set_template_id,
        "lead": rule.lead_mode or None,
    }
    kept = tuple(name for name, value in wanted.items() if value is not None and name in typed)
    return Decision(
        rule,
        priority=None if "priority" in typed else rule.set_priority,
        type=None if "type" in typed else rule.set_type,
        template_id=None if "template" in typed else rule.set_template_id,
        lead_mode="" if "lead" in typed else rule.lead_mode or "",
        accept=rule.accept,
        kept=kept,
    )


def _checks(rule: Rule) -> list[tuple[Callable[[Any, Incoming], bool], Any]]:
    found: list[tuple[Callable[[Any, Incoming], bool], Any]] = []
    for column, check in CONDITIONS.items():
        value = getattr(rule, column)
        if value not in (None, ""):
            found.append((check, value))
    if rule.hour_from is not None or rule.hour_to is not None:
        found.append(
            (lambda hours, incoming: in_hours(incoming.at.hour, *hours), (rule.hour_from, rule.hour_to))
        )
    return found
