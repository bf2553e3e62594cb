"""The order under the cursor, beside the list: it follows when the cursor rests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wotui.tui.widgets.pages import Reader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wotui.tui.order_detail import Detail
    from wotui.tui.widgets.lines import Piece

QUIET = 0.06
"""Seconds that the cursor rests before the order is read."""


class OrderBeside(Reader):
    """A page about one order; `follow` says which."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._order_id: str | None = None
        self._timer: Any = None

    def follow(self, order_id: str | None) -> None:
        """Show this order as soon as nobody asks for another; None shows nothing."""
        self._order_id = order_id
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(QUIET, self._ask)

    def _ask(self) -> None:
        order_id = self._order_id
        if order_id is None:
            self._tell(None)
            return
        from wotui.tui import order_detail

        self.ask.read("beside", lambda shop: order_detail.load(shop, order_id), self._tell)

    def _tell(self, detail: Detail | None) -> None:
        from wotui.tui import order_preview

        zone, today = self.shop.zone, self.shop.today()

        def lines(width: int) -> Sequence[Sequence[Piece]]:
            return order_preview.preview(detail, width, zone, today) if detail is not None else ()

        self.show(lines)
