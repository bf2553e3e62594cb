"""Work orders: their words, their lifecycle, and what each step takes.

The lifecycle is the state machine of EN 13306 practice as Maximo has it (WAPPR, APPR, WSCH, INPRG, WMATL, COMP, CLOSE,
CAN). `obstacles` is the whole of it: for a step it names, in plain phrases, what is still missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

STATUSES = ("draft", "ready", "scheduled", "in_progress", "on_hold", "done", "closed", "cancelled")
OPEN = ("draft", "ready", "scheduled", "in_progress", "on_hold")
FINISHED = ("done", "closed")
STATUS_WORDS = {
    "draft": "draft",
    "ready": "ready",
    "scheduled": "scheduled",
    "in_progress": "in progress",
    "on_hold": "on hold",
    "done": "done",
    "closed": "closed",
    "cancelled": "cancelled",
}
TYPES = ("corrective", "preventive", "condition", "inspection", "improvement", "service")
PRIORITIES = {1: "emergency", 2: "urgent", 3: "normal", 4: "low"}
HOLD_REASONS = (
    "parts",
    "access",
    "contractor",
    "customer approval",
    "information",
    "weather",
    "crew",
    "other",
)
OUTCOMES = ("fixed", "temporary_fix", "no_fault_found", "partly", "not_done")
OUTCOME_WORDS = {
    "fixed": "fixed",
    "temporary_fix": "temporary fix",
    "no_fault_found": "no fault found",
    "partly": "partly done",
    "not_done": "not done",
}
BILLINGS = ("none", "time_material", "fixed", "warranty")
RELATIONS = ("blocks", "duplicate_of", "follow_up_of", "split_from", "related")
DETECTIONS = ("operator", "inspection", "monitoring", "test", "casual")
SIGNING_ROLES = ("technician", "supervisor", "customer")
MINIMUM_NOTE = 3

_STEPS: Mapping[str, tuple[str, ...]] = {
    "draft": ("ready", "scheduled", "in_progress", "cancelled"),
    "ready": ("scheduled", "in_progress", "on_hold", "done", "cancelled", "draft"),
    "scheduled": ("ready", "in_progress", "on_hold", "done", "cancelled"),
    "in_progress": ("on_hold", "done"),
    "on_hold": ("ready", "scheduled", "in_progress", "done", "cancelled"),
    "done": ("in_progress", "closed"),
    "closed": ("in_progress", "done"),
    "cancelled": ("ready",),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the guards need to know of an order.

    Attributes:
        located: it names an asset, a place or a customer.
        staffed: somebody is assigned, or a contractor job is accepted.
        unticked_permits: permits that nobody has ticked by name.
        safety_stops: failed safety items, in words.
        actuals: what has been reported already (time, answers, stock), in words.
        unanswered: what the checklists still ask for, in words.
        running: initials of those whose timer runs on it.
        critical_failure: corrective work on a criticality A asset, which takes the three failure codes.
        open_children: numbers of child orders that are neither finished nor cancelled.
        minutes: labor logged so far.
        reason: what the person gave as a reason for this step.
        unfilled: fields that the shop or the order's template wants filled before it is released, in words.
        unfilled_done: those that are wanted before it is done.
        locked: why it can no longer be reopened ("its hours are in an exported payroll"); empty when it can.
    """

    status: str
    title: str = ""
    type: str = ""
    priority: int | None = None
    located: bool = False
    planned_on: str | None = None
    staffed: bool = False
    unticked_permits: tuple[str, ...] = ()
    safety_stops: tuple[str, ...] = ()
    actuals: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()
    running: tuple[str, ...] = ()
    completion_note: str = ""
    outcome: str = ""
    critical_failure: bool = False
    failure_codes: tuple[str | None, str | None, str | None] = (None, None, None)
    signoff_missing: bool = False
    open_children: tuple[str, ...] = ()
    minutes: int = 0
    reason: str = ""
    hold_reason: str = ""
    unfilled: tuple[str, ...] = ()
    unfilled_done: tuple[str, ...] = ()
    locked: str = ""


def next_statuses(status: str) -> tuple[str, ...]:
    """The statuses that an order may go to from this one, guards aside."""
    return _STEPS.get(status, ())


def obstacles(facts: Facts, to: str) -> tuple[str, ...]:
    """What keeps an order from a step, each as a phrase that follows "it needs …"; empty when it may go.

    Raises:
        ValueError: there is no such step from its status.
    """
    if to not in next_statuses(facts.status):
        raise ValueError(to)
    return tuple(phrase for guard in _guards(facts.status, to) for phrase in guard(facts))


def _ready(facts: Facts) -> list[str]:
    missing: list[str] = []
    if not facts.title:
        missing.append("a title")
    if facts.type not in TYPES:
        missing.append("a type")
    if facts.priority not in PRIORITIES:
        missing.append("a priority")
    if not facts.located:
        missing.append("an asset, a place or a customer")
    return missing + _wanted(facts.unfilled)


def _wanted(fields: tuple[str, ...]) -> list[str]:
    return [f"the field “{field}” filled in" for field in fields]


def _planned(facts: Facts) -> list[str]:
    missing = [] if facts.planned_on else ["a planned day"]
    return missing if facts.staffed else [*missing, "somebody assigned, or a contractor who has accepted"]


def _safe(facts: Facts) -> list[str]:
    permits = [f"the permit {permit} ticked by name" for permit in facts.unticked_permits]
    return permits + [f"the failed safety item cleared: {item}" for item in facts.safety_stops]


def _held(facts: Facts) -> list[str]:
    if facts.hold_reason not in HOLD_REASONS:
        return [f"a reason for the hold ({', '.join(HOLD_REASONS)})"]
    return ["a word on what the other reason is"] if facts.hold_reason == "other" and not facts.reason else []


def _complete(facts: Facts) -> list[str]:
    missing = list(facts.unanswered)
    missing += [f"the timer of {initials} stopped" for initials in facts.running]
    if facts.outcome not in OUTCOMES:
        missing.append(f"an outcome ({', '.join(OUTCOME_WORDS.values())})")
    if facts.type == "corrective" and len(facts.completion_note.strip()) < MINIMUM_NOTE:
        missing.append("a completion note: what was found and done")
    if facts.critical_failure and not all(facts.failure_codes):
        missing.append(
            "problem, cause and remedy, because it is a corrective order on a criticality A asset"
            " (fields failure_problem, failure_cause, failure_remedy)"
        )
    if facts.signoff_missing:
        missing.append("a sign-off")
    missing += _wanted((*facts.unfilled, *facts.unfilled_done))
    return missing + [f"its part {number} finished" for number in facts.open_children]


def _untouched(facts: Facts) -> list[str]:
    return [f"nothing reported on it yet, but it has {actual}" for actual in facts.actuals]


def _explained(facts: Facts) -> list[str]:
    return [] if facts.reason.strip() else ["a reason"]


def _unlocked(facts: Facts) -> list[str]:
    return [f"a follow-up order instead: {facts.locked}"] if facts.locked else []


def _guards(status: str, to: str) -> tuple[Callable[[Facts], list[str]], ...]:
    if status in FINISHED and to in {"in_progress", "done"}:
        return (_explained, _unlocked)
    if status == "cancelled":
        return (_explained,)
    if to == "draft":
        return (_untouched,)
    if to == "cancelled":
        return (_explained, _untouched)
    if to == "in_progress":
        return (_ready, _safe) if status == "draft" else (_safe,)
    return {
        "ready": (_ready,),
        "scheduled": (_ready, _planned) if status == "draft" else (_planned,),
        "on_hold": (_held,),
        "done": (_complete,),
        "closed": (),
    }[to]
