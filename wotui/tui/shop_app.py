"""The app without its modes: one shop, its changes and refusals, its colours, and how it starts and ends."""

from __future__ import annotations

import gc
from contextlib import ExitStack
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import App

from wotui import clock, settings
from wotui.errors import Problem
from wotui.tui import keys, mends, present, terminal, themes
from wotui.tui.ask import Answered, Ask
from wotui.tui.plan_runs import PlanRuns
from wotui.tui.remapping import remap
from wotui.tui.screens.base import ShopDialog, ShopScreen
from wotui.tui.widgets.dialogs import Box

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from textual.actions import ActionParseResult
    from textual.dom import DOMNode

    from wotui.store.file import Shop
    from wotui.store.transaction import Done

POLL = 1.0
"""Seconds between two looks whether another program changed the file."""
PATIENCE = 500
"""Milliseconds for which a read on the screen's own thread waits while another program has the file locked."""
LONG = 8.0
"""Seconds that a refusal stays on the screen; a confirmation stays 4."""


class ShopApp(App[int], inherit_bindings=False):
    """What belongs to the shop that is open; `app.WotuiApp` adds the modes and what works on every screen.

    Args:
        shop: the open shop; None shows the first start (new shop, demo, open a file).
        computer: this computer's settings (theme, keys); None takes the defaults.
        title: shown instead of the shop's name (`Demo shop`).
        path: the shop's file; the first start makes a new shop there.
        other: says that another window is open on the file; then this one asks whether to look without changing.
    """

    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    """Selecting text with the mouse is left to the terminal (shift): Textual 8.2 ends on a click at a widget that is
    just going away."""
    TITLE = "wotui"
    CSS_PATH = "styles/app.tcss"

    def __init__(
        self,
        shop: Shop | None,
        computer: settings.Computer | None = None,
        *,
        path: Path | None = None,
        title: str | None = None,
        other: str = "",
    ) -> None:
        super().__init__(driver_class=terminal.driver_class())
        terminal.guard_output()
        mends.forget_gone_widgets()
        self._shop = shop
        self.computer = computer
        self.path = path if shop is None else shop.path
        self.own_title = title
        self._other = other
        self.leaving = terminal.Leaving()
        self.open_things = ExitStack()
        """What is given back when the app has ended: locks, the demo's folder."""
        self.before_end: list[Callable[[], None]] = []
        """Called once before the app ends from outside: what was typed is stored here."""
        self.crash: BaseException | None = None
        self._data_version: object = None
        self._position: object = None
        self._position: object = None
        self.plan_runs = PlanRuns(self)
        self._look_failed_at = 0.0
        for palette in (*themes.PALETTES, themes.PLAIN):
            self.register_theme(themes.theme(palette))
        self._begin_with(self._first_theme())
        self._keys_chosen, self._keys_refused = remap(computer.keys if computer is not None else {})
        keys.use(self._keys_chosen)
        if shop is not None:
            self.use(shop)

    # the shop

    @property
    def shop(self) -> Shop:
        """The open shop."""
        assert self._shop is not None, "no shop is open yet"
        return self._shop

    @property
    def has_shop(self) -> bool:
        """Whether a shop is open; without one only the first start is shown."""
        return self._shop is not None

    @property
    def own_timer(self) -> str:
        """How long the acting person's timer has been running, for the header line; empty when none runs."""
        from wotui.store.reads import timers

        acting = self._shop.acting if self._shop is not None else None
        try:
            started = timers.own_timer(self.shop, acting.id) if acting is not None else None
        except Problem:
            return ""
        if started is None:
            return ""
        return f"▶ {present.duration(max(int(clock.now().timestamp()) // 60 - started, 0))}"

    @property
    def acting_initials(self) -> str:
        """Who acts, for the header line; empty when nobody is named."""
        acting = self._shop.acting if self._shop is not None else None
        return "" if acting is None else acting.initials

    def use(self, shop: Shop) -> None:
        """Work with this shop from now on."""
        self._shop = shop
        self.path = shop.path
        shop.rows(f"PRAGMA busy_timeout = {PATIENCE}")  # of this thread's connection; writers have their own
        shop.keep_little()
        self.ask = Ask(self, shop, changed=self._changed, refused=self.refuse, broken=self._handle_exception)

    # start and end

    def on_mount(self) -> None:
        self.set_keymap(self._keys_chosen)
        problems = self.computer.problems if self.computer is not None else ()
        for complaint in (*problems, *self._keys_refused):
            self.notify(complaint, severity="warning", timeout=LONG, markup=False)
        if not self.is_headless:
            terminal.on_signals(self.end_from_outside)
            self.set_timer(1.0, _freeze)
        if self._shop is not None:
            self.watch_file()
        if self._other:
            self._ask_read_only()

    def _ask_read_only(self) -> None:
        from wotui.tui.widgets.dialogs import Confirm

        def answered(yes: bool | None) -> None:
            if not yes:
                self.exit(0)

        question = f"{self._other} Look at it here without changing anything?"
        self.push_screen(Confirm(question, title="Open already", yes="Look", no="Quit"), answered)

    def end_from_outside(self, code: int) -> None:
        """A signal, or a terminal that went away: keep what was typed, leave the terminal clean, end with `code`."""
        self.leaving.arm(code)
        waiting, self.before_end = self.before_end, []
        for keep in waiting:
            keep()
        self.exit(code, return_code=code)

    async def on_event(self, event: events.Event) -> None:
        """A dialog that has just opened, or a screen that a scanner types into, takes keys first (`early`)."""
        if (
            isinstance(event, events.Key)
            and isinstance(self.screen, Box | ShopScreen)
            and self.screen.early(event)
        ):
            return
        await super().on_event(event)

    def terminal_gone(self) -> None:
        """The terminal was closed under us (window closed, line dropped)."""
        self.end_from_outside(129)

    def _fatal_error(self) -> None:
        """Keep the exception for the one sentence that `run` prints; Textual would print locals, customers' data."""
        self.crash = self.crash or self._exception
        self._close_messages_no_wait()

    def panic(self, *renderables: Any) -> None:  # noqa: ARG002 - a renderable may hold anybody's text
        self._fatal_error()

    # changes

    def on_answered(self, message: Answered) -> None:
        """A thread's answer: deliver it where it was asked for."""
        message.stop()
        if self.is_running:  # nobody is there for it any more: the screens are being taken down
            message.deliver()

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Run a key's action; a rule or a file that says no while it looks is a toast, and nothing else happens."""
        try:
            return await super().run_action(action, default_namespace, namespaces)
        except Problem as problem:
            self.refuse(problem)
            return True

    def tell(self, sentence: str) -> None:
        """Say what happened."""
        self.notify(sentence, timeout=4, markup=False)

    def refuse(self, problem: Problem) -> None:
        """Say why not, and the way out."""
        self.notify(str(problem), severity="warning", timeout=LONG, markup=False)

    def _changed(self, done: Done, reverse: str) -> None:
        if done.act is None and not done.sentence:  # a draft was kept: nothing to say, nothing to show
            return
        self.clear_notifications()  # what was said before is over
        way_back = {"app.undo": "undoes it", "app.redo": "brings it back"}[reverse]
        if done.sentence:
            known = (
                f"  {keys.shown_key(reverse)} {way_back}." if done.act is not None and not done.final else ""
            )
            self.tell(f"{done.sentence}{known}")
        for notice in done.notices:
            self.notify(notice, severity="warning", timeout=LONG, markup=False)
        self._remember_position()
        self.shop_changed()

    def shop_changed(self) -> None:
        """Let every visible screen read again; the others do when somebody comes back to them."""
        if not self.is_running:  # a last tick of the clock, while the screens are being taken down
            return
        for mode, stack in self._screen_stacks.items():
            visible = mode == self.current_mode
            for shown in reversed(stack):
                if isinstance(shown, (ShopScreen, ShopDialog)):
                    if visible and shown.is_mounted:
                        shown.look()
                        if isinstance(shown, ShopScreen):
                            shown.header_changed()
                    else:
                        shown.stale = True
                visible = visible and shown.is_modal

    def watch_file(self) -> None:
        """Look every second whether another program changed the file."""
        self.call_after_refresh(self.plan_runs.look)  # the first frame first
        self._remember_position()
        self.set_interval(POLL, self.look_at_file)
        self.set_interval(60, self._tick)

    def could_not_look(self, problem: Problem) -> None:
        """Something could not be read just now: say so, once in a while, and look again with the next tick."""
        self._data_version = self._position = None
        if monotonic() - self._look_failed_at > LONG:
            self._look_failed_at = monotonic()
            self.refuse(problem)

    def _tick(self) -> None:
        """A minute is over: the running timer on the header line goes on, and a new day may have begun."""
        if self.is_running:
            self.plan_runs.look()
        if self.is_running and isinstance(self.screen, ShopScreen):
            self.screen.header_changed()

    def look_at_file(self) -> None:
        """Another program changed the file: show it. Drafts and tokens, which no screen shows, change nothing."""
        try:
            version = self.shop.data_version()
            if version == self._data_version:
                return
            position = self.shop.position()
        except Problem:  # busy or out of reach; the next look is in a second
            return
        self._data_version = version
        if position != self._position:
            self._position = position
            self.shop_changed()

    def _remember_position(self) -> None:
        """What is there now is what the screens are about to show."""
        self._data_version, self._position = self.shop.data_version(), self.shop.position()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own CSS variables, before a theme of ours is in use."""
        return themes.theme(themes.palette(themes.DEFAULT)).variables

    def _begin_with(self, name: str) -> None:
        """Take the first theme before any stylesheet is read: changed afterwards, all of them are parsed twice more."""
        if themes.palette(name).without_colour:
            self.theme = name  # colours are filtered out too, which only a change of the theme arranges
            return
        self.set_reactive(App.theme, name)
        self.stylesheet.set_variables(self.get_css_variables())
        dark = themes.palette(name).dark
        self.set_class(dark, "-dark-mode", update=False)
        self.set_class(not dark, "-light-mode", update=False)
        self.add_class(f"-theme-{name}", update=False)

    def _first_theme(self) -> str:
        if self.no_color:
            return themes.PLAIN.name
        return themes.palette(self.computer.theme if self.computer is not None else themes.DEFAULT).name


def _freeze() -> None:
    """What start-up made stays; the collector need not look at it again (pauses of 100 ms otherwise).

    Closed screens are cycles. So few of them are looked at afterwards that all of them may be, often enough for a day
    of opening orders to end with what its first minutes took.
    """
    gc.enable()
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 4)
