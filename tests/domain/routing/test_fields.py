"""How a routing rule is typed, and which rules make no sense."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wotui.domain.routing.fields import ROUTING_RULE, check_rule, read_rule_field, typed_rule_field
from wotui.errors import Refused, UsageProblem

if TYPE_CHECKING:
    from wotui.domain.records import Value


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("mon-fri", "12345"),
        ("Monday to Friday", "12345"),
        ("sat, sun", "67"),
        ("sat and sun", "67"),
        ("fri-mon", "1567"),
        ("135", "135"),
        ("sun", "7"),
        ("", None),
    ],
)
def test_weekdays_are_typed_as_people_do(typed: str, stored: str | None) -> None:
    assert read_rule_field(ROUTING_RULE.field("weekdays"), typed, "USD") == stored


@pytest.mark.parametrize("typed", ["someday", "8", "mon-xyz"])
def test_what_is_no_weekday_is_refused(typed: str) -> None:
    with pytest.raises(UsageProblem, match="no weekdays"):
        read_rule_field(ROUTING_RULE.field("weekdays"), typed, "USD")


@pytest.mark.parametrize(("typed", "stored"), [("urgent", 2), ("2", 2), ("P1", 1), ("", None)])
def test_priorities_are_words_or_numbers(typed: str, stored: int | None) -> None:
    assert read_rule_field(ROUTING_RULE.field("set_priority"), typed, "USD") == stored


def test_what_is_typed_comes_back_as_it_can_be_typed_again() -> None:
    for name, typed in {
        "weekdays": "mon,tue,sun",
        "set_priority": "urgent",
        "accept": "yes",
        "hour_to": "6",
    }.items():
        field = ROUTING_RULE.field(name)
        stored = read_rule_field(field, typed, "USD")
        assert typed_rule_field(field, stored) == typed
        assert read_rule_field(field, typed_rule_field(field, stored), "USD") == stored
    assert typed_rule_field(ROUTING_RULE.field("trade"), None) == ""


@pytest.mark.parametrize("typed", ["24", "-1", "noon"])
def test_an_hour_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(UsageProblem):
        read_rule_field(ROUTING_RULE.field("hour_from"), typed, "USD")


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({}, "does nothing"),
        ({"trade": "HVAC"}, "does nothing"),
        ({"lead_mode": "person"}, "needs to know which"),
        ({"lead_mode": "team"}, "needs to know which"),
        ({"lead_mode": "available", "lead_person": "TB"}, "names a person"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(values: dict[str, Value], why: str) -> None:
    with pytest.raises(Refused, match=why):
        check_rule(values, "The rule Leaks")


@pytest.mark.parametrize(
    "values",
    [
        {"set_priority": 1},
        {"accept": 1},
        {"lead_mode": "available"},
        {"lead_mode": "team", "lead_team": "Night"},
    ],
)
def test_a_rule_that_does_something_is_kept(values: dict[str, Value]) -> None:
    check_rule(values, "The rule Leaks")
