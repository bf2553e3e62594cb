"""The desk where events arrive: each is kept once, rules look at it, and what follows is done.

A desk belongs to one transaction and reads rules, assets and meters once, so that ten thousand events are quick.
`expect` looks at an event without writing anything, `take` writes it, `close` routes the new requests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.actions import downtime
from wotui.actions.events.causes import Cause, Causes, Happening
from wotui.actions.events.expecting import Expecting
from wotui.actions.events.meters import Meters
from wotui.domain.events.reports import DOWN, RUNNING
from wotui.domain.identity import new_id, same_id
from wotui.domain.quantity import decimal, with_unit
from wotui.store.reads import events as reads

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wotui.actions.events.expecting import Expected
    from wotui.domain.events.reports import Report
    from wotui.domain.events.rules import EventRule
    from wotui.store.reads.events import AssetRow, MeterRow, PartRow
    from wotui.store.transaction import Transaction

_IDLE = ("out_of_service", "disposed")
_NO_TRUST = "This reading cannot be believed; nothing follows."


class Desk:
    """Where events arrive in one transaction.

    Args:
        tx: the open transaction.
        origin: kept with each event: a file's name, `command`, `person`.
    """

    def __init__(self, tx: Transaction, origin: str) -> None:
        self.tx = tx
        self.origin = origin
        self.taken = 0
        self.repeated = 0
        self._rules: dict[str, list[EventRule]] = {}
        for rule in reads.rules(tx):
            self._rules.setdefault(rule.source, []).append(rule)
        self._meters = Meters(tx)
        self._expecting = Expecting(tx, self._meters)
        self.causes = Causes(tx, self._expecting.zone)
        self._known: set[str] = set()

    @property
    def made(self) -> list[str]:
        """The ids of the requests that were made."""
        return self.causes.made

    def rules(self, source: str) -> list[EventRule]:
        """The rules that wait for something, in their order."""
        return self._rules.get(source, [])

    def asset(self, identity: str | None) -> AssetRow | None:
        """An asset in use by its id."""
        return self._expecting.assets.get(identity or "")

    def expect(self, report: Report, otherwise_at: str = "") -> Expected:
        """Look at an event before anything is written; raises what `Expecting.look` raises."""
        return self._expecting.look(report, otherwise_at)

    def know(self, expected: Iterable[Expected]) -> None:
        """Find out in one go which of these events were taken before."""
        self._known |= reads.known(self.tx, [one.id for one in expected])

    def take(self, one: Expected) -> bool:
        """Keep one event and do what follows from it; False where it was taken before (`know` has asked)."""
        if one.id in self._known:
            self.repeated += 1
            return False
        self._known.add(one.id)
        self.taken += 1
        causes, note = self._causes(one)
        requests = [(cause, self.causes.request(cause, one.id, one.at)) for cause in causes]
        report, asset = one.report, one.asset
        about = asset.tag if asset else report.about
        happening = Happening(
            one.id,
            about,
            report.event,
            report.value,
            one.at,
            report.event_id,
            self.origin,
            asset.id if asset else None,
            note,
        )
        self.causes.keep(happening, requests)
        if asset is not None and report.event in DOWN and not note:
            self._begin(asset.id, one.at, one.id, requests)
        return True

    def asset_went_down(self, asset_id: str, at: str, note: str) -> None:
        """A person says that an asset stands still: the same as when the machine says it."""
        asset = self.asset(asset_id)
        if asset is None:
            downtime.begin(self.tx, asset_id, at, note=note)
            return
        event_id = new_id()
        identity = same_id("event", asset.tag, event_id)
        causes = self._about(asset, "state_down", "down", "", at, note)
        requests = [(cause, self.causes.request(cause, identity, at)) for cause in causes]
        happening = Happening(identity, asset.tag, "down", "", at, event_id, self.origin, asset.id, note)
        self.causes.keep(happening, requests)
        self._begin(asset.id, at, identity, requests, note)

    def limits(self, asset: AssetRow, meter: MeterRow, value: int, at: str) -> list[Cause]:
        """What the rules on limits make of a reading that is kept already."""
        found: list[Cause] = []
        for rule in self.rules("meter_limit"):
            wanted = rule.meter_id == meter.id if rule.meter_id else rule.names(meter.name)
            if not wanted or not rule.concerns(asset.id, asset.category):
                continue
            if self._meters.fires(rule, asset.id, meter, at, value):
                words = rule.limits.words(value, meter.uom)
                found.append(Cause(rule, asset.id, asset.tag, meter.name, words, asset.id))
        return found

    def close(self) -> list[str]:
        """Route the new requests and note on the others how often; returns the sentences a person should see."""
        return self.causes.close()

    def _causes(self, one: Expected) -> tuple[list[Cause], str]:
        """What rules make of an event, and a note where nothing may follow."""
        report, asset = one.report, one.asset
        if one.part is not None:
            return self._stock(one.part, one.number or 0), ""
        assert asset is not None
        if one.meter is not None and one.number is not None:
            if self._meters.keep(one.meter, same_id("reading", one.id), one.number, one.at):
                return [], _NO_TRUST
            return ([] if asset.state in _IDLE else self.limits(asset, one.meter, one.number, one.at)), ""
        if asset.state in _IDLE:
            return [], f"{asset.tag} is {asset.state.replace('_', ' ')}; nothing follows."
        if report.event in RUNNING:
            return [], f"It is a person who ends a standstill: wotui running {asset.tag}."
        found = self._about(asset, "event", report.event, report.value, one.at, "")
        if report.event in DOWN:
            found = self._about(asset, "state_down", report.event, report.value, one.at, "") + found
        return found, ""

    def _about(
        self, asset: AssetRow, source: str, event: str, value: str, at: str, details: str
    ) -> list[Cause]:
        since = at if event in DOWN else None
        return [
            Cause(rule, asset.id, asset.tag, event, value, asset.id, since, details)
            for rule in self.rules(source)
            if rule.concerns(asset.id, asset.category) and (source != "event" or rule.names(event))
        ]

    def _stock(self, part: PartRow, on_hand: int) -> list[Cause]:
        if part.least is None or on_hand >= part.least:
            return []
        words = f"{with_unit(on_hand, part.uom)} on hand, below {decimal(part.least)}"
        name = f"{part.sku} {part.name}".strip()
        return [
            Cause(rule, part.id, name, "stock", words)
            for rule in self.rules("part_below")
            if rule.names(part.sku)
        ]

    def _begin(
        self, asset_id: str, at: str, event: str, requests: list[tuple[Cause, str]], note: str = ""
    ) -> None:
        first = requests[0][1] if requests else None
        identity = same_id("downtime", asset_id, event)
        downtime.begin(self.tx, asset_id, at, note=note, request_id=first, identity=identity)
