"""The Time screen: one line a person for a pay period, what is wrong with it, and the way to the payroll file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from wotui.tui import keys, time_rows
from wotui.tui.time_verbs import HoursScreen
from wotui.tui.widgets.hours import HoursList

if TYPE_CHECKING:
    from wotui.tui.time_page import TimePage


class TimeScreen(HoursScreen):
    """Everybody's hours of one pay period."""

    ROOM = "time"
    BINDINGS = keys.bindings("time")

    def show_page(self, page: TimePage) -> None:
        self.title_line("Time", page.calendar_words)
        add = keys.shown_key("time.add")
        nobody = (
            "Nobody is on the payroll yet.\n\n"
            "Give people an employee number: wotui add person NAME initials=AB employee_no=0017\n"
            f"Time is recorded by the timer of an order, or here with {add}."
        )
        self.instead("" if page.people else nobody)
        self.lines.show(partial(time_rows.overview, page))

    def person_in_hand(self) -> str:
        return _person_of(self.lines.value)

    def action_open(self) -> None:
        person_id = self.person_in_hand()
        if person_id:
            from wotui.tui.screens.time_person import PersonTime

            entry = self.lines.value.rpartition("/")[2] if "/" in self.lines.value else ""
            self.wotui.push_screen(PersonTime(person_id, self.day, entry), self._came_back)

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
    return parts[1] if len(parts) == 3 else value
