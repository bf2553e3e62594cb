"""The form of a rule: its fields as rows, what it waits for first, then what it does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wotui.domain.routing import words as routing_words
from wotui.errors import UsageProblem
from wotui.store.reads import routing, rule_lists
from wotui.tui import present, record_rows
from wotui.tui.widgets.fields import Row
from wotui.tui.widgets.form_box import FormBox

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wotui.actions.rule_lists import RuleList
    from wotui.store.file import Shop
    from wotui.store.transaction import Done

HINTS = {
    "text_contains": "words in title or description, separated by commas; any of them",
    "weekdays": "mon-fri, or sat,sun",
    "hour_from": "0 to 23; from 22 to 6 runs over midnight",
    "hour_to": "the hour before which it ends, 1 to 24",
    "place": "enter searches; what lies in it counts, too",
    "priority_max": "this one or a more urgent one",
    "lead_trade": "of whoever is available, or of the contractors",
    "event": "the machine's word, the meter's name, or words of the checklist item",
    "consecutive": "so many readings in a row beyond the limit; empty is one",
    "hysteresis": "so far back inside before it may fire again",
    "title": "of the request; {asset}, {event} and {value} are filled in",
    "missing_days": "empty: as often as the meter says itself",
    "days_before": "empty: 30 days before it runs out",
}
CHOICES = {
    "person": "a person",
    "available": "whoever is available",
    "team": "a team",
    "contractors": "contractors that fit",
}


def rule_form(
    shop: Shop,
    rules: RuleList,
    title: str,
    parts: Mapping[str, str],
    choices: Mapping[str, str],
    identity: str = "",
) -> FormBox:
    """The form of a new rule, or of one that is there.

    Args:
        shop: the open shop.
        rules: the list it belongs to.
        title: of the dialog.
        parts: the first field of each part → its heading.
        choices: words of choices that their value alone does not say.
        identity: the rule; empty for a new one.
    """
    before = rules.typed_fields(shop, identity) if identity else {"active": "yes"}
    names = _names(shop, rules, identity) if identity else {}
    templates = [name for _, name in rule_lists.names(shop, "order_template")]
    rows: list[Row] = []
    for field in rules.kind.fields:
        if field.name in parts:
            rows.append(Row("", parts[field.name]))
        typed = before.get(field.name, "")
        row = record_rows.row(field, typed, names.get(field.name, ""))
        row = replace(row, hint=HINTS.get(field.name, row.hint))
        if field.refers_to == "order_template":
            row = replace(row, kind="choice", choices=tuple((name, name) for name in templates), shown=typed)
        elif field.type == "choice":
            words = tuple((value, choices.get(value, present.words(value))) for value in field.choices)
            row = replace(row, choices=words, shown=dict(words).get(typed, ""))
        rows.append(replace(row, shown=_shown(rules, row, typed)) if field.name == "weekdays" else row)

    def check(row: Row, typed: str) -> str:
        if row.kind == "choice":
            return dict(row.choices).get(typed, typed)
        return _shown(rules, row, typed)

    def write(shop: Shop, typed: dict[str, str]) -> Done:
        changes = {name: value for name, value in typed.items() if value != before.get(name, "")}
        if identity:
            if not changes:
                raise UsageProblem("Nothing was changed.", "esc leaves the form.")
            return rules.edit(shop, identity, changes)
        changes.pop("name", None)
        return rules.add(shop, typed["name"], {name: value for name, value in changes.items() if value})

    return FormBox(title, rows, check, write)


def _names(shop: Shop, rules: RuleList, identity: str) -> dict[str, str]:
    """What people call the records that a rule refers to, by field."""
    values = rules.values(shop, identity)
    references = {
        field.name: str(values[field.name]) for field in rules.kind.fields if field.type == "reference"
    }
    found = routing.named(shop, references.values())
    return {name: found[value] for name, value in references.items() if value in found}


def _shown(rules: RuleList, row: Row, typed: str) -> str:
    """What is shown for a typed value; raises for one that is none."""
    field = rules.kind.field(row.name)
    if not typed.strip() or field.type == "reference":
        return typed
    value = rules.read(field, typed, "USD")
    if field.name == "weekdays":
        return routing_words.weekdays(str(value))
    if field.type in ("choice", "flag"):
        return present.words(rules.typed(field, value))
    return rules.typed(field, value)
