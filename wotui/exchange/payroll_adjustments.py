"""What changed after an export: every touched period is reckoned again with its batch's own rules and compared.

Differences are paid in the next batch of the same profile, or in a revision where the provider replaces a period.
Periods are looked at again when an entry of theirs is new, was corrected or taken away, when the journal has anything
about their entries that the newest batch did not know (a merge may bring a change to hours paid long ago), and for a
quarter of a year in any case.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from wotui.domain import labor, labor_rules
from wotui.domain.payroll import findings
from wotui.domain.payroll.calendar import WeekChange, WorkCalendar
from wotui.domain.payroll.findings import Finding
from wotui.domain.payroll.lines import hours_text
from wotui.domain.payroll.reckoning import reckon
from wotui.domain.payroll.rules import as_document, parse_rule_sets
from wotui.store.reads import late_hours, pay_batches, work_calendar
from wotui.store.reads.payroll import Rules, book_of
from wotui.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wotui.domain.payroll.calendar import Period
    from wotui.domain.payroll.employees import Employee
    from wotui.domain.payroll.reckoning import Book, Reckoning
    from wotui.exchange.payroll_profiles import Profile
    from wotui.store.file import Shop
    from wotui.store.reads.late_hours import Late
    from wotui.store.reads.pay_batches import Batch

LOOK_BACK = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class Adjustment:
    """Minutes of an earlier period that its batches have paid too little (or, negative, too much).

    Attributes:
        employee: whose.
        week: the first day of the workweek.
        code: the pay code.
        minutes: the difference.
        printed: the difference of the printed hours, so that all files together print the corrected hours.
        batch: the label of the batch that it adjusts.
        batch_id: its id.
        period: that batch's period.
    """

    employee: Employee
    week: date
    code: str
    minutes: int
    printed: Decimal
    batch: str
    batch_id: str
    period: Period


@dataclass(frozen=True, slots=True)
class Pending:
    """Everything that a profile's batches still owe, and the entries behind it."""

    adjustments: tuple[Adjustment, ...] = ()
    findings: tuple[Finding, ...] = ()
    late: tuple[Late, ...] = ()


def kept_rules(book: Book) -> str:
    """The rules that a book was reckoned with, as a batch keeps them (JSON)."""
    used = {employee.rule_set or book.rule_set for employee in book.employees}
    return json.dumps(
        {
            "rule_set": book.rule_set,
            "rounding": book.rounding,
            "people": {one.id: one.rule_set for one in book.employees},
            "ruleset": {name: as_document(book.rule_sets[name]) for name in sorted(used)},
            "zone": book.calendar.zone.key,
            "week_start": book.calendar.week_start,
            "day_start": book.calendar.day_start.isoformat(),
            "week_changes": [[one.since.isoformat(), one.before] for one in book.calendar.changes],
        },
        sort_keys=True,
    )


def again(shop: Shop, batch: Batch) -> Reckoning:
    """A batch's period as its approved entries are now, with the rules that the batch was made with."""
    kept = json.loads(batch.rules)
    sets = parse_rule_sets({"ruleset": kept["ruleset"]}, batch.label)
    changed = tuple(
        WeekChange(date.fromisoformat(day), before) for day, before in kept.get("week_changes", ())
    )
    day_start = time.fromisoformat(kept["day_start"])
    days = WorkCalendar(ZoneInfo(kept["zone"]), kept["week_start"], day_start, changed)
    book = book_of(shop, batch.period, days, Rules(sets, kept["rule_set"], kept["rounding"], kept["people"]))
    spans = tuple(one for one in book.spans if one.state == labor.APPROVED and one.end is not None)
    amounts = tuple(one for one in book.amounts if one.state == labor.APPROVED)
    known = tuple(
        one if (one.rule_set or book.rule_set) in sets else replace(one, rule_set=kept["rule_set"])
        for one in book.employees
    )
    return reckon(replace(book, spans=spans, amounts=amounts, employees=known))


def changes(shop: Shop, batch: Batch, form: Profile) -> tuple[list[Adjustment], list[Finding]]:
    """What a batch's period would pay now more than all its batches have paid, and what hinders to say so.

    Somebody whose entries overlap is left out, with E02.
    """
    now = again(shop, batch)
    zone, people = now.book.calendar.zone, {one.id: one for one in now.book.employees}
    overlaps = labor_rules.overlaps(now.book.spans, now.book.now)
    found = list(findings.overlapping(overlaps, people, zone))
    left_out = {pair.first.person for pair in overlaps}
    old = _by_span_of_time(pay_batches.paid(shop, batch.period, batch.profile), form, batch.period)
    new: dict[pay_batches.Key, int] = {}
    for person, result in now.pay.items():
        for line in result.lines:
            if line.code not in form.by_hand:
                key = _key(person, line.week.isoformat(), line.code, form, batch.period)
                new[key] = new.get(key, 0) + line.minutes
    made: list[Adjustment] = []
    for key in sorted({*old, *new}):
        person, week, code = key
        minutes, printed = old.get(key, (0, Decimal(0)))
        if new.get(key, 0) != minutes and person in people and person not in left_out:
            difference = Decimal(hours_text(new.get(key, 0))) - printed
            made.append(
                Adjustment(
                    people[person], date.fromisoformat(week), code, new.get(key, 0) - minutes, difference,
                    batch.label, batch.id, batch.period,
                )
            )  # fmt: skip
    return made, found


def _key(person: str, week: str, code: str, form: Profile, period: Period) -> pay_batches.Key:
    """A row per period is rounded once for all its weeks, so they are compared together."""
    return person, period.start.isoformat() if form.per == "period" else week, code


def _by_span_of_time(
    paid: dict[pay_batches.Key, tuple[int, Decimal]], form: Profile, period: Period
) -> dict[pay_batches.Key, tuple[int, Decimal]]:
    found: dict[pay_batches.Key, tuple[int, Decimal]] = {}
    for (person, week, code), (minutes, printed) in paid.items():
        key = _key(person, week, code, form, period)
        before = found.get(key, (0, Decimal(0)))
        found[key] = (before[0] + minutes, before[1] + printed)
    return found


def pending(shop: Shop, form: Profile, period: Period) -> Pending:
    """What the next batch of a profile has to even out, when it is the one of `period`.

    A period that its provider replaces and that is not closed gets a revision of its own instead.
    """
    owing = [
        one
        for one in pay_batches.batches(shop, profile=form.name)
        if one.status == pay_batches.ACTIVE
        and one.period != period
        and (one.closed or form.on_reimport == "append")
    ]
    late = late_hours.late(shop, work_calendar.calendar(shop), [one.period for one in owing])
    newest = max(owing, key=lambda one: one.seq, default=None)
    changed = late_hours.changed_since(shop, newest) if newest is not None else frozenset[str]()
    touched = [
        one
        for one in owing
        if one.period.end >= period.start - LOOK_BACK
        or one.id in changed
        or any(entry.day in one.period for entry in late)
    ]
    adjustments: list[Adjustment] = []
    found: list[Finding] = []
    for batch in sorted(touched, key=lambda one: one.seq):
        made, wrong = changes(shop, batch, form)
        adjustments += made
        found += wrong
    found += _late_findings(late, adjustments, period)
    return Pending(tuple(adjustments), tuple(found), tuple(late))


def _late_findings(
    late: Sequence[Late], adjustments: Sequence[Adjustment], period: Period
) -> Iterator[Finding]:
    """W26: what becomes an adjustment, and what nobody has approved yet."""
    for one in adjustments:
        what = (
            f"{one.employee.name}: {one.printed} h {one.code} of {one.period} (changed after {one.batch}) "
            f"become an adjustment in {period}."
        )
        yield Finding("W26", what, "", one.employee.id)
    waiting = [one for one in late if not one.gone and one.state != labor.APPROVED]
    if waiting:
        hours = hours_text(sum(one.minutes for one in waiting))
        many = counted(len(waiting), "late entry waits", "late entries wait")
        yield Finding(
            "W26", f"{many} for approval ({hours} h, from {waiting[0].day} on), and will be paid as an adjustment.",
            "Review and approve them.", "", waiting[0].id,
        )  # fmt: skip
