"""What the Time screens show of a pay period, read in one go beside the screen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wotui.domain import labor
from wotui.domain.payroll.calendar import WEEKDAYS
from wotui.exchange import payroll
from wotui.store.reads import labor as reads
from wotui.store.reads import late_hours, pay_batches
from wotui.text import counted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

    from wotui.domain.payroll.calendar import Period, WorkCalendar
    from wotui.domain.payroll.employees import Employee
    from wotui.domain.payroll.findings import Finding
    from wotui.domain.payroll.lines import Pay
    from wotui.domain.payroll.reckoning import Reckoning
    from wotui.store.file import Shop
    from wotui.store.reads.labor import Entry
    from wotui.store.reads.late_hours import LateHours
    from wotui.store.reads.pay_batches import Batch
    from wotui.tui.themes import Token


@dataclass(frozen=True, slots=True)
class TimePage:
    """A pay period with its entries, everybody's pay and what is wrong with it.

    Attributes:
        only: the id of the one person who is shown; empty shows everybody.
        late: what came after exports, and the next payroll pays; None for nothing.
        batch: the payroll batch of the period that counts, or None.
    """

    today: date
    reckoning: Reckoning
    entries: Sequence[Entry]
    only: str = ""
    late: LateHours | None = None
    batch: Batch | None = None

    @property
    def period(self) -> Period:
        """The days."""
        return self.reckoning.book.period

    @property
    def calendar(self) -> WorkCalendar:
        """The shop's days and weeks."""
        return self.reckoning.book.calendar

    @property
    def zone(self) -> ZoneInfo:
        """The shop's zone."""
        return self.calendar.zone

    @property
    def calendar_words(self) -> str:
        """How the shop pays, for the header line: `weekly, from Monday`."""
        days = (self.period.end - self.period.start).days + 1
        kind = {7: "weekly", 14: "biweekly"}.get(days, "")
        return f"{kind}, from {WEEKDAYS[self.period.start.weekday()].capitalize()}" if kind else ""

    @property
    def people(self) -> Sequence[Employee]:
        """Everybody employed in the period, and whoever else has entries, by name."""
        return [
            one
            for one in self.reckoning.book.employees
            if self.only in ("", one.id) and (one.employed_in(self.period) or self.entries_of(one.id))
        ]

    def _shown(self, one: Finding) -> bool:
        return self.only in ("", one.person)

    @property
    def blocking(self) -> list[Finding]:
        """What forbids the export."""
        return [one for one in self.reckoning.findings if one.blocks and self._shown(one)]

    @property
    def warnings(self) -> list[Finding]:
        """What is worth a look."""
        return [one for one in self.reckoning.findings if not one.blocks and self._shown(one)]

    def name(self, person_id: str) -> str:
        """A person's name."""
        return next((one.name for one in self.reckoning.book.employees if one.id == person_id), "")

    def entries_of(self, person_id: str) -> list[Entry]:
        """A person's entries by day and start."""
        return [one for one in self.entries if one.person_id == person_id]

    def entry(self, entry_id: str) -> Entry | None:
        """The entry with this id."""
        return next((one for one in self.entries if one.id == entry_id), None)

    def pay(self, person_id: str) -> Pay | None:
        """A person's pay; None without hours, and while entries overlap."""
        return self.reckoning.pay.get(person_id)

    def conflicted(self, person_id: str) -> bool:
        """Whether entries of this person overlap, so that nothing can be added up."""
        return any(one.code == "E02" and one.person == person_id for one in self.reckoning.findings)

    def waiting(self, person_id: str) -> int:
        """How many finished entries of a person nobody has approved."""
        return sum(1 for one in self.entries_of(person_id) if not one.running and one.state != labor.APPROVED)

    def standing(self, person_id: str) -> str:
        """Where a person's hours stand, in words: `timer runs`, `3 to approve`, `approved`, `no hours`."""
        entries = self.entries_of(person_id)
        if not entries:
            return "no hours"
        words = ["timer runs"] if any(one.running for one in entries) else []
        words += ["entries overlap"] if self.conflicted(person_id) else []
        waiting = self.waiting(person_id)
        words += [f"{waiting} to approve"] if waiting else []
        return " · ".join(words) or "approved"


def load(shop: Shop, day: date, only: str = "") -> TimePage:
    """The pay period that a day lies in; of one person, when an id is given.

    Raises:
        Refused: the shop's schedule or a rule set is not settled.
        FileTrouble: this computer does not know the shop's zone.
    """
    reckoning = payroll.reckoned(shop, day)
    found = reads.entries(shop, reckoning.book.period)
    late = late_hours.late_hours(shop)
    if late is not None and only:
        own = tuple(one for one in late.entries if one.person_id == only)
        late = replace(late, entries=own) if own else None
    stored = (
        one for one in pay_batches.batches(shop, reckoning.book.period) if one.status == pay_batches.ACTIVE
    )
    return TimePage(shop.today(), reckoning, found, only, late, next(stored, None))


def summary(page: TimePage) -> tuple[str, Token]:
    """The period's state in a few words, with its style."""
    if page.blocking:
        waiting = sum(page.waiting(one.id) for one in page.people)
        other = any(one.code != "E03" for one in page.blocking)
        return (
            (f"{counted(waiting, 'entry', 'entries')} to approve", "text")
            if not other
            else ("not ready", "bad")
        )
    if page.batch is not None:
        return (f"{'paid' if page.batch.closed else 'exported'}, {page.batch.label}", "good")
    return ("ready for payroll", "good") if page.entries else ("no hours yet", "muted")
