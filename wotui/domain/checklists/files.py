"""Checklist templates written back as the tables of their TOML file (`templates.template_from` reads them)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wotui.domain.checklists.items import (
    CHOICE,
    MULTI,
    NORMAL,
    PROPOSE,
    SIGNATURE,
    TITLE_PATTERN,
    YES_NO,
    FollowUp,
    Item,
)
from wotui.domain.quantity import decimal

if TYPE_CHECKING:
    from wotui.domain.checklists.templates import Template


def document_of(template: Template) -> dict[str, Any]:
    """A template as TOML tables; what has its default is left out. Reading it again gives the same template."""
    made: dict[str, Any] = {"name": template.name}
    if template.description:
        made["description"] = template.description
    if template.trade:
        made["trade"] = template.trade
    made["items"] = [_entry(item, template.items) for item in template.items]
    return made


def _entry(item: Item, items: tuple[Item, ...]) -> dict[str, Any]:
    made: dict[str, Any] = {"type": item.type, "label": item.label}
    if item.id != f"item{item.position}" or any(other.show_if_item == item.id for other in items):
        made["key"] = item.id
    if item.help:
        made["help"] = item.help
    if item.uom:
        made["uom"] = item.uom
    limits = (
        ("min", item.min_value),
        ("max", item.max_value),
        ("warn_min", item.warn_min),
        ("warn_max", item.warn_max),
    )
    made |= {name: decimal(value) for name, value in limits if value is not None}
    if item.type == YES_NO and item.good_answer != "yes":
        made["good_answer"] = item.good_answer
    if item.type in (CHOICE, MULTI):
        made["options"] = [
            {"id": each.id, "label": each.label, "outcome": each.outcome} for each in item.options
        ]
    made |= _rules(item)
    return made


def _rules(item: Item) -> dict[str, Any]:
    """What happens when it fails, who may skip it, and when it is asked."""
    made: dict[str, Any] = {}
    if not item.required:
        made["required"] = False
    if not item.na_allowed:
        made["na_allowed"] = False
    if item.show_if_item is not None:
        made["show_if"] = {"item": item.show_if_item, "equals": item.show_if_value}
    if item.severity != NORMAL:
        made["severity"] = item.severity
    if item.on_fail != PROPOSE:
        made["on_fail"] = item.on_fail
    if item.follow_up != FollowUp():
        made["follow_up"] = _follow_up(item.follow_up)
    if item.type == SIGNATURE:
        made["role"] = item.role
    return made


def _follow_up(follow_up: FollowUp) -> dict[str, Any]:
    made: dict[str, Any] = {}
    if follow_up.kind != "order":
        made["as"] = follow_up.kind
    if follow_up.template:
        made["template"] = follow_up.template
    if follow_up.priority is not None:
        made["priority"] = follow_up.priority
    if follow_up.title != TITLE_PATTERN:
        made["title"] = follow_up.title
    return made
