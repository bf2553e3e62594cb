"""Insurance, licences and the like: which a shop asks for, and what state they are in on a given day.

A document has no state of its own; it has one *as of a date*, and the date that counts for a hiring is the day the
work is planned for, not the day somebody looks. What is asked for is one setting of the shop, written
`*=liability_insurance; electrical=trade_licence,workers_comp`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from wotui.errors import UsageProblem
from wotui.text import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

State = Literal["missing", "valid", "expiring", "expired"]

SETTING = "contractors.required_documents"
"""The shop setting that says which kinds are required, for every trade (`*`, or `any`) and for single ones."""

DEFAULT = "*=liability_insurance"
"""What a new shop asks for."""

KINDS = {
    "liability_insurance": "liability insurance",
    "workers_comp": "workers' compensation",
    "trade_licence": "trade licence",
    "tax_form": "tax form",
    "contract": "contract",
    "other": "other document",
}
"""The kinds of document there are, and what people call them."""

EXPIRING = timedelta(days=30)
"""A document that runs out within this time of the date asked about is *expiring*: still good, but say so."""

_EVERY_TRADE = frozenset({"*", "any"})
_BEST_FIRST: tuple[State, ...] = ("valid", "expiring", "expired", "missing")


@dataclass(frozen=True, slots=True)
class Document:
    """What counts of a document: its kind, its first and last good day (none: no limit), the trade it is for."""

    kind: str
    valid_from: date | None = None
    valid_until: date | None = None
    trade: str = ""


@dataclass(frozen=True, slots=True)
class Required:
    """One kind of document that is asked for, for one trade or for any."""

    kind: str
    trade: str = ""

    @property
    def words(self) -> str:
        """`liability insurance`, `trade licence (electrical)`."""
        name = KINDS.get(self.kind, self.kind.replace("_", " "))
        return f"{name} ({self.trade})" if self.trade else name


@dataclass(frozen=True, slots=True)
class Check:
    """What a contractor has of one required kind, as of a date."""

    required: Required
    state: State
    until: date | None = None

    @property
    def good(self) -> bool:
        """Whether work may be given out on it."""
        return self.state in {"valid", "expiring"}

    @property
    def words(self) -> str:
        """`liability insurance expired 2026-05-31`."""
        name = self.required.words
        if self.state == "missing":
            return f"no {name}" if self.until is None else f"{name} not valid before {self.until}"
        if self.state == "valid":
            return f"{name} valid until {self.until}" if self.until else f"{name} valid"
        return f"{name} {'expires' if self.state == 'expiring' else 'expired'} {self.until}"


def state(document: Document, on: date) -> State:
    """The state of one document on a day; both its first and its last day are good ones.

    A document that starts later does not count yet: it is `missing` on that day.
    """
    if document.valid_from is not None and on < document.valid_from:
        return "missing"
    if document.valid_until is None:
        return "valid"
    if on > document.valid_until:
        return "expired"
    return "expiring" if document.valid_until - on <= EXPIRING else "valid"


def check(required: Required, documents: Iterable[Document], on: date) -> Check:
    """The best that a contractor has of a required kind on a day.

    A document that names a trade covers that trade only; one that names none covers all.
    """
    best = Check(required, "missing")
    for document in documents:
        if document.kind != required.kind or not _covers(document.trade, required.trade):
            continue
        found = state(document, on)
        until = document.valid_from if found == "missing" else document.valid_until
        if _rank(found, until) < _rank(best.state, best.until):
            best = Check(required, found, until)
    return best


def checks(setting: str, documents: Iterable[Document], trades: Iterable[str], on: date) -> tuple[Check, ...]:
    """Every required kind for these trades, each with what there is of it on a day, in the setting's order."""
    held = tuple(documents)
    return tuple(check(required, held, on) for required in required_for(setting, trades))


def required_for(setting: str, trades: Iterable[str]) -> tuple[Required, ...]:
    """The kinds the shop asks of a contractor who works in these trades.

    An unknown kind is still asked for (and found missing): a slip in the setting must not wave anybody through.
    """
    wanted = {trade.casefold(): trade for trade in trades}
    found: dict[Required, None] = {}
    for name, kinds in _entries(setting):
        if name in _EVERY_TRADE:
            found.update(dict.fromkeys(Required(kind) for kind in kinds))
        elif name in wanted:
            found.update(dict.fromkeys(Required(kind, wanted[name]) for kind in kinds))
    return tuple(found)


def refuse_bad_setting(setting: str) -> None:
    """Look through what somebody wants to set as the required documents.

    Raises:
        UsageProblem: a kind that does not exist, or an entry without kinds.
    """
    for name, kinds in _entries(setting):
        if not name or not kinds:
            raise UsageProblem(
                f"“{setting}” has an entry without a trade or without kinds.",
                "Write it like *=liability_insurance; electrical=trade_licence.",
            )
        for kind in kinds:
            if kind not in KINDS:
                near = nearest(kind, tuple(KINDS))
                raise UsageProblem(
                    f"There is no document kind “{kind}”.",
                    f"Did you mean {near}?" if near else f"The kinds are {', '.join(KINDS)}.",
                )


def _entries(setting: str) -> list[tuple[str, list[str]]]:
    """The setting taken apart: (trade or `*`, kinds) in the order written."""
    entries: list[tuple[str, list[str]]] = []
    for entry in setting.split(";"):
        if entry.strip():
            name, _, kinds = entry.partition("=")
            listed = [kind.strip().casefold() for kind in kinds.split(",") if kind.strip()]
            entries.append((name.strip().casefold(), listed))
    return entries


def _covers(of_document: str, required: str) -> bool:
    """Whether a document for one trade serves a requirement for another; no trade named means every trade."""
    return not of_document or not required or of_document.casefold() == required.casefold()


def _rank(found: State, until: date | None) -> tuple[int, int]:
    """Better states first; of two in the same state, the one that lasts longer."""
    lasts = until.toordinal() if until is not None else (0 if found == "missing" else 10**7)
    return _BEST_FIRST.index(found), -lasts
