"""What stands beside the list about the order under the cursor: pure, from an order to lines."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from wotui.domain import queue
from wotui.text import counted
from wotui.tui import order_pages, present
from wotui.tui.widgets.pages import wrapped

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from wotui.tui.order_detail import Detail
    from wotui.tui.themes import Token
    from wotui.tui.widgets.lines import Piece


def preview(detail: Detail, width: int, zone: ZoneInfo, today: date) -> list[list[Piece]]:
    """The order on lines of at most `width` cells: what, when, why here, where, who, what next, the newest log."""
    order = detail.order
    finished = order.status in ("done", "closed", "cancelled")
    lines: list[list[Piece]] = [[(f" {order.number}", "muted")]]
    lines += wrapped(order.title, width - 1, "strong", " ")
    status, priority = present.status(order.status), present.priority(order.priority)
    lines.append(
        [
            (f" {status}", status.token),
            ("  ", "text"),
            (str(priority), priority.token),
            (f"  {order.type}", "muted"),
        ]
    )
    lines.append([])
    due, look = present.due(order.due_on, today, finished=finished)
    due_date = None if finished or not order.due_on else present.day(order.due_on, today)
    lines += _fact("due", f"{due} ({due_date})" if due_date and due_date != due else due, width, look)
    if not finished:
        reason = queue.reason(order.criticality, order.type, order.priority, _as_date(order.due_on), today)
        lines += _fact("why here", reason, width)
    lines += _fact("asset", order.asset, width)
    lines += _fact("place", order.place, width)
    lines += _fact(
        "people", ", ".join(person.name for person in detail.people) or order.lead or "nobody yet", width
    )
    lines += _fact("contractor", ", ".join(job.contractor for job in detail.jobs), width)
    if order.hold_reason and order.status == "on_hold":
        until = f" until {present.day(order.hold_until, today)}" if order.hold_until else ""
        lines += _fact("waits for", f"{order.hold_reason}{until}", width, "warn")
    if detail.sheet.lines:
        progress = detail.sheet.progress
        lines += _fact("checklist", f"{progress.required_answered} of {progress.required} required", width)
    lines += _fact("hours", present.duration(detail.minutes or None), width)
    lines += _fact("next", detail.todo, width, "accent")
    if order.description:
        lines.append([])
        lines += wrapped(order.description, width - 1, "text", " ")
    if detail.log:
        more = counted(len(detail.log), "entry", "entries")
        lines.append([])
        lines.append([(" Log", "title"), (f"  {more}", "muted")])
        lines += order_pages.log(detail.log[:5], width, zone, today, empty="")
    return lines


def _fact(label: str, words: str, width: int, look: Token = "text") -> list[list[Piece]]:
    """A label and what it says, wrapped; nothing when it says nothing."""
    if not words:
        return []
    room = max(width - 13, 12)
    shown = wrapped(words, room, look)
    first: list[Piece] = [(f" {label:<11} ", "label"), *shown[0]]
    return [first, *([("             ", "text"), *line] for line in shown[1:])]


def _as_date(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None
