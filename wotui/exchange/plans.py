"""Maintenance plans as a file that `wotui import plans` reads back without loss."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.domain.plans.fields import PLAN
from wotui.exchange import delimited
from wotui.exchange.delimited import Dialect
from wotui.store.reads import plan_values
from wotui.store.reads import plans as reads
from wotui.text import counted

if TYPE_CHECKING:
    from wotui.store.file import Shop
    from wotui.store.reads.plans import PlanRow


def export(shop: Shop) -> tuple[bytes, str]:
    """Every plan in use as CSV, those that others cover first, and a sentence about what they are."""
    found = reads.plans(shop)
    rows = [
        [delimited.guarded(cell) for cell in plan_values.typed(shop, one.values).values()]
        for one in sorted(found, key=lambda one: _depth(one, {each.id: each for each in found}))
    ]
    header = [field.name for field in PLAN.fields]
    return delimited.rendered(header, rows, Dialect("utf-8", eol="lf")), f"{counted(len(found), 'plan')}."


def _depth(plan: PlanRow, known: dict[str, PlanRow], seen: frozenset[str] = frozenset()) -> int:
    """How many levels of smaller plans a plan covers."""
    below = [known[one] for one in plan.covers if one in known and one not in seen]
    return 1 + max((_depth(one, known, seen | {plan.id}) for one in below), default=0)
