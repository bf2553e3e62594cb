"""One order template, to read and to change in place; without a template, the fields that every order has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wotui.actions.templates import editing, parts
from wotui.domain.templates import Preset
from wotui.errors import NotFound, Problem
from wotui.store.reads import checklist_templates, codes
from wotui.store.reads import templates as reads
from wotui.tui import keys, template_forms, template_rows
from wotui.tui.screens.base import ShopScreen
from wotui.tui.widgets.dialogs import Choose
from wotui.tui.widgets.form import Form
from wotui.tui.widgets.options import Option
from wotui.tui.widgets.picker import Picker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.widget import Widget

    from wotui.domain.templates import OrderTemplate, OwnField
    from wotui.tui.widgets.fields import FieldList, Row

_ADDING = (
    ("f", "a field of your own", "own"),
    ("c", "a checklist", "checklist"),
    ("s", "a step", "step"),
    ("m", "material", "material"),
)


class TemplateScreen(ShopScreen[None]):
    """One template.

    Args:
        template_id: which; empty for the fields that every order has.
    """

    ROOM = "template"
    BINDINGS = keys.bindings("template")
    DEFAULT_CSS = "TemplateScreen > Form { margin-top: 1; }"

    def __init__(self, template_id: str = "") -> None:
        super().__init__()
        self.template_id = template_id
        self._template: OrderTemplate | None = None
        self._own: list[OwnField] = []

    def body(self) -> Iterator[Widget]:
        yield Form((), self._check, typing=False, id="form")

    @property
    def _form(self) -> Form:
        return self.query_one("#form", Form)

    def refresh_from_shop(self) -> None:
        if self._form.is_editing:
            return
        if not self.template_id:
            self._own = reads.own_fields(self.shop, None)
            self.title_line("Every order", "fields of your own, on blank orders, too")
            self._form.fields.show(template_rows.own(self._own, "Fields that every order has"))
            return
        template = reads.whole(self.shop, self.template_id)
        self._template, self._own = template, list(template.fields)
        self.title_line(template.name, template_rows.title_note(template))
        self._form.fields.show(template_rows.rows(template, codes.lists_in_use(self.shop)))

    def _check(self, row: Row, typed: str) -> str:  # noqa: ARG002 - a form asks with both
        return typed

    def on_form_committed(self, event: Form.Committed) -> None:
        event.stop()
        template_id, name, typed = self.template_id, event.row.name, event.typed
        self.ask.act(lambda shop: editing.edit(shop, template_id, {name: typed}), refused=self._put_back)

    def _put_back(self, problem: Problem) -> None:
        self.wotui.refuse(problem)
        self.refresh_from_shop()

    def on_field_list_wanted(self, event: FieldList.Wanted) -> None:
        event.stop()
        self._open_part(event.row)

    # keys

    def action_change(self) -> None:
        self._form.action_change()

    def action_add(self) -> None:
        if not self.template_id:
            self._add("own")
            return

        def chosen(kind: str | None) -> None:
            if kind is not None:
                self._add(kind)

        options = [(key, words, "", kind) for key, words, kind in _ADDING]
        self.wotui.push_screen(Choose("Add to this template", options), chosen)

    def action_remove(self) -> None:
        row = self._form.fields.current
        template_id = self.template_id
        kind = row.kind if row is not None else ""
        if row is None or kind not in ("own", "checklist", "step", "material", "preset"):
            raise NotFound("Nothing here can be taken away.", "Move to a field, checklist, step or material.")
        if kind == "own":
            key = row.name.removeprefix("own:")
            self.ask.act(lambda shop: parts.undefine(shop, template_id, key))
        elif kind == "preset":
            field = row.typed
            self.ask.act(lambda shop: parts.preset(shop, template_id, Preset(field)))
        else:
            identity = row.typed
            self.ask.act(lambda shop: parts.remove_part(shop, template_id, kind, identity))

    def action_use(self) -> None:
        """Make an order from it."""
        if not self.template_id:
            raise NotFound("A blank order is made in the Inbox.", "Go there, and press n.")
        self.wotui.open_screen(("wotui.tui.screens.order_form", "NewOrder"), None, self.template_id)

    # parts

    def _open_part(self, row: Row) -> None:
        template = self._template
        if row.kind == "add":
            self._add(row.name.removeprefix(template_rows.ADD))
        elif row.kind == "own":
            field = next((each for each in self._own if f"own:{each.name}" == row.name), None)
            self.wotui.push_screen(template_forms.own_box(template, field))
        elif template is not None and row.kind == "preset":
            self.wotui.push_screen(template_forms.preset_box(self.shop, template, row.typed))
        elif template is not None and row.kind == "material":
            line = next(each for each in template.materials if each.id == row.typed)
            self.wotui.push_screen(template_forms.material_box(template, line))
        elif template is not None and row.kind == "step":
            step = next(each for each in template.steps if each.id == row.typed)
            self.wotui.push_screen(template_forms.step_box(template, step))
        elif row.kind == "checklist":
            self.wotui.tell("The list goes with the template as it is. x takes it away.")

    def _add(self, kind: str) -> None:
        template = self._template
        if kind == "own":
            self.wotui.push_screen(template_forms.own_box(template, None))
        elif template is not None and kind == "material":
            self.wotui.push_screen(template_forms.material_box(template, None))
        elif template is not None and kind == "step":
            self.wotui.push_screen(template_forms.step_box(template, None))
        elif template is not None:
            self._add_checklist()

    def _add_checklist(self) -> None:
        template_id = self.template_id
        options = [
            Option(row.id, row.name, f"{row.items} items", row.trade)
            for row in checklist_templates.templates(self.shop)
        ]

        def taken(checklist: Any) -> None:
            if checklist is not None:
                self.ask.act(lambda shop: parts.add_checklist(shop, template_id, checklist))

        self.wotui.push_screen(Picker("Which checklist?", options), taken)
