"""The plan as lines and cells: pure, from what was read to what is drawn."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from wotui.domain import scheduling
from wotui.text import counted
from wotui.tui import present
from wotui.tui.widgets.grid import GridRow
from wotui.tui.widgets.hours import Shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wotui.domain.scheduling import Load, Planned
    from wotui.store.reads.schedule import DueDay, Hand
    from wotui.tui.widgets.lines import Piece

NOBODY, DUE, PLANS = "nobody", "due", "plans"
"""What the rows below the people stand for."""
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class Page:
    """What the schedule shows: some days, and all that is known of them.

    Attributes:
        first, days: the days.
        today: the shop's date.
        hands: who can be planned.
        planned: the orders with a day among these.
        available: (person's id, day) → minutes; a pair that is missing is not known.
        due: what is due, by day.
        plans: the names of the maintenance plans that come due, by day.
    """

    first: date
    days: int
    today: date
    hands: Sequence[Hand] = ()
    planned: Sequence[Planned] = ()
    available: Mapping[tuple[str, date], int] = field(default_factory=dict[tuple[str, date], int])
    due: Mapping[date, DueDay] = field(default_factory=dict[date, "DueDay"])
    plans: Mapping[date, Sequence[str]] = field(default_factory=dict[date, "Sequence[str]"])

    @property
    def dates(self) -> list[date]:
        """The days, the first first."""
        return [self.first + timedelta(days=day) for day in range(self.days)]

    def load(self, hand: str, day: date) -> Load:
        """How full somebody's day is; `NOBODY` for work that nobody is on."""
        person = "" if hand == NOBODY else hand
        return scheduling.load(self.planned, person, day, self.available.get((person, day)))

    @property
    def overloaded(self) -> int:
        """How many days of people are more than they can do."""
        return sum(self.load(hand.id, day).overloaded for hand in self.hands for day in self.dates)

    @property
    def summary(self) -> str:
        """The page in a few words."""
        work = [one for one in self.planned if not one.finished]
        said = counted(len(work), "order") if work else "nothing planned"
        return f"{said}, {counted(self.overloaded, 'day')} too full" if self.overloaded else said


def span(page: Page) -> str:
    """The days of a page for people: `8 – 14 Jun 2026`."""
    last = page.dates[-1]
    front = f"{page.first.day}" if page.first.month == last.month else f"{page.first.day} {page.first:%b}"
    return f"{front} – {last.day} {last:%b %Y}"


def day_words(day: date, today: date) -> str:
    """`Mon 8 Jun`, or `today, Mon 8 Jun`."""
    return f"{'today, ' if day == today else ''}{_WEEKDAYS[day.weekday()]} {day.day} {day:%b}"


def hours(minutes: int) -> str:
    """Minutes as hours with as few places as say it: 480 → `8`, 90 → `1.5`."""
    return f"{minutes / 60:.1f}".removesuffix(".0")


def load_piece(load: Load) -> Piece:
    """A day in a cell: hours planned of hours there are; `!` is too much, `?` is work without an estimate."""
    if not load.orders:
        if load.available == 0:
            return ("off", "muted")
        return (f"·/{hours(load.available)}" if load.available else "·", "muted")
    guess = "?" if load.unestimated else ""
    there = "" if load.available is None else f"/{hours(load.available)}"
    return (
        f"{hours(load.planned)}{guess}{there}{'!' if load.overloaded else ''}",
        "bad" if load.overloaded else "text",
    )


def load_words(load: Load) -> str:
    """A day in words: `6h of 8h, 1 not estimated`, `2h too much: 10h of 8h`."""
    if not load.orders:
        return "free" if load.available != 0 else "off"
    said = present.duration(load.planned) or "0m"
    if load.available is not None:
        said += f" of {present.duration(load.available)}"
    if load.over:
        said = f"{present.duration(load.over)} too much: {said}"
    return f"{said}, {load.unestimated} not estimated" if load.unestimated else said


# the week


def week_titles(page: Page) -> list[Piece]:
    """The days above the columns."""
    return [
        (f"{_WEEKDAYS[day.weekday()]} {day.day}", "accent" if day == page.today else "muted")
        for day in page.dates
    ]


def week_rows(page: Page) -> list[GridRow]:
    """A row for each person and contractor, for work that nobody is on, and for what is due."""
    rows = [
        GridRow(
            hand.id,
            (hand.name, "muted" if hand.contractor else "text"),
            [load_piece(page.load(hand.id, day)) for day in page.dates],
        )
        for hand in page.hands
    ]
    if any(not one.people for one in page.planned):
        rows.append(
            GridRow(NOBODY, ("nobody", "warn"), [load_piece(page.load(NOBODY, day)) for day in page.dates])
        )
    rows.append(GridRow(DUE, ("due", "label"), [_due_piece(page.due.get(day)) for day in page.dates]))
    if page.plans:
        rows.append(
            GridRow(PLANS, ("plans", "label"), [_count(len(page.plans.get(day, ()))) for day in page.dates])
        )
    return rows


def _count(number: int) -> Piece:
    return (str(number), "text") if number else ("·", "muted")


def _due_piece(due: DueDay | None) -> Piece:
    if due is None:
        return ("·", "muted")
    return (f"{due.orders}{'!' if due.unplanned else ''}", "warn" if due.unplanned else "text")


# the month


def month_titles(page: Page) -> list[Piece]:
    """The weekdays above the columns of a month."""
    return [(_WEEKDAYS[day.weekday()], "muted") for day in page.dates[: scheduling.WEEK]]


def month_rows(page: Page, month: int) -> list[GridRow]:
    """A row for each week: the day, ▪ orders planned, ◆ due, ↻ maintenance plans. Days of other months are muted."""
    return [
        GridRow(
            page.dates[start].isoformat(),
            (f"{page.dates[start].day} {page.dates[start]:%b}", "label"),
            [_month_piece(page, day, month) for day in page.dates[start : start + scheduling.WEEK]],
        )
        for start in range(0, page.days, scheduling.WEEK)
    ]


def _month_piece(page: Page, day: date, month: int) -> Piece:
    counts = (
        ("▪", sum(one.on == day for one in page.planned)),
        ("◆", page.due[day].orders if day in page.due else 0),
        ("↻", len(page.plans.get(day, ()))),
    )
    marks = "".join(f"{mark}{count}" for mark, count in counts if count)
    over = any(page.load(hand.id, day).overloaded for hand in page.hands)
    words = f"{marks}{'!' if over else ''} {day.day}"
    if day == page.today:
        return (words, "accent")
    return (words, "muted" if day.month != month else "bad" if over else "text")


# the lines below, and the list for narrow windows


def order_line(one: Planned, width: int, *, who: str = "") -> Shown:
    """One order: number, title, how long, its status; the people in front where the line stands for all."""
    look = present.status(one.status)
    minutes = present.duration(one.share if not who else one.minutes) or "?"
    end = f" {minutes:>7} {look.glyph}"
    front = f" {one.at or '     '} {one.number} "
    people = f"{who} " if who else ""
    room = max(width - len(front) - len(end) - len(people) - 1, 4)
    title = present.fit(f"{one.title}", room)
    return Shown(
        [
            (front, "muted"),
            (people, "label"),
            (title, "muted" if one.finished else "text"),
            (end, look.token),
        ],
        one.id,
    )


def day_lines(page: Page, hand: str, day: date, width: int) -> list[Shown]:
    """The orders of one person on one day."""
    person = "" if hand == NOBODY else hand
    return [order_line(one, width) for one in scheduling.of_day(page.planned, person, day)]


def agenda(page: Page, width: int, *, days_only: bool) -> list[Shown]:
    """Every day with its orders, one below the other.

    Args:
        page: the days.
        width: cells of a line.
        days_only: let the cursor stop at days only, to put something down there.
    """
    names = {hand.id: hand.short for hand in page.hands}
    lines: list[Shown] = []
    for day in page.dates:
        over = [hand.short for hand in page.hands if page.load(hand.id, day).overloaded]
        note = f"  too full: {', '.join(over)}" if over else ""
        look = "accent" if day == page.today else "title"
        lines.append(
            Shown(
                [(f" {day_words(day, page.today)}", look), (note, "bad")],
                f"day:{day}" if days_only else "",
            )
        )
        of_day = sorted(
            (one for one in page.planned if one.on == day), key=lambda one: (one.at or "99", one.number)
        )
        for one in of_day:
            who = " ".join(names.get(person, "?") for person in one.people) or "nobody"
            shown = order_line(one, width, who=who[:10])
            lines.append(Shown(shown.pieces, "" if days_only else shown.value))
        if not of_day:
            lines.append(Shown([("   nothing planned", "muted")]))
        if day in page.due:
            lines.append(Shown([(f"   {counted(page.due[day].orders, 'order')} due", "muted")]))
        lines.extend(Shown([(f"   ↻ {name}", "muted")]) for name in page.plans.get(day, ()))
    return lines
