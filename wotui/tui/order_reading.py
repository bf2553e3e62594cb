"""Which pages an order has, and the lines of the one that is read. An order with steps has a page for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.store.reads import plan_steps
from wotui.tui import keys, order_pages, present

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

    from wotui.store.reads.history import Change
    from wotui.store.reads.plan_steps import PlanStep
    from wotui.tui.order_detail import Detail
    from wotui.tui.widgets.lines import Piece
    from wotui.tui.widgets.pages import Lines

STEPS = "steps"


def pages(detail: Detail | None) -> tuple[str, ...]:
    """The pages of an order, by name; steps come second where it has any."""
    first, *others = order_pages.PAGES
    return (first, STEPS, *others) if detail is not None and detail.steps else order_pages.PAGES


def names(detail: Detail) -> list[str]:
    """What the tabs say, with how much is on each page."""
    first, *others = order_pages.names(detail)
    progress = plan_steps.progress(list(detail.steps))
    return [first, f"Steps {progress}".strip(), *others] if detail.steps else [first, *others]


def lines(
    detail: Detail, page: str, history: Sequence[Change], width: int, zone: ZoneInfo, today: date
) -> Lines:
    """The lines of a page.

    Args:
        detail: the order.
        page: one of `pages(detail)`, not the first.
        history: its changes, where they were read.
        width: in cells.
        zone: the shop's zone.
        today: the shop's date.
    """
    if page == STEPS:
        return steps(detail.steps, today)
    if page == "log":
        empty = f"No entries yet. {keys.shown_key('order.note')} adds one."
        return order_pages.log(detail.log, width, zone, today, empty=empty)
    if page == "checklist":
        empty = f"No checklist. {keys.shown_key('order.checklist')} adds one."
        return order_pages.checklist(detail.sheet.shown, width, zone, today, empty=empty)
    if page == "time":
        empty = f"No hours yet. {keys.shown_key('order.start')} starts your timer."
        return order_pages.time(detail.time, detail.minutes, zone, empty=empty)
    if page == "contractors":
        empty = f"No contractor. {keys.shown_key('order.contractor')} finds one."
        return order_pages.contractors(detail.jobs, width, today, empty=empty)
    return order_pages.history(history, width, zone, today)


def steps(found: Sequence[PlanStep], today: date) -> list[list[Piece]]:
    """The steps of an action plan: where each stands, what it is, who does it and by when."""
    made: list[list[Piece]] = []
    for step in found:
        look = present.status(step.status)
        due, token = present.due(step.due_on, today, finished=step.finished)
        made.append(
            [
                (f" {look.glyph} ", look.token),
                (f"{step.number}  ", "muted"),
                (step.title, "muted" if step.finished else "text"),
                (f"  {look.words}", look.token),
                (f"  {step.who}" if step.who else "", "strong"),
                (f"  {due}" if due and not step.finished else "", token),
            ]
        )
    made.append([])
    add = keys.shown_key("order.step")
    made.append([(f" enter opens a step, {add} adds one; the plan is done when all of them are", "muted")])
    return made
