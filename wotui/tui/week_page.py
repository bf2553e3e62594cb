"""What the week grid shows of one person, read in one go beside the screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from wotui import clock
from wotui.domain import wall_time
from wotui.domain.payroll.rounding import INCREMENTS
from wotui.domain.payroll.timesheet import DAYS, timesheet
from wotui.store.reads import labor as reads
from wotui.tui import time_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wotui.domain.payroll.timesheet import Key, Timesheet
    from wotui.store.file import Shop
    from wotui.store.reads.labor import Entry
    from wotui.tui.time_page import TimePage


@dataclass(frozen=True, slots=True)
class WeekPage:
    """One person's workweek, and the pay period that its day lies in.

    Attributes:
        page: the pay period.
        person_id: whose week.
        sheet: the week.
        entries: by id.
        titles: order's number → (its id, its title).
    """

    page: TimePage
    person_id: str
    sheet: Timesheet
    entries: Mapping[str, Entry]
    titles: Mapping[str, tuple[str, str]]

    def in_cell(self, key: Key, number: int) -> list[Entry]:
        """The entries behind a cell: a row's key and the number of the day."""
        return [self.entries[one] for one in self.sheet.entries.get((key, number), ())]

    def on_day(self, number: int) -> list[Entry]:
        """The entries of a day, whatever they are on, without doubles."""
        ids = dict.fromkeys(
            one for (_, day), found in self.sheet.entries.items() if day == number for one in found
        )
        return [self.entries[one] for one in ids]


def load(shop: Shop, person_id: str, day: date) -> WeekPage:
    """The workweek of a person that a day lies in.

    Raises:
        Refused: the shop's schedule or a rule set is not settled.
        FileTrouble: this computer does not know the shop's zone.
    """
    page = time_page.load(shop, day)
    days = page.calendar
    first = days.week_of(day)
    begin, end = (days.day_begins(first + timedelta(days=number)) for number in (-1, DAYS))
    spans = reads.between(shop, days, begin, end, person_id)
    amounts = reads.amounts(shop, first, first + timedelta(days=DAYS - 1), person_id)
    book = page.reckoning.book
    employee = next((one for one in book.employees if one.id == person_id), None)
    rules = book.rules_of(employee) if employee else book.rule_sets[book.rule_set]
    sheet = timesheet(
        first, [one.span for one in spans], [one.amount for one in amounts], days, rules,
        now=wall_time.minute_of(clock.now()), rounding=INCREMENTS.get(shop.setting("payroll.rounding"), 0),
    )  # fmt: skip
    entries = {one.id: one for one in (*spans, *amounts)}
    titles = {one.order: (one.order_id, one.title) for one in entries.values() if one.order}
    return WeekPage(page, person_id, sheet, entries, titles)
