"""Writing a template's rows: its head, and each of its parts under an id that two devices can share."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from wotui.actions.checklists.lists import add_template as add_checklist
from wotui.domain.identity import new_id, same_id
from wotui.domain.record_kinds import KINDS
from wotui.domain.templates.template import CUSTOM, preset_field
from wotui.errors import NotFound
from wotui.store.reads import checklist_templates, records
from wotui.store.reads import templates as reads
from wotui.store.reads.templates import MOMENT_NUMBERS

if TYPE_CHECKING:
    from wotui.domain.templates import ListNamed, Material, OrderTemplate, OwnField, Preset, Step
    from wotui.store.transaction import Transaction


def store_template(tx: Transaction, identity: str, template: OrderTemplate) -> str:
    """Write a template's head under an id; returns the id."""
    tx.put(
        "order_template",
        identity,
        name=template.name,
        title=template.title or None,
        description=template.description or None,
        trade=template.trade or None,
        work_kind=template.work_kind or None,
        origin=template.origin or None,
        active=1,
    )
    return identity


def write_parts(tx: Transaction, template_id: str, template: OrderTemplate, *, fresh: bool = False) -> None:
    """Write everything that comes with a template. Ids follow from the template's and the part's place.

    Args:
        tx: the open transaction.
        template_id: whose parts they are.
        template: what to write.
        fresh: give materials and steps ids of their own, as for a copy.

    Raises:
        NotFound: a checklist, part, template or record that it names is not there.
    """
    for field in template.fields:
        put_own_field(tx, template_id, field, position=field.position)
    for preset in template.presets:
        put_preset(tx, template_id, preset)
    for position, each in enumerate(template.checklists, 1):
        put_checklist(tx, template_id, each, position)
    for position, material in enumerate(template.materials, 1):
        identity = new_id() if fresh else same_id("template material", template_id, str(position))
        put_material(tx, template_id, identity, material, position)
    for position, step in enumerate(template.steps, 1):
        identity = new_id() if fresh else same_id("template step", template_id, str(position))
        put_step(tx, template_id, identity, step, position)


def put_preset(tx: Transaction, template_id: str, preset: Preset) -> str:
    """Write what a template says of one field; one that says nothing is taken away. Returns its id.

    Raises:
        NotFound: the record that it names is not there.
    """
    identity = same_id("template field", template_id, preset.field)
    if preset.says_nothing:
        if tx.one("SELECT 1 FROM template_field WHERE id = ?", (identity,)):
            tx.remove("template_field", identity)
        return identity
    value = preset.value
    if value and not preset.field.startswith(CUSTOM):
        known = preset_field(preset.field)
        if known.type == "reference":
            value = records.find(tx, KINDS[known.refers_to], value)
    tx.put(
        "template_field",
        identity,
        template_id=template_id,
        field=preset.field,
        value=value or None,
        required=MOMENT_NUMBERS[preset.required],
        hidden=int(preset.hidden),
    )
    return identity


def own_field_id(template_id: str | None, name: str) -> str:
    """The id of a definition: two devices that define the same key for the same template define one field."""
    return same_id("field definition", template_id or "", name)


def put_own_field(tx: Transaction, template_id: str | None, field: OwnField, *, position: int) -> str:
    """Write the definition of an own field; returns its id."""
    identity = (
        field.id if field.id and field.template_id == template_id else own_field_id(template_id, field.name)
    )
    tx.put("field_definition", identity, **_definition(template_id, field, position))
    return identity


def _definition(template_id: str | None, field: OwnField, position: int) -> dict[str, Any]:
    return {
        "template_id": template_id,
        "name": field.name,
        "label": field.label,
        "type": field.type,
        "required": MOMENT_NUMBERS[field.required],
        "choices": json.dumps(list(field.choices), ensure_ascii=False) if field.choices else None,
        "uom": field.uom or None,
        "min_value": field.min_value,
        "max_value": field.max_value,
        "show_on": ",".join(field.show_on) or None,
        "help": field.help or None,
        "position": position,
        "active": 1,
    }


def put_checklist(tx: Transaction, template_id: str, named: ListNamed, position: int) -> str:
    """Let a checklist go with a template; one that is brought along is made where the shop has none of its name.

    Raises:
        NotFound: the shop has no such checklist, and none is brought along.
    """
    try:
        found = named.id or checklist_templates.find(tx, named.name).id
    except NotFound:
        if named.template is None:
            raise
        add_checklist(tx, named.template)
        found = same_id("checklist_template", named.template.name)
    identity = same_id("template checklist", template_id, found)
    tx.put(
        "template_checklist",
        identity,
        template_id=template_id,
        checklist_template_id=found,
        position=position,
    )
    return identity


def put_material(
    tx: Transaction, template_id: str, identity: str, material: Material, position: int | None
) -> str:
    """Write a line of material.

    Raises:
        NotFound: no part has this stock number.
    """
    part = records.find(tx, KINDS["part"], material.part) if material.part else None
    place = {} if position is None else {"position": position}
    tx.put(
        "template_material",
        identity,
        template_id=template_id,
        part_id=part,
        text=material.text or None,
        qty=material.qty,
        uom=material.uom or None,
        **place,
    )
    return identity


def put_step(tx: Transaction, template_id: str, identity: str, step: Step, position: int | None) -> str:
    """Write a step of an action plan.

    Raises:
        NotFound: the template that it is made from is not there.
    """
    of = reads.find(tx, step.template).id if step.template else None
    place = {} if position is None else {"position": position}
    tx.put(
        "template_step",
        identity,
        template_id=template_id,
        step_template_id=of,
        title=step.title or None,
        trade=step.trade or None,
        planned_minutes=step.minutes,
        after_position=step.after,
        **place,
    )
    return identity
