"""One person's workweek: days by orders, totals, overtime as it builds, meal breaks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from wotui.errors import NotFound
from wotui.tui import keys, present, time_page, week_page
from wotui.tui.time_verbs import HoursScreen
from wotui.tui.widgets.hours import PeriodLine
from wotui.tui.widgets.lines import Empty
from wotui.tui.widgets.week_grid import WeekGrid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.widget import Widget

    from wotui.tui.time_page import TimePage
    from wotui.tui.week_page import WeekPage


class WeekScreen(HoursScreen):
    """A person's week.

    Args:
        person_id: whose.
        day: any day of the week; None is today.
    """

    ROOM = "week"
    BINDINGS = keys.bindings("week")

    def __init__(self, person_id: str, day: date | None = None) -> None:
        super().__init__(day)
        self.person_id = person_id
        self.week: WeekPage | None = None

    def body(self) -> Iterator[Widget]:
        yield PeriodLine(id="period")
        yield WeekGrid(id="hours")
        yield Empty("", id="nothing")

    @property
    def grid(self) -> WeekGrid:
        """The grid."""
        return self.query_one("#hours", WeekGrid)

    def refresh_from_shop(self) -> None:
        person_id, day = self.person_id, self.day or self.shop.today()
        self.ask.read(
            "time", lambda shop: week_page.load(shop, person_id, day), self._week_loaded, self._not_loaded
        )

    def _week_loaded(self, week: WeekPage) -> None:
        new = self.week is None or self.week.sheet.first != week.sheet.first
        self.week = week
        day = ((self.day or week.page.today) - week.sheet.first).days if new else None
        self.grid.show(week, day=day)
        self.loaded(week.page)

    def show_page(self, page: TimePage) -> None:
        if self.week is None:
            return
        self.instead("")
        self.title_line(f"Time · {page.name(self.person_id)}", page.standing(self.person_id))
        days = self.week.sheet.days()
        words = f"{present.day(days[0], page.today)} – {present.day(days[-1], page.today)}"
        self.query_one("#period", PeriodLine).tell(words, *time_page.summary(page))

    def person_in_hand(self) -> str:
        return self.person_id

    # the cell

    def _day(self) -> date | None:
        return self.week.sheet.days()[self.grid.day] if self.week is not None else None

    def action_day(self, step: int) -> None:
        self.grid.move(step)

    def action_open(self) -> None:
        self.with_page(self._open)

    def _open(self, page: TimePage) -> None:
        found = self.week.in_cell(self.grid.key, self.grid.day) if self.week is not None else []
        if found:
            self._entries(found[0].id)
        else:
            self._add(page)

    def action_entries(self) -> None:
        self.with_page(lambda _page: self._entries(""))

    def _entries(self, entry: str) -> None:
        from wotui.tui.screens.time_person import PersonTime

        day = self._day()
        if not entry and self.week is not None:
            found = self.week.on_day(self.grid.day)
            entry = found[0].id if found else ""
        self.wotui.push_screen(PersonTime(self.person_id, day, entry), self._came_back)

    def _came_back(self, _day: Any) -> None:
        self.look()

    def _add(self, page: TimePage) -> None:
        from wotui.tui.screens.time_form import TimeForm

        order, time_type = self.grid.key
        self.wotui.show(
            TimeForm.new(
                self.shop, self.initials(self.person_id), self._day() or page.today, order, time_type
            )
        )

    def action_open_order(self) -> None:
        number = self.grid.key[0]
        if self.week is None or not number:
            self.wotui.refuse(NotFound("This row is on no order.", "Go to the row of an order first."))
            return
        self.wotui.open_order(self.week.titles[number][0])

    def on_week_grid_taken(self, event: WeekGrid.Taken) -> None:
        event.stop()
        self.action_open()

    # another week, another person

    def action_period(self, step: int) -> None:
        self._go_to((self.day or self.shop.today()) + timedelta(days=7 * step))

    def action_person(self, step: int) -> None:
        self.with_page(lambda page: self._person(page, step))

    def _person(self, page: TimePage, step: int) -> None:
        ids = [one.id for one in page.people]
        if self.person_id in ids:
            self.person_id = ids[(ids.index(self.person_id) + step) % len(ids)]
            self.week = None
            self.refresh_from_shop()
