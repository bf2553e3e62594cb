"""Hours that came, were corrected or taken away after their period was exported: what they are, and the way to them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from wotui.domain import labor
from wotui.domain.payroll.lines import hours_text
from wotui.store.reads import late_hours
from wotui.tui import keys, present
from wotui.tui.screens.base import ShopScreen
from wotui.tui.widgets.hours import HoursList, Shown
from wotui.tui.widgets.lines import Empty
from wotui.tui.widgets.pages import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from textual.widget import Widget

    from wotui.store.reads.late_hours import Late, LateHours


class LateScreen(ShopScreen[None]):
    """Every late entry; enter goes to it.

    Args:
        only: the id of the one person whose entries are shown; empty shows everybody's.
    """

    ROOM = "late"
    BINDINGS = keys.bindings("late")

    def __init__(self, only: str = "") -> None:
        super().__init__()
        self._only = only
        self._found: Sequence[Late] = ()

    def body(self) -> Iterator[Widget]:
        yield HoursList(id="late")
        yield Empty("", id="nothing")

    def mounted(self) -> None:
        self.query_one("#nothing").display = False
        super().mounted()
        self.query_one("#late").focus()

    def refresh_from_shop(self) -> None:
        self.ask.read("late", late_hours.late_hours, self._show)

    def _show(self, late: LateHours | None) -> None:
        self._found = [one for one in late.entries if self._only in ("", one.person_id)] if late else []
        self.title_line("Time", "late entries")
        nothing = self.query_one("#nothing", Empty)
        nothing.tell("Nothing came late: every exported period is paid as it was worked.")
        nothing.display = not self._found
        lines = self.query_one("#late", HoursList)
        lines.display = bool(self._found)
        words = late.words if late else ""
        lines.show(partial(_lines, words, self._found, self.shop.today()))

    def action_open(self) -> None:
        value = self.query_one("#late", HoursList).value
        late = next((one for one in self._found if one.id == value), None)
        if late is not None:
            from wotui.tui.screens.time_person import PersonTime

            entry = "" if late.gone else late.id
            self.wotui.push_screen(PersonTime(late.person_id, late.day, entry), self._came_back)

    def _came_back(self, _day: Any) -> None:
        self.look()

    def on_hours_list_taken(self, event: HoursList.Taken) -> None:
        event.stop()
        self.action_open()


def _lines(words: str, found: Sequence[Late], today: date, width: int) -> list[Shown]:
    made = [Shown([(" ", "text"), *line]) for line in wrapped(f"{words}.", width - 2, "strong")]
    made.append(Shown())
    room = max(width - 46, 10)
    for one in found:
        waits = one.state != labor.APPROVED and not one.gone
        what = "taken away" if one.gone else "to approve" if waits else "approved"
        hours = hours_text(-one.minutes if one.gone else one.minutes)
        front = f"  {present.fit(present.day(one.day, today), 16)} {present.fit(one.person, room)}"
        made.append(
            Shown(
                [(front, "text"), (f"{hours:>8} h", "text"), (f"  {what}", "warn" if waits else "muted")],
                one.id,
            )
        )
    approve, entry = keys.shown_key("time.approve"), keys.shown_key("list.open")
    way = f"{entry} goes to the entry; there {approve} approves. What is approved is paid with the next payroll."
    return [*made, Shown(), *(Shown([(" ", "text"), *line]) for line in wrapped(way, width - 2, "muted"))]
