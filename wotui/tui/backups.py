"""The backups on the screen: their list with the state of each, a new one, and bringing one back."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from wotui import clock
from wotui.errors import Damaged, Problem
from wotui.merge import backup
from wotui.store import surroundings
from wotui.tui.widgets.options import Option, matching

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from wotui.store.copies import Backup
    from wotui.store.file import Shop
    from wotui.store.transaction import Done
    from wotui.tui.app import WotuiApp

GRACE = 10.0
"""Seconds for which the file that was replaced stays open for reads that are under way."""

_MAKE = object()
_WORDS = {
    "asked": "by hand",
    "daily": "of the day",
    "merge": "before a merge",
    "migration": "before an upgrade",
    "import": "before an import",
    "restore": "before a restore",
}


def open_list(app: WotuiApp) -> None:
    """Show the backups; taking one brings it back after a question."""
    from wotui.tui.widgets.picker import Picker

    def taken(value: Any) -> None:
        if value is _MAKE:
            app.ask.act(_make)
        elif value is not None:
            _ask(app, value)

    app.push_screen(Picker("Backups: enter brings one back", _source()), taken)


def options(shop_file: Path) -> list[Option]:
    """A line for each backup, sound ones first; each is opened and checked, so it takes a while.

    Raises:
        FileTrouble: their folder cannot be read.
    """
    lines = [(copy, backup.damage(copy)) for copy in backup.listing(shop_file)]
    lines.sort(key=lambda line: bool(line[1]))
    return [
        Option(
            copy,
            words(copy),
            "" if wrong else "sound",
            f"no. {copy.number}",
            "muted" if wrong else "text",
            f"damaged: {wrong}" if wrong else "",
        )
        for copy, wrong in lines
    ]


def words(copy: Backup) -> str:
    """When and why a backup was made: `Wed 10 Jun 2026 12:00, before a merge`; in this computer's time."""
    made = copy.made_at.astimezone()
    size = f"{-(-copy.size // 1_000_000)} MB"
    return f"{made:%a} {made.day} {made:%b %Y %H:%M}, {_WORDS.get(copy.reason, copy.reason)}, {size}"


def bring_back(app: WotuiApp, source: Path) -> None:
    """Put a backup in the place of the shop's file and go on with it; where that fails, go on as before."""
    from wotui.merge import restore
    from wotui.store.file import Shop

    old = app.shop
    app.ask.close()
    if os.name == "nt":
        old.close()  # what is open cannot be replaced there
    said: list[str] = []
    try:
        done = restore.restore(old.path, source, holding=True)
        said = [done.sentence(), *done.notices]
    except Problem as problem:
        app.refuse(problem)
    shop = Shop.open(old.path)
    if old.acting is not None:
        try:
            shop.act_as(old.acting.initials)
        except Problem as problem:
            app.refuse(problem)
    app.use(shop)
    app.set_timer(GRACE, old.close)  # a read that was under way may still end
    app.shop_changed()
    for sentence in said:
        app.tell(sentence)


def look_after(app: WotuiApp) -> None:
    """Make the day's first backup beside the screen, where one is due, and say what is wrong with the file or where it
    lies.
    """

    def look(shop: Shop) -> list[str]:
        backup.make_if_due(shop.path)
        return surroundings.warnings(shop.path)

    def looked(warnings: list[str]) -> None:
        for sentence in warnings:
            app.notify(sentence, severity="warning", timeout=10, markup=False)

    def failed(problem: Problem) -> None:
        app.refuse(problem)
        offer = backup.offer(app.shop.path) if isinstance(problem, Damaged) else ""
        if offer:
            app.tell(offer)

    app.ask.read("backup", look, looked, failed)


def _source() -> Callable[[Shop, str], list[Option]]:
    known: list[Option] = []

    def source(shop: Shop, typed: str) -> list[Option]:
        if not known:
            known.append(Option(_MAKE, "Make a backup now", "proven, beside the shop's file", "", "accent"))
            known.extend(options(shop.path))
        return matching(known, typed)

    return source


def _make(shop: Shop) -> Done:
    from wotui.store.transaction import Done

    made = backup.make(shop.path)
    return Done(f"Backup {made.number} made and proven at {clock.instant(made.made_at)}.")


def _ask(app: WotuiApp, copy: Backup) -> None:
    from wotui.tui.widgets.dialogs import Confirm

    def answered(yes: bool | None) -> None:
        if yes:
            app.tell("Bringing it back …")
            app.call_after_refresh(bring_back, app, copy.path)

    question = (
        f"Bring back the backup of {words(copy)}?\n\nWhat was entered since is kept beside it in a file of its own."
        " What the shared place holds comes back with the next merge."
    )
    app.push_screen(Confirm(question, title="Restore", yes="Bring back", no="Leave it"), answered)
