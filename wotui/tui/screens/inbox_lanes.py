"""Going from lane to lane: every lane is a filter over the orders, but one, which holds the requests.

The list of requests is made when somebody goes there: start-up does not pay for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.domain.filters import LANES
from wotui.tui.ties import WithShop
from wotui.tui.widgets.filter_bar import FilterBar, LanesLine
from wotui.tui.widgets.lines import KeyLine
from wotui.tui.widgets.record_list import RecordList

if TYPE_CHECKING:
    from typing import Any

    from wotui.tui.screens.inbox_requests import RequestBeside, RequestList


class Lanes(WithShop):
    """Mixed into the Inbox: which lane is open, and which of the two lists is seen."""

    lane: int

    def __init__(self) -> None:
        super().__init__()
        self._counts: dict[str, int] = {}
        self._asked: RequestList | None = None
        self._asked_beside: RequestBeside | None = None

    @property
    def orders(self) -> RecordList:
        """The list of orders."""
        raise NotImplementedError

    @property
    def bar(self) -> FilterBar:
        """The filter's line."""
        raise NotImplementedError

    def filter_changed(self) -> None:
        """Show what fits now."""
        raise NotImplementedError

    def take(self, typed: str) -> None:
        """Show what fits what is typed."""
        raise NotImplementedError

    @property
    def asking(self) -> bool:
        """Whether the open lane holds requests."""
        return LANES[self.lane].of == "requests"

    @property
    def seen(self) -> RecordList:
        """The list that is seen."""
        return self.requests if self.asking else self.orders

    @property
    def requests(self) -> RequestList:
        """The list of requests; made when it is first asked for."""
        if self._asked is None:
            from wotui.tui.screens.inbox_requests import RequestBeside, RequestList

            self._asked = RequestList(id="requests")
            self._asked_beside = RequestBeside(id="asked-beside")
            self._screen.query_one("#both").mount(self._asked, self._asked_beside)
        return self._asked

    @property
    def _screen(self) -> Any:
        return self

    def tell_lanes(self) -> None:
        """Show the lanes with their counts."""
        self._screen.query_one("#lanes", LanesLine).tell(self.lane, self._counts)

    def show_requests(self) -> None:
        """Read the requests again and follow the one under the cursor."""
        self.requests.look_for(self.bar.value)
        self.follow_request()

    def arrange_requests(self) -> None:
        """Show one of the lists. At once and not by a style: what is not displayed cannot take the next key."""
        if self.asking or self._asked is not None:
            self.requests.display = self.asking
            self.orders.display = not self.asking
        if self._asked_beside is not None:
            self._asked_beside.display = self.asking and self._screen.has_class("-wide")

    def follow_request(self) -> None:
        """Let the request beside the list be the one under the cursor."""
        if self._asked is not None and self._asked_beside is not None and self._screen.has_class("-wide"):
            current = self._asked.current_request
            self._asked_beside.follow(None if current is None else current.id)

    def action_lane_next(self) -> None:
        self._go_to_lane((self.lane + 1) % len(LANES))

    def action_lane_previous(self) -> None:
        self._go_to_lane((self.lane - 1) % len(LANES))

    def on_lanes_line_picked(self, event: LanesLine.Picked) -> None:
        event.stop()
        self._go_to_lane(event.index)

    def _go_to_lane(self, lane: int) -> None:
        was_asking, self.lane = self.asking, lane
        self.tell_lanes()
        if self.asking != was_asking:
            self._change_lists()
        else:
            self.filter_changed()
        self.seen.focus()

    def _change_lists(self) -> None:
        """From orders to requests, or back: the other list, its keys, and the filter read in its own way."""
        room = "requests" if self.asking else "inbox"
        self._screen.set_class(self.asking, "-requests")
        self.arrange_requests()
        self._screen.ROOM = room
        self._screen.query_one("#keys", KeyLine).show_room(room)
        if self.asking:
            self.show_requests()
            self._screen.say()
        else:
            self.take(self.bar.value)
            self.filter_changed()

    def action_new_request(self) -> None:
        self.wotui.open_screen(("wotui.tui.screens.request_form", "NewRequest"))
