"""Templates from files and into files: TOML that a person can read, change and give to another shop."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING

from wotui.actions.checklists.files import read_file
from wotui.actions.templates.storing import store_template, write_parts
from wotui.domain.checklists.templates import Template
from wotui.domain.identity import same_id
from wotui.domain.templates.documents import from_document
from wotui.domain.templates.template import summary
from wotui.domain.templates.written import to_document
from wotui.errors import Refused, UsageProblem
from wotui.store.reads import checklist_templates
from wotui.store.reads import templates as reads

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from wotui.domain.templates import ListNamed, OrderTemplate
    from wotui.store.file import Shop
    from wotui.store.reading import Reads
    from wotui.store.transaction import Done, Transaction


def parse(name: str, content: bytes) -> dict[str, Any]:
    """A TOML file's tables; `name` is the file's, for the sentence.

    Raises:
        UsageProblem: it is no TOML; says the line.
    """
    try:
        return tomllib.loads(content.decode("utf-8"))
    except UnicodeDecodeError:
        raise UsageProblem(f"{name} is no text in UTF-8.", "Save it as UTF-8 and try again.") from None
    except tomllib.TOMLDecodeError as error:
        raise UsageProblem(f"{name} is no TOML: {error}.", "Mend that line and try again.") from None


def learn(shop: Shop, path: str | Path, *, replacing: bool = False) -> Done:
    """Put the template of a TOML file among the shop's.

    Args:
        shop: the open shop.
        path: of the file.
        replacing: change the shop's template of the same name to what the file says.

    Raises:
        FileTrouble: the file cannot be read.
        UsageProblem: it is no TOML, or something in it is wrong; the sentence names the line or the field.
        NotFound: it names a checklist, part, template or record that the shop does not have.
        Refused: the shop has a template of this name and is not to replace it, or the acting person may not.
    """
    shop.require("change templates", "supervisor", "office")
    name, content = read_file(path)
    template = from_document(parse(name, content), shop.setting("shop.currency"))
    with shop.transaction() as tx:
        known = {row.name.casefold(): row.id for row in reads.templates(tx, retired_too=True)}
        there = known.get(template.name.casefold())
        if there is not None and not replacing:
            raise Refused(
                f"The shop has a template “{template.name}” already.",
                "Give this one another name, or replace that one (--replace).",
            )
        identity = there or same_id("order template", "", template.name)
        if there is not None:
            _take_apart(tx, there)
        store_template(tx, identity, replace(template, origin=_origin(tx, there)))
        write_parts(tx, identity, template, fresh=there is not None)
        parts = summary(template)
        verb = "Changed" if there else "Added"
        return tx.done(f"{verb} the template “{template.name}”{f': {parts}' if parts else ''}.", identity)


def _origin(tx: Transaction, there: str | None) -> str:
    return (
        tx.value("SELECT origin FROM order_template WHERE id = ?", (there,)) or ""
        if there is not None
        else ""
    )


def _take_apart(tx: Transaction, template_id: str) -> None:
    """Take away every part of a template, so that others can be written."""
    for table in (
        "template_field",
        "field_definition",
        "template_checklist",
        "template_material",
        "template_step",
    ):
        for (row,) in tx.rows(
            f"SELECT id FROM {table} WHERE template_id = ? AND deleted_at IS NULL", (template_id,)
        ):
            tx.remove(table, row)


def written(source: Reads, wanted: str) -> str:
    """A template as TOML, with its checklists whole, so that another shop can learn it.

    Raises:
        NotFound: no such template.
    """
    import tomli_w

    row = reads.find(source, wanted, retired_too=True)
    template = with_checklists(source, reads.whole(source, row.id))
    return tomli_w.dumps(to_document(template), multiline_strings=True)


def with_checklists(source: Reads, template: OrderTemplate) -> OrderTemplate:
    """The template with what its checklists hold, items under keys of their own instead of ids."""
    rows = {row.id: row for row in checklist_templates.templates(source)}
    lists: list[ListNamed] = []
    for named in template.checklists:
        row = rows[named.id]
        items = checklist_templates.items(source, named.id)
        keys = {item.id: f"item{place}" for place, item in enumerate(items, 1)}
        held = tuple(
            replace(
                item,
                id=keys[item.id],
                position=place,
                show_if_item=keys.get(item.show_if_item or ""),
                meter_id=None,
            )
            for place, item in enumerate(items, 1)
        )
        lists.append(replace(named, template=Template(row.name, row.description, row.trade, held)))
    return replace(template, checklists=tuple(lists))
