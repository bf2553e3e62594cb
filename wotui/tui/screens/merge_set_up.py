"""Setting up sharing: a folder first, and why; or a file; or no sharing any more."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.containers import Vertical

from wotui.text import clean_line
from wotui.tui import keys
from wotui.tui.screens.base import ShopScreen
from wotui.tui.screens.merge import path_typed
from wotui.tui.widgets.dialogs import Ask, Pick, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.widget import Widget

    from wotui.errors import Problem
    from wotui.merge.account import Account
    from wotui.merge.beforehand import Watch
    from wotui.store.file import Shop

FOLDER, FILE = "folder", "file"
_WHY = (
    "Every computer works in a file of its own, also with no network. Now and then it merges with a place that all of"
    " them reach, and then everybody has everything. Choose that place.\n\n"
    "A folder is the better choice on a network drive, in a cloud folder or on a stick: each computer only adds small"
    " files of its own there and never rewrites another's, so a cable that is pulled or two who merge at once cannot"
    " harm anything, and only what is new travels. One file is handy to mail or carry, but is written anew each time."
)
_SMALL = (
    "Each computer has its own file and merges with a place that all reach. A folder is safer on network drives, cloud"
    " folders and sticks: files are only added there, never rewritten."
)
OFFERS = (
    ("f", "A shared folder", "recommended"),
    ("i", "One shared file", "to mail or carry"),
    ("n", "No sharing", "this computer works alone"),
)


class SetUpScreen(ShopScreen[None]):
    """Three choices, one of them recommended, with the reason."""

    ROOM = "set_up"
    BINDINGS = keys.bindings("set_up")
    DEFAULT_CSS = """
    SetUpScreen { align: center middle; }
    SetUpScreen > #choices { width: 76; max-width: 98%; height: auto; padding: 1 2; border: round $primary; }
    SetUpScreen Words { margin-bottom: 1; }
    """

    def body(self) -> Iterator[Widget]:
        yield Vertical(Words(_WHY, id="why"), Pick(OFFERS, 0, self._take), id="choices")

    def mounted(self) -> None:
        super().mounted()
        self.title_line("Set up sharing")
        self.query_one("#why", Words).tell(
            _WHY if self.wotui.size.height >= 24 and self.wotui.size.width >= 76 else _SMALL
        )
        self.query_one(Pick).focus()

    def _take(self, index: int) -> None:
        if index == 2:
            self._end_sharing()
        else:
            self._ask_where((FOLDER, FILE)[index])

    def _end_sharing(self) -> None:
        if self.wotui.sharing.place is None:
            self.wotui.tell("This computer works alone already.")
        else:
            self.wotui.sharing.use_place("")
            self.wotui.tell("This computer works alone now. The shared place is as it was.")
        self.dismiss()

    def _ask_where(self, kind: str) -> None:
        now = self.wotui.sharing.place
        words = (
            "A folder of its own that everybody reaches. It is made when it is not there."
            if kind == FOLDER
            else "The file, or the folder it shall lie in. It is made when it is not there."
        )
        example = "/mnt/shop/wotui" if kind == FOLDER else "/media/stick/shop-shared.wotui"

        def answered(path: Path | None) -> None:
            if path is not None:
                self._begin(kind, str(path))

        asked = Ask(
            "Which folder?" if kind == FOLDER else "Which file?",
            str(now or ""),
            words=words,
            check=path_typed,
            limit=1000,
            placeholder=example,
        )
        self.wotui.push_screen(asked, answered)

    def _begin(self, kind: str, path: str) -> None:
        """Make the place and merge with it, beside the screen; only then it becomes the shared one."""
        sharing, places = self.wotui.sharing, list[Path]()

        def job(shop: Shop, watch: Watch) -> list[Account]:
            from wotui.merge import sharing as engine

            place, accounts = engine.set_up(shop, kind, path, watch)
            places.append(place)
            return accounts

        def done(accounts: list[Account]) -> None:
            sharing.use_place(str(places[0]))
            sent = sum(account.changes_out for account in accounts)
            self.wotui.tell(f"Shared through {clean_line(str(places[0]), 60)}: {sent} changes were sent.")

        def failed(problem: Problem) -> None:
            self.wotui.refuse(problem)

        sharing.start(job, done, failed)
        self.dismiss()
