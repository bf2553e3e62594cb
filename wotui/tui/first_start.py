"""The app before there is a shop: it makes one, opens one, or opens the demo, and then is the app of that shop."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from wotui import settings
from wotui.errors import Problem
from wotui.tui.app import WotuiApp, act_as, screen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wotui.store.file import Shop


class FirstStart(WotuiApp):
    """Begins with `screens.start`; as soon as a shop is open it is like any other `WotuiApp`.

    Args:
        computer: this computer's settings.
        path: where a new shop's file goes.
    """

    DEFAULT_MODE = "start"
    FIRST = ("wotui.tui.screens.start", "StartScreen")
    """The screen that it begins with."""

    def __init__(self, computer: settings.Computer | None = None, *, path: Path | None = None) -> None:
        super().__init__(None, computer, path=path)
        self.add_mode("start", partial(screen, self.FIRST))  # pyright: ignore[reportUnknownMemberType]

    def open_path(self, path: Path, *, initials: str = "", title: str | None = None) -> None:
        """Open a shop's file from the first start."""
        from wotui.merge import identity
        from wotui.store.file import Shop
        from wotui.store.lock import InstanceLock

        try:
            self.open_things.enter_context(InstanceLock(path))
            shop = Shop.open(path)
            identity.settle(shop)
            act_as(shop, initials or (self.computer.me if self.computer is not None else ""), named=False)
        except Problem as problem:
            self.refuse(problem)
            return
        self.call_later(self._go_on_with, shop, title)

    def open_demo(self) -> None:
        """Open the demo shop in a copy that is thrown away at the end."""
        from wotui.exchange import demo

        folder = tempfile.TemporaryDirectory(prefix="wotui-demo-", ignore_cleanup_errors=True)
        path = Path(self.open_things.enter_context(folder)) / "demo.wotui"
        demo.write(path)
        self.open_path(path, initials=demo.ACTING, title="Demo shop")

    def make_shop(self, typed: Mapping[str, str]) -> None:
        """Make the shop's file from the answers of the first start, with the person who gave them.

        Raises:
            Problem: an answer is none, or the file cannot be made.
        """
        from wotui.actions import new_shop, records
        from wotui.merge import identity

        assert self.path is not None, "the first start knows where the file goes"
        chosen = {name: typed[name] for name in ("name", "zone", "currency", "workweek_start")}
        with new_shop.make(self.path, **chosen) as shop:
            identity.settle(shop)
            fields = {"initials": typed["initials"], "roles": "supervisor,technician,office"}
            records.add(shop, "person", typed["person"], fields)
        settings.save("me", typed["initials"].upper())
        self.open_path(self.path, initials=typed["initials"])

    async def _go_on_with(self, shop: Shop, title: str | None = None) -> None:
        """Show the inbox of a shop that the first start made or found."""
        self.own_title = title
        self.use(shop)
        await self.switch_mode("inbox")
        await self.remove_mode("start")
        self.watch_file()
