"""Columns of a list: which there are, how wide each becomes, and words made to fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from wotui.tui import present

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wotui.tui.widgets.lines import Piece


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the field it sorts by (empty for none), its title, its width in cells (0 takes what is left), and
    whether its cells stand on the right.
    """

    field: str
    title: str
    width: int
    right: bool = False


class Rows(Protocol):
    """What a list shows: how its records are read and drawn."""

    def read(self, wanted: Sequence[int]) -> Mapping[int, Any]:
        """The records of these keys; those that are gone are left out. Called on the screen's thread: be quick."""
        ...

    def columns(self, width: int) -> Sequence[Column]:
        """The columns for a list of that many cells."""
        ...

    def cells(self, record: Any, columns: Sequence[Column]) -> Sequence[Piece]:
        """One cell for each column: its text and its style."""
        ...


def fitted(columns: Sequence[Column], width: int) -> list[Column]:
    """The columns with their final widths: those of width 0 share what the others leave."""
    open_ones = [column for column in columns if not column.width]
    left = width - sum(column.width for column in columns) - len(columns)
    share = max(left // len(open_ones), 4) if open_ones else 0
    return [
        column if column.width else Column(column.field, column.title, share, column.right)
        for column in columns
    ]


def fit(words: str, column: Column) -> str:
    """The words in exactly the column's width; plain ones on the right where the column says so."""
    fitted = present.fit(words, column.width)
    return fitted.rstrip().rjust(column.width) if column.right and fitted.isascii() else fitted
