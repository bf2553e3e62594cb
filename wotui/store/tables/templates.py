"""Blank orders that a trade fills its own way, the words they are filled with, and who gets them."""

from __future__ import annotations

from sqlmodel import Field

from wotui.store.tables.base import Record


class OrderTemplate(Record, table=True):
    """A blank order: its title and what goes with it. `origin` says which pack it came from."""

    name: str | None = Field(default=None, index=True)
    title: str | None = None
    description: str | None = None
    trade: str | None = None
    work_kind: str | None = None
    origin: str | None = None
    position: int | None = None
    active: int | None = None


class TemplateField(Record, table=True):
    """What a template presets, asks for or hides of one field of the order.

    id = same_id("template field", template_id, field).
    """

    template_id: str | None = Field(default=None, index=True)
    field: str | None = None
    value: str | None = None
    required: int | None = None
    hidden: int | None = None


class FieldDefinition(Record, table=True):
    """A field of a shop's own. Without a template every order has it.

    `type` is text, long, number, date, choice, multi, bool, person or asset; `choices` a JSON list; limits are
    thousandths; `show_on` lists request, order and print, separated by commas.
    """

    template_id: str | None = Field(default=None, index=True)
    name: str | None = Field(default=None, index=True)
    label: str | None = None
    type: str | None = None
    required: int | None = None
    choices: str | None = None
    uom: str | None = None
    min_value: int | None = None
    max_value: int | None = None
    show_on: str | None = None
    help: str | None = None
    position: int | None = None
    active: int | None = None


class TemplateChecklist(Record, table=True):
    """A checklist that goes with a template."""

    template_id: str | None = Field(default=None, index=True)
    checklist_template_id: str | None = None
    position: int | None = None


class TemplateMaterial(Record, table=True):
    """Material that goes with a template: a part, or free text; `qty` in thousandths of `uom`."""

    template_id: str | None = Field(default=None, index=True)
    part_id: str | None = None
    text: str | None = None
    qty: int | None = None
    uom: str | None = None
    position: int | None = None


class TemplateStep(Record, table=True):
    """A step of an action plan: the child order it makes, from a template or by its title alone."""

    template_id: str | None = Field(default=None, index=True)
    step_template_id: str | None = None
    title: str | None = None
    trade: str | None = None
    planned_minutes: int | None = None
    position: int | None = None
    after_position: int | None = None


class Code(Record, table=True):
    """One word of a list: trades, work kinds, problems, causes, remedies, reasons.

    id = same_id("code", list, scope, code).
    """

    list: str | None = Field(default=None, index=True)
    scope: str | None = None
    code: str | None = None
    label: str | None = None
    position: int | None = None
    active: int | None = None


class RoutingRule(Record, table=True):
    """Who gets what comes in: the first active rule by `position` whose conditions all hold.

    Empty conditions hold always. Weekdays are digits 1 (Monday) to 7, hours local; `day_kind` is working or free.
    `lead_mode` is person, available, team or contractors.
    """

    name: str | None = None
    position: int | None = None
    active: int | None = None
    place_id: str | None = None
    work_kind: str | None = None
    trade: str | None = None
    priority_max: int | None = None
    asset_category: str | None = None
    asset_id: str | None = None
    customer_id: str | None = None
    source: str | None = None
    text_contains: str | None = None
    weekdays: str | None = None
    hour_from: int | None = None
    hour_to: int | None = None
    day_kind: str | None = None
    set_priority: int | None = None
    set_type: str | None = None
    set_template_id: str | None = None
    lead_mode: str | None = None
    lead_person_id: str | None = None
    lead_trade: str | None = None
    lead_team: str | None = None
    accept: int | None = None
