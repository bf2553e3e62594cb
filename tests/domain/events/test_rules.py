"""Event rules: what they are about, what their request is called, and which make no sense."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from wotui.domain.events.rules import (
    EVENT_RULE,
    EventRule,
    check_event_rule,
    conditions,
    read_event_field,
    typed_event_field,
)
from wotui.errors import Refused, UsageProblem

if TYPE_CHECKING:
    from wotui.domain.records import Value


def rule(source: str = "event", **values: Any) -> EventRule:
    return EventRule("r", "Rule", source, **values)


@pytest.mark.parametrize(
    ("values", "concerned"),
    [
        ({}, True),
        ({"asset_id": "p1"}, True),
        ({"asset_id": "p2"}, False),
        ({"asset_category": "PUMPS"}, True),
        ({"asset_category": "fans"}, False),
        ({"asset_id": "p1", "asset_category": "fans"}, False),
    ],
)
def test_a_rule_is_about_its_assets(values: dict[str, Any], *, concerned: bool) -> None:
    assert rule(**values).concerns("p1", "pumps") is concerned


def test_a_rule_is_about_its_event_or_about_any() -> None:
    assert rule(event="Overheat").names("overheat")
    assert not rule(event="Overheat").names("jam")
    assert rule().names("jam")


@pytest.mark.parametrize(
    ("source", "title", "words"),
    [
        ("state_down", None, "P-1 is down"),
        ("meter_limit", None, "P-1: overheat 85"),
        ("event", "{asset} says {event} ({value})", "P-1 says overheat (85)"),
        ("event", "Check it", "Check it"),
        ("event", "{nothing} {asset}", "{nothing} P-1"),
    ],
)
def test_a_request_is_called_after_what_happened(source: str, title: str | None, words: str) -> None:
    assert rule(source, title=title).titled("P-1", "overheat", "85") == words


def test_a_title_ends_without_a_colon_where_there_is_no_value() -> None:
    assert rule().titled("P-1", "overheat", "") == "P-1: overheat"


def test_one_cause_has_one_key() -> None:
    assert rule().key("p1") == rule(event="x").key("p1")
    assert rule().key("p1") != rule().key("p2")


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"source": "meter_limit"}, "no limit"),
        ({"source": "meter_limit", "low_limit": 5, "high_limit": 5}, "not below"),
        ({"source": "event"}, "which event"),
        ({"source": "meter_limit", "high_limit": 5, "hysteresis": -1}, "below 0"),
        ({"source": "meter_limit", "low_limit": 0, "high_limit": 10, "hysteresis": 6}, "never be armed"),
    ],
)
def test_a_rule_that_can_never_fire_is_refused(values: dict[str, Value], why: str) -> None:
    with pytest.raises(Refused, match=why):
        check_event_rule(values, "The rule Hot")


def test_rules_that_can_fire_are_kept() -> None:
    for values in (
        {"source": "state_down"},
        {"source": "meter_limit", "low_limit": 0, "high_limit": 10, "hysteresis": 5},
        {"source": "event", "event": "jam"},
        {"source": "document_expiring"},
    ):
        check_event_rule(values, "The rule")


@pytest.mark.parametrize(
    ("name", "typed", "stored"),
    [
        ("high_limit", "80.5", 80500),
        ("low_limit", "-20", -20000),
        ("priority", "urgent", 2),
        ("source", "event", "event"),
    ],
)
def test_fields_are_typed_and_come_back(name: str, typed: str, stored: Value) -> None:
    field = EVENT_RULE.field(name)
    assert read_event_field(field, typed, "USD") == stored
    assert typed_event_field(field, stored) == typed


def test_a_priority_that_is_none_is_refused() -> None:
    with pytest.raises(UsageProblem, match="emergency, urgent"):
        read_event_field(EVENT_RULE.field("priority"), "9", "USD")


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (rule("state_down"), "an asset is set to down"),
        (
            rule(
                "meter_limit",
                event="Temperature",
                high_limit=80_000,
                consecutive=3,
                hysteresis=5_000,
                asset_id="p1",
            ),
            "Temperature above 80, 3 in a row, armed again 5 inside, of P-1",
        ),
        (rule("meter_limit", low_limit=2_000, high_limit=8_500), "a meter below 2 or above 8.5"),
        (
            rule("reading_missing", missing_days=7, asset_category="pumps"),
            "no reading of a meter for 7 days, of pumps",
        ),
        (rule("document_expiring"), "a contractor's document expires within 30 days"),
        (rule("event", event="jam"), "“jam”"),
        (rule("checklist_fail", event="belt"), "a checklist item fails: “belt”"),
    ],
)
def test_what_a_rule_waits_for_is_said_in_words(made: EventRule, words: str) -> None:
    assert conditions(made, {"p1": "P-1"}) == words
