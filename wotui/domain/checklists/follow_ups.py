"""The order that a failed item proposes: its identity, its title, and when it is on offer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.domain.checklists.answers import shown
from wotui.domain.checklists.items import FAIL, FORCE, NOTE_REQUIRED, PROPOSE, STOP_WORK, TITLE_PATTERN, Item
from wotui.domain.identity import same_id
from wotui.text import LINE_LIMIT, clean_line

if TYPE_CHECKING:
    from wotui.domain.checklists.progress import Result

_FIELDS = ("asset", "item", "value", "number")


def follow_up_id(item_id: str) -> str:
    """The id of an item's one follow-up order, the same on every device that fails the item."""
    return same_id("follow_up", item_id)


def proposes(item: Item, result: Result | None, *, accepted: bool) -> bool:
    """Whether a follow-up is on offer: the item failed, its rule offers one, nobody accepted it or took it as it is."""
    if result is None or result.outcome != FAIL or accepted or item.on_fail == NOTE_REQUIRED:
        return False
    return item.on_fail in (FORCE, STOP_WORK) or (item.on_fail == PROPOSE and not result.note.strip())


def may_follow_up(item: Item, result: Result | None) -> bool:
    """Whether a follow-up can be made at all: a failed item may always have one, offered or not."""
    return item.answerable and result is not None and result.outcome == FAIL


def title(item: Item, value: str | None, *, asset: str, number: str) -> str:
    """The follow-up's title from its pattern: `{asset}: {item} – {value}`, cut to the length of a title.

    Args:
        item: the failed item, with its pattern.
        value: the stored value.
        asset: tag of the order's asset (or its place, or nothing).
        number: number of the order that the checklist belongs to.
    """
    words = {
        "asset": asset or number,
        "item": item.label,
        "value": shown(item, value, FAIL),
        "number": number,
    }
    pattern = item.follow_up.title or TITLE_PATTERN
    return clean_line(_filled(pattern, words), LINE_LIMIT)


def _filled(pattern: str, words: dict[str, str]) -> str:
    """Put the words in; a label that itself contains `{value}` stays as it is (one pass, no format strings)."""
    out: list[str] = []
    rest = pattern
    while rest:
        before, brace, after = rest.partition("{")
        out.append(before)
        if not brace:
            break
        name, closing, tail = after.partition("}")
        if closing and name in _FIELDS:
            out.append(words[name])
            rest = tail
        else:
            out.append(brace)
            rest = after
    return "".join(out)
