"""Changing the routing rules: add, change, move, switch off, take away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.actions.rule_lists import RuleList
from wotui.domain.routing.fields import ROUTING_RULE, check_rule, read_rule_field, typed_rule_field

if TYPE_CHECKING:
    from wotui.domain.records import Value


def _fill(values: dict[str, Value]) -> None:
    """Who names a person or a team means that they lead."""
    for named, mode in (("lead_person", "person"), ("lead_team", "team")):
        if values.get(named) and "lead_mode" not in values:
            values["lead_mode"] = mode


RULES = RuleList(
    ROUTING_RULE, "routing rule", read_rule_field, typed_rule_field, check_rule, "wotui routes", _fill
)
"""The list of routing rules."""

add = RULES.add
add_from = RULES.add_from
edit = RULES.edit
move = RULES.move
switch = RULES.switch
remove = RULES.remove
