"""Which orders a filter means when it does not say: the open ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.domain.filters.fields import BY_NAME
from wotui.domain.filters.tree import All, Between, Choice, During, Named, Present
from wotui.domain.work_orders import OPEN, STATUSES

if TYPE_CHECKING:
    from wotui.domain.filters.tree import Filter


def names_status(filter_: Filter) -> bool:
    """Whether the filter settles the status itself; if not, only open orders are shown.

    It does when it names statuses, when it asks for what only finished orders have (`done:`), and when it asks for one
    order by its number.
    """
    return any(
        BY_NAME[leaf.field].settles_status
        for leaf in filter_.leaves()
        if isinstance(leaf, Choice | Named | Present | Between | During)
    )


def only_statuses(filter_: Filter) -> frozenset[str]:
    """The statuses that an order must have to fit, as far as the filter says so outright; all of them when it does not.

    Indexes can be chosen by it; alternatives and negations are left aside, they only narrow further.
    """
    if not names_status(filter_):
        return frozenset(OPEN)
    nodes = filter_.node.nodes if isinstance(filter_.node, All) else (filter_.node,)
    kept = frozenset(STATUSES)
    for node in nodes:
        if isinstance(node, Choice) and node.field == "status" and node.values:
            kept &= frozenset(node.values)
    return kept
