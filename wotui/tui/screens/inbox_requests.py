"""The Inbox's lane of requests: its list, its filter, and what stands beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from wotui import clock
from wotui.domain.request_filter import RequestFilter, read_filter
from wotui.store.reads import requests_list
from wotui.tui import keys, request_rows
from wotui.tui.record_rows import Spelling
from wotui.tui.request_rows import RequestRows
from wotui.tui.request_verbs import RequestVerbs
from wotui.tui.widgets.pages import Reader
from wotui.tui.widgets.record_list import RecordList

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence

    from wotui.store.reads.requests_list import ListedRequest
    from wotui.store.transaction import Done
    from wotui.tui.request_rows import RequestDetail
    from wotui.tui.widgets.lines import Piece

NEIGHBOURS = 200
"""How many requests on either side of an opened one its "next" and "previous" reach."""


class RequestList(RequestVerbs, RecordList):
    """The requests, with the keys that decide on them."""

    BINDINGS: ClassVar[list[Any]] = [
        known for known in keys.bindings("requests") if str(getattr(known, "id", "")).startswith("request.")
    ]

    def __init__(self, **options: Any) -> None:
        super().__init__(RequestRows(lambda: self.shop, clock.now), **options)
        self.wanted = RequestFilter()

    def asked_in_hand(self) -> tuple[str, ...]:
        """The marked requests in the list's order, or the one under the cursor."""
        if self.marks:
            marked = [key for key in self.keys if key in self.marks]
            return tuple(row.id for row in requests_list.rows(self.shop, marked))
        current = self.current_request
        return () if current is None else (current.id,)

    @property
    def current_request(self) -> ListedRequest | None:
        """The request under the cursor."""
        return self.record(self.at) if self.current is not None else None

    def decided(self, done: Done) -> None:  # noqa: ARG002 - whatever was decided
        self.mark_keys(set())

    def look_for(self, typed: str) -> None:
        """Show what fits what is typed; what cannot be read of it is left out."""
        self.wanted = read_filter(typed)
        self.read_again()

    def read_again(self) -> None:
        """Look the requests up again; the cursor stays on its request."""
        found: array[int] = requests_list.keys(self.shop, self.wanted)
        plain = not self.wanted.conditions and self.wanted.statuses == RequestFilter().statuses
        new = keys.shown_key("inbox.request")
        self.nothing = (
            f"No request waits for a decision. {new} asks for work; the filter status:any shows all."
            if plain
            else "No request fits. esc takes the filter away."
        )
        self.show(found, keep=self.current)

    def open_current(self) -> None:
        """Open the request under the cursor."""
        current = self.current_request
        if current is not None:
            around = self.keys[max(self.at - NEIGHBOURS, 0) : self.at + NEIGHBOURS]
            among = [row.id for row in requests_list.rows(self.shop, around)]
            self.wotui.open_request(current.id, among)


class RequestBeside(Reader):
    """The request under the cursor, beside the list."""

    def follow(self, request_id: str | None) -> None:
        """Show this request as soon as it was read; None shows nothing."""
        if request_id is None:
            self._tell(None)
        else:
            self.ask.read("beside", lambda shop: request_rows.load(shop, request_id), self._tell)

    def _tell(self, detail: RequestDetail | None) -> None:
        zone, spelling = self.shop.zone, Spelling.of(self.shop)

        def lines(width: int) -> Sequence[Sequence[Piece]]:
            return request_rows.preview(detail, width, spelling, zone) if detail is not None else ()

        self.show(lines)
