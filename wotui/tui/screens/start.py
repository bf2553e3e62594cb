"""The first start: no shop's file is there yet. Make a new shop, look at the demo, or open a file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget

from wotui.actions import packs
from wotui.domain import shop_settings
from wotui.errors import FileTrouble, Problem, Refused
from wotui.tui.screens.base import ShopScreen
from wotui.tui.screens.form_screen import FormScreen
from wotui.tui.screens.merge import path_typed
from wotui.tui.widgets.dialogs import Ask, Pick
from wotui.tui.widgets.fields import Row
from wotui.tui.widgets.form_dialogs import Opening
from wotui.tui.widgets.options import Option
from wotui.tui.widgets.picker import Picker

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wotui.tui.first_start import FirstStart
    from wotui.tui.widgets.form import Form

OFFERS = (
    ("n", "New shop", "its own file, in a few questions"),
    ("j", "Join a shop", "one that other computers share"),
    ("d", "Demo shop", "a made-up week; nothing is kept"),
    ("o", "Open a file", "a shop's file that lies elsewhere"),
)


class Welcome(Widget):
    """What wotui is, in three lines."""

    DEFAULT_CSS = "Welcome { height: auto; width: 1fr; margin-bottom: 1; }"

    def __init__(self, path: Path | None) -> None:
        super().__init__()
        self._path = path

    def render(self) -> Content:
        where = f"There is no shop's file yet at {self._path}." if self._path else "No shop is open."
        if self._path is not None:
            where += _backups_left(self._path)
        return Content.assemble(
            ("Welcome to wotui.\n", "bold"),
            "The work orders of a small maintenance shop, in one file.\n\n",
            where,
        )


class StartScreen(ShopScreen[None]):
    """Four ways in."""

    ROOM = "start"
    DEFAULT_CSS = """
    StartScreen { align: center middle; }
    StartScreen > #offers { width: 72; max-width: 96%; height: auto; padding: 1 2;
                            border: round $primary; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        Binding("n", "new", show=False),
        Binding("j", "join", show=False),
        Binding("d", "demo", show=False),
        Binding("o", "open", show=False),
        Binding("q,escape", "app.leave", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._begun: dict[str, str] = {}

    def body(self) -> Iterator[Widget]:
        offers = Pick(OFFERS, 0, self._take)
        yield Vertical(Welcome(self.wotui.path), offers, id="offers")

    def mounted(self) -> None:
        super().mounted()
        self.title_line("wotui", "first start")
        self.query_one(Pick).focus()

    def action_new(self) -> None:
        self.wotui.show(NewShop(self._begun))

    def action_join(self) -> None:
        """Make this computer's file from what the others share."""

        def answered(path: Path | None) -> None:
            if path is not None:
                self._first_start.join(path)

        words = (
            "Where the shop is shared: the folder, or the file. This computer gets a file of its own with everything in"
            " it, and a letter of its own for its numbers."
        )
        placeholder = "/mnt/shop/wotui"
        self.wotui.push_screen(
            Ask("Join which shop?", words=words, check=path_typed, limit=1000, placeholder=placeholder),
            answered,
        )

    def action_demo(self) -> None:
        self.wotui.tell("Making the demo shop …")
        self.call_after_refresh(self._first_start.open_demo)

    def action_open(self) -> None:
        def answered(path: Path | None) -> None:
            if path is not None:
                self._first_start.open_path(path)

        words = "The path of a shop's file, such as ~/shop.wotui."
        self.wotui.push_screen(Ask("Open a file", words=words, check=_existing, limit=1000), answered)

    @property
    def _first_start(self) -> FirstStart:
        return cast("FirstStart", self.wotui)

    def _take(self, index: int) -> None:
        (self.action_new, self.action_join, self.action_demo, self.action_open)[index]()


class NewShop(FormScreen):
    """The questions of a new shop, and who asks them.

    Args:
        begun: answers of an earlier try, by field; whoever goes back finds theirs kept there.
    """

    def __init__(self, begun: dict[str, str]) -> None:
        super().__init__()
        self._begun = begun

    def form_rows(self) -> Sequence[Row]:
        packed = tuple((name, packs.contents(name).pack.title) for name in packs.names())
        days = tuple((day, day.capitalize()) for day in shop_settings.WEEKDAYS)
        zone = local_zone()
        return [
            Row("", "The shop"),
            Row("name", "name", required=True, hint="what the shop is called"),
            Row(
                "zone",
                "time zone",
                "zone",
                zone,
                zone,
                required=True,
                hint="enter searches; due dates and pay follow it",
            ),
            Row(
                "currency",
                "currency",
                "currency",
                required=True,
                limit=3,
                hint="three letters, such as USD or EUR",
            ),
            Row(
                "workweek_start",
                "week begins",
                "choice",
                choices=days,
                required=True,
                hint="overtime is counted from here",
            ),
            Row("", "You"),
            Row("person", "your name", required=True, hint="you can add the others later"),
            Row(
                "initials",
                "initials",
                "initials",
                required=True,
                limit=4,
                hint="two to four letters: how lists name you",
            ),
            Row("", "Its first templates"),
            Row(
                "pack",
                "begin with",
                "choice",
                choices=packed,
                hint="templates and code lists of a trade; empty for none, T adds one later",
            ),
        ]

    def mounted(self) -> None:
        super().mounted()
        self.form.dialogs["zone"] = _pick_zone
        self.form.restore(self._begun)
        self.title_line("New shop", "ctrl+s makes it")
        self.form.edit("name")

    def action_close_form(self) -> None:
        self._begun.update(self.form.typed())
        super().action_close_form()

    def check(self, row: Row, typed: str) -> str:
        if not typed:
            return ""
        settings = {
            "name": "shop.name",
            "zone": "shop.zone",
            "currency": "shop.currency",
            "workweek_start": "payroll.workweek_start",
        }
        if row.name == "pack":
            return packs.contents(typed).pack.title
        if row.name in settings:
            value = shop_settings.read(settings[row.name], typed)
            return value.capitalize() if row.name == "workweek_start" else value
        if row.name == "initials":
            from wotui.domain.record_kinds import PERSON
            from wotui.domain.records import read

            return str(read(PERSON.field("initials"), typed, ""))
        return typed

    def save(self) -> None:
        typed = self.form.typed()
        for row in self.form.fields.rows:
            if row.required and not typed.get(row.name):
                self.form.complain(row.name, Refused(f"It needs {row.label}.", row.hint.capitalize()))
                return
        try:
            cast("FirstStart", self.wotui).make_shop(typed)
        except Problem as problem:
            self.wotui.refuse(problem)


def _backups_left(path: Path) -> str:
    """A file that is gone may have left its backups: name the newest before somebody starts anew."""
    from wotui.merge import backup

    try:
        found = backup.listing(path)
    except Problem:
        return ""
    if not found:
        return ""
    return f"\n\nBut it has backups. The newest is {found[0].path}: copy it there, or open it with o."


def _pick_zone(form: Form, row: Row, begun: str) -> Opening:
    from zoneinfo import available_timezones

    zones = [Option(zone, zone) for zone in sorted(available_timezones()) if "/" in zone or zone == "UTC"]
    return Opening(Picker("Time zone", zones, typed=begun), lambda zone: form.put(row.name, zone))


def local_zone() -> str:
    """The IANA zone that this computer is set to, or empty when it does not say."""
    named = os.environ.get("TZ", "").lstrip(":")
    for guess in (named, str(Path("/etc/localtime").resolve()).partition("zoneinfo/")[2]):
        try:
            if guess:
                return shop_settings.zone_name(guess)
        except Problem:
            continue
    return ""


def _existing(typed: str) -> Path:
    path = Path(typed).expanduser()
    if not path.is_file():
        raise FileTrouble(f"There is no file {path}.", "Check the path.")
    return path
