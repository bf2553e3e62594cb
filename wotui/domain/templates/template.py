"""What an order template says, and which of it is valid.

A template presets fields of an order, says which must be filled before the order is released or done, hides what a
trade never needs, and brings fields of its own, checklists, material and the steps of an action plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from wotui.domain.records import Field, Value
from wotui.domain.templates.own_fields import DONE, MOMENTS, RELEASE, OwnField, expect_known
from wotui.domain.work_order_fields import WORK_ORDER, read_field
from wotui.errors import Refused, UsageProblem
from wotui.text import clean_line, counted, listed, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wotui.domain.checklists.templates import Template

CUSTOM = "custom."
_NEVER = ("title", "description", "parent", "hold_until", "planned_on", "planned_time")
"""Fields that belong to one order alone; title and description are the template's own."""
_AT_THE_END = (
    "failure_problem",
    "failure_cause",
    "failure_remedy",
    "detected_by",
    "outcome",
    "completion_note",
)
_NEVER_HIDDEN = ("type", "priority")
PRESETTABLE: tuple[Field, ...] = tuple(each for each in WORK_ORDER.fields if each.name not in _NEVER)
"""The order's fields that a template may preset, require or hide."""
DEEPEST = 4
"""How deep action plans may lie within one another."""
_ANY_DAY = date(2026, 1, 5)


@dataclass(frozen=True, slots=True)
class Preset:
    """What a template says of one field: `field` is a name of `PRESETTABLE`, or `custom.KEY`.

    `value` is as a person types it, so that `+3d` counts from the day of the order; a reference's record stands as
    its tag, code, name or initials. `required` is empty or one of `own_fields.MOMENTS`.
    """

    field: str
    value: str = ""
    required: str = ""
    hidden: bool = False

    @property
    def says_nothing(self) -> bool:
        """Whether it could as well not be there."""
        return not (self.value or self.required or self.hidden)


@dataclass(frozen=True, slots=True)
class ListNamed:
    """A checklist that goes with a template; with `template`, what it holds where the shop has none of this name."""

    name: str
    template: Template | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Material:
    """Material that goes with a template: a part by its stock number, or free text; `qty` in thousandths of `uom`."""

    text: str = ""
    part: str = ""
    qty: int | None = None
    uom: str = ""
    id: str = ""
    part_id: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of an action plan; `after` is the number of the step that must come before it."""

    title: str = ""
    template: str = ""
    trade: str = ""
    minutes: int | None = None
    after: int | None = None
    id: str = ""
    template_id: str = ""


@dataclass(frozen=True, slots=True)
class OrderTemplate:
    """A blank order of a kind. `title` is what its orders are called (the template's name where it is empty)."""

    name: str
    title: str = ""
    description: str = ""
    trade: str = ""
    work_kind: str = ""
    presets: tuple[Preset, ...] = ()
    fields: tuple[OwnField, ...] = ()
    checklists: tuple[ListNamed, ...] = ()
    materials: tuple[Material, ...] = ()
    steps: tuple[Step, ...] = ()
    origin: str = ""
    id: str = ""
    active: bool = True

    def preset(self, name: str) -> Preset:
        """What it says of a field; an empty preset where it says nothing."""
        return next((each for each in self.presets if each.field == name), Preset(name))

    @property
    def hidden(self) -> frozenset[str]:
        """The fields that it hides."""
        return frozenset(each.field for each in self.presets if each.hidden)


def in_form_order(presets: Sequence[Preset]) -> tuple[Preset, ...]:
    """The presets in the order of the form, those of own fields behind."""
    places = {field.name: place for place, field in enumerate(PRESETTABLE)}
    return tuple(sorted(presets, key=lambda each: (places.get(each.field, len(places)), each.field)))


def usual_moment(name: str) -> str:
    """When a field must be filled if a template only says that it must."""
    return DONE if name in _AT_THE_END else RELEASE


def preset_field(name: str) -> Field:
    """The order's field that a preset names.

    Raises:
        UsageProblem: there is none, or it belongs to one order alone.
    """
    try:
        found = WORK_ORDER.field(name)
    except UsageProblem:
        near = nearest(name.casefold(), [each.name for each in PRESETTABLE])
        way_out = f"Did you mean {near}?" if near else f"It is one of {listed(_names(), 'or')}."
        raise UsageProblem(f"An order has no field {clean_line(name, 40)!r}.", way_out) from None
    if found not in PRESETTABLE:
        raise UsageProblem(
            f"A template cannot preset {found.name}.",
            "Title and description are the template's own; the plan is made for each order.",
        )
    return found


def _names() -> list[str]:
    return [each.name for each in PRESETTABLE]


def check_preset(preset: Preset, currency: str, own: Sequence[OwnField] = ()) -> Preset:
    """A preset as it may be stored, its field by its own name.

    Args:
        preset: as typed.
        currency: of the shop, for amounts.
        own: the fields of the template's own, for `custom.KEY`.

    Raises:
        UsageProblem: an unknown field, or a value that is none.
        Refused: a field hidden that must be filled and is not, or one that can never be hidden.
    """
    if preset.required:
        expect_known(preset.field, "required", preset.required, MOMENTS)
    if preset.field.startswith(CUSTOM):
        _check_own(preset, own)
        return preset
    known = preset_field(preset.field)
    if preset.value:
        preset_value(known, preset.value, currency, _ANY_DAY)
    if preset.hidden and known.name in _NEVER_HIDDEN and not preset.value:
        raise Refused(f"{known.words} cannot be hidden without a value.", "Preset it too.")
    if preset.hidden and preset.required and not preset.value:
        raise Refused(f"{known.words} is hidden, and yet must be filled.", "Preset it, or show it.")
    return Preset(known.name, preset.value, preset.required, preset.hidden)


def _check_own(preset: Preset, own: Sequence[OwnField]) -> None:
    from wotui.domain.templates.own_fields import read

    key = preset.field.removeprefix(CUSTOM)
    found = next((each for each in own if each.name == key), None)
    if found is None:
        raise UsageProblem(f"There is no field {clean_line(key, 40)!r} of your own.", "Add the field first.")
    if preset.value:
        read(found, preset.value, _ANY_DAY)


def preset_value(known: Field, typed: str, currency: str, today: date) -> Value:
    """A preset as the order's value, on the day that the order is made; references stay as typed.

    Raises:
        UsageProblem: not a value of this field.
    """
    return read_field(known, typed, currency, today)


def check_template(template: OrderTemplate) -> None:
    """Refuse a template whose head or steps contradict themselves; its other parts have checks of their own.

    Raises:
        Refused: no name, two own fields of one key, or a step without a title or out of order.
    """
    if not template.name:
        raise Refused("A template needs a name.", "Say in a few words what its orders are about.")
    keys = [each.name for each in template.fields]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice is not None:
        raise Refused(f"“{template.name}” has two fields with the key {twice}.", "Give one another key.")
    for number, each in enumerate(template.steps, 1):
        check_step(template.name, number, each)


def check_step(name: str, number: int, step: Step) -> None:
    """Refuse a step that cannot be one.

    Raises:
        Refused: it has neither title nor template, or waits for a step that does not come before it.
    """
    if not (step.title or step.template or step.template_id):
        raise Refused(f"Step {number} of “{name}” has no title.", "Give it one, or a template.")
    if step.after is not None and not 1 <= step.after < number:
        raise Refused(
            f"Step {number} of “{name}” comes after step {step.after}, which does not come before it.",
            "Name an earlier step by its number, counted from 1.",
        )


def missing(
    filled: Mapping[str, bool], presets: Sequence[Preset], own: Sequence[OwnField], values: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """What must still be filled: moment → the fields in words.

    Args:
        filled: field of the order → whether it holds something.
        presets: what the order's template says.
        own: the own fields that the order has.
        values: their values, by key.
    """
    found: dict[str, list[str]] = {RELEASE: [], DONE: []}
    for preset in presets:
        if preset.required in found and not filled.get(preset.field, False):
            key = preset.field.removeprefix(CUSTOM)
            if preset.field.startswith(CUSTOM):
                if not values.get(key):
                    found[preset.required].append(_own_words(key, own))
            else:
                found[preset.required].append(WORK_ORDER.field(preset.field).words)
    for each in own:
        if each.required in found and not values.get(each.name) and each.words not in found[each.required]:
            found[each.required].append(each.words)
    return {moment: tuple(words) for moment, words in found.items()}


def _own_words(key: str, own: Sequence[OwnField]) -> str:
    return next((each.words for each in own if each.name == key), key)


def summary(template: OrderTemplate) -> str:
    """What comes with a template, in a few words: `2 checklists, 3 steps, 4 fields`."""
    parts = [
        counted(len(template.checklists), "checklist") if template.checklists else "",
        counted(len(template.steps), "step") if template.steps else "",
        counted(len(template.fields), "own field") if template.fields else "",
        counted(len(template.materials), "material") if template.materials else "",
    ]
    return ", ".join(part for part in parts if part)
