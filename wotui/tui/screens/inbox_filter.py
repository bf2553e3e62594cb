"""What the Inbox shows: the lane, the typed filter, the sorting, and what the bar says about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.domain.filters import LANES, Filter, FilterMistake, describe, parse
from wotui.domain.filters.lanes import FIRST_LANE
from wotui.store.reads import work_orders_list as reads
from wotui.text import counted
from wotui.tui.screens.inbox_lanes import Lanes

if TYPE_CHECKING:
    from datetime import date


_SORTS = (
    ("queue", "most pressing first"),
    ("due", "due date"),
    ("priority", "priority"),
    ("newest", "newest first"),
    *((field, field) for field in ("number", "title", "asset", "place", "status")),
    ("assigned", "who"),
)
_DOWN_FIRST = ("queue", "newest")


class Filtering(Lanes):
    """Mixed into the Inbox: lane and filter. `filter_changed` is called when the list must be looked up anew."""

    today: date

    def __init__(self) -> None:
        super().__init__()
        self.lane = next(at for at, lane in enumerate(LANES) if lane.name == FIRST_LANE)
        self.typed = Filter()
        self.found: int | None = None
        self._mistake = ""
        self._custom: list[str] | None = None

    @property
    def wanted(self) -> Filter:
        """What the list shows: the lane, and what was typed."""
        return parse(LANES[self.lane].filter, self.today).both(self.typed)

    @property
    def sorting(self) -> tuple[str, bool] | None:
        """The field that the list is sorted by, and whether downwards; None for the usual order."""
        sorts = self.wanted.sorts
        return (sorts[0].field, sorts[0].descending) if sorts else None

    def forget_custom_names(self) -> None:
        """Ask for the names of the custom fields again."""
        self._custom = None

    def use_filter(self, words: str) -> None:
        """Show what fits these words: a saved filter, an asset's orders."""
        self.bar.close()
        self.bar.put(words)
        self.take(words)
        self.seen.focus()

    def take(self, typed: str) -> None:
        """Show what fits what is typed; a mistake is said, and what can be read without it stays."""
        if self.asking:
            self.filter_changed()
            self.say()
            return
        custom = self._custom_names() if ":" in typed else ()
        self._mistake = ""
        try:
            wanted = parse(typed, self.today, custom)
        except FilterMistake as mistake:
            self._mistake = str(mistake)
            try:
                wanted = parse(mistake.left_over(typed), self.today, custom)
            except FilterMistake:
                wanted = self.typed
        changed, self.typed = wanted != self.typed, wanted
        self.say()
        if changed:
            self.filter_changed()

    def own_fields(self) -> dict[str, tuple[str, ...]]:
        """The shop's own fields with their choices; requests have none in their filter."""
        from wotui.store.reads import templates

        return {} if self.asking else templates.own_choices(self.shop)

    def _custom_names(self) -> list[str]:
        if self._custom is None:
            self._custom = reads.custom_names(self.shop)
        return self._custom

    def say(self) -> None:
        """Say the filter back, and how many orders, or requests, it holds."""
        if self.asking:
            self._say_requests()
            return
        found = "" if self.found is None else counted(self.found, "order")
        marked = f"{len(self.orders.marks):,} marked · " if self.orders.marks else ""
        words = self._mistake or describe(self.wanted, self.today)
        self.bar.tell(words, f"{marked}{found}", "warn" if self._mistake else "muted")

    def _say_requests(self) -> None:
        wanted, marks = self.requests.wanted, len(self.requests.marks)
        marked = f"{marks:,} marked · " if marks else ""
        found = counted(len(self.requests.keys), "request")
        self.bar.tell(
            wanted.mistake or wanted.words, f"{marked}{found}", "warn" if wanted.mistake else "muted"
        )

    def action_saved_filters(self) -> None:
        from wotui.tui.screens import saved_filters

        saved_filters.choose(self.wotui, self.bar.value, self.use_filter)

    def action_sort(self) -> None:
        if self.asking:
            self.wotui.tell(
                "Requests stand in the order in which they wait: urgent ones first, then the oldest."
            )
            return
        from wotui.tui.widgets.dialogs import Choose

        def chosen(field: str | None) -> None:
            if field is not None:
                self.sort_by(field)

        self.wotui.push_screen(Choose("Sort by", [("", label, "", field) for field, label in _SORTS]), chosen)

    def sort_by(self, field: str) -> None:
        """Sort by a field; the same field once more turns the order round."""
        kept = [word for word in self.bar.value.split() if not self._is_sort(word)]
        down = field in _DOWN_FIRST
        if self.sorting == (field, down):
            down = not down
        self.use_filter(" ".join([*kept, f"{field}{'-' if down else '+'}"]))

    def _is_sort(self, word: str) -> bool:
        try:
            return bool(parse(word, self.today).sorts)
        except FilterMistake:
            return False
