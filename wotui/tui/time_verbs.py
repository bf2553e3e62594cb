"""What can be done with hours from the Time screens: add, approve, hand in, timer, another period, payroll file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui import clock
from wotui.actions import approvals
from wotui.actions import labor as actions
from wotui.domain import wall_time
from wotui.domain.filters.dates import parse_span
from wotui.domain.labor_rules import LongSpan
from wotui.errors import Problem, Refused, UsageProblem
from wotui.store import people
from wotui.store.reads import labor as reads
from wotui.store.reads import work_calendar
from wotui.tui import time_page, time_rows
from wotui.tui.screens.base import ShopScreen
from wotui.tui.widgets.dialogs import Ask, Confirm
from wotui.tui.widgets.hours import HoursList, PeriodLine
from wotui.tui.widgets.lines import Empty

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from textual.widget import Widget

    from wotui.store.file import Shop
    from wotui.tui.time_page import TimePage


SEE_ALL = ("supervisor", "office")
"""The roles that see everybody's hours at first and make the payroll; anybody else sees their own."""
_OF_SUPERVISORS = frozenset(
    {"time.approve", "time.approve_all", "time.approve_one", "time.send_back", "time.payroll"}
)
_OF_OTHERS = frozenset({"time.hand_in", "time.everyone"})


class HoursScreen(ShopScreen[None]):
    """A screen about one pay period; `day` is any day of it, None the shop's today."""

    def __init__(self, day: date | None = None) -> None:
        super().__init__()
        self.day = day
        self.page: TimePage | None = None
        self._waiting: Callable[[TimePage], None] | None = None
        self._problem: Problem | None = None

    def body(self) -> Iterator[Widget]:
        yield PeriodLine(id="period")
        yield HoursList(id="hours")
        yield Empty("", id="nothing")

    @property
    def lines(self) -> HoursList:
        """The list."""
        return self.query_one("#hours", HoursList)

    @property
    def main(self) -> Widget:
        """What the keys move in: the list, or the grid."""
        return self.query_one("#hours")

    def mounted(self) -> None:
        self.query_one("#nothing").display = False
        super().mounted()
        self.main.focus()

    def refresh_from_shop(self) -> None:
        day = self.day or self.shop.today()
        self.ask.read("time", lambda shop: time_page.load(shop, day), self.loaded, self._not_loaded)

    def with_page(self, then: Callable[[TimePage], None]) -> None:
        """Go on with the page: at once, or when it has been read; a key pressed before that is not lost, and one that
        nothing can be done for says why.
        """
        if self.page is not None:
            then(self.page)
        elif self._problem is not None:
            self.wotui.refuse(self._problem)
        else:
            self._waiting = then

    def loaded(self, page: TimePage) -> None:
        """Show what was read, then do what a key asked for meanwhile."""
        self.page, self._problem = page, None
        self.query_one("#period", PeriodLine).tell(
            time_rows.period_words(page.period, page.today), *time_page.summary(page)
        )
        self.show_page(page)
        if self.focused is None and self.main.display:
            self.main.focus()
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting(page)

    def _not_loaded(self, problem: Problem) -> None:
        self.page = self._waiting = None
        self._problem = problem
        self.instead(str(problem))
        self.wotui.refuse(problem)

    def offers(self, command_id: str) -> bool:
        acting = self.shop.acting
        others = acting is not None and not acting.roles & set(SEE_ALL)
        return command_id not in (_OF_SUPERVISORS if others else _OF_OTHERS)

    def instead(self, words: str) -> None:
        """Say this instead of the list; empty shows the list."""
        nothing = self.query_one("#nothing", Empty)
        nothing.tell(words)
        nothing.display = bool(words)
        self.main.display = not words

    def show_page(self, page: TimePage) -> None:
        """Show what was read."""
        raise NotImplementedError

    def person_in_hand(self) -> str:
        """The id of the person that a verb is meant for; empty when there is none."""
        raise NotImplementedError

    # another period

    def action_period(self, step: int) -> None:
        try:
            schedule = work_calendar.schedule(self.shop)
            period = schedule.period_of(self.day or self.shop.today())
        except Problem as problem:
            self.wotui.refuse(problem)
            return
        self._go_to((schedule.after if step > 0 else schedule.before)(period).start)

    def action_go_to_date(self) -> None:
        def check(typed: str) -> date:
            return day_typed(self.shop, typed)

        def answered(day: date | None) -> None:
            if day is not None:
                self._go_to(day)

        words = "2026-06-10, today, mon, -2w; any day of the pay period"
        self.wotui.push_screen(Ask("Which pay period?", words=words, check=check), answered)

    def _go_to(self, day: date) -> None:
        self.day = day
        self.refresh_from_shop()

    # hours

    def action_add(self) -> None:
        self.with_page(self._add)

    def _add(self, page: TimePage) -> None:
        from wotui.tui.screens.time_form import TimeForm

        day = None if page.today in page.period else page.period.start
        self.wotui.show(TimeForm.new(self.shop, self.initials(self.person_in_hand()), day))

    def initials(self, person_id: str) -> str:
        """The initials of a person; of who acts when no person is given."""
        person_id = person_id or (self.shop.acting.id if self.shop.acting else "")
        return people.initials_of(self.shop, person_id)

    def action_hand_in(self) -> None:
        self.with_page(self._hand_in)

    def _hand_in(self, page: TimePage) -> None:
        day, initials = page.period.start, self.initials(self.person_in_hand())
        self.ask.act(lambda shop: approvals.submit_period(shop, day, initials))

    def action_recall(self) -> None:
        self.with_page(self._recall)

    def _recall(self, page: TimePage) -> None:
        day, initials = page.period.start, self.initials(self.person_in_hand())
        self.ask.act(lambda shop: approvals.recall_period(shop, day, initials))

    def action_approve(self) -> None:
        self.with_page(self._approve)

    def _approve(self, page: TimePage) -> None:
        person_id = self.person_in_hand()
        if not person_id:
            self.wotui.refuse(Refused("There is nobody under the cursor.", "Move to a person first."))
            return
        day, initials = page.period.start, self.initials(person_id)
        self.ask.act(lambda shop: approvals.approve_period(shop, day, initials))

    def action_approve_all(self) -> None:
        self.with_page(self._approve_all)

    def _approve_all(self, page: TimePage) -> None:
        day = page.period.start
        self.ask.act(lambda shop: approvals.approve_period(shop, day))

    def action_payroll(self) -> None:
        self.with_page(self._payroll)

    def _payroll(self, page: TimePage) -> None:
        self.shop.require("see everybody's payroll", *SEE_ALL)
        self.wotui.open_screen(("wotui.tui.screens.payroll", "PayrollScreen"), page.period.start)

    # the timer

    def action_timer(self) -> None:
        self.wotui.as_somebody(self._timer)

    def _timer(self) -> None:
        try:
            running = reads.running(self.shop, work_calendar.calendar(self.shop), self.shop.somebody().id)
        except Problem as problem:
            self.wotui.refuse(problem)
            return
        if running:
            self.ask.act(actions.stop, refused=self._ended_earlier)
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self.ask.act(actions.start)

        question = "No timer of yours runs. Start one on no order? On an order it is started there."
        self.wotui.push_screen(Confirm(question, title="Timer", yes="Start", no="Never mind"), answered)

    def _ended_earlier(self, problem: Problem) -> None:
        """The timer is too old to end now: ask when the work ended."""

        def check(typed: str) -> int:
            return wall_time.minute_of(wall_time.parse_on(typed, self.shop.today(), self.shop.zone))

        def answered(at: int | None) -> None:
            if at is not None:
                sure = isinstance(problem, LongSpan)
                self.ask.act(lambda shop: actions.stop(shop, at=at, confirmed=sure))

        now = clock.now().astimezone(self.shop.zone)
        words = f"{problem.what}\nWhen did the work end? 15:30 is today; {now:%Y-%m-%d %H:%M} is now."
        self.wotui.push_screen(Ask("Stop the timer", words=words, check=check), answered)


def day_typed(shop: Shop, typed: str) -> date:
    """The day that a person means: an ISO date, or a word such as `today`, `mon`, `-7d`.

    Raises:
        UsageProblem: not a day.
    """
    try:
        return parse_span(typed.strip(), shop.today(), past=True)[0]
    except ValueError:
        raise UsageProblem(
            f"{typed[:40]!r} is not a day.", "Write it like 2026-06-10, today, mon or -7d."
        ) from None
