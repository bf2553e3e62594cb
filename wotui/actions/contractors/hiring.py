"""Asking contractors, writing down what they quote, and hiring one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from wotui.domain.contractors import documents as papers
from wotui.domain.contractors import jobs as rules
from wotui.domain.contractors import terms as pricing
from wotui.domain.record_kinds import KINDS
from wotui.errors import Refused
from wotui.store.reads import contractor_jobs, contractors, records, work_orders
from wotui.text import clean_line

if TYPE_CHECKING:
    from datetime import date

    from wotui.domain.contractors.documents import Check
    from wotui.domain.contractors.ranking import Candidate, Need
    from wotui.domain.contractors.terms import Terms
    from wotui.store.file import Shop
    from wotui.store.reads.contractor_jobs import JobRow
    from wotui.store.reads.work_orders import Order
    from wotui.store.transaction import Done, Transaction

REASON_LIMIT = 400
_OVER = frozenset({"done", "closed", "cancelled"})
_UNDECIDED = frozenset({"considering", "asked", "quoted"})


def hire(
    shop: Shop,
    order: str,
    contractor: str,
    terms: Terms,
    *,
    on: date | None = None,
    override: str = "",
    po_number: str = "",
) -> Done:
    """Hire a contractor for an order; a job that was only asked or quoted so far becomes the hiring.

    Args:
        shop: the open shop.
        order: its number or id.
        contractor: the name or id.
        terms: price and place; for work off site also the days the item leaves and is due back.
        on: the day it will be done, which becomes the order's planned day; without it the planned day stays.
        override: why somebody without the required documents is hired all the same.
        po_number: our purchase order, where there is one.

    Raises:
        UsageProblem: the terms are no terms.
        NotFound: no such order or contractor.
        Refused: the order is over; the contractor is blocked, hired already, does not work that way, lacks documents.
    """
    with shop.transaction() as tx:
        wanted, candidate, jobs = _at_hand(shop, tx, order, contractor)
        need = contractors.need(shop, wanted.id, on=on)
        checks = _papers(need, candidate)
        reason = clean_line(override, REASON_LIMIT)
        rules.refuse_hire(_wish(wanted, candidate, terms, checks, need.on, reason, jobs))
        lacking = [check.words for check in checks if not check.good]
        if lacking:
            shop.require("hire somebody without valid documents", "supervisor")
        if on is not None:
            tx.update("work_order", wanted.id, planned_on=on.isoformat())
        planned_on = need.on.isoformat() if on or wanted.planned_on else None
        values = {
            **_accepted(terms, planned_on, po_number),
            "override_reason": reason if lacking else None,
        }
        _write(tx, wanted, candidate, _talked_about(jobs), values)
        said = f"Hired {candidate.name} for {wanted.number}: {_said(terms)}."
        return tx.done(said, wanted.id, notices=_notices(candidate, checks, lacking))


def _accepted(terms: Terms, planned_on: str | None, po_number: str) -> dict[str, Any]:
    """The columns of a job that was agreed on."""
    return {
        **_stored(terms),
        "state": "accepted",
        "state_reason": None,
        "planned_on": planned_on,
        "po_number": clean_line(po_number, 40) or None,
    }


def ask(shop: Shop, order: str, contractor: str) -> Done:
    """Note that a contractor was asked for a price.

    Raises:
        NotFound: no such order or contractor.
        Refused: the order is over, the contractor is blocked, or asked or hired already.
    """
    with shop.transaction() as tx:
        wanted, candidate, jobs = _at_hand(shop, tx, order, contractor)
        _refuse_blocked(candidate)
        running = next((job for job in jobs if job.state in rules.CHAIN[1:-1]), None)
        if running is not None:
            state = rules.WORDS[running.state]
            raise Refused(f"{running.job.label} is {state} already.", "Note their quote, or hire them.")
        values = {"state": "asked", "state_reason": None, "mode": _usual_mode(candidate)}
        _write(tx, wanted, candidate, next((job for job in jobs if job.state == "considering"), None), values)
        return tx.done(f"Asked {candidate.name} about {wanted.number}.", wanted.id)


def quote(shop: Shop, order: str, contractor: str, terms: Terms, *, valid_until: date | None = None) -> Done:
    """Write down what a contractor quotes; a second quote replaces the first.

    Raises:
        UsageProblem: the terms are no terms.
        NotFound: no such order or contractor.
        Refused: the order is over, the contractor is blocked or hired already.
    """
    with shop.transaction() as tx:
        wanted, candidate, jobs = _at_hand(shop, tx, order, contractor)
        pricing.refuse_bad_terms(terms)
        _refuse_blocked(candidate)
        _refuse_hired(candidate, wanted, jobs)
        values = {
            **_stored(terms),
            "state": "quoted",
            "state_reason": None,
            "quoted_on": shop.today().isoformat(),
            "quote_valid_until": valid_until.isoformat() if valid_until else None,
        }
        _write(tx, wanted, candidate, _talked_about(jobs), values)
        until = f", good until {valid_until}" if valid_until else ""
        return tx.done(f"{candidate.name} quotes {_said(terms)} for {wanted.number}{until}.", wanted.id)


def _at_hand(
    shop: Shop, tx: Transaction, order: str, contractor: str
) -> tuple[Order, Candidate, list[JobRow]]:
    """The order, the contractor, and what there is between the two already."""
    currency = shop.setting("shop.currency")
    wanted = work_orders.find(tx, order)
    if wanted.status in _OVER:
        raise Refused(
            f"{wanted.number} is {wanted.status}.", f"Reopen it first (wotui reopen {wanted.number})."
        )
    firm = records.find(tx, KINDS["contractor"], contractor)
    candidate = contractors.candidates(tx, currency, ids=[firm])[0]
    return wanted, candidate, contractor_jobs.jobs(tx, currency, order_id=wanted.id, contractor_id=firm)


def _papers(need: Need, candidate: Candidate) -> tuple[Check, ...]:
    """What there is of the documents that the order's trades ask for, on the day of the work."""
    trades = need.trades or candidate.trades
    return papers.checks(need.required_documents, candidate.documents, trades, need.on)


def _talked_about(jobs: list[JobRow]) -> JobRow | None:
    """The job that was asked for or quoted and not decided yet."""
    return next((job for job in jobs if job.state in _UNDECIDED), None)


def _wish(
    order: Order,
    candidate: Candidate,
    terms: Terms,
    checks: tuple[Check, ...],
    on: date,
    override: str,
    jobs: list[JobRow],
) -> rules.Hire:
    return rules.Hire(
        contractor=candidate.name,
        order=order.number,
        service_mode=candidate.service_mode,
        terms=terms,
        checks=checks,
        on=on,
        blocked=candidate.blocked,
        blocked_reason=candidate.blocked_reason,
        override=override,
        already_hired=any(job.state in rules.BINDING for job in jobs),
    )


def _refuse_blocked(candidate: Candidate) -> None:
    if candidate.blocked:
        why = f" ({candidate.blocked_reason})" if candidate.blocked_reason else ""
        raise Refused(f"{candidate.name} is blocked{why}.", "Choose somebody else, or unblock them first.")


def _refuse_hired(candidate: Candidate, order: Order, jobs: list[JobRow]) -> None:
    if any(job.state in rules.BINDING for job in jobs):
        raise Refused(
            f"{candidate.name} is already hired for {order.number}.", "Finish or withdraw that job first."
        )


def _write(
    tx: Transaction, order: Order, candidate: Candidate, earlier: JobRow | None, values: dict[str, Any]
) -> None:
    """Go on with the job that was only talked about, or make one."""
    if earlier is not None:
        tx.update("contractor_job", earlier.id, **values)
    else:
        tx.insert("contractor_job", work_order_id=order.id, contractor_id=candidate.id, **values)


def _stored(terms: Terms) -> dict[str, Any]:
    """Terms as columns; what does not belong to the kind of price is left empty."""
    kept = replace(
        terms,
        agreed_price=terms.agreed_price if terms.price_kind == "fixed" else None,
        rate=terms.rate if terms.price_kind in {"hourly", "not_to_exceed"} else None,
        nte_limit=terms.nte_limit if terms.price_kind in {"hourly", "not_to_exceed"} else None,
    )
    away = kept.mode == "offsite"
    return {
        "mode": kept.mode,
        "price_kind": kept.price_kind,
        "agreed_price": kept.agreed_price,
        "rate": kept.rate,
        "nte_limit": kept.nte_limit,
        "sent_out_on": kept.sent_out_on.isoformat() if away and kept.sent_out_on else None,
        "due_back_on": kept.due_back_on.isoformat() if away and kept.due_back_on else None,
    }


def _said(terms: Terms) -> str:
    """Price, and for work off site the two days."""
    said = [terms.words]
    if terms.mode == "offsite":
        said.append("off site")
        if terms.sent_out_on:
            said.append(f"leaves {terms.sent_out_on}")
        if terms.due_back_on:
            said.append(f"due back {terms.due_back_on}")
    return ", ".join(said)


def _usual_mode(candidate: Candidate) -> str:
    return "offsite" if candidate.service_mode == "offsite" else "onsite"


def _notices(candidate: Candidate, checks: tuple[Check, ...], lacking: list[str]) -> list[str]:
    """What a person should see although the hiring went through."""
    notices = (
        [f"Hired without valid documents: {candidate.name} has {'; '.join(lacking)}."] if lacking else []
    )
    soon = [check.words for check in checks if check.state == "expiring"]
    return [*notices, *([f"{candidate.name}: {'; '.join(soon)}."] if soon else [])]
