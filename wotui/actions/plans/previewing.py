"""The coming dates of a plan, as it is and as it would be after an edit that is not made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wotui.actions.plans.writing import drafted
from wotui.domain.plans.coming import coming
from wotui.domain.plans.fields import rule_of
from wotui.store.reads import plan_ledger
from wotui.store.reads import plans as reads
from wotui.store.reads.plans import PlanRow
from wotui.store.reads.working_days import working_days

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wotui.domain.plans.plan import Row
    from wotui.store.file import Shop
    from wotui.store.reads.plan_ledger import Occurrence


@dataclass(frozen=True, slots=True)
class Preview:
    """The next dates of a plan for one asset before and after an edit, and the orders of it that are open.

    Attributes:
        asset: its tag; empty for a place or a round.
        before: the dates as the plan is now; none for a new plan.
        after: the dates as it would be.
        open_orders: they stay as they are; the new dates begin after them.
    """

    asset: str
    before: tuple[Row, ...]
    after: tuple[Row, ...]
    open_orders: tuple[Occurrence, ...]


def preview(
    shop: Shop, name: str | None, fields: Mapping[str, str] | None = None, *, count: int = 12
) -> list[Preview]:
    """The next dates of a plan, for each asset: as it is, and as it would be with these fields.

    Args:
        shop: the open shop.
        name: an existing plan; None for one that is only thought of.
        fields: what would be changed; without it both sides are the same.
        count: how many dates.

    Raises:
        As `add` and `edit`.
    """
    today = shop.today()
    plan = reads.find(shop, name) if name is not None else None
    working = working_days(shop)
    values = drafted(shop, shop, plan, fields or {}) if fields or plan is None else plan.values
    after_rule = rule_of(values, working)
    before_rule = plan.rule(working) if plan is not None else None
    thought = PlanRow(plan.id if plan else "", str(values["name"] or ""), values)
    targets = reads.targets(shop, [thought])[thought.id]
    keys = [("", "")] if thought.route else [(one.asset_id, one.tag) for one in targets if one.usable]
    entries = plan_ledger.ledger(shop, [thought.id])
    open_orders = plan_ledger.open_orders(shop, thought.id)
    found: list[Preview] = []
    for asset_id, tag in keys:
        known = entries.get((thought.id, asset_id), [])
        before = coming(before_rule, known, today, count) if before_rule is not None else ()
        after = coming(after_rule, known, today, count)
        here = tuple(one for one in open_orders if one.asset_id == asset_id)
        found.append(Preview(tag, before, after, here))
    return found
