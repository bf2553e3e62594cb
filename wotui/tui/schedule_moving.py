"""Picking an order up on the schedule and putting it down on a day: with the keys, or by dragging it there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from wotui.actions import scheduling as actions
from wotui.errors import Refused
from wotui.tui.order_verbs import OrderVerbs
from wotui.tui.schedule_rows import DUE, NOBODY, PLANS

if TYPE_CHECKING:
    from textual import events

    from wotui.tui.schedule_rows import Page
    from wotui.tui.widgets.grid import Grid
    from wotui.tui.widgets.hours import HoursList
    from wotui.tui.widgets.lines import Piece
    from wotui.tui.widgets.record_list import RecordList


@dataclass(frozen=True, slots=True)
class Carried:
    """An order that was picked up, and whose it was."""

    id: str
    words: str
    person: str


class MovingOrders(OrderVerbs):
    """Mixed into the schedule: what is in hand, where it can be put down, and off the plan."""

    _carried: Carried | None = None
    _from_list: str | None = None
    _page: Page | None

    @property
    def _grid(self) -> Grid:
        raise NotImplementedError

    @property
    def _lines(self) -> HoursList:
        raise NotImplementedError

    @property
    def _unplanned(self) -> RecordList:
        raise NotImplementedError

    @property
    def _shown_view(self) -> str:
        raise NotImplementedError

    def _cell(self) -> tuple[date, str]:
        raise NotImplementedError

    def _show(self) -> None:
        raise NotImplementedError

    def in_hand(self) -> tuple[str, ...]:
        order = self._under_cursor()
        return (order,) if order else ()

    def _under_cursor(self) -> str:
        """The id of the order under the cursor; empty where there is none."""
        if self._unplanned.has_focus:
            current = self._unplanned.current
            record = self._unplanned.record(self._unplanned.at) if current is not None else None
            return record.id if record is not None else ""
        value = self._lines.value
        return "" if value.startswith("day:") else value

    def action_carry(self) -> None:
        if self._carried is not None:
            self._put_down()
        else:
            self._pick_up(self._under_cursor())

    def _pick_up(self, order: str) -> None:
        found = self._orders() if order else []
        if not order or not found:
            self.wotui.refuse(
                Refused(
                    "There is no order under the cursor to move.", "tab goes to the orders; choose one there."
                )
            )
            return
        whose = self._cell()[1] if self._shown_view == "week" and not self._unplanned.has_focus else ""
        person = "" if whose in (NOBODY, DUE, PLANS) else whose
        self._carried = Carried(order, f"{found[0].number} {found[0].title}", person)
        self._show()
        (self._lines if self._shown_view == "list" else self._grid).focus()

    @property
    def _carrying(self) -> Piece | None:
        """What is said while an order is on its way."""
        if self._carried is None:
            return None
        return (f" arrows, then enter puts it down, esc lets it be: {self._carried.words}", "accent")

    def _put_down(self) -> None:
        carried, (day, whose) = self._carried, self._target()
        if carried is None or day is None:
            return
        self._let_be()
        page = self._page
        contractor = page is not None and any(hand.id == whose and hand.contractor for hand in page.hands)
        person = (
            "" if whose in (NOBODY, DUE, PLANS, "") or (contractor and whose == carried.person) else whose
        )
        self.ask.act(
            lambda shop: actions.move(
                shop, [carried.id], day, person=person, instead_of=carried.person if person else ""
            )
        )

    def _target(self) -> tuple[date | None, str]:
        """The day and the row where the cursor stands."""
        if self._shown_view != "list":
            return self._cell()
        value = self._lines.value
        return (date.fromisoformat(value[4:]) if value.startswith("day:") else None), ""

    def _let_be(self) -> None:
        self._carried = None
        self._show()

    def action_let_be(self) -> None:
        if self._carried is not None:
            self._let_be()
        elif not self._grid.has_focus and self._shown_view != "list":
            self._grid.focus()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A press on an order may be the beginning of a drag to a day."""
        self._from_list = None
        for source in (self._lines, self._unplanned):
            if source.region.contains(event.screen_x, event.screen_y):
                self._from_list = source.id

    def on_grid_let_go(self, event: Grid.LetGo) -> None:
        event.stop()
        if self._carried is not None:
            self._put_down()
        elif self._from_list is not None:
            self._from_list = None
            self._pick_up(self._under_cursor())
            self._put_down()

    def action_unplan(self) -> None:
        orders = self._orders()
        if orders:
            ids = [order.id for order in orders]
            self.ask.act(lambda shop: actions.take_off(shop, ids))
