"""The Inbox: the work to do, in lanes, filtered by words, in the order in which it presses."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any

from wotui.domain.filters import LANES, Filter, FilterMistake, describe, parse
from wotui.domain.filters.lanes import FIRST_LANE
from wotui.store.reads import work_orders_list as reads
from wotui.text import counted
from wotui.tui import keys, order_cells
from wotui.tui.order_verbs import OrderVerbs
from wotui.tui.screens.base import ShopScreen
from wotui.tui.widgets.filter_bar import FilterBar, LanesLine
from wotui.tui.widgets.record_list import Column, RecordList

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from textual import events
    from textual.widget import Widget

    from wotui.store.file import Shop
    from wotui.store.reads.work_orders_list import ListedOrder
    from wotui.tui.order_detail import Detail
    from wotui.tui.widgets.lines import Piece

WIDE = 110
"""Columns from which the order under the cursor is shown beside the list."""
FIRST = 100
"""How many orders are looked up at once; the rest follows beside the screen."""
MOST_MARKED = 5_000
"""More orders than this cannot be marked at once: nobody looks through what would change."""
NEIGHBOURS = 200
"""How many orders on either side of an opened one its "next" and "previous" reach."""
LONGEST_NUMBER = 60
"""Characters of a typed or scanned number."""
QUIET = 0.06
"""Seconds that the cursor rests before the preview follows."""


class OrderRows:
    """Work orders as rows of a list."""

    def __init__(self, screen: InboxScreen) -> None:
        self._screen = screen

    def read(self, wanted: Sequence[int]) -> Mapping[int, ListedOrder]:
        return {row.key: row for row in reads.rows(self._screen.shop, wanted)}

    def columns(self, width: int) -> Sequence[Column]:
        return order_cells.columns(width)

    def cells(self, record: ListedOrder, columns: Sequence[Column]) -> list[Piece]:
        return order_cells.cells(record, columns, self._screen.today)


class InboxScreen(OrderVerbs, ShopScreen[None]):
    """The home screen."""

    ROOM = "inbox"
    BINDINGS = keys.bindings("inbox")
    DEFAULT_CSS = """
    InboxScreen #both { height: 1fr; layout: horizontal; }
    InboxScreen RecordList { width: 3fr; }
    InboxScreen #preview { display: none; width: 2fr; border-left: solid $panel; }
    InboxScreen.-wide #preview { display: block; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.lane = next(at for at, lane in enumerate(LANES) if lane.name == FIRST_LANE)
        self._typed = Filter()
        self._custom: list[str] | None = None
        self._mistake = ""
        self._counts: dict[str, int] = {}
        self._found: int | None = None
        self._preview_timer: Any = None

    def body(self) -> Iterator[Widget]:
        from textual.containers import Container

        yield LanesLine(LANES, id="lanes")
        yield FilterBar(id="filter")
        yield Container(RecordList(OrderRows(self), id="list"), id="both")

    # what is shown

    @property
    def orders(self) -> RecordList:
        """The list."""
        return self.query_one("#list", RecordList)

    @property
    def bar(self) -> FilterBar:
        """The filter's line."""
        return self.query_one("#filter", FilterBar)

    @property
    def wanted(self) -> Filter:
        """What the list shows: the lane, and what was typed."""
        return parse(LANES[self.lane].filter, self.today).both(self._typed)

    def in_hand(self) -> tuple[str, ...]:
        """The marked orders in the list's order, or the one under the cursor."""
        if self.orders.marks:
            marked = [key for key in self.orders.keys if key in self.orders.marks]
            return tuple(row.id for row in reads.rows(self.shop, marked))
        current = self._current
        return () if current is None else (current.id,)

    @property
    def _current(self) -> ListedOrder | None:
        return self.orders.record(self.orders.at) if self.orders.current is not None else None

    def on_mount(self) -> None:
        self.orders.focus()
        super().on_mount()

    def refresh_from_shop(self) -> None:
        """Read again; the cursor stays on its order."""
        self.today = self.shop.today()
        self._custom = None
        self.title_line(self.wotui.own_title or self.shop.setting("shop.name") or "wotui")
        if self.orders.keys:
            self.orders.refresh_records()
            self._read_all(keep=self.orders.current)
        else:
            self._read_first(self.shop)
        self._read_counts()

    def _read_first(self, shop: Shop) -> None:
        """The first rows at once, on the screen's own thread: they are what somebody waits for."""
        first = reads.first_keys(shop, reads.prepare(shop, self.wanted), FIRST)
        self._show(first, complete=len(first) < FIRST, keep=None)
        if len(first) == FIRST:
            self._read_all(keep=self.orders.current)

    def _ask_first(self) -> None:
        """The first rows of another filter, beside the screen; what was typed in between replaces it."""
        wanted = self.wanted

        def found(first: array[int]) -> None:
            self._show(first, complete=len(first) < FIRST, keep=None)
            if len(first) == FIRST:
                self._read_all(keep=self.orders.current)

        self.ask.read("inbox", lambda shop: reads.first_keys(shop, reads.prepare(shop, wanted), FIRST), found)

    def _read_all(self, keep: int | None) -> None:
        wanted = self.wanted

        def found(every: array[int]) -> None:
            if wanted == self.wanted:
                self._show(every, complete=True, keep=self.orders.current if keep is not None else None)

        self.ask.read("inbox all", lambda shop: reads.keys(shop, reads.prepare(shop, wanted)), found)

    def _show(self, found: array[int], *, complete: bool, keep: int | None) -> None:
        filtered = self._typed != Filter()
        self.orders.nothing = (
            "No order fits. esc takes the filter away." if filtered else LANES[self.lane].empty
        )
        self.orders.sorted_by = _sorting(self.wanted)
        self.orders.show(found, complete=complete, keep=keep)
        self._found = len(found) if complete else None
        self._say()

    def _read_counts(self) -> None:
        def counted_(counts: dict[str, int]) -> None:
            self._counts = counts
            self._tell_lanes()

        self._tell_lanes()
        self.ask.read("inbox counts", reads.lane_counts, counted_)

    def _tell_lanes(self) -> None:
        self.query_one("#lanes", LanesLine).tell(self.lane, self._counts)

    def _say(self) -> None:
        """Say the filter back, and how many orders it holds."""
        found = "" if self._found is None else counted(self._found, "order")
        marked = f"{len(self.orders.marks):,} marked · " if self.orders.marks else ""
        if self._mistake:
            self.bar.tell(self._mistake, f"{marked}{found}", "warn")
        else:
            self.bar.tell(describe(self.wanted, self.today), f"{marked}{found}")

    # lanes and filter

    def action_lane_next(self) -> None:
        self._go_to_lane((self.lane + 1) % len(LANES))

    def action_lane_previous(self) -> None:
        self._go_to_lane((self.lane - 1) % len(LANES))

    def on_lanes_line_picked(self, event: LanesLine.Picked) -> None:
        self._go_to_lane(event.index)

    def _go_to_lane(self, lane: int) -> None:
        self.lane = lane
        self._tell_lanes()
        self._read_first(self.shop)
        self.orders.focus()

    def action_filter(self) -> None:
        self.bar.edit()

    def on_filter_bar_typed(self, event: FilterBar.Typed) -> None:
        event.stop()
        self._use(event.value)

    def on_filter_bar_left(self, event: FilterBar.Left) -> None:
        event.stop()
        self.orders.focus()

    def use_filter(self, words: str) -> None:
        """Show what fits these words: a saved filter, an asset's orders."""
        self.bar.close()
        self.bar.put(words)
        self._use(words)
        self.orders.focus()

    def _use(self, typed: str) -> None:
        """Show what fits; a mistake is said, and what can be read without it stays."""
        custom = self._custom_names() if ":" in typed else ()
        try:
            wanted = parse(typed, self.today, custom)
        except FilterMistake as mistake:
            self._mistake = str(mistake)
            try:
                wanted = parse(mistake.left_over(typed), self.today, custom)
            except FilterMistake:
                wanted = self._typed
        else:
            self._mistake = ""
        self._say()
        if wanted != self._typed:
            self._typed = wanted
            self._ask_first()

    def _custom_names(self) -> list[str]:
        if self._custom is None:
            self._custom = reads.custom_names(self.shop)
        return self._custom

    def action_saved_filters(self) -> None:
        from wotui.tui.screens import saved_filters

        saved_filters.choose(self.wotui, self.bar.value, self.use_filter)

    def on_record_list_sort_asked(self, event: RecordList.SortAsked) -> None:
        event.stop()
        self._sort_by(event.field)

    def action_sort(self) -> None:
        from wotui.tui.widgets.dialogs import Choose

        fields = (
            "queue",
            "due",
            "priority",
            "newest",
            "number",
            "title",
            "asset",
            "place",
            "status",
            "assigned",
        )
        words = ("most pressing first", "due date", "priority", "newest first", *fields[4:9], "who")
        options = [("", label, "", field) for field, label in zip(fields, words, strict=True)]

        def chosen(field: str | None) -> None:
            if field is not None:
                self._sort_by(field)

        self.wotui.push_screen(Choose("Sort by", options), chosen)

    def _sort_by(self, field: str) -> None:
        """Sort by a field; the same field once more turns the order round."""
        kept = [word for word in self.bar.value.split() if not _is_sort(word, self.today)]
        down = field in ("queue", "newest")
        if _sorting(self._typed) == (field, down):
            down = not down
        self.use_filter(" ".join([*kept, f"{field}{'-' if down else '+'}"]))

    # one order

    def action_open(self) -> None:
        current = self._current
        if current is not None:
            at = self.orders.at
            around = self.orders.keys[max(at - NEIGHBOURS, 0) : at + NEIGHBOURS]
            among = [row.id for row in reads.rows(self.shop, around)]
            self.wotui.open_order(current.id, among)

    def on_record_list_opened(self, event: RecordList.Opened) -> None:
        event.stop()
        self.action_open()

    def action_new(self) -> None:
        self.wotui.open_screen(("wotui.tui.screens.order_form", "NewOrder"))

    def action_edit(self) -> None:
        if len(self.orders.marks) > 1:
            from wotui.tui.screens import bulk_edit

            bulk_edit.start(self.wotui, self.in_hand())
        elif hand := self.in_hand():
            self.wotui.open_screen(("wotui.tui.screens.order_form", "OrderForm"), hand[0])

    def on_record_list_moved(self, event: RecordList.Moved) -> None:
        event.stop()
        if self.has_class("-wide"):
            if self._preview_timer is not None:
                self._preview_timer.stop()
            self._preview_timer = self.set_timer(QUIET, self._ask_preview)

    def _ask_preview(self) -> None:
        current = self._current
        if current is not None:
            from wotui.tui import order_detail

            self.ask.read("preview", lambda shop: order_detail.load(shop, current.id), self._show_preview)

    def _show_preview(self, detail: Detail | None) -> None:
        from wotui.tui import order_preview
        from wotui.tui.widgets.pages import Reader

        zone, today = self.shop.zone, self.today
        if detail is not None and (found := self.query("#preview")):
            found.first(Reader).show(lambda width: order_preview.preview(detail, width, zone, today))

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        wide = event.size.width >= WIDE
        self.set_class(wide, "-wide")
        if wide and not self.query("#preview"):
            from wotui.tui.widgets.pages import Reader

            self.query_one("#both").mount(Reader(id="preview"))
        if wide:
            self._ask_preview()

    # marks

    def action_mark(self) -> None:
        self.orders.mark()

    def action_mark_range(self) -> None:
        self.orders.mark_range()

    def action_mark_all(self) -> None:
        """Mark every order shown; once more takes all marks away."""
        if len(self.orders.keys) > MOST_MARKED:
            self.wotui.tell(f"At most {MOST_MARKED:,} orders can be marked at once. Filter first.")
            return
        every = set(self.orders.keys)
        self.orders.mark_keys(set() if self.orders.marks == every else every)

    def on_record_list_marked(self, event: RecordList.Marked) -> None:
        event.stop()
        self._say()

    def action_clear(self) -> None:
        """Escape: first the marks, then the filter."""
        if self.orders.marks:
            self.orders.mark_keys(set())
        elif self.bar.value:
            self.use_filter("")

    # going to one order

    def action_goto(self) -> None:
        self.bar.go_to("")

    def early(self, event: events.Key) -> bool:
        """Take what is typed into the bar before the focus can follow, and what a scanner sends.

        A scanner types a whole line at once: its first capital letter (or #) begins a number, unless it is a key here.
        """
        sign = event.character if event.is_printable else None
        if self.bar.going is not None:
            self._type_number(event.key, sign)
        elif self.bar.opening:
            if sign is not None:
                self.bar.type_ahead(sign)
            return sign is not None
        elif self.bar.typing:
            return False
        elif event.key in keys.command("inbox.filter").keys.split(","):
            self.action_filter()
        elif event.key in keys.command("inbox.goto").keys.split(","):
            self.action_goto()
        elif sign is not None and (sign.isupper() or sign == "#") and event.key not in self.active_bindings:
            self.bar.go_to(sign)
        else:
            return False
        return True

    def _type_number(self, key: str, sign: str | None) -> None:
        """One key of the line "Go to"."""
        going = self.bar.going or ""
        if key == "enter":
            self._go_to(going)
        elif key == "escape":
            self.bar.go_to(None)
        elif key in ("backspace", "ctrl+h"):
            self.bar.go_to(going[:-1] if going else None)
        elif sign is not None and len(going) < LONGEST_NUMBER:
            self.bar.go_to(going + sign)

    def on_paste(self, event: events.Paste) -> None:
        """A scanner, or a person, pastes a number."""
        event.stop()
        lines = event.text.strip().splitlines()
        if lines and not self.bar.typing:
            self._go_to(lines[0][:LONGEST_NUMBER])

    def _go_to(self, typed: str) -> None:
        self.bar.go_to(None)
        found = reads.by_number_or_tag(self.shop, typed)
        if found is None:
            self.wotui.tell(
                f"There is no order or asset “{typed.strip()}”. {keys.shown_key('inbox.goto')} tries again."
            )
        elif found[0] == "order":
            self.wotui.open_order(found[1])
        else:
            self.lane = next(at for at, lane in enumerate(LANES) if lane.name == FIRST_LANE)
            self._tell_lanes()
            self.use_filter(f'#"{found[1]}"' if " " in found[1] else f"#{found[1]}")


def _sorting(wanted: Filter) -> tuple[str, bool] | None:
    return (wanted.sorts[0].field, wanted.sorts[0].descending) if wanted.sorts else None


def _is_sort(word: str, today: Any) -> bool:
    try:
        return bool(parse(word, today).sorts)
    except FilterMistake:
        return False
