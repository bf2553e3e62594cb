"""The checklists of an order as one sheet: every item with its latest answer, its last value and its
follow-up order.

All lists of an order are run as one sheet, top to bottom; an item's number is its place on the sheet, hidden
ones and headings counted, so that it stays the same while the list is run. Functions take a `Shop` or a
`Transaction`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from wotui.domain.checklists import items as kinds
from wotui.domain.checklists import progress as rules
from wotui.errors import NotFound
from wotui.store.reads.checklist_items import (
    FollowUpOrder,
    files_of,
    follow_ups_of,
    items_of,
    latest,
    lists_of,
)
from wotui.store.reads.last_values import LastValue, last_values

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wotui.domain.checklists.items import Item
    from wotui.domain.checklists.progress import Progress, Result
    from wotui.store.reading import Reads


@dataclass(frozen=True, slots=True)
class Line:
    """One item on the sheet. `number` is its place from 1; `shown` says whether its condition holds."""

    number: int
    list_name: str
    item: Item
    result: Result | None
    last: LastValue | None
    follow_up: FollowUpOrder | None
    files: tuple[str, ...]
    shown: bool

    @property
    def answered(self) -> bool:
        """Whether it has an answer that counts."""
        return self.result is not None and self.result.answered

    @property
    def failed(self) -> bool:
        """Whether it failed."""
        return self.result is not None and self.result.failed


@dataclass(frozen=True)
class Sheet:
    """All checklists of one order, as one sheet."""

    order_id: str
    number: str
    title: str
    status: str
    asset: str
    place: str
    signoff_required: bool
    signed_by: str
    signed_at: str
    lists: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]

    @cached_property
    def items(self) -> list[Item]:
        """The items in order."""
        return [line.item for line in self.lines]

    @cached_property
    def results(self) -> dict[str, Result]:
        """The latest answer by item."""
        return {line.item.id: line.result for line in self.lines if line.result is not None}

    @cached_property
    def followed(self) -> frozenset[str]:
        """The items that have a follow-up order."""
        return frozenset(
            line.item.id for line in self.lines if line.follow_up is not None and line.follow_up.counts
        )

    @cached_property
    def progress(self) -> Progress:
        """How far the sheet is."""
        return rules.progress(self.items, self.results)

    @cached_property
    def stopped_by(self) -> Item | None:
        """The failed item that stops the work."""
        return rules.stopped_by(self.items, self.results, self.followed)

    @property
    def shown(self) -> list[Line]:
        """The lines whose condition holds."""
        return [line for line in self.lines if line.shown]

    def line(self, item_id: str | None) -> Line | None:
        """The line of an item, or None."""
        return next((line for line in self.lines if line.item.id == item_id), None)

    def next_open(self, after: str | None) -> Line | None:
        """The next line that waits for an answer, below `after` and then from the top; None when nothing
        does.
        """
        found = rules.next_open(self.items, self.results, after)
        return None if found is None else self.line(found.id)

    def where_left(self) -> Line | None:
        """Where a paused run goes on: the next open line after the newest answer; None when nothing is
        open.
        """
        answered = [line for line in self.lines if line.answered and line.result]
        newest = max(
            answered, key=lambda line: (line.result.at if line.result else "", line.number), default=None
        )
        return self.next_open(newest.item.id if newest else None)

    def find(self, wanted: str) -> Line:
        """The line that a person means: its number on the sheet, its label or the only label that contains
        the words.

        Raises:
            NotFound: none or more than one; the sentence says which.
        """
        word = wanted.strip().casefold()
        if word.isascii() and word.isdigit() and 1 <= int(word) <= len(self.lines):
            return self.lines[int(word) - 1]
        exact = [line for line in self.lines if word in (line.item.label.casefold(), line.item.id)]
        found = exact or [line for line in self.lines if word and word in line.item.label.casefold()]
        if len(found) == 1:
            return found[0]
        way_out = f"`wotui checklist {self.number}` lists the items with their numbers."
        if not found:
            raise NotFound(f"{self.number} has no checklist item “{wanted.strip()}”.", way_out)
        raise NotFound(f"“{wanted.strip()}” is not one item but {len(found)}.", f"Give its number: {way_out}")

    def find_list(self, wanted: str) -> str:
        """The id of the list with this name, or the only one whose name contains the words.

        Raises:
            NotFound: none or more than one.
        """
        word = wanted.strip().casefold()
        exact = [list_id for list_id, name in self.lists if word in (list_id, name.casefold())]
        found = exact or [list_id for list_id, name in self.lists if word and word in name.casefold()]
        if len(found) != 1:
            names = "; ".join(name for _, name in self.lists) or "none"
            raise NotFound(f"“{wanted.strip()}” is no list of {self.number}.", f"It has: {names}.")
        return found[0]


_HEADER = """SELECT w.number, w.title, w.status, a.tag, p.code, w.signoff_required, w.signed_by, w.signed_at
    FROM work_order w LEFT JOIN asset a ON a.id = w.asset_id
    LEFT JOIN place p ON p.id = ifnull(w.place_id, a.place_id) WHERE w.id = ? AND w.deleted_at IS NULL"""


def sheet(reads: Reads, order_id: str, lasts: Mapping[str, LastValue] | None = None) -> Sheet:
    """The sheet of an order; without lists it is empty.

    Args:
        reads: a shop or a transaction.
        order_id: the order.
        lasts: last values read before (they do not change while a list is run); None reads them.

    Raises:
        NotFound: no such order.
    """
    header = reads.one(_HEADER, (order_id,))
    if header is None:
        raise NotFound("This order is not there any more.", "Go back to the list.")
    lists = lists_of(reads, order_id)
    items = items_of(reads, [list_id for list_id, _ in lists])
    names = dict(lists)
    results = latest(reads, [item.id for _, item in items])
    followed = follow_ups_of(reads, [item.id for _, item in items])
    files = files_of(reads, [item.id for _, item in items if item.type == kinds.PHOTO])
    if lasts is None:
        lasts = last_values(reads, order_id, [item for _, item in items if item.numeric])
    shown = {item.id for item in rules.visible([item for _, item in items], results)}
    lines = tuple(
        Line(
            number,
            names[list_id],
            item,
            results.get(item.id),
            lasts.get(item.id),
            followed.get(item.id),
            files.get(item.id, ()),
            item.id in shown,
        )
        for number, (list_id, item) in enumerate(items, 1)
    )
    number, title, status, tag, code, signoff, signed_by, signed_at = header
    return Sheet(
        order_id, number or "", title or "", status or "", tag or "", code or "", bool(signoff), signed_by or "",
        signed_at or "", tuple(lists), lines,
    )  # fmt: skip


def order_of_item(reads: Reads, item_id: str) -> str:
    """The id of the order that an item belongs to.

    Raises:
        NotFound: no such item, or its list was taken off the order.
    """
    found = reads.value(
        "SELECT c.work_order_id FROM checklist_item i JOIN checklist c ON c.id = i.checklist_id"
        " WHERE i.id = ? AND i.deleted_at IS NULL AND c.deleted_at IS NULL",
        (item_id,),
    )
    if found is None:
        raise NotFound("This checklist item is not there any more.", "Go back to the order.")
    return found


def timer_since(reads: Reads, order_id: str, person_id: str) -> int | None:
    """The minute (UTC, since 1970) at which a person's timer on an order started; None when none runs."""
    return reads.value(
        "SELECT start_minute FROM time_span WHERE work_order_id = ? AND person_id = ? AND end_minute IS NULL"
        " AND deleted_at IS NULL",
        (order_id, person_id),
    )


def blocking_start(reads: Reads, order_id: str) -> list[str]:
    """Why the work of an order may not start, as plain phrases: safety items that failed and were not
    cleared.
    """
    current = sheet(reads, order_id, {})
    return rules.blocking_start(current.items, current.results)


def blocking_done(reads: Reads, order_id: str) -> list[str]:
    """What keeps an order from being done, as plain phrases: open required items, failures without
    consequence.
    """
    current = sheet(reads, order_id, {})
    return rules.blocking_done(current.items, current.results, current.followed)


def has_results(reads: Reads, order_id: str) -> bool:
    """Whether anything was answered on an order; then it cannot be cancelled any more."""
    return any(line.answered for line in sheet(reads, order_id, {}).lines)
