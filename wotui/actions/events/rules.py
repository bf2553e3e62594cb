"""Changing the event rules: add, change, move, switch off, take away."""

from __future__ import annotations

from wotui.actions.rule_lists import RuleList
from wotui.domain.events.rules import EVENT_RULE, check_event_rule, read_event_field, typed_event_field

RULES = RuleList(
    EVENT_RULE, "event rule", read_event_field, typed_event_field, check_event_rule, "wotui event-rules"
)
"""The list of event rules."""
