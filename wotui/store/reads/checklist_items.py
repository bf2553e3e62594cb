"""Checklist items and their answers, as rows become what `domain.checklists` judges."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from wotui.domain.checklists import items as kinds
from wotui.domain.checklists.items import Item
from wotui.domain.checklists.progress import Result
from wotui.store.reading import marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wotui.store.reading import Reads

LIMITS = ("min_value", "max_value", "warn_min", "warn_max")
ITEM_COLUMNS = (
    *(
        "position",
        "type",
        "label",
        "help",
        "uom",
        *LIMITS,
        "good_answer",
        "options",
        "required",
        "na_allowed",
    ),
    *("show_if_item", "show_if_value", "severity", "on_fail", "follow_up", "meter_id", "role"),
)
"""The columns that an item of a template and its snapshot on an order share."""


def latest(reads: Reads, item_ids: Sequence[str]) -> dict[str, Result]:
    """The latest answer by item id; `by` holds initials."""
    found: dict[str, Result] = {}
    for part in in_parts(item_ids):
        rows = reads.rows(
            "SELECT r.item_id, r.value, r.outcome, r.note, p.initials, r.at FROM item_result r"
            f" LEFT JOIN person p ON p.id = r.by_id WHERE r.item_id IN ({marks(len(part))}) AND r.deleted_at IS NULL"
            " ORDER BY r.at, r.id",
            part,
        )
        for item_id, value, outcome, note, by, at in rows:
            known = outcome if outcome in kinds.OUTCOMES else None
            found[item_id] = Result(value, known, note or "", by or "", at or "")
    return found


def history(reads: Reads, item_id: str) -> list[Result]:
    """Every answer that one item was ever given, oldest first."""
    rows = reads.rows(
        "SELECT r.value, r.outcome, r.note, p.initials, r.at FROM item_result r LEFT JOIN person p ON p.id = r.by_id"
        " WHERE r.item_id = ? AND r.deleted_at IS NULL ORDER BY r.at, r.id",
        (item_id,),
    )
    return [Result(value, outcome, note or "", by or "", at or "") for value, outcome, note, by, at in rows]


@lru_cache(maxsize=2048)
def item_from_row(item_id: str, row: tuple[Any, ...]) -> Item:
    """An item from its `ITEM_COLUMNS`; what a newer version or a merge left empty takes its default.

    Kept by its content: a sheet is read again after every tick, and its items hardly ever change.
    """
    fields = dict(zip(ITEM_COLUMNS, row, strict=True))
    base = Item(item_id, fields["type"] or kinds.INSTRUCTION, fields["label"] or "")
    given = {
        name: fields[name]
        for name in ("position", "help", "uom", "good_answer", "show_if_value", "severity", "on_fail", "role")
        if fields[name] is not None
    }
    for flag in ("required", "na_allowed"):
        if fields[flag] is not None:
            given[flag] = bool(fields[flag])
    for limit in (*LIMITS, "show_if_item", "meter_id"):
        given[limit] = fields[limit]
    return replace(
        base,
        **given,
        options=kinds.options_from_json(fields["options"]),
        follow_up=kinds.follow_up_from_json(fields["follow_up"]),
    )


def in_parts(values: Sequence[str], size: int = 500) -> Iterable[Sequence[str]]:
    """SQLite takes a limited number of parameters; a sheet of thousands of items is still read."""
    return (values[start : start + size] for start in range(0, len(values), size))
