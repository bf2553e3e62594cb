"""The records of a list that were looked at: read in blocks, and forgotten when the shop changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from array import array

    from wotui.tui.widgets.columns import Rows

CHUNK = 64
"""Records are read in blocks of so many keys, so that a screen needs two reads at most."""
MOST_KEPT = 2_000


class RecordWindow:
    """Reads records when somebody looks at them.

    Args:
        rows: where they are read.
    """

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._records: dict[int, Any] = {}

    def record(self, keys: array[int], index: int) -> Any:
        """The record at a place of a list, or None where it is gone; its neighbours are read with it."""
        key = keys[index]
        if key not in self._records:
            start = index - index % CHUNK
            wanted = keys[start : start + CHUNK]
            if len(self._records) > MOST_KEPT:
                self._records.clear()
            self._records.update(dict.fromkeys(wanted))
            self._records.update(self._rows.read(wanted))
        return self._records[key]

    def forget(self) -> None:
        """Read everything again when it is looked at."""
        self._records.clear()


def index_of(keys: array[int], key: int | None) -> int | None:
    """Where a key stands; None where it does not."""
    try:
        return None if key is None else keys.index(key)
    except ValueError:
        return None
