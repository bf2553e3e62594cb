"""The maintenance plans: what each is for, when it is due next, what is open; beside it the dates of one of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.containers import Horizontal

from wotui.store.reads import plan_list
from wotui.text import counted
from wotui.tui import keys, plan_page, plan_rows
from wotui.tui.plan_verbs import PlanVerbs
from wotui.tui.screens.base import ShopScreen
from wotui.tui.widgets.hours import HoursList
from wotui.tui.widgets.lines import Empty
from wotui.tui.widgets.pages import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.events import Resize
    from textual.widget import Widget

    from wotui.errors import Problem
    from wotui.store.reads.plan_list import Listed
    from wotui.tui.plan_page import PlanPage

WIDE = 110
"""Columns from which the dates of the plan under the cursor stand beside the list."""


class PlansScreen(PlanVerbs, ShopScreen[None]):
    """All plans that are in use, what is due first on top; `h` shows those that have ended as well."""

    ROOM = "plans"
    BINDINGS: ClassVar[list[Any]] = keys.bindings("plans")
    DEFAULT_CSS = """
    PlansScreen #beside { display: none; width: 44; border-left: solid $panel; }
    PlansScreen.-wide #beside { display: block; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._ended_too = False
        self._asked = ""
        self._shown = False

    def body(self) -> Iterator[Widget]:
        beside = Reader(id="beside")
        beside.can_focus = False
        yield Horizontal(HoursList(id="plans"), beside, id="panes")
        yield Empty("", id="nothing")

    @property
    def lines(self) -> HoursList:
        """The list."""
        return self.query_one("#plans", HoursList)

    def in_hand(self) -> str:
        return self.lines.value

    def mounted(self) -> None:
        self.query_one("#nothing").display = False
        super().mounted()
        self.lines.focus()

    def on_resize(self, event: Resize) -> None:
        super().on_resize(event)
        self.set_class(event.size.width >= WIDE, "-wide")
        self._look_beside()

    def refresh_from_shop(self) -> None:
        today, ended_too = self.shop.today(), self._ended_too
        self.ask.read("plans", lambda shop: plan_list.listed(shop, today, retired=ended_too), self._show)

    def _show(self, found: Sequence[Listed]) -> None:
        self._shown = True
        open_ones = sum(len(one.open_numbers) for one in found)
        note = f"{len(found)} · {counted(open_ones, 'open order')}" if found else ""
        self.title_line("Plans", note)
        self.query_one("#panes").display = bool(found)
        nothing = self.query_one("#nothing", Empty)
        nothing.display = not found
        nothing.tell(
            "No maintenance plans yet: work that comes due by the calendar or a meter.\n\n"
            f"{keys.shown_key('plans.new')} makes the first one.\n"
            f"{keys.shown_key('plans.ended')} shows those that have ended."
        )
        self.lines.show(partial(plan_rows.list_lines, found, self.shop.today()))
        self._asked = ""
        self._look_beside()
        if found and self.focused is None:
            self.lines.focus()

    def _look_beside(self) -> None:
        """Read the plan under the cursor, when the cursor has moved."""
        wanted = self.lines.value
        if not self.has_class("-wide") or not self._shown or wanted == self._asked or not wanted:
            return
        self._asked = wanted
        self.ask.read(
            "plan-beside",
            lambda shop: plan_page.load(shop, wanted, whole=False),
            self._show_beside,
            self._gone,
        )

    def _show_beside(self, page: PlanPage) -> None:
        self.query_one("#beside", Reader).show(partial(plan_rows.side_lines, page))

    def _gone(self, _problem: Problem) -> None:
        """It was taken back meanwhile; the list is read again anyway."""

    def action_open(self) -> None:
        from wotui.tui.screens.plan import PlanScreen

        if self.in_hand():
            self.wotui.show(PlanScreen(self.in_hand()))
        else:
            self.action_new()

    def action_ended(self) -> None:
        """Show or hide the plans that have ended."""
        self._ended_too = not self._ended_too
        self.wotui.tell("Ended plans are shown too." if self._ended_too else "Only plans in use are shown.")
        self.refresh_from_shop()

    def on_hours_list_moved(self, event: HoursList.Moved) -> None:
        event.stop()
        self.call_after_refresh(self._look_beside)

    def on_hours_list_taken(self, event: HoursList.Taken) -> None:
        event.stop()
        self.action_open()
