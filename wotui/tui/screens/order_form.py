"""The form of an order: ctrl+s makes a new one; of an order that exists each field is saved when it is left."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wotui.actions import work_orders
from wotui.domain.due_dates import default_due
from wotui.domain.templates import OrderTemplate, own_fields
from wotui.domain.work_order_fields import WORK_ORDER
from wotui.errors import Problem, Refused
from wotui.store.reads import codes, templates
from wotui.tui import keys, order_detail, order_rows, own_rows, present, record_rows
from wotui.tui.record_rows import Spelling
from wotui.tui.screens.form_screen import FormScreen
from wotui.tui.who import people
from wotui.tui.widgets.fields import Row
from wotui.tui.widgets.form import Form
from wotui.tui.widgets.form_dialogs import Opening
from wotui.tui.widgets.picker import Picker

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from wotui.domain.templates import OwnField
    from wotui.store.file import Shop
    from wotui.store.transaction import Done

_NEW = (
    ("", ("title", "asset", "place", "customer", "priority", "type", "work_kind", "description")),
    ("When", ("due_on", "earliest_on", "planned_on", "planned_time", "planned_minutes")),
    ("Who", ("lead", "team", "required_trades", "permits", "downtime_required", "signoff_required")),
    ("More", ("failure", "detected_by", "billing", "fixed_price", "parent")),
)

_USUAL = {"type": "corrective", "priority": "normal"}
"""What a new order's form begins with."""


class OrderForm(FormScreen):
    """The fields of one order that exists; each is saved when it is left."""

    _own: Sequence[OwnField] = ()

    def form_rows(self) -> Sequence[Row]:
        detail = order_detail.load(self.shop, self.record_id)
        if detail is None:
            return [Row("fact:gone", "", kind="fact", shown="This order is not there any more.")]
        self.title_line(f"Edit {detail.order.number}", "each field is saved at once")
        self._own = detail.own
        return order_rows.form_rows(detail, Spelling.of(self.shop))

    def check(self, row: Row, typed: str) -> str:
        if row.name.startswith(own_rows.CUSTOM):
            return own_rows.check(self._own, row.name, typed, self.shop.today())
        return record_rows.check(WORK_ORDER, Spelling.of(self.shop), row, typed)

    def offers(self, command_id: str) -> bool:
        """Nothing waits to be saved here."""
        return command_id not in ("form.save", "form.discard")

    def refresh_from_shop(self) -> None:
        if not self.form.is_editing:
            self.form.fields.show(self.form_rows())

    def on_form_committed(self, event: Form.Committed) -> None:
        event.stop()
        number, name, typed = self.record_id, event.row.name, event.typed
        self.ask.act(lambda shop: work_orders.edit(shop, [number], {name: typed}), refused=self._put_back)

    def _put_back(self, problem: Problem) -> None:
        self.wotui.refuse(problem)
        self.refresh_from_shop()


class NewOrder(FormScreen):
    """A new order, blank or from a template; ctrl+s makes it.

    Args:
        preset: typed values by field name to begin with (the asset that was scanned, the place that is looked at).
        template_id: the order template; empty for a blank order.
    """

    draft_name = "new-order"

    def __init__(self, preset: Mapping[str, str] | None = None, template_id: str = "") -> None:
        super().__init__(template_id)
        self._given = dict(preset or {})
        self._template = OrderTemplate("")
        self._own: Sequence[OwnField] = ()

    def form_rows(self) -> Sequence[Row]:
        self._read_template()
        spelling = Spelling.of(self.shop)
        typed = self._first_values()
        every = record_rows.rows(WORK_ORDER, typed, spelling)
        known = {row.name: row for row in record_rows.with_codes(every, codes.lists_in_use(self.shop))}
        due = present.day(default_due(3, spelling.today), spelling.today)
        known["due_on"] = replace(
            known["due_on"], hint=f"fri, +3d, 2026-06-30; empty: by priority (normal: {due})"
        )
        made: list[Row] = []
        for heading, fields in _NEW:
            rows = [
                replace(
                    known[name], required=known[name].required or bool(self._template.preset(name).required)
                )
                for name in fields
                if not order_rows.hides(self._template.presets, name, typed.get(name, ""))
            ]
            if heading == "Who":
                rows.insert(0, Row("people", "people", kind="people", hint="enter picks who does it"))
            made.extend([Row("", heading), *rows] if heading and rows else rows)
            if not heading:
                made.extend(self._own_rows(typed, spelling.today))
        return made

    def _read_template(self) -> None:
        template_id = self.record_id
        self._template = templates.whole(self.shop, template_id) if template_id else OrderTemplate("")
        self._own = templates.own_fields(self.shop, template_id or None)

    def _first_values(self) -> dict[str, str]:
        """What stands in the form at first: what the template presets, and over it what was given."""
        template = self._template
        said = {preset.field: preset.value for preset in template.presets if preset.value}
        head = {
            "title": template.title or template.name,
            "description": template.description,
            "work_kind": template.work_kind,
            "required_trades": template.trade,
        }
        return {**_USUAL, **head, **said, **self._given}

    def _own_rows(self, typed: Mapping[str, str], today: date) -> list[Row]:
        kept: dict[str, str] = {}
        for field in self._own:
            value = typed.get(f"{own_rows.CUSTOM}{field.name}", "")
            kept[field.name] = own_fields.read(field, value, today) or ""
        rows = own_rows.of_record(self._own, kept, today)
        shown = [row for row in rows if not order_rows.hides(self._template.presets, row.name, row.typed)]
        return [Row("", self._template.name or "More"), *shown] if shown else []

    def check(self, row: Row, typed: str) -> str:
        if row.name == "people":
            return typed
        if row.name.startswith(own_rows.CUSTOM):
            return own_rows.check(self._own, row.name, typed, self.shop.today())
        return record_rows.check(WORK_ORDER, Spelling.of(self.shop), row, typed)

    def refresh_from_shop(self) -> None:
        what = self._template.name or "New work order"
        self.title_line(what, f"{keys.shown_key('form.save')} makes it")

    def mounted(self) -> None:
        super().mounted()
        self.form.dialogs["people"] = _pick_people
        if not self.form.typed()["title"]:
            self.form.edit("title")

    def save(self) -> None:
        said = {preset.field for preset in self._template.presets if preset.value}
        said |= {"required_trades", "description", "work_kind"} if self._template.id else set()
        typed = {name: words for name, words in self.form.typed().items() if words or name in said}
        if not self._template.id:  # what the form began with nobody has said: a routing rule may say better
            typed = {name: words for name, words in typed.items() if _USUAL.get(name) != words}
        initials = [word for word in typed.pop("people", "").split(", ") if word]
        title = typed.pop("title", "")
        if not title:
            self.form.complain(
                "title", Refused("An order needs a title.", "Say in a few words what is to be done.")
            )
            return

        template_id = self.record_id

        def make(shop: Shop) -> Done:
            done = work_orders.new(shop, title, typed, people=initials, template=template_id)
            self.forget_draft(shop)
            return done

        self.ask.act(make, self._made)

    def _made(self, done: Done) -> None:
        self.stop_keeping()
        self.dismiss(done.records[0])
        self.wotui.open_order(done.records[0])


def _pick_people(form: Form, row: Row, begun: str) -> Opening:
    marked = {word for word in row.typed.split(", ") if word}
    picker = Picker("Who does it?", people, several=True, marked=marked, typed=begun)
    return Opening(picker, lambda initials: form.put(row.name, ", ".join(sorted(initials))))
