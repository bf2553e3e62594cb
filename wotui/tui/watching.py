"""The app's side of machine events: while wotui is open it watches this computer's drop folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from wotui.errors import Problem
from wotui.store.reads.rule_presence import any_daily_rule
from wotui.text import counted

if TYPE_CHECKING:
    from datetime import date

    from wotui.exchange.drop_folder import Memory
    from wotui.exchange.events import Swept
    from wotui.tui.app import WotuiApp

EVERY = 5.0
"""Seconds between two looks into the folder."""
_TOLD = 3


class Watching:
    """Looks into the drop folder every few seconds, and once a day for what is missing or runs out.

    Not in the demo, and not where nothing can be changed. What it takes in is nobody's act, so that a person's undo
    never takes back what a machine reported.
    """

    def __init__(self, app: WotuiApp) -> None:
        self._app = app
        self._memory: Memory | None = None
        self._looked_on: date | None = None
        self._busy = False
        self._trouble = ""

    @property
    def folder(self) -> Path | None:
        """The drop folder of this computer's settings (`events.folder`); None where none is watched."""
        computer = self._app.computer
        chosen = computer.events.get("folder", "") if computer is not None else ""
        return Path(chosen).expanduser() if chosen else None

    def begin(self) -> None:
        """Look now, and every few seconds from now on."""
        self._app.call_after_refresh(self.look)
        self._app.set_interval(EVERY, self.look)

    def look(self) -> None:
        """Take in what lies in the folder, on a thread beside the screen."""
        app = self._app
        if self._busy or app.own_title is not None or app.shop.read_only:
            return
        try:
            today = app.shop.today()
            folder, daily = self.folder, today != self._looked_on and any_daily_rule(app.shop)
        except (
            Problem
        ):  # the file is busy, or the shop's zone unknown here; the next look is in a few seconds
            return
        if folder is None and not daily:
            return
        from wotui.exchange import drop_folder, events  # the first frame does without

        self._busy, self._looked_on = True, today
        memory = self._memory = self._memory or drop_folder.Memory()
        path = app.shop.path
        app.ask.read(
            "drop-folder",
            lambda _shop: events.look_alone(path, folder, memory, daily=daily),
            self._taken,
            self._failed,
        )

    def _taken(self, swept: Swept) -> None:
        self._busy = False
        self._trouble = ""
        app = self._app
        if swept.taken or swept.requests:
            made = swept.notices[:_TOLD]
            app.tell(
                " ".join([f"{counted(swept.taken, 'machine event')}." if swept.taken else "", *made]).strip()
            )
            app.look_at_file()
        for name, reason in (*swept.failed[:_TOLD], *swept.stuck[:_TOLD]):
            app.refuse(Problem(f"{name}: {reason}"))

    def _failed(self, problem: Problem) -> None:
        """Say it once, and look again."""
        self._busy = False
        if str(problem) != self._trouble:
            self._trouble = str(problem)
            self._app.refuse(problem)
