"""The pages of an order that are read: log, checklist, time, contractors, history, each as lines of pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.domain.checklists import answers
from wotui.domain.checklists.items import HEADING, limits
from wotui.domain.contractors.jobs import WORDS
from wotui.tui import present
from wotui.tui.widgets.pages import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

    from wotui.store.reads.checklists import Line as Item
    from wotui.store.reads.contractor_jobs import JobRow
    from wotui.store.reads.history import Change
    from wotui.store.reads.labor import Entry
    from wotui.store.reads.work_orders import LogLine
    from wotui.tui.order_detail import Detail
    from wotui.tui.themes import Token
    from wotui.tui.widgets.lines import Piece

PAGES = ("overview", "log", "checklist", "time", "contractors", "history")
_SMALL = 70
_CODES = frozenset({"status", "outcome", "type", "billing", "hold_reason", "detected_by", "role"})
"""Fields whose values are codes, shown as words."""


def names(detail: Detail) -> list[str]:
    """The names of the pages, with how much is on them."""
    progress = detail.sheet.progress
    checklist = f"Checklist {progress.answered}/{progress.visible}" if detail.sheet.lines else "Checklist"
    return [
        "Overview",
        f"Log {len(detail.log)}" if detail.log else "Log",
        checklist,
        f"Time {present.duration(detail.minutes)}" if detail.minutes else "Time",
        f"Contractors {len(detail.jobs)}" if detail.jobs else "Contractors",
        "History",
    ]


def log(
    entries: Sequence[LogLine], width: int, zone: ZoneInfo, today: date, *, empty: str
) -> list[list[Piece]]:
    """The log, newest first: when, who, what kind, and the words below."""
    if not entries:
        return [[(f" {empty}", "muted")]]
    lines: list[list[Piece]] = []
    for entry in entries:
        kind = "" if entry.kind == "note" else f"  {present.words(entry.kind)}"
        when = present.moment(entry.at, zone, today)
        lines.append([(f" {when}", "muted"), (f"  {entry.by}", "strong"), (kind, "info")])
        lines.extend(wrapped(entry.text, width, indent="   "))
        lines.append([])
    return lines


def checklist(
    items: Sequence[Item], width: int, zone: ZoneInfo, today: date, *, empty: str
) -> list[list[Piece]]:
    """Every visible item with its answer, limits and note; the runner is where they are answered."""
    lines: list[list[Piece]] = []
    last_list = ""
    for item in items:
        if item.list_name != last_list:
            last_list = item.list_name
            lines.append([(f" {item.list_name}", "title")])
        lines.extend(_item(item, width, zone, today))
    return lines or [[(f" {empty}", "muted")]]


def time(entries: Sequence[Entry], minutes: int, zone: ZoneInfo, *, empty: str) -> list[list[Piece]]:
    """Who worked when and how long, newest first, with the total."""
    if not entries:
        return [[(f" {empty}", "muted")]]
    lines: list[list[Piece]] = [[(" total ", "muted"), (present.duration(minutes), "strong")], []]
    for entry in entries:
        day = f" {present.day(entry.day):<12}"
        note = f"  {entry.note}" if entry.note else ""
        kind = "" if entry.time_type == "WORK" else f"  {present.words(entry.time_type.lower())}"
        state = f"  {entry.state}" if entry.state != "draft" else ""
        lines.append(
            [
                (day, "muted"),
                (f"{entry.initials:<5}", "strong"),
                (f"{_clock(entry, zone):<14}", "text"),
                (f"{present.duration(entry.minutes):>8}", "accent" if entry.running else "text"),
                (kind, "info"),
                (state, "good" if entry.state == "approved" else "muted"),
                (note, "muted"),
            ]
        )
    return lines


def contractors(jobs: Sequence[JobRow], width: int, today: date, *, empty: str) -> list[list[Piece]]:
    """Who was asked or hired, on which terms, and what is wrong with it."""
    lines: list[list[Piece]] = []
    for job in jobs:
        state = WORDS.get(job.state, present.words(job.state))
        lines.append([(f" {job.contractor}", "strong"), (f"  {state}", "info")])
        facts = [job.terms.words]
        if job.planned_on:
            facts.append(f"planned {present.day(job.planned_on, today)}")
        if job.po_number:
            facts.append(f"PO {job.po_number}")
        if job.terms.sent_out_on:
            facts.append(f"sent out {present.day(job.terms.sent_out_on, today)}")
        if job.terms.due_back_on:
            facts.append(f"due back {present.day(job.terms.due_back_on, today)}")
        if job.came_back_on:
            facts.append(f"came back {present.day(job.came_back_on, today)}")
        lines.extend(wrapped(" · ".join(fact for fact in facts if fact), width, indent="   "))
        if job.override_reason:
            lines.extend(
                wrapped(f"! papers not valid, hired all the same: {job.override_reason}", width, "bad", "   ")
            )
        if job.state_reason:
            lines.extend(wrapped(job.state_reason, width, "muted", "   "))
        lines.append([])
    if lines:
        lines.append([(" enter opens the job: its next steps, its invoice, its rating", "muted")])
    return lines or [[(f" {empty}", "muted")]]


def history(changes: Iterable[Change], width: int, zone: ZoneInfo, today: date) -> list[list[Piece]]:
    """Who changed which field when, on which device, old → new; what was changed together stands together."""
    lines: list[list[Piece]] = []
    for head, group in _together(changes):
        when, actor, device = head
        lines.append(
            [
                (f" {present.moment(when, zone, today) or 'at an unknown time'}", "muted"),
                (f"  {actor}", "strong"),
            ]
        )
        lines[-1].append((f"  on {device}" if device else "", "muted"))
        for change in group:
            lines.extend(_change(change, width))
        lines.append([])
    return lines or [[(" Nothing was changed yet.", "muted")]]


def _item(item: Item, width: int, zone: ZoneInfo, today: date) -> Iterator[list[Piece]]:
    if item.item.type == HEADING:
        yield [(f" {item.item.label}", "label")]
        return
    if not item.item.answerable:
        yield from wrapped(item.item.label, width, "muted", "     ")
        return
    result = item.result
    look = present.outcome(result.outcome if result is not None else None)
    value = answers.shown(item.item, result.value, result.outcome) if result is not None else ""
    shown = value or (look.words if item.answered else "")
    line: list[Piece] = [
        (f"  {look.glyph} ", look.token),
        (item.item.label, "text"),
        (f"  {shown}", look.token),
    ]
    wanted = limits(item.item) if item.item.numeric else ""
    if wanted and not item.answered:
        line.append((f"  {wanted}", "muted"))
    if item.item.required and not item.answered:
        line.append(("  required", "warn"))
    yield line
    if result is not None and result.note:
        yield from wrapped(result.note, width, "muted", "      ")
    if item.follow_up is not None:
        words = f"follow-up {item.follow_up.number} {item.follow_up.title}"
        yield from wrapped(words, width, "info", "      ")
    if result is not None and result.answered and width >= _SMALL and result.by:
        line.append((f"  {result.by} {present.moment(result.at, zone, today)}", "muted"))


def _clock(entry: Entry, zone: ZoneInfo) -> str:
    if entry.start is None:
        return "by hand"
    begun = f"{present.minute_of(entry.start, zone):%H:%M}"
    return f"{begun}–running" if entry.end is None else f"{begun}–{present.minute_of(entry.end, zone):%H:%M}"


def _together(changes: Iterable[Change]) -> Iterator[tuple[tuple[str | None, str, str], list[Change]]]:
    group: list[Change] = []
    for change in changes:
        if group and (group[0].act, group[0].origin, group[0].at) != (change.act, change.origin, change.at):
            yield (group[0].at, group[0].actor, group[0].device), group
            group = []
        group.append(change)
    if group:
        yield (group[0].at, group[0].actor, group[0].device), group


def _change(change: Change, width: int) -> list[list[Piece]]:
    """`field: old → new`; `field: + new` where there was nothing, `field: − old` where there is nothing now."""
    front = f"   {present.words(change.field)}: "
    old, new = (_value(change.field, value) for value in (change.old, change.new))
    room = width - len(front) - len(old) - len(new) - 3
    if room >= 0 and old and new:
        return [[(front, "label"), (old, "muted"), (" → ", "muted"), (new, "text")]]
    if room >= 0:
        return [[(front, "label"), (f"− {old}", "muted") if old else (f"+ {new}", "text")]]
    lines: list[list[Piece]] = [[(front, "label")]]
    if old:
        lines.extend(_marked("−", old, width, "muted"))
    if new:
        lines.extend(_marked("+", new, width, "text"))
    return lines


def _marked(mark: str, words: str, width: int, look: Token) -> list[list[Piece]]:
    """Wrapped lines, the first of them marked."""
    lines = wrapped(words, width, look, "       ")
    lines[0][0] = (f"     {mark} ", look)
    return lines


def _value(field: str, value: str | None) -> str:
    return present.words(value) if field in _CODES else value or ""
