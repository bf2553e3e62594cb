"""Questions as lines: what, where, what it was, and each side's value with who, when and on which computer. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wotui.domain import wall_time
from wotui.tui import present
from wotui.tui.widgets.hours import Shown
from wotui.tui.widgets.pages import wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

    from wotui.store.reads.conflicts import Conflict, Head
    from wotui.tui.widgets.lines import Piece

KINDS = {
    "gone": "taken away by one, changed by another",
    "duplicate": "two records: the same thing?",
    "number": "two orders share this number",
    "overlap": "hours that overlap",
    "answer": "answered differently",
}
ORDER = {
    kind: place
    for place, kind in enumerate(("answer", "status", "field", "gone", "duplicate", "number", "overlap"))
}
_INDENT = "\u00a0  "
"""Not a plain blank first: the list marks lines that begin with one."""
_SIDE = 9


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its values in words, in the order of the conflict's values; `title` is the order's."""

    asked: Conflict
    title: str
    base: str | None
    values: tuple[str, ...]
    now: str


def lines(questions: Sequence[Question], zone: ZoneInfo, today: date, width: int) -> list[Shown]:
    """All of them, each a block that the cursor takes as a whole."""
    shown: list[Shown] = []
    for question in questions:
        shown += [Shown(line, question.asked.id) for line in _block(question, zone, today, width)]
        shown.append(Shown())
    return shown


def about(asked: Conflict) -> str:
    """What a question is about, in words."""
    return KINDS.get(asked.kind) or present.words(asked.field.removesuffix("_id"))


def _block(question: Question, zone: ZoneInfo, today: date, width: int) -> list[list[Piece]]:
    asked = question.asked
    head: list[Piece] = [(f" {asked.name}", "strong"), (f"  {about(asked)}", "warn")]
    used = sum(len(words) for words, _ in head)
    if question.title and width - used > 8:
        head.append((f"  {present.fit(question.title, width - used - 2).rstrip()}", "muted"))
    block = [head]
    if asked.kind == "field":
        block += _side("was", question.base if question.base is not None else "nothing", "", width, False)
    sides = sorted(zip(question.values, asked.values, strict=True), key=lambda side: not side[1].mine)
    for value, one in sides:
        block += _side("mine" if one.mine else "theirs", value, _by(one, zone, today), width, True)
    if question.now:
        block.append([(_INDENT, "text"), (question.now, "muted")])
    return block


def _side(word: str, value: str, by: str, width: int, strong: bool) -> list[list[Piece]]:
    room = max(width - len(_INDENT) - _SIDE, 20)
    front = f"{_INDENT}{word.ljust(_SIDE)}"
    text = [("".join(words for words, _ in line)).strip() for line in wrapped(value, room)]
    made: list[list[Piece]] = [
        [(front if not at else " " * len(front), "label"), (line, "text" if strong else "muted")]
        for at, line in enumerate(text[:6])
    ]
    made = [
        line if not at else [("\u00a0" + line[0][0][1:], "label"), line[1]] for at, line in enumerate(made)
    ]
    if len(text) > 6:
        made.append(
            [("\u00a0" + " " * (len(front) - 1), "label"), (f"… {len(text) - 6} more lines", "muted")]
        )
    if by:
        if len(text) == 1 and len(front) + len(text[0]) + len(by) + 2 <= width:
            made[0].append((f"  {by}", "muted"))
        else:
            made.append(
                [("\u00a0" + " " * (len(front) - 1), "label"), (present.fit(by, room).rstrip(), "muted")]
            )
    return made


def _by(head: Head, zone: ZoneInfo, today: date) -> str:
    when = present.moment(head.at, zone, today) if head.at else "clock unsure"
    return " · ".join(word for word in (head.actor or "somebody", head.device, when) if word)


def value_words(asked: Conflict, head: Head, word: str | None, zone: ZoneInfo) -> str:
    """One side's value as a person reads it.

    Args:
        asked: the question.
        head: the side.
        word: its value with names for ids, None for no value.
        zone: the shop's.
    """
    if asked.kind == "gone":
        changed = ", ".join(present.words(column.removesuffix("_id")) for column in head.changed)
        return f"kept: changed {changed}" if head.changed else "taken away"
    if asked.kind == "overlap" and isinstance(head.value, str):
        return _hours(head.value, zone)
    if asked.kind == "status":
        return present.status(str(head.value)).words
    if asked.kind == "answer":
        return present.outcome(str(head.value) if head.value is not None else None).words
    if word is None:
        return "nothing"
    return present.priority(int(word)).words if asked.field == "priority" and word.isdigit() else word


def _hours(value: str, zone: ZoneInfo) -> str:
    try:
        start, end = (wall_time.local(int(part), zone) for part in value.split("-"))
    except (ValueError, OverflowError):
        return value
    return f"{present.day(start.date())} {start:%H:%M}–{end:%H:%M}"
