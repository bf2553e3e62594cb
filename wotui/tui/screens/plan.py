"""One maintenance plan: its coming dates, its ledger, what it says, and its history."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from wotui.tui import keys, plan_page, plan_rows
from wotui.tui.plan_verbs import PlanVerbs
from wotui.tui.screens.base import ShopScreen
from wotui.tui.widgets.pages import Reader, Tabs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.widget import Widget

    from wotui.tui.plan_page import PlanPage

_PAGES = (plan_rows.dates_page, plan_rows.ledger_page, plan_rows.says_page, plan_rows.history_page)


class PlanScreen(PlanVerbs, ShopScreen[None]):
    """The plan with this id."""

    ROOM = "plan"
    BINDINGS: ClassVar[list[Any]] = keys.bindings("plan")
    DEFAULT_CSS = "PlanScreen Tabs { margin-bottom: 1; }"

    def __init__(self, plan_id: str) -> None:
        super().__init__()
        self.plan_id = plan_id
        self._at = 0
        self._page: PlanPage | None = None

    def body(self) -> Iterator[Widget]:
        yield Tabs(id="tabs")
        yield Reader(id="page")

    def in_hand(self) -> str:
        return self.plan_id

    def mounted(self) -> None:
        super().mounted()
        self.query_one("#page", Reader).focus()

    def refresh_from_shop(self) -> None:
        wanted = self.plan_id
        self.ask.read("plan", lambda shop: plan_page.load(shop, wanted), self._loaded)

    def _loaded(self, page: PlanPage) -> None:
        self._page = page
        self.title_line(page.listed.plan.name, plan_rows.about_line(page.listed))
        self._show(keep_place=True)

    def _show(self, *, keep_place: bool = False) -> None:
        self.query_one("#tabs", Tabs).show(plan_rows.PAGES, self._at)
        if self._page is not None:
            lines = partial(_PAGES[self._at], self._page)
            self.query_one("#page", Reader).show(lines, keep_place=keep_place)

    def action_tab(self, step: int) -> None:
        self._turn_to((self._at + step) % len(plan_rows.PAGES))

    def on_tabs_picked(self, event: Tabs.Picked) -> None:
        event.stop()
        self._turn_to(event.index)

    def _turn_to(self, page: int) -> None:
        self._at = page
        self._show()
        self.query_one("#page", Reader).focus()
