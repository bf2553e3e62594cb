"""The life of one hiring: considering → asked → quoted → accepted → in_work → finished → invoiced → paid.

Side exits are declined (they say no), rejected (we say no), expired (the quote ran out) and withdrawn. Every guard
here raises the sentence that a person reads; nothing is changed by asking.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wotui.domain import money
from wotui.domain.contractors.terms import has_price, refuse_bad_terms
from wotui.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from wotui.domain.contractors.documents import Check
    from wotui.domain.contractors.terms import Terms

CHAIN = ("considering", "asked", "quoted", "accepted", "in_work", "finished", "invoiced", "paid")
EXITS = ("declined", "rejected", "expired", "withdrawn")

HIRED = frozenset(CHAIN[3:])
"""Accepted or further: the contractor is bound to the order (guard G2 of its lifecycle)."""

BINDING = frozenset({"accepted", "in_work"})
"""Still to be done; what counts as an open job, and what keeps the same firm from being hired twice."""

DONE = frozenset({"finished", "invoiced", "paid"})

WORDS = {
    **{state: state for state in (*CHAIN, *EXITS)},
    "in_work": "in work",
    "accepted": "hired",
}

_NEXT: dict[str, frozenset[str]] = {
    "considering": frozenset({"asked", "quoted", "accepted", "withdrawn"}),
    "asked": frozenset({"quoted", "accepted", "declined", "expired", "withdrawn"}),
    "quoted": frozenset({"quoted", "accepted", "declined", "rejected", "expired", "withdrawn"}),
    "accepted": frozenset({"in_work", "withdrawn"}),
    "in_work": frozenset({"finished", "withdrawn"}),
    "finished": frozenset({"in_work", "invoiced"}),
    "invoiced": frozenset({"invoiced", "paid"}),
    "paid": frozenset[str](),
    **{state: frozenset({"considering"}) for state in EXITS},
}
_NEEDS_REASON = frozenset({"declined", "rejected", "withdrawn"})


@dataclass(frozen=True, slots=True)
class Job:
    """One hiring as the guards see it; `label` names it in sentences (`Ace Cooling on W-A0012`)."""

    label: str
    state: str
    terms: Terms
    sent_out_on: date | None = None
    came_back_on: date | None = None
    invoiced_amount: int | None = None
    quote_valid_until: date | None = None

    @property
    def over_limit(self) -> int:
        """By how much the invoice is over what was agreed, in minor units; 0 when it is not."""
        if self.invoiced_amount is None or self.terms.limit is None:
            return 0
        return max(0, self.invoiced_amount - self.terms.limit)

    @property
    def offsite(self) -> bool:
        """Whether the item is sent away."""
        return self.terms.mode == "offsite"


@dataclass(frozen=True, slots=True)
class Hire:
    """A wish to hire: who, on what terms, and what stands in the way."""

    contractor: str
    order: str
    service_mode: str
    terms: Terms
    checks: tuple[Check, ...] = ()
    on: date | None = None
    blocked: bool = False
    blocked_reason: str = ""
    override: str = ""
    already_hired: bool = False


def refuse_hire(hire: Hire) -> None:
    """Look at a hiring before it is written down.

    Raises:
        UsageProblem: the terms are no terms (see `terms.refuse_bad_terms`).
        Refused: blocked, hired already, not the way they work, or required documents not good and no override.
    """
    refuse_bad_terms(hire.terms)
    if hire.blocked:
        why = f" ({hire.blocked_reason})" if hire.blocked_reason else ""
        raise Refused(f"{hire.contractor} is blocked{why}.", "Choose somebody else, or unblock them first.")
    if hire.already_hired:
        raise Refused(
            f"{hire.contractor} is already hired for {hire.order}.",
            "Finish or withdraw that job first.",
        )
    if hire.service_mode not in {hire.terms.mode, "both"}:
        if hire.terms.mode == "offsite":
            raise Refused(
                f"{hire.contractor} only works on site.", "Hire them on site, or choose somebody else."
            )
        raise Refused(
            f"{hire.contractor} only works off site: the item is sent away.",
            "Hire them off site, or choose somebody else.",
        )
    lacking = [check for check in hire.checks if not check.good]
    if lacking and len(hire.override.strip()) < 3:
        papers = "; ".join(check.words for check in lacking)
        raise Refused(
            f"{hire.contractor} has {papers}" + (f", as of {hire.on}." if hire.on else "."),
            "Renew the document, choose somebody else, or hire with a written reason (override).",
        )


def next_states(state: str) -> frozenset[str]:
    """Where a job may go from here, guards aside."""
    return _NEXT.get(state, frozenset())


def path(state: str, target: str) -> tuple[str, ...]:
    """The steps from one state to a later one of a hired job: `accepted` to `finished` goes through `in_work`.

    A person who says that it is finished has said that it was begun; before `accepted` nothing is skipped, because a
    hiring needs its own decision.

    Returns:
        The states to pass, the target last; empty when there is no way.
    """
    if target in next_states(state):
        return (target,)
    if state in CHAIN and target in CHAIN:
        start, end = CHAIN.index(state), CHAIN.index(target)
        if 3 <= start < end:
            return CHAIN[start + 1 : end + 1]
    return ()


def refuse_move(
    job: Job, target: str, *, today: date, reason: str = "", by_supervisor: bool = True
) -> tuple[str, ...]:
    """Look at a step of a job before it is written down.

    Args:
        job: the job as it will be after the change (a returned item has its `came_back_on` already).
        target: the state it should reach.
        today: the shop's date.
        reason: why; needed for the side exits.
        by_supervisor: whether a supervisor says so; needed to pay more than was agreed.

    Returns:
        The states to pass, the target last.

    Raises:
        Refused: no way from here, or something is missing on the way.
    """
    steps = path(job.state, target)
    if not steps:
        raise Refused(f"{job.label} is {WORDS.get(job.state, job.state)}.", _way_out(job.state))
    if target in _NEEDS_REASON and len(reason.strip()) < 3:
        raise Refused(f"{job.label} cannot be {target} without a reason.", "Say why.")
    for step in steps:
        _refuse_step(job, step, today, by_supervisor=by_supervisor)
    return steps


def _refuse_step(job: Job, step: str, today: date, *, by_supervisor: bool) -> None:
    """The guard of one state."""
    if step == "accepted" and not has_price(job.terms):
        raise Refused(f"{job.label} has no price.", "Give a fixed price, a rate per hour or a limit.")
    if step == "expired" and job.quote_valid_until and today <= job.quote_valid_until:
        raise Refused(
            f"The quote of {job.label} is good until {job.quote_valid_until}.", "Reject it instead."
        )
    if step == "in_work" and job.offsite and (job.sent_out_on is None or job.sent_out_on > today):
        when = f" (planned for {job.sent_out_on})" if job.sent_out_on else ""
        raise Refused(
            f"The item for {job.label} has not been sent out yet{when}.", "Say when it left (sent out)."
        )
    if step == "finished" and job.offsite and job.came_back_on is None:
        raise Refused(f"The item for {job.label} is not back yet.", "Say when it came back (came back).")
    if step == "invoiced" and job.invoiced_amount is None:
        raise Refused(f"{job.label} has no invoice amount.", "Give the amount of their invoice.")
    if step == "paid" and job.over_limit and not by_supervisor:
        over = money.shown(job.over_limit, job.terms.currency)
        raise Refused(
            f"The invoice of {job.label} is {over} over the limit.",
            "A supervisor has to say that it is paid.",
        )


def refuse_rating(job: Job) -> None:
    """Ratings are for work that is done.

    Raises:
        Refused: the job is not finished.
    """
    if job.state not in DONE:
        raise Refused(f"{job.label} is {WORDS.get(job.state, job.state)}.", "Rate it when it is finished.")


def refuse_dates(job: Job, *, today: date, dates: Iterable[tuple[str, date | None]]) -> None:
    """The days of an item that is sent away: nothing left or came back in the future, nor back before it left.

    Raises:
        Refused: a job on site, or days that cannot be.
    """
    if not job.offsite:
        raise Refused(f"{job.label} is done on site.", "Nothing is sent out for it.")
    for name, day in dates:
        if day is not None and day > today:
            raise Refused(
                f"The item for {job.label} cannot have {name} on {day}, which is still to come.",
                "Give the real day.",
            )
    if job.sent_out_on and job.came_back_on and job.came_back_on < job.sent_out_on:
        raise Refused(
            f"The item for {job.label} cannot be back on {job.came_back_on}, before it left on {job.sent_out_on}.",
            "Give the real day.",
        )


def _way_out(state: str) -> str:
    """What can be done from a state, in words."""
    onward = sorted(next_states(state), key=(*CHAIN, *EXITS).index)
    if not onward:
        return "Nothing more happens to it."
    return f"From there it can be {', '.join(WORDS[name] for name in onward)}."
