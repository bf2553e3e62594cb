"""Putting checklists on orders: a snapshot of a template, a list made on the spot, one more item."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from wotui.actions.checklists.at_hand import expect_open
from wotui.actions.checklists.files import read_file
from wotui.domain.checklists import items as kinds
from wotui.domain.checklists.templates import item_from, template_from
from wotui.domain.identity import new_id, same_id
from wotui.errors import Refused, UsageProblem
from wotui.settings import data_file
from wotui.store.reads import checklist_templates, checklists
from wotui.store.reads.work_orders import find
from wotui.text import clean_line, counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from wotui.domain.checklists.items import Item
    from wotui.domain.checklists.templates import Template
    from wotui.store.file import Shop
    from wotui.store.transaction import Done, Transaction


def attach(shop: Shop, order: str, template: str) -> Done:
    """Put a template's list on an order, as it is now; later changes of the template do not touch it.

    Raises:
        NotFound: no such order or template.
        Refused: the order is finished.
    """
    with shop.transaction() as tx:
        sheet = checklists.sheet(tx, find(tx, order).id, {})
        expect_open(sheet)
        row = checklist_templates.find(tx, template)
        list_id = put_on_order(tx, sheet.order_id, row.id)
        return tx.done(
            f"Put “{row.name}” on {sheet.number}: {counted(row.items, 'item')}.", sheet.order_id, list_id
        )


def put_on_order(tx: Transaction, order_id: str, template_id: str) -> str:
    """Copy a template onto an order inside a larger action; returns the list's id.

    Ids follow from order, template and how often it was put there, so that two devices that make the same order of a
    plan give it one list, not two.
    """
    name = tx.value("SELECT name FROM checklist_template WHERE id = ?", (template_id,))
    before = tx.value(
        "SELECT count(*) FROM checklist WHERE work_order_id = ? AND template_id = ?", (order_id, template_id)
    )
    list_id = same_id("checklist", order_id, template_id, str(before))
    tx.insert(
        "checklist",
        id=list_id,
        work_order_id=order_id,
        template_id=template_id,
        name=name,
        position=_next_position(tx, order_id),
    )
    found = checklist_templates.items(tx, template_id)
    ids = {item.id: same_id("checklist_item", list_id, item.id) for item in found}
    for item in found:
        values = _columns(item, ids)
        if item.type == kinds.METER and item.meter_id is None:
            values["meter_id"] = _meter_of(tx, order_id, item)
        tx.insert("checklist_item", id=ids[item.id], checklist_id=list_id, **values)
    return list_id


def start_list(shop: Shop, order: str, name: str, labels: Sequence[str] = ()) -> Done:
    """Make a list on the spot; each label becomes an item to tick.

    Raises:
        NotFound: no such order.
        Refused: the order is finished, or the list has no name.
    """
    title = clean_line(name)
    if not title:
        raise Refused("A checklist needs a name.", "Type one.")
    with shop.transaction() as tx:
        sheet = checklists.sheet(tx, find(tx, order).id, {})
        expect_open(sheet)
        list_id = tx.insert(
            "checklist", work_order_id=sheet.order_id, name=title, position=_next_position(tx, sheet.order_id)
        )
        for number, label in enumerate(labels, 1):
            _add(tx, list_id, item_from({"type": "tick", "label": label}, number))
        return tx.done(
            f"Put “{title}” on {sheet.number}: {counted(len(labels), 'item')}.", sheet.order_id, list_id
        )


def add_item(shop: Shop, order: str, fields: Mapping[str, object], *, list_id: str | None = None) -> Done:
    """Add one item to a list of an order: the last one, or a new list “Checklist” where there is none.

    Args:
        shop: the open shop.
        order: number or id.
        fields: as in a template file: `type`, `label`, `uom`, `min`, `max` …
        list_id: which list, where the order has several.

    Raises:
        NotFound: no such order.
        UsageProblem: a field is missing or unknown.
        Refused: the order is finished.
    """
    with shop.transaction() as tx:
        sheet = checklists.sheet(tx, find(tx, order).id, {})
        expect_open(sheet)
        wanted = list_id or (sheet.lists[-1][0] if sheet.lists else None)
        if wanted is None:
            wanted = tx.insert("checklist", work_order_id=sheet.order_id, name="Checklist", position=1)
        position = 1 + (
            tx.value("SELECT max(position) FROM checklist_item WHERE checklist_id = ?", (wanted,)) or 0
        )
        item = item_from(fields, position)
        item_id = _add(tx, wanted, item)
        return tx.done(f"Added “{item.label}” to {sheet.number}.", sheet.order_id, item_id)


def remove_list(shop: Shop, list_id: str) -> Done:
    """Take a list off its order, as long as nothing on it was answered.

    Raises:
        Refused: something was answered, or the order is finished.
    """
    with shop.transaction() as tx:
        order_id = tx.value(
            "SELECT work_order_id FROM checklist WHERE id = ? AND deleted_at IS NULL", (list_id,)
        )
        sheet = checklists.sheet(tx, order_id or "", {})
        expect_open(sheet)
        name = dict(sheet.lists).get(list_id, "Checklist")
        answered = tx.value(
            "SELECT count(*) FROM item_result r JOIN checklist_item i ON i.id = r.item_id"
            " WHERE i.checklist_id = ? AND r.deleted_at IS NULL",
            (list_id,),
        )
        if answered:
            raise Refused(f"“{name}” has answers.", "They stay; leave the rest out as not applicable.")
        tx.remove("checklist", list_id)
        return tx.done(f"Took “{name}” off {sheet.number}.", sheet.order_id, list_id)


def learn(shop: Shop, path: str | Path) -> Done:
    """Put a checklist of the shop's own, a TOML file like those in `data/checklists/`, among its templates.

    The template's id is the first of the `Done`'s records.

    Raises:
        FileTrouble: the file cannot be read.
        UsageProblem: it is no TOML, or an item is wrong; the sentence names it.
        Refused: the shop has a template of this name already.
    """
    shop.require("add checklists", "supervisor", "office")
    name, content = read_file(path)
    try:
        document = tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageProblem(f"{name} is no TOML: {error}.", "Mend it, and try again.") from None
    template = template_from(document)
    with shop.transaction() as tx:
        if not add_template(tx, template):
            raise Refused(
                f"The shop has a checklist “{template.name}” already.", "Give this one another name."
            )
        template_id = same_id("checklist_template", template.name)
        return tx.done(
            f"Added the checklist “{template.name}”: {counted(len(template.items), 'item')}.", template_id
        )


def load_shipped(tx: Transaction) -> int:
    """Put the shipped templates into a new shop; returns how many. Those that are there already stay as they are."""
    loaded = 0
    for path in sorted(data_file("checklists").glob("*.toml")):
        template = template_from(tomllib.loads(path.read_text(encoding="utf-8")))
        loaded += add_template(tx, template)
    return loaded


def add_template(tx: Transaction, template: Template) -> bool:
    """Store a template under the id that its name gives it; False where it is there already."""
    template_id = same_id("checklist_template", template.name)
    if tx.one("SELECT 1 FROM checklist_template WHERE id = ?", (template_id,)):
        return False
    tx.insert(
        "checklist_template",
        id=template_id,
        name=template.name,
        description=template.description or None,
        trade=template.trade or None,
    )
    ids = {item.id: same_id("item_template", template_id, item.id) for item in template.items}
    for item in template.items:
        tx.insert("item_template", id=ids[item.id], template_id=template_id, **_columns(item, ids))
    return True


def _add(tx: Transaction, list_id: str, item: Item) -> str:
    return tx.insert("checklist_item", id=new_id(), checklist_id=list_id, **_columns(item, {}))


def _columns(item: Item, ids: Mapping[str, str]) -> dict[str, object]:
    """An item as its row; `ids` gives the new id of the item that it waits for."""
    shown_after = item.show_if_item
    return {
        "position": item.position,
        "type": item.type,
        "label": item.label,
        "help": item.help or None,
        "uom": item.uom or None,
        "min_value": item.min_value,
        "max_value": item.max_value,
        "warn_min": item.warn_min,
        "warn_max": item.warn_max,
        "good_answer": item.good_answer if item.type == kinds.YES_NO else None,
        "options": kinds.options_to_json(item.options),
        "required": int(item.required),
        "na_allowed": int(item.na_allowed),
        "show_if_item": ids.get(shown_after, shown_after) if shown_after else None,
        "show_if_value": item.show_if_value or None,
        "severity": item.severity,
        "on_fail": item.on_fail,
        "follow_up": kinds.follow_up_to_json(item.follow_up),
        "meter_id": item.meter_id,
        "role": item.role or None,
    }


def _meter_of(tx: Transaction, order_id: str, item: Item) -> str | None:
    """The meter of the order's asset that a template's item means: by its name, else the only one of the same unit."""
    rows = tx.rows(
        "SELECT m.id, m.name, m.uom FROM meter m JOIN work_order w ON w.asset_id = m.asset_id"
        " WHERE w.id = ? AND m.deleted_at IS NULL ORDER BY m.id",
        (order_id,),
    )
    named = [meter_id for meter_id, name, _ in rows if (name or "").casefold() == item.label.casefold()]
    of_unit = [meter_id for meter_id, _, uom in rows if (uom or "") == item.uom]
    if named:
        return named[0]
    return of_unit[0] if len(of_unit) == 1 else None


def _next_position(tx: Transaction, order_id: str) -> int:
    return 1 + (tx.value("SELECT max(position) FROM checklist WHERE work_order_id = ?", (order_id,)) or 0)
