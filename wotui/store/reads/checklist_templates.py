"""The checklist templates of the shop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wotui.errors import NotFound
from wotui.store.reads.checklist_items import ITEM_COLUMNS, item_from_row
from wotui.text import nearest

if TYPE_CHECKING:
    from wotui.domain.checklists.items import Item
    from wotui.store.reading import Reads


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """One template and how many items it has."""

    id: str
    name: str
    description: str
    trade: str
    items: int


def templates(reads: Reads) -> list[TemplateRow]:
    """All templates by name."""
    rows = reads.rows(
        "SELECT t.id, t.name, t.description, t.trade,"
        " (SELECT count(*) FROM item_template i WHERE i.template_id = t.id AND i.deleted_at IS NULL)"
        " FROM checklist_template t WHERE t.deleted_at IS NULL ORDER BY t.name COLLATE NOCASE, t.id"
    )
    return [TemplateRow(row[0], row[1] or "", row[2] or "", row[3] or "", row[4]) for row in rows]


def find(reads: Reads, wanted: str) -> TemplateRow:
    """The template with this id or name, or the only one whose name contains the words (case does not
    matter).

    Raises:
        NotFound: none or several; the sentence names what there is.
    """
    known = templates(reads)
    word = wanted.strip().casefold()
    exact = [row for row in known if word in (row.id, row.name.casefold())]
    found = exact or [row for row in known if word and word in row.name.casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        raise NotFound(
            f"“{wanted}” fits {len(found)} checklists.",
            "Name one: " + "; ".join(row.name for row in found) + ".",
        )
    near = nearest(word, [row.name.casefold() for row in known])
    way_out = (
        f"Did you mean “{near}”?"
        if near
        else "The shop has: " + ("; ".join(row.name for row in known) or "none") + "."
    )
    raise NotFound(f"There is no checklist “{wanted}”.", way_out)


def items(reads: Reads, template_id: str) -> list[Item]:
    """The items of a template, in order."""
    rows = reads.rows(
        f"SELECT id, {', '.join(ITEM_COLUMNS)} FROM item_template WHERE template_id = ? AND deleted_at IS NULL"
        " ORDER BY position, id",
        (template_id,),
    )
    return [item_from_row(row[0], row[1:]) for row in rows]
