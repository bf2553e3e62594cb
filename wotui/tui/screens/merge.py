"""The Merge screen: where the shop is shared, what is not shared yet, the merge that runs, and the earlier ones."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wotui import settings
from wotui.errors import UsageProblem
from wotui.tui import keys, merge_rows
from wotui.tui.merge_rows import State
from wotui.tui.screens.base import ShopScreen
from wotui.tui.widgets.dialogs import Ask, Choose
from wotui.tui.widgets.hours import HoursList

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.widget import Widget

    from wotui.store.file import Shop
    from wotui.tui.sharing import Sharing

LOOK = 0.25
"""Seconds between two looks at how far a running merge is."""


class MergeScreen(ShopScreen[None]):
    """What this shop shares."""

    ROOM = "merge"
    BINDINGS = keys.bindings("merge")

    def __init__(self) -> None:
        super().__init__()
        self._state = State("", "", 0, 0, "", "", ())

    def body(self) -> Iterator[Widget]:
        yield HoursList(id="sharing")

    @property
    def lines(self) -> HoursList:
        """The list."""
        return self.query_one("#sharing", HoursList)

    @property
    def _sharing(self) -> Sharing:
        return self.wotui.sharing

    def mounted(self) -> None:
        super().mounted()
        self.lines.focus()
        self.set_interval(LOOK, self._look_at_merge)

    def offers(self, command_id: str) -> bool:
        """Merging takes a place; giving up takes a merge that runs; questions are shown where there are any."""
        place, runs = self._sharing.place is not None, self._sharing.watch is not None
        offered = {
            "merge.now": place and not runs,
            "merge.preview": place and not runs,
            "merge.give_up": runs,
            "merge.questions": bool(self._sharing.questions),
        }
        return offered.get(command_id, True)

    def refresh_from_shop(self) -> None:
        self.title_line("Merge", self._sharing.note)
        place = self._sharing.place

        def read(shop: Shop) -> tuple[str, list[dict[str, Any]]]:
            from wotui.merge import engine, sharing

            return (sharing.last_merged(place) if place is not None else ""), engine.accounts(shop)

        self.ask.read("merge screen", read, self._show)

    def sharing_changed(self) -> None:
        """The counts, the place or the running merge are others now."""
        self.look()

    def _show(self, found: tuple[str, list[dict[str, Any]]]) -> None:
        merged, history = found
        self._state = replace(self._state, merged=merged, history=history)
        self._draw()

    def _draw(self) -> None:
        sharing, watch = self._sharing, self._sharing.watch
        self._state = replace(
            self._state,
            place=str(sharing.place or ""),
            unshared=sharing.unshared,
            questions=sharing.questions,
            trouble=sharing.trouble,
            when=self._when(),
            stage=watch.stage if watch else "",
            done=watch.done if watch else 0,
            total=watch.total if watch else 0,
            silent=int(watch.silent) if watch else 0,
        )
        self.lines.show(partial(merge_rows.overview, self._state, self.shop.zone, self.shop.today()))
        self.footer_changed()

    def _look_at_merge(self) -> None:
        if self.is_current and (self._sharing.watch is not None or self._state.stage):
            self._draw()

    def _when(self) -> str:
        computer = self.wotui.computer
        if computer is None or not self._sharing.by_itself:
            return "merges by key only"
        every = computer.every_minutes
        moments = [
            "at start" if computer.merges("on_start") else "",
            "at quit" if computer.merges("on_quit") else "",
            f"every {every} minutes" if every else "",
        ]
        return ", ".join(word for word in moments if word) or "merges by key only"

    # verbs

    def action_merge(self) -> None:
        self._sharing.merge()

    def action_preview(self) -> None:
        self._sharing.preview()

    def action_give_up(self) -> None:
        self._sharing.give_up()

    def action_set_up(self) -> None:
        self.wotui.open_screen(("wotui.tui.screens.merge_set_up", "SetUpScreen"))

    def action_when(self) -> None:
        """When merges run by themselves; each choice is kept at once."""
        computer = self.wotui.computer or settings.Computer()

        def answered(name: str | None) -> None:
            if name == "every_minutes":
                self._ask_minutes(computer.merge.get(name, settings.MERGE_DEFAULTS[name]))
            elif name is not None:
                chosen = computer.merge.get(name, settings.MERGE_DEFAULTS[name])
                self._sharing.merge_when(name, "no" if chosen == "yes" else "yes")
                self.action_when()

        def now(name: str) -> str:
            return computer.merge.get(name, settings.MERGE_DEFAULTS[name])

        minutes = now("every_minutes")
        options = [
            ("s", "At start", now("on_start"), "on_start"),
            ("q", "At quit", now("on_quit"), "on_quit"),
            ("m", "Every so many minutes", "never" if minutes == "0" else minutes, "every_minutes"),
        ]
        words = "When does this computer merge by itself with the shared place?"
        self.wotui.push_screen(Choose("When to merge", options, words=words), answered)

    def _ask_minutes(self, now: str) -> None:
        def check(typed: str) -> str:
            return settings.merge_setting("every_minutes", typed)

        def answered(minutes: str | None) -> None:
            if minutes is not None:
                self._sharing.merge_when("every_minutes", minutes)

        asked = Ask("Every how many minutes?", now, words="0 is never.", check=check, limit=6)
        self.wotui.push_screen(asked, answered)

    def action_questions(self) -> None:
        self.wotui.open_screen(("wotui.tui.screens.questions", "QuestionsScreen"))

    def action_other(self) -> None:
        """Merge with any other file or folder, by its path."""

        def answered(path: Path | None) -> None:
            if path is not None:
                self._sharing.merge([path])

        words = "Another copy of this shop: a file on a stick, a conflicted copy, somebody's laptop file, or a folder."
        self.wotui.push_screen(
            Ask("Merge with which file?", words=words, check=path_typed, limit=1000), answered
        )

    def action_open(self) -> None:
        """The account under the cursor, or the questions."""
        value = self.lines.value
        if value == "questions":
            self.action_questions()
        elif value.startswith("account "):
            document = self._state.history[int(value.removeprefix("account "))]
            self.wotui.open_screen(("wotui.tui.screens.merge_account", "AccountScreen"), [document], ())
        elif not self._state.place:
            self.action_set_up()

    def on_hours_list_taken(self, event: HoursList.Taken) -> None:
        event.stop()
        self.action_open()


def path_typed(typed: str) -> Path:
    """A path as typed; whether something lies there is looked at elsewhere, for a drive may hang.

    Raises:
        UsageProblem: nothing was typed, or a path that means something else in every folder.
    """
    words = typed.strip().strip("\"'")
    path = Path(words).expanduser()
    if not words or not path.is_absolute():
        raise UsageProblem(
            "That is no whole path.", "Type one such as /media/stick/shop-shared.wotui or ~/shop."
        )
    return path
