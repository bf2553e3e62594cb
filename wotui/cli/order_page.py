"""A work order as a page to read: what it is and where, who is on it, its checklist, log, hours and contractors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.cli import moments
from wotui.cli.page import Page
from wotui.domain import money
from wotui.domain.labor import clock_range, hours_minutes
from wotui.domain.templates.own_fields import shown
from wotui.domain.work_orders import OPEN, OUTCOME_WORDS, PRIORITIES, STATUS_WORDS
from wotui.store.reads import checklists, contractor_jobs, labor, materials, plan_steps, requests, templates
from wotui.store.reads import work_orders as reads

if TYPE_CHECKING:
    from wotui.cli.output import Style
    from wotui.store.file import Shop
    from wotui.store.reads.work_orders import Order

_STATUS_STYLES: dict[str, Style] = {
    "in_progress": "cyan",
    "on_hold": "yellow",
    "done": "green",
    "closed": "green",
}
_OUTCOMES: dict[str | None, tuple[str, str, Style | None]] = {
    "pass": ("✓", "pass", "green"),
    "flag": ("!", "flag", "yellow"),
    "fail": ("✗", "FAIL", "red"),
    "na": ("–", "n/a", "dim"),
    None: ("·", "open", None),
}
_LATE = " late"


def page(shop: Shop, order: Order, *, plain: bool) -> str:
    """The order as text.

    Args:
        shop: the open shop.
        order: the order.
        plain: no colours, whatever stdout is.
    """
    made = Page(plain=plain)
    _head(made, shop, order)
    _people(made, shop, order)
    _ending(made, shop, order)
    if order.description:
        made.section("Description")
        made.prose(order.description)
    _steps(made, shop, order)
    _checklist(made, shop, order)
    _materials(made, shop, order)
    _log(made, shop, order)
    _time(made, shop, order)
    _jobs(made, shop, order)
    _requests(made, shop, order)
    _related(made, shop, order)
    return made.text


def _head(made: Page, shop: Shop, order: Order) -> None:
    made.title(order.number, order.title)
    words = [
        STATUS_WORDS.get(order.status, order.status),
        PRIORITIES.get(order.priority, ""),
        order.type or "",
    ]
    made.line(" · ".join(word for word in words if word), _STATUS_STYLES.get(order.status))
    made.rule()
    asset = order.asset
    if asset and (order.criticality or order.asset_state):
        notes = [f"criticality {order.criticality}" if order.criticality else "", (order.asset_state or "")]
        asset += f" ({', '.join(note.replace('_', ' ') for note in notes if note)})"
    made.field("Asset", asset)
    made.field("Place", order.place)
    made.field("Customer", order.customer or "")
    due = moments.due(order.due_on, shop.today()) if order.status in OPEN else order.due_on or ""
    made.field("Due", due, "red" if due.endswith(_LATE) else None)
    made.field("Not before", order.earliest_on or "")
    planned = " ".join(part for part in (order.planned_on, order.planned_time) if part)
    if order.planned_minutes:
        planned = f"{planned}{', ' if planned else ''}{hours_minutes(order.planned_minutes)}"
    made.field("Planned", planned)
    hold = order.hold_reason or ""
    made.field("On hold for", f"{hold}{f', until {order.hold_until}' if order.hold_until else ''}", "yellow")
    made.field("Needs", "the asset stopped" if order.downtime_required else "")


def _people(made: Page, shop: Shop, order: Order) -> None:
    people = reads.assignees(shop, order.id)
    names = [
        f"{person.name} ({person.initials}{', leads' if person.id == order.lead_id else ''})"
        for person in people
    ]
    made.field("Assigned", ", ".join(names) or ("nobody" if order.status in OPEN else ""))
    made.field("Team", order.team or "")
    made.field("Trades", ", ".join(reads.members(shop, order.id, "required_trade")))
    ticked = set(reads.members(shop, order.id, "permit_ticked"))
    permits = [
        f"{permit} {'✓ in place' if permit in ticked else '· not in place'}"
        for permit in reads.members(shop, order.id, "permit")
    ]
    made.field("Permits", ", ".join(permits))
    if order.billing and order.billing != "none":
        price = money.shown(order.fixed_price, shop.setting("shop.currency")) if order.fixed_price else ""
        made.field("Billing", f"{order.billing.replace('_', ' ')} {price}".strip())
    own = {field.name: field for field in templates.own_fields(shop, order.template_id)}
    for name, value in reads.custom_values(shop, order.id).items():
        made.field(
            own[name].words if name in own else name, shown(own[name], value) if name in own else value
        )
    made.field("Kind of work", order.work_kind or "")
    made.field("Template", order.template or "")
    created = moments.local(order.created_at, shop.zone)
    made.field("Made", f"{created}{f' by {order.creator}' if order.creator else ''}")
    made.field("Plan", f"{order.plan}, for {order.plan_nominal_on}" if order.plan else "")
    made.field("Started", moments.local(order.started_at, shop.zone))


def _ending(made: Page, shop: Shop, order: Order) -> None:
    made.field("Done", moments.local(order.done_at, shop.zone))
    made.field("Outcome", OUTCOME_WORDS.get(order.outcome or "", order.outcome or ""))
    failure = [order.failure_problem, order.failure_cause, order.failure_remedy]
    made.field("Failure", " → ".join(word for word in failure if word))
    made.field("Found, done", order.completion_note or "")
    if order.signed:
        made.field(
            "Signed", f"{order.signed_by} ({order.signed_role}), {moments.local(order.signed_at, shop.zone)}"
        )
    elif order.signoff_required:
        made.field("Signed", "not yet; a sign-off is required", "yellow" if order.status in OPEN else None)


def _checklist(made: Page, shop: Shop, order: Order) -> None:
    sheet = checklists.sheet(shop, order.id)
    if not sheet.lines:
        return
    progress = sheet.progress
    made.section("Checklist", f"{progress.answered} of {progress.visible} answered")
    for line in sheet.shown:
        if not line.item.answerable:
            made.entry("", line.item.label, "dim")
            continue
        result = line.result
        glyph, word, style = _OUTCOMES.get(result.outcome if result else None, _OUTCOMES[None])
        words = line.item.label
        if result and result.answered:
            value = result.value or ""
            words += f": {value}" if value and value not in ("done", "pass", "fail", "na") else ""
            words += f" – {result.note}" if result.note else ""
        if line.follow_up:
            words += f" → {line.follow_up.number}"
        made.entry(f"{line.number:>2} {glyph} {word:<4}", words, style)


def _log(made: Page, shop: Shop, order: Order) -> None:
    entries = reads.log(shop, order.id)
    if entries:
        made.section("Log")
    for line in entries:
        kind = "" if line.kind in ("note", "system") else f"{line.kind}: "
        lead = f"{moments.local(line.at, shop.zone)}  {line.by:<4}"
        made.entry(lead, f"{kind}{line.text}", "dim" if line.kind == "system" else None)


def _materials(made: Page, shop: Shop, order: Order) -> None:
    lines = materials.of_order(shop, order.id)
    if lines:
        made.section("Material")
    for line in lines:
        made.entry(f"{line.amount:<9}", line.words)


def _time(made: Page, shop: Shop, order: Order) -> None:
    entries = labor.of_order(shop, order.id)
    if not entries:
        return
    total = sum(entry.minutes for entry in entries if not entry.running)
    made.section("Time", hours_minutes(total))
    for entry in entries:
        clocked = "" if entry.start is None else clock_range(entry.start, entry.end, shop.zone)
        lead = f"{entry.day.isoformat()}  {entry.initials:<4} {clocked:<11}"
        words = [
            "running" if entry.running else "",
            hours_minutes(entry.minutes),
            entry.time_type.lower(),
            entry.state,
            entry.note,
        ]
        made.entry(lead, ", ".join(word for word in words if word), "cyan" if entry.running else None)


def _jobs(made: Page, shop: Shop, order: Order) -> None:
    jobs = contractor_jobs.jobs(shop, shop.setting("shop.currency"), order_id=order.id)
    if jobs:
        made.section("Contractors")
    for job in jobs:
        where = "off site" if job.terms.mode == "offsite" else "on site"
        words = [job.state.replace("_", " "), job.terms.words, where]
        if job.planned_on:
            words.append(f"on {job.planned_on}")
        if job.terms.due_back_on:
            words.append(f"due back {job.terms.due_back_on}")
        made.entry("", f"{job.contractor}: {', '.join(words)}")
        if job.override_reason:
            made.entry("", f"hired without valid documents: {job.override_reason}", "red")


def _steps(made: Page, shop: Shop, order: Order) -> None:
    """The steps of an action plan, each with its state and who does it."""
    found = plan_steps.steps(shop, order.id)
    if not found:
        return
    made.section("Steps", f"{plan_steps.progress(found) or 'none'} done")
    for step in found:
        words = [STATUS_WORDS.get(step.status, step.status), step.who]
        made.entry(step.number, f"{step.title} ({', '.join(word for word in words if word)})")


def _requests(made: Page, shop: Shop, order: Order) -> None:
    """Who asked for it."""
    asked = requests.of_order(shop, order.id)
    if asked:
        made.section("Asked for")
    for each in asked:
        who = ", ".join(part for part in (each.asker, each.contact) if part)
        made.entry(each.number, f"{each.title}{f' ({who})' if who else ''}")


def _related(made: Page, shop: Shop, order: Order) -> None:
    others = [each for each in reads.related(shop, order.id) if each.kind != "part"]
    if others or order.parent:
        made.section("Other orders")
    if order.parent:
        made.entry("part of", order.parent)
    for other in others:
        made.entry(
            other.kind.replace("_", " "), f"{other.number} {other.title} ({STATUS_WORDS.get(other.status)})"
        )
