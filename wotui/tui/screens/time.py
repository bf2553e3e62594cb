"""The Time screen: one line a person for a pay period, what is wrong with it, and the way to the payroll file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from wotui.tui import keys, time_page, time_rows
from wotui.tui.time_verbs import SEE_ALL, HoursScreen
from wotui.tui.widgets.hours import HoursList

if TYPE_CHECKING:
    from wotui.tui.time_page import TimePage


class TimeScreen(HoursScreen):
    """Everybody's hours of one pay period, or the acting person's own."""

    ROOM = "time"
    BINDINGS = keys.bindings("time")

    def __init__(self) -> None:
        super().__init__()
        self._everyone: bool | None = None
        """What was chosen by key; None follows the roles of who acts."""

    @property
    def everyone(self) -> bool:
        """Whether everybody is shown."""
        acting = self.shop.acting
        if self._everyone is None:
            return acting is None or bool(acting.roles & set(SEE_ALL))
        return self._everyone

    def refresh_from_shop(self) -> None:
        day, acting = self.day or self.shop.today(), self.shop.acting
        only = "" if self.everyone or acting is None else acting.id
        self.ask.read("time", lambda shop: time_page.load(shop, day, only), self.loaded, self._not_loaded)

    def show_page(self, page: TimePage) -> None:
        everyone = f"your hours · {keys.shown_key('time.everyone')} everybody's" if page.only else ""
        self.title_line("Time", everyone or page.calendar_words)
        add = keys.shown_key("time.add")
        nobody = (
            "Nobody is on the payroll yet.\n\n"
            "Give people an employee number: wotui add person NAME initials=AB employee_no=0017\n"
            f"Time is recorded by the timer of an order, or here with {add}."
        )
        yours = (
            "You are not on the payroll: you have no employee number.\n\n"
            f"A supervisor gives you one. {keys.shown_key('time.everyone')} shows everybody's hours."
        )
        self.instead("" if page.people else yours if page.only else nobody)
        self.lines.show(partial(time_rows.overview, page))

    def person_in_hand(self) -> str:
        return _person_of(self.lines.value)

    def action_everyone(self) -> None:
        self._everyone = not self.everyone
        self.refresh_from_shop()

    def action_open(self) -> None:
        self.with_page(self._open)

    def _open(self, page: TimePage) -> None:
        from wotui.tui.screens.time_week import WeekScreen

        if self.lines.value == time_rows.LATE:
            self.wotui.open_screen(("wotui.tui.screens.time_late", "LateScreen"), page.only)
        elif "/" in self.lines.value:
            self.action_entries()
        elif self.person_in_hand():
            self.wotui.push_screen(WeekScreen(self.person_in_hand(), self._day(page)), self._came_back)

    def _day(self, page: TimePage) -> Any:
        """The day whose week is opened: today, or the first of another period."""
        return None if self.day is None or page.today in page.period else page.period.start

    def action_entries(self) -> None:
        self.with_page(self._entries)

    def _entries(self, page: TimePage) -> None:
        person_id = self.person_in_hand()
        if person_id:
            from wotui.tui.screens.time_person import PersonTime

            entry = self.lines.value.rpartition("/")[2] if "/" in self.lines.value else ""
            found = page.entry(entry)
            day = found.day if found is not None and found.day in page.period else self.day
            self.wotui.push_screen(PersonTime(person_id, day, entry), self._came_back)

    def _came_back(self, day: Any) -> None:
        """The period that was looked at last stays."""
        if day is not None and day != self.day:
            self.day = day
            self.refresh_from_shop()

    def on_hours_list_taken(self, event: HoursList.Taken) -> None:
        event.stop()
        self.action_open()


def _person_of(value: str) -> str:
    """The person a line is about: its own value, or the second part of a finding's `code/person/entry`."""
    parts = value.split("/")
    return parts[1] if len(parts) == 3 else "" if value == time_rows.LATE else value
