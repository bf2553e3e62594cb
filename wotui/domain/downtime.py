"""How long an asset stood: intervals that do not overlap, also when two computers noted the same standstill."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

UNPLANNED, PLANNED = "unplanned", "planned"
KINDS = (UNPLANNED, PLANNED)


@dataclass(frozen=True, slots=True)
class Interval:
    """One standstill; instants as text, `ended_at` empty while it lasts.

    Attributes:
        joined: how many noted intervals it was made of; more than one is shown to people.
    """

    asset_id: str
    started_at: str
    ended_at: str = ""
    kind: str = UNPLANNED
    note: str = ""
    joined: int = 1

    @property
    def lasts(self) -> bool:
        """Whether the asset still stands."""
        return not self.ended_at

    def overlaps(self, other: Interval) -> bool:
        """Whether both have an instant in common; one that begins where the other ends has none."""
        starts = not self.ended_at or other.started_at < self.ended_at
        ends = not other.ended_at or self.started_at < other.ended_at
        return self.asset_id == other.asset_id and starts and ends

    def minutes(self, now: str) -> int:
        """How long it took, or takes so far, in whole minutes."""
        from wotui.clock import parse_instant

        end = parse_instant(self.ended_at or max(now, self.started_at))
        return max(int((end - parse_instant(self.started_at)).total_seconds()) // 60, 0)


def joined(intervals: Iterable[Interval]) -> list[Interval]:
    """The intervals with overlapping ones of one asset put together, by asset and start.

    Two computers that each noted a standstill give one from the first start to the last end; an unplanned one wins over
    a planned one, and while one of them lasts, so does the whole.
    """
    found: list[Interval] = []
    for one in sorted(
        intervals, key=lambda each: (each.asset_id, each.started_at, each.ended_at or "9", each.kind)
    ):
        if not found or not found[-1].overlaps(one):
            found.append(one)
            continue
        last = found[-1]
        end = "" if last.lasts or one.lasts else max(last.ended_at, one.ended_at)
        kind = UNPLANNED if UNPLANNED in (last.kind, one.kind) else last.kind
        notes = [note for note in dict.fromkeys((last.note, one.note)) if note]
        found[-1] = replace(
            last, ended_at=end, kind=kind, note="; ".join(notes), joined=last.joined + one.joined
        )
    return found
