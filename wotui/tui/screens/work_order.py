"""One order: its fields to change in place, its log, checklist, hours, contractors and history, and its next step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from wotui.actions import work_orders
from wotui.domain.work_order_fields import WORK_ORDER
from wotui.domain.work_orders import OPEN
from wotui.tui import keys, order_detail, order_pages, order_reading, order_rows, own_rows, record_rows
from wotui.tui.contractor_jobs import JobVerbs
from wotui.tui.order_steps import StepVerbs
from wotui.tui.order_verbs import OrderVerbs
from wotui.tui.record_rows import Spelling
from wotui.tui.screens.base import ShopScreen
from wotui.tui.screens.inbox_goto import begins_a_number, is_goto
from wotui.tui.widgets.dialogs import Choose
from wotui.tui.widgets.fields import FieldList
from wotui.tui.widgets.form import Form
from wotui.tui.widgets.long_text import LongText
from wotui.tui.widgets.pages import Reader, Tabs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.events import Key, Resize
    from textual.widget import Widget

    from wotui.store.reads.contractor_jobs import JobRow
    from wotui.store.reads.history import Change
    from wotui.store.transaction import Done
    from wotui.tui.order_detail import Detail
    from wotui.tui.screens.inbox_goto import GoTo
    from wotui.tui.widgets.fields import Row
    from wotui.tui.widgets.pages import Lines

WIDE = 110
"""Columns from which the log stands beside the overview."""


class WorkOrderScreen(OrderVerbs, JobVerbs, StepVerbs, ShopScreen[None]):
    """One order.

    Args:
        order_id: which.
        among: the ids of the list it stands in, for previous and next.
    """

    ROOM = "order"
    BINDINGS = keys.bindings("order")
    DEFAULT_CSS = """
    WorkOrderScreen Tabs { margin-bottom: 1; }
    WorkOrderScreen #overview { width: 3fr; }
    WorkOrderScreen #page.-beside { width: 2fr; border-left: solid $panel; }
    """

    def __init__(self, order_id: str, among: Sequence[str] = ()) -> None:
        super().__init__()
        self.order_id = order_id
        self._among = list(among)
        self._page = 0
        self._detail: Detail | None = None
        self._history: list[Change] | None = None

    def body(self) -> Iterator[Widget]:
        from textual.containers import Horizontal

        yield Tabs(id="tabs")
        yield Horizontal(Form((), self._check, typing=False, id="overview"), Reader(id="page"))

    def in_hand(self) -> tuple[str, ...]:
        return (self.order_id,)

    def refresh_from_shop(self) -> None:
        self._detail = order_detail.load(self.shop, self.order_id)
        self._history = None
        self._show(keep_place=True)

    def on_resize(self, event: Resize) -> None:
        super().on_resize(event)
        self._arrange(event.size.width)

    def offers(self, command_id: str) -> bool:
        """Only the steps that this order can take now, and the checklist only where there is one."""
        status = self._detail.order.status if self._detail is not None else ""
        open_ = status in OPEN
        known = {
            "order.start": open_,
            "order.done": open_ and status != "draft",
            "order.ready": status == "draft",
            "order.close": status == "done",
            "order.reopen": bool(status) and not open_,
            "order.hold": open_ and status not in ("draft", "on_hold"),
            "order.checklist": self._detail is not None and bool(self._detail.sheet.lines),
            "order.next": len(self._among) > 1,
            "order.open_field": self._page == 0,
            "order.running": self._detail is not None and self._detail.order.asset_state == "down",
        }
        return known.get(command_id, True)

    # showing

    @property
    def _pages(self) -> tuple[str, ...]:
        return order_reading.pages(self._detail)

    def _show(self, *, keep_place: bool = False) -> None:
        detail = self._detail
        self._arrange(self.size.width or self.wotui.size.width)
        page = self.query_one("#page", Reader)
        if detail is None:
            self.title_line("Work order")
            page.show(_gone)
            return
        self._page = min(self._page, len(self._pages) - 1)
        self.title_line(detail.order.number, detail.order.title)
        self.footer_changed()
        self.query_one("#tabs", Tabs).show(order_reading.names(detail), self._page)
        if self._page == 0:
            self._form.fields.show(order_rows.overview(detail, Spelling.of(self.shop), self.shop.zone))
            page.show(self._beside, keep_place=keep_place)
        elif self._pages[self._page] == "history" and self._history is None:
            order_id = self.order_id
            self.ask.read("history", lambda shop: order_detail.history(shop, order_id), self._show_history)
        else:
            page.show(self._lines, keep_place=keep_place)

    def _arrange(self, width: int) -> None:
        """Which of the two panes is seen: the fields, a page, or on a wide screen both."""
        page, overview = self.query_one("#page", Reader), self._page == 0 and self._detail is not None
        self._form.display = overview
        page.display = not overview or width >= WIDE
        page.set_class(overview, "-beside")

    def _show_history(self, changes: list[Change]) -> None:
        self._history = changes
        self._show(keep_place=True)

    def _lines(self, width: int) -> Lines:
        """The lines of the page that is read."""
        detail, zone, today = self._detail, self.shop.zone, self.shop.today()
        assert detail is not None
        page = self._pages[self._page]
        return order_reading.lines(detail, page, self._history or (), width, zone, today)

    def _beside(self, width: int) -> Lines:
        """What stands beside the overview on a wide screen: the checklist's open ends and the log."""
        detail, zone, today = self._detail, self.shop.zone, self.shop.today()
        assert detail is not None
        lines: list[Any] = [[(" Log", "title")]]
        empty = f"No entries yet. {keys.shown_key('order.note')} adds one."
        lines += order_pages.log(detail.log, width, zone, today, empty=empty)
        if detail.sheet.lines:
            lines += [[], *order_pages.checklist(detail.sheet.shown, width, zone, today, empty="")]
        return lines

    @property
    def _form(self) -> Form:
        return self.query_one("#overview", Form)

    # changing in place

    def _check(self, row: Row, typed: str) -> str:
        if row.name.startswith(own_rows.CUSTOM) and self._detail is not None:
            return own_rows.check(self._detail.own, row.name, typed, self.shop.today())
        return record_rows.check(WORK_ORDER, Spelling.of(self.shop), row, typed)

    def on_form_committed(self, event: Form.Committed) -> None:
        event.stop()
        order_id, name, typed = self.order_id, event.row.name, event.typed
        self.ask.act(lambda shop: work_orders.edit(shop, [order_id], {name: typed}), refused=self._put_back)

    def _put_back(self, problem: Any) -> None:
        """The shop says no: show what is there."""
        self.wotui.refuse(problem)
        self.refresh_from_shop()

    def on_field_list_wanted(self, event: FieldList.Wanted) -> None:
        """People are assigned and other orders opened; every other field is the form's."""
        event.stop()
        if event.row.kind == "people":
            self.action_assign()
        elif event.row.kind == "order":
            self.wotui.open_order(event.row.typed)
        elif event.row.kind == "request":
            self.wotui.open_request(event.row.typed)

    # keys

    def early(self, event: Key) -> bool:
        """A number typed or scanned here belongs to the Inbox, all of it: a label's `A` must not copy this order."""
        if event.is_forwarded or not self.is_mounted or self._form.is_editing:
            return False
        if is_goto(event):
            self.action_goto()
        elif begins_a_number(event, "order"):
            self._go_to_number(event.character or "")
        else:
            return False
        return True

    def action_goto(self) -> None:
        self._go_to_number("")

    def _go_to_number(self, begun: str) -> None:
        """The Inbox's line “Go to”, at once: a scanner's next sign comes within a millisecond."""
        if self.wotui.current_mode != "inbox":
            self.wotui.switch_mode("inbox")
        while len(self.wotui.screen_stack) > 1:
            self.wotui.pop_screen()
        cast("GoTo", self.wotui.screen).go_to(begun)

    def action_open_field(self) -> None:
        """Enter: change the field, or do what the shown page is about."""
        page = self._pages[self._page]
        if page == "overview":
            self._form.action_change()
        elif page == order_reading.STEPS:
            self.open_step()
        elif page == "log":
            self.action_note()
        elif page == "checklist":
            self.action_checklist()
        elif page == "contractors":
            self._open_job()

    def _open_job(self) -> None:
        jobs = self._detail.jobs if self._detail is not None else ()
        if not jobs:
            self.action_contractor()
        elif len(jobs) == 1:
            self.open_job(jobs[0])
        else:
            options = [("", job.contractor, job.terms.words, job) for job in jobs]

            def chosen(job: JobRow | None) -> None:
                if job is not None:
                    self.open_job(job)

            self.wotui.push_screen(Choose("Which contractor?", options), chosen)

    def action_edit(self) -> None:
        self.wotui.open_screen(("wotui.tui.screens.order_form", "OrderForm"), self.order_id)

    def action_checklist(self) -> None:
        self.wotui.open_screen(("wotui.tui.screens.checklist", "ChecklistScreen"), self.order_id)

    def action_note(self) -> None:
        order_id = self.order_id

        def written(words: str | None) -> None:
            if words:
                self.ask.act(lambda shop: work_orders.note(shop, order_id, words))

        number = self._detail.order.number if self._detail is not None else ""
        self.wotui.push_screen(LongText(f"Log of {number}"), written)

    def action_running(self) -> None:
        """The asset runs again; or, while it runs, it stands still, which is asked first."""
        from wotui.tui.standstill import runs_or_stands

        if self._detail is not None:
            runs_or_stands(self.wotui, self._detail.order)

    def action_again(self) -> None:
        order_id = self.order_id

        def made(done: Done) -> None:
            self.wotui.open_order(done.records[0])

        self.ask.act(lambda shop: work_orders.duplicate(shop, order_id), made)

    def action_next_order(self) -> None:
        self._go(1)

    def action_previous_order(self) -> None:
        self._go(-1)

    def action_tab(self, step: int) -> None:
        self._turn_to((self._page + step) % len(self._pages))

    def on_tabs_picked(self, event: Tabs.Picked) -> None:
        event.stop()
        self._turn_to(event.index)

    def _turn_to(self, page: int) -> None:
        self._page = page
        self._show()
        reading = self.query_one("#page", Reader) if page else self._form.fields
        reading.focus()

    def _go(self, step: int) -> None:
        at = self._among.index(self.order_id) if self.order_id in self._among else -1
        there = at + step
        if at < 0 or not 0 <= there < len(self._among):
            edge = "the last" if step > 0 else "the first"
            self.wotui.tell(
                f"This is {edge} order of the list." if self._among else "It was not opened from a list."
            )
            return
        self.order_id = self._among[there]
        self.refresh_from_shop()
        place = f"{there + 1} of {len(self._among)}"
        detail = self._detail
        if detail is not None:
            self.title_line(f"{detail.order.number} ({place})", detail.order.title)


def _gone(_width: int) -> Lines:
    return [[(" This order is not there any more. esc goes back.", "muted")]]
