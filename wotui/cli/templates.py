"""`wotui template`: order templates as a whole; what is inside them is changed by `cli.template_parts`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from wotui.cli import output
from wotui.cli.options import assignments, json_option, output_option
from wotui.cli.session import Session, pass_session
from wotui.cli.template_parts import PARTS

if TYPE_CHECKING:
    from wotui.store.file import Shop
    from wotui.store.reads.templates import TemplateRow


@click.group("template")
def template() -> None:
    """Order templates: what a kind of order presets, asks for and brings along.

    A completely blank template is always there: wotui new without --template.
    """


@template.command("list")
@click.option("--all", "retired_too", is_flag=True, help="Those out of use as well.")
@json_option
@output_option
@pass_session
def list_(session: Session, *, retired_too: bool, as_json: bool, output_file: str | None) -> None:
    """List the templates with what comes with them."""
    from wotui.store.reads import templates as reads

    with session.shop(read_only=True) as shop:
        rows = reads.templates(shop, retired_too=retired_too)
    if as_json:
        output.document([_row_document(row) for row in rows], output_file)
        return
    if not rows:
        output.emit("", output_file)
        output.say(
            "There is no template yet. wotui pack list shows what can be added, wotui template new NAME."
        )
        return
    cells = [
        (row.name, row.trade, row.work_kind, *_counts(row), row.origin, "" if row.active else "retired")
        for row in rows
    ]
    headings = ("name", "trade", "kind of work", "lists", "steps", "fields", "from", "")
    output.table(headings, cells, output=output_file, flexible=0, right=(3, 4, 5))


def _counts(row: TemplateRow) -> tuple[str, str, str]:
    lists, steps, fields = (str(count) if count else "" for count in (row.checklists, row.steps, row.fields))
    return lists, steps, fields


def _row_document(row: TemplateRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "title": row.title or None,
        "trade": row.trade or None,
        "work_kind": row.work_kind or None,
        "origin": row.origin or None,
        "active": bool(row.active),
        "checklists": row.checklists,
        "fields": row.fields,
        "materials": row.materials,
        "steps": row.steps,
    }


@template.command("show")
@click.argument("name", metavar="NAME")
@json_option
@pass_session
def show(session: Session, name: str, *, as_json: bool) -> None:
    """Show one template, with its checklists in short."""
    from wotui.domain.templates.written import to_document
    from wotui.store.reads import templates as reads

    with session.shop(read_only=True) as shop:
        row = reads.find(shop, name, retired_too=True)
        held = to_document(reads.whole(shop, row.id))
    if as_json:
        empty: dict[str, Any] = {"fields": {}, "own": [], "checklists": [], "materials": [], "steps": []}
        output.document({**_row_document(row), "description": None, **empty, **held})
        return
    import tomli_w

    output.emit(tomli_w.dumps(held, multiline_strings=True))


@template.command("new")
@click.argument("name", metavar="NAME")
@click.argument("fields", nargs=-1, metavar="FIELD=VALUE…")
@json_option
@pass_session
def new(session: Session, name: str, fields: tuple[str, ...], *, as_json: bool) -> None:
    """Add a template with nothing in it yet: title, description, trade, work_kind."""
    from wotui.actions.templates import editing

    with session.shop() as shop:
        done = editing.add(shop, name, assignments(fields))
        if as_json:
            output.document(_found(shop, done.records[0]))
    output.say(
        done.sentence, f"Next: wotui template preset “{name}” FIELD VALUE, and field, checklist, step."
    )


def _found(shop: Shop, identity: str) -> dict[str, Any]:
    from wotui.store.reads import templates as reads

    return _row_document(reads.find(shop, identity, retired_too=True))


@template.command("edit")
@click.argument("name", metavar="NAME")
@click.argument("fields", nargs=-1, required=True, metavar="FIELD=VALUE…")
@pass_session
def edit(session: Session, name: str, fields: tuple[str, ...]) -> None:
    """Change name, title, description, trade or work_kind of a template."""
    from wotui.actions.templates import editing

    with session.shop() as shop:
        done = editing.edit(shop, name, assignments(fields))
    output.say(done.sentence)


@template.command("copy")
@click.argument("name", metavar="NAME")
@click.argument("new_name", default="", metavar="[NEW NAME]")
@pass_session
def copy(session: Session, name: str, new_name: str) -> None:
    """Add a template like another one, to adapt it."""
    from wotui.actions.templates import editing

    with session.shop() as shop:
        done = editing.copy(shop, name, new_name)
    output.say(done.sentence)


@template.command("retire")
@click.argument("name", metavar="NAME")
@click.option("--back", is_flag=True, help="Into use again.")
@pass_session
def retire(session: Session, name: str, *, back: bool) -> None:
    """Take a template out of use; orders made from it keep what they have."""
    from wotui.actions.templates import editing

    with session.shop() as shop:
        done = editing.retire(shop, name, back=back)
    output.say(done.sentence)


@template.command("export")
@click.argument("name", metavar="NAME")
@output_option
@pass_session
def export(session: Session, name: str, output_file: str | None) -> None:
    """Write a template as TOML, its checklists included, for another shop or to change it in an editor."""
    from wotui.actions.templates import files

    with session.shop(read_only=True) as shop:
        words = files.written(shop, name)
    output.emit(words, output_file)


@template.command("import")
@click.argument("path", metavar="FILE")
@click.option("--replace", is_flag=True, help="Change the template of the same name to what the file says.")
@pass_session
def import_(session: Session, path: str, *, replace: bool) -> None:
    """Learn a template from a TOML file, as export writes it or as those in data/packs."""
    from wotui.actions.templates import files

    with session.shop() as shop:
        done = files.learn(shop, path, replacing=replace)
    output.say(done.sentence, *done.notices)


for part in PARTS:
    template.add_command(part)
