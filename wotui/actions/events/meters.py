"""Readings that machines send, and where the rules on limits stand with each meter; for one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.domain.events.limits import Watch, watched
from wotui.domain.events.reports import READING
from wotui.domain.meters import suspect
from wotui.errors import Refused
from wotui.store.reads import events as reads
from wotui.text import listed

if TYPE_CHECKING:
    from wotui.domain.events.rules import EventRule
    from wotui.store.reads.events import AssetRow, MeterRow
    from wotui.store.transaction import Transaction


class Meters:
    """The meters of all assets, their newest readings and the watches of the rules, each read when it is needed."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._of_asset: dict[str, list[MeterRow]] | None = None
        self._last: dict[str, tuple[str, int | None]] = {}
        self._watches: dict[tuple[str, str], tuple[Watch, str]] = {}

    def named(self, asset: AssetRow, event: str) -> MeterRow | None:
        """The meter that an event is a reading of: by its name, or by the word `reading` where there is one meter.

        Raises:
            Refused: it is a reading, but the asset has no meter, or several.
        """
        if self._of_asset is None:
            self._of_asset = {}
            for meter in reads.meters(self._tx):
                self._of_asset.setdefault(meter.asset_id, []).append(meter)
        there = self._of_asset.get(asset.id, [])
        for meter in there:
            if event in (meter.name.casefold(), f"{READING}:{meter.name.casefold()}"):
                return meter
        if not event.startswith(READING):
            return None
        if event == READING and len(there) == 1:
            return there[0]
        names = listed([meter.name for meter in there], "or")
        way_out = f"Report {names} as the event." if there else "An asset needs a meter to be read."
        raise Refused(f"{asset.tag}: it is not clear which meter was read.", way_out)

    def keep(self, meter: MeterRow, identity: str, value: int, at: str) -> bool:
        """Keep a reading; whether it is suspect: a meter that only counts up went down."""
        last_at, last = self._last.get(meter.id) or (None, None)
        if last_at is None or at < last_at:
            before = reads.reading_before(self._tx, meter.id, at)
        else:
            before = last
        odd = suspect(meter.kind, value, before, rollover_at=meter.rollover_at)
        self._tx.put(
            "reading",
            identity,
            meter_id=meter.id,
            value=value,
            taken_at=at,
            by_id=None,
            source="event",
            is_reset=0,
            suspect=int(odd),
        )
        if not odd and (last_at is None or at >= last_at):
            self._last[meter.id] = (at, value)
        return odd

    def fires(self, rule: EventRule, asset_id: str, meter: MeterRow, at: str, value: int) -> bool:
        """Whether a reading that is kept already makes a rule fire. One older than the newest changes nothing."""
        key = (rule.id, meter.id)
        known = self._watches.get(key)
        if known is None:
            ends = reads.finished_at(self._tx, rule.key(asset_id))
            before = reads.readings(self._tx, meter.id)
            if before and before[-1] == (at, value):
                before.pop()
            newest = before[-1][0] if before else ""
            known = (watched(rule.limits, before, [end for end in ends if end < at]), newest)
        state, newest = known
        if at < newest:
            self._watches[key] = known
            return False
        after, fired = state.after(rule.limits, value)
        self._watches[key] = (after, at)
        return fired
