"""Hours as lines: everybody's totals, one person's entries. Pure: page in, lines out."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from textual.content import Content

from wotui.domain.labor import TIME_TYPES, clock_range
from wotui.domain.payroll.findings import Finding
from wotui.domain.payroll.lines import hours_text, printed_total
from wotui.domain.payroll.rules import REG
from wotui.text import counted
from wotui.tui import keys, present
from wotui.tui.present import Look
from wotui.tui.widgets.hours import Shown
from wotui.tui.widgets.pages import wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from wotui.domain.payroll.calendar import Period
    from wotui.domain.payroll.employees import Employee
    from wotui.domain.payroll.lines import Pay
    from wotui.store.reads.labor import Entry
    from wotui.tui.themes import Token
    from wotui.tui.time_page import TimePage
    from wotui.tui.widgets.lines import Piece

STATES = {
    "draft": Look("◌", "draft", "muted"),
    "submitted": Look("◷", "handed in", "info"),
    "approved": Look("✓", "approved", "good"),
}
RUNNING = Look("▶", "running", "accent")
WIDE = 74
"""Columns from which leave and totals have columns of their own."""


def period_words(period: Period, today: date) -> str:
    """`Mon 8 Jun – Sun 14 Jun`, with years where they are not this one."""
    return f"{present.day(period.start, today)} – {present.day(period.end, today)}"


def cells(words: str, width: int, *, right: bool = False) -> str:
    """Text on exactly `width` cells."""
    shown = present.fit(words, width)
    return shown if not right else " " * (width - Content(shown.rstrip()).cell_length) + shown.rstrip()


def heading(words: str) -> Shown:
    """A heading between lines."""
    return Shown([(f" {words}", "title")])


# everybody


def overview(page: TimePage, width: int) -> list[Shown]:
    """One line a person with the totals of the period, then what is wrong and what to do."""
    lines = [_overview_head(width), *(_person(page, one, width) for one in page.people)]
    lines += [_everybody(page, width)] if len(page.people) > 1 else []
    return [*lines, *_late(page, width), *_findings(page, width)]


LATE = "late"
"""What the line about late entries stands for."""


def _late(page: TimePage, width: int) -> list[Shown]:
    if page.late is None:
        return []
    words = f"{page.late.words}. {keys.shown_key('list.open')} shows them."
    made = [
        Shown([(" ! " if number == 0 else "   ", "warn"), *line], LATE)
        for number, line in enumerate(wrapped(words, width - 4))
    ]
    return [Shown(), *made]


def _columns(width: int) -> tuple[int, tuple[str, ...]]:
    """The width of the name, and which totals are shown."""
    totals = ("Regular", "Overtime", "Leave", "Total") if width >= WIDE else ("Regular", "Overtime")
    return min(max(width - 10 * len(totals) - 26, 12), 30), totals


def _overview_head(width: int) -> Shown:
    name, totals = _columns(width)
    words = f"  {cells('Who', name)}" + "".join(cells(word, 10, right=True) for word in totals)
    return Shown([(f"{words}   State", "label")])


def _person(page: TimePage, one: Employee, width: int) -> Shown:
    name, totals = _columns(width)
    pay = page.pay(one.id)
    values = (
        _hours([pay] if pay else [], totals) if pay is not None and pay.total else dict.fromkeys(totals, "")
    )
    pieces: list[Piece] = [(f"  {cells(one.name, name)}", "text")]
    for word in totals:
        token: Token = "warn" if word == "Overtime" and values[word] not in ("", "–") else "text"
        pieces.append((cells(values[word], 10, right=True), token))
    standing = f"   {_standing_glyph(page, one.id)} {page.standing(one.id)}"
    return Shown([*pieces, (standing, _standing_look(page, one.id))], one.id)


def _hours(pays: Sequence[Pay], totals: Sequence[str]) -> dict[str, str]:
    """Totals as the payroll file will add them up: sums of printed lines; a dash for none."""
    lines = [line for pay in pays for line in pay.lines]
    minutes = {
        "Regular": [line.minutes for line in lines if line.code == REG],
        "Overtime": [line.minutes for line in lines if line.code != REG and line.code not in TIME_TYPES],
        "Leave": [line.minutes for line in lines if line.code in TIME_TYPES],
        "Total": [line.minutes for line in lines],
    }
    return {word: printed_total(minutes[word]) if minutes[word] else "–" for word in totals}


def _standing_glyph(page: TimePage, person_id: str) -> str:
    words = page.standing(person_id)
    if words.startswith("timer"):
        return RUNNING.glyph
    return {"approved": "✓", "no hours": "–"}.get(words, "!" if page.conflicted(person_id) else "○")


def _standing_look(page: TimePage, person_id: str) -> Token:
    words = page.standing(person_id)
    if page.conflicted(person_id):
        return "bad"
    looks: dict[str, Token] = {"approved": "good", "no hours": "muted"}
    return looks.get(words, "accent" if words.startswith("timer") else "text")


def _everybody(page: TimePage, width: int) -> Shown:
    name, totals = _columns(width)
    every = [page.pay(one.id) for one in page.people]
    values = _hours([pay for pay in every if pay is not None], totals)
    words = "".join(cells(values[word], 10, right=True) for word in totals)
    return Shown([(f"  {cells('Everybody', name)}{words}", "strong")])


# what is wrong


def _findings(page: TimePage, width: int) -> list[Shown]:
    lines: list[Shown] = []
    if page.blocking:
        lines += [Shown(), heading("Before this period can be paid")]
        others = [one for one in page.blocking if one.code != "E03"]
        lines += [line for one in others for line in finding_lines(one, width, "bad")]
        lines += _to_approve(page, width) if len(others) < len(page.blocking) else []
    elif page.entries:
        ready = f"Nothing stands in the way: {keys.shown_key('time.payroll')} writes the payroll file."
        if page.batch is not None:
            done = "paid" if page.batch.closed else "exported"
            ready = f"This period is {done} as {page.batch.label}: {keys.shown_key('time.payroll')} shows it."
        lines += [Shown(), Shown([(f"  ✓ {ready}", "good")])]
    warnings = [one for one in page.warnings if one.code != "W20"]
    if warnings:
        lines += [Shown(), heading("Worth a look")]
        lines += [line for one in warnings for line in finding_lines(one, width, "warn")]
    return lines


def _to_approve(page: TimePage, width: int) -> list[Shown]:
    """E03 of everybody as one sentence; how many each has stands in the list above."""
    people = [one for one in page.people if page.waiting(one.id)]
    waiting = sum(page.waiting(one.id) for one in people)
    whose = people[0].name if len(people) == 1 else counted(len(people), "person", "people")
    one, every = keys.shown_key("time.approve"), keys.shown_key("time.approve_all")
    what = f"{counted(waiting, 'entry', 'entries')} of {whose} to approve."
    return finding_lines(
        Finding("E03", what, f"{one} approves the person under the cursor, {every} everybody."), width, "warn"
    )


def finding_lines(one: Finding, width: int, token: Token) -> list[Shown]:
    """A finding on as many lines as it needs; the cursor stops on its first and goes to its entry or person."""
    lines = wrapped(f"{one.what} {one.way_out}".strip(), width - 9)
    made: list[Shown] = []
    for number, line in enumerate(lines):
        front: Piece = (f"  {one.code:<5}", token) if number == 0 else (" " * 7, "text")
        value = f"{one.code}/{one.person}/{one.entry}" if number == 0 and one.person else ""
        made.append(Shown([front, *line], value))
    return made


# one person


def person(page: TimePage, person_id: str, width: int) -> list[Shown]:
    """A person's totals, and their entries day by day."""
    lines = [_totals(page, person_id, width)]
    entries = page.entries_of(person_id)
    for day, group in groupby(entries, key=lambda one: one.day):
        of_day = list(group)
        lines += [Shown(), _day(page, day, of_day, width)]
        lines += [_entry(page, one, width) for one in of_day]
    found = [
        one for one in page.reckoning.findings if one.person == person_id and one.code not in ("E03", "W25")
    ]
    if found:
        lines.append(Shown())
    for one in found:
        lines += [Shown(line.pieces) for line in finding_lines(one, width, "bad" if one.blocks else "warn")]
    return lines


def _totals(page: TimePage, person_id: str, width: int) -> Shown:
    pay = page.pay(person_id)
    pieces: list[Piece] = []
    if pay is not None and pay.total:
        values = _hours([pay], ("Regular", "Overtime", "Leave"))
        pieces.append((f" {values['Regular']} regular", "strong"))
        overtime = f"{values['Overtime']} overtime" if pay.overtime else "no overtime"
        pieces.append((f" · {overtime}", "warn" if pay.overtime else "text"))
        if pay.leave:
            pieces.append((f" · {values['Leave']} leave", "text"))
    if pay is not None and pay.unpaid:
        pieces.append((f" · {hours_text(pay.unpaid)} unpaid", "text"))
    standing = f" {_standing_glyph(page, person_id)} {page.standing(person_id)}"
    used = sum(Content(words).cell_length for words, _ in pieces)
    gap = max(width - used - Content(standing).cell_length - 1, 2)
    return Shown([*pieces, (" " * gap, "text"), (standing, _standing_look(page, person_id))])


def _day(page: TimePage, day: date, entries: Sequence[Entry], width: int) -> Shown:
    words = f" {present.day(day, page.today)}"
    total = hours_text(sum(one.minutes for one in entries))
    return Shown(
        [
            (cells(words, 17), "title"),
            (cells(total, 7, right=True), "strong"),
            (" " * max(width - 24, 0), "text"),
        ]
    )


def _entry(page: TimePage, one: Entry, width: int) -> Shown:
    look = RUNNING if one.running else STATES.get(one.state, present.UNKNOWN)
    state = look.words if width >= 56 else ""
    clocked = "" if one.start is None else clock_range(one.start, one.end, page.zone).replace("-", "–")
    if one.start is not None and one.end is not None and page.calendar.day_of(one.end - 1) != one.day:
        clocked += " +1"
    room = max(width - 26 - 13, 6)
    about = _about(one)
    return Shown(
        [
            (f"  {cells(clocked, 15)}", "text"),
            (cells(hours_text(one.minutes), 7, right=True), "text"),
            (f"  {cells(about, room)}", "text" if about else "muted"),
            (f" {look.glyph} {state}", look.token),
        ],
        one.id,
    )


def _about(one: Entry) -> str:
    kind = "" if one.time_type == "WORK" else TIME_TYPES[one.time_type].words
    pauses = sum(item.minutes for item in one.breaks)
    parts = [kind, f"{one.order} {one.title}".strip(), one.note.replace("\n", " ")]
    parts.append(f"{present.duration(pauses)} break" if pauses else "")
    return " · ".join(part for part in parts if part)
