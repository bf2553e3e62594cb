"""The material of an order: what is planned, and what was used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wotui.domain.quantity import with_unit

if TYPE_CHECKING:
    from wotui.store.reading import Reads


@dataclass(frozen=True, slots=True)
class MaterialLine:
    """One line of material on an order; quantities are thousandths of `uom`, None where nobody said."""

    id: str
    sku: str
    text: str
    uom: str
    planned_qty: int | None
    used_qty: int | None

    @property
    def words(self) -> str:
        """What it is: the part's number and name, or the free text."""
        return " ".join(part for part in (self.sku, self.text) if part)

    @property
    def amount(self) -> str:
        """How much of it: `2 ea`, `2 of 3 ea used`; empty where nobody said."""
        planned = with_unit(self.planned_qty, self.uom) if self.planned_qty is not None else ""
        if self.used_qty is None:
            return planned
        return f"{with_unit(self.used_qty, self.uom)}{f' of {planned}' if planned else ''} used"


def of_order(reads: Reads, order_id: str) -> list[MaterialLine]:
    """The lines of an order in their order."""
    rows = reads.rows(
        """SELECT m.id, ifnull(p.sku, ''), ifnull(nullif(m.text, ''), ifnull(p.name, '')),
            ifnull(nullif(m.uom, ''), ifnull(p.uom, '')), m.planned_qty, m.used_qty
        FROM order_material m LEFT JOIN part p ON p.id = m.part_id
        WHERE m.work_order_id = ? AND m.deleted_at IS NULL ORDER BY m.position, m.key""",
        (order_id,),
    )
    return [MaterialLine(*row) for row in rows]
