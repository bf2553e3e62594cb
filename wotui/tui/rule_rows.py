"""Rules, dry runs, events and working hours as lines. Pure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from wotui.domain.labor import hours_minutes
from wotui.tui import present
from wotui.tui.widgets.hours import Shown
from wotui.tui.widgets.pages import wrapped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

    from wotui.actions.routing import Tried
    from wotui.store.reads.availability import Day
    from wotui.store.reads.downtime import Standstill
    from wotui.store.reads.events import EventRow
    from wotui.tui.widgets.lines import Piece

Lines = list[list["Piece"]]
_NARROW = 76


def rule_lines(rules: Sequence[tuple[str, str, str, str, bool]], width: int) -> list[Shown]:
    """Rules in their order: (id, name, when, then, on), each on one line, or on two where it is narrow."""
    lines: list[Shown] = []
    narrow = width < _NARROW
    name = max(min(width // 4, 28), 12)
    for number, (identity, called, when, then, on) in enumerate(rules, 1):
        look = "text" if on else "muted"
        front: list[Piece] = [
            (f" {number:>2} ", "key"),
            (present.fit(called, name), look if narrow else "strong"),
        ]
        words = f"{when} → {then}" if then else when
        if not on:
            words = f"off · {words}"
        if narrow:
            lines.append(Shown([*front, ("" if on else "  off", "muted")], identity))
            lines.append(
                Shown(
                    [("      ", "text"), (present.fit(words.removeprefix("off · "), width - 6), "muted")],
                    identity,
                )
            )
        else:
            lines.append(
                Shown([*front, ("  ", "text"), (present.fit(words, width - name - 6), look)], identity)
            )
    return lines


def tried_lines(found: Sequence[Tried], width: int) -> list[Shown]:
    """The dry run: number, title, the rule that fires, and why."""
    title = max(width // 3, 16)
    rule = max(min(width // 5, 22), 10)
    return [
        Shown(
            [
                (f" {present.fit(one.number, 9)}", "accent"),
                (present.fit(one.title, title - 1), "text"),
                (" ", "text"),
                (present.fit(one.rule or "no rule", rule - 1), "good" if one.rule else "muted"),
                (" ", "text"),
                (present.fit(one.why, max(width - title - rule - 11, 1)), "muted"),
            ],
            one.id,
        )
        for one in found
    ]


def trial_lines(one: Tried, width: int) -> Lines:
    """How each rule fared with one request."""
    title: list[Piece] = [(f" {one.number} {one.title}", "title")]
    lines: Lines = [title]
    if one.rule:
        lines += wrapped(f"{one.rule} does: {one.does}.", width - 2, "good", " ")
        lines += wrapped(one.kept, width - 2, "warn", " ") if one.kept else []
    if one.before and one.before != one.rule:
        lines += wrapped(f"When it came in, it was routed by {one.before}.", width - 2, "muted", " ")
    for trial in one.trials:
        mark = "✓" if trial.fits else "✗"
        lines += wrapped(
            f"{mark} {trial.rule.name}: {trial.why}", width - 2, "good" if trial.fits else "muted", " "
        )
    return lines


def machine_lines(
    standing: Sequence[Standstill], events: Sequence[EventRow], now: str, zone: ZoneInfo, width: int
) -> Lines:
    """What stands still now, and the newest events."""
    heading: list[Piece] = [(" Standing still", "title")]
    lines: Lines = [heading]
    for one in standing:
        took = hours_minutes(one.interval.minutes(now))
        joined = f" (joined from {one.interval.joined})" if one.interval.joined > 1 else ""
        words = f"{one.tag} {one.name}, for {took}, {one.interval.kind}{joined}"
        lines.append([(" ✗ ", "bad"), (present.fit(words, width - 4), "text")])
    if not standing:
        lines.append([(" Nothing stands still.", "muted")])
    lines.append([])
    lines.append([(" Newest events", "title")])
    for event in events:
        words = " ".join(part for part in (event.about, event.event, event.value) if part)
        beside = event.request or event.note
        room = max(width - 20, 10)
        lines.append(
            [
                (f" {present.moment(event.at, zone)} ", "muted"),
                (present.fit(f"{words}  {beside}".rstrip(), room), "text"),
            ]
        )
    if not events:
        lines.append([(" No machine has reported anything yet.", "muted")])
    return lines


def week_lines(
    people: Sequence[tuple[str, str, str]], days: Mapping[tuple[str, date], Day], first: date, width: int
) -> list[Shown]:
    """Who works how long in a week, and how much of it is planned: (id, initials, name), a column a day."""
    dates = [first + timedelta(days=step) for step in range(7)]
    cell = 9 if width >= 80 else 6
    name = max(width - 7 * cell - 2, 4)
    headings: list[Piece] = [(_heading(on, cell), "label") for on in dates]
    lines = [Shown([(" " * (name + 2), "text"), *headings])]
    for identity, initials, full in people:
        shown = full if name >= 12 else initials
        pieces: list[Piece] = [(f" {present.fit(shown, name)} ", "text")]
        for on in dates:
            day = days.get((identity, on))
            pieces.append(_cell(day, cell))
        lines.append(Shown(pieces, identity))
    return lines


def _heading(on: date, width: int) -> str:
    return (f"{on:%a} {on.day}" if width >= 9 else f"{f'{on:%a}'[:2]} {on.day}").rjust(width)


def _cell(day: Day | None, width: int) -> Piece:
    if day is None or not (day.minutes or day.planned):
        return ("–".rjust(width), "muted")
    words = f"{_hours(day.planned)}/{_hours(day.minutes)}" if width >= 9 else _hours(day.minutes)
    return (words.rjust(width), "bad" if day.planned > day.minutes else "text")


def _hours(minutes: int) -> str:
    return f"{minutes / 60:.1f}".removesuffix(".0")
