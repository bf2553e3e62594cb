"""Order templates as they are stored: the list of them, one whole, and what an order made from one must hold."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from wotui.domain.record_kinds import KINDS
from wotui.domain.templates.own_fields import DONE, RELEASE, OwnField
from wotui.domain.templates.template import (
    CUSTOM,
    PRESETTABLE,
    ListNamed,
    Material,
    OrderTemplate,
    Preset,
    Step,
    in_form_order,
    missing,
)
from wotui.domain.work_order_fields import WORK_ORDER
from wotui.errors import NotFound
from wotui.store.reads import work_orders
from wotui.text import clean_line, nearest

if TYPE_CHECKING:
    from wotui.store.reading import Reads
    from wotui.store.reads.work_orders import Order

_MOMENTS = {0: "", 1: RELEASE, 2: DONE}
MOMENT_NUMBERS = {word: number for number, word in _MOMENTS.items()}
"""A moment as it is stored in `required`."""
_REFERENCES = {field.name: field.refers_to for field in PRESETTABLE if field.type == "reference"}


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """One template in the list, with how much comes with it."""

    id: str
    name: str
    title: str
    trade: str
    work_kind: str
    origin: str
    active: bool | int
    checklists: int
    fields: int
    materials: int
    steps: int


def _count(table: str) -> str:
    return f"(SELECT count(*) FROM {table} p WHERE p.template_id = t.id AND p.deleted_at IS NULL)"


def templates(reads: Reads, *, retired_too: bool = False) -> list[TemplateRow]:
    """The templates by name; those out of use only if asked for."""
    kept = "" if retired_too else " AND ifnull(t.active, 1)"
    rows = reads.rows(
        f"""SELECT t.id, ifnull(t.name, ''), ifnull(t.title, ''), ifnull(t.trade, ''), ifnull(t.work_kind, ''),
            ifnull(t.origin, ''), ifnull(t.active, 1) <> 0, {_count("template_checklist")},
            {_count("field_definition")}, {_count("template_material")}, {_count("template_step")}
        FROM order_template t WHERE t.deleted_at IS NULL{kept} ORDER BY t.name COLLATE NOCASE, t.id"""
    )
    return [TemplateRow(*row) for row in rows]


def any_template(reads: Reads) -> bool:
    """Whether the shop has a template at all."""
    return bool(
        reads.value(
            "SELECT EXISTS (SELECT 1 FROM order_template WHERE deleted_at IS NULL AND ifnull(active, 1))"
        )
    )


def find(reads: Reads, wanted: str, *, retired_too: bool = False) -> TemplateRow:
    """The template with this id or name, or the only one whose name contains the words (case does not matter).

    Raises:
        NotFound: none or several; the sentence names what there is.
    """
    known = templates(reads, retired_too=retired_too)
    word = wanted.strip().casefold()
    exact = [row for row in known if word in (row.id, row.name.casefold())]
    found = exact or [row for row in known if word and word in row.name.casefold()]
    if len(found) == 1 or (exact and len({row.id for row in exact}) == 1):
        return found[0]
    shown = clean_line(wanted, 60)
    if found:
        names = "; ".join(row.name for row in found[:8])
        raise NotFound(f"“{shown}” fits {len(found)} templates.", f"Name one: {names}.")
    near = nearest(word, [row.name.casefold() for row in known])
    meant = next((row.name for row in known if row.name.casefold() == near), "")
    way_out = f"Did you mean “{meant}”?" if meant else "`wotui template list` shows them all."
    raise NotFound(f"There is no template “{shown}”.", way_out)


def whole(reads: Reads, template_id: str) -> OrderTemplate:
    """One template with everything that comes with it; references as tags, codes, names and initials.

    Raises:
        NotFound: there is none with this id.
    """
    head = reads.one(
        """SELECT name, title, description, trade, work_kind, origin, ifnull(active, 1) FROM order_template
        WHERE id = ? AND deleted_at IS NULL""",
        (template_id,),
    )
    if head is None:
        raise NotFound("This template is not there any more.", "`wotui template list` shows them all.")
    name, title, description, trade, work_kind, origin, active = head
    return OrderTemplate(
        name=name or "",
        title=title or "",
        description=description or "",
        trade=trade or "",
        work_kind=work_kind or "",
        presets=tuple(presets(reads, template_id)),
        fields=tuple(own_fields(reads, template_id, shop_wide=False)),
        checklists=tuple(_checklists(reads, template_id)),
        materials=tuple(_materials(reads, template_id)),
        steps=tuple(_steps(reads, template_id)),
        origin=origin or "",
        id=template_id,
        active=bool(active),
    )


def presets(reads: Reads, template_id: str) -> list[Preset]:
    """What a template says of fields, in the order of the form."""
    rows = reads.rows(
        "SELECT field, value, required, hidden FROM template_field WHERE template_id = ? AND deleted_at IS NULL",
        (template_id,),
    )
    known = {field.name for field in PRESETTABLE}
    found = [
        Preset(field, _handle(reads, field, value or ""), _MOMENTS.get(required or 0, RELEASE), bool(hidden))
        for field, value, required, hidden in rows
        if field in known or (field or "").startswith(CUSTOM)
    ]
    return list(in_form_order([preset for preset in found if not preset.says_nothing]))


def _handle(reads: Reads, field: str, value: str) -> str:
    """A stored value as typed: a reference is stored by its id and typed by what people call the record."""
    kind = _REFERENCES.get(field)
    if kind is None or not value:
        return value
    handle = KINDS[kind].field(KINDS[kind].handle).column
    return reads.value(f'SELECT "{handle}" FROM "{kind}" WHERE id = ?', (value,)) or ""


def own_fields(reads: Reads, template_id: str | None, *, shop_wide: bool = True) -> list[OwnField]:
    """The own fields of a template, after those that every order has.

    Args:
        reads: a shop or a transaction.
        template_id: which template; None for the fields of every order alone.
        shop_wide: also the fields that every order has.
    """
    rows = reads.rows(
        """SELECT id, template_id, name, label, type, required, choices, uom, min_value, max_value, show_on, help,
            position FROM field_definition WHERE deleted_at IS NULL AND ifnull(active, 1)
            AND (template_id = ?1 OR ?2 AND template_id IS NULL)
        ORDER BY template_id IS NOT NULL, position, key""",
        (template_id, int(shop_wide or template_id is None)),
    )
    return [_own_field(row) for row in rows]


def _own_field(row: tuple[object, ...]) -> OwnField:
    identity, template_id, name, label, kind, required, choices, uom, low, high, show_on, words, place = row
    return OwnField(
        name=str(name or ""),
        label=str(label or name or ""),
        type=str(kind or "text"),
        required=_MOMENTS.get(cast("int", required or 0), RELEASE),
        choices=_choices(cast("str | None", choices)),
        uom=str(uom or ""),
        min_value=cast("int | None", low),
        max_value=cast("int | None", high),
        show_on=tuple(word for word in str(show_on or "").split(",") if word),
        help=str(words or ""),
        position=cast("int", place or 0),
        id=str(identity),
        template_id=cast("str | None", template_id),
    )


def _choices(stored: str | None) -> tuple[str, ...]:
    try:
        loaded: object = json.loads(stored or "[]")
    except ValueError:
        return ()
    return tuple(str(each) for each in cast("list[object]", loaded)) if isinstance(loaded, list) else ()


def own_names(reads: Reads) -> dict[str, str]:
    """Key → label of every own field that is in use, whatever template it belongs to."""
    rows = reads.rows(
        "SELECT name, label FROM field_definition WHERE deleted_at IS NULL AND ifnull(active, 1) ORDER BY key"
    )
    return {str(name): str(label or name) for name, label in rows if name}


def own_choices(reads: Reads) -> dict[str, tuple[str, ...]]:
    """Key → choices of every own field in use; no choices for one that takes anything."""
    rows = reads.rows(
        """SELECT name, type, choices FROM field_definition WHERE deleted_at IS NULL AND ifnull(active, 1)
        AND name <> '' ORDER BY key"""
    )
    return {name: ("yes", "no") if kind == "bool" else _choices(choices) for name, kind, choices in rows}


def _checklists(reads: Reads, template_id: str) -> list[ListNamed]:
    rows = reads.rows(
        """SELECT c.id, c.name FROM template_checklist t JOIN checklist_template c ON c.id = t.checklist_template_id
        WHERE t.template_id = ? AND t.deleted_at IS NULL AND c.deleted_at IS NULL ORDER BY t.position, t.key""",
        (template_id,),
    )
    return [ListNamed(name or "", id=identity) for identity, name in rows]


def _materials(reads: Reads, template_id: str) -> list[Material]:
    rows = reads.rows(
        """SELECT m.text, p.sku, m.qty, m.uom, m.id, m.part_id FROM template_material m
        LEFT JOIN part p ON p.id = m.part_id
        WHERE m.template_id = ? AND m.deleted_at IS NULL ORDER BY m.position, m.key""",
        (template_id,),
    )
    return [
        Material(text or "", sku or "", qty, uom or "", identity, part or "")
        for text, sku, qty, uom, identity, part in rows
    ]


def _steps(reads: Reads, template_id: str) -> list[Step]:
    rows = reads.rows(
        """SELECT s.title, t.name, s.trade, s.planned_minutes, s.after_position, s.id, s.step_template_id
        FROM template_step s LEFT JOIN order_template t ON t.id = s.step_template_id AND t.deleted_at IS NULL
        WHERE s.template_id = ? AND s.deleted_at IS NULL ORDER BY s.position, s.key""",
        (template_id,),
    )
    return [
        Step(title or "", name or "", trade or "", minutes, after, identity, (of or "") if name else "")
        for title, name, trade, minutes, after, identity, of in rows
    ]


def unfilled(reads: Reads, order: Order) -> dict[str, tuple[str, ...]]:
    """What an order must hold and does not yet: moment (`release`, `done`) → the fields in words."""
    said = presets(reads, order.template_id) if order.template_id else []
    own = own_fields(reads, order.template_id)
    asked = [preset for preset in said if preset.required]
    if not asked and not any(field.required for field in own):
        return {RELEASE: (), DONE: ()}
    filled: dict[str, bool] = {}
    for preset in asked:
        if not preset.field.startswith(CUSTOM):
            known = WORK_ORDER.field(preset.field)
            value = (
                work_orders.members(reads, order.id, known.members)
                if known.type == "set"
                else getattr(order, known.column)
            )
            filled[preset.field] = value not in (None, "", ())
    return missing(filled, said, own, work_orders.custom_values(reads, order.id))
