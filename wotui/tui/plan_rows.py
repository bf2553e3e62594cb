"""Maintenance plans as lines: the list, the coming dates, the ledger, what a plan says. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from wotui.domain.plans.fields import FORM_WORDS, PLAN, USUAL
from wotui.tui import present
from wotui.tui.present import Look
from wotui.tui.widgets.hours import Shown
from wotui.tui.widgets.pages import wrapped

if TYPE_CHECKING:
    from datetime import date

    from wotui.actions.plans.previewing import Preview
    from wotui.domain.plans.plan import Row
    from wotui.store.reads.plan_ledger import Occurrence
    from wotui.store.reads.plan_list import Listed
    from wotui.tui.plan_page import PlanPage
    from wotui.tui.widgets.lines import Piece

Lines = list[Sequence["Piece"]]

STATES = {
    "open": Look("○", "open", "info"),
    "done": Look("✓", "done", "good"),
    "missed": Look("✗", "missed", "bad"),
    "skipped": Look("–", "skipped", "muted"),
    "merged": Look("⊂", "included", "muted"),
}
PAGES = ("Dates", "Ledger", "What it says", "History")
_WIDE, _WIDEST = 76, 100
_SHOWN = 200
_PART = 14
_QUIET = {"active", "version", "since_on", "created_on"}


def list_lines(plans: Sequence[Listed], today: date, width: int) -> list[Shown]:
    """The list, one line a plan: glyph, name, how often, for what, what is open or due next."""
    wide, widest = width >= _WIDE, width >= _WIDEST
    due, often, about = 26, 28 if wide else 0, 14 if widest else 0
    name = max(width - due - often - about - 5, 12)
    lines: list[Shown] = []
    for one in plans:
        look, words = _standing(one, today)
        cells: list[Piece] = [
            (f" {look.glyph} ", look.token),
            (present.fit(one.plan.name, name), "text" if not one.plan.retired else "muted"),
            (" ", "text"),
        ]
        if often:
            cells.append((f"{present.fit(one.interval, often - 1)} ", "muted"))
        if about:
            cells.append((f"{present.fit(one.about, about - 1)} ", "muted"))
        cells.append((present.fit(words, due), look.token))
        lines.append(Shown(cells, one.plan.id))
    return lines


def _standing(one: Listed, today: date) -> tuple[Look, str]:
    if one.plan.retired:
        return Look("■", "retired", "muted"), "ended"
    numbers = list(one.open_numbers)
    if numbers:
        rests = ", paused" if one.standing.startswith("paused") else ""
        more = f" +{len(numbers) - 1}" if len(numbers) > 1 else ""
        look = Look("!", "late", "bad") if one.late else STATES["open"]
        return look, f"{numbers[0]}{more} {'is late' if one.late else 'is open'}{rests}"
    if one.standing.startswith("paused"):
        return Look("‖", "paused", "warn"), one.standing
    if one.next_on is not None:
        return Look("◷", "waits", "text"), f"due {present.day(one.next_on, today)}"
    return Look("·", "waits", "muted"), "by its meter" if one.standing == "active" else one.standing


def about_line(one: Listed) -> str:
    """A plan in one line, for the header."""
    return " · ".join(part for part in (one.interval, one.about, one.standing) if part)


# pages


def dates_page(page: PlanPage, width: int) -> Lines:
    """The open orders and the coming dates of each asset."""
    lines: Lines = []
    moved = page.listed.plan.values["override_next_on"]
    if moved:
        reason = page.listed.plan.values["override_reason"] or ""
        lines += wrapped(f"The next order is due {moved}, this once: {reason}", width - 2, "warn", " ")
        lines.append([])
    for one in page.coming:
        if one.asset:
            lines.append([(f" {one.asset}", "title")])
        for row in one.open_orders:
            lines.append([*_state(row, page.today)])
        lines.extend([("   ◷ ", "muted"), (_due(row, page.today), "text")] for row in one.after)
        if not one.after and not one.open_orders:
            lines.append([("   no coming date: it has ended, or it goes by its meter", "muted")])
        lines.append([])
    if not page.coming:
        lines.append([(" This plan makes nothing any more.", "muted")])
    return lines


def ledger_page(page: PlanPage, width: int) -> Lines:
    """What became of each date, the newest first."""
    shown = page.ledger[:_SHOWN]
    span = 24 if any(row.through_on != row.nominal_on for row in shown) else 11
    asset = 10 if width >= _WIDE and len({row.asset for row in shown}) > 1 else 0
    lines: Lines = []
    for row in shown:
        look = STATES.get(row.state, present.UNKNOWN)
        dates = row.nominal_on if row.through_on == row.nominal_on else f"{row.nominal_on} – {row.through_on}"
        first, *rest = wrapped(_became(row, page.today), max(width - span - asset - _PART - 4, 16), "muted")
        lines.append(
            [
                (f" {look.glyph} ", look.token),
                (present.fit(dates, span), "text"),
                (present.fit(f"{look.words}{f' ×{row.count}' if row.count > 1 else ''}", _PART), look.token),
                (present.fit(row.asset, asset) if asset else "", "muted"),
                *first,
            ]
        )
        lines.extend([(" " * (3 + span + _PART + asset), "text"), *line] for line in rest)
    if not lines:
        lines.append([(" No date has come due yet.", "muted")])
    if len(page.ledger) > _SHOWN:
        lines.append([(f" … and {len(page.ledger) - _SHOWN} older ones.", "muted")])
    return lines


def says_page(page: PlanPage, width: int) -> Lines:
    """What the plan says, without what everybody expects."""
    lines: Lines = [[(f" {present.fit('How often', 22)}", "label"), (page.listed.interval, "text")]]
    for field in PLAN.fields:
        typed = page.typed.get(field.name, "")
        if not typed or typed == "no" or USUAL.get(field.name) == typed or field.name in {"every", "unit"}:
            continue
        shown = FORM_WORDS.get(field.name, {}).get(typed, typed)
        first, *rest = wrapped(shown, max(width - 25, 12))
        lines.append([(f" {present.fit(field.words.capitalize(), 22)}", "label"), *first])
        lines.extend([(" " * 23, "text"), *line] for line in rest)
    version = page.listed.plan.values["version"] or 1
    lines.append([(f" {present.fit('Version', 22)}", "label"), (str(version), "text")])
    return lines


def history_page(page: PlanPage, width: int) -> Lines:
    """What was done with the plan and why, and each change."""
    lines: Lines = []
    for line in page.log:
        at = present.moment(line.at, page.zone)
        lines.append([(f" {at}  ", "muted"), (f"{line.by:<4} ", "label"), (line.text, "text")])
    for change in page.changes[:_SHOWN]:
        if change.field in _QUIET or (
            change.old is None and change.new == USUAL.get(change.field.replace(" ", "_"))
        ):
            continue
        at = present.moment(change.at, page.zone) if change.at else "unsure"
        lines.append(
            [
                (f" {at}  ", "muted"),
                (f"{change.actor:<4} ", "label"),
                (f"{present.words(change.field)}: ", "muted"),
                (f"{change.old or '–'} → {change.new or '–'}"[: max(width, 10)], "text"),
            ]
        )
    return lines or [[(" Nothing yet.", "muted")]]


def side_lines(page: PlanPage, width: int) -> Lines:
    """What stands beside the list: the plan in a few words, its dates, the last of its ledger."""
    lines: Lines = [[(f" {page.listed.plan.name}", "title")]]
    lines += wrapped(about_line(page.listed), width - 2, "muted", " ")
    lines.append([])
    lines += dates_page(page, width)[:20]
    if page.ledger:
        lines.append([(" Last", "title")])
        lines += ledger_page(page, 40)[:6]
    return lines


def preview_lines(previews: Sequence[Preview], today: date, width: int, *, edited: bool) -> Lines:
    """The next dates, before and after an edit side by side, and the open orders that stay."""
    half = max((width - 4) // 2, 14)
    lines: Lines = []
    for one in previews:
        if one.asset:
            lines.append([(f" {one.asset}", "title")])
        if edited:
            lines.append([(f" {present.fit('BEFORE', half)}", "label"), ("│ AFTER", "label")])
        for before, after in zip_longest(one.before, one.after):
            new = _due(after, today) if after else "–"
            if not edited:
                lines.append([(" ◷ ", "muted"), (new, "text")])
                continue
            old = _due(before, today) if before else "–"
            same = before is not None and after is not None and before.due_on == after.due_on
            mark = "  " if same else "→ "
            lines.append(
                [
                    (f" {present.fit(old, half)}", "muted"),
                    ("│ ", "muted"),
                    (f"{mark}{new}", "text" if same else "accent"),
                ]
            )
        if not one.before and not one.after:
            lines.append([(" no coming date: it goes by its meter, or it has ended", "muted")])
        for row in one.open_orders:
            lines.append([(f" {row.number} stays as it is, due {row.due_on}", "warn")])
    return lines


def _state(row: Occurrence, today: date) -> list[Piece]:
    late = row.due_on < today.isoformat()
    look = STATES["open"]
    status = present.status(row.order_status)
    words = f"{row.number} {status.words}, due {row.due_on}{', late' if late else ''}"
    return [(f"   {look.glyph} ", look.token), (words, "bad" if late else "info")]


def _due(row: Row, today: date) -> str:
    shown = present.day(row.due_on, today)
    return shown if row.due_on == row.nominal_on else f"{shown} (for {row.nominal_on:%d %b})"


def _became(row: Occurrence, today: date) -> str:
    parts: list[str] = []
    if row.number:
        parts.append(row.number)
    if row.state == "open":
        parts.append(f"due {row.due_on}{', late' if row.due_on < today.isoformat() else ''}")
    elif row.done_on:
        late = row.done_on > row.due_on
        parts.append(f"on {row.done_on}{f', due {row.due_on}' if late else ''}")
    if row.reason:
        parts.append(row.reason)
    return " · ".join(parts)
