"""An order template as rows: its head, what it says of each field, and each of its parts with a line to add one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.domain.labor import hours_minutes
from wotui.domain.quantity import with_unit
from wotui.domain.templates.own_fields import MOMENT_WORDS, TYPE_WORDS
from wotui.domain.templates.template import CUSTOM, PRESETTABLE, summary
from wotui.text import counted
from wotui.tui.widgets.fields import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wotui.domain.templates import Material, OrderTemplate, OwnField, Preset, Step
    from wotui.store.reads.templates import TemplateRow
    from wotui.tui.themes import Token

EVERY = "every"
"""The line for what every order has."""
ADD = "add:"
_HEAD = (
    ("name", "name", "line", "what the template is called", 120),
    ("title", "orders called", "line", "the title of its orders; the template's name where it is empty", 120),
    ("description", "description", "text", "what its orders say; enter opens it", 20_000),
    ("trade", "trade", "line", "the trade that its orders need", 40),
    ("work_kind", "kind of work", "line", "routing rules look at it", 40),
)


def list_rows(templates: Sequence[TemplateRow], fields_of_all: int) -> list[Row]:
    """The templates of the shop, what every order has first, those out of use last."""
    shared = str(fields_of_all) if fields_of_all else "none yet"
    hint = "fields that every order has, a blank one too"
    made = [Row(EVERY, "every order", kind="template", shown=f"Fields of your own: {shared}", hint=hint)]
    for active, heading in ((True, "Templates"), (False, "Out of use")):
        rows = [_listed(each) for each in templates if bool(each.active) == active]
        made += [Row("", heading), *rows] if rows else []
    return made


def _listed(each: TemplateRow) -> Row:
    parts = [
        counted(each.checklists, "checklist") if each.checklists else "",
        counted(each.steps, "step") if each.steps else "",
        counted(each.fields, "own field") if each.fields else "",
        counted(each.materials, "material") if each.materials else "",
    ]
    held = ", ".join(part for part in parts if part)
    look: Token = "text" if each.active else "muted"
    hint = f"from the pack {each.origin}" if each.origin else "made in this shop"
    words = f"{each.name}{f'  ·  {held}' if held else ''}"
    return Row(each.id, each.trade or "–", kind="template", shown=words, look=look, hint=hint, most_lines=1)


def rows(template: OrderTemplate, lists: frozenset[str]) -> list[Row]:
    """Everything about one template."""
    kinds = {
        "trade": "listed" if "trade" in lists else "line",
        "work_kind": "listed" if "work_kind" in lists else "line",
    }
    made = [
        Row(
            name,
            label,
            kinds.get(name, kind),
            getattr(template, name),
            getattr(template, name),
            hint=hint,
            limit=limit,
            required=name == "name",
            refers_to=name,
        )
        for name, label, kind, hint, limit in _HEAD
    ]
    if not template.active:
        made.insert(0, Row("fact:state", "state", kind="fact", shown="out of use", look="warn"))
    made += own(template.fields, "Fields of its own")
    made += [Row("", "Checklists"), *(_checklist(each.id, each.name) for each in template.checklists)]
    made.append(_add("checklist", "a checklist"))
    made += [Row("", "Steps: each becomes an order"), *_steps(template.steps), _add("step", "a step")]
    made += [Row("", "Material"), *(_material(each) for each in template.materials)]
    made.append(_add("material", "material"))
    made.append(Row("", "Fields of the order: presets, required, hidden"))
    made += [preset(field.name, field.words, template.preset(field.name)) for field in PRESETTABLE]
    made += [
        preset(f"{CUSTOM}{field.name}", field.words, template.preset(f"{CUSTOM}{field.name}"))
        for field in template.fields
    ]
    return made


def own(fields: Sequence[OwnField], heading: str) -> list[Row]:
    """Fields of the shop's own, with the line that adds one."""
    return [Row("", heading), *(_own(field) for field in fields), _add("own", "a field")]


def _add(kind: str, words: str) -> Row:
    return Row(f"{ADD}{kind}", "", kind="add", shown=f"+ {words}", look="accent", hint="enter adds one")


def _own(field: OwnField) -> Row:
    parts = [TYPE_WORDS.get(field.type, field.type), field.limits or field.uom, ", ".join(field.choices)]
    if field.required:
        parts.append(f"needed {MOMENT_WORDS[field.required]}")
    words = " · ".join(part for part in parts if part)
    hint = f"key {field.name}: filters and files name it so"
    return Row(f"own:{field.name}", field.label, kind="own", typed=field.id, shown=words, hint=hint)


def _checklist(identity: str, name: str) -> Row:
    return Row(
        f"checklist:{identity}", "", kind="checklist", typed=identity, shown=name, hint="x takes it away"
    )


def _steps(steps: Sequence[Step]) -> list[Row]:
    made: list[Row] = []
    for number, step in enumerate(steps, 1):
        parts = [step.title or step.template]
        parts += [step.trade] if step.trade else []
        parts += [hours_minutes(step.minutes)] if step.minutes else []
        parts += [f"after {step.after}"] if step.after else []
        parts += [f"from “{step.template}”"] if step.template and step.title else []
        made.append(
            Row(
                f"step:{step.id}",
                f"{number}.",
                kind="step",
                typed=step.id,
                shown=" · ".join(parts),
                hint="x takes it away",
            )
        )
    return made


def _material(each: Material) -> Row:
    amount = with_unit(each.qty, each.uom) if each.qty is not None else ""
    words = " ".join(part for part in (each.part, each.text) if part)
    return Row(
        f"material:{each.id}",
        amount or "–",
        kind="material",
        typed=each.id,
        shown=words,
        hint="x takes it away",
    )


def preset(name: str, label: str, said: Preset) -> Row:
    """What a template says of one field, in words."""
    parts = [said.value] if said.value else []
    parts += [f"needed {MOMENT_WORDS[said.required]}"] if said.required else []
    parts += ["hidden"] if said.hidden else []
    hint = "enter: what stands there at first, needed, hidden"
    return Row(f"preset:{name}", label, kind="preset", typed=name, shown=" · ".join(parts), hint=hint)


def title_note(template: OrderTemplate) -> str:
    """What comes with it, for the header line."""
    return summary(template) or "nothing comes with it yet"
