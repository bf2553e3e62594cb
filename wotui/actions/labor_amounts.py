"""Hours without clock times: leave, and "45 minutes on that order"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.actions.labor import whose
from wotui.domain import labor, labor_rules
from wotui.domain.labor import hours_minutes
from wotui.domain.payroll.pieces import pieces
from wotui.domain.payroll.rules import RuleSet
from wotui.errors import Refused
from wotui.store.reads import labor as reads
from wotui.store.reads import work_orders as orders
from wotui.text import clean

if TYPE_CHECKING:
    from datetime import date

    from wotui.store.file import Shop
    from wotui.store.transaction import Done, Transaction


def add_minutes(
    shop: Shop,
    day: date,
    minutes: int,
    *,
    person: str = "",
    order: str = "",
    time_type: str = "WORK",
    note: str = "",
) -> Done:
    """Record minutes of a workday.

    Raises:
        NotFound: no such person or order.
        Refused: no minutes, a day to come, or more than the day has.
    """
    person_id = whose(shop, person)
    with shop.transaction() as tx:
        order_id = orders.find(tx, order).id if order else ""
        identity = add_amount(
            tx, shop, person_id, day, minutes, order_id=order_id, time_type=time_type, note=note
        )
        name = tx.value("SELECT name FROM person WHERE id = ?", (person_id,))
        words = labor.time_type(time_type).words
        return tx.done(f"Recorded {hours_minutes(minutes)} {words} for {name} on {day}.", identity)


def add_amount(
    tx: Transaction,
    shop: Shop,
    person_id: str,
    day: date,
    minutes: int,
    *,
    order_id: str = "",
    time_type: str = "WORK",
    note: str = "",
) -> str:
    """Record minutes of a workday, a step of a larger action; gives the entry's id.

    Raises:
        Refused: no minutes, worked on a day to come, or more than the day has.
        UsageProblem: no such time type.
    """
    kind = labor.time_type(time_type)
    labor_rules.check_amount(minutes)
    if kind.worked and day > shop.today():
        raise Refused(
            f"{day} has not come yet.", "Record work after it was done; leave may be entered ahead."
        )
    days = reads.calendar(shop)
    begin = days.day_begins(day)
    length = days.day_length(day)
    clocked = pieces(
        [one.span for one in reads.between(tx, days, begin, begin + length, person_id)], [], days, RuleSet("")
    )
    total = sum(piece.minutes for piece in clocked if piece.day == day)
    total += sum(one.minutes for one in reads.amounts(tx, day, day, person_id))
    labor_rules.check_day_total(day, total + minutes, length)
    return tx.insert(
        "time_amount",
        person_id=person_id,
        work_order_id=order_id or None,
        work_on=day.isoformat(),
        minutes=minutes,
        time_type=kind.code,
        note=clean(note),
        state=labor.DRAFT,
    )
