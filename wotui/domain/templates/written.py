"""Order templates written back as the tables of their TOML file (`documents` reads them)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wotui.domain.checklists.files import document_of as checklist_document
from wotui.domain.quantity import decimal
from wotui.domain.templates.documents import HEAD
from wotui.domain.templates.template import CUSTOM

if TYPE_CHECKING:
    from wotui.domain.templates.own_fields import OwnField
    from wotui.domain.templates.template import Material, OrderTemplate, Preset, Step


def to_document(template: OrderTemplate) -> dict[str, Any]:
    """A template as the tables of its TOML file; what is empty is left out."""
    made: dict[str, Any] = {name: getattr(template, name) for name in HEAD if getattr(template, name)}
    keys = {each.name for each in template.fields}
    defaults = {
        preset.field.removeprefix(CUSTOM): preset.value
        for preset in template.presets
        if preset.field.removeprefix(CUSTOM) in keys and not (preset.required or preset.hidden)
    }
    shown = [preset for preset in template.presets if preset.field.removeprefix(CUSTOM) not in defaults]
    if shown:
        made["fields"] = {preset.field: _preset_entry(preset) for preset in shown}
    if template.fields:
        made["own"] = [_own_entry(each, defaults.get(each.name, "")) for each in template.fields]
    if template.checklists:
        made["checklists"] = [
            {"name": each.name} if each.template is None else checklist_document(each.template)
            for each in template.checklists
        ]
    if template.materials:
        made["materials"] = [_material_entry(each) for each in template.materials]
    if template.steps:
        made["steps"] = [_step_entry(each) for each in template.steps]
    return made


def _preset_entry(preset: Preset) -> object:
    if not (preset.required or preset.hidden):
        return preset.value
    made: dict[str, object] = {"value": preset.value} if preset.value else {}
    if preset.required:
        made["required"] = preset.required
    if preset.hidden:
        made["hidden"] = True
    return made


def _own_entry(each: OwnField, default: str) -> dict[str, object]:
    made: dict[str, object] = {"key": each.name, "label": each.label, "type": each.type}
    made |= {
        name: value
        for name, value in (
            ("required", each.required),
            ("choices", list(each.choices)),
            ("unit", each.uom),
            ("help", each.help),
            ("default", default),
        )
        if value
    }
    made |= {
        name: decimal(value)
        for name, value in (("min", each.min_value), ("max", each.max_value))
        if value is not None
    }
    if each.show_on != ("order", "print"):
        made["show_on"] = list(each.show_on)
    return made


def _material_entry(each: Material) -> dict[str, object]:
    made: dict[str, object] = {
        name: value for name, value in (("part", each.part), ("text", each.text), ("unit", each.uom)) if value
    }
    if each.qty is not None:
        made["qty"] = decimal(each.qty)
    return made


def _step_entry(each: Step) -> dict[str, object]:
    named = (("title", each.title), ("template", each.template), ("trade", each.trade))
    made: dict[str, object] = {name: value for name, value in named if value}
    made |= {
        name: value for name, value in (("minutes", each.minutes), ("after", each.after)) if value is not None
    }
    return made
