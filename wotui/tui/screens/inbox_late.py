"""What the Inbox says of hours that came after their payroll: one line, there only while there are any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.errors import Problem
from wotui.tui import keys
from wotui.tui.screens.base import ShopScreen
from wotui.tui.widgets.lines import Line, Piece

if TYPE_CHECKING:
    from wotui.store.file import Shop
    from wotui.tui.themes import Token

SEE = frozenset({"supervisor", "office"})
"""The roles that are told; while nobody is named, it is said, too."""


class LateLine(Line):
    """How many hours the next payroll pays beside its own; a click shows them."""

    DEFAULT_CSS = "LateLine { display: none; }"
    FILL: Token = "text"

    def __init__(self) -> None:
        super().__init__(id="late")
        self._words = ""

    def tell(self, words: str) -> None:
        """Say it; nothing takes the line away."""
        if words != self._words:
            self._words = words
            self.display = bool(words)
            self.refresh()

    def pieces(self, width: int) -> list[Piece]:
        key = f"{keys.shown_key('inbox.late')} shows them"
        words = (
            self._words if len(self._words) + len(key) + 6 <= width else self._words.partition(", will")[0]
        )
        return [(" ! ", "warn"), (f"{words}. ", "text"), (key, "muted")]

    def clicked(self, cell: int) -> None:  # noqa: ARG002 - anywhere on the line
        self.wotui.call_later(self.wotui.run_action, "screen.late")


class LateHours(ShopScreen[None]):
    """Mixed into the Inbox."""

    def look_for_late(self) -> None:
        """Ask, beside the screen, whether hours came late; nobody waits for it."""
        acting = self.shop.acting
        if acting is None or acting.roles & SEE:
            self.ask.read("late notice", _words, self._tell_late)
        else:
            self._tell_late("")

    def _tell_late(self, words: str) -> None:
        for line in self.query("#late").results(LateLine):
            line.tell(words)

    def action_late(self) -> None:
        """The late entries."""
        self.wotui.open_screen(("wotui.tui.screens.time_late", "LateScreen"))


def _words(shop: Shop) -> str:
    from wotui.store.reads import late_hours

    try:
        late = late_hours.late_hours(shop)
    except Problem:  # a schedule that is not settled is said where hours are shown
        return ""
    return late.words if late is not None else ""
