"""Changing the routing rules: add, change, move, switch off, take away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wotui.domain.record_kinds import KINDS
from wotui.domain.records import Kind
from wotui.domain.routing.fields import ROUTING_RULE, check_rule, read_rule_field
from wotui.errors import NotFound, Refused, UsageProblem
from wotui.store.reads import records, settings
from wotui.store.reads import routing as reads
from wotui.text import clean_line, listed, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wotui.domain.records import Value
    from wotui.domain.routing.rules import Rule
    from wotui.store.file import Shop
    from wotui.store.reading import Reads
    from wotui.store.transaction import Done, Transaction

_MAY = "supervisor"
_TEMPLATE = Kind("order_template", "templates", "a template", "name", ("name",), ROUTING_RULE.fields[:1])


def add(shop: Shop, name: str, fields: Mapping[str, str], *, at: int | None = None) -> Done:
    """Add a routing rule, behind the others or at a place of the list.

    Args:
        shop: the open shop.
        name: what people call it; no two rules share it.
        fields: what was typed, by field name or alias (`domain.routing.fields`).
        at: its place, 1 is the first.

    Raises:
        UsageProblem: an unknown field, or a value that is none.
        NotFound: a place, asset, customer, person or template that is not there.
        Refused: the acting person may not, the name is taken, or the rule does nothing.
    """
    shop.require("change routing rules", _MAY)
    with shop.transaction() as tx:
        identity = add_from(tx, {**fields, "name": name}, expect_new=True)
        if at is not None:
            _put_at(tx, identity, at)
        return tx.done(f"Added the routing rule {_name(tx, identity)}.", identity)


def add_from(
    tx: Transaction, mapping: Mapping[str, Any], *, expect_new: bool = False, identity: str | None = None
) -> str:
    """Add one rule inside a larger action (a pack, an import) and return its id; one of its name that is there stays.

    Args:
        tx: the open transaction.
        mapping: values by field name, as typed or as TOML gives them (numbers, yes and no, lists).
        expect_new: refuse a name that is taken instead of leaving that rule as it is.
        identity: where two devices must add the same rule as one; a fresh id otherwise.

    Raises:
        UsageProblem: an unknown field, or a value that is none.
        NotFound: a record that it names is not there.
        Refused: it does nothing, contradicts itself, or its name is taken.
    """
    values = _read(tx, {name: _typed(value) for name, value in mapping.items()})
    name = str(values.get("name") or "")
    if not name:
        raise Refused("A routing rule needs a name.", "Say in a word or two what it is for.")
    there = _by_name(tx, name)
    if there is not None:
        if not expect_new:
            return there
        raise Refused(f"There is a routing rule {name} already.", "Choose another name, or edit that one.")
    whole = {field.name: values.get(field.name, field.default) for field in ROUTING_RULE.fields}
    check_rule(whole, f"The rule {name}")
    columns = {field.column: whole[field.name] for field in ROUTING_RULE.fields}
    return tx.insert("routing_rule", id=identity, position=reads.last_position(tx) + 1, **columns)


def edit(shop: Shop, rule: str, fields: Mapping[str, str]) -> Done:
    """Change fields of a rule; empty text clears a field.

    Raises:
        UsageProblem: nothing to change, an unknown field, or a value that is none.
        NotFound: no such rule, or a record that it names is not there.
        Refused: the acting person may not, the name is taken, or the rule would do nothing.
    """
    shop.require("change routing rules", _MAY)
    if not fields:
        raise UsageProblem("Nothing to change is named.", "Write FIELD=VALUE, for example trade=HVAC.")
    with shop.transaction() as tx:
        found = find(tx, rule)
        changes = _read(tx, fields)
        name = changes.get("name", found.name)
        if not name:
            raise Refused("A routing rule needs a name.", "Give it one instead of clearing it.")
        if _by_name(tx, str(name)) not in (None, found.id):
            raise Refused(f"There is a routing rule {name} already.", "Choose another name.")
        whole = {field.name: getattr(found, field.column, None) for field in ROUTING_RULE.fields}
        check_rule({**whole, **changes}, f"The rule {name}")
        columns = {ROUTING_RULE.field(each).column: value for each, value in changes.items()}
        tx.update("routing_rule", found.id, **columns)
        words = [ROUTING_RULE.field(each).words for each in changes]
        return tx.done(f"Changed {listed(words)} of the rule {name}.", found.id)


def move(shop: Shop, rule: str, to: int) -> Done:
    """Put a rule at another place of the list; 1 is the first, which is tried first.

    Raises:
        NotFound: no such rule.
        Refused: the acting person may not.
    """
    shop.require("change routing rules", _MAY)
    with shop.transaction() as tx:
        found = find(tx, rule)
        place = _put_at(tx, found.id, to)
        return tx.done(f"The rule {found.name} is number {place} now.", found.id)


def switch(shop: Shop, rule: str, *, on: bool) -> Done:
    """Switch a rule off, or on again.

    Raises:
        NotFound: no such rule.
        Refused: the acting person may not.
    """
    shop.require("change routing rules", _MAY)
    with shop.transaction() as tx:
        found = find(tx, rule)
        tx.update("routing_rule", found.id, active=int(on))
        return tx.done(f"The rule {found.name} is {'on' if on else 'off'}.", found.id)


def remove(shop: Shop, rule: str) -> Done:
    """Take a rule away; what it has routed stays as it is.

    Raises:
        NotFound: no such rule.
        Refused: the acting person may not.
    """
    shop.require("change routing rules", _MAY)
    with shop.transaction() as tx:
        found = find(tx, rule)
        tx.remove("routing_rule", found.id)
        return tx.done(f"Took the rule {found.name} away.", found.id)


def find(source: Reads, word: str) -> Rule:
    """The rule with this name, this number in the list, or this id.

    Raises:
        NotFound: there is none; names the nearest.
    """
    wanted = clean_line(word)
    rules = reads.rules(source, also_off=True)
    for rule in rules:
        if wanted == rule.id or wanted.casefold() == rule.name.casefold():
            return rule
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted[:6]) <= len(rules):
        return rules[int(wanted) - 1]
    near = nearest(wanted, [rule.name.casefold() for rule in rules])
    known = next((rule.name for rule in rules if rule.name.casefold() == near), "")
    raise NotFound(
        f"There is no routing rule {wanted}.",
        f"Did you mean {known}?" if known else "`wotui routes` shows them all.",
    )


def _read(tx: Transaction, typed: Mapping[str, str]) -> dict[str, Value]:
    currency = settings.setting(tx, "shop.currency")
    values: dict[str, Value] = {}
    for name, text in typed.items():
        field = ROUTING_RULE.field(name)
        value = read_rule_field(field, text, currency)
        if field.type == "reference" and isinstance(value, str):
            value = records.find(tx, KINDS.get(field.refers_to, _TEMPLATE), value)
        values[field.name] = value
    if values.get("lead_person") and "lead_mode" not in values:
        values["lead_mode"] = "person"
    elif values.get("lead_team") and "lead_mode" not in values:
        values["lead_mode"] = "team"
    return values


def _typed(value: Any) -> str:
    """A value of a TOML file as a person would type it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return ", ".join(str(each) for each in value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    return "" if value is None else str(value)


def _by_name(tx: Reads, name: str) -> str | None:
    return tx.value(
        "SELECT id FROM routing_rule WHERE name = ? COLLATE NOCASE AND deleted_at IS NULL ORDER BY id",
        (name,),
    )


def _name(tx: Reads, identity: str) -> str:
    return tx.value("SELECT name FROM routing_rule WHERE id = ?", (identity,))


def _put_at(tx: Transaction, identity: str, to: int) -> int:
    """Move a rule and renumber the others; gives its new place."""
    ids = [rule.id for rule in reads.rules(tx, also_off=True) if rule.id != identity]
    place = min(max(to, 1), len(ids) + 1)
    ids.insert(place - 1, identity)
    for number, each in enumerate(ids, 1):
        tx.update("routing_rule", each, position=number)
    return place
