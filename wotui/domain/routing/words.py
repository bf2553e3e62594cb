"""Rules in words: what a rule waits for, what it does, and why it fired or did not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wotui.domain.routing.rules import CONDITIONS, in_hours, words_of
from wotui.domain.work_orders import PRIORITIES
from wotui.text import listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wotui.domain.routing.rules import Decision, Incoming, Rule

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class Reason:
    """One condition of a rule against what came in, and whether it holds."""

    holds: bool
    words: str


@dataclass(frozen=True, slots=True)
class Trial:
    """How one rule fared: it fits when every reason holds."""

    rule: Rule
    reasons: tuple[Reason, ...]

    @property
    def fits(self) -> bool:
        """Whether all of its conditions hold."""
        return all(reason.holds for reason in self.reasons)

    @property
    def why(self) -> str:
        """Why it fits, or the first thing that does not."""
        if self.fits:
            return listed([reason.words for reason in self.reasons]) or "it takes everything"
        return next(reason.words for reason in self.reasons if not reason.holds)


def trial(rule: Rule, incoming: Incoming, names: Mapping[str, str]) -> Trial:
    """A rule against what came in, every condition in words.

    Args:
        rule: the rule.
        incoming: what came in.
        names: what people call the records behind ids.
    """
    found: list[Reason] = []
    for column, check in CONDITIONS.items():
        value = getattr(rule, column)
        if value not in (None, ""):
            holds = check(value, incoming)
            found.append(Reason(holds, _reason(column, value, incoming, names, holds=holds)))
    if rule.hour_from is not None or rule.hour_to is not None:
        holds = in_hours(incoming.at.hour, rule.hour_from, rule.hour_to)
        at = f"reported at {incoming.at:%H:%M}"
        found.append(Reason(holds, at if holds else f"{at}, not {hours(rule)}"))
    return Trial(rule, tuple(found))


def conditions(rule: Rule, names: Mapping[str, str]) -> str:
    """What a rule waits for: `in Hall 1, HVAC, urgent or worse`; `everything` where it waits for nothing."""
    said: list[str] = []
    for column in CONDITIONS:
        value = getattr(rule, column)
        if value not in (None, ""):
            said.append(_condition(column, value, names))
    if rule.hour_from is not None or rule.hour_to is not None:
        said.append(hours(rule))
    return ", ".join(said) or "everything"


def actions(rule: Rule, names: Mapping[str, str]) -> str:
    """What a rule does: `urgent, TB leads, accepted at once`; `nothing` where it does nothing."""
    said: list[str] = []
    if rule.set_priority:
        said.append(PRIORITIES.get(rule.set_priority, str(rule.set_priority)))
    if rule.set_type:
        said.append(rule.set_type)
    if rule.set_template_id:
        said.append(f"template {names.get(rule.set_template_id, 'that is gone')}")
    if rule.lead_mode:
        said.append(lead(rule, names))
    if rule.accept:
        said.append("accepted at once")
    return ", ".join(said) or "nothing"


def lead(rule: Rule, names: Mapping[str, str]) -> str:
    """Who leads by a rule."""
    if rule.lead_mode == "person":
        return f"{names.get(rule.lead_person_id or '', 'nobody')} leads"
    if rule.lead_mode == "team":
        return f"team {rule.lead_team or '–'}"
    if rule.lead_mode == "contractors":
        return f"contractors for {rule.lead_trade}" if rule.lead_trade else "contractors that fit"
    return (
        f"whoever has {rule.lead_trade} and least planned" if rule.lead_trade else "whoever has least planned"
    )


def hours(rule: Rule) -> str:
    """`from 22:00 to 06:00`, `before 06:00`, `from 22:00`."""
    start, end = rule.hour_from, rule.hour_to
    if start is None:
        return f"before {end:02}:00"
    return f"from {start:02}:00" if end is None else f"from {start:02}:00 to {end:02}:00"


def weekdays(digits: str) -> str:
    """`Mon to Fri`, `Sat and Sun`, `Mon, Wed and Fri`."""
    numbers = sorted({int(digit) for digit in digits if digit in "1234567"})
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{DAYS[numbers[0] - 1]} to {DAYS[numbers[-1] - 1]}"
    return listed([DAYS[number - 1] for number in numbers])


def kept(decision: Decision) -> str:
    """What a person said and the rule left alone, as a sentence; empty where there is nothing."""
    return f"Left as somebody said: {listed(decision.kept)}." if decision.kept else ""


def _condition(column: str, value: str | int, names: Mapping[str, str]) -> str:
    named = names.get(str(value), "something that is gone")
    if column == "place_id":
        return f"in {named}"
    if column == "priority_max":
        worse = " or worse" if int(value) > 1 else ""
        return f"{PRIORITIES.get(int(value), value)}{worse}"
    if column == "asset_id":
        return f"on {named}"
    if column == "customer_id":
        return f"for {named}"
    if column == "source":
        return f"from {value}"
    if column == "text_contains":
        return f"says {listed([f'“{word}”' for word in words_of(str(value))], 'or')}"
    if column == "weekdays":
        return weekdays(str(value))
    if column == "day_kind":
        return f"on {value} days"
    return f"category {value}" if column == "asset_category" else str(value)


def _reason(
    column: str, value: str | int, incoming: Incoming, names: Mapping[str, str], *, holds: bool
) -> str:
    wanted = _condition(column, value, names)
    if column == "text_contains":
        text = incoming.text.casefold()
        found = [f"“{word}”" for word in words_of(str(value)) if word in text]
        return f"it says {listed(found)}" if holds else f"it does not say {wanted.removeprefix('says ')}"
    if column == "day_kind":
        return f"reported on a {'working' if incoming.working else 'free'} day"
    if holds:
        return f"it is {_is(column, incoming, names)}" if column in ("priority_max", "weekdays") else wanted
    return f"{_is(column, incoming, names)}, not {wanted}"


def _is(column: str, incoming: Incoming, names: Mapping[str, str]) -> str:
    """What came in is, where the rule waits for something else."""
    if column == "place_id":
        return f"in {names.get(incoming.places[0], 'another place')}" if incoming.places else "no place"
    if column == "priority_max":
        return PRIORITIES.get(incoming.priority or 3, "no priority")
    if column == "weekdays":
        return DAYS[incoming.at.weekday()]
    if column == "asset_id":
        return f"on {names.get(incoming.asset_id or '', 'no asset')}"
    if column == "customer_id":
        return f"for {names.get(incoming.customer_id or '', 'no customer')}"
    if column == "source":
        return f"from {incoming.source}"
    nothing = {"asset_category": "no category", "trade": "no trade", "work_kind": "no kind of work"}
    return str(getattr(incoming, column)) or nothing[column]
