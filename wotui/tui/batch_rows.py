"""Payroll batches as lines: the list of them, and one with what it contained and why it differs. Pure."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from wotui.domain.labor import hours_minutes
from wotui.domain.payroll.lines import hours_text
from wotui.text import counted
from wotui.tui import keys, present
from wotui.tui.time_rows import cells, heading, period_words
from wotui.tui.widgets.hours import Shown
from wotui.tui.widgets.pages import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from wotui.domain.payroll.differences import Difference
    from wotui.store.reads.pay_batches import Batch
    from wotui.tui.payroll_page import BatchPage
    from wotui.tui.themes import Token


def state(batch: Batch) -> tuple[str, Token]:
    """Whether a batch counts: paid, active, superseded, void."""
    if batch.status == "active":
        return ("■ paid", "good") if batch.closed else ("✓ exported", "accent")
    return f"✗ {batch.status}", "muted"


def listed(found: Sequence[Batch], today: date, width: int) -> list[Shown]:
    """Every batch on a line, the newest first."""
    wide = width >= 74
    room = max(width - (70 if wide else 42), 8)
    head = f"  {cells('Batch', 11)}{cells('Period', 25)}{cells('Hours', room)}"
    made = [
        Shown([(f"{head}{cells('Format', 14) if wide else ''}State" if wide else f"{head}State", "label")])
    ]
    for one in found:
        words, look = state(one)
        sums = ", ".join(f"{code} {hours}" for code, hours in one.totals.items())
        front = f"  {cells(f'{one.label} r{one.revision}', 11)}{cells(period_words(one.period, today), 25)}"
        middle = f"{cells(sums, room - 1)} {cells(one.profile, 14) if wide else ''}"
        made.append(Shown([(front + middle, "text"), (words, look)], one.id))
    return made


def lines(page: BatchPage, width: int, *, as_file: bool) -> list[Shown]:
    """One batch."""
    made = [*_about(page, width), Shown()]
    if as_file:
        if page.text is None:
            made += _told(
                "The bytes are not in this file; they are on the payroll's own computer.", width, "warn"
            )
            return made
        return [*made, heading(page.batch.file_name), *file_lines(page.text, width)]
    return [*made, *contained(page, width), Shown(), *_why(page, width)]


def _told(words: str, width: int, look: Token = "text") -> Iterator[Shown]:
    for line in wrapped(words, width - 2, look):
        yield Shown([(" ", "text"), *line])


def _about(page: BatchPage, width: int) -> Iterator[Shown]:
    one, manifest = page.batch, page.manifest
    words, look = state(one)
    reason = f": {one.void_reason}" if one.void_reason else ""
    yield Shown([(f" {words}{reason}", look)])
    made = f"{one.file_name}, made {present.moment(one.created_at, page.zone, page.today)}"
    by = f" by {one.actor}" if one.actor else ""
    yield from _told(f"{made}{by}.", width)
    rules = ", ".join(cast("list[str]", manifest.get("rule_sets", []))) or "its own rules"
    rounding = manifest.get("rounding") or 0
    exact = f"rounded to {rounding} minutes" if rounding else "exact minutes"
    yield from _told(f"Reckoned with {rules}, {exact}.", width, "muted")
    if manifest.get("self_approved"):
        yield from _told("Some of these hours were approved by the people who worked them.", width, "warn")
    for moved in cast("list[dict[str, Any]]", manifest.get("minutes", [])):
        year = cast("dict[str, Any]", moved.get("last_12_months", {})).get("difference", "?")
        told = f"{moved['employee_no']}: exact less paid {moved['difference']} minutes, in 12 months {year}."
        yield from _told(f"Rounding · {told}", width, "muted")


def contained(page: BatchPage, width: int) -> list[Shown]:
    """Every line that a batch pays, and what they add up to."""
    name = max(min(width - 46, 30), 8)
    made = [
        heading(f"What it contained: {counted(len(page.lines), 'line')}"),
        Shown([(f"  {cells('Number', 9)} {cells('Name', name)} {cells('Week from', 11)} {cells('Code', 7)}"
                f"{cells('Hours', 8, right=True)}", "label")]),
    ]  # fmt: skip
    for one in page.lines:
        front = f"  {cells(one.number, 9)} {cells(one.name, name)} {cells(one.week.isoformat(), 11)} "
        about = f"  {one.adjusts}" if one.adjusts else ""
        words = f"{front}{cells(one.code, 7)}{cells(str(one.hours), 8, right=True)}"
        made.append(Shown([(words, "text"), (about, "muted")]))
    sums: dict[str, Decimal] = {}
    for one in page.lines:
        sums[one.code] = sums.get(one.code, Decimal(0)) + one.hours
    total = ", ".join(f"{code} {hours}" for code, hours in sums.items()) or "nothing"
    made.append(Shown([(f"  Together {total}", "strong")]))
    return made


def _why(page: BatchPage, width: int) -> Iterator[Shown]:
    before = page.before
    if before is None:
        yield heading("It is the first of its kind: there is none to compare it with")
        return
    same = before.period == page.batch.period
    which = "the file before it" if same else f"the period before, {period_words(before.period, page.today)}"
    yield heading(f"Why it differs from {before.label}")
    yield from _told(f"Compared with {before.label}, {which}.", width, "muted")
    if before.status == "void":
        yield from _told(f"{before.label} was taken back: {before.void_reason}.", width)
    if not page.changed:
        yield from _told("Not in a single row.", width)
    name = max(min(width - 50, 30), 8)
    if page.changed:
        head = f"  {cells('Name', name)} {cells('Week from', 11)} {cells('Code', 6)}"
        yield Shown([(f"{head}{cells('Before', 9, right=True)}{cells('Now', 9, right=True)}"
                      f"{cells('More', 9, right=True)}", "label")])  # fmt: skip
    for one in page.changed:
        yield _difference(one, name)
    for one in page.late:
        was = (
            "came late"
            if one.before is None
            else f"{hours_minutes(one.before)} became {hours_minutes(one.minutes)}"
        )
        length = f" ({hours_text(one.minutes)} h)" if one.before is None else ""
        why = f": {one.reason}" if one.reason else ""
        yield from _told(f"· {one.name}, {present.day(one.day, page.today)}: {was}{length}{why}", width)


def _difference(one: Difference, name: int) -> Shown:
    week = one.week.isoformat() if one.week else ""
    numbers = [
        cells(str(value) if value is not None else "–", 9, right=True) for value in (one.before, one.now)
    ]
    look: Token = "warn" if one.more < 0 else "text"
    more = cells(f"{one.more:+}", 9, right=True)
    front = f"  {cells(one.name, name)} {cells(week, 11)} {cells(one.code, 6)}"
    return Shown([(f"{front}{''.join(numbers)}", "text"), (more, look)])


def next_steps(batch: Batch) -> str:
    """What can be done with a batch, for its last line."""
    write, close, void, view = (
        keys.shown_key(f"payroll.{word}") for word in ("write", "close", "void", "view")
    )
    if batch.status != "active":
        return f"{view} shows the file as it was."
    again = f"{view} shows the file · {write} writes the same bytes again"
    return (
        f"{again}." if batch.closed else f"{again} · {close} confirms that it is paid · {void} takes it back."
    )


def file_lines(text: str, width: int) -> list[Shown]:
    """A file's lines, numbered; long ones go on below, and tabs are shown as arrows."""
    made: list[Shown] = []
    for number, line in enumerate(text.replace("\t", "→").splitlines(), start=1):
        for first, part in enumerate(wrapped(line, width - 7)):
            made.append(Shown([(f"{number:>4}  " if first == 0 else "      ", "muted"), *part]))
    return made
