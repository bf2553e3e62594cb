"""What becomes of a plan's date when its order is finished, cancelled or opened again; work that counts for a plan."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from wotui import clock
from wotui.actions.plans import running
from wotui.actions.plans.deciding import Book, Decision, occurrence_id, order_id
from wotui.actions.plans.making import make_order
from wotui.domain.plans.plan import Row
from wotui.domain.plans.settling import settled_early
from wotui.errors import Refused, UsageProblem
from wotui.store.reads import plan_ledger, work_orders
from wotui.store.reads import plans as reads

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from wotui.store.file import Shop
    from wotui.store.reads.plan_ledger import Occurrence
    from wotui.store.reads.work_orders import Order
    from wotui.store.transaction import Done, Transaction

SKIP, AGAIN = "skip", "again"
_PREVENTIVE = ("preventive", "inspection", "condition")


class AsksPlan(Refused):
    """A plan's order is cancelled: is this date left out, or does another order take its place?"""


def settle(tx: Transaction, order_id_: str, zone: ZoneInfo | None = None) -> list[Occurrence]:
    """Let the ledger say what became of an order; gives the rows that it settles."""
    found = plan_ledger.of_order(tx, order_id_)
    if not found:
        return []
    row = tx.one("SELECT status, done_at, plan_id, outcome FROM work_order WHERE id = ?", (order_id_,))
    status, done_at, plan_id, outcome = row or ("", None, None, None)
    done_on = _civil(done_at, zone or _zone(tx))
    for one in found:
        if one.state == "merged":
            tx.update("occurrence", one.id, done_on=done_on if status in {"done", "closed"} else None)
            continue
        if one.plan_id != plan_id and one.state == "done":  # an ordinary order that was counted
            if status not in {"done", "closed"}:
                tx.remove("occurrence", one.id)
            continue
        if status in {"done", "closed"} and outcome == "not_done":
            tx.update("occurrence", one.id, state="skipped", reason="reported as not done")
        elif status in {"done", "closed"}:
            value = _reading(tx, one)
            tx.update("occurrence", one.id, state="done", done_on=done_on, done_value=value, reason=None)
        elif status == "cancelled":
            if one.state == "open":
                tx.update("occurrence", one.id, state="skipped", reason="its order was cancelled")
        elif one.state != "open":
            tx.update("occurrence", one.id, state="open", done_on=None, done_value=None, reason=None)
    return found


def finished(shop: Shop, tx: Transaction, order: Order) -> list[str]:
    """After an order was reported done: settle its date, let the next come due. Gives what people should know."""
    settled = settle(tx, order.id, shop.zone)
    if settled:
        plan_ids = list(dict.fromkeys(one.plan_id for one in settled))
        ran = running.write(tx, shop.today(), shop.zone.key, plan_ids)
        return [*_next(tx, shop.today(), settled, ran.made), *ran.notices]
    return _ordinary(shop, tx, order)


def reopened(shop: Shop, tx: Transaction, order: Order) -> None:
    """After an order was opened again: its date is open again."""
    settle(tx, order.id, shop.zone)


def cancelled(shop: Shop, tx: Transaction, order: Order, choice: str, reason: str) -> list[str]:
    """After a plan's order was cancelled: leave its date out this time, or make another order in its place.

    Raises:
        AsksPlan: neither was chosen.
        UsageProblem: an unknown choice.
    """
    rows = [one for one in plan_ledger.of_order(tx, order.id) if one.state == "open"]
    if not rows:
        return []
    if not choice:
        raise AsksPlan(
            f"{order.number} comes from the plan {rows[0].plan}.",
            "Say what becomes of this date: --plan skip leaves it out, --plan again makes another order.",
        )
    if choice not in {SKIP, AGAIN}:
        raise UsageProblem(f"{choice[:20]!r} is not known.", "Say --plan skip or --plan again.")
    if choice == SKIP:
        for one in rows:
            tx.update("occurrence", one.id, state="skipped", reason=f"cancelled: {reason}")
        ran = running.write(tx, shop.today(), shop.zone.key, [one.plan_id for one in rows])
        return [*_next(tx, shop.today(), rows, ran.made), *ran.notices]
    return [_again(shop, tx, one) for one in rows]


def count_as(shop: Shop, number: str, plan_name: str, *, anyway: bool = False) -> Done:
    """Let a finished order count as a plan's next date on the same asset: it was done ahead of time.

    Args:
        shop: the open shop.
        number: the order's number or id.
        plan_name: the plan's name or id.
        anyway: also where the date lies further away than the plan's days of grace.

    Raises:
        NotFound: no such order or plan.
        Refused: the order is not finished, is another plan's, or the date is too far away.
    """
    with shop.transaction() as tx:
        order, plan = work_orders.find(tx, number), reads.find(tx, plan_name)
        if order.status not in {"done", "closed"} or order.done_at is None:
            raise Refused(
                f"{order.number} is not finished.", "Finish it first; then it can count for a plan."
            )
        if plan_ledger.of_order(tx, order.id):
            raise Refused(
                f"{order.number} has settled a date of a plan already.", f"See it: wotui show {order.number}."
            )
        book = Book(tx, shop.today(), [plan.id])
        day = date.fromisoformat(str(_civil(order.done_at, shop.zone)))
        row = _settled_by(book, plan.id, order, day, anyway=anyway)
        if row is None:
            raise Refused(
                f"No date of the plan {plan.name} is near enough to {day} on the asset of {order.number}.",
                f"If it was that work all the same: wotui plan count {order.number} ... --anyway.",
            )
        asset_id = "" if plan.route else order.asset_id or ""
        _keep_settled(tx, plan.id, asset_id, row, order, day)
        ran = running.write(tx, shop.today(), shop.zone.key, [plan.id])
        return tx.done(
            f"{order.number} counts as {plan.name} of {row.due_on}.", order.id, plan.id, notices=ran.notices
        )


def _ordinary(shop: Shop, tx: Transaction, order: Order) -> list[str]:
    """Ordinary work that a plan would have asked for soon: the same job counts, anything else is asked about."""
    if not order.asset_id or order.type not in _PREVENTIVE:
        return []
    plans = [one for one in reads.plans(tx) if not one.route]
    if not plans:
        return []
    book, notices = Book(tx, shop.today()), list[str]()
    template = tx.value("SELECT template_id FROM work_order WHERE id = ?", (order.id,))
    for plan in plans:
        row = _settled_by(book, plan.id, order, shop.today())
        if row is None:
            continue
        same = plan.title.casefold() == order.title.casefold() or (
            template is not None and template == plan.values["template_id"]
        )
        if same:
            _keep_settled(tx, plan.id, order.asset_id, row, order, shop.today())
            notices.append(f"It counts as {plan.name}, which would be due {row.due_on}.")
        else:
            notices.append(
                f"{plan.name} is due {row.due_on} there. If this was it: wotui plan count {order.number} “{plan.name}”."
            )
    return notices


def _settled_by(book: Book, plan_id: str, order: Order, day: date, *, anyway: bool = False) -> Row | None:
    plan = book.plans.get(plan_id)
    rule = book.rule(plan) if plan is not None else None
    if (
        plan is None
        or rule is None
        or (order.asset_id or "") not in {one.asset_id for one in book.targets[plan_id]}
    ):
        return None
    entries = book.entries(plan, "" if plan.route else order.asset_id or "")
    if any(entry.state == "open" for entry in entries):
        return None
    if anyway:
        from dataclasses import replace

        rule = replace(rule, window_before=36_525)
    return settled_early(rule, entries, day)


def _keep_settled(tx: Transaction, plan_id: str, asset_id: str, row: Row, order: Order, day: date) -> None:
    tx.put(
        "occurrence",
        occurrence_id(plan_id, asset_id, row),
        plan_id=plan_id,
        asset_id=asset_id or None,
        nominal_on=row.nominal_on.isoformat(),
        due_on=row.due_on.isoformat(),
        state="done",
        count=1,
        reason=row.reason or None,
        work_order_id=order.id,
        done_on=day.isoformat(),
    )


def _again(shop: Shop, tx: Transaction, one: Occurrence) -> str:
    """Another order in place of a cancelled one: the same date, a cause of its own."""
    book = Book(tx, shop.today(), [one.plan_id])
    plan = book.plans.get(one.plan_id)
    rule = book.rule(plan) if plan is not None else None
    groups = [
        group
        for group in (book.groups(plan) if plan is not None else [])
        if one.asset_id in {"", group[0].asset_id}
    ]
    if plan is None or rule is None or not groups:
        tx.update("occurrence", one.id, state="skipped", reason="cancelled; its plan has ended")
        return f"{one.plan} has ended; no other order was made."
    base, _, times = one.cause.partition("#")
    cause = f"{base}#{int(times or 1) + 1}"
    nominal, due = date.fromisoformat(one.nominal_on), date.fromisoformat(one.due_on)
    row = Row(nominal, nominal, due, "open", cause=cause, threshold=one.threshold)
    identity = order_id(plan.id, one.asset_id, cause)
    make_order(tx, Decision(plan, rule, groups[0], (row,)), row, identity, shop.zone.key)
    tx.update("occurrence", one.id, cause=cause, work_order_id=identity, state="open")
    return f"Made {work_orders.find(tx, identity).number} in its place."


def _next(tx: Transaction, today: date, settled: list[Occurrence], made: list[str]) -> list[str]:
    """When the plans of these rows are due next."""
    book, notices = Book(tx, today, [one.plan_id for one in settled]), list[str]()
    for identity in made:
        order = work_orders.find(tx, identity)
        notices.append(f"{order.number} {order.title} came due by plan, due {order.due_on}.")
    for one in settled:
        plan = book.plans.get(one.plan_id)
        if plan is None or made or one.state == "merged":
            continue
        following = book.next_dates(plan, one.asset_id, 1)
        if following:
            notices.append(f"{plan.name} is due next on {following[0].due_on}.")
    return list(dict.fromkeys(notices))


def _reading(tx: Transaction, one: Occurrence) -> int | None:
    """The meter's reading at the completion, for plans that count from it."""
    book_plan = next(iter(reads.plans(tx, ids=[one.plan_id])), None)
    if book_plan is None or "meter" not in (book_plan.values["basis"] or ""):
        return None
    meter = (
        Book(tx, date.min, [one.plan_id]).meter(book_plan, one.asset_id) if not book_plan.retired else None
    )
    return meter.last if meter else None


def _civil(instant: str | None, zone: ZoneInfo) -> str | None:
    try:
        return clock.parse_instant(instant).astimezone(zone).date().isoformat() if instant else None
    except ValueError:
        return None


def _zone(tx: Transaction) -> ZoneInfo:
    from wotui.store.reads.work_calendar import calendar

    return calendar(tx).zone
