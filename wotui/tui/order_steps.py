"""What can be done with the steps of an action plan: open one, add one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.tui import present
from wotui.tui.ties import WithShop
from wotui.tui.widgets.dialogs import Choose

if TYPE_CHECKING:
    from wotui.tui.order_detail import Detail


class StepVerbs(WithShop):
    """Mixed into the screen of an order."""

    _detail: Detail | None

    def open_step(self) -> None:
        """Open one of the steps; which, where there are several."""
        steps = self._detail.steps if self._detail is not None else ()
        if len(steps) == 1:
            self.wotui.open_order(steps[0].id)
        elif steps:
            options = [
                ("", f"{step.number} {step.title}", present.status(step.status).words, step.id)
                for step in steps
            ]
            first_open = next((at for at, step in enumerate(steps) if not step.finished), 0)

            def chosen(order_id: str | None) -> None:
                if order_id is not None:
                    self.wotui.open_order(order_id, [step.id for step in steps])

            self.wotui.push_screen(Choose("Which step?", options, at=first_open), chosen)

    def action_step(self) -> None:
        """A new order that is a step of this one, at the same place."""
        if self._detail is None:
            return
        order = self._detail.order
        preset = {
            "parent": order.number,
            "asset": order.asset_tag or "",
            "place": (order.place_code or "") if order.place_id else "",
            "customer": order.customer or "",
        }
        filled = {name: value for name, value in preset.items() if value}
        self.wotui.open_screen(("wotui.tui.screens.order_form", "NewOrder"), filled)
