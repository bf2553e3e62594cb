"""The fields of a routing rule: how each is typed, checked and stored (`domain.records`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wotui.domain.records import Field, Kind, Value, read
from wotui.domain.routing.rules import DAY_KINDS, LEAD_MODES, SOURCES
from wotui.domain.routing.words import DAYS
from wotui.domain.work_orders import PRIORITIES, TYPES
from wotui.errors import Refused, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Mapping

_PRIORITIES = tuple(PRIORITIES.values())

ROUTING_RULE = Kind(
    "routing_rule",
    "routing rules",
    "a routing rule",
    "name",
    ("position", "name", "active"),
    (
        Field("name", column="name", required=True, unique=True),
        Field(
            "place", "reference", label="in place", column="place_id", refers_to="place", aliases=("area",)
        ),
        Field("work_kind", label="kind of work", column="work_kind", limit=40),
        Field("trade", column="trade", limit=40),
        Field(
            "priority_max",
            "choice",
            label="priority up to",
            column="priority_max",
            choices=_PRIORITIES,
            aliases=("priority",),
        ),
        Field("asset_category", label="asset category", column="asset_category", limit=40),
        Field("asset", "reference", column="asset_id", refers_to="asset"),
        Field("customer", "reference", column="customer_id", refers_to="customer"),
        Field("source", "choice", label="comes from", column="source", choices=SOURCES),
        Field("text_contains", label="says", column="text_contains", aliases=("text", "says")),
        Field("weekdays", column="weekdays", limit=40, aliases=("days",)),
        Field("hour_from", "whole", label="from hour", column="hour_from", limit=23),
        Field("hour_to", "whole", label="to hour", column="hour_to", limit=24),
        Field("day_kind", "choice", label="kind of day", column="day_kind", choices=DAY_KINDS),
        Field("set_priority", "choice", label="set priority", column="set_priority", choices=_PRIORITIES),
        Field("set_type", "choice", label="set type", column="set_type", choices=TYPES),
        Field(
            "set_template",
            "reference",
            label="template",
            column="set_template_id",
            refers_to="order_template",
            aliases=("template",),
        ),
        Field("lead_mode", "choice", label="lead", column="lead_mode", choices=LEAD_MODES, aliases=("lead",)),
        Field(
            "lead_person",
            "reference",
            label="lead: person",
            column="lead_person_id",
            refers_to="person",
            aliases=("person",),
        ),
        Field("lead_trade", label="lead: trade", column="lead_trade", limit=40),
        Field("lead_team", label="lead: team", column="lead_team", limit=40, aliases=("team",)),
        Field("accept", "flag", label="accept at once", column="accept", default=0),
        Field("active", "flag", column="active", default=1),
    ),
)
"""Every field of a rule, in the order of its form: first what it waits for, then what it does."""

CONDITION_FIELDS = 13
"""So many fields after the name are conditions; the rest is what the rule does."""

_SPAN = re.compile(r"([a-z]{3})[a-z]*\s*(?:-|–|to|\.\.)\s*([a-z]{3})[a-z]*")


def read_rule_field(field: Field, typed: str, currency: str) -> Value:
    """A field's value from what a person typed; empty text is no value.

    Raises:
        UsageProblem: not a value of this field; says how to write one.
    """
    if field.name in ("priority_max", "set_priority") and typed.strip():
        return _priority(field, typed)
    if field.name == "weekdays" and typed.strip():
        return _weekdays(typed)
    return read(field, typed, currency)


def typed_rule_field(field: Field, value: Value) -> str:
    """A stored value as a person would type it; a reference's id as it is."""
    if value is None:
        return ""
    if field.name in ("priority_max", "set_priority"):
        return PRIORITIES.get(int(str(value)), str(value))
    if field.name == "weekdays":
        return ",".join(DAYS[int(digit) - 1].casefold() for digit in str(value) if digit in "1234567")
    if field.type == "flag":
        return "yes" if value else "no"
    return str(value)


def check_rule(values: Mapping[str, Value], who: str) -> None:
    """Refuse a rule that contradicts itself or does nothing.

    Raises:
        Refused: names the rule, what is wrong and the way out.
    """
    mode = values.get("lead_mode")
    needs = {"person": "lead_person", "team": "lead_team"}.get(str(mode))
    if needs and not values.get(needs):
        raise Refused(f"{who}: lead by {mode} needs to know which.", f"Add {needs}=….")
    if values.get("lead_person") and mode not in ("person", None):
        raise Refused(f"{who} names a person, but its lead is {mode}.", "Set lead_mode=person.")
    does = ("set_priority", "set_type", "set_template", "lead_mode", "accept")
    if not any(values.get(name) for name in does):
        raise Refused(
            f"{who} does nothing.", "Let it set a priority, type or template, a lead, or accept at once."
        )


def _priority(field: Field, typed: str) -> int:
    wanted = typed.strip().casefold()
    for number, word in PRIORITIES.items():
        if wanted in (word, str(number), f"p{number}"):
            return number
    raise UsageProblem(
        f"{field.name}: {typed.strip()[:40]!r} is not known.",
        "It is one of emergency, urgent, normal or low (or 1 to 4).",
    )


def _weekdays(typed: str) -> str:
    """Digits of `mon-fri`, `sat, sun`, `12345`."""
    folded = typed.strip().casefold()
    numbers: set[int] = set()
    for part in re.split(r"[,;]| and ", folded):
        bare = part.strip()
        if not bare:
            continue
        span = _SPAN.fullmatch(bare)
        if bare.isdigit() and set(bare) <= set("1234567"):
            numbers |= {int(digit) for digit in bare}
        elif span:
            first, last = _day(span[1], typed), _day(span[2], typed)
            count = (last - first) % 7 + 1
            numbers |= {(first - 1 + step) % 7 + 1 for step in range(count)}
        else:
            numbers.add(_day(bare, typed))
    return "".join(str(number) for number in sorted(numbers))


def _day(word: str, typed: str) -> int:
    for number, day in enumerate(DAYS, 1):
        if word[:3] == day.casefold():
            return number
    raise UsageProblem(f"weekdays: {typed[:40]!r} are no weekdays.", "Write them like mon-fri, or sat,sun.")
