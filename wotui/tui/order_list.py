"""Work orders as the rows of a `RecordList`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.store.reads import work_orders_list as reads
from wotui.tui import order_cells

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from wotui.store.file import Shop
    from wotui.store.reads.work_orders_list import ListedOrder
    from wotui.tui.widgets.columns import Column
    from wotui.tui.widgets.lines import Piece

ROOMY = 50
"""Cells from which a list has room for more than titles."""


class OrderRows:
    """Reads and draws orders.

    Args:
        shop: gives the open shop.
        today: gives the shop's date, for what is late.
    """

    def __init__(self, shop: Callable[[], Shop], today: Callable[[], date]) -> None:
        self._shop = shop
        self._today = today

    def read(self, wanted: Sequence[int]) -> Mapping[int, ListedOrder]:
        """The rows of these keys."""
        return {row.key: row for row in reads.rows(self._shop(), wanted)}

    def columns(self, width: int) -> Sequence[Column]:
        """The columns of that width."""
        return order_cells.columns(width)

    def cells(self, record: ListedOrder, columns: Sequence[Column]) -> list[Piece]:
        """One row."""
        return order_cells.cells(record, columns, self._today())


class OrderRowsBeside(OrderRows):
    """Orders in a list that stands beside something else; where there is little room, the title is what counts."""

    def columns(self, width: int) -> Sequence[Column]:
        """Number, title, and the due date where there is room for it."""
        return order_cells.columns(width) if width >= ROOMY else order_cells.SHORT
