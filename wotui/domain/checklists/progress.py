"""Where a checklist stands: what is answered, open and failed, and what still keeps an order from being done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wotui.domain.checklists.answers import worst
from wotui.domain.checklists.items import (
    FAIL,
    FLAG,
    FORCE,
    MULTI,
    NOT_APPLICABLE,
    NOTE_REQUIRED,
    PASS,
    STOP_WORK,
    Item,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

AS_IS = "accepted as is"
NAMED = 3
"""So many open items are named one by one; more are only counted."""


@dataclass(frozen=True, slots=True)
class Result:
    """The latest answer to one item; `outcome` is None when the answer was taken back."""

    value: str | None
    outcome: str | None
    note: str = ""
    by: str = ""
    at: str = ""

    @property
    def answered(self) -> bool:
        """Whether it counts as an answer."""
        return self.outcome is not None

    @property
    def failed(self) -> bool:
        """Whether the item failed."""
        return self.outcome == FAIL


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a list is: counts of visible answerable items, `percent` of the required ones, and the overall result."""

    visible: int
    answered: int
    required: int
    required_answered: int
    failed: int
    flagged: int
    result: str | None

    @property
    def percent(self) -> int:
        """Answered required ÷ visible required in whole per cent, rounded down; of all items where none is required."""
        done, of = (self.required_answered, self.required) if self.required else (self.answered, self.visible)
        return 100 if of == 0 else 100 * done // of

    @property
    def finished(self) -> bool:
        """Whether no required item is open."""
        return self.required_answered == self.required


def visible(items: Sequence[Item], results: Mapping[str, Result]) -> list[Item]:
    """The items whose `show_if` holds, in order; what hangs on a hidden item is hidden, a circle is shown."""
    by_id = {item.id: item for item in items}
    return [item for item in items if _shows(item, by_id, results, frozenset())]


def _shows(
    item: Item, by_id: Mapping[str, Item], results: Mapping[str, Result], seen: frozenset[str]
) -> bool:
    if item.show_if_item is None or item.id in seen:
        return True
    asked = by_id.get(item.show_if_item)
    if asked is None:
        return True
    if not _shows(asked, by_id, results, seen | {item.id}):
        return False
    result = results.get(asked.id)
    if result is None or result.outcome is None:
        return False
    wanted = item.show_if_value.casefold()
    value = (result.value or "").casefold()
    return wanted in (value, result.outcome) or (asked.type == MULTI and wanted in value.split(","))


def progress(items: Sequence[Item], results: Mapping[str, Result]) -> Progress:
    """Counts and the overall result: fail if any failed, else flag, else pass; None while nothing is answered."""
    shown = [item for item in visible(items, results) if item.answerable]
    answered = [item for item in shown if _answered(item, results)]
    outcomes = [results[item.id].outcome for item in answered]
    required = [item for item in shown if item.required]
    return Progress(
        visible=len(shown),
        answered=len(answered),
        required=len(required),
        required_answered=sum(1 for item in required if _answered(item, results)),
        failed=outcomes.count(FAIL),
        flagged=outcomes.count(FLAG),
        result=worst(outcomes) if answered else None,
    )


def pass_rate(outcomes: Iterable[str | None]) -> int | None:
    """Inspection pass-rate in basis points: passed ÷ (passed + flagged + failed); n/a never counts."""
    judged = [outcome for outcome in outcomes if outcome not in (None, NOT_APPLICABLE)]
    return None if not judged else 10_000 * judged.count(PASS) // len(judged)


def open_items(items: Sequence[Item], results: Mapping[str, Result]) -> list[Item]:
    """Visible items that still wait for an answer, required or not, in order."""
    return [item for item in visible(items, results) if item.answerable and not _answered(item, results)]


def next_open(items: Sequence[Item], results: Mapping[str, Result], after: str | None) -> Item | None:
    """The next open item below `after` (an item's id), else the first one from the top; None when nothing is open."""
    waiting = {item.id for item in open_items(items, results)}
    order = [item.id for item in items]
    start = order.index(after) + 1 if after in order else 0
    turned = [*items[start:], *items[:start]]
    return next((item for item in turned if item.id in waiting), None)


def needs(item: Item, result: Result | None, followed: Collection[str]) -> str:
    """What a failed item still needs, in words; empty when it needs nothing.

    Args:
        item: the item.
        result: its latest answer.
        followed: ids of the items that have a follow-up order.
    """
    if result is None or not result.failed:
        return ""
    has_follow_up, has_note = item.id in followed, bool(result.note.strip())
    if item.on_fail == NOTE_REQUIRED:
        return "" if has_note else "a note"
    if item.on_fail in (FORCE, STOP_WORK):
        return "" if has_follow_up else "its follow-up order"
    return "" if has_follow_up or has_note else f"a follow-up order, or a note “{AS_IS}”"


def stopped_by(
    items: Sequence[Item], results: Mapping[str, Result], followed: Collection[str]
) -> Item | None:
    """The failed item that stops the work: until it passes or has its follow-up order, nothing else is answered."""
    for item in visible(items, results):
        if item.on_fail == STOP_WORK and needs(item, results.get(item.id), followed):
            return item
    return None


def blocking_start(items: Sequence[Item], results: Mapping[str, Result]) -> list[str]:
    """What has to be cleared before work may start: failed safety and stop-work items, as `“Alarm”`."""
    failed = [item for item in visible(items, results) if item.safety or item.on_fail == STOP_WORK]
    return [
        f"“{item.label}”" if item.safety else f"“{item.label}” (stop work)"
        for item in failed
        if (result := results.get(item.id)) is not None and result.failed
    ]


def blocking_done(
    items: Sequence[Item], results: Mapping[str, Result], followed: Collection[str]
) -> list[str]:
    """What the order still needs before it can be done, in words that fit behind "it needs": answers to required items
    (from four on in one phrase), and what failures lead to.
    """
    shown = visible(items, results)
    unanswered = [
        f"“{item.label}”"
        for item in shown
        if item.required and item.answerable and not _answered(item, results)
    ]
    if len(unanswered) > NAMED:
        phrases = [f"answers to {len(unanswered)} checklist items, from {unanswered[0]} on"]
    else:
        phrases = [f"an answer to {label}" for label in unanswered]
    for item in shown:
        if missing := needs(item, results.get(item.id), followed):
            phrases.append(f"{missing} for “{item.label}”, which failed")
    return phrases


def _answered(item: Item, results: Mapping[str, Result]) -> bool:
    result = results.get(item.id)
    return result is not None and result.answered
