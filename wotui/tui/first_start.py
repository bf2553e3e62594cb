"""The app before there is a shop: it makes one, opens one, or opens the demo, and then is the app of that shop."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from wotui import settings
from wotui.errors import Problem
from wotui.store.transaction import Done
from wotui.tui.app import WotuiApp, act_as, screen
from wotui.tui.ask import Ask

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
    computer: settings.Computer | None

    def __init__(self, computer: settings.Computer | None = None, *, path: Path | None = None) -> None:
        super().__init__(None, computer, path=path)
        self._joins = False
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

    def join(self, place: Path) -> None:
        """Make this computer's file from a shop's shared place, beside the screen, and open it."""
        path = self.path
        assert path is not None, "the first start knows where the file goes"
        if self._joins:
            self.tell("Still looking there …")
            return
        self._joins = True
        self.tell(f"Looking at {place} …")
        asking = Ask(
            self,
            cast("Shop", None),  # there is none before it has joined
            changed=_no_change,
            refused=self.refuse,
            broken=self._handle_exception,
        )
        letters: list[str] = []

        def joins(_shop: Shop) -> Done:
            letters.append(_join(path, place))
            return Done("")

        asking.act(joins, lambda _done: self._joined(place, letters[0]), self._not_joined)

    def _joined(self, place: Path, letter: str) -> None:
        self._joins = False
        try:
            settings.save("shared_file", str(place))
        except Problem as problem:
            self.refuse(problem)
        self.computer = replace(self.computer or settings.Computer(), shared_file=str(place))
        assert self.path is not None, "somebody has just joined with it"
        self.open_path(self.path)
        self.call_later(self._greet, letter)

    def _not_joined(self, problem: Problem) -> None:
        self._joins = False
        self.refuse(problem)

    def _greet(self, letter: str) -> None:
        """Say which machine this is now, and ask who sits at it."""
        if not self.has_shop:
            return
        self.tell(f"This computer is device {letter}: its new orders are W-{letter}0001, W-{letter}0002 …")
        if self.shop.acting is None:
            self.action_who()

    def make_shop(self, typed: Mapping[str, str]) -> None:
        """Make the shop's file from the answers of the first start, with the person who gave them.

        Raises:
            Problem: an answer is none, or the file cannot be made.
        """
        from wotui.actions import new_shop, records
        from wotui.merge import identity

        assert self.path is not None, "the first start knows where the file goes"
        chosen = {name: typed[name] for name in ("name", "zone", "currency", "workweek_start")}
        with new_shop.make(self.path, **chosen, pack=typed.get("pack", "")) as shop:
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


def _join(path: Path, place: Path) -> str:
    """Join, on a thread of its own; gives the device letter."""
    from wotui.merge import joining
    from wotui.merge.places.finding import place_at

    found = place_at(place, None)
    try:
        return joining.join(path, found)[0]
    finally:
        found.close()


def _no_change(_done: object, _reverse: str) -> None:
    """Nothing is changed before there is a shop."""
