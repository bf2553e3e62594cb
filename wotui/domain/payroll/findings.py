"""What is wrong or worth a look before hours become pay: codes, sentences, ways out.

A code that begins with `E` blocks the export, one with `W` is a warning. All findings are listed at once, never only
the first. Codes are those of the payroll specification and stay stable.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wotui.domain import labor, labor_rules, wall_time
from wotui.domain.payroll.lines import hours_text
from wotui.text import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

    from wotui.domain.labor import Amount, Span
    from wotui.domain.payroll.calendar import WorkCalendar
    from wotui.domain.payroll.employees import Employee
    from wotui.domain.payroll.lines import Pay

MEAL_FROM, MEAL_ENOUGH = 20, 30
"""Minutes from which a break may be a meal (29 CFR 785.18), and that a meal ordinarily has (785.19)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know before an export.

    Attributes:
        code: `E01`… blocks, `W20`… warns.
        what: one sentence that names the person and the entry.
        way_out: one sentence that says what to do; may be empty for a warning.
        person: the person's id, or empty when nobody in particular is meant.
        entry: the id of the entry to open, or empty.
        about: what of the records is to be put right where it is not the hours: `number` (the employee number), `id`
            (what the provider calls the person), or `value NAME` (a word of the profile).
    """

    code: str
    what: str
    way_out: str = ""
    person: str = ""
    entry: str = ""
    about: str = ""

    @property
    def blocks(self) -> bool:
        """Whether nothing may be exported before this is put right."""
        return self.code.startswith("E")

    def __str__(self) -> str:
        return f"{self.code} {self.what} {self.way_out}".strip()


def open_timers(
    spans: Iterable[Span], people: Mapping[str, Employee], before: int, zone: ZoneInfo
) -> Iterator[Finding]:
    """E01: timers still running that began before the minute `before`, the period's end."""
    for span in spans:
        if span.end is None and span.start < before:
            since = f"{wall_time.local(span.start, zone):%a %Y-%m-%d %H:%M}"
            where = f" on {span.order}" if span.order else ""
            yield Finding(
                "E01", f"{people[span.person].name}: timer{where} running since {since}.", "Stop it or correct it.",
                span.person, span.id,
            )  # fmt: skip


def overlapping(
    overlaps: Iterable[labor_rules.Overlap], people: Mapping[str, Employee], zone: ZoneInfo
) -> Iterator[Finding]:
    """E02: two worked entries of one person that share minutes; they are never counted twice and never trimmed."""
    for pair in overlaps:
        entries = " and ".join(_entry(span, zone) for span in (pair.first, pair.second))
        yield Finding(
            "E02", f"{people[pair.first.person].name}: {entries} overlap by {counted(pair.minutes, 'minute')}.",
            "Correct one of them.", pair.first.person, pair.second.id,
        )  # fmt: skip


def _entry(span: Span, zone: ZoneInfo) -> str:
    day = f"{wall_time.local(span.start, zone):%Y-%m-%d}"
    place = "".join(
        f" {word}" for word in (span.order, f"(from {span.device})" if span.device else "") if word
    )
    return f"{day} {labor.clock_range(span.start, span.end, zone)}{place}"


def not_approved(
    entries: Iterable[tuple[Span | Amount, int, date]], people: Mapping[str, Employee]
) -> Iterator[Finding]:
    """E03: finished entries that nobody has approved, per person with count and hours.

    Args:
        entries: each with the minutes it counts for and its workday.
        people: by id.
    """
    minutes: Counter[str] = Counter()
    states: dict[str, Counter[str]] = {}
    first_day: dict[str, date] = {}
    for entry, length, day in entries:
        if entry.state != labor.APPROVED:
            minutes[entry.person] += length
            states.setdefault(entry.person, Counter())[entry.state] += 1
            first_day[entry.person] = min(day, first_day.get(entry.person, day))
    for person, count in states.items():
        each = listed([f"{count[state]} {state}" for state in (labor.DRAFT, labor.SUBMITTED) if count[state]])
        yield Finding(
            "E03",
            f"{people[person].name}: {counted(count.total(), 'entry', 'entries')} not approved "
            f"({each}), {hours_text(minutes[person])} h, from {first_day[person]} on.",
            "Review and approve them.",
            person,
        )


def without_number(people: Iterable[Employee]) -> Iterator[Finding]:
    """E04: somebody with hours whom the payroll provider cannot know, for want of an employee number."""
    for employee in people:
        if not employee.number:
            yield Finding(
                "E04",
                f"{employee.name} has no employee number.",
                "Add it to the person.",
                employee.id,
                about="number",
            )


def unmapped(
    pay: Mapping[str, Pay], people: Mapping[str, Employee], codes: Mapping[str, str], profile: str
) -> Iterator[Finding]:
    """E07: hours under a pay code that the profile has no word for."""
    for person, result in pay.items():
        for code in sorted({line.code for line in result.lines} - set(codes)):
            yield Finding(
                "E07",
                f"{people[person].name}: {hours_text(result.minutes(code))} h of {code} have no code in {profile}.",
                "Record them under another time type, or add the code to the profile.",
                person,
            )


def breaks(
    spans: Iterable[Span], people: Mapping[str, Employee], paid_under: Mapping[str, int]
) -> Iterator[Finding]:
    """W21 and its note: breaks that are short for a meal, per person.

    Args:
        spans: finished entries.
        people: by id.
        paid_under: per person, the length below which the rule set pays a break (29 CFR 785.18).
    """
    paid: dict[str, list[Span]] = {}
    short: dict[str, list[Span]] = {}
    for span in spans:
        for item in span.breaks:
            if item.minutes < paid_under.get(span.person, 0):
                paid.setdefault(span.person, []).append(span)
            elif MEAL_FROM <= item.minutes < MEAL_ENOUGH and item.kind == "meal":
                short.setdefault(span.person, []).append(span)
    for person, found in paid.items():
        many = counted(len(found), "break of under 20 minutes counts", "breaks of under 20 minutes count")
        yield Finding(
            "W21", f"{people[person].name}: {many} as worked (29 CFR 785.18).", "", person, found[0].id
        )
    for person, found in short.items():
        many = counted(len(found), "meal break is", "meal breaks are")
        what = f"{people[person].name}: {many} shorter than 30 minutes (29 CFR 785.19)."
        yield Finding("W21", what, "", person, found[0].id)


def long_shifts(spans: Iterable[Span], people: Mapping[str, Employee], zone: ZoneInfo) -> Iterator[Finding]:
    """W22: entries of more than 16 hours."""
    for span in spans:
        if span.end is not None and span.end - span.start > labor_rules.ASK_ABOVE:
            length = labor.hours_minutes(span.end - span.start)
            name = people[span.person].name
            yield Finding("W22", f"{name}: {_entry(span, zone)} is {length} long.", "", span.person, span.id)


def clock_suspect(spans: Iterable[Span], people: Mapping[str, Employee], zone: ZoneInfo) -> Iterator[Finding]:
    """W23: entries that a computer recorded while its clock stood behind what it had recorded before."""
    for span in spans:
        if span.suspect:
            what = f"{people[span.person].name}: {_entry(span, zone)} was recorded by a clock that had gone back."
            yield Finding("W23", what, "Check its times.", span.person, span.id)


def workweek_changed(calendar: WorkCalendar, first: date, last: date) -> Iterator[Finding]:
    """W29: workweeks began on another weekday between these days, so that some days lie in two of them."""
    if len(calendar.layouts(first, last)) > 1:
        since = next(one.since for one in calendar.changes if first <= one.shared[1] and one.since <= last)
        what = f"The workweek begins on {since:%A} since {since}."
        yield Finding(
            "W29", f"{what} Its days were reckoned both ways, and more overtime is paid (29 CFR 778.302)."
        )


def asked(
    entries: Iterable[Span | Amount], people: Mapping[str, Employee], zone: ZoneInfo
) -> Iterator[Finding]:
    """W30: entries that somebody asks to have corrected, and nobody has answered."""
    for one in entries:
        if one.asked:
            which = f"{one.day} {labor.hours_minutes(one.minutes)}" if isinstance(one, labor.Amount) else (
                f"{wall_time.local(one.start, zone):%Y-%m-%d} {labor.clock_range(one.start, one.end, zone)}"
            )  # fmt: skip
            what = f"{people[one.person].name} asks to correct {which}: {one.asked.rstrip('.')}."
            yield Finding("W30", what, "Send it back with a reason, or correct it.", one.person, one.id)


def self_approved(entries: Iterable[Span | Amount], people: Mapping[str, Employee]) -> Iterator[Finding]:
    """W24: people who approved their own hours."""
    count = Counter(
        entry.person for entry in entries if entry.approved_by and entry.approved_by == entry.person
    )
    for person, number in count.items():
        own = counted(number, "own entry", "own entries")
        yield Finding("W24", f"{people[person].name} approved {own}.", "", person)


def no_hours(people: Iterable[Employee], pay: Mapping[str, Pay]) -> Iterator[Finding]:
    """W20: people on the payroll without hours in the period."""
    names = [f"{one.number} {one.name}" for one in people if not (pay[one.id].total if one.id in pay else 0)]
    if names:
        yield Finding("W20", f"No hours in this period: {listed(names)}.")


def overtime(pay: Mapping[str, Pay], people: Mapping[str, Employee]) -> Iterator[Finding]:
    """W25: people with overtime in the period."""
    for person, result in pay.items():
        if result.overtime:
            yield Finding(
                "W25", f"{people[person].name}: {hours_text(result.overtime)} h overtime.", "", person
            )


def in_order(found: Sequence[Finding], people: Mapping[str, Employee]) -> list[Finding]:
    """Findings by code, then by the person's name."""
    return sorted(
        found,
        key=lambda one: (one.code, people[one.person].sort_key if one.person in people else (), one.what),
    )
