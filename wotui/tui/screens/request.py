"""One request: its fields to change in place, its log and history, what it led to, and the decision on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.actions import requests
from wotui.domain.request_fields import REQUEST
from wotui.domain.requests import UNDECIDED
from wotui.store.reads import history as changes
from wotui.tui import keys, order_pages, record_rows, request_rows
from wotui.tui.record_rows import Spelling
from wotui.tui.request_rows import PAGES
from wotui.tui.request_verbs import RequestVerbs
from wotui.tui.screens.base import ShopScreen
from wotui.tui.widgets.form import Form
from wotui.tui.widgets.pages import Reader, Tabs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.events import Resize
    from textual.widget import Widget

    from wotui.errors import Problem
    from wotui.store.reads.history import Change
    from wotui.tui.request_rows import RequestDetail
    from wotui.tui.widgets.fields import FieldList, Row
    from wotui.tui.widgets.pages import Lines

WIDE = 110
"""Columns from which the log stands beside the overview."""


class RequestScreen(RequestVerbs, ShopScreen[None]):
    """One request.

    Args:
        request_id: which.
        among: the ids of the list it stands in, for previous and next.
    """

    ROOM = "request"
    BINDINGS = keys.bindings("request")
    DEFAULT_CSS = """
    RequestScreen Tabs { margin-bottom: 1; }
    RequestScreen #overview { width: 3fr; }
    RequestScreen #page.-beside { width: 2fr; border-left: solid $panel; }
    """

    def __init__(self, request_id: str, among: Sequence[str] = ()) -> None:
        super().__init__()
        self.request_id = request_id
        self._among = list(among)
        self._page = 0
        self._detail: RequestDetail | None = None
        self._history: list[Change] | None = None

    def body(self) -> Iterator[Widget]:
        from textual.containers import Horizontal

        yield Tabs(id="tabs")
        yield Horizontal(Form((), self._check, typing=False, id="overview"), Reader(id="page"))

    def asked_in_hand(self) -> tuple[str, ...]:
        return (self.request_id,)

    def refresh_from_shop(self) -> None:
        self._detail = request_rows.load(self.shop, self.request_id)
        self._history = None
        self._show(keep_place=True)

    def on_resize(self, event: Resize) -> None:
        super().on_resize(event)
        self._arrange(event.size.width)

    def offers(self, command_id: str) -> bool:
        """Only the steps that this request can take now."""
        status = self._detail.known.status if self._detail is not None else ""
        known = {
            "request.accept": status == "new",
            "request.join": status in ("new", "accepted"),
            "request.ask": status in UNDECIDED,
            "request.decline": status in UNDECIDED,
            "request.duplicate": status in UNDECIDED,
            "request.withdraw": status in UNDECIDED,
            "request.not_fixed": status == "resolved",
            "order.next": len(self._among) > 1,
            "order.open_field": self._page == 0,
        }
        return known.get(command_id, True)

    # showing

    @property
    def _form(self) -> Form:
        return self.query_one("#overview", Form)

    def _show(self, *, keep_place: bool = False) -> None:
        detail = self._detail
        self._arrange(self.size.width or self.wotui.size.width)
        page = self.query_one("#page", Reader)
        if detail is None:
            self.title_line("Request")
            page.show(_gone)
            return
        self.title_line(detail.known.number, detail.known.title)
        self.footer_changed()
        names = ["Overview", f"Log {len(detail.log)}" if detail.log else "Log", "History"]
        self.query_one("#tabs", Tabs).show(names, self._page)
        if self._page == 0:
            rows = request_rows.overview(detail, Spelling.of(self.shop), self.shop.zone)
            self._form.fields.show(rows)
            page.show(self._log, keep_place=keep_place)
        elif PAGES[self._page] == "history" and self._history is None:
            request_id = self.request_id
            self.ask.read("history", lambda shop: changes.history(shop, request_id), self._show_history)
        else:
            page.show(self._log if PAGES[self._page] == "log" else self._changes, keep_place=keep_place)

    def _arrange(self, width: int) -> None:
        """Which of the two panes is seen: the fields, a page, or on a wide screen both."""
        page, overview = self.query_one("#page", Reader), self._page == 0 and self._detail is not None
        self._form.display = overview
        page.display = not overview or width >= WIDE
        page.set_class(overview, "-beside")

    def _show_history(self, found: list[Change]) -> None:
        self._history = found
        self._show(keep_place=True)

    def _log(self, width: int) -> Lines:
        entries = self._detail.log if self._detail is not None else ()
        empty = f"No entries yet. {keys.shown_key('request.note')} adds one."
        return order_pages.log(entries, width, self.shop.zone, self.shop.today(), empty=empty)

    def _changes(self, width: int) -> Lines:
        return order_pages.history(self._history or (), width, self.shop.zone, self.shop.today())

    # changing in place

    def _check(self, row: Row, typed: str) -> str:
        if row.name.startswith("custom."):
            return typed
        return record_rows.check(REQUEST, Spelling.of(self.shop), row, typed)

    def on_form_committed(self, event: Form.Committed) -> None:
        event.stop()
        request_id, name, typed = self.request_id, event.row.name, event.typed
        self.ask.act(lambda shop: requests.edit(shop, [request_id], {name: typed}), refused=self._put_back)

    def _put_back(self, problem: Problem) -> None:
        self.wotui.refuse(problem)
        self.refresh_from_shop()

    def on_field_list_wanted(self, event: FieldList.Wanted) -> None:
        """Orders and other requests are opened; every other field is the form's."""
        event.stop()
        if event.row.kind == "order":
            self.wotui.open_order(event.row.typed)
        elif event.row.kind == "request":
            self.wotui.open_request(event.row.typed)

    # keys

    def action_open_field(self) -> None:
        """Enter: change the field, or add to the log."""
        if self._page == 0:
            self._form.action_change()
        elif PAGES[self._page] == "log":
            self.action_note()

    def action_tab(self, step: int) -> None:
        self._turn_to((self._page + step) % len(PAGES))

    def on_tabs_picked(self, event: Tabs.Picked) -> None:
        event.stop()
        self._turn_to(event.index)

    def _turn_to(self, page: int) -> None:
        self._page = page
        self._show()
        reading = self.query_one("#page", Reader) if page else self._form.fields
        reading.focus()

    def action_next_order(self) -> None:
        self._go(1)

    def action_previous_order(self) -> None:
        self._go(-1)

    def _go(self, step: int) -> None:
        at = self._among.index(self.request_id) if self.request_id in self._among else -1
        there = at + step
        if at < 0 or not 0 <= there < len(self._among):
            edge = "the last" if step > 0 else "the first"
            self.wotui.tell(
                f"This is {edge} request of the list." if self._among else "It stands in no list."
            )
            return
        self.request_id = self._among[there]
        self.refresh_from_shop()


def _gone(_width: int) -> Lines:
    return [[(" This request is not there any more. esc goes back.", "muted")]]
