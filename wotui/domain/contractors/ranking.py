"""Who fits an order, best first, with the reasons in words.

Contractors are compared by one criterion after the other, and the next only counts where the one before is equal: not
blocked, trade, area, on or off site, documents good on the planned day, preferred rank, score, open jobs, name. Where
the order leaves open whether the item may be sent away, being off site only counts after the documents. A list that
can be read back like this beats a weighted number that nobody can argue with.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from wotui.domain import money
from wotui.domain.contractors import documents
from wotui.domain.contractors.scores import Score, score
from wotui.domain.contractors.terms import SERVICE_MODES
from wotui.text import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from wotui.domain.contractors.documents import Check, Document
    from wotui.domain.contractors.scores import Rated

Verdict = Literal["fits", "override", "poor", "blocked"]
Weight = Literal["good", "plain", "warn", "bad"]
About = Literal["blocked", "trade", "area", "mode", "documents", "rank", "score", "load", "rates"]

_UNRATED = 300  # hundredths: somebody never rated stands between a good and a bad score, not below everybody
_NO_RANK = 10**6


@dataclass(frozen=True, slots=True)
class Rates:
    """What a contractor asks, in minor units: per hour, per hour out of hours, for coming, per hour of travel."""

    currency: str
    hour: int | None = None
    hour_after: int | None = None
    callout: int | None = None
    travel: int | None = None
    minimum_minutes: int | None = None

    @property
    def words(self) -> str:
        """`85.00 USD/h, after hours 120.00 USD/h, call-out 60.00 USD`; empty where nothing is known."""
        parts = [
            (self.hour, "", "/h"),
            (self.hour_after, "after hours ", "/h"),
            (self.callout, "call-out ", ""),
            (self.travel, "travel ", "/h"),
        ]
        said = [
            f"{name}{money.shown(rate, self.currency)}{per}" for rate, name, per in parts if rate is not None
        ]
        if self.minimum_minutes:
            said.append(f"at least {self.minimum_minutes} min")
        return ", ".join(said)


@dataclass(frozen=True, slots=True)
class Place:
    """A place by its id, and what people call it; `code` is what lists and files name it by."""

    id: str
    name: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """All that counts of a contractor when somebody is looked for. A rank of 1 is preferred most."""

    id: str
    name: str
    service_mode: str = "onsite"
    trades: tuple[str, ...] = ()
    areas: tuple[Place, ...] = ()
    documents: tuple[Document, ...] = ()
    ratings: tuple[Rated, ...] = ()
    rates: Rates = field(default_factory=lambda: Rates(""))
    preferred_rank: int | None = None
    open_jobs: int = 0
    blocked: bool = False
    blocked_reason: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """What an order asks of a contractor.

    Attributes:
        on: the day the work is planned for; documents are looked at as of that day.
        today: the day the score is taken.
        trades: what the order requires; empty when it says nothing.
        places: the order's place first, then its ancestors; empty when it names none.
        mode: `onsite`, `offsite`, or empty when it is open.
        movable: whether there is an item that could be sent away at all.
        required_documents: the shop's setting (see `documents`).
    """

    on: date
    today: date
    trades: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    mode: str = ""
    movable: bool = True
    required_documents: str = documents.DEFAULT


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence fragment for or against, and how much it weighs."""

    about: About
    weight: Weight
    words: str


@dataclass(frozen=True, slots=True)
class Fit:
    """How one contractor fits: the verdict, the reasons in the order they count, and what they rest on."""

    candidate: Candidate
    verdict: Verdict
    reasons: tuple[Reason, ...]
    checks: tuple[Check, ...]
    score: Score | None
    place_in_order: tuple[int | str, ...]

    @property
    def words(self) -> str:
        """All reasons in one line."""
        return "; ".join(reason.words for reason in self.reasons)


def rank(candidates: Iterable[Candidate], need: Need) -> list[Fit]:
    """All contractors, best first; nobody is left out, so that a person can see why somebody is last."""
    return sorted((fit(candidate, need) for candidate in candidates), key=lambda found: found.place_in_order)


def fit(candidate: Candidate, need: Need) -> Fit:
    """How one contractor fits an order, with the reasons."""
    found = documents.checks(
        need.required_documents, candidate.documents, need.trades or candidate.trades, need.on
    )
    mean = score(candidate.ratings, need.today)
    graded = [
        _blocked(candidate),
        _trade(candidate, need),
        _area(candidate, need),
        _mode(candidate, need),
        _documents(found, need.on),
    ]
    grades = [grade for grade, _ in graded]
    reasons = [reason for _, reason in graded if reason is not None]
    reasons += _soft_reasons(candidate, mean)
    blocked, trade, area, mode, papers = grades
    order = (
        *(blocked, trade, area, mode // 2, papers, mode),
        _NO_RANK if candidate.preferred_rank is None else candidate.preferred_rank,
        -(mean.hundredths if mean else _UNRATED),
        candidate.open_jobs,
        candidate.name.casefold(),
        candidate.id,
    )
    return Fit(candidate, _verdict(grades), tuple(reasons), found, mean, order)


def _verdict(grades: list[int]) -> Verdict:
    blocked, trade, area, mode, papers = grades
    if blocked:
        return "blocked"
    if trade == 2 or area == 2 or mode == 2:
        return "poor"
    return "override" if papers else "fits"


def _blocked(candidate: Candidate) -> tuple[int, Reason | None]:
    if not candidate.blocked:
        return 0, None
    why = f": {candidate.blocked_reason.rstrip('.')}" if candidate.blocked_reason else ""
    return 1, Reason("blocked", "bad", f"blocked{why}")


def _trade(candidate: Candidate, need: Need) -> tuple[int, Reason]:
    has = {trade.casefold() for trade in candidate.trades}
    if not need.trades:
        return 0, Reason("trade", "plain", listed(candidate.trades) or "no trade given")
    met = [trade for trade in need.trades if trade.casefold() in has]
    lacking = [trade for trade in need.trades if trade.casefold() not in has]
    if not lacking:
        return 0, Reason("trade", "good", f"does {listed(met)}")
    if met:
        return 1, Reason("trade", "warn", f"does {listed(met)}, not {listed(lacking, 'or')}")
    does = f" (does {listed(candidate.trades)})" if candidate.trades else ""
    return 2, Reason("trade", "bad", f"not {listed(lacking, 'or')}{does}")


def _area(candidate: Candidate, need: Need) -> tuple[int, Reason | None]:
    if not need.places:
        return 0, None
    if not candidate.areas:
        return 0, Reason("area", "plain", "no area limits")
    covered = {area.id: area.name for area in candidate.areas}
    for place in need.places:
        if place.id in covered:
            return 0, Reason("area", "good", f"covers {covered[place.id]}")
    return 2, Reason(
        "area", "bad", f"not in {need.places[0].name} (covers {listed(tuple(covered.values()))})"
    )


def _mode(candidate: Candidate, need: Need) -> tuple[int, Reason]:
    says = SERVICE_MODES.get(candidate.service_mode, candidate.service_mode)
    if candidate.service_mode == "offsite" and not need.movable:
        return 2, Reason("mode", "bad", "off site only, and there is no asset to send")
    if not need.mode:
        if candidate.service_mode == "offsite":
            return 1, Reason("mode", "warn", "off site only: the item is sent away")
        return 0, Reason("mode", "plain", says)
    if candidate.service_mode in {need.mode, "both"}:
        return 0, Reason("mode", "good", says)
    return 2, Reason("mode", "bad", f"{says} only")


def _documents(found: tuple[Check, ...], on: date) -> tuple[int, Reason]:
    if not found:
        return 0, Reason("documents", "plain", "no documents asked for")
    lacking = [check for check in found if not check.good]
    if lacking:
        return 1, Reason("documents", "bad", "; ".join(check.words for check in lacking))
    soon = [check for check in found if check.state == "expiring"]
    if soon:
        return 0, Reason("documents", "warn", "; ".join(check.words for check in soon))
    return 0, Reason("documents", "good", f"documents valid on {on}")


def _soft_reasons(candidate: Candidate, mean: Score | None) -> list[Reason]:
    reasons: list[Reason] = []
    if candidate.preferred_rank is not None:
        reasons.append(Reason("rank", "good", f"preferred, rank {candidate.preferred_rank}"))
    if mean is None:
        reasons.append(Reason("score", "plain", "not rated in 24 months"))
    else:
        weight: Weight = "good" if mean.hundredths >= 350 else "plain" if mean.hundredths >= 250 else "warn"
        reasons.append(Reason("score", weight, f"rated {mean.words}"))
    if candidate.open_jobs:
        reasons.append(Reason("load", "plain", counted(candidate.open_jobs, "open job")))
    if said := candidate.rates.words:
        reasons.append(Reason("rates", "plain", said))
    return reasons
