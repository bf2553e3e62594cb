"""One call of the command line: which file, and who acts. Opens the shop's file when a command asks for it.

Free of click, whose import is a fifth of the time of a call that only lists.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from wotui.errors import NotFound, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from wotui.store.file import Shop

    Screen = Callable[..., int]


class Session:
    """One call of the command line. `--db` and `--as` fill it, wherever in the call they stand.

    Args:
        screen: opens a file on the screen; None where there is no screen to open.
    """

    def __init__(self, screen: Screen | None = None) -> None:
        self._screen = screen
        self.database: str | None = os.environ.get("WOTUI_DB") or None
        self.initials: str | None = os.environ.get("WOTUI_AS") or None

    @property
    def path(self) -> Path:
        """The shop's file: `--db`, else `WOTUI_DB`, else `shop.wotui` in the user's data folder."""
        if self.database:
            from pathlib import Path

            return Path(self.database).expanduser()
        from wotui.settings import default_shop_file

        return default_shop_file()

    def shop(self, *, read_only: bool = False, anonymous: bool = False) -> Shop:
        """Open the shop's file, acting as the person of `--as`, `WOTUI_AS` or the settings. Use it in a `with`.

        Args:
            read_only: nothing will be written.
            anonymous: who acts makes no difference, so the settings need not be read for it.

        Raises:
            FileTrouble: missing, damaged, locked or of a newer version.
            NotFound: nobody in this shop has the initials of `--as`.
        """
        from wotui.store.file import Shop

        shop = Shop.open(self.path, read_only=read_only)
        try:
            self._settle(shop)
            self._act(shop, anonymous)
        except BaseException:
            shop.close()
            raise
        return shop

    def open_screen(
        self,
        path: Path,
        *,
        initials: str | None = None,
        title: str | None = None,
        read_only: bool = False,
        kiosk: bool = False,
    ) -> int:
        """Open a file on the screen and stay until the person leaves.

        Args:
            path: the shop's file.
            initials: who acts where the call does not say.
            title: shown instead of the shop's name.
            read_only: look, but change nothing.
            kiosk: only take requests.

        Returns:
            The exit code.

        Raises:
            UsageProblem: stdin or stderr is not a terminal.
        """
        self.expect_terminal()
        assert self._screen is not None
        if kiosk:
            return self._screen(path, None, None, False, kiosk=True)
        return self._screen(path, self.initials or initials, title, read_only)

    def expect_terminal(self) -> None:
        """Refuse to open the screen where there is none, before anything of it is imported.

        Raises:
            UsageProblem: stdin or stderr is not a terminal.
        """
        for name, stream in (("stdin", sys.stdin), ("stderr", sys.stderr)):
            if self._screen is None or stream is None or stream.closed or not stream.isatty():
                raise UsageProblem(
                    f"The screen needs a terminal, and {name} is none.",
                    "In scripts use a command, such as wotui list --json.",
                )

    def _settle(self, shop: Shop) -> None:
        """Let a file that was copied take a name of its own before anything is written in it."""
        if shop.read_only:
            return
        from wotui.merge import identity

        sentence = identity.settle(shop)
        if sentence:
            from wotui.cli import output

            output.say(sentence)

    def _act(self, shop: Shop, anonymous: bool) -> None:
        if self.initials:
            shop.act_as(self.initials)
            return
        if anonymous:
            return
        from wotui import settings

        me = settings.load().me
        if not me:
            return
        try:
            shop.act_as(me)
        except NotFound:
            return  # the settings may speak of another shop; nobody acts until --as says who
