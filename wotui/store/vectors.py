"""Version vectors: what a journal holds, and what the writer of a change knew when it was written.

`held` is `{origin: last seq}`. `Knowledge` answers exactly whether the writer of one change knew another: its own
earlier ones, and what its `_seen` entries before it name.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from wotui.store.journal import SEEN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wotui.store.reading import Reads

_HELD = """WITH RECURSIVE origins (origin) AS (
        SELECT min(origin) FROM change
        UNION ALL SELECT (SELECT min(c.origin) FROM change AS c WHERE c.origin > o.origin) FROM origins AS o
            WHERE o.origin IS NOT NULL)
    SELECT origin, (SELECT max(seq) FROM change AS c WHERE c.origin = o.origin) FROM origins AS o
    WHERE origin IS NOT NULL"""
# Jumps from origin to origin: reading the whole journal for five numbers would cost a second a million changes.


def held(reads: Reads) -> dict[str, int]:
    """Origin → number of its last change in this journal."""
    return {str(origin): int(last) for origin, last in reads.rows(_HELD)}


def recorded(reads: Reads, origin: str) -> dict[str, int]:
    """What the `_seen` entries of an origin say that it holds of others."""
    seen: dict[str, int] = {}
    for _, entry in _entries(reads, origin):
        for other, last in entry.items():
            seen[other] = max(last, seen.get(other, 0))
    return seen


def _entries(reads: Reads, origin: str) -> list[tuple[int, dict[str, int]]]:
    """The `_seen` entries of one origin in the order of their numbers; what is no number in them is left out."""
    found: list[tuple[int, dict[str, int]]] = []
    for seq, patch in reads.rows(
        # The pluses keep SQLite from the journal's own key, by which it would read all that the origin ever wrote.
        "SELECT seq, patch FROM change WHERE row = ? AND +origin = ? AND entity = ? ORDER BY +seq",
        (origin, origin, SEEN),
    ):
        try:
            entry: dict[str, Any] = json.loads(patch)
        except ValueError:
            continue
        found.append((seq, {other: last for other, last in entry.items() if isinstance(last, int)}))
    return found


class Knowledge:
    """Who knew what: built once from a journal's `_seen` entries."""

    def __init__(self, reads: Reads, origins: Mapping[str, int] | None = None) -> None:
        self._by_pair: dict[tuple[str, str], tuple[list[int], list[int]]] = {}
        for origin in held(reads) if origins is None else origins:
            pairs: defaultdict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
            for seq, entry in _entries(reads, origin):
                for other, last in entry.items():
                    places, known = pairs[other]
                    places.append(seq)
                    known.append(max(last, known[-1] if known else 0))
            for other, lists in pairs.items():
                self._by_pair[origin, other] = lists

    def knew(self, writer: tuple[str, int], other: tuple[str, int]) -> bool:
        """Whether the writer of change `(origin, seq)` held `other` when it was written; a change knows itself."""
        if writer[0] == other[0]:
            return other[1] <= writer[1]
        lists = self._by_pair.get((writer[0], other[0]))
        if lists is None:
            return False
        place = bisect_right(lists[0], writer[1])
        return place > 0 and lists[1][place - 1] >= other[1]
