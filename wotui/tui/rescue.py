"""The app where the shop's file is damaged, or gone while its backups are there: it brings one back and goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wotui.errors import FileTrouble, Problem
from wotui.tui.first_start import FirstStart

if TYPE_CHECKING:
    from pathlib import Path

    from wotui import settings


class Rescue(FirstStart):
    """Begins with `screens.rescue`; as soon as a backup is back it is like any other `WotuiApp`.

    Args:
        computer: this computer's settings.
        path: the shop's file.
        trouble: what is wrong with it, as a sentence.
        missing: it is not there; then somebody may also start anew.
    """

    FIRST = ("wotui.tui.screens.rescue", "RescueScreen")

    def __init__(
        self,
        computer: settings.Computer | None = None,
        *,
        path: Path,
        trouble: str,
        missing: bool = False,
    ) -> None:
        super().__init__(computer, path=path)
        self.trouble = trouble
        self.missing = missing

    def leave_now(self) -> None:
        """Quit; without a file that can be used, with the exit code of file trouble, as the command line would."""
        if self.has_shop or self.missing:
            super().leave_now()
        elif self.is_running:
            self.exit(FileTrouble.exit_code, return_code=FileTrouble.exit_code)

    def bring_back(self, source: Path) -> None:
        """Put a backup in the place of the shop's file and open it."""
        from wotui.merge import restore

        assert self.path is not None
        try:
            done = restore.restore(self.path, source)
        except Problem as problem:
            self.refuse(problem)
            return
        self.tell(done.sentence())
        self.open_path(self.path)

    def start_anew(self) -> None:
        """Somebody wants a new shop all the same."""
        from wotui.tui.screens.start import StartScreen

        self.push_screen(StartScreen())
