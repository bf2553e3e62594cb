"""How an order looks in a list: pure, from a row to cells.

The columns of each width are a table. A priority has a column of one glyph where there is no room for its word; the
word then stands in the preview and in the order itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.tui import present
from wotui.tui.widgets.columns import Column

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from wotui.store.reads.work_orders_list import ListedOrder
    from wotui.tui.widgets.lines import Piece

_GLYPH = Column("priority", "!", 1)
_PRIORITY = Column("priority", "priority", 11)
_NUMBER = Column("number", "number", 8)
_TITLE = Column("title", "title", 0)
_ASSET = Column("asset", "asset", 9)
_PLACE = Column("place", "place", 10)
_DUE = Column("due", "due", 12)
_STATUS = Column("status", "status", 13)
_WHO = Column("assigned", "who", 6)
_REASON = Column("queue", "why here", 26)
_TYPE = Column("type", "type", 11)

COLUMNS: tuple[tuple[int, tuple[Column, ...]], ...] = (
    (160, (_PRIORITY, _NUMBER, _TITLE, _ASSET, _PLACE, _TYPE, _DUE, _STATUS, _WHO, _REASON)),
    (124, (_PRIORITY, _NUMBER, _TITLE, _ASSET, _PLACE, _DUE, _STATUS, _WHO)),
    (98, (_GLYPH, _NUMBER, _TITLE, _ASSET, _DUE, _STATUS, _WHO)),
    (76, (_GLYPH, _NUMBER, _TITLE, _ASSET, _DUE, _STATUS)),
    (0, (_GLYPH, _NUMBER, _TITLE, _DUE, _STATUS)),
)
"""From how many cells on, which columns; the first that fits counts."""

SHORT = (_GLYPH, _NUMBER, _TITLE)
"""The columns of a list that stands beside something else."""


def columns(width: int) -> tuple[Column, ...]:
    """The columns of a list of orders that many cells wide."""
    return next(chosen for least, chosen in COLUMNS if width >= least)


def cells(row: ListedOrder, shown: Sequence[Column], today: date) -> list[Piece]:
    """One cell for each column."""
    return [_CELLS[column.field](row, today, column.width) for column in shown]


def _priority(row: ListedOrder, _today: date, width: int) -> Piece:
    look = present.priority(row.priority)
    return (look.glyph if width < 3 else str(look), look.token)


def _status(row: ListedOrder, today: date, width: int) -> Piece:
    look = present.status(row.status)
    if row.status == "on_hold" and row.hold_until and width >= 13:
        return (f"{look.glyph} {_until(row.hold_until, today)}", look.token)
    return (str(look), look.token)


def due(row: ListedOrder, today: date, width: int) -> Piece:
    """When it is due; a day of another year keeps the year rather than the weekday where there is no room for both."""
    words, token = present.due(row.due_on, today, finished=row.finished)
    return (words if len(words) <= width else words.partition(" ")[2], token)


def _until(day: str, today: date) -> str:
    words, _ = present.due(day, today)
    if words.endswith("late"):
        return "hold is over"
    return f"to {words.partition(' ')[2] or words}"


def _who(row: ListedOrder, _today: date, _width: int) -> Piece:
    if row.initials:
        return (" ".join(row.initials), "text")
    return (row.contractor or "", "muted")


def _title(row: ListedOrder, _today: date, _width: int) -> Piece:
    words = f"▤ {row.steps}  {row.title}" if row.steps else row.title
    return (words, "muted" if row.finished else "text")


_CELLS: dict[str, Callable[[ListedOrder, date, int], Piece]] = {
    "priority": _priority,
    "number": lambda row, _today, _width: (row.number or "", "muted"),
    "title": _title,
    "asset": lambda row, _today, _width: (row.asset_tag or "", "accent"),
    "place": lambda row, _today, _width: (row.place_name or row.place_code or "", "muted"),
    "due": due,
    "status": _status,
    "assigned": _who,
    "queue": lambda row, today, _width: (row.reason(today), "muted"),
    "type": lambda row, _today, _width: (row.type or "", "muted"),
}
