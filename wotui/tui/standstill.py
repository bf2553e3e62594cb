"""An order's asset runs again, or stands still: the same key says both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.actions import downtime
from wotui.errors import Refused
from wotui.store.reads import downtime as reads
from wotui.tui.widgets.dialogs import Confirm

if TYPE_CHECKING:
    from wotui.store.reads.work_orders import Order
    from wotui.tui.app import WotuiApp


def runs_or_stands(app: WotuiApp, order: Order) -> None:
    """End the standstill of an order's asset; where it runs, ask whether it stands.

    Raises:
        Refused: the order is on no asset.
    """
    asset_id = order.asset_id
    if asset_id is None:
        raise Refused(f"{order.number} is on no asset.", "Give it one first (edit the order).")
    if reads.is_down(app.shop, asset_id):
        app.ask.act(lambda shop: downtime.running_again(shop, asset_id))
        return

    def answered(yes: bool | None) -> None:
        if yes:
            app.ask.act(lambda shop: downtime.set_down(shop, asset_id))

    question = f"{order.asset_tag} runs. Say that it stands still?"
    app.push_screen(Confirm(question, yes="It stands", no="It runs"), answered)
