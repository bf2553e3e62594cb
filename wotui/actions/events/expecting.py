"""Looking at an event before anything is written: which asset, part or meter it is about, and when it was."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wotui.clock import instant, parse_instant
from wotui.domain import wall_time
from wotui.domain.events.reports import READING, STOCK
from wotui.errors import NotFound, Problem, UsageProblem
from wotui.store.reads import events as reads
from wotui.store.reads import work_calendar
from wotui.text import nearest

if TYPE_CHECKING:
    from wotui.actions.events.meters import Meters
    from wotui.domain.events.reports import Report
    from wotui.store.reads.events import AssetRow, MeterRow, PartRow
    from wotui.store.transaction import Transaction

_AHEAD = 86_400
"""Seconds that a machine's clock may be ahead of ours; what lies further ahead is refused."""


@dataclass(frozen=True, slots=True)
class Expected:
    """An event that can be taken: the id that every computer gives it, when it was, and what it is about."""

    report: Report
    id: str
    at: str
    asset: AssetRow | None = None
    part: PartRow | None = None
    meter: MeterRow | None = None
    number: int | None = None


class Expecting:
    """The assets of the shop by their tags, and the look at what is reported of them."""

    def __init__(self, tx: Transaction, meters: Meters) -> None:
        self._tx = tx
        self._meters = meters
        self.assets = {asset.id: asset for asset in reads.assets(tx)}
        self._by_tag = {asset.tag.casefold(): asset for asset in self.assets.values() if asset.tag}
        self.zone = work_calendar.calendar(tx).zone

    def look(self, report: Report, otherwise_at: str = "") -> Expected:
        """An event with what it is about.

        Args:
            report: as it came.
            otherwise_at: when it was, where it does not say; now without it.

        Raises:
            NotFound: no such asset or part.
            UsageProblem: no instant, one more than a day ahead, or a reading or stock without its number.
            Refused: it is not clear which meter was read.
        """
        stamp = self._at(report, otherwise_at)
        at = min(stamp, self._tx.at)  # a clock that is a little ahead
        # One spelling of the instant: `12:00Z` and `14:00+02:00` are the same event.
        dated = report if report.event_id else replace(report, at=stamp)
        if report.part:
            part = self._part(report)
            return Expected(report, dated.identity(f"part:{part.id}"), at, part=part, number=report.number)
        asset = self._by_tag.get(report.asset_tag.casefold())
        if asset is None:
            near = nearest(report.asset_tag, list(self._by_tag))
            way_out = f"Did you mean {self._by_tag[near].tag}?" if near else "Add it first: wotui add asset."
            raise NotFound(f"There is no asset {report.asset_tag}.", way_out)
        meter = self._meters.named(asset, report.event)
        number = report.number if meter is not None else None
        if meter is not None and number is None:
            raise UsageProblem(f"{asset.tag}: the reading says no value.", "Say what the meter shows.")
        return Expected(report, dated.identity(asset.tag), at, asset, meter=meter, number=number)

    def _at(self, report: Report, otherwise: str) -> str:
        if not report.at:
            return otherwise or self._tx.at
        try:
            moment = wall_time.parse(report.at, self.zone)
        except Problem as problem:
            raise UsageProblem(f"{report.about}: {problem.what}", problem.way_out) from None
        if (moment - parse_instant(self._tx.at)).total_seconds() > _AHEAD:
            raise UsageProblem(
                f"{report.about}: {report.at} lies more than a day ahead.",
                "Set the clock of the machine right.",
            )
        return instant(moment)

    def _part(self, report: Report) -> PartRow:
        part = reads.part(self._tx, report.part)
        if part is None:
            raise NotFound(f"There is no part {report.part}.", "Add it first: wotui add part.")
        if report.event not in (STOCK, READING):
            raise UsageProblem(f"{part.sku}: a part has no event {report.event}.", "Report its stock.")
        if report.number is None:
            raise UsageProblem(f"{part.sku}: it says no value.", "Say how much is on hand.")
        return part
