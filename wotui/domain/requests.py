"""Requests: their words, their lifecycle, what each step takes, and when two of them may be about the same thing.

`obstacles` is the whole of the lifecycle: for a step it names, in plain phrases, what is still missing. A request that
was accepted is resolved by its orders and by nothing else (`standing`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

STATUSES = ("new", "needs_info", "accepted", "resolved", "declined", "duplicate", "withdrawn")
OPEN = ("new", "needs_info", "accepted")
"""Somebody still has to do something about it."""
UNDECIDED = ("new", "needs_info")
"""Nobody has said yes or no."""
STATUS_WORDS = {
    "new": "new",
    "needs_info": "asked back",
    "accepted": "accepted",
    "resolved": "resolved",
    "declined": "declined",
    "duplicate": "duplicate",
    "withdrawn": "withdrawn",
}
PERMISSIONS = ("yes", "no", "call_first")
"""Whether somebody may go in while nobody is there."""
SOURCES = ("person", "checklist", "meter", "event", "import", "mail")
REOPEN_DAYS = 14
"""Days after it was resolved within which "not fixed" opens it again."""

ORDER_FINISHED = ("done", "closed", "cancelled")
RANK = ("new", "needs_info", "withdrawn", "declined", "duplicate", "accepted", "resolved")
"""From the weakest to the strongest, for steps of people who did not know of each other: work that was promised beats a
refusal; what this version does not know ranks below all."""

_STEPS: Mapping[str, tuple[str, ...]] = {
    "new": ("accepted", "needs_info", "declined", "duplicate", "withdrawn"),
    "needs_info": ("new", "declined", "duplicate", "withdrawn"),
    "accepted": ("resolved",),
    "resolved": ("accepted",),
    "declined": (),
    "duplicate": (),
    "withdrawn": (),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the guards need to know of a request.

    Attributes:
        located: it names an asset or a place, or says that the place is not known.
        words: what the person gave for this step: the reason, the question, the answer.
        original: it names the request that it is a duplicate of.
        orders: the statuses of the orders linked to it.
        resolved_days: whole days since it was resolved; None while it is not.
    """

    status: str
    title: str = ""
    located: bool = False
    words: str = ""
    original: bool = False
    orders: tuple[str, ...] = ()
    resolved_days: int | None = None


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """One step that was not taken back; `at` is an instant as text, `id` the step's id."""

    at: str
    id: str
    from_status: str
    to_status: str


def next_statuses(status: str) -> tuple[str, ...]:
    """The statuses that a request may go to from this one, guards aside."""
    return _STEPS.get(status, ())


def obstacles(facts: Facts, to: str) -> tuple[str, ...]:
    """What keeps a request from a step, each as a phrase that follows "it needs …"; empty when it may go.

    Raises:
        ValueError: there is no such step from its status.
    """
    if to not in next_statuses(facts.status):
        raise ValueError(to)
    return tuple(phrase for guard in _guards(facts.status, to) for phrase in guard(facts))


def missing_at_first(facts: Facts) -> tuple[str, ...]:
    """What a new request still needs, each as a phrase that follows "it needs …"."""
    missing = [] if facts.title else ["a title: what is wrong, in a few words"]
    if not facts.located:
        missing.append("an asset or a place, or that the place is not known")
    return tuple(missing)


def may_reopen(resolved_on: date, today: date) -> bool:
    """Whether "not fixed" still belongs to this request: the 14th day counts, the 15th does not."""
    return (today - resolved_on).days <= REOPEN_DAYS


def same_thing(
    asset: str | None,
    place: str | None,
    kind: str | None,
    other_asset: str | None,
    other_place: str | None,
    other_kind: str | None,
) -> bool:
    """Whether two reports may be about one thing: one asset, or one place and one kind of work.

    A kind that is not known may be any: a tenant names none. Two different assets are two things, wherever they stand.
    """
    if asset and other_asset:
        return asset == other_asset
    if not place or place != other_place:
        return False
    kinds = {kind.casefold() for kind in (kind, other_kind) if kind}
    return len(kinds) < 2


def rank(status: str) -> int:
    """How strongly a status holds against one that was set at the same time elsewhere."""
    return RANK.index(status) if status in RANK else -1


def replay(steps: Iterable[Step]) -> tuple[str, str | None]:
    """The status that these steps lead to, in whatever order they are given, and since when.

    They are replayed by time. One that starts where the request stands follows; one that starts elsewhere was made by
    somebody who did not know, and then the higher rank wins, so that every file with the same steps shows the same.
    """
    status, since = "new", None
    for step in sorted(steps):
        if step.from_status == status or rank(step.to_status) > rank(status):
            status, since = step.to_status, step.at
    return status, since


def standing(status: str, orders: Iterable[str]) -> str:
    """The status of a request whose steps lead to `status` and whose orders stand so: accepted or resolved."""
    known = list(orders)
    if status not in ("accepted", "resolved") or not known:
        return status
    return "resolved" if all(order in ORDER_FINISHED for order in known) else "accepted"


def _accepted(facts: Facts) -> list[str]:
    return [] if facts.orders else ["an order that it leads to"]


def _reason(facts: Facts) -> list[str]:
    return [] if facts.words.strip() else ["a reason: the requester reads it"]


def _question(facts: Facts) -> list[str]:
    return [] if facts.words.strip() else ["a question"]


def _answer(facts: Facts) -> list[str]:
    return [] if facts.words.strip() else ["an answer"]


def _original(facts: Facts) -> list[str]:
    return [] if facts.original else ["the request that it repeats"]


def _finished(facts: Facts) -> list[str]:
    open_ones = not facts.orders or any(order not in ORDER_FINISHED for order in facts.orders)
    return ["every one of its orders done, closed or cancelled"] if open_ones else []


def _in_time(facts: Facts) -> list[str]:
    late = facts.resolved_days is None or facts.resolved_days > REOPEN_DAYS
    return [f"a new request: it was resolved more than {REOPEN_DAYS} days ago"] if late else []


def _guards(status: str, to: str) -> tuple[Callable[[Facts], list[str]], ...]:
    if status == "resolved":
        return (_in_time,)
    return {
        "accepted": (_accepted,),
        "needs_info": (_question,),
        "new": (_answer,),
        "declined": (_reason,),
        "duplicate": (_original,),
        "withdrawn": (),
        "resolved": (_finished,),
    }[to]
