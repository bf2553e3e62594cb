"""The kiosk: one screen on which anybody asks for work, and nothing else of the shop can be seen or reached.

It starts over after a minute of silence. Leaving takes a supervisor's PIN, where one has a PIN.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any

from textual import events

from wotui import settings
from wotui.errors import FileTrouble
from wotui.tui import terminal
from wotui.tui.screens.kiosk import KioskScreen
from wotui.tui.shop_app import ShopApp

if TYPE_CHECKING:
    from pathlib import Path

    from textual.screen import Screen

    from wotui.store.file import Shop
    from wotui.store.transaction import Done

SILENCE = 60.0
"""Seconds without a key or a click after which it starts over."""
_TOUCHED = (events.Key, events.MouseDown, events.MouseScrollDown, events.MouseScrollUp, events.Paste)


class KioskApp(ShopApp):
    """The app of the kiosk. Nobody acts in it.

    Args:
        shop: the open shop.
        computer: this computer's settings (its theme).
    """

    def __init__(self, shop: Shop, computer: settings.Computer | None = None) -> None:
        super().__init__(shop, computer)
        self.touched = monotonic()
        """When somebody last pressed a key or clicked, on the computer's running clock."""

    def get_default_screen(self) -> Screen[Any]:
        """The only screen."""
        return KioskScreen()

    def on_mount(self) -> None:
        super().on_mount()
        self.set_interval(1.0, self.listen)

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, _TOUCHED):
            self.touched = monotonic()
        await super().on_event(event)

    def listen(self) -> None:
        """Start over if nobody is there any more: what was typed is nobody else's business."""
        if monotonic() - self.touched < SILENCE:
            return
        self.touched = monotonic()
        while len(self.screen_stack) > 1:
            self.pop_screen()
        if isinstance(self.screen, KioskScreen):
            self.screen.action_start_over()

    def _changed(self, done: Done, reverse: str) -> None:  # noqa: ARG002 - nothing is undone here
        self._remember_position()


def run(path: Path) -> int:
    """Show the kiosk of a shop's file and stay until a supervisor leaves it.

    Returns:
        The exit code: 0, or 128 + the signal that ended it, or 1 after a bug, or 70 when it ended without saying why.

    Raises:
        UsageProblem: no terminal.
        FileTrouble: the file is missing, damaged, of a newer version, or cannot be written.
    """
    from wotui.merge import identity
    from wotui.store.file import Shop

    terminal.require()
    with Shop.open(path) as shop:
        if shop.read_only:
            raise FileTrouble(
                f"{path.name} cannot be written: {shop.read_only_reason}.",
                "A kiosk takes requests; give it a file.",
            )
        identity.settle(shop)
        app = KioskApp(shop, settings.load())
        try:
            app.run()
        finally:
            app.ask.close()
    if app.crash is not None:
        raise app.crash
    return 70 if app.return_code is None else app.return_code
