"""The form of a maintenance plan, and what it would change: its next twelve dates before and after."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from wotui.actions import plans as actions
from wotui.actions.plans import previewing, writing
from wotui.domain.plans.fields import FORM_WORDS, PLAN, read_plan_field
from wotui.errors import Refused
from wotui.store.reads import plan_values
from wotui.store.reads import plans as reads
from wotui.tui import keys, plan_rows, present, record_rows
from wotui.tui.screens.form_screen import FormScreen
from wotui.tui.widgets.dialogs import Box, Pick
from wotui.tui.widgets.fields import Row
from wotui.tui.widgets.pages import Reader

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from textual.app import ComposeResult

    from wotui.actions.plans.previewing import Preview
    from wotui.domain.records import Field
    from wotui.store.file import Shop
    from wotui.store.transaction import Done

_GROUPS = (
    ("", ("name", "assets", "place", "asset_category", "route")),
    ("When", ("basis", "anchor_on", "every", "unit", "weekdays", "month_rule", "nth", "lead_days")),
    ("By a meter", ("meter", "every_units", "meter_base", "meter_ahead", "meter_floating")),
    ("The order", ("title", "checklists", "template", "lead", "planned_minutes", "priority", "type")),
    ("", ("plan_on_due", "wall_time", "signoff_required", "description")),
    (
        "Free days and seasons",
        ("nonworking", "season", "season_policy", "until_on", "max_count", "skip_every"),
    ),
    ("Grace and catching up", ("window_before", "window_after", "open_policy", "catch_up", "covers")),
)
_LABELS = {
    "assets": "assets",
    "every": "every",
    "unit": "unit",
    "asset_category": "or category",
    "lead_days": "days ahead",
    "month_rule": "day of month",
    "nth": "which weekday",
    "every_units": "every … units",
    "meter_base": "counted from",
    "meter_ahead": "units ahead",
    "meter_floating": "from last time",
    "title": "order's title",
    "plan_on_due": "plan on due day",
    "skip_every": "leave out x-th",
    "max_count": "how many times",
    "planned_minutes": "estimate",
    "signoff_required": "sign-off",
    "window_before": "grace before",
    "window_after": "grace after",
    "route": "one round",
    "season_policy": "out of season",
    "nonworking": "on a free day",
}
_HINTS = {
    "assets": "tags, separated by commas: PU-101,PU-102",
    "asset_category": "every asset of this category, below the place if one is given",
    "route": "yes: one order for all of them, with a checklist for each",
    "anchor_on": "the first date: 2026-06-30, fri, +3d; the others are counted from it",
    "every": "a whole number: 3 and month is every three months",
    "weekdays": "for weeks: mon,thu",
    "nth": "1, 2, 3, 4 or last, of the first date's weekday",
    "lead_days": "so many days before it is due the order is made",
    "meter": "TAG, or TAG/NAME where it has several meters",
    "every_units": "hours, cycles or kilometres: 2000",
    "meter_base": "thresholds count from this reading; empty: from now",
    "checklists": "names, separated by semicolons",
    "template": "the name of an order template",
    "wall_time": "07:30, in the shop's zone",
    "season": "04-01..10-31; several separated by commas; empty: all year",
    "skip_every": "3 leaves every third date out",
    "window_before": "days; empty: a fifth of the interval, at most 28",
    "window_after": "days; empty: a fifth of the interval, at most 28",
    "covers": "names (; between them) of smaller plans on the same assets that this work includes",
    "title": "empty: the plan's name; {asset} stands for the tag",
}
_NEW = {"every": "1", "unit": "month", "basis": "fixed", "anchor_on": "today", "lead_days": "7"}


class PlanForm(FormScreen):
    """A new plan, or the plan with this id; ctrl+s shows its dates before and after, and then saves."""

    @property
    def draft_name(self) -> str:  # pyright: ignore[reportIncompatibleVariableOverride]
        """Drafts of new plans and of each plan that is edited are kept apart."""
        return "edit-plan" if self.record_id else "new-plan"

    def form_rows(self) -> Sequence[Row]:
        if self.record_id:
            values = reads.plan(self.shop, self.record_id).values
            typed: Mapping[str, str] = plan_values.typed(self.shop, values)
        else:
            typed = {**{field.name: _default(field) for field in PLAN.fields}, **_NEW}
            typed["anchor_on"] = self.shop.today().isoformat()
        made: list[Row] = []
        for heading, names in _GROUPS:
            if heading:
                made.append(Row("", heading))
            for name in names:
                field = PLAN.field(name)
                made.append(_row(field, typed.get(name, ""), self._shown(field, typed.get(name, ""))))
        return made

    def check(self, row: Row, typed: str) -> str:
        field = PLAN.field(row.name)
        shown = self._shown(field, typed)
        if typed.strip() and (field.members or field.name in {"meter", "template"}):
            writing.named(self.shop, field, typed)
        return shown

    def _shown(self, field: Field, typed: str) -> str:
        if not typed.strip():
            return ""
        value = read_plan_field(field, typed, self.shop.setting("shop.currency"), self.shop.today())
        if field.type == "date":
            return present.day(str(value), self.shop.today())
        return FORM_WORDS.get(field.name, {}).get(typed, present.words(typed) if field.choices else typed)

    def refresh_from_shop(self) -> None:
        name = reads.plan(self.shop, self.record_id).name if self.record_id else ""
        self.title_line(
            f"Edit {name}" if name else "New plan", f"{keys.shown_key('form.save')} shows its dates"
        )

    def mounted(self) -> None:
        super().mounted()
        if not self.record_id and not self.form.typed()["name"]:
            self.form.edit("name")

    def save(self) -> None:
        """Show what would change; the dialog saves."""
        typed = self._changed()
        if self.record_id and not typed:
            self.wotui.tell("Nothing was changed.")
            self.dismiss(None)
            return
        name = typed.get("name", "") or ("" if not self.record_id else self.form.typed()["name"])
        if not name:
            self.form.complain("name", Refused("A plan needs a name.", "Say in a few words what is done."))
            return
        plan_id = self.record_id or None
        self.ask.read("plan-preview", lambda shop: previewing.preview(shop, plan_id, typed), self._previewed)

    def _changed(self) -> dict[str, str]:
        """What differs from what the plan says; of a new one all that is filled in."""
        typed = self.form.typed()
        if not self.record_id:
            return {name: words for name, words in typed.items() if words}
        return {name: words for name, words in typed.items() if words != self._first.get(name, "")}

    def _previewed(self, previews: list[Preview]) -> None:
        def answered(yes: bool | None) -> None:
            if yes:
                self._write()

        dialog = PlanPreview(previews, self.shop.today(), edited=bool(self.record_id))
        self.wotui.push_screen(dialog, answered)

    def _write(self) -> None:
        typed, plan_id = self._changed(), self.record_id

        def write(shop: Shop) -> Done:
            if plan_id:
                done = actions.edit(shop, plan_id, typed)
            else:
                done = actions.add(shop, typed["name"], {k: v for k, v in typed.items() if k != "name"})
            self.forget_draft(shop)
            return done

        self.ask.act(write, self._written)

    def _written(self, done: Done) -> None:
        self.stop_keeping()
        self.dismiss(done.records[0])
        if not self.record_id:
            from wotui.tui.screens.plan import PlanScreen

            self.wotui.show(PlanScreen(done.records[0]))


class PlanPreview(Box[bool]):
    """The next dates before and after; gives whether to save."""

    DEFAULT_CSS = (
        "PlanPreview > Vertical { width: 76; padding: 0 1; } PlanPreview Reader { margin-bottom: 1; }"
    )
    HINTS = "y save · n or esc back to the form · pgdn pgup more dates"

    def __init__(self, previews: Sequence[Preview], today: date, *, edited: bool) -> None:
        super().__init__("The next dates: before and after" if edited else "The next dates")
        self._make = partial(plan_rows.preview_lines, previews, today, edited=edited)

    def inside(self) -> ComposeResult:
        reader = Reader(id="dates")
        reader.can_focus = False
        yield reader
        yield Pick([("y", "Save", ""), ("n", "Back to the form", "")], 0, self._take)

    def mounted(self) -> None:
        super().mounted()
        self.query_one("#dates", Reader).show(self._make)
        self._fit()
        self.query_one(Pick).focus()

    def on_resize(self) -> None:
        self._fit()

    def _fit(self) -> None:
        lines = len(self._make(70))
        self.query_one("#dates", Reader).styles.height = max(min(lines, self.wotui.size.height - 9), 3)

    def on_key(self, event: Any) -> None:
        if event.key in ("pagedown", "pageup"):
            event.stop()
            self.query_one("#dates", Reader).action_scroll_page(1 if event.key == "pagedown" else -1)

    def _take(self, index: int) -> None:
        if not self.deaf:
            self.dismiss(index == 0)


def _row(field: Field, typed: str, shown: str) -> Row:
    made = record_rows.row(field, typed, shown)
    words = FORM_WORDS.get(field.name)
    choices = tuple((choice, words[choice]) for choice in field.choices) if words else made.choices
    reference = field.type == "reference"
    return Row(
        field.name,
        _LABELS.get(field.name, field.words),
        kind="quantity" if field.type == "quantity" else made.kind,
        typed=typed,
        shown=shown,
        choices=choices,
        refers_to=field.refers_to if reference else "",
        hint=_HINTS.get(field.name, made.hint),
        required=field.required,
        limit=made.limit,
    )


def _default(field: Field) -> str:
    if field.default is None or isinstance(field.default, tuple):
        return ""
    return "normal" if field.name == "priority" else str(field.default)
