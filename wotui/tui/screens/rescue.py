"""The start with a damaged or missing file that left backups: bring the newest good one back, or another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.binding import Binding
from textual.containers import Vertical

from wotui.errors import Problem
from wotui.tui import backups
from wotui.tui.screens.base import ShopScreen
from wotui.tui.widgets.dialogs import Confirm, Pick, Words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.widget import Widget

    from wotui.tui.rescue import Rescue

MOST = 6
"""Backups that are offered; the command line lists them all."""


class RescueScreen(ShopScreen[None]):
    """Says what is wrong, and offers the sound backups, the newest first."""

    ROOM = "start"
    DEFAULT_CSS = """
    RescueScreen { align: center middle; }
    RescueScreen > #rescue { width: 76; max-width: 96%; height: auto; padding: 1 2; border: round $error; }
    RescueScreen Words { margin-bottom: 1; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        Binding("n", "new", show=False),
        Binding("q,escape", "app.leave", show=False),
    ]

    def body(self) -> Iterator[Widget]:
        rescue = cast("Rescue", self.wotui)
        assert rescue.path is not None
        try:
            found = [option for option in backups.options(rescue.path) if not option.refused][:MOST]
        except Problem:
            found = []
        self._sources: list[Path | None] = [option.value.path for option in found]
        lines = [(str(number), option.words, "") for number, option in enumerate(found, 1)]
        if rescue.missing:
            self._sources.append(None)
            lines.append(("n", "New shop", "start anew; the backups stay where they are"))
        told = [Words(rescue.trouble), Words(self._advice(bool(found), rescue))]
        yield Vertical(*told, *([Pick(lines, 0, self._take)] if lines else ()), id="rescue")

    def mounted(self) -> None:
        super().mounted()
        self.title_line("wotui", "the shop's file")
        for pick in self.query(Pick):
            pick.focus()

    def action_new(self) -> None:
        rescue = cast("Rescue", self.wotui)
        if rescue.missing:
            rescue.start_anew()

    def _advice(self, offered: bool, rescue: Rescue) -> str:
        if not offered:
            return (
                "There is no backup that can be restored from. `wotui check --repair -o FILE` makes a new file of what"
                " can still be read; a shared file or folder can be joined anew (`wotui join PLACE`). q leaves."
            )
        kept = (
            ""
            if rescue.missing
            else " The damaged file is kept under another name, and what it still tells comes back."
        )
        return f"Bring a backup back with enter.{kept} The next merge brings what the shared place holds. q leaves."

    def _take(self, index: int) -> None:
        source = self._sources[index]
        if source is None:
            self.action_new()
            return

        def answered(yes: bool | None) -> None:
            if yes:
                cast("Rescue", self.wotui).bring_back(source)

        self.wotui.push_screen(
            Confirm(f"Bring back {source.name}?", title="Restore", yes="Bring back", no="Leave it"), answered
        )
