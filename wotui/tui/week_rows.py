"""A person's week as lines of a grid. Pure: page in, lines out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wotui.domain import labor
from wotui.domain.labor import TIME_TYPES, clock_range
from wotui.domain.payroll import findings
from wotui.domain.payroll.lines import hours_text
from wotui.domain.payroll.timesheet import NO_ORDER
from wotui.text import counted
from wotui.tui import keys, present, time_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wotui.domain.payroll.timesheet import Key, Week
    from wotui.store.reads.labor import Entry
    from wotui.tui.themes import Token
    from wotui.tui.week_page import WeekPage
    from wotui.tui.widgets.hours import Shown

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_OVERTIME = {"OT": "Overtime", "DT": "Double time"}


@dataclass(frozen=True, slots=True)
class Columns:
    """How wide the parts of a line are; `total` is 0 where there is no room for one."""

    label: int
    cell: int
    total: int


@dataclass(frozen=True, slots=True)
class GridLine:
    """One line of the grid.

    Attributes:
        label: on the left.
        cells: seven texts, and their style.
        total: on the right.
        key: what the cursor stands for here; None where it does not stop.
    """

    label: str
    cells: Sequence[tuple[str, Token]]
    total: str = ""
    key: Key | None = None
    look: Token = "text"


def columns(width: int) -> Columns:
    """The columns of a width: the days get more room first, then the orders' titles."""
    cell = 8 if width >= 100 else 7 if width >= 72 else 6 if width >= 56 else 5
    total = cell + 1 if width >= 52 else 0
    return Columns(max(width - 7 * cell - total, 4), cell, total)


def lines(page: WeekPage, width: int) -> list[GridLine]:
    """The whole grid: days, orders, then what the days add up to."""
    wide = columns(width).cell > 5
    return [
        *_head(page),
        *(_row(page, row.key, row.minutes, row.running, wide=wide) for row in page.sheet.rows),
        *_sums(page, wide=wide),
    ]


def _head(page: WeekPage) -> Iterator[GridLine]:
    days, today = page.sheet.days(), page.page.today
    looks: list[Token] = [
        "accent" if day == today else "label" if day in page.page.period else "muted" for day in days
    ]
    names = ["Today" if day == today else _WEEKDAYS[day.weekday()] for day in days]
    yield GridLine("", list(zip(names, looks, strict=True)), look="label")
    dates = [str(day.day) for day in days]
    yield GridLine("", list(zip(dates, looks, strict=True)), "Total", look="label")


def label(page: WeekPage, key: Key) -> str:
    """What a row is called: `W-A0001 Rebuild the pump`, `no order`, `paid time off`."""
    if key[0]:
        return f"{key[0]} {page.titles.get(key[0], ('', ''))[1]}".strip()
    return "no order" if key == NO_ORDER else TIME_TYPES[key[1]].words


def _row(page: WeekPage, key: Key, minutes: Week, running: frozenset[int], *, wide: bool) -> GridLine:
    cells: list[tuple[str, Token]] = []
    for number, value in enumerate(minutes):
        if number in running:
            cells.append((f"▶{_hours(value, wide=wide)}" if value else "▶", "accent"))
        else:
            cells.append((_hours(value, wide=wide), _look(page.in_cell(key, number))))
    return GridLine(label(page, key), cells, _hours(sum(minutes), wide=wide), key)


def _look(entries: Sequence[Entry]) -> Token:
    if any(one.suspect for one in entries):
        return "warn"
    return "good" if entries and all(one.state == labor.APPROVED for one in entries) else "text"


def _hours(minutes: int, *, wide: bool) -> str:
    if not minutes:
        return "·"
    return hours_text(minutes) if wide else f"{minutes / 60:.1f}"


def _sums(page: WeekPage, *, wide: bool) -> Iterator[GridLine]:
    sheet = page.sheet

    def line(words: str, minutes: Week, look: Token, *, total: bool = True) -> GridLine:
        cells: list[tuple[str, Token]] = [(_hours(one, wide=wide) if one else "", look) for one in minutes]
        return GridLine(words, cells, _hours(sum(minutes), wide=wide) if total else "", look=look)

    whole: list[tuple[str, Token]] = [(_hours(one, wide=wide), "strong") for one in sheet.total]
    yield GridLine("Total", whole, _hours(sum(sheet.total), wide=wide), look="strong")
    if sheet.overlapping:
        overlap: list[tuple[str, Token]] = [("!", "bad") for _ in range(7)]
        yield GridLine("Overlap", overlap, "!", look="bad")
    else:
        yield line("So far", sheet.so_far, "muted", total=False)
        yield from (
            line(_OVERTIME.get(code, code), minutes, "warn") for code, minutes in sheet.overtime.items()
        )
    if any(sheet.breaks):
        yield line("Meal breaks" if wide else "Breaks", sheet.breaks, "muted")
    yield GridLine("State", [_state(page, number) for number in range(7)])


def _state(page: WeekPage, number: int) -> tuple[str, Token]:
    entries = page.on_day(number)
    if not entries:
        return "", "muted"
    if any(one.running for one in entries):
        return "▶", "accent"
    if any(one.suspect and one.state != labor.APPROVED for one in entries):
        return "!", "warn"
    states = {one.state for one in entries}
    for state in (labor.DRAFT, labor.SUBMITTED):
        if state in states:
            return time_rows.STATES[state].glyph, time_rows.STATES[state].token
    return "✓", "good"


def in_cell(page: WeekPage, key: Key, number: int) -> str:
    """What stands in the cell under the cursor, and what enter does there."""
    day = present.day(page.sheet.days()[number], page.page.today)
    found = page.in_cell(key, number)
    about = f"{day} · {label(page, key)}"
    enter = keys.shown_key("list.open")
    if not found:
        return f"{about}: nothing. {enter} adds hours."
    each = [_words(page, one) for one in found]
    many = "opens it" if len(found) == 1 else f"opens the {len(found)} entries"
    return f"{about}: {', '.join(each)}. {enter} {many}."


def _words(page: WeekPage, one: Entry) -> str:
    state = "running" if one.running else time_rows.STATES[one.state].words
    if one.start is None:
        return f"{present.duration(one.minutes)} ({state})"
    pauses = sum(item.minutes for item in one.breaks)
    without = f" less {present.duration(pauses)}" if pauses else ""
    return f"{clock_range(one.start, one.end, page.page.zone).replace('-', '–')}{without} ({state})"


def notes(page: WeekPage, width: int) -> list[Shown]:
    """What is wrong with this person's hours in the pay period, and what is worth a look; each with its way out."""
    made: list[Shown] = []
    for one in page.page.reckoning.findings:
        if one.person == page.person_id and one.code not in ("W25", "W20"):
            told = findings.Finding(one.code, one.what, way_out(one), one.person, one.entry)
            made += time_rows.finding_lines(told, width, "bad" if one.blocks else "warn")
    waiting = page.page.waiting(page.person_id)
    if not made and page.page.entries_of(page.person_id) and not waiting:
        made += [time_rows.heading(f"✓ {counted(len(page.page.entries_of(page.person_id)), 'entry', 'entries')}"
                                   " of the pay period approved")]  # fmt: skip
    return made


def way_out(one: findings.Finding) -> str:
    """What to press for a finding about hours; the finding's own words where no key helps."""
    stop, approve, listed = (keys.shown_key(name) for name in ("time.timer", "time.approve", "week.entries"))
    return {
        "E01": f"Correct it in the entries ({listed}); {stop} stops your own.",
        "E02": f"Correct one of them in the entries ({listed}).",
        "E03": f"{approve} approves them; {listed} shows them one by one.",
        "W23": f"Check its times in the entries ({listed}), then approve it there by itself.",
    }.get(one.code, one.way_out)
