"""One pay period reckoned: everybody's pay and every finding, from plain entries."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import chain
from typing import TYPE_CHECKING

from wotui.domain import labor_rules
from wotui.domain.payroll import findings as finding
from wotui.domain.payroll.lines import Pay, is_overtime, pay
from wotui.domain.payroll.pieces import pieces, unpaid_breaks
from wotui.domain.payroll.rounding import rounded
from wotui.errors import Refused
from wotui.text import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from wotui.domain.labor import Amount, Span
    from wotui.domain.payroll.calendar import Period, WorkCalendar
    from wotui.domain.payroll.employees import Employee
    from wotui.domain.payroll.findings import Finding
    from wotui.domain.payroll.rules import RuleSet


@dataclass(frozen=True, slots=True)
class Book:
    """All that a pay period is reckoned from.

    Attributes:
        period: the days to pay.
        calendar: the shop's days and weeks.
        employees: everybody on the payroll, and whoever else has entries.
        spans: entries from the first day of the period's first workweek to the period's last, and every running timer;
            those of the day before belong to a shift that may last into that week, and count for nothing else.
        amounts: the same days.
        rule_sets: by name.
        rule_set: the shop's, for people without their own.
        now: the present minute since the epoch.
        rounding: minutes that the edges of unbroken shifts are rounded to; 0 for exact minutes.
    """

    period: Period
    calendar: WorkCalendar
    employees: tuple[Employee, ...]
    spans: tuple[Span, ...]
    amounts: tuple[Amount, ...]
    rule_sets: Mapping[str, RuleSet]
    rule_set: str
    now: int
    rounding: int = 0

    def rules_of(self, employee: Employee) -> RuleSet:
        """The rule set that a person's hours are reckoned with.

        Raises:
            Refused: E09, there is none of that name.
        """
        name = employee.rule_set or self.rule_set
        if name not in self.rule_sets:
            raise Refused(f"E09 There is no rule set {name!r}.", f"Use {listed(list(self.rule_sets), 'or')}.")
        return self.rule_sets[name]

    @property
    def begins(self) -> int:
        """The first minute that matters: that of the period's first workweek."""
        return self.calendar.day_begins(self.calendar.reckoned_from(self.period))

    @property
    def ends(self) -> int:
        """The minute at which the period is over."""
        return period_minutes(self.period, self.calendar)[1]


def period_minutes(period: Period, calendar: WorkCalendar) -> tuple[int, int]:
    """The first minute of a period, and the first one after it, since the epoch."""
    return calendar.day_begins(period.start), calendar.day_begins(period.end + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A pay period, reckoned.

    Attributes:
        book: what it was reckoned from.
        pay: by person's id, in the order of names; nobody whose entries overlap is in it.
        findings: everything to put right or to know, by code.
    """

    book: Book
    pay: Mapping[str, Pay]
    findings: tuple[Finding, ...] = field(default=())

    @property
    def blocked(self) -> bool:
        """Whether any finding forbids the export."""
        return any(one.blocks for one in self.findings)


def reckon(book: Book) -> Reckoning:
    """Everybody's pay, and everything that is wrong with it.

    Raises:
        Refused: E09, a person's rule set is unknown.
    """
    people = {one.id: one for one in sorted(book.employees, key=lambda one: one.sort_key)}
    inside = _inside(book)
    busy = {entry.person for entry in chain(inside, book.amounts)}
    mine = {one.id for one in inside}
    overlaps = [pair for pair in labor_rules.overlaps(book.spans, book.now) if pair.second.id in mine]
    conflicted = {pair.first.person for pair in overlaps}
    results = {
        one.id: _pay_of(one, book) for one in people.values() if one.id not in conflicted and one.id in busy
    }
    found = chain(_errors(book, people, overlaps), _warnings(book, people, results, conflicted))
    return Reckoning(book, results, tuple(finding.in_order(list(found), people)))


def _inside(book: Book) -> list[Span]:
    """The entries of the days that matter; those of the day before only carry their shift over."""
    begins, ends = book.begins, book.ends
    return [one for one in book.spans if one.start < ends and (one.end is None or one.end > begins)]


def _pay_of(employee: Employee, book: Book) -> Pay:
    rules = book.rules_of(employee)
    exact = [span for span in book.spans if span.person == employee.id]
    spans = rounded(exact, book.rounding, book.calendar.zone)
    amounts = [amount for amount in book.amounts if amount.person == employee.id]
    parts = pieces(spans, amounts, book.calendar, rules)
    layouts = book.calendar.layouts(book.calendar.reckoned_from(book.period), book.period.end)
    # Where the workweek's first day changes, both layouts are reckoned and the larger overtime is paid (778.302).
    return max((pay(parts, book.period, layout, rules) for layout in layouts), key=_all_overtime)


def _all_overtime(result: Pay) -> int:
    sums = (week.by_code for week in result.weeks)
    return sum(minutes for codes in sums for code, minutes in codes.items() if is_overtime(code))


def _errors(
    book: Book, people: Mapping[str, Employee], overlaps: list[labor_rules.Overlap]
) -> Iterator[Finding]:
    zone = book.calendar.zone
    yield from finding.open_timers(book.spans, people, book.ends, zone)
    yield from finding.overlapping(overlaps, people, zone)
    yield from finding.not_approved(_finished(book, people), people)
    busy = {entry.person for entry in chain(_inside(book), book.amounts)}
    yield from finding.without_number(one for one in people.values() if one.id in busy)


def _finished(book: Book, people: Mapping[str, Employee]) -> Iterator[tuple[Span | Amount, int, date]]:
    begins = book.begins
    for span in book.spans:
        if span.end is not None and span.end > begins:
            unpaid = sum(
                end - start for start, end in unpaid_breaks(span, book.rules_of(people[span.person]))
            )
            yield span, span.end - span.start - unpaid, book.calendar.day_of(span.start)
    for amount in book.amounts:
        yield amount, amount.minutes, amount.day


def _warnings(
    book: Book, people: Mapping[str, Employee], results: Mapping[str, Pay], conflicted: set[str]
) -> Iterator[Finding]:
    begins = period_minutes(book.period, book.calendar)[0]
    inside = [span for span in book.spans if span.end is not None and span.end > begins]
    under = {one.id: book.rules_of(one).paid_break_under for one in people.values()}
    yield from finding.breaks(inside, people, under)
    yield from finding.asked(chain(inside, book.amounts), people, book.calendar.zone)
    yield from finding.clock_suspect(inside, people, book.calendar.zone)
    yield from finding.workweek_changed(
        book.calendar, book.calendar.reckoned_from(book.period), book.period.end
    )
    yield from finding.long_shifts(inside, people, book.calendar.zone)
    yield from finding.self_approved(chain(inside, book.amounts), people)
    yield from finding.overtime(results, people)
    busy = conflicted | {span.person for span in book.spans if span.end is None}
    idle = (
        one for one in people.values() if one.number and one.id not in busy and one.employed_in(book.period)
    )
    yield from finding.no_hours(idle, results)
