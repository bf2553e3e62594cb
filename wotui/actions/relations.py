"""How orders stand to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.domain import work_orders as rules
from wotui.domain.identity import same_id
from wotui.errors import Refused, UsageProblem
from wotui.store.reads import work_orders as reads
from wotui.text import clean_line, listed

if TYPE_CHECKING:
    from wotui.store.file import Shop
    from wotui.store.transaction import Done, Transaction


def relate(shop: Shop, number: str, kind: str, other: str) -> Done:
    """Say how two orders stand to each other: blocks, duplicate_of, follow_up_of, split_from, related.

    Raises:
        UsageProblem: no such relation.
        NotFound: no such order.
        Refused: an order and itself.
    """
    if kind not in rules.RELATIONS:
        raise UsageProblem(f"{clean_line(kind, 40)} is no relation.", f"There are {listed(rules.RELATIONS)}.")
    with shop.transaction() as tx:
        one, two = reads.find(tx, number), reads.find(tx, other)
        if one.id == two.id:
            raise Refused(f"{one.number} cannot stand in a relation to itself.", "Name another order.")
        connect(tx, one.id, kind, two.id)
        return tx.done(f"{one.number} {kind.replace('_', ' ')} {two.number}.", one.id, two.id)


def connect(tx: Transaction, order_id: str, kind: str, other_id: str) -> None:
    """Write one relation between two orders."""
    identity = same_id("relation", order_id, kind, other_id)
    tx.put("relation", identity, work_order_id=order_id, other_id=other_id, kind=kind)
