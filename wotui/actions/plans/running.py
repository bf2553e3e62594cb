"""Running the plans: write down what was decided, and make the orders. As often as one likes: nothing is made twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from wotui import clock
from wotui.actions.plans.deciding import Book, Decision, occurrence_id, order_id
from wotui.actions.plans.making import include, make_order
from wotui.errors import Refused
from wotui.store.reads import plan_ledger
from wotui.store.transaction import Done
from wotui.text import counted, listed

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from wotui.domain.plans.plan import Row
    from wotui.store.file import Shop
    from wotui.store.reading import Reads
    from wotui.store.transaction import Transaction

_BEHIND = timedelta(days=1)
_NAMED = 3


class ClockBehind(Refused):
    """The computer's clock is earlier than the file's newest record; nothing comes due until somebody confirms."""


@dataclass(slots=True)
class Ran:
    """What a run did: the ids of the orders it made, how many dates became what, and what people should know."""

    made: list[str] = field(default_factory=list[str])
    dates: Counter[str] = field(default_factory=Counter[str])
    notices: list[str] = field(default_factory=list[str])

    def sentence(self, tx: Reads) -> str:
        """What to say of it."""
        numbers = [str(tx.value("SELECT number FROM work_order WHERE id = ?", (one,))) for one in self.made]
        words = [
            f"{self.dates[state]} {state}" for state in ("missed", "skipped", "merged") if self.dates[state]
        ]
        left = f"{listed(words)}" if words else ""
        if not numbers:
            return f"Plans: no order is due; of the dates {left}." if left else "Plans: nothing is due."
        what = listed(numbers) if len(numbers) <= _NAMED else counted(len(numbers), "order")
        return f"{what} came due by plan.{f' Of older dates {left}.' if left else ''}"


def run(
    shop: Shop, *, sure: bool = False, by_itself: bool = False, only: Collection[str] | None = None
) -> Done:
    """Make the orders that are due by plan today, and write down what became of every other date.

    Args:
        shop: the open shop.
        sure: the clock is right although the file knows newer records.
        by_itself: the app runs it, so that undo takes back what a person did last instead.
        only: ids of the plans to run; without it all of them.

    Raises:
        ClockBehind: the clock is more than a day behind the newest record, and nobody is sure.
    """
    if not sure and _has_plans(shop):
        expect_clock(shop)
    if not _anything(shop, only):
        return Done("" if by_itself else "Plans: nothing is due.")
    with shop.transaction(kind="setup" if by_itself else "do") as tx:
        ran = write(tx, shop.today(), shop.zone.key, only)
        done = tx.done(ran.sentence(tx), *ran.made, notices=ran.notices)
    if not by_itself:
        return done
    said = [done.sentence] if ran.made else []  # that dates were missed stands in the ledger
    return Done(" ".join([*said, *ran.notices]), None, done.records)


def _has_plans(source: Reads) -> bool:
    return bool(source.value("SELECT 1 FROM maintenance_plan WHERE deleted_at IS NULL LIMIT 1"))


def _anything(shop: Shop, only: Collection[str] | None) -> bool:
    """Whether a run would write; reading alone neither waits for a writer nor makes one wait."""
    if not _has_plans(shop):
        return False
    book = Book(shop, shop.today(), only)
    return bool(book.decisions(only) or plan_ledger.stale(shop) or _without_assets(book, only))


def expect_clock(source: Reads) -> None:
    """Refuse while the clock is more than a day behind the newest record: a date that comes too early cannot be unmade.

    Raises:
        ClockBehind: names both days and the way out.
    """
    newest = plan_ledger.newest_record(source)
    if newest is None:
        return
    written = datetime.fromtimestamp(newest / 1000, UTC)
    if written - clock.now() > _BEHIND:
        raise ClockBehind(
            f"This computer's clock says {clock.now():%Y-%m-%d}, but the file holds records of {written:%Y-%m-%d}; "
            "no plan was run.",
            "Set the clock; or, if it is right, confirm: wotui plan run --sure.",
        )


def write(tx: Transaction, today: date, zone: str, only: Collection[str] | None = None) -> Ran:
    """Settle, decide and write, inside a larger action; `zone` is the shop's."""
    ran = Ran()
    _settle_stale(tx)
    book = Book(tx, today, only)
    for plan_id in _without_assets(book, only):
        plan = book.plans[plan_id]
        tx.update("maintenance_plan", plan_id, retired_at=tx.at, active=0)
        ran.notices.append(f"The plan {plan.name} has ended: all its assets are disposed of or out of use.")
    for decision in book.decisions(only):
        write_decision(tx, decision, zone, ran)
    return ran


def write_decision(tx: Transaction, decision: Decision, zone: str, ran: Ran) -> None:
    """Write what one plan decided for one asset."""
    plan, asset_id = decision.plan, decision.asset_id
    for row in decision.rows:
        identity = occurrence_id(plan.id, asset_id, row)
        order = (
            order_id(plan.id, asset_id, row.cause)
            if row.state == "open"
            else decision.included.get(row.reason)
        )
        new = _keep(tx, identity, plan.id, asset_id, row, order)
        if row.state == "open" and order is not None:
            if make_order(tx, decision, row, order, zone):
                ran.made.append(order)
            continue
        if new:
            ran.dates[row.state] += row.count
        if (
            order is not None
            and new
            and tx.one(
                "SELECT 1 FROM work_order WHERE id = ? AND deleted_at IS NULL AND status NOT IN"
                " ('done', 'closed', 'cancelled')",
                (order,),
            )
        ):
            include(tx, plan.id, decision.targets, order)
    if decision.override_used:
        tx.update("maintenance_plan", plan.id, override_next_on=None, override_reason=None)


def _keep(tx: Transaction, identity: str, plan_id: str, asset_id: str, row: Row, order: str | None) -> bool:
    """Keep one row of the ledger; one that is there already never changes. Whether it is new."""
    there = tx.one("SELECT deleted_at FROM occurrence WHERE id = ?", (identity,))
    if there is not None and there[0] is None:
        return False
    tx.put(
        "occurrence",
        identity,
        plan_id=plan_id,
        asset_id=asset_id or None,
        nominal_on=row.nominal_on.isoformat(),
        through_on=row.through_on.isoformat() if row.through_on != row.nominal_on else None,
        due_on=row.due_on.isoformat(),
        state=row.state,
        count=row.count,
        cause=row.cause or None,
        reason=row.reason or None,
        threshold=row.threshold,
        work_order_id=order,
        done_on=None,
        done_value=None,
    )
    return True


def _settle_stale(tx: Transaction) -> None:
    """After a merge: let the ledger say what became of the orders meanwhile."""
    from wotui.actions.plans.settling import settle

    for _, _, order, _ in plan_ledger.stale(tx):
        settle(tx, order)


def _without_assets(book: Book, only: Collection[str] | None) -> Sequence[str]:
    """Plans whose assets, named one by one, are all out of use."""
    return [
        one.id
        for one in book.plans.values()
        if one.assets and not one.values["asset_category"] and not book.groups(one)
        if only is None or one.id in only
    ]


def note(tx: Transaction, plan_id: str, words: str) -> None:
    """Note on a plan what was done with it and why."""
    tx.insert(
        "log_entry",
        parent_kind="maintenance_plan",
        parent_id=plan_id,
        kind="system",
        text=words,
        by_id=tx.acting and tx.acting.id,
        at=tx.at,
    )
