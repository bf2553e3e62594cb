"""The parts of a template: what it says of fields, fields of its own, checklists, material, steps.

A template is named by its id or name. The fields of every order are those of no template: `template` empty.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wotui.actions.templates.storing import (
    own_field_id,
    put_checklist,
    put_material,
    put_own_field,
    put_preset,
    put_step,
)
from wotui.domain.identity import new_id
from wotui.domain.templates import own_fields
from wotui.domain.templates.template import CUSTOM, DEEPEST, ListNamed, Preset, check_preset, check_step
from wotui.errors import NotFound, Refused, UsageProblem
from wotui.store.reads import checklist_templates
from wotui.store.reads import templates as reads
from wotui.text import clean_line

if TYPE_CHECKING:
    from wotui.domain.templates import Material, OwnField, Step
    from wotui.store.file import Shop
    from wotui.store.reads.templates import TemplateRow
    from wotui.store.transaction import Done, Transaction

_TABLES = {"checklist": "template_checklist", "material": "template_material", "step": "template_step"}


def preset(shop: Shop, template: str, said: Preset) -> Done:
    """Say what a template presets, asks for or hides of one field; a preset that says nothing takes that back.

    Raises:
        NotFound: no such template, or the record that the value names is not there.
        UsageProblem: an unknown field, or a value that is none.
        Refused: it contradicts itself, or the acting person may not.
    """
    shop.require("change templates", "supervisor", "office")
    with shop.transaction() as tx:
        row = reads.find(tx, template, retired_too=True)
        own = reads.own_fields(tx, row.id)
        checked = check_preset(said, shop.setting("shop.currency"), own)
        put_preset(tx, row.id, checked)
        words = checked.field.removeprefix(CUSTOM).replace("_", " ")
        return tx.done(f"“{row.name}” {_says(checked, words)}.", row.id)


def _says(said: Preset, words: str) -> str:
    parts = [f"presets {words} to {clean_line(said.value, 60)}" if said.value else ""]
    parts += [f"wants {words} {own_fields.MOMENT_WORDS[said.required]}" if said.required else ""]
    parts += [f"hides {words}" if said.hidden else ""]
    return " and ".join(part for part in parts if part) or f"says nothing of {words} any more"


def define(shop: Shop, template: str, field: OwnField, *, before: str = "") -> Done:
    """Add a field of the shop's own, or change one.

    Args:
        shop: the open shop.
        template: whose orders have it; empty for every order.
        field: as it should be.
        before: the key of the field that is changed; empty adds one.

    Raises:
        NotFound: no such template or field.
        UsageProblem: its key, type, moment or limits are none.
        Refused: it contradicts itself, its key is taken, or it has another key while orders hold the old one.
    """
    shop.require("change templates", "supervisor", "office")
    checked = own_fields.check(field)
    with shop.transaction() as tx:
        row = _row(tx, template)
        known = {each.name: each for each in reads.own_fields(tx, row.id if row else None)}
        old = known.get(before) if before else None
        if before and old is None:
            raise NotFound(f"There is no field {clean_line(before, 40)!r} here.", "Add it first.")
        if checked.name != before and checked.name in known:
            raise Refused(f"There is a field {checked.name} already.", "Give this one another key.")
        if old is not None and old.name != checked.name:
            _expect_unused(tx, old)
            tx.remove("field_definition", old.id)
        place = old.position if old else max((each.position for each in known.values()), default=0) + 1
        kept = replace(checked, id=old.id if old and old.name == checked.name else "")
        template_id = old.template_id if old else row.id if row else None
        put_own_field(tx, template_id, replace(kept, template_id=template_id), position=place)
        verb = (
            f"Changed the field “{checked.label}” of" if before else f"Added the field “{checked.label}” to"
        )
        return tx.done(f"{verb} {_whose(row)}.", *((row.id,) if row else ()))


def undefine(shop: Shop, template: str, name: str) -> Done:
    """Take a field of the shop's own away; what orders hold in it stays and can still be searched.

    Raises:
        NotFound: no such template or field.
        Refused: the acting person may not.
    """
    shop.require("change templates", "supervisor", "office")
    with shop.transaction() as tx:
        row = _row(tx, template)
        identity = own_field_id(row.id if row else None, name)
        known = reads.own_fields(tx, row.id if row else None, shop_wide=row is None)
        field = next((each for each in known if each.name == name or each.id == identity), None)
        if field is None:
            raise NotFound(f"There is no field {clean_line(name, 40)!r} of {_whose(row)}.", "")
        tx.remove("field_definition", field.id)
        if row is not None:
            put_preset(tx, row.id, Preset(f"{CUSTOM}{field.name}"))
        return tx.done(f"Took the field “{field.label}” from {_whose(row)}.", *((row.id,) if row else ()))


def add_checklist(shop: Shop, template: str, checklist: str) -> Done:
    """Let a checklist of the shop go with a template.

    Raises:
        NotFound: no such template or checklist.
        Refused: it goes with it already, or the acting person may not.
    """
    shop.require("change templates", "supervisor", "office")
    with shop.transaction() as tx:
        row = reads.find(tx, template, retired_too=True)
        found = checklist_templates.find(tx, checklist)
        there = reads.whole(tx, row.id).checklists
        if found.id in [each.id for each in there]:
            raise Refused(f"“{found.name}” goes with “{row.name}” already.", "Once is enough.")
        put_checklist(tx, row.id, ListNamed(found.name, id=found.id), len(there) + 1)
        return tx.done(f"“{found.name}” goes with “{row.name}”.", row.id)


def put_line(shop: Shop, template: str, material: Material) -> Done:
    """Add a line of material to a template, or change the one whose id it carries.

    Raises:
        NotFound: no such template or part.
        Refused: it names nothing or nothing of it, or the acting person may not.
    """
    shop.require("change templates", "supervisor", "office")
    if not (material.text or material.part):
        raise Refused("A line of material names something.", "Type what it is, or pick a part.")
    if material.qty is not None and material.qty <= 0:
        raise Refused("A quantity is above zero.", "Type how much of it is needed, or leave it empty.")
    with shop.transaction() as tx:
        row = reads.find(tx, template, retired_too=True)
        position = None if material.id else len(reads.whole(tx, row.id).materials) + 1
        put_material(tx, row.id, material.id or new_id(), material, position)
        what = material.text or material.part
        return tx.done(f"{f'Changed {what} of' if material.id else f'Added {what} to'} “{row.name}”.", row.id)


def put_plan_step(shop: Shop, template: str, step: Step) -> Done:
    """Add a step to a template's action plan, or change the one whose id it carries.

    Raises:
        NotFound: no such template.
        Refused: it has no title, waits for itself or a later one, would make a plan inside itself, or the acting
            person may not.
    """
    shop.require("change templates", "supervisor", "office")
    with shop.transaction() as tx:
        row = reads.find(tx, template, retired_too=True)
        there = [each.id for each in reads.whole(tx, row.id).steps]
        number = there.index(step.id) + 1 if step.id in there else len(there) + 1
        check_step(row.name, number, step)
        if step.template:
            _expect_no_ring(tx, row, reads.find(tx, step.template).id)
        put_step(tx, row.id, step.id or new_id(), step, None if step.id else number)
        what = step.title or step.template
        return tx.done(f"{'Changed' if step.id else 'Added'} step {number} of “{row.name}”: {what}.", row.id)


def remove_part(shop: Shop, template: str, kind: str, identity: str) -> Done:
    """Take a checklist, a line of material or a step from a template.

    Args:
        shop: the open shop.
        template: which.
        kind: checklist, material or step.
        identity: the checklist's id, or that of the line or step.

    Raises:
        UsageProblem: no such kind.
        NotFound: no such template or part.
        Refused: a later step waits for this one, or the acting person may not.
    """
    shop.require("change templates", "supervisor", "office")
    if kind not in _TABLES:
        raise UsageProblem(
            f"{clean_line(kind, 40)} is no part of a template.", "checklist, material or step."
        )
    column = "checklist_template_id" if kind == "checklist" else "id"
    with shop.transaction() as tx:
        row = reads.find(tx, template, retired_too=True)
        found = tx.value(
            f"SELECT id FROM {_TABLES[kind]} WHERE template_id = ? AND {column} = ? AND deleted_at IS NULL",
            (row.id, identity),
        )
        if found is None:
            raise NotFound(f"“{row.name}” has no such {kind}.", "")
        if kind == "step":
            _close_ranks(tx, row, identity)
        tx.remove(_TABLES[kind], found)
        return tx.done(f"Took a {kind} from “{row.name}”.", row.id)


def _row(tx: Transaction, template: str) -> TemplateRow | None:
    return reads.find(tx, template, retired_too=True) if template else None


def _whose(row: TemplateRow | None) -> str:
    return f"“{row.name}”" if row else "every order"


def _expect_unused(tx: Transaction, field: OwnField) -> None:
    used = tx.value(
        """SELECT count(*) FROM custom_value v JOIN work_order w ON w.id = v.record_id WHERE v.name = ?1
        AND v.value IS NOT NULL AND v.deleted_at IS NULL AND (?2 IS NULL OR w.template_id = ?2)""",
        (field.name, field.template_id),
    )
    if used:
        raise Refused(
            f"{used} orders hold a value under the key {field.name}.",
            "Keep the key and change the label, or add another field.",
        )


def _expect_no_ring(tx: Transaction, row: TemplateRow, inner: str) -> None:
    """Refuse a plan that would contain itself."""
    level, seen = [inner], {inner}
    for _ in range(DEEPEST):
        if row.id in seen:
            raise Refused(f"“{row.name}” would be a step of itself.", "Choose another template for the step.")
        level = [
            step.template_id for each in level for step in reads.whole(tx, each).steps if step.template_id
        ]
        seen |= set(level)
    if level:
        raise Refused(f"That makes action plans of more than {DEEPEST} levels.", "Flatten one of them.")


def _close_ranks(tx: Transaction, row: TemplateRow, identity: str) -> None:
    """Number the steps anew without one of them; steps that waited for it wait for what it waited for."""
    steps = reads.whole(tx, row.id).steps
    gone = next(number for number, each in enumerate(steps, 1) if each.id == identity)
    for number, each in enumerate(steps, 1):
        after = steps[gone - 1].after if each.after == gone else each.after
        after = after - 1 if after is not None and after > gone else after
        if number > gone or after != each.after:
            place = number - 1 if number > gone else number
            tx.update("template_step", each.id, position=place, after_position=after)
