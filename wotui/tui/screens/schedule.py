"""The schedule: a week by person, a month, or a list of days; beside it the work that still has no day."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical

from wotui.domain import scheduling
from wotui.domain.payroll.calendar import weekday_number
from wotui.store.reads import availability, plan_list, schedule, work_orders_list
from wotui.tui import keys, present, schedule_rows
from wotui.tui.order_list import OrderRowsBeside
from wotui.tui.schedule_moving import MovingOrders
from wotui.tui.schedule_rows import DUE, PLANS, Page
from wotui.tui.screens.base import ShopScreen
from wotui.tui.widgets.grid import Grid
from wotui.tui.widgets.hours import HoursList, PeriodLine, Shown
from wotui.tui.widgets.lines import TitleLine
from wotui.tui.widgets.record_list import RecordList

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterator

    from textual import events
    from textual.widget import Widget

    from wotui.store.file import Shop

VIEWS = ("week", "month", "list")
NARROW = 70
"""Columns below which days stand below one another: a week has no room beside the names."""
_MONTH_DAYS = 6 * scheduling.WEEK

_LEGENDS = {
    "week": "hours planned/hours there are · ! too full · ? without an estimate",
    "month": "▪ planned · ◆ due · ↻ maintenance plans · ! somebody's day is too full",
    "list": "",
}


class ScheduleScreen(MovingOrders, ShopScreen[None]):
    """Who does what on which day."""

    ROOM = "schedule"
    BINDINGS = keys.bindings("schedule")
    DEFAULT_CSS = """
    ScheduleScreen #grid { max-height: 60%; }
    ScheduleScreen #below { height: 1fr; }
    ScheduleScreen .part { width: 1fr; height: 1fr; }
    ScheduleScreen #waiting { border-left: solid $panel; }
    ScheduleScreen.-list #grid, ScheduleScreen.-list #legend { display: none; }
    ScheduleScreen.-narrow #below { layout: vertical; }
    ScheduleScreen.-narrow #waiting { border-left: none; height: 40%; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._day: date | None = None
        self._view = "week"
        self._page: Page | None = None
        self._to_day = True

    def body(self) -> Iterator[Widget]:
        yield PeriodLine("schedule.earlier", "schedule.later", id="period")
        yield Grid(id="grid")
        yield TitleLine(id="legend")
        with Horizontal(id="below"):
            with Vertical(classes="part"):
                yield TitleLine(id="day-title")
                yield HoursList(id="day")
            with Vertical(id="waiting", classes="part"):
                yield TitleLine(id="waiting-title")
                rows = OrderRowsBeside(lambda: self.shop, lambda: self.shop.today())  # noqa: PLW0108 - shops change
                yield RecordList(rows, marking=False, id="unplanned")

    def mounted(self) -> None:
        self._unplanned.nothing = "Every order that can be worked on has a day."
        super().mounted()
        self._grid.focus()

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        self.set_class(event.size.width < NARROW, "-narrow")
        self._show()

    # what is shown

    @property
    def _grid(self) -> Grid:
        return self.query_one(Grid)

    @property
    def _lines(self) -> HoursList:
        return self.query_one("#day", HoursList)

    @property
    def _unplanned(self) -> RecordList:
        return self.query_one("#unplanned", RecordList)

    @property
    def _shown_view(self) -> str:
        """The view that has room: a week stands as a list where the window is narrow."""
        return "list" if self._view == "week" and self.size.width < NARROW else self._view

    @property
    def day(self) -> date:
        """A day of the period that is shown."""
        return self._day or self.shop.today()

    def _period(self) -> tuple[date, int]:
        if self._view == "month":
            return scheduling.week_of(self.day.replace(day=1), self._week_starts_on), _MONTH_DAYS
        return scheduling.week_of(self.day, self._week_starts_on), scheduling.WEEK

    @property
    def _week_starts_on(self) -> int:
        return weekday_number(self.shop.setting("payroll.workweek_start"))

    def refresh_from_shop(self) -> None:
        self.ask.read("schedule", partial(_load, *self._period()), self._loaded)
        self.ask.read("unplanned", schedule.unplanned, self._show_unplanned)

    def _loaded(self, page: Page) -> None:
        if (page.first, page.days) != self._period():
            return  # somebody has gone on to another week
        self._page = page
        self._show()
        if self._to_day:
            self._to_day = False
            self._stand_on(self.day)

    def _show(self) -> None:
        page = self._page
        if page is None:
            return
        view = self._shown_view
        self.set_class(view == "list", "-list")
        name = f"{self.day:%B %Y}" if self._view == "month" else schedule_rows.span(page)
        self.query_one(PeriodLine).tell(name, page.summary, "bad" if page.overloaded else "muted")
        self.query_one("#legend", TitleLine).tell(self._carrying or (f" {_LEGENDS[view]}", "muted"))
        self.title_line("Schedule")
        if view == "month":
            self._grid.show(schedule_rows.month_titles(page), schedule_rows.month_rows(page, self.day.month))
        elif view == "week":
            self._grid.show(schedule_rows.week_titles(page), schedule_rows.week_rows(page))
        if view == "list" and self._grid.has_focus:
            self._lines.focus()
        self._show_day()

    def _show_unplanned(self, found: array[int]) -> None:
        title = self.query_one("#waiting-title", TitleLine)
        title.tell((" without a day ", "title"), (f" {len(found):,}", "muted"))
        self._unplanned.show(found, keep=self._unplanned.current)

    def _show_day(self) -> None:
        """The lines of the cell under the cursor, or of all days."""
        page, title = self._page, self.query_one("#day-title", TitleLine)
        if page is None:
            return
        if self._shown_view == "list":
            title.tell(self._carrying or (" day by day ", "title"))
            days_only = self._carried is not None
            self._lines.show(lambda width: schedule_rows.agenda(page, width, days_only=days_only))
            return
        day, who = self._cell()
        if self._shown_view == "month" or who in (DUE, PLANS):
            title.tell((f" {schedule_rows.day_words(day, page.today)} ", "title"))
            self._lines.show(partial(self._whole_day, page, day, who))
            return
        names = {hand.id: hand.name for hand in page.hands}
        load = page.load(who, day)
        title.tell(
            (f" {names.get(who, 'nobody')}, {schedule_rows.day_words(day, page.today)} ", "title"),
            (f" {schedule_rows.load_words(load)}", "bad" if load.overloaded else "muted"),
        )
        self._lines.show(lambda width: schedule_rows.day_lines(page, who, day, width) or [_nothing(width)])

    def _whole_day(self, page: Page, day: date, who: str, width: int) -> list[Shown]:
        """A day of the month, or the row of what is due or comes due by plans."""
        one_day = Page(day, 1, page.today, page.hands, page.planned, page.available, {}, page.plans)
        lines: list[Shown] = []
        if who not in (DUE, PLANS):
            lines += schedule_rows.agenda(one_day, width, days_only=False)[1:]
        elif who == PLANS:
            lines += [Shown([(f" ↻ {name}", "text")]) for name in page.plans.get(day, ())]
        if who != PLANS and day in page.due:
            lines.append(Shown([(" due", "label")]))
            keys_of = [key for key, _ in schedule.due_orders(self.shop, day)]
            for row in work_orders_list.rows(self.shop, keys_of[:50]):
                title = present.fit(row.title, max(width - len(row.number) - 3, 4))
                lines.append(Shown([(f" {row.number} ", "muted"), (title, "text")], row.id))
        return lines or [_nothing(width)]

    def _cell(self) -> tuple[date, str]:
        """The day under the cursor, and whose row it is (empty in the month)."""
        page = self._page
        if page is None:
            return self.day, ""
        if self._shown_view == "month":
            place = self._grid.row * scheduling.WEEK + self._grid.column
            return page.dates[min(place, page.days - 1)], ""
        return page.dates[min(self._grid.column, page.days - 1)], self._grid.value

    def _stand_on(self, day: date) -> None:
        """Put the cursor on a day."""
        page = self._page
        if page is None or not page.first <= day <= page.dates[-1]:
            return
        place = (day - page.first).days
        if self._shown_view == "month":
            self._grid.go(*divmod(place, scheduling.WEEK))
        else:
            self._grid.go(self._grid.row, place)

    def on_grid_moved(self, event: Grid.Moved) -> None:
        event.stop()
        self._day = self._cell()[0] if self._view == "week" else self._day
        self._show_day()

    # moving through time

    def action_period(self, step: int) -> None:
        day = self.day
        if self._view == "month":
            self._day = (day.replace(day=15) + timedelta(days=30 * step)).replace(day=1)
        else:
            self._day = day + timedelta(days=scheduling.WEEK * step)
        self.refresh_from_shop()

    def action_today(self) -> None:
        self._day, self._to_day = self.shop.today(), True
        self.refresh_from_shop()

    def action_view(self) -> None:
        page, cell = self._page, self._cell()[0]
        if page is not None and self._shown_view != "list":
            self._day = cell
        self._view = VIEWS[(VIEWS.index(self._view) + 1) % len(VIEWS)]
        if self._view == "list" and self.size.width < NARROW:
            self._view = "week"  # there the two look alike
        self._page, self._to_day = None, True
        self.set_class(self._shown_view == "list", "-list")
        (self._lines if self._shown_view == "list" else self._grid).focus()
        self.refresh_from_shop()

    # opening

    def action_open(self) -> None:
        if self._carried is not None:
            self._put_down()
        elif self._grid.has_focus:
            (self._lines if self._lines.value else self._unplanned).focus()
        elif order := self._under_cursor():
            self.wotui.open_order(order)

    def on_grid_taken(self, event: Grid.Taken) -> None:
        event.stop()
        self.action_open()

    def on_hours_list_taken(self, event: HoursList.Taken) -> None:
        event.stop()
        self.action_open()

    def on_record_list_opened(self, event: RecordList.Opened) -> None:
        event.stop()
        self.action_open()

    def action_pane(self, step: int) -> None:
        in_list = self._shown_view == "list"
        lines = [self._lines] if self._lines.value or in_list else []
        shown: list[Widget] = [*([] if in_list else [self._grid]), *lines, self._unplanned]
        here = next((place for place, pane in enumerate(shown) if pane.has_focus), 0)
        shown[(here + step) % len(shown)].focus()


def _load(first: date, days: int, shop: Shop) -> Page:
    last = first + timedelta(days=days - 1)
    return Page(
        first,
        days,
        shop.today(),
        schedule.hands(shop, first, last),
        schedule.planned(shop, first, last),
        {key: day.minutes for key, day in availability.days(shop, first, last).items()},
        schedule.due(shop, first, last),
        plan_list.coming_dates(shop, first, last, shop.today()),
    )


def _nothing(_width: int) -> Shown:
    return Shown([("   nothing planned", "muted")])
