"""The payroll file of a pay period: what it holds or what stands in its way, and writing it into a folder."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from wotui import settings
from wotui.errors import Problem, Refused
from wotui.exchange import payroll
from wotui.text import counted
from wotui.tui import keys, time_rows
from wotui.tui.screens.base import ShopScreen
from wotui.tui.widgets.dialogs import Ask
from wotui.tui.widgets.hours import HoursList

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from textual.widget import Widget

    from wotui.exchange.payroll import Exported, Prepared


class PayrollScreen(ShopScreen[None]):
    """The file of the period that `day` lies in."""

    ROOM = "payroll"
    BINDINGS = keys.bindings("payroll")

    def __init__(self, day: date) -> None:
        super().__init__()
        self.day = day
        self.ready: Prepared | None = None
        self._written = ""

    def body(self) -> Iterator[Widget]:
        yield HoursList(id="file")

    @property
    def lines(self) -> HoursList:
        """The list."""
        return self.query_one("#file", HoursList)

    def mounted(self) -> None:
        super().mounted()
        self.lines.focus()

    def refresh_from_shop(self) -> None:
        day = self.day
        self.ask.read("payroll", lambda shop: payroll.prepare(shop, day), self._prepared)

    def _prepared(self, ready: Prepared) -> None:
        self.ready = ready
        self.title_line("Payroll", time_rows.period_words(ready.reckoning.book.period, self.shop.today()))
        self._show()

    def _show(self) -> None:
        if self.ready is not None:
            self.lines.show(partial(time_rows.payroll_lines, self.ready, self._written))

    def action_write(self) -> None:
        if self.ready is None:
            return
        if self.ready.blocked:
            blocking = sum(1 for one in self.ready.findings if one.blocks)
            problems = f"{counted(blocking, 'thing')} must be put right before the file can be written."
            self.wotui.refuse(Refused(problems, "They are listed here, each with its way out."))
            return
        folder = self._last_folder() or str(Path.home())
        words = f"{self.ready.file_name} is written into this folder."
        self.wotui.push_screen(Ask("Where to?", folder, words=words, check=_folder, limit=1000), self._chosen)

    def _chosen(self, folder: Path | None) -> None:
        if folder is not None:
            day = self.day
            self.ask.read(
                "payroll-write", lambda shop: payroll.export(shop, day, folder), self._done, self._failed
            )

    def _done(self, exported: Exported) -> None:
        self._written = exported.sentence
        self.wotui.tell(exported.sentence)
        self._remember(str(exported.written.path.parent))
        self._show()
        self.lines.action_first()

    def _failed(self, problem: Problem) -> None:
        self._written = ""
        self.wotui.refuse(problem)
        self.refresh_from_shop()

    def _last_folder(self) -> str:
        computer = self.wotui.computer
        return computer.payroll_folder if computer is not None else ""

    def _remember(self, folder: str) -> None:
        """Offer the same folder next time; a settings file that cannot be written is no reason to complain here."""
        if self.wotui.computer is None or folder == self._last_folder():
            return
        try:
            settings.save("payroll_folder", folder)
            self.wotui.computer = settings.load()
        except Problem:
            return


def _folder(typed: str) -> Path:
    if not typed:
        raise Refused("It needs a folder.", "Such as /media/stick/payroll.")
    return Path(typed).expanduser().absolute()
