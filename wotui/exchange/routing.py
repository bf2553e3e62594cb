"""Routing rules as TOML, for packs and for another shop: `[[rule]]` tables with the fields as people type them."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from wotui.actions.routing.rules import RULES
from wotui.domain.routing.fields import ROUTING_RULE
from wotui.errors import Problem, UsageProblem
from wotui.store.reads import rule_lists
from wotui.text import counted

if TYPE_CHECKING:
    from wotui.store.file import Shop
    from wotui.store.reading import Reads
    from wotui.store.transaction import Done

_TABLE = "rule"


def to_toml(source: Reads) -> str:
    """Every rule in its order, as TOML that `from_toml` reads back."""
    import tomli_w

    rules: list[dict[str, Any]] = []
    for identity, _ in rule_lists.names(source, ROUTING_RULE.name):
        rule: dict[str, Any] = {}
        for name, typed in RULES.typed_fields(source, identity).items():
            field = ROUTING_RULE.field(name)
            rule[name] = (
                typed == "yes" if field.type == "flag" else int(typed) if field.type == "whole" else typed
            )
        rules.append({name: value for name, value in rule.items() if (name, value) not in _USUAL})
    return tomli_w.dumps({_TABLE: rules})


_USUAL = (("active", True), ("accept", False))
"""What a rule is without being told so."""


def from_toml(shop: Shop, text: str) -> Done:
    """Add the rules of a TOML file behind those that are there; one whose name is there stays as it is.

    Raises:
        UsageProblem: no TOML, no rules in it, an unknown field, or a value that is none; names the rule.
        NotFound: a record that a rule names is not there.
        Refused: the acting person may not, or a rule makes no sense; no rule was added.
    """
    shop.require("change routing rules", "supervisor")
    try:
        loaded = tomllib.loads(text).get(_TABLE)
    except ValueError as error:
        raise UsageProblem(f"This is not TOML: {error}.", "Check the file.") from None
    if not isinstance(loaded, list) or not loaded:
        raise UsageProblem(
            f"There are no [[{_TABLE}]] tables in it.", "wotui route export shows how they look."
        )
    with shop.transaction() as tx:
        before = {identity for identity, _ in rule_lists.names(tx, ROUTING_RULE.name)}
        made: list[str] = []
        for number, entry in enumerate(loaded, 1):  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
            if not isinstance(entry, dict):
                raise UsageProblem(f"Rule {number} is no table.", f"Write [[{_TABLE}]] above it.")
            try:
                identity = RULES.add_from(tx, entry)  # pyright: ignore[reportUnknownArgumentType]
            except Problem as problem:
                raise type(problem)(f"Rule {number}: {problem.what}", problem.way_out) from None
            if identity not in before:
                made.append(identity)
        left = len(loaded) - len(made)  # pyright: ignore[reportUnknownArgumentType]
        there = f"; {left:,} of them were there already" if left else ""
        return tx.done(f"Added {counted(len(made), 'routing rule')}{there}.", *made)
