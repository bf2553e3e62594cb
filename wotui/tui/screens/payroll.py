"""The payroll of a period, step by step: put right what is wrong, tick warnings, write the file, confirm it paid."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from wotui.actions import approvals
from wotui.errors import Problem, Refused
from wotui.exchange import payroll, payroll_profiles
from wotui.store import people
from wotui.store.reads import work_calendar
from wotui.text import counted
from wotui.tui import keys, payroll_page, payroll_rows, payroll_ways, time_rows
from wotui.tui.payroll_verbs import BatchVerbs
from wotui.tui.time_verbs import day_typed
from wotui.tui.widgets.dialogs import Ask, Choose
from wotui.tui.widgets.hours import HoursList, PeriodLine
from wotui.tui.widgets.lines import Empty

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from textual.widget import Widget

    from wotui.domain.payroll.findings import Finding
    from wotui.store.file import Shop
    from wotui.store.reads.pay_batches import Batch
    from wotui.tui.payroll_page import PayrollPage


class PayrollScreen(BatchVerbs):
    """The payroll of the period that `day` lies in."""

    ROOM = "payroll"
    BINDINGS = keys.bindings("payroll")

    def __init__(self, day: date) -> None:
        super().__init__()
        self.day = day
        self.profile = ""
        self.page: PayrollPage | None = None
        self._by_hand = False
        self._as_file = False
        self._said = ""
        self._failed = ""
        self._ticked: frozenset[str] = frozenset()

    def body(self) -> Iterator[Widget]:
        yield PeriodLine("payroll.earlier", "payroll.later", id="period")
        yield HoursList(id="file")
        yield Empty("", id="nothing")

    @property
    def lines(self) -> HoursList:
        """The list."""
        return self.query_one("#file", HoursList)

    def mounted(self) -> None:
        self.query_one("#nothing").display = False
        super().mounted()
        self.lines.focus()

    def refresh_from_shop(self) -> None:
        day, profile, by_hand = self.day, self.profile, self._by_hand
        self.ask.read(
            "payroll",
            lambda shop: payroll_page.load(shop, day, profile, by_hand=by_hand),
            self._loaded,
            self._not_loaded,
        )

    def _loaded(self, page: PayrollPage) -> None:
        self.page = replace(page, ticked=self._ticked)
        period = page.ready.reckoning.book.period
        self.title_line("Payroll", page.ready.profile.name)
        status = page.batch.period_status if page.batch is not None else "open"
        self.query_one("#period", PeriodLine).tell(
            time_rows.period_words(period, page.today), f"{status} · {page.ready.profile.name}"
        )
        self._instead("")
        self._show()

    def _not_loaded(self, problem: Problem) -> None:
        self.page = None
        self._instead(str(problem))

    def _instead(self, words: str) -> None:
        nothing = self.query_one("#nothing", Empty)
        nothing.tell(words)
        nothing.display = bool(words)
        self.lines.display = not words
        if not words and self.focused is None:
            self.lines.focus()

    def _show(self) -> None:
        if self.page is not None:
            make = partial(payroll_rows.lines, replace(self.page, failed=self._failed), self._said)
            self.lines.show(lambda width: make(width, as_file=self._as_file))

    @property
    def _finding(self) -> Finding | None:
        return self.page.finding(self.lines.value) if self.page is not None else None

    # putting right

    def action_open(self) -> None:
        finding = self._finding
        if finding is not None and self.page is not None:
            payroll_ways.follow(self.wotui, finding, self.page)
        else:
            self.action_write()

    def on_hours_list_taken(self, event: HoursList.Taken) -> None:
        event.stop()
        self.action_open()

    def action_approve(self) -> None:
        finding, day = self._finding, self.day
        if finding is None or not finding.person:
            every = keys.shown_key("payroll.approve_all")
            self.wotui.refuse(
                Refused("There is nobody under the cursor.", f"Go to a person's line; {every} approves all.")
            )
            return
        initials = people.initials_of(self.shop, finding.person) or finding.person
        self.ask.act(lambda shop: approvals.approve_period(shop, day, initials))

    def action_approve_all(self) -> None:
        day = self.day
        self.ask.act(lambda shop: approvals.approve_period(shop, day))

    def action_by_hand(self) -> None:
        self._by_hand = not self._by_hand
        self.refresh_from_shop()
        said = "are left out: enter them at the provider" if self._by_hand else "are in the file again"
        self.wotui.tell(f"Corrections that {self._profile_name} cannot carry {said}.")

    # warnings

    def action_tick(self) -> None:
        finding = self._finding
        if finding is None or finding.blocks:
            self.wotui.refuse(Refused("There is no warning under the cursor.", "Go to one first."))
            return
        key = payroll_page.key_of(finding)
        self._tick(self._ticked ^ {key})
        self.lines.action_cursor_down()

    def action_tick_all(self) -> None:
        if self.page is not None:
            self._tick(self._ticked | {payroll_page.key_of(one) for one in self.page.warnings})

    def _tick(self, ticked: frozenset[str]) -> None:
        self._ticked = ticked
        if self.page is not None:
            self.page = replace(self.page, ticked=ticked)
            self._show()

    # the file

    def action_view(self) -> None:
        self._as_file = not self._as_file
        self._show()

    @property
    def _profile_name(self) -> str:
        return self.page.ready.profile.name if self.page is not None else self.profile or "the profile"

    def action_profile(self) -> None:
        names = [name for name in payroll_profiles.profiles() if name != "workweeks"]
        options = [("", name, "", name) for name in names]
        here = names.index(self._profile_name) if self._profile_name in names else 0

        def chosen(name: str | None) -> None:
            if name is not None:
                self.profile, self._by_hand = name, False
                self._change()

        self.wotui.push_screen(Choose("Which format does the provider read?", options, at=here), chosen)

    def action_write(self) -> None:
        page = self.page
        if page is None:
            return
        refusal = _why_not(page)
        if refusal is not None:
            self.wotui.refuse(refusal)
            return
        day, profile, by_hand = self.day, page.ready.profile.name, self._by_hand

        def write(shop: Shop, folder: Path) -> tuple[str, Path]:
            done = payroll.export(shop, day, folder, profile, by_hand=by_hand)
            return done.sentence, done.written.path

        self.write_into_a_folder(f"Write {page.ready.label} into which folder?", write)

    def was_written(self, sentence: str) -> None:
        self._said, self._failed = sentence, ""
        self.look()
        self.lines.action_first()

    def was_not_written(self, problem: Problem) -> None:
        self._said, self._failed = "", str(problem)

    def batch_in_hand(self) -> Batch | None:
        return self.page.batch if self.page is not None else None

    def action_batches(self) -> None:
        self.wotui.open_screen(("wotui.tui.screens.payroll_batches", "PayrollBatches"))

    # another period

    def action_period(self, step: int) -> None:
        schedule = work_calendar.schedule(self.shop)
        period = schedule.period_of(self.day)
        self.day = (schedule.after if step > 0 else schedule.before)(period).start
        self._change()

    def action_go_to_date(self) -> None:
        def answered(day: date | None) -> None:
            if day is not None:
                self.day = day
                self._change()

        words = "2026-06-10, today, mon, -2w; any day of the pay period"
        self.wotui.push_screen(
            Ask("Which pay period?", words=words, check=lambda typed: day_typed(self.shop, typed)), answered
        )

    def _change(self) -> None:
        self._said = self._failed = ""
        self.refresh_from_shop()


def _why_not(page: PayrollPage) -> Refused | None:
    """Why the file cannot be written now; None when it can."""
    if page.ready.rewrites:
        return None
    if page.blocking:
        problems = f"{counted(len(page.blocking), 'thing')} must be put right before the file can be written."
        return Refused(problems, f"{keys.shown_key('list.open')} on a line goes there.")
    if page.empty:
        return Refused("There are no hours in this period.", "There is nothing to write.")
    if page.unticked:
        many = counted(len(page.unticked), "warning is", "warnings are")
        tick, every = keys.shown_key("payroll.tick"), keys.shown_key("payroll.tick_all")
        return Refused(f"{many} not ticked.", f"{tick} ticks the one under the cursor, {every} all.")
    return None
