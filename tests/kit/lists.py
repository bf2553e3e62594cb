"""Checklists for tests: an order with a list of given items, and the words to run it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.kit import builders
from wotui.actions import checklists
from wotui.store.reads.checklists import Line, Sheet, sheet

if TYPE_CHECKING:
    from wotui.store.file import Shop


class Run:
    """One order with one checklist, its items named by their labels.

    Args:
        shop: the open shop.
        items: each the fields of an item as in a template file; a label alone is a pass/fail.
        fields: fields of the order.
    """

    def __init__(self, shop: Shop, *items: dict[str, Any] | str, **fields: Any) -> None:
        self.shop = shop
        self.asset_id = fields.pop("asset_id", None) or builders.asset(shop)
        title = fields.pop("title", "Monthly round")
        self.order_id = builders.order(shop, title, status="ready", asset_id=self.asset_id, **fields)
        self.number = builders.number_of(shop, self.order_id)
        for item in items:
            given = {"type": "pass_fail", "label": item} if isinstance(item, str) else item
            checklists.add_item(shop, self.order_id, given)

    @property
    def sheet(self) -> Sheet:
        """The sheet as it stands."""
        return sheet(self.shop, self.order_id)

    def line(self, label: str) -> Line:
        """The line of an item."""
        return self.sheet.find(label)

    def id(self, label: str) -> str:
        """The id of an item."""
        return self.line(label).item.id

    def answer(self, label: str, typed: str, **how: Any) -> Any:
        """Answer an item as typed."""
        return checklists.answer(self.shop, self.id(label), typed, **how)

    def log(self, order_id: str | None = None) -> list[str]:
        """What the order's log says, oldest first."""
        rows = self.shop.rows(
            "SELECT text FROM log_entry WHERE parent_id = ? AND deleted_at IS NULL ORDER BY at, id",
            (order_id or self.order_id,),
        )
        return [text for (text,) in rows]


VIBRATION: dict[str, Any] = {
    "type": "number",
    "label": "Vibration",
    "uom": "mm/s",
    "min": 0,
    "warn_max": 2.8,
    "max": 4.5,
}
