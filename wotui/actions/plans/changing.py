"""Pausing, resuming, skipping, moving and ending plans; each is one step that undo takes back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from wotui.actions.plans import running
from wotui.actions.plans.deciding import Book, occurrence_id
from wotui.actions.plans.writing import keep_version
from wotui.domain.identity import same_id
from wotui.domain.plans.fields import PLAN
from wotui.domain.plans.plan import Row
from wotui.domain.work_order_fields import one_day
from wotui.errors import NotFound, Refused
from wotui.store.reads import plan_ledger
from wotui.store.reads import plans as reads
from wotui.text import clean_line, counted, listed

if TYPE_CHECKING:
    from wotui.store.file import Shop
    from wotui.store.reads.plans import PlanRow
    from wotui.store.transaction import Done, Transaction

_DAY = timedelta(days=1)


def pause(shop: Shop, name: str, reason: str, *, start: str = "", until: str = "") -> Done:
    """Let a plan rest: its dates from the first to the last day of the pause are skipped and never caught up.

    Args:
        shop: the open shop.
        name: the plan's name or id.
        reason: why; kept in the plan's history.
        start: the first day; today without it.
        until: the last day; without it until somebody resumes it.

    Raises:
        UsageProblem: not a day.
        NotFound: no such plan.
        Refused: no reason, the plan has ended, or the days are the wrong way round.
    """
    shop.require("pause plans", "supervisor", "office")
    words = _reason(reason, "A pause")
    today = shop.today()
    first = one_day(PLAN.field("anchor_on"), start or today.isoformat(), today)
    last = one_day(PLAN.field("until_on"), until, today) if until.strip() else None
    if last is not None and last < first:
        raise Refused(
            f"The pause would end ({last}) before it begins ({first}).", "Correct one of the two days."
        )
    with shop.transaction() as tx:
        plan = _in_use(tx, name)
        ran = running.write(
            tx, today, shop.zone.key, [plan.id]
        )  # what the pause before left is written down first
        keep_version(tx, plan)
        tx.update(
            "maintenance_plan",
            plan.id,
            paused_from=first,
            paused_to=last,
            version=(plan.values["version"] or 1) + 1,
        )
        running.note(tx, plan.id, f"Paused from {first}{f' to {last}' if last else ''}: {words}")
        open_ones = plan_ledger.open_orders(tx, plan.id)
        left = [f"Still open: {listed([one.number for one in open_ones[:8]])}."] if open_ones else []
        until_words = f" until {last}" if last else " until you resume it"
        return tx.done(f"Paused {plan.name}{until_words}.", plan.id, notices=[*ran.notices, *left])


def resume(shop: Shop, name: str) -> Done:
    """End a plan's pause today; the dates it left out stay left out.

    Raises:
        NotFound: no such plan.
        Refused: it is not paused.
    """
    shop.require("resume plans", "supervisor", "office")
    today = shop.today()
    with shop.transaction() as tx:
        plan = _in_use(tx, name)
        rule = plan.rule()
        if (
            rule is None
            or rule.paused_from is None
            or (rule.paused_to is not None and rule.paused_to < today)
        ):
            raise Refused(f"{plan.name} is not paused.", "There is nothing to resume.")
        keep_version(tx, plan)
        began = rule.paused_from < today
        tx.update(
            "maintenance_plan",
            plan.id,
            paused_from=rule.paused_from.isoformat() if began else None,
            paused_to=(today - _DAY).isoformat() if began else None,
            version=(plan.values["version"] or 1) + 1,
        )
        running.note(tx, plan.id, "Resumed.")
        ran = running.write(tx, today, shop.zone.key, [plan.id])
        made = [f"{ran.sentence(tx)}"] if ran.made or ran.dates else []
        return tx.done(f"{plan.name} runs again.", plan.id, *ran.made, notices=[*made, *ran.notices])


def skip(shop: Shop, name: str, reason: str, *, asset: str = "") -> Done:
    """Leave the next date of a plan out, once.

    Args:
        shop: the open shop.
        name: the plan's name or id.
        reason: why; it stands in the ledger.
        asset: the tag of one of its assets; without it every asset's next date.

    Raises:
        NotFound: no such plan, or not an asset of it.
        Refused: no reason, its order is open already, or there is no next date.
    """
    shop.require("skip dates of plans", "supervisor", "office")
    words = _reason(reason, "A date that is left out")
    with shop.transaction() as tx:
        plan = _in_use(tx, name)
        book = Book(tx, shop.today(), [plan.id])
        skipped: list[str] = []
        for asset_id, tag in _keys(book, plan, asset):
            open_one = next(
                (one for one in plan_ledger.open_orders(tx, plan.id) if one.asset_id == asset_id), None
            )
            if open_one is not None:
                raise Refused(
                    f"{open_one.number} of {plan.name} is open already{f' on {tag}' if tag else ''}.",
                    f"Cancel it to leave this date out: wotui cancel {open_one.number} --reason … --plan skip.",
                )
            rows = book.next_dates(book.plans[plan.id], asset_id, 1)
            if not rows:
                raise Refused(f"{plan.name} has no next date.", "There is nothing to skip.")
            _keep_skipped(tx, plan.id, asset_id, rows[0], words)
            skipped.append(f"{rows[0].due_on}{f' on {tag}' if tag else ''}")
        when = listed(skipped) if len(skipped) <= 3 else counted(len(skipped), "date")
        return tx.done(f"{plan.name} leaves out {when}.", plan.id)


def override(shop: Shop, name: str, day: str, reason: str) -> Done:
    """Give the next order of a plan another due date, once; the dates after it stay as they are.

    Args:
        shop: the open shop.
        name: the plan's name or id.
        day: when the next order is due instead; empty takes an earlier override back.
        reason: why; it stands in the plan until the date is used.

    Raises:
        UsageProblem: not a day.
        NotFound: no such plan.
        Refused: no reason, a day in the past, a plan by the meter alone, or one whose order is open already.
    """
    shop.require("move dates of plans", "supervisor", "office")
    today = shop.today()
    with shop.transaction() as tx:
        plan = _in_use(tx, name)
        if not day.strip():
            tx.update("maintenance_plan", plan.id, override_next_on=None, override_reason=None)
            return tx.done(f"{plan.name} follows its own dates again.", plan.id)
        words = _reason(reason, "Another date")
        moved = one_day(PLAN.field("anchor_on"), day, today)
        if moved < today.isoformat():
            raise Refused(f"{moved} is past.", "Choose today or a later day.")
        if plan.values["basis"] == "meter":
            raise Refused(
                f"{plan.name} goes by its meter and has no dates.", "Change the meter's interval instead."
            )
        open_ones = plan_ledger.open_orders(tx, plan.id)
        if open_ones and plan.values["open_policy"] != "stack":
            number = open_ones[0].number
            raise Refused(
                f"{number} of {plan.name} is open already.",
                f"Move that one: wotui edit {number} due={moved}.",
            )
        keep_version(tx, plan)
        tx.update(
            "maintenance_plan",
            plan.id,
            override_next_on=moved,
            override_reason=words,
            version=(plan.values["version"] or 1) + 1,
        )
        return tx.done(f"The next order of {plan.name} is due {moved}; later dates stay.", plan.id)


def retire(shop: Shop, name: str, reason: str = "") -> Done:
    """End a plan: it makes nothing any more. Its ledger and its orders stay.

    Raises:
        NotFound: no such plan.
        Refused: it has ended already.
    """
    shop.require("end plans", "supervisor", "office")
    with shop.transaction() as tx:
        plan = _in_use(tx, name)
        keep_version(tx, plan)
        tx.update(
            "maintenance_plan",
            plan.id,
            retired_at=tx.at,
            active=0,
            version=(plan.values["version"] or 1) + 1,
        )
        words = clean_line(reason)
        if words:
            running.note(tx, plan.id, f"Ended: {words}")
        open_ones = [one.number for one in plan_ledger.open_orders(tx, plan.id)]
        left = [f"Still open: {listed(open_ones[:8])}. Finish or cancel them."] if open_ones else []
        return tx.done(f"Ended the plan {plan.name}.", plan.id, notices=left)


def for_disposed(tx: Transaction, asset_id: str) -> list[str]:
    """End the plans that were only for assets that are out of use now; gives what people should know."""
    notices: list[str] = []
    for plan in reads.plans(tx):
        if asset_id not in plan.assets or plan.values["asset_category"]:
            continue
        if any(target.usable for target in reads.targets(tx, [plan])[plan.id]):
            continue
        tx.update("maintenance_plan", plan.id, retired_at=tx.at, active=0)
        notices.append(f"The plan {plan.name} has ended with it.")
    return notices


def _keep_skipped(tx: Transaction, plan_id: str, asset_id: str, row: Row, words: str) -> None:
    left_out = Row(row.nominal_on, row.through_on, row.due_on, "skipped", reason=words)
    identity = occurrence_id(plan_id, asset_id, left_out)
    tx.put(
        "occurrence",
        identity,
        plan_id=plan_id,
        asset_id=asset_id or None,
        nominal_on=row.nominal_on.isoformat(),
        due_on=row.due_on.isoformat(),
        state="skipped",
        count=1,
        reason=words,
        # No order has this id: it says that a person left the date out, so that what follows the last time counts
        # from here, with the same cause on every computer.
        work_order_id=same_id("plan skip", identity),
    )


def _keys(book: Book, plan: PlanRow, asset: str) -> list[tuple[str, str]]:
    groups = book.groups(plan)
    keys = (
        [("", "")]
        if plan.route and groups
        else [(one.asset_id, one.tag) for group in groups for one in group]
    )
    if asset:
        keys = [key for key in keys if key[1].casefold() == asset.strip().casefold()]
    if not keys:
        raise NotFound(
            f"{plan.name} has no asset {clean_line(asset, 40)}."
            if asset
            else f"{plan.name} has no asset in use.",
            f"See them: wotui show “{plan.name}”.",
        )
    return keys


def _in_use(tx: Transaction, name: str) -> PlanRow:
    plan = reads.find(tx, name)
    if plan.retired:
        raise Refused(f"The plan {plan.name} has ended.", "Make a new one, or undo its end.")
    return plan


def _reason(reason: str, what: str) -> str:
    words = clean_line(reason)
    if not words:
        raise Refused(f"{what} needs a reason.", "Say why in a few words.")
    return words
