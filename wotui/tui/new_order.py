"""A new order: from a template, or blank. A shop without templates is asked nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.tui.widgets.options import Option, matching

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wotui.store.file import Shop
    from wotui.tui.app import WotuiApp
    from wotui.tui.widgets.form import Form

_FORM = ("wotui.tui.screens.order_form", "NewOrder")
BLANK = ""
"""Stands for no template at all."""


def start(app: WotuiApp, preset: Mapping[str, str] | None = None) -> None:
    """Ask for the template, and open the form of a new order.

    Args:
        app: where.
        preset: typed values by field name to begin with.
    """
    from wotui.store.reads import templates
    from wotui.tui.widgets.picker import Picker

    if not templates.any_template(app.shop):
        app.open_screen(_FORM, preset)
        return

    def taken(template_id: str | None) -> None:
        if template_id is not None:
            app.open_screen(_FORM, preset, template_id)

    app.push_screen(Picker("New work order", offered), taken)


def offered(shop: Shop, typed: str) -> list[Option]:
    """The templates that fit what was typed; the blank order leads, and is always there."""
    blank = Option(BLANK, "Blank order", "nothing filled in", look="accent")
    found = known(shop, typed)
    return [*found, blank] if typed.strip() else [blank, *found]


def known(shop: Shop, typed: str) -> list[Option]:
    """The templates that fit what was typed, with what comes with them; the value is the id."""
    from wotui.store.reads import templates

    options = [
        Option(row.id, row.name, _note(row.checklists, row.steps, row.work_kind), row.trade)
        for row in templates.templates(shop)
    ]
    return matching(options, typed)


def _note(checklists: int, steps: int, work_kind: str) -> str:
    parts = [work_kind]
    parts += [f"{steps} steps"] if steps else []
    parts += ["checklist" if checklists == 1 else f"{checklists} checklists"] if checklists else []
    return ", ".join(part for part in parts if part)


def named(form: Form, typed: str) -> list[Option]:
    """The templates for a field of a form that holds a template's name."""
    return [Option(each.words, each.words, each.note, each.code) for each in known(form.shop, typed)]
