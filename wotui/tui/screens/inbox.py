"""The Inbox: the work to do, in lanes, filtered by words, in the order in which it presses."""

from __future__ import annotations

from array import array
from functools import partial
from typing import TYPE_CHECKING

from wotui.domain.filters import LANES, Filter
from wotui.store.reads import work_orders_list as reads
from wotui.tui import keys
from wotui.tui.order_list import OrderRows
from wotui.tui.order_verbs import OrderVerbs
from wotui.tui.screens.base import ShopScreen
from wotui.tui.screens.inbox_filter import Filtering
from wotui.tui.screens.inbox_goto import GoTo
from wotui.tui.screens.inbox_late import LateHours, LateLine
from wotui.tui.screens.inbox_questions import Questions
from wotui.tui.widgets.filter_bar import FilterBar, LanesLine
from wotui.tui.widgets.record_list import RecordList

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual import events
    from textual.widget import Widget

    from wotui.store.file import Shop
    from wotui.store.reads.work_orders_list import ListedOrder
    from wotui.store.transaction import Done
    from wotui.tui.widgets.order_beside import OrderBeside

WIDE = 110
"""Columns from which the order under the cursor is shown beside the list."""
FIRST = 100
"""How many orders are looked up at once; the rest follows beside the screen."""
REST_AFTER = 0.05
"""Seconds after the first rows until the rest is read, and the lanes are counted."""
MOST_MARKED = 5_000
"""More orders than this cannot be marked at once: nobody looks through what would change."""
NEIGHBOURS = 200
"""How many orders on either side of an opened one its "next" and "previous" reach."""


class InboxScreen(Filtering, GoTo, Questions, LateHours, OrderVerbs, ShopScreen[None]):
    """The home screen."""

    ROOM = "inbox"
    BINDINGS = keys.bindings("inbox")
    DEFAULT_CSS = """
    InboxScreen #both { height: 1fr; layout: horizontal; }
    InboxScreen RecordList { width: 3fr; }
    InboxScreen #beside { display: none; width: 2fr; border-left: solid $panel; }
    InboxScreen.-wide #beside { display: block; }
    InboxScreen #asked-beside { width: 2fr; border-left: solid $panel; }
    InboxScreen.-requests #beside { display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._counts_due = True
        self._beside: list[OrderBeside] = []

    def body(self) -> Iterator[Widget]:
        from textual.containers import Container

        yield LanesLine(LANES, id="lanes")
        yield FilterBar(id="filter")
        yield LateLine()
        yield Container(RecordList(OrderRows(lambda: self.shop, lambda: self.today), id="list"), id="both")

    @property
    def orders(self) -> RecordList:
        """The list."""
        return self.query_one("#list", RecordList)

    @property
    def bar(self) -> FilterBar:
        """The filter's line."""
        return self.query_one("#filter", FilterBar)

    @property
    def current(self) -> ListedOrder | None:
        """The order under the cursor; none while requests are shown."""
        if self.asking or self.orders.current is None:
            return None
        return self.orders.record(self.orders.at)

    def in_hand(self) -> tuple[str, ...]:
        """The marked orders in the list's order, or the one under the cursor."""
        if self.orders.marks and not self.asking:
            marked = [key for key in self.orders.keys if key in self.orders.marks]
            return tuple(row.id for row in reads.rows(self.shop, marked))
        current = self.current
        return () if current is None else (current.id,)

    # reading

    def mounted(self) -> None:
        self.orders.focus()
        super().mounted()

    def early(self, event: events.Key) -> bool:
        return self.is_mounted and super().early(event)  # keys can come before there is a bar

    def refresh_from_shop(self) -> None:
        """Read again; the cursor stays on its order."""
        self.today = self.shop.today()
        self.forget_custom_names()
        self.tell_title()
        self._counts_due = True
        self.tell_lanes()
        if self.asking:
            self.show_requests()
            self.say()
            self._read_rest(list_too=False)
        elif self.orders.keys:
            self.orders.refresh_records()
            self._read_rest()
        else:
            self._read_first()
        self._follow()

    def _read_first(self) -> None:
        """The first rows at once, on the screen's own thread: they are what somebody waits for."""
        first = reads.first_keys(self.shop, reads.prepare(self.shop, self.wanted), FIRST)
        self._show(first, complete=len(first) < FIRST, keep=None)
        # Not at once: the frame is still on its way to the terminal, and counting would slow it down.
        self.set_timer(REST_AFTER, partial(self._read_rest, list_too=len(first) == FIRST))

    def filter_changed(self) -> None:
        """The first rows of another filter, beside the screen; what is typed in between replaces it."""
        if self.asking:
            self.show_requests()
            return
        wanted = self.wanted
        self.ask.read(
            "inbox",
            lambda shop: reads.first_keys(shop, reads.prepare(shop, wanted), FIRST),
            self._show_first,
        )

    def _show_first(self, first: array[int]) -> None:
        """Draw the first rows, and only then ask for anything else."""
        self._show(first, complete=len(first) < FIRST, keep=None)
        self.call_after_refresh(self._read_rest, list_too=len(first) == FIRST)

    def _read_rest(self, *, list_too: bool = True) -> None:
        """The whole list, and the counts of the lanes where they may have changed, beside the screen."""
        wanted, counting = self.wanted, self._counts_due
        if not (list_too or counting):
            return

        def read(shop: Shop) -> tuple[array[int] | None, dict[str, int] | None]:
            every = reads.keys(shop, reads.prepare(shop, wanted)) if list_too else None
            return every, reads.lane_counts(shop) if counting else None

        def found(answer: tuple[array[int] | None, dict[str, int] | None]) -> None:
            every, counts = answer
            if counts is not None:
                self._counts, self._counts_due = counts, False
                self.tell_lanes()
                self.look_for_late()
            if every is not None and wanted == self.wanted:
                self._show(every, complete=True, keep=self.orders.current)

        self.ask.read("inbox all", read, found)

    def _show(self, found: array[int], *, complete: bool, keep: int | None) -> None:
        filtered = self.typed != Filter()
        self.orders.nothing = (
            "No order fits. esc takes the filter away." if filtered else LANES[self.lane].empty
        )
        self.orders.sorted_by = self.sorting
        self.orders.show(found, complete=complete, keep=keep)
        self.found = len(found) if complete else None
        self.say()

    def on_screen_suspend(self) -> None:
        self.bar.expect_typing(expected=False)

    # the filter

    def on_filter_bar_typed(self, event: FilterBar.Typed) -> None:
        event.stop()
        self.take(event.value)

    def on_filter_bar_left(self, event: FilterBar.Left) -> None:
        event.stop()
        self.seen.focus()

    def on_record_list_sort_asked(self, event: RecordList.SortAsked) -> None:
        event.stop()
        if not self.asking:
            self.sort_by(event.field)

    # one order

    def action_open(self) -> None:
        if self.asking:
            self.requests.open_current()
        current = self.current
        if current is not None:
            at = self.orders.at
            around = self.orders.keys[max(at - NEIGHBOURS, 0) : at + NEIGHBOURS]
            among = [row.id for row in reads.rows(self.shop, around)]
            self.wotui.open_order(current.id, among)

    def on_record_list_opened(self, event: RecordList.Opened) -> None:
        event.stop()
        self.action_open()

    def action_new(self) -> None:
        from wotui.tui import new_order

        new_order.start(self.wotui)

    def on_record_list_moved(self, event: RecordList.Moved) -> None:
        event.stop()
        self._follow()

    def _follow(self) -> None:
        """Let what stands beside the list be what is under the cursor."""
        if self.asking:
            self.follow_request()
        elif self.has_class("-wide"):
            current = self.current
            for beside in self._beside:
                beside.follow(None if current is None else current.id)

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        wide = event.size.width >= WIDE
        self.set_class(wide, "-wide")
        if wide and not self._beside:
            from wotui.tui.widgets.order_beside import OrderBeside

            self._beside.append(OrderBeside(id="beside"))
            self.query_one("#both").mount(*self._beside)
        self.arrange_requests()
        self._follow()

    # several orders

    def action_edit(self) -> None:
        if len(self.orders.marks) > 1:
            self._change_many()
        elif hand := self.in_hand():
            self.wotui.open_screen(("wotui.tui.screens.order_form", "OrderForm"), hand[0])

    def action_due(self) -> None:
        if len(self.orders.marks) > 1:
            self._change_many("due_on")
        else:
            super().action_due()

    def action_assign(self) -> None:
        if len(self.orders.marks) > 1:
            self._change_many("people")
        else:
            super().action_assign()

    def _change_many(self, field: str = "") -> None:
        from wotui.tui.screens import bulk_edit

        bulk_edit.start(self.wotui, self.in_hand(), field, self._changed_many)

    def _changed_many(self, _done: Done) -> None:
        self.orders.mark_keys(set())

    def action_mark(self) -> None:
        self.seen.mark()

    def action_mark_range(self) -> None:
        self.seen.mark_range()

    def action_mark_all(self) -> None:
        """Mark every row shown; once more takes all marks away."""
        if len(self.seen.keys) > MOST_MARKED:
            self.wotui.tell(f"At most {MOST_MARKED:,} rows can be marked at once. Filter first.")
            return
        every = set(self.seen.keys)
        self.seen.mark_keys(set() if self.seen.marks == every else every)

    def on_record_list_marked(self, event: RecordList.Marked) -> None:
        event.stop()
        self.say()

    def action_clear(self) -> None:
        """Escape: first the marks, then the filter."""
        if self.seen.marks:
            self.seen.mark_keys(set())
        elif self.bar.value:
            self.use_filter("")
