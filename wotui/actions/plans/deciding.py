"""What all plans of a shop decide on a day, each by its own rule; the bigger ones first, as they cover smaller ones.

Nothing is written here. The same decisions come out wherever and however often they are made.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wotui.domain.identity import same_id
from wotui.domain.plans.coming import coming
from wotui.domain.plans.deciding import decide, floating_dates
from wotui.domain.plans.plan import Entry
from wotui.domain.plans.settling import Bigger, nested
from wotui.store.reads import plan_ledger
from wotui.store.reads import plans as reads
from wotui.store.reads.working_days import working_days

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from wotui.domain.plans.plan import Plan, Row
    from wotui.store.reading import Reads
    from wotui.store.reads.plans import MeterRow, PlanRow, Target


def order_id(plan_id: str, asset_id: str, cause: str) -> str:
    """The id of the order that an occurrence makes, the same on every computer."""
    return same_id("plan order", plan_id, asset_id, cause)


def occurrence_id(plan_id: str, asset_id: str, row: Row) -> str:
    """The id of a row of the ledger, the same on every computer that decides the same."""
    if row.state == "open":
        return same_id("occurrence", plan_id, asset_id, "order", row.cause)
    span = (row.nominal_on.isoformat(), row.through_on.isoformat(), str(row.threshold or ""))
    return same_id("occurrence", plan_id, asset_id, row.state, *span)


@dataclass(frozen=True, slots=True)
class Decision:
    """What one plan decides for one asset (with an empty `asset_id`: for its place, or for a whole round).

    Attributes:
        plan, rule: the plan and what it says.
        targets: what its order is about; several for a round.
        rows: new rows of the ledger.
        override_used: its one-time date was used.
        included: reason of a merged row → the id of the bigger order that includes it.
        covers: ids of the smaller plans that the new order includes.
    """

    plan: PlanRow
    rule: Plan
    targets: tuple[Target, ...]
    rows: tuple[Row, ...]
    override_used: bool = False
    included: Mapping[str, str] = field(default_factory=dict[str, str])
    covers: tuple[str, ...] = ()

    @property
    def asset_id(self) -> str:
        """The asset of the ledger; empty for a place or a round."""
        return "" if self.plan.route or not self.targets else self.targets[0].asset_id


class Book:
    """Every plan of the shop with its ledger, its assets and its meters, as of a day.

    Args:
        source: the shop, or a transaction that has written already.
        today: the civil date in the shop's zone.
        about: ids of plans; then only they and those that have to do with them are read.
    """

    def __init__(self, source: Reads, today: date, about: Collection[str] | None = None) -> None:
        self.today = today
        known = {one.id: one for one in reads.plans(source)}
        self.plans: dict[str, PlanRow] = known if about is None else _related(known, about)
        self.targets = reads.targets(source, list(self.plans.values()))
        self.ledger = plan_ledger.ledger(source, None if about is None else list(self.plans))
        self.working = working_days(source)
        metered = any("meter" in (one.values["basis"] or "") for one in self.plans.values())
        self.meters = reads.meters(source) if metered else {}
        self._covering: dict[str, list[PlanRow]] = {}
        for one in self.plans.values():
            for covered in one.covers:
                self._covering.setdefault(covered, []).append(one)

    def rule(self, plan: PlanRow) -> Plan | None:
        """What a plan says, with the shop's working days."""
        return plan.rule(self.working)

    def groups(self, plan: PlanRow) -> list[tuple[Target, ...]]:
        """What each order of a plan is about: one asset, or all of them on a round; nothing disposed."""
        usable = tuple(one for one in self.targets.get(plan.id, []) if one.usable)
        if plan.route:
            return [usable] if usable else []
        return [(one,) for one in usable]

    def entries(self, plan: PlanRow, asset_id: str) -> list[Entry]:
        """The ledger of a plan on one asset."""
        return self.ledger.get((plan.id, asset_id), [])

    def meter(self, plan: PlanRow, asset_id: str) -> MeterRow | None:
        """The meter that a plan reads on an asset: its own, or the asset's of the same name."""
        own = self.meters.get(plan.values["meter_id"] or "")
        if own is None or not asset_id or own.asset_id == asset_id:
            return own
        named = (one for one in self.meters.values() if one.asset_id == asset_id)
        return next((one for one in named if one.name.casefold() == own.name.casefold()), None)

    def decisions(self, only: Collection[str] | None = None) -> list[Decision]:
        """What is decided today, the plans that cover others first; of these plans (ids) only, where they are named."""
        found: list[Decision] = []
        for plan in self._bigger_first():
            if only is not None and plan.id not in only:
                continue
            rule = self.rule(plan)
            for targets in self.groups(plan) if rule is not None else ():
                assert rule is not None
                decision = self._decision(plan, rule, targets)
                if decision.rows or decision.override_used:
                    found.append(decision)
                    self._remember(decision)
        return found

    def _decision(self, plan: PlanRow, rule: Plan, targets: tuple[Target, ...]) -> Decision:
        asset_id = "" if plan.route else targets[0].asset_id
        entries = self.entries(plan, asset_id)
        meter = self.meter(plan, asset_id)
        decided = decide(rule, entries, self.today, meter.last if meter else None)
        covering = self._bigger(plan, asset_id)
        rows = nested(rule, decided.rows, [bigger for bigger, _ in covering]) if covering else decided.rows
        made = next((row for row in rows if row.state == "open"), None)
        covers = self._covered(plan, rule, asset_id, made) if made is not None and plan.covers else ()
        included = {f"included in {bigger.name}": identity for bigger, identity in covering}
        return Decision(plan, rule, targets, tuple(rows), decided.override_used, included, covers)

    def _remember(self, decision: Decision) -> None:
        """Let the plans that follow know what was decided."""
        plan, asset_id = decision.plan, decision.asset_id
        self.ledger.setdefault((plan.id, asset_id), []).extend(
            Entry(
                row.nominal_on,
                row.state,
                row.through_on,
                row.due_on,
                None,
                order_id(plan.id, asset_id, row.cause) if row.state == "open" else "",
                row.threshold,
            )
            for row in decision.rows
        )

    def _bigger(self, plan: PlanRow, asset_id: str) -> list[tuple[Bigger, str]]:
        """The occurrences of plans that cover this one on an asset, each with the id of its order."""
        found: list[tuple[Bigger, str]] = []
        for over in self._covering.get(plan.id, ()):
            rule = self.rule(over)
            key = self._key(over, asset_id)
            if rule is None or key is None or over.id == plan.id:
                continue
            name, before, after = over.name, rule.before, rule.after
            for entry in self.entries(over, key):
                if entry.state == "open" and entry.due_on:
                    bigger = Bigger(f"{name} ({entry.due_on})", entry.due_on, before, after)
                elif (
                    entry.state == "done" and entry.done_on
                ):  # it covers what was due around that day, nothing later
                    bigger = Bigger(f"{name} ({entry.due_on or entry.done_on})", entry.done_on, 0, 0)
                else:
                    continue
                found.append((bigger, entry.order_id))
            for row in self.next_dates(over, key):
                bigger = Bigger(f"{name} ({row.due_on})", row.due_on, before, after)
                found.append((bigger, order_id(over.id, key, row.cause)))
        return found

    def next_dates(self, plan: PlanRow, asset_id: str, count: int = 2) -> list[Row]:
        """The next dates of a plan whose orders can be named already; one, where each follows from the last."""
        rule = self.rule(plan)
        if rule is None:
            return []
        entries = self.entries(plan, asset_id)
        if rule.basis == "fixed":
            return list(coming(rule, entries, self.today, count))
        if not rule.basis.startswith("floating"):
            return []
        from dataclasses import replace

        cause = next((entry.order_id for entry in entries if entry.state == "open"), "")
        cause = cause or floating_dates(rule, entries)[2]
        return [
            replace(row, cause=cause or row.nominal_on.isoformat())
            for row in coming(rule, entries, self.today, 1)
        ]

    def _covered(self, plan: PlanRow, rule: Plan, asset_id: str, made: Row) -> tuple[str, ...]:
        """The smaller plans whose dates share a day with the window of an order that is made."""
        bigger = [Bigger(plan.name, made.due_on, rule.before, rule.after)]
        identity = order_id(plan.id, asset_id, made.cause)
        found: list[str] = []
        for covered in plan.covers:
            small = self.plans.get(covered)
            small_rule = self.rule(small) if small is not None else None
            if small is None or small_rule is None:
                continue
            for key in self._keys_under(plan, small, asset_id):
                entries = self.entries(small, key)
                waits = any(entry.order_id == identity for entry in entries)
                rows = coming(small_rule, entries, self.today, 3)
                if waits or any(row.state == "merged" for row in nested(small_rule, rows, bigger)):
                    found.append(covered)
                    break
        return tuple(found)

    def _key(self, plan: PlanRow, asset_id: str) -> str | None:
        """The asset under which a plan keeps what concerns this one; None where it does not concern it."""
        known = {one.asset_id for one in self.targets.get(plan.id, [])}
        if asset_id not in known:
            return None
        return "" if plan.route else asset_id

    def _keys_under(self, plan: PlanRow, small: PlanRow, asset_id: str) -> list[str]:
        wanted = {one.asset_id for one in self.targets.get(plan.id, [])} if plan.route else {asset_id}
        return [
            "" if small.route else one.asset_id
            for one in self.targets.get(small.id, [])
            if one.asset_id in wanted
        ]

    def _bigger_first(self) -> Iterable[PlanRow]:
        """Every plan after those that cover it."""
        depth: dict[str, int] = {}

        def deep(plan: PlanRow, seen: tuple[str, ...]) -> int:
            if plan.id not in depth:
                over = [one for one in self._covering.get(plan.id, ()) if one.id not in seen]
                depth[plan.id] = 1 + max((deep(one, (*seen, plan.id)) for one in over), default=0)
            return depth[plan.id]

        return sorted(
            self.plans.values(), key=lambda one: (deep(one, (one.id,)), one.name.casefold(), one.id)
        )


def _related(known: dict[str, PlanRow], about: Collection[str]) -> dict[str, PlanRow]:
    """These plans, those that cover them, those that they cover, and so on."""
    wanted = {one for one in about if one in known}
    grown = True
    while grown:
        more = {
            one.id
            for one in known.values()
            if one.id not in wanted
            and (wanted.intersection(one.covers) or any(one.id in known[each].covers for each in wanted))
        }
        wanted |= more
        grown = bool(more)
    return {identity: one for identity, one in known.items() if identity in wanted}
