"""A hand on the keys of the real app, without a terminal: press keys or commands by name, read the screen as text.

async def story(hand: Hand) -> None:
    await hand.do("order.start")
    assert "in progress" in hand.screen

on_screen(shop, story)
"""

# pyright: reportPrivateUsage=false, reportUnknownMemberType=false, reportUnknownArgumentType=false
# Textual keeps to itself what a test must see: when it is quiet, and what stands on the screen.

from __future__ import annotations

import asyncio
import io
from typing import TYPE_CHECKING, Any

from rich.console import Console
from textual import events
from textual.keys import _character_to_key

from wotui.tui import keys
from wotui.tui.app import WotuiApp

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from textual.app import App
    from textual.message_pump import MessagePump
    from textual.pilot import Pilot
    from textual.screen import Screen

    from wotui.settings import Computer
    from wotui.store.file import Shop

    Story = Callable[["Hand"], Awaitable[None]]

TERMINAL = (80, 24)
FRAME = 1 / 40
"""Seconds in which Textual draws at least one frame."""
SOON = 0.1
"""A timer of at most so many seconds belongs to what was just done."""
QUIET_ROUNDS = 2
"""Rounds through all widgets in which nothing may be left to do; the first may have started what the second sees."""


class Hand:
    """One person at the keys of one app."""

    def __init__(self, app: WotuiApp, pilot: Pilot[Any]) -> None:
        self.app = app
        self._pilot = pilot
        self.said: list[str] = [toast.message for toast in app._notifications]
        """What was toasted, from the first to the last."""
        _remember_toasts(app, self.said)

    async def press(self, *names: str) -> None:
        """Press keys by their Textual names (`enter`, `ctrl+s`, `x`), waiting after each until the app is quiet."""
        for name in names:
            self._send(name)
            await self.settle()

    async def do(self, *command_ids: str) -> None:
        """Press the first key of commands by their id (`order.done`), as remapped."""
        for command_id in command_ids:
            await self.press(keys.command(command_id).keys.split(",")[0])

    async def type(self, words: str) -> None:
        """Type characters without waiting in between, as a scanner does."""
        for letter in words:
            self._send(letter)
        await self.settle()

    async def click(self, words: str, *, nth: int = 0) -> None:
        """Click on the `nth` place of the screen where these words stand."""
        for y, line in enumerate(self.screen.split("\n")):
            x = line.find(words)
            if x >= 0 and nth == 0:
                await self._pilot.click(offset=(x, y))
                await self.settle()
                return
            nth -= x >= 0
        raise AssertionError(f"{words!r} is not on the screen:\n{self.screen}")

    async def resize(self, columns: int, lines: int) -> None:
        """Drag the window to another size."""
        await self._pilot.resize_terminal(columns, lines)
        await self.settle()

    async def settle(self) -> None:
        """Wait until the app has nothing more to do by itself: messages, threads, frames, and what follows them.

        A frame that is due is drawn at once instead of at the next tick of the screen's clock, and a timer that goes
        off once and soon (a preview that waits for the keys to be quiet) is waited for. What comes later is not.
        """
        quiet = 0
        while quiet < QUIET_ROUNDS and self.app.is_running and not self.app._exit:
            await self._pilot._wait_for_screen()
            if self.app.has_shop:
                await self.app.ask.settled()
            if _has_frame_due(self.app.screen):
                self.app.screen._on_timer_update()
                quiet = 0
            elif _awaits_a_timer(self.app):
                await asyncio.sleep(FRAME / 4)
                quiet = 0
            else:
                quiet = 0 if _has_messages(self.app) else quiet + 1
                await asyncio.sleep(0)

    async def quiet(self) -> None:
        """Wait until every message that was under way is handled; less than `settle`, for stories of many steps."""
        await self._pilot._wait_for_screen()

    def send(self, name: str) -> None:
        """Press one key and wait for nothing: for stories in which something hangs, as a dead drive does."""
        self._send(name)

    def _send(self, name: str) -> None:
        """One key, straight into the app; Textual's own `press` waits for the processor to be idle at each."""
        character = {"space": " ", "enter": "\r", "tab": "\t"}.get(name, name if len(name) == 1 else None)
        key = _character_to_key(name) if len(name) == 1 else name
        self.app.post_message(events.Key(key, character))

    async def see(self, *words: str) -> None:
        """Wait until these words stand on the screen, however its lines break, inside of a long path, too; a layout
        takes a frame or two.
        """
        for _ in range(100):
            shown = "".join(self.screen.replace("│", " ").split())
            if all("".join(each.split()) in shown for each in words):
                return
            await asyncio.sleep(0.02)
        raise AssertionError(f"{words!r} is not on the screen:\n{self.screen}")

    @property
    def screen(self) -> str:
        """The whole screen as text, one line a row, without trailing blanks."""
        return as_text(self.app)

    @property
    def toast(self) -> str:
        """The last toast; empty when there was none."""
        return self.said[-1] if self.said else ""


def on_screen(
    shop: Shop | None, story: Story, *, size: tuple[int, int] = TERMINAL, computer: Computer | None = None
) -> WotuiApp:
    """Run the app on a shop, let the story happen, and end it; gives the app for a last look."""
    return run_app(WotuiApp(shop, computer), story, size=size)


def run_app(app: WotuiApp, story: Story, *, size: tuple[int, int] = TERMINAL) -> WotuiApp:
    """Run an app without a terminal, with toasts and tooltips as in a real one, and let the story happen."""

    async def main() -> None:
        async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
            hand = Hand(app, pilot)
            await hand.settle()
            try:
                await story(hand)
            finally:
                if app.has_shop:
                    app.ask.close()

    asyncio.run(main())
    return app


def as_text(app: App[Any]) -> str:
    """What an app shows, as text."""
    width, height = app.size
    console = Console(
        width=width,
        height=height,
        file=io.StringIO(),
        force_terminal=True,
        record=True,
        legacy_windows=False,
        safe_box=False,
    )
    compositor = app.screen._compositor
    console.print(compositor.render_update(full=True, screen_stack=app._background_screens))
    return "\n".join(line.rstrip() for line in console.export_text(styles=False).split("\n"))


def _has_frame_due(screen: Screen[Any]) -> bool:
    """Whether the screen will lay out, draw or call back with its next frame."""
    return bool(
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._recompose_required
        or screen._dirty_widgets
        or screen._callbacks
    )


def _nodes(app: WotuiApp) -> Iterator[MessagePump]:
    yield app
    yield from app.screen.walk_children(with_self=True)


def _has_messages(app: WotuiApp) -> bool:
    return any(node._next_callbacks or not node._message_queue.empty() for node in _nodes(app))


def _awaits_a_timer(app: WotuiApp) -> bool:
    """Whether a timer runs that goes off once, and soon."""
    return any(
        timer._repeat == 0 and timer._interval <= SOON and timer._task is not None and not timer._task.done()
        for node in _nodes(app)
        for timer in tuple(node._timers)
    )


def _remember_toasts(app: WotuiApp, said: list[str]) -> None:
    notify = app.notify

    def remember(message: str, **options: Any) -> None:
        said.append(message)
        notify(message, **options)

    app.notify = remember  # pyright: ignore[reportAttributeAccessIssue]
