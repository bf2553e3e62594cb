"""Checklist items and their answers, as rows become what `domain.checklists` judges."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from wotui.domain.checklists import items as kinds
from wotui.domain.checklists.follow_ups import follow_up_id
from wotui.domain.checklists.items import Item
from wotui.domain.checklists.progress import Result
from wotui.store.reading import marks
from wotui.store.reads.meetings import answers_apart
from wotui.store.vectors import Knowledge

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


@dataclass(frozen=True, slots=True)
class FollowUpOrder:
    """The order that a failed item led to, or the request (`kind`)."""

    id: str
    number: str
    title: str
    status: str
    kind: str = "work_order"

    @property
    def counts(self) -> bool:
        """Whether it takes care of the failure: one that was cancelled, withdrawn or declined does not."""
        return self.status not in ("cancelled", "withdrawn", "declined")


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
    return found | _worse(reads, item_ids)


_WORSE_FIRST = (kinds.FAIL, kinds.FLAG, kinds.NOT_APPLICABLE, kinds.PASS)


def _worse(reads: Reads, item_ids: Sequence[str]) -> dict[str, Result]:
    """Of safety items that two files answered without knowing of each other the worse answer, until one is taken."""
    found: dict[str, Result] = {}
    knowledge: Knowledge | None = None
    for part in in_parts(item_ids):
        split = [
            item_id
            for (item_id,) in reads.rows(
                f"""SELECT r.item_id FROM item_result r JOIN checklist_item i ON i.id = r.item_id
                WHERE r.item_id IN ({marks(len(part))}) AND r.deleted_at IS NULL AND i.severity = ?
                GROUP BY r.item_id HAVING count(DISTINCT r.outcome) > 1""",
                (*part, kinds.SAFETY),
            )
        ]
        for item_id in split:
            knowledge = knowledge or Knowledge(reads)
            heads = answers_apart(reads, knowledge, item_id)
            if len({head.value for head in heads}) > 1:
                worst = min(heads, key=lambda head: _badness(head.value))
                found[item_id] = _result(reads, worst.record)
    return found


def _badness(outcome: object) -> int:
    return _WORSE_FIRST.index(outcome) if outcome in _WORSE_FIRST else len(_WORSE_FIRST)


def _result(reads: Reads, result_id: str) -> Result:
    value, outcome, note, by, at = reads.rows(
        "SELECT r.value, r.outcome, r.note, p.initials, r.at FROM item_result r LEFT JOIN person p ON p.id = r.by_id"
        " WHERE r.id = ?",
        (result_id,),
    )[0]
    return Result(value, outcome, note or "", by or "", at or "")


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


def lists_of(reads: Reads, order_id: str) -> list[tuple[str, str]]:
    """(id, name) of the lists of an order, in order."""
    rows = reads.rows(
        "SELECT id, name FROM checklist WHERE work_order_id = ? AND deleted_at IS NULL ORDER BY position, id",
        (order_id,),
    )
    return [(list_id, name or "Checklist") for list_id, name in rows]


def items_of(reads: Reads, list_ids: Sequence[str]) -> list[tuple[str, Item]]:
    """(list id, item) in the order of the lists and of the items in each."""
    if not list_ids:
        return []
    rows = reads.rows(
        f"SELECT checklist_id, id, {', '.join(ITEM_COLUMNS)} FROM checklist_item"
        f" WHERE checklist_id IN ({marks(len(list_ids))}) AND deleted_at IS NULL ORDER BY position, id",
        list_ids,
    )
    place = {list_id: number for number, list_id in enumerate(list_ids)}
    found = [(row[0], item_from_row(row[1], row[2:])) for row in rows]
    return sorted(found, key=lambda pair: place[pair[0]])


def follow_ups_of(reads: Reads, item_ids: Sequence[str]) -> dict[str, FollowUpOrder]:
    """The follow-up by item id, where there is one; cancelled and withdrawn ones too."""
    wanted = {follow_up_id(item_id): item_id for item_id in item_ids}
    found: dict[str, FollowUpOrder] = {}
    for part in in_parts(list(wanted)):
        for kind in ("request", "work_order"):
            rows = reads.rows(
                f"SELECT id, number, title, status FROM {kind} WHERE id IN ({marks(len(part))}) AND deleted_at IS NULL",
                part,
            )
            for each, number, title, status in rows:
                found[wanted[each]] = FollowUpOrder(each, number or "", title or "", status or "", kind)
    return found


def files_of(reads: Reads, item_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The names of the attached files by item id."""
    found: dict[str, tuple[str, ...]] = {}
    for part in in_parts(item_ids):
        rows = reads.rows(
            f"SELECT parent_id, name FROM attachment WHERE parent_id IN ({marks(len(part))}) AND deleted_at IS NULL"
            " ORDER BY id",
            part,
        )
        for parent_id, name in rows:
            found[parent_id] = (*found.get(parent_id, ()), name or "")
    return found
