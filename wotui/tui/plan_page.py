"""Everything that the screens show of one maintenance plan, read in one go beside the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wotui.actions.plans import previewing
from wotui.errors import NotFound
from wotui.store.reads import plan_ledger, plan_list, plan_values, work_orders
from wotui.store.reads.history import history

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

    from wotui.actions.plans.previewing import Preview
    from wotui.store.file import Shop
    from wotui.store.reads.history import Change
    from wotui.store.reads.plan_ledger import Occurrence
    from wotui.store.reads.plan_list import Listed
    from wotui.store.reads.work_orders import LogLine


@dataclass(frozen=True, slots=True)
class PlanPage:
    """One plan with its coming dates, its ledger, what it says, and what became of it."""

    listed: Listed
    today: date
    zone: ZoneInfo
    coming: Sequence[Preview]
    ledger: Sequence[Occurrence]
    typed: Mapping[str, str]
    log: Sequence[LogLine]
    changes: Sequence[Change]


def load(shop: Shop, plan_id: str, *, whole: bool = True) -> PlanPage:
    """Read one plan; without `whole` only what stands beside the list.

    Raises:
        NotFound: it is not there any more.
    """
    today = shop.today()
    found = next((one for one in plan_list.listed(shop, today, retired=True) if one.plan.id == plan_id), None)
    if found is None:
        raise NotFound("This plan is not there any more.", "Somebody took its making back.")
    return PlanPage(
        found,
        today,
        shop.zone,
        [] if found.plan.retired or found.plan.rule() is None else previewing.preview(shop, plan_id),
        plan_ledger.occurrences(shop, plan_id),
        plan_values.typed(shop, found.plan.values),
        work_orders.log(shop, plan_id) if whole else (),
        history(shop, plan_id) if whole else (),
    )
