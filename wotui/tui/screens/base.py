"""What every full screen has: a header line, a body, a footer with its keys, and a word with the shop."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, Screen

from wotui.tui.ties import WithShop
from wotui.tui.widgets.lines import Empty, HeaderLine, KeyLine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual import events
    from textual.app import ComposeResult
    from textual.widget import Widget


Result = TypeVar("Result")
SMALLEST = (36, 9)
"""Columns and lines below which a screen only asks to be made larger."""


class ShopScreen(WithShop, Screen[Result]):
    """A full screen of the shop.

    A subclass names its `ROOM` (a room of `keys.ROOMS`), yields its widgets from `body()`, and re-reads what it shows
    in `refresh_from_shop()`, which is called when it is first shown, after every change of ours, and when another
    program changed the file.

        class TimeScreen(ShopScreen[None]):
            ROOM = "time"
            BINDINGS = keys.bindings("time")
    """

    ROOM: ClassVar[str] = "app"
    stale = False

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Close, once. A second choice, or one that comes after something opened above, closes nothing: Textual would
        close whatever is on top.
        """
        return super().dismiss(result) if self.on_top else AwaitComplete.nothing()

    def compose(self) -> ComposeResult:
        yield HeaderLine(id="header")
        yield from self.body()
        yield KeyLine(self.ROOM, id="keys")
        yield Empty("Please make this window larger.", id="too-small")

    def body(self) -> Iterator[Widget]:
        """The widgets between header and footer."""
        return iter(())

    def offers(self, command_id: str) -> bool:  # noqa: ARG002 - a screen whose keys depend on what it shows says which
        """Whether the footer should offer the command now; the key still answers, with a reason."""
        return True

    def refresh_from_shop(self) -> None:
        """Read again what is shown, and show it."""

    def early(self, event: events.Key) -> bool:  # noqa: ARG002
        """Take a key before any widget or binding does; whether it was taken."""
        return False

    def title_line(self, title: str, note: str = "") -> None:
        """Say on the header line where we are."""
        for line in self.query("#header").results(HeaderLine):
            line.tell(title, note)

    def sharing_changed(self) -> None:
        """Something was shared, or is asked now; the header is drawn anew by itself."""

    def header_changed(self) -> None:
        """Draw the header again (a timer runs, another person acts)."""
        for line in self.query("#header").results(
            HeaderLine
        ):  # none while the screen is still being put together
            line.look_again()

    def footer_changed(self) -> None:
        """Draw the footer again (another pane has the focus, or other keys apply)."""
        for line in self.query("#keys").results(KeyLine):
            line.refresh()

    def on_mount(self) -> None:
        self.mounted()

    def mounted(self) -> None:
        """What a screen does when it is there. Subclasses extend this and not `on_mount`, which Textual calls once
        for each class that has one.
        """
        self.look()

    def on_screen_resume(self) -> None:
        self.header_changed()
        if self.stale:
            self.stale = False
            self.look()

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width < SMALLEST[0] or event.size.height < SMALLEST[1], "-too-small")


class ShopDialog(WithShop, ModalScreen[Result]):
    """A dialog above a screen. Escape gives None. Dialogs that ask something ignore keys for 300 ms: see `dialogs`."""

    stale = False

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Close, once. A second choice, or one that comes after something opened above, closes nothing: Textual would
        close whatever is on top.
        """
        return super().dismiss(result) if self.on_top else AwaitComplete.nothing()

    def refresh_from_shop(self) -> None:
        """Read again what is shown; called after a change and when another program changed the file."""

    def on_screen_resume(self) -> None:
        if self.stale:
            self.stale = False
            self.look()
