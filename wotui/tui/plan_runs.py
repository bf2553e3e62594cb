"""The maintenance plans run by themselves: after the first frame, and when a new day begins while the app is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.errors import Problem
from wotui.store.reads.plan_presence import any_plan

if TYPE_CHECKING:
    from datetime import date

    from wotui.store.file import Shop
    from wotui.store.transaction import Done
    from wotui.tui.shop_app import ShopApp


class PlanRuns:
    """Knows the day on which the plans ran last; `look` runs them once a day, on the writer's thread."""

    def __init__(self, app: ShopApp) -> None:
        self._app = app
        self._ran_on: date | None = None

    def look(self) -> None:
        """Run the plans, unless there are none or they have run today.

        Without plans nothing of them is imported: what runs them takes as much memory as all open orders.
        """
        if not self._app.has_shop or self._app.shop.read_only:
            return
        try:
            today = self._app.shop.today()
            if today == self._ran_on or not any_plan(self._app.shop):
                return
        except Problem:  # the shop's zone is unknown here, or its file is busy; what shows orders says so
            return
        self._ran_on = today
        self._app.ask.act(_run, refused=self._refused)

    def _refused(self, problem: Problem) -> None:
        """The clock was set back: say so. The file was busy: try again a minute later."""
        from wotui.actions.plans import ClockBehind

        if isinstance(problem, ClockBehind):
            self._app.refuse(problem)
        else:
            self._ran_on = None


def _run(shop: Shop) -> Done:
    from wotui.actions import plans

    return plans.run(shop, by_itself=True)
