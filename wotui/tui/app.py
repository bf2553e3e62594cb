"""The app: its modes, what works on every screen (undo, help, palette, themes), and the only way in.

`run` is the only way in. It opens the shop, shows the screens, and gives the exit code: 0, 143 or 129 when it was ended
from outside, 1 after a bug.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wotui import settings
from wotui.errors import Damaged, FileTrouble, Problem
from wotui.tui import keys, terminal, themes
from wotui.tui.screens.base import ShopDialog, ShopScreen
from wotui.tui.sharing import Sharing
from wotui.tui.shop_app import ShopApp
from wotui.tui.watching import Watching

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.screen import Screen

    from wotui.store.file import Shop

MODES: dict[str, tuple[str, str]] = {
    "inbox": ("wotui.tui.screens.inbox", "InboxScreen"),
    "schedule": ("wotui.tui.screens.schedule", "ScheduleScreen"),
    "contractors": ("wotui.tui.screens.contractors", "ContractorsScreen"),
    "time": ("wotui.tui.screens.time", "TimeScreen"),
    "merge": ("wotui.tui.screens.merge", "MergeScreen"),
}
"""Where each mode's screen lives; imported when somebody goes there."""


COPY_AFTER = 2.0
"""Seconds after the first frame until the backup of the day begins."""


def screen(where: tuple[str, str], *arguments: Any) -> Screen[Any]:
    """A screen of a module that is imported only now, so that start-up does not pay for it."""
    module, name = where
    made: Screen[Any] = getattr(import_module(module), name)(*arguments)
    return made


class WotuiApp(ShopApp):
    """The terminal's face of one shop: its modes, and what works on every screen. Takes what `ShopApp` takes."""

    BINDINGS = keys.bindings("app")
    DEFAULT_MODE = "inbox"
    keeps_copies = False
    """Whether the day's first backup is made by itself; `run` says so for a shop of one's own."""

    def __init__(
        self,
        shop: Shop | None,
        computer: settings.Computer | None = None,
        *,
        path: Path | None = None,
        title: str | None = None,
        other: str = "",
    ) -> None:
        super().__init__(shop, computer, path=path, title=title, other=other)
        for mode in MODES:
            self.add_mode(mode, partial(screen, MODES[mode]))  # pyright: ignore[reportUnknownMemberType]

    async def action_mode(self, mode: str) -> None:
        """Go to a mode; its own key pressed again goes back to its first screen."""
        if self._shop is None:
            return
        if mode == self.current_mode:
            while len(self.screen_stack) > 1:
                await self.pop_screen()
            return
        await self.switch_mode(mode)

    def action_step_back(self) -> None:
        """One step back; the first screen of a mode stays."""
        if len(self.screen_stack) > 1:
            self.pop_screen()

    async def action_back(self) -> None:
        """One step back; at the root, quit."""
        if len(self.screen_stack) > 1:
            await self.pop_screen()
        else:
            self.action_leave()

    def use(self, shop: Shop) -> None:
        """Work with this shop from now on, and share it."""
        super().use(shop)
        self.sharing = Sharing(self)
        self.watching = Watching(self)

    def watch_file(self) -> None:
        super().watch_file()
        self.sharing.begin()
        self.watching.begin()

    def shop_changed(self) -> None:
        super().shop_changed()
        if self.is_running:
            self.sharing.look()

    def sharing_changed(self) -> None:
        """Show anew what is shared and asked: on the header of every screen, and where it is the subject."""
        if not self.is_running:
            return
        for mode, stack in self._screen_stacks.items():
            for shown in stack:
                if isinstance(shown, ShopScreen) and shown.is_mounted and mode == self.current_mode:
                    shown.header_changed()
                    shown.sharing_changed()
                elif isinstance(shown, ShopScreen):
                    shown.stale = True

    def action_leave(self) -> None:
        """Quit. Everything that was confirmed is in the file already; what is not shared yet is, if that is quick."""
        if not (self.has_shop and self.sharing.before_leaving()):
            self.leave_now()

    def leave_now(self) -> None:
        """Quit without waiting for anything."""
        if not self.is_running:
            return
        for keep in self.before_end:
            keep()
        self.exit(0)

    def action_templates(self) -> None:
        """Order templates, packs and code lists; pressed there again, nothing more opens."""
        if self.has_shop and getattr(self.screen, "ROOM", "") != "templates":
            self.open_screen(("wotui.tui.screens.templates", "TemplatesScreen"))

    def action_routing(self) -> None:
        """The routing rules; pressed there again, nothing more opens."""
        if self.has_shop and getattr(self.screen, "ROOM", "") != "routing":
            self.open_screen(("wotui.tui.screens.routing", "RoutingScreen"))

    def action_machines(self) -> None:
        """What machines report; pressed there again, nothing more opens."""
        if self.has_shop and getattr(self.screen, "ROOM", "") != "machines":
            self.open_screen(("wotui.tui.screens.machines", "MachinesScreen"))

    def action_undo(self) -> None:
        from wotui.actions import undo

        if self.has_shop:
            self.ask.act(undo.undo, reverse="app.redo")

    def action_redo(self) -> None:
        from wotui.actions import undo

        if self.has_shop:
            self.ask.act(undo.redo)

    def open_order(self, order_id: str, among: Sequence[str] = ()) -> None:
        """Show one order; `among` are the ids of the list it stands in, for previous and next."""
        self.push_screen(screen(("wotui.tui.screens.work_order", "WorkOrderScreen"), order_id, among))

    def open_request(self, request_id: str, among: Sequence[str] = ()) -> None:
        """Show one request; `among` are the ids of the list it stands in, for previous and next."""
        self.push_screen(screen(("wotui.tui.screens.request", "RequestScreen"), request_id, among))

    def show(self, shown: Screen[Any]) -> None:
        """Show a screen above this one."""
        self.push_screen(shown)

    def open_screen(self, where: tuple[str, str], *arguments: Any) -> None:
        """Show a screen of a module that is imported only now."""
        self.push_screen(screen(where, *arguments))

    def as_somebody(self, then: Callable[[], None]) -> None:
        """Go on when somebody is named as acting; ask who it is when nobody is."""
        if self.shop.acting is not None:
            then()
            return
        from wotui.tui.who import WhoAreYou

        def named(initials: str | None) -> None:
            if initials:
                self.act_as(initials)
                then()

        self.push_screen(WhoAreYou(), named)

    def act_as(self, initials: str) -> None:
        """Let this person act from now on, also after the next start of this computer."""
        try:
            self.shop.act_as(initials)
            settings.save("me", initials)
        except Problem as problem:
            self.refuse(problem)
        self.shop_changed()

    def action_who(self) -> None:
        """Another person takes over at this computer."""
        from wotui.tui.who import WhoAreYou

        def named(initials: str | None) -> None:
            if initials:
                self.act_as(initials)
                self.tell(f"{self.shop.acting.name if self.shop.acting else initials} acts now.")

        if self.has_shop:
            self.push_screen(WhoAreYou(), named)

    def action_plans(self) -> None:
        """The maintenance plans, above whatever is shown."""
        if self.has_shop and not isinstance(self.screen, ShopDialog):
            self.open_screen(("wotui.tui.screens.plans", "PlansScreen"))

    def action_backups(self) -> None:
        if self.has_shop:
            from wotui.tui import backups

            backups.open_list(self)

    def on_ready(self) -> None:
        """The first frame is there: now there is time for the backup of the day, and for warnings about the place."""
        if self.keeps_copies and self.has_shop and not self.shop.read_only:
            self.set_timer(COPY_AFTER, self._look_after_file)

    def _look_after_file(self) -> None:
        from wotui.tui import backups

        backups.look_after(self)

    def action_help(self) -> None:
        room = self.screen.ROOM if isinstance(self.screen, ShopScreen) else "app"
        self.push_screen(screen(("wotui.tui.screens.help", "HelpScreen"), room))

    def action_palette(self) -> None:
        if self.has_shop:
            from wotui.tui import palette

            palette.open_palette(self)

    def action_jump(self) -> None:
        self.push_screen(screen(("wotui.tui.screens.jump", "JumpScreen"), self.screen))

    def action_theme_next(self) -> None:
        """The next theme; it is kept for the next start."""
        names = [palette.name for palette in themes.PALETTES]
        name = names[(names.index(self.theme) + 1) % len(names)] if self.theme in names else themes.DEFAULT
        self.use_theme(name)

    def use_theme(self, name: str) -> None:
        """Show another theme and remember it on this computer."""
        if self.no_color:
            self.tell("NO_COLOR is set, so there are no colours to choose.")
            return
        self.theme = name
        self.tell(f"Theme: {themes.palette(name).words}.")
        if self.computer is not None:
            try:
                settings.save("theme", name)
            except Problem as problem:
                self.refuse(problem)


def run(path: Path, *, read_only: bool = False, initials: str | None = None, title: str | None = None) -> int:
    """Open the shop's file on the screen and stay until the person leaves.

    Args:
        path: the shop's file; where there is none, the first start offers a new shop, the demo, or another file.
        read_only: look, but change nothing.
        initials: who acts; without it, the person of this computer's settings.
        title: shown instead of the shop's name.

    Returns:
        The exit code: 0, or 128 + the signal that ended it, or 1 after a bug, or 70 when it ended without saying why.

    Raises:
        UsageProblem: no terminal.
        FileTrouble: the file is damaged, locked, or of a newer version.
    """
    from wotui.merge import identity
    from wotui.store.file import Shop
    from wotui.store.lock import InstanceLock

    terminal.require()
    computer = settings.load()
    if initials:  # also for a file that a first start or a backup brings later
        computer = replace(computer, me=initials)
    with ExitStack() as open_things:
        other = ""
        if path.exists() and not read_only:
            try:
                open_things.enter_context(InstanceLock(path))
            except FileTrouble as trouble:
                other = trouble.what
        try:
            shop = Shop.open(path, read_only=read_only or bool(other)) if path.exists() else None
        except Damaged as trouble:
            open_things.close()  # whoever brings a backup back takes the lock anew
            app = _rescue(computer, path, str(trouble.what))
        else:
            if shop is not None:
                identity.settle(shop)
                act_as(shop, computer.me, named=bool(initials))
            app = _app(shop, computer, path, title=title, other=other)
        app.keeps_copies = not read_only and not title
        open_things.enter_context(app.open_things)
        try:
            app.run()
        finally:
            if app.has_shop:
                app.ask.close()
                if (
                    app.sharing.let_go()
                ):  # a thread that hangs in a drive still holds the file; it ends with us
                    app.shop.close()
    if app.crash is not None:
        raise app.crash
    return 70 if app.return_code is None else app.return_code


def _app(
    shop: Shop | None, computer: settings.Computer, path: Path, *, title: str | None, other: str
) -> WotuiApp:
    if shop is not None:
        return WotuiApp(shop, computer, path=path, title=title, other=other)
    from wotui.store import copies
    from wotui.tui.first_start import FirstStart

    if copies.folder_of(path).is_dir() and copies.listing(path):
        return _rescue(computer, path, f"{path} is gone, but its backups are here.", missing=True)

    return FirstStart(computer, path=path)


def _rescue(computer: settings.Computer, path: Path, trouble: str, *, missing: bool = False) -> WotuiApp:
    from wotui.tui.rescue import Rescue

    return Rescue(computer, path=path, trouble=trouble, missing=missing)


def act_as(shop: Shop, initials: str, *, named: bool) -> None:
    """Let this person act; somebody whom only the settings name may be unknown to this shop."""
    if not initials:
        return
    try:
        shop.act_as(initials)
    except Problem:
        if named:
            raise
