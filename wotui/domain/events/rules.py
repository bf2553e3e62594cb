"""Event rules: when a fault becomes a request, how such a rule is typed, and what its request is called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wotui.domain.events.limits import Limits
from wotui.domain.quantity import decimal
from wotui.domain.records import Field, Kind, Value, read
from wotui.domain.work_orders import PRIORITIES
from wotui.errors import Refused, UsageProblem
from wotui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Mapping

SOURCES = {
    "state_down": "an asset is set to down",
    "meter_limit": "a reading is beyond a limit",
    "reading_missing": "a reading is missing",
    "checklist_fail": "a checklist item fails",
    "document_expiring": "a contractor's document expires",
    "part_below": "a part is below its minimum",
    "event": "a machine reports an event",
}
"""What a rule waits for → in words."""
REQUEST_SOURCES = {"meter_limit": "meter", "reading_missing": "meter", "checklist_fail": "checklist"}
"""The source of the request that a rule makes; `event` where it is not named."""
TITLES = {
    "state_down": "{asset} is down",
    "meter_limit": "{asset}: {event} {value}",
    "reading_missing": "{asset}: no reading of {event} for {value}",
    "checklist_fail": "{asset}: {event} failed",
    "document_expiring": "{event} of {asset} runs out on {value}",
    "part_below": "{asset}: {value}",
    "event": "{asset}: {event} {value}",
}
"""The title of a rule's request where the rule has none of its own."""
DAYS_BEFORE = 30
_PLACEHOLDERS = ("asset", "event", "value")
_PRIORITIES = tuple(PRIORITIES.values())


@dataclass(frozen=True, slots=True)
class EventRule:
    """One rule as the file has it; limits and hysteresis in thousandths.

    `event` is the event's word, the meter's name, or words of the checklist item, by the rule's source; empty is any.
    """

    id: str
    name: str
    source: str
    position: int = 0
    event: str | None = None
    asset_id: str | None = None
    asset_category: str | None = None
    meter_id: str | None = None
    low_limit: int | None = None
    high_limit: int | None = None
    consecutive: int | None = None
    hysteresis: int | None = None
    missing_days: int | None = None
    days_before: int | None = None
    title: str | None = None
    priority: int | None = None
    template_id: str | None = None

    @property
    def limits(self) -> Limits:
        """What a meter's readings are held against."""
        return Limits(self.low_limit, self.high_limit, self.consecutive or 1, self.hysteresis or 0)

    def concerns(self, asset_id: str | None, category: str) -> bool:
        """Whether it is about an asset."""
        if self.asset_id and self.asset_id != asset_id:
            return False
        return not self.asset_category or self.asset_category.casefold() == category.casefold()

    def names(self, event: str) -> bool:
        """Whether it is about an event of this name (of a meter, of a machine), or about any."""
        return not self.event or self.event.casefold() == event.casefold()

    def key(self, subject: str) -> str:
        """What its request bears while it is open: one request for one cause."""
        return f"{self.id}:{subject}:open"

    def titled(self, asset: str, event: str, value: str) -> str:
        """The title of its request."""
        words = self.title or TITLES.get(self.source, "{asset}: {event}")
        for name, text in zip(_PLACEHOLDERS, (asset, event, value), strict=True):
            words = words.replace(f"{{{name}}}", text)
        return clean_line(words.strip(" :"))


EVENT_RULE = Kind(
    "event_rule",
    "event rules",
    "an event rule",
    "name",
    ("position", "name", "active"),
    (
        Field("name", column="name", required=True, unique=True),
        Field("source", "choice", label="when", column="source", required=True, choices=tuple(SOURCES)),
        Field("event", label="event or meter", column="event", limit=60, aliases=("meter", "item")),
        Field("asset", "reference", column="asset_id", refers_to="asset"),
        Field("asset_category", label="asset category", column="asset_category", limit=40),
        Field("low_limit", "quantity", label="not below", column="low_limit", aliases=("low", "min")),
        Field("high_limit", "quantity", label="not above", column="high_limit", aliases=("high", "max")),
        Field("consecutive", "whole", label="readings in a row", column="consecutive", limit=1000),
        Field("hysteresis", "quantity", label="back inside by", column="hysteresis"),
        Field(
            "missing_days",
            "whole",
            label="days without",
            column="missing_days",
            limit=3650,
            aliases=("days",),
        ),
        Field("days_before", "whole", label="days before", column="days_before", limit=3650),
        Field("title", column="title"),
        Field("priority", "choice", column="priority", choices=_PRIORITIES),
        Field("template", "reference", column="template_id", refers_to="order_template"),
        Field("active", "flag", column="active", default=1),
    ),
)
"""Every field of a rule, in the order of its form."""


def read_event_field(field: Field, typed: str, currency: str) -> Value:
    """A field's value from what a person typed; empty text is no value.

    Raises:
        UsageProblem: not a value of this field; says how to write one.
    """
    if field.name == "priority" and typed.strip():
        wanted = typed.strip().casefold()
        for number, word in PRIORITIES.items():
            if wanted in (word, str(number), f"p{number}"):
                return number
        raise UsageProblem(
            f"priority: {clean_line(typed, 40)!r} is not known.",
            "It is one of emergency, urgent, normal or low (or 1 to 4).",
        )
    return read(field, typed, currency)


def typed_event_field(field: Field, value: Value) -> str:
    """A stored value as a person would type it; a reference's id as it is."""
    if value is None:
        return ""
    if field.name == "priority":
        return PRIORITIES.get(int(str(value)), str(value))
    if field.type == "quantity":
        return decimal(int(str(value)))
    if field.type == "flag":
        return "yes" if value else "no"
    return str(value)


def check_event_rule(values: Mapping[str, Value], who: str) -> None:
    """Refuse a rule that can never fire or contradicts itself.

    Raises:
        Refused: names the rule, what is wrong and the way out.
    """
    source = values.get("source")
    low, high = values.get("low_limit"), values.get("high_limit")
    if source == "meter_limit" and low is None and high is None:
        raise Refused(f"{who} has no limit.", "Add low_limit=… or high_limit=….")
    if isinstance(low, int) and isinstance(high, int) and low >= high:
        raise Refused(f"{who}: its low limit is not below its high limit.", "Correct one of the two.")
    if source == "event" and not values.get("event"):
        raise Refused(f"{who} does not say which event.", "Add event=…, the word that the machine reports.")
    hysteresis = values.get("hysteresis")
    if isinstance(hysteresis, int) and hysteresis < 0:
        raise Refused(f"{who}: the hysteresis is below 0.", "Write how far back inside is good again.")
    if (
        isinstance(low, int)
        and isinstance(high, int)
        and isinstance(hysteresis, int)
        and 2 * hysteresis > high - low
    ):
        raise Refused(
            f"{who} can never be armed again.", "Choose a hysteresis below half of what lies between."
        )


def conditions(rule: EventRule, names: Mapping[str, str]) -> str:
    """What a rule waits for, in words: `Temperature above 80, 3 in a row, of pumps`."""
    said = SOURCES.get(rule.source, rule.source)
    if rule.source == "meter_limit":
        bounds = [
            f"{word} {decimal(limit)}"
            for word, limit in (("below", rule.low_limit), ("above", rule.high_limit))
            if limit is not None
        ]
        said = f"{rule.event or 'a meter'} {' or '.join(bounds)}"
        if rule.consecutive and rule.consecutive > 1:
            said += f", {rule.consecutive} in a row"
        if rule.hysteresis:
            said += f", armed again {decimal(rule.hysteresis)} inside"
    elif rule.source == "reading_missing":
        days = f"{rule.missing_days} days" if rule.missing_days else "its usual days"
        said = f"no reading of {rule.event or 'a meter'} for {days}"
    elif rule.source == "document_expiring":
        said = f"{said} within {rule.days_before or DAYS_BEFORE} days"
    elif rule.event:
        said = f"“{rule.event}”" if rule.source == "event" else f"{said}: “{rule.event}”"
    if rule.asset_id:
        said += f", of {names.get(rule.asset_id, 'an asset that is gone')}"
    if rule.asset_category:
        said += f", of {rule.asset_category}"
    return said
