"""Making and editing plans. An edit keeps what the plan said before as a version; what was decided already stays."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from wotui.actions.plans.deciding import Book
from wotui.actions.sets import write_set
from wotui.domain.days import read_day
from wotui.domain.identity import new_id
from wotui.domain.plans.dates import stepped
from wotui.domain.plans.fields import (
    DATE_FIELDS,
    NAMED_IN_FULL,
    PLAN,
    read_plan_field,
    refuse_bad_plan,
    rule_of,
)
from wotui.domain.plans.plan import refuse_bad
from wotui.domain.record_kinds import KINDS
from wotui.errors import NotFound, Refused, UsageProblem
from wotui.store.reads import checklist_templates, records
from wotui.store.reads import plans as reads
from wotui.store.reads.plans import PlanRow
from wotui.text import clean_line, listed, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wotui.domain.records import Field, Value
    from wotui.store.file import Shop
    from wotui.store.reading import Reads
    from wotui.store.transaction import Done, Transaction

LAST_DONE = "last_done"
"""Typed instead of the first date: the day it was done last; the first date is one interval later."""


def add(shop: Shop, name: str, fields: Mapping[str, str]) -> Done:
    """Make a plan.

    Args:
        shop: the open shop.
        name: what people call it; the title of its orders unless `title` says otherwise.
        fields: what was typed, by field name (`domain.plans.fields`); without a first date it begins today.

    Raises:
        UsageProblem: an unknown field, or a value that is none.
        NotFound: an asset, place, person, meter, checklist or plan that is not there.
        Refused: something is missing, contradicts itself, or the name is taken.
    """
    shop.require("make plans", "supervisor", "office")
    with shop.transaction() as tx:
        identity, values = add_in(shop, tx, name, fields)
        book = Book(tx, shop.today(), [identity])
        plan = book.plans[identity]
        groups = book.groups(plan)
        first = book.next_dates(plan, "" if plan.route or not groups else groups[0][0].asset_id, 1)
        when = f"; first due {first[0].due_on}" if first else ""
        notices = (
            [] if groups else [f"No asset of {values['name']} is in use now; it makes nothing until one is."]
        )
        return tx.done(f"Added the plan {values['name']}{when}.", identity, notices=notices)


def add_in(shop: Shop, tx: Transaction, name: str, fields: Mapping[str, str]) -> tuple[str, dict[str, Any]]:
    """Make a plan inside a larger action: its id and its values. Nothing is written where it raises as `add` does."""
    values = drafted(shop, tx, None, {**fields, "name": name})
    identity, today = new_id(), shop.today().isoformat()
    columns = {field.column: values[field.column] for field in PLAN.fields if field.column}
    tx.insert(
        "maintenance_plan", id=identity, **columns, created_on=today, since_on=today, version=1, active=1
    )
    _write_sets(tx, identity, values)
    return identity, values


def edit(shop: Shop, name: str, fields: Mapping[str, str]) -> Done:
    """Change fields of a plan; empty text clears a field. What it said before is kept as a version.

    Raises:
        UsageProblem: nothing to change, an unknown field, or a value that is none.
        NotFound: no such plan, or a field refers to something that is not there.
        Refused: something is missing, contradicts itself, or the name is taken.
    """
    shop.require("change plans", "supervisor", "office")
    if not fields:
        raise UsageProblem("Nothing to change is named.", "Write FIELD=VALUE, for example every=2.")
    with shop.transaction() as tx:
        plan = reads.find(tx, name)
        changed = edit_in(shop, tx, plan, fields)
        if not changed:
            return tx.done(f"{plan.name} says so already.", plan.id)
        return tx.done(
            f"Changed {listed([field.words for field in changed])} of the plan {plan.name}.", plan.id
        )


def edit_in(shop: Shop, tx: Transaction, plan: PlanRow, fields: Mapping[str, str]) -> list[Field]:
    """Change a plan inside a larger action; gives which fields are others now. Where it raises, nothing is written."""
    values = drafted(shop, tx, plan, fields)
    changed = differing(plan.values, values)
    if changed:
        keep_version(tx, plan)
        columns = {field.column: values[field.column] for field in changed if field.column}
        if values["since_on"] != plan.values["since_on"]:
            columns["since_on"] = values["since_on"]
        tx.update("maintenance_plan", plan.id, **columns, version=(plan.values["version"] or 1) + 1)
        _write_sets(tx, plan.id, values)
    return changed


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Field]:
    """The fields that say something else."""
    return [
        field
        for field in PLAN.fields
        if after[field.column or field.name] != before[field.column or field.name]
    ]


def keep_version(tx: Transaction, plan: PlanRow) -> None:
    """Keep what a plan says now, before it is changed."""
    tx.insert(
        "plan_version",
        plan_id=plan.id,
        version=plan.values["version"] or 1,
        fields=json.dumps(dict(plan.values), ensure_ascii=False, sort_keys=True),
        at=tx.at,
        by_id=tx.acting and tx.acting.id,
    )


def drafted(shop: Shop, source: Reads, plan: PlanRow | None, typed: Mapping[str, str]) -> dict[str, Any]:
    """All values of a plan as they would be stored after these typed changes; a new one gets its defaults.

    Raises:
        As `add` and `edit`.
    """
    changes = _read(shop, source, typed)
    today = shop.today().isoformat()
    if plan is not None:
        values: dict[str, Any] = {**plan.values, **changes}
    else:
        values = {field.column or field.name: field.default for field in PLAN.fields}
        values |= {field.name: () for field in PLAN.fields if field.members}
        state = ("paused_from", "paused_to", "override_next_on", "override_reason", "retired_at")
        values |= {**dict.fromkeys(state), "since_on": today, "active": 1, "version": 1, "created_on": today}
        values |= {name: value for name, value in changes.items() if value is not None}
        values["anchor_on"] = values["anchor_on"] or today
        _count_meter_from_now(source, values)
    if typed.get(LAST_DONE):
        values["anchor_on"] = _after_last(values, typed[LAST_DONE], shop)
    if plan is not None and any(values[name] != plan.values[name] for name in DATE_FIELDS):
        values["since_on"] = today
    _expect_good(source, values, plan)
    return values


def _read(shop: Shop, source: Reads, typed: Mapping[str, str]) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    for name, text in typed.items():
        if name == LAST_DONE:
            continue
        field = PLAN.field(name)
        key = field.column or field.name
        if key in changes:
            raise UsageProblem(f"{field.name} is given twice.", "Give it once.")
        value = read_plan_field(field, text, shop.setting("shop.currency"), shop.today())
        changes[key] = _resolved(source, field, value)
    return changes


def named(source: Reads, field: Field, typed: str) -> None:
    """Look whether what was typed for a field that names other records names some that are there.

    Raises:
        NotFound: it does not.
        Refused: it can mean several.
    """
    _resolved(source, field, read_plan_field(field, typed, "USD", date.min))


def _resolved(source: Reads, field: Field, value: Value) -> Value:
    """The value with references as ids."""
    if isinstance(value, tuple):
        return tuple(sorted({one for word in value for one in _each(source, field, word)}))
    if isinstance(value, str) and field.name in {"meter", "template"}:
        return reads.find_meter(source, value).id if field.name == "meter" else _template(source, value)
    if isinstance(value, str) and field.type == "reference":
        return records.find(source, KINDS[field.refers_to], value)
    return value


def _each(source: Reads, field: Field, word: str) -> list[str]:
    """What one word of a set names: one record, or several between commas."""
    if field.name not in NAMED_IN_FULL or "," not in word:
        return [_one(source, field.refers_to, word)]
    try:
        return [_one(source, field.refers_to, word)]
    except NotFound:
        return [_one(source, field.refers_to, part) for part in word.split(",") if part.strip()]


def _one(source: Reads, kind: str, word: str) -> str:
    if kind == "maintenance_plan":
        return reads.find(source, word).id
    if kind == "checklist_template":
        return checklist_templates.find(source, word).id
    return records.find(source, KINDS[kind], word)


def _template(source: Reads, word: str) -> str:
    wanted = clean_line(word)
    rows: Sequence[tuple[str, str]] = [
        (row[0], row[1] or "")
        for row in source.rows("SELECT id, name FROM order_template WHERE deleted_at IS NULL")
    ]
    for identity, name in rows:
        if wanted.casefold() in (name.casefold(), identity):
            return identity
    near = nearest(wanted.casefold(), [name.casefold() for _, name in rows])
    shown = next((name for _, name in rows if name.casefold() == near), "")
    raise NotFound(f"There is no template {wanted}.", f"Did you mean {shown}?" if shown else "")


def _count_meter_from_now(source: Reads, values: dict[str, Any]) -> None:
    """A new plan by a meter counts from the present reading unless somebody says from where."""
    if values["meter_id"] and values["meter_base"] is None:
        meter = reads.meters(source).get(values["meter_id"])
        values["meter_base"] = meter.last if meter else None


def _after_last(values: Mapping[str, Any], typed: str, shop: Shop) -> str:
    day = read_day(typed, shop.today())
    if day is None:
        raise UsageProblem("last_done: that is not a day.", "Write it like 2026-05-30.")
    return stepped(day, values["every"] or 1, values["unit"] or "month", 1).isoformat()


def _expect_good(source: Reads, values: Mapping[str, Any], plan: PlanRow | None) -> None:
    name = clean_line(str(values["name"] or ""))
    if not name:
        raise Refused("A plan needs a name.", "Say in a few words what is done.")
    for field in PLAN.fields:
        if field.required and values[field.column] is None:
            raise Refused(
                f"The plan {name} needs: {field.words}.", f"Give {field.name}=… instead of clearing it."
            )
    taken = source.value(
        "SELECT id FROM maintenance_plan WHERE name = ? COLLATE NOCASE AND deleted_at IS NULL AND retired_at IS NULL"
        " AND id <> ?",
        (name, plan.id if plan else ""),
    )
    if taken is not None:
        raise Refused(f"There is a plan {name} already.", "Give this one another name, or change that one.")
    refuse_bad_plan(values, name)
    refuse_bad(rule_of(values))
    if plan is not None:
        _expect_no_ring(source, plan, values["covers"])


def _expect_no_ring(source: Reads, plan: PlanRow, covers: Sequence[str]) -> None:
    known = {one.id: one for one in reads.plans(source, retired=True)}
    waiting, seen = list(covers), set[str]()
    while waiting:
        one = waiting.pop()
        if one == plan.id:
            raise Refused(
                f"The plan {plan.name} cannot cover itself.", "Take the other plan out of `covers`."
            )
        if one not in seen and one in known:
            seen.add(one)
            waiting += known[one].covers


def _write_sets(tx: Transaction, identity: str, values: Mapping[str, Any]) -> None:
    for field in PLAN.fields:
        if field.members:
            write_set(tx, identity, field.members, values[field.name])
