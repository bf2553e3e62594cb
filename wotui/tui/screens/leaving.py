"""What stands on the screen while the last changes are shared before wotui ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.text import counted
from wotui.tui.widgets.dialogs import Box, Words

if TYPE_CHECKING:
    from textual.app import ComposeResult


class Leaving(Box[None]):
    """Says what is waited for; escape leaves at once.

    Args:
        unshared: how many changes.
        place: where they go.
    """

    HINTS = "esc leaves at once; what is not shared now will be next time"

    def __init__(self, unshared: int, place: str) -> None:
        super().__init__("Sharing before leaving")
        what = counted(unshared, "change") if unshared else "the rest"
        self._sentence = f"Sending {what} to {place} …"

    def inside(self) -> ComposeResult:
        yield Words(self._sentence)

    def action_never_mind(self) -> None:
        self.wotui.leave_now()
