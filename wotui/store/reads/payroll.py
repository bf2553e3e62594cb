"""The book that a pay period is reckoned from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from wotui import clock
from wotui.domain import wall_time
from wotui.domain.payroll.employees import Employee
from wotui.domain.payroll.reckoning import Book
from wotui.domain.payroll.rounding import INCREMENTS
from wotui.store.reads import labor, work_calendar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wotui.domain.payroll.calendar import Period, WorkCalendar
    from wotui.domain.payroll.rules import RuleSet
    from wotui.store.file import Shop
    from wotui.store.reading import Reads


def employees(reads: Reads, also: frozenset[str] = frozenset()) -> list[Employee]:
    """Everybody active with an employee number, and the people whose ids are in `also`, by name.

    Somebody recorded without first and last name is called by the words of the name; the last word is the last name.
    """
    rows = reads.rows(
        """SELECT id, ifnull(payroll_id, ''), ifnull(first_name, ''), ifnull(last_name, ''), ifnull(name, ''),
            ifnull(rule_set, ''), active_from, active_to, deleted_at IS NULL AND ifnull(active, 1)
        FROM person"""
    )
    found: list[Employee] = []
    for id_, number, first, last, name, rule_set, begins, ends, active in rows:
        if (active and number) or id_ in also:
            before, _, surname = name.rpartition(" ")
            names = (first, last) if first or last else (before, surname)
            found.append(
                Employee(
                    id_, number, *names, rule_set, work_calendar.day_of(begins), work_calendar.day_of(ends)
                )
            )
    return sorted(found, key=lambda one: (one.sort_key, one.id))


def book(shop: Shop, day: date, rule_sets: Mapping[str, RuleSet]) -> Book:
    """All that the pay period of a day is reckoned from; overtime needs its first workweek from its first day on.

    Raises:
        Refused: the shop's schedule is not settled.
        FileTrouble: this computer does not know the shop's zone.
    """
    days, period = work_calendar.calendar(shop), work_calendar.period_of(shop, day)
    rounding = INCREMENTS.get(shop.setting("payroll.rounding"), 0)
    return book_of(shop, period, days, Rules(rule_sets, shop.setting("payroll.rule_set"), rounding))


@dataclass(frozen=True, slots=True)
class Rules:
    """What hours are reckoned with.

    Attributes:
        rule_sets: by name.
        rule_set: the shop's.
        rounding: minutes, 0 for exact.
        of_person: person's id → their rule set; None for what the person's record says.
    """

    rule_sets: Mapping[str, RuleSet]
    rule_set: str
    rounding: int
    of_person: Mapping[str, str] | None = None


def book_of(reads: Reads, period: Period, days: WorkCalendar, rules: Rules) -> Book:
    """All that a given period is reckoned from, under given rules."""
    first = days.reckoned_from(period)
    begin, end = days.day_begins(first - timedelta(days=1)), days.day_begins(period.end + timedelta(days=1))
    spans = tuple(one.span for one in labor.between(reads, days, begin, end))
    sums = tuple(one.amount for one in labor.amounts(reads, first, period.end))
    people = frozenset(one.person for one in (*spans, *sums))
    everybody = employees(reads, people)
    if rules.of_person is not None:
        everybody = [replace(one, rule_set=rules.of_person.get(one.id, one.rule_set)) for one in everybody]
    now = wall_time.minute_of(clock.now())
    return Book(
        period, days, tuple(everybody), spans, sums, rules.rule_sets, rules.rule_set, now, rules.rounding
    )
