"""Everything about one order that its screen shows, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wotui.domain.templates.own_fields import RELEASE
from wotui.store.reads import (
    checklists,
    codes,
    contractor_jobs,
    labor,
    lifecycle,
    materials,
    plan_steps,
    requests,
    templates,
)
from wotui.store.reads import history as changes
from wotui.store.reads import work_orders as reads
from wotui.text import counted, listed

if TYPE_CHECKING:
    from wotui.domain.templates import OwnField, Preset
    from wotui.store.file import Shop
    from wotui.store.reads.checklists import Sheet
    from wotui.store.reads.contractor_jobs import JobRow
    from wotui.store.reads.history import Change
    from wotui.store.reads.labor import Entry
    from wotui.store.reads.materials import MaterialLine
    from wotui.store.reads.plan_steps import PlanStep
    from wotui.store.reads.requests import LinkedRequest
    from wotui.store.reads.work_orders import LogLine, Order, PersonName, Related


@dataclass(frozen=True, slots=True)
class Detail:
    """One order with what belongs to it. `todo` is the next step in words, `overridden` the reason of an override.

    `own` are the fields of the shop's own that it has, `presets` what its template says, `unfilled` what it needs
    before it is released, `lists` the code lists that hold anything.
    """

    order: Order
    people: tuple[PersonName, ...]
    permits: tuple[str, ...]
    ticked: tuple[str, ...]
    trades: tuple[str, ...]
    custom: dict[str, str]
    own: tuple[OwnField, ...]
    presets: tuple[Preset, ...]
    unfilled: tuple[str, ...]
    lists: frozenset[str]
    materials: tuple[MaterialLine, ...]
    related: tuple[Related, ...]
    asked: tuple[LinkedRequest, ...]
    steps: tuple[PlanStep, ...]
    log: tuple[LogLine, ...]
    sheet: Sheet
    jobs: tuple[JobRow, ...]
    time: tuple[Entry, ...]
    minutes: int
    running: tuple[str, ...]

    @property
    def overridden(self) -> str:
        """Why a contractor was hired without valid papers; empty when nobody was."""
        return "; ".join(job.override_reason for job in self.jobs if job.override_reason)

    @property
    def todo(self) -> str:
        """The next step, with its key."""
        from wotui.tui import keys

        status, progress = self.order.status, self.sheet.progress
        if status == "draft" and not (self.order.asset_id or self.order.place_id or self.order.customer_id):
            return f"{keys.shown_key('order.edit')} says where: a machine, a place or a customer"
        if status == "draft" and self.unfilled:
            return f"{keys.shown_key('order.edit')} fills in {listed(self.unfilled)}"
        if status == "draft":
            return f"{keys.shown_key('order.ready')} releases it, {keys.shown_key('order.start')} starts it"
        if status in ("ready", "scheduled", "on_hold"):
            return f"{keys.shown_key('order.start')} starts the work"
        if status == "in_progress":
            missing = progress.required - progress.required_answered if self.sheet.lines else 0
            if missing > 0:
                open_items = counted(missing, "checklist item")
                return f"{keys.shown_key('order.checklist')} runs the checklist: {open_items} open"
            return f"{keys.shown_key('order.done')} finishes it"
        if status == "done":
            return f"{keys.shown_key('order.close')} closes it after review"
        return ""


def load(shop: Shop, order_id: str) -> Detail | None:
    """The order and what belongs to it; None when it is not there any more."""
    order = reads.order(shop, order_id)
    if order is None or order.deleted_at is not None:
        return None
    return Detail(
        order=order,
        own=tuple(templates.own_fields(shop, order.template_id)),
        presets=tuple(templates.presets(shop, order.template_id)) if order.template_id else (),
        unfilled=templates.unfilled(shop, order)[RELEASE],
        lists=codes.lists_in_use(shop),
        materials=tuple(materials.of_order(shop, order_id)),
        people=tuple(reads.assignees(shop, order_id)),
        permits=reads.members(shop, order_id, "permit"),
        ticked=reads.members(shop, order_id, "permit_ticked"),
        trades=reads.members(shop, order_id, "required_trade"),
        custom=reads.custom_values(shop, order_id),
        related=tuple(reads.related(shop, order_id)),
        asked=tuple(requests.of_order(shop, order_id)),
        steps=tuple(plan_steps.steps(shop, order_id)),
        log=tuple(reads.log(shop, order_id)),
        sheet=checklists.sheet(shop, order_id),
        jobs=tuple(contractor_jobs.jobs(shop, shop.setting("shop.currency"), order_id=order_id)),
        time=tuple(labor.of_order(shop, order_id)),
        minutes=lifecycle.minutes(shop, order_id),
        running=tuple(initials for _, initials in lifecycle.running(shop, order_id)),
    )


def history(shop: Shop, order_id: str) -> list[Change]:
    """Every change of the order, newest first."""
    return changes.history(shop, order_id)
