"""Changing one field of many orders: which field, which value, what would change, and only then the change."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding

from wotui.actions import work_orders
from wotui.domain.work_order_fields import WORK_ORDER
from wotui.store.reads import work_orders as reads
from wotui.text import counted
from wotui.tui import record_rows
from wotui.tui.record_rows import Spelling
from wotui.tui.widgets.dialogs import Ask, Box, Choose, Pick, Words
from wotui.tui.widgets.form_dialogs import record_source
from wotui.tui.widgets.options import Option, OptionLines
from wotui.tui.widgets.picker import NOTHING, Picker

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult

    from wotui.domain.records import Field
    from wotui.store.file import Shop
    from wotui.store.reads.work_orders import Order
    from wotui.store.transaction import Done
    from wotui.tui.app import WotuiApp

PEOPLE = "people"
FIELDS = (
    "due_on",
    "priority",
    PEOPLE,
    "planned_on",
    "type",
    "lead",
    "team",
    "place",
    "asset",
    "customer",
    "earliest_on",
    "planned_minutes",
    "required_trades",
    "billing",
    "signoff_required",
    "downtime_required",
)
"""What can be changed for many orders at once, the most wanted first."""
_HANDLES: dict[str, Callable[[Order], str | None]] = {
    "asset": lambda order: order.asset_tag,
    "place": lambda order: order.place_code if order.place_id else None,
    "customer": lambda order: order.customer,
    "lead": lambda order: order.lead,
    "parent": lambda order: order.parent,
}


@dataclass(frozen=True, slots=True)
class Change:
    """What one order has now and would have then, as it is shown."""

    number: str
    title: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Wish:
    """One field and the value that every order shall get; `shown` is how the value is shown."""

    field: str
    typed: str
    shown: str

    @property
    def words(self) -> str:
        """The field as people call it."""
        return PEOPLE if self.field == PEOPLE else WORK_ORDER.field(self.field).words

    def carry_out(self, shop: Shop, orders: Sequence[str]) -> Done:
        """Change them."""
        if self.field == PEOPLE:
            return work_orders.assign(shop, orders, self.typed.split())
        return work_orders.edit(shop, orders, {self.field: self.typed})


@dataclass(frozen=True, slots=True)
class _Many:
    """The orders that are being changed."""

    app: WotuiApp
    orders: Sequence[str]
    then: Callable[[Done], None] | None


def start(
    app: WotuiApp, orders: Sequence[str], field: str = "", then: Callable[[Done], None] | None = None
) -> None:
    """Ask which field of these orders gets which value, show what would change, and change it.

    Args:
        app: shows the dialogs.
        orders: their ids.
        field: a name of `FIELDS`; empty asks for one.
        then: called when they are changed.
    """
    many = _Many(app, orders, then)
    if field:
        _ask_value(many, field)
        return
    options = [("", PEOPLE if name == PEOPLE else WORK_ORDER.field(name).words, "", name) for name in FIELDS]

    def chosen(name: str | None) -> None:
        if name is not None:
            _ask_value(many, name)

    app.push_screen(Choose(f"Change what of {counted(len(orders), 'order')}?", options), chosen)


def _ask_value(many: _Many, name: str) -> None:
    """Ask for the value in the way that fits the field, then go on to what would change."""
    title = (
        f"{counted(len(many.orders), 'order')}: {PEOPLE if name == PEOPLE else WORK_ORDER.field(name).words}"
    )
    if name == PEOPLE:
        from wotui.tui.who import people

        many.app.push_screen(Picker(title, people, several=True), partial(_people, many))
        return
    field = WORK_ORDER.field(name)
    row = record_rows.row(field, "")
    if row.choices:
        none = [] if field.required else [("", "none", "", "")]
        options = [*(("", words, "", value) for value, words in row.choices), *none]
        many.app.push_screen(Choose(title, options), partial(_typed, many, field))
    elif field.type == "reference":
        picker = Picker(title, record_source(field.refers_to), none=f"No {field.words}")
        many.app.push_screen(picker, partial(_picked, many, field))
    else:
        spelling = Spelling.of(many.app.shop)
        words = f"{row.hint or field.words}; empty takes it away"
        ask = Ask(title, words=words, check=partial(_checked, spelling, field), limit=row.limit)
        many.app.push_screen(ask, partial(_typed, many, field))


def _people(many: _Many, initials: Any) -> None:
    if initials is not None:
        names = " ".join(sorted(initials))
        _preview(many, Wish(PEOPLE, names, names))


def _typed(many: _Many, field: Field, typed: str | None) -> None:
    if typed is not None:
        _preview(many, Wish(field.name, typed, Spelling.of(many.app.shop).shown(field, typed)))


def _picked(many: _Many, field: Field, value: Any) -> None:
    if value is NOTHING:
        _preview(many, Wish(field.name, "", ""))
    elif value is not None:
        _preview(many, Wish(field.name, value[0], value[0]))


def _checked(spelling: Spelling, field: Field, typed: str) -> str:
    spelling.shown(field, typed)
    return typed


def _preview(many: _Many, wish: Wish) -> None:
    """Read what would change beside the screen, then show it."""

    def answered(yes: bool | None) -> None:
        if yes:
            many.app.ask.act(lambda shop: wish.carry_out(shop, many.orders), many.then)

    def found(changes: list[Change]) -> None:
        many.app.push_screen(Preview(wish, changes), answered)

    many.app.ask.read("bulk", lambda shop: changes_of(shop, many.orders, wish), found)


def changes_of(shop: Shop, orders: Sequence[str], wish: Wish) -> list[Change]:
    """What each order has and would have; orders that are gone are left out."""
    spelling = Spelling.of(shop)
    made: list[Change] = []
    for order_id in orders:
        order = reads.order(shop, order_id)
        if order is not None and order.deleted_at is None:
            made.append(
                Change(order.number, order.title, _old(shop, order, wish.field, spelling), wish.shown)
            )
    return made


def _old(shop: Shop, order: Order, name: str, spelling: Spelling) -> str:
    if name == PEOPLE:
        return " ".join(sorted(person.initials for person in reads.assignees(shop, order.id)))
    field = WORK_ORDER.field(name)
    if field.type == "set":
        return ", ".join(reads.members(shop, order.id, field.members))
    handle = _HANDLES[name](order) if name in _HANDLES else None
    return spelling.shown(field, spelling.typed(field, getattr(order, field.column), handle or ""))


class Preview(Box[bool]):
    """What would change, order by order; stands on No, takes `y`. Gives True, False, or None for escape."""

    DEFAULT_CSS = """
    Preview > Vertical { width: 90; }
    Preview OptionLines { margin: 1 0; max-height: 12; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        Binding("pagedown", "scroll_changes(10)", show=False),
        Binding("pageup", "scroll_changes(-10)", show=False),
    ]
    HINTS = "y change · n or esc no · pgup pgdn look through"

    def __init__(self, wish: Wish, changes: Sequence[Change]) -> None:
        super().__init__(f"Change {wish.words}")
        self._wish = wish
        self._changing = [change for change in changes if change.old != change.new]
        self._same = len(changes) - len(self._changing)

    def inside(self) -> ComposeResult:
        many = counted(len(self._changing), "order")
        same = f" {counted(self._same, 'order')} have it already." if self._same else ""
        yield Words(f"{self._wish.words.capitalize()} becomes {self._wish.shown or 'empty'} on {many}.{same}")
        yield OptionLines(id="changes")
        yield Pick([("y", f"Change {many}", ""), ("n", "No, leave them as they are", "")], 1, self._taken)

    def mounted(self) -> None:
        super().mounted()
        options = [
            Option(
                change.number, f"{change.number} {change.title}", f"{change.old or '–'} → {change.new or '–'}"
            )
            for change in self._changing
        ]
        self.query_one("#changes", OptionLines).show(options, "Nothing would change.")

    def action_scroll_changes(self, lines: int) -> None:
        self.query_one("#changes", OptionLines).move(lines)

    def _taken(self, index: int) -> None:
        if not self.deaf:
            self.dismiss(index == 0 and bool(self._changing))
