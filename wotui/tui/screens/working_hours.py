"""Who works when: a week of everybody, the usual hours, and single days that are different."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from wotui.actions import availability as actions
from wotui.domain.record_kinds import KINDS
from wotui.domain.routing.words import DAYS
from wotui.domain.scheduling import week_of
from wotui.errors import NotFound, UsageProblem
from wotui.store.reads import availability as reads
from wotui.store.reads import records
from wotui.tui import keys, present, rule_rows
from wotui.tui.screens.base import ShopScreen
from wotui.tui.widgets.fields import Row
from wotui.tui.widgets.form_box import FormBox
from wotui.tui.widgets.hours import HoursList, PeriodLine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.widget import Widget

    from wotui.store.file import Shop
    from wotui.store.reads.availability import Day
    from wotui.store.transaction import Done

    Found = tuple[list[tuple[str, str, str]], dict[tuple[str, date], Day]]

_HOURS = "hours: 8, 7.5 or 7:30; 0 is a day off"


class WorkingHoursScreen(ShopScreen[None]):
    """A week: hours planned of hours there are, by person and day."""

    ROOM = "availability"
    BINDINGS: ClassVar[list[Any]] = keys.bindings("availability")

    def __init__(self) -> None:
        super().__init__()
        self._first = date.min
        self._people: list[tuple[str, str, str]] = []

    def body(self) -> Iterator[Widget]:
        yield PeriodLine("availability.earlier", "availability.later", id="period")
        yield HoursList(id="people")

    @property
    def lines(self) -> HoursList:
        """The list."""
        return self.query_one("#people", HoursList)

    def mounted(self) -> None:
        self._first = week_of(self.shop.today())
        super().mounted()
        self.lines.focus()

    def refresh_from_shop(self) -> None:
        first = self._first
        self.ask.read("availability", lambda shop: _load(shop, first), self._show)

    def _show(self, found: Found) -> None:
        self._people, days = found
        self.title_line("Who works when", "hours planned of hours there are")
        last = self._first + timedelta(days=6)
        words = f"{present.day(self._first)} to {present.day(last)}"
        self.query_one("#period", PeriodLine).tell(words)
        self.lines.show(partial(rule_rows.week_lines, self._people, days, self._first))

    def action_period(self, step: int) -> None:
        self._first += timedelta(days=7 * step)
        self.refresh_from_shop()

    def on_hours_list_taken(self, event: HoursList.Taken) -> None:
        event.stop()
        self.action_edit()

    def _in_hand(self) -> tuple[str, str, str]:
        for person in self._people:
            if person[0] == self.lines.value:
                return person
        raise NotFound("There is nobody here yet.", "Add people first: wotui add person.")

    def action_edit(self) -> None:
        """The person's usual week."""
        identity, _, name = self._in_hand()
        weekly = reads.pattern(self.shop, identity)
        before = {str(day): f"{weekly[day] / 60:g}" if day in weekly else "" for day in range(1, 8)}
        usual = (
            ""
            if weekly
            else "Nothing is said: the shop's usual days. The first day you set frees all others."
        )
        rows = [
            Row(str(day), DAYS[day - 1], typed=before[str(day)], shown=before[str(day)], hint=_HOURS, limit=8)
            for day in range(1, 8)
        ]

        def write(shop: Shop, typed: dict[str, str]) -> Done:
            changes = {int(day): hours for day, hours in typed.items() if hours != before[day]}
            if not changes:
                raise UsageProblem("Nothing was changed.", "esc leaves the form.")
            return actions.set_week(shop, identity, changes)

        self.wotui.push_screen(FormBox(f"The week of {name}", rows, _hours_shown, write, words=usual))

    def action_day(self) -> None:
        """Other hours on one day, or a day off."""
        identity, _, name = self._in_hand()
        rows = [
            Row("day", "day", "date", hint="2026-06-30, fri, +3d", required=True),
            Row("hours", "hours", typed="0", shown="0", hint=f"{_HOURS}; empty: as usual again", limit=8),
            Row("reason", "reason", hint="holiday, sick, training", limit=60),
        ]

        def check(row: Row, typed: str) -> str:
            return _hours_shown(row, typed) if row.name == "hours" else typed

        def write(shop: Shop, typed: dict[str, str]) -> Done:
            return actions.set_day(shop, identity, typed["day"], typed["hours"], typed["reason"])

        self.wotui.push_screen(FormBox(f"A day of {name}", rows, check, write))


def _hours_shown(_row: Row, typed: str) -> str:
    return present.duration(actions.read_minutes(typed)) if typed.strip() else ""


def _load(shop: Shop, first: date) -> Found:
    days = reads.days(shop, first, first + timedelta(days=6))
    people = records.page(shop, KINDS["person"], sorted({person for person, _ in days}))
    named = sorted(((one.id, one.handle, one.name) for one in people), key=lambda one: one[2].casefold())
    return named, days
