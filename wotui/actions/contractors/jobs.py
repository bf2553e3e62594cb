"""The steps of a hiring after it is agreed: sent out, back, finished, invoiced, paid, rated; or a side exit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from wotui.domain import money
from wotui.domain.contractors import jobs as rules
from wotui.domain.contractors import scores
from wotui.errors import Refused, UsageProblem
from wotui.store.reads import contractor_jobs
from wotui.text import clean_line

if TYPE_CHECKING:
    from datetime import date

    from wotui.store.file import Shop
    from wotui.store.reading import Reads
    from wotui.store.reads.contractor_jobs import JobRow
    from wotui.store.transaction import Done

REASON_LIMIT = 400
_SAID = {
    "considering": "{label} is being considered again.",
    "asked": "{label} was asked.",
    "in_work": "{label} is in work.",
    "finished": "{label} is finished.",
    "paid": "{label} is paid.",
    "declined": "{label} was declined: {reason}.",
    "rejected": "{label} was rejected: {reason}.",
    "expired": "The quote of {label} has expired.",
    "withdrawn": "{label} was withdrawn: {reason}.",
}


def move(shop: Shop, job_id: str, target: str, *, reason: str = "") -> Done:
    """Bring a job to another state that needs no more than a word: in work, finished, paid, or a side exit.

    Raises:
        NotFound: no such job.
        UsageProblem: a state that does not exist or that has an action of its own.
        Refused: there is no way from here, or something is missing.
    """
    if target not in _SAID:
        known = ", ".join(sorted(_SAID))
        raise UsageProblem(
            f"A contractor's job cannot be brought to “{target}” like this.", f"It can be: {known}."
        )
    with shop.transaction() as tx:
        row = _job(shop, tx, job_id)
        why = clean_line(reason, REASON_LIMIT)
        steps = rules.refuse_move(
            row.job, target, today=shop.today(), reason=why, by_supervisor=_is_supervisor(shop)
        )
        values: dict[str, Any] = {"state": target, "state_reason": why or None}
        if "finished" in steps:
            values["finished_on"] = (row.finished_on or shop.today()).isoformat()
        if target == "in_work":
            values["finished_on"] = None
        tx.update("contractor_job", row.id, **values)
        said = _SAID[target].format(label=row.job.label, reason=why.rstrip("."))
        return tx.done(said[0].upper() + said[1:], row.work_order_id)


def finish(shop: Shop, job_id: str, *, on: date | None = None) -> Done:
    """Say that the contractor's work is finished, today or on an earlier day.

    Raises:
        NotFound: no such job.
        Refused: not hired, or an item that was sent away is not back; or a day that is still to come.
    """
    with shop.transaction() as tx:
        row = _job(shop, tx, job_id)
        today = shop.today()
        if on is not None and on > today:
            raise UsageProblem(f"{on} is still to come.", "Give the day on which it was finished.")
        rules.refuse_move(row.job, "finished", today=today)
        tx.update(
            "contractor_job",
            row.id,
            state="finished",
            state_reason=None,
            finished_on=(on or today).isoformat(),
        )
        return tx.done(f"{row.job.label} is finished.", row.work_order_id)


def change_days(
    shop: Shop,
    job_id: str,
    *,
    planned_on: date | None = None,
    ship_out: date | None = None,
    due_back: date | None = None,
) -> Done:
    """Agree on other days with a hired contractor; what is not given stays.

    Args:
        shop: the open shop.
        job_id: the job.
        planned_on: the day of the work; the order's own planned day stays.
        ship_out: the day the item is to leave; only while it is still here.
        due_back: the day it is to be back.

    Raises:
        NotFound: no such job.
        UsageProblem: nothing given, or due back before it leaves.
        Refused: not hired, over already, an item for work on site, or one that has left.
    """
    given = {"planned_on": planned_on, "sent_out_on": ship_out, "due_back_on": due_back}
    days = {name: day.isoformat() for name, day in given.items() if day is not None}
    if not days:
        raise UsageProblem(
            "No day is given.", "Say when the work is, when the item leaves, or when it is due back."
        )
    with shop.transaction() as tx:
        row = _job(shop, tx, job_id)
        if row.state not in rules.BINDING:
            raise Refused(
                f"{row.job.label} is {rules.WORDS.get(row.state, row.state)}.", "Its days cannot change."
            )
        if ship_out or due_back:
            rules.refuse_dates(row.job, today=shop.today(), dates=())
        if ship_out and row.state == "in_work":
            raise Refused(
                f"The item for {row.job.label} left on {row.terms.sent_out_on}.", "Only due back can change."
            )
        _refuse_backwards(ship_out or row.terms.sent_out_on, due_back or row.terms.due_back_on)
        tx.update("contractor_job", row.id, **days)
        words = {"planned_on": "planned for", "sent_out_on": "leaves", "due_back_on": "due back"}
        said = ", ".join(f"{words[name]} {day}" for name, day in days.items())
        return tx.done(f"{row.job.label}: {said}.", row.work_order_id)


def sent_out(shop: Shop, job_id: str, *, on: date | None = None, due_back: date | None = None) -> Done:
    """Say that the item has left; the job is in work from then on.

    Args:
        shop: the open shop.
        job_id: the job.
        on: the day it left; today without it.
        due_back: the day it is due back; without it the day that was agreed stays.

    Raises:
        NotFound: no such job.
        Refused: a job on site, one that is not hired, or a day that is still to come.
    """
    with shop.transaction() as tx:
        row = _job(shop, tx, job_id)
        day, today = on or shop.today(), shop.today()
        after = replace(row.job, sent_out_on=day, came_back_on=None)
        rules.refuse_dates(after, today=today, dates=[("left", day)])
        due = due_back or row.terms.due_back_on
        _refuse_backwards(day, due)
        if row.state != "in_work":
            rules.refuse_move(after, "in_work", today=today)
        tx.update(
            "contractor_job",
            row.id,
            state="in_work",
            state_reason=None,
            sent_out_on=day.isoformat(),
            due_back_on=due.isoformat() if due else None,
            came_back_on=None,
        )
        until = f", due back {due}" if due else ""
        return tx.done(f"The item for {row.job.label} left on {day}{until}.", row.work_order_id)


def came_back(shop: Shop, job_id: str, *, on: date | None = None) -> Done:
    """Say that the item is back; the job stays in work until somebody has looked at it and finishes it.

    Raises:
        NotFound: no such job.
        Refused: a job on site, an item that never left, or a day that cannot be.
    """
    with shop.transaction() as tx:
        row = _job(shop, tx, job_id)
        day, today = on or shop.today(), shop.today()
        after = replace(row.job, came_back_on=day)
        rules.refuse_dates(after, today=today, dates=[("come back", day)])
        if row.state != "in_work":
            rules.refuse_move(after, "in_work", today=today)
        tx.update("contractor_job", row.id, state="in_work", state_reason=None, came_back_on=day.isoformat())
        return tx.done(f"The item for {row.job.label} came back on {day}.", row.work_order_id)


def invoice(shop: Shop, job_id: str, amount: int, *, reference: str = "") -> Done:
    """Note the contractor's invoice; a second one corrects the first.

    Args:
        shop: the open shop.
        job_id: the job.
        amount: in minor units of the shop's currency.
        reference: the number on their paper.

    Raises:
        NotFound: no such job.
        UsageProblem: less than nothing.
        Refused: the job is not as far, or is paid.
    """
    if amount < 0:
        raise UsageProblem("An invoice cannot be less than nothing.", "Give the amount of their invoice.")
    with shop.transaction() as tx:
        row = _job(shop, tx, job_id)
        after = replace(row.job, invoiced_amount=amount)
        rules.refuse_move(after, "invoiced", today=shop.today())
        tx.update(
            "contractor_job",
            row.id,
            state="invoiced",
            state_reason=None,
            finished_on=(row.finished_on or shop.today()).isoformat(),
            invoiced_amount=amount,
            invoice_ref=clean_line(reference, 60) or None,
        )
        currency = row.terms.currency
        notices: list[str] = []
        if after.over_limit and row.terms.limit is not None:
            notices.append(
                f"{money.shown(after.over_limit, currency)} over the agreed "
                f"{money.shown(row.terms.limit, currency)}: a supervisor has to say that it is paid."
            )
        said = f"{row.job.label} is invoiced: {money.shown(amount, currency)}."
        return tx.done(said, row.work_order_id, notices=notices)


def rate(
    shop: Shop,
    job_id: str,
    *,
    quality: int | None = None,
    time: int | None = None,
    price: int | None = None,
    note: str | None = None,
) -> Done:
    """Rate a finished job, 1 (poor) to 5 (good); what is not given stays as it is.

    Raises:
        NotFound: no such job.
        UsageProblem: nothing given, or off the scale.
        Refused: the job is not finished.
    """
    given = {"quality": quality, "time": time, "price": price}
    marks = {aspect: value for aspect, value in given.items() if value is not None}
    if not marks and note is None:
        raise UsageProblem("Nothing is rated.", "Give quality, time or price, 1 (poor) to 5 (good).")
    for aspect, value in marks.items():
        scores.refuse_bad_rating(aspect, value)
    with shop.transaction() as tx:
        row = _job(shop, tx, job_id)
        rules.refuse_rating(row.job)
        values: dict[str, Any] = {f"rating_{aspect}": value for aspect, value in marks.items()}
        if note is not None:
            values["rating_note"] = clean_line(note, REASON_LIMIT) or None
        tx.update("contractor_job", row.id, **values)
        said = ", ".join(f"{aspect} {value}" for aspect, value in marks.items()) or "a note"
        return tx.done(f"Rated {row.job.label}: {said}.", row.work_order_id)


def _refuse_backwards(leaves: date | None, back: date | None) -> None:
    if leaves and back and back < leaves:
        raise UsageProblem(
            f"The item would be due back on {back}, before it leaves on {leaves}.", "Give a later day."
        )


def _job(shop: Shop, tx: Reads, job_id: str) -> JobRow:
    return contractor_jobs.job(tx, shop.setting("shop.currency"), job_id)


def _is_supervisor(shop: Shop) -> bool:
    """Whether a supervisor acts; while nobody is named, every role is open (as `Shop.require`)."""
    return shop.acting is None or "supervisor" in shop.acting.roles
