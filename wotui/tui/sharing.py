"""The app's side of sharing: merges that run by themselves or by key, one at a time, and what is said of them.

The work itself is `merge.sharing.run` on a thread of `ask`. Here it is decided when one runs (at the start, every few
minutes, before leaving), what the header says (changes not shared yet, questions to answer), and what becomes of a
merge that fails, hangs or is given up.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from wotui.errors import Problem, Refused
from wotui.text import counted
from wotui.tui import keys
from wotui.tui.shared_place import SharedPlace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from wotui.merge.account import Account
    from wotui.merge.beforehand import Watch
    from wotui.store.file import Shop
    from wotui.tui.app import WotuiApp

QUIT_SECONDS = 8.0
"""A merge never holds up leaving for longer."""
HANGS = 2.0
"""Seconds without a sign of life after which a merge that was given up is left behind."""
_MOST_SHOWN = 999


def _questions(shop: Shop) -> int:
    """How many questions merging has left open; where nobody else ever wrote there are none."""
    from wotui.store import vectors

    if len(vectors.held(shop)) < 2:
        return 0
    from wotui.store.reads import conflicts

    return len(conflicts.derive(shop))


class Sharing(SharedPlace):
    """What one open shop shares, seen from its app.

    Attributes:
        watch: the merge that runs; None while there is none.
        unshared: changes that the shared place does not hold, as far as this computer knows.
        questions: what two people changed at the same time and nobody has answered.
        trouble: why the last merge failed; empty after one that did not.
    """

    def __init__(self, app: WotuiApp) -> None:
        super().__init__(app)
        self.watch: Watch | None = None
        self.unshared = self.questions = 0
        self.trouble = ""
        self._lane = 0
        self._merged_at = monotonic()
        self._look_closely = True
        self._leaving = False
        self._ended: Callable[[], None] | None = None

    @property
    def badge(self) -> str:
        """What stands behind the mode's name in the header: `↑3 ?2`, for 3 changes not shared and 2 questions."""
        unshared = (
            f"↑{self.unshared if self.unshared <= _MOST_SHOWN else f'{_MOST_SHOWN}+'}"
            if self.unshared
            else ""
        )
        questions = f"?{self.questions}" if self.questions else ""
        return " ".join(word for word in ("…" if self.watch else "", unshared, questions) if word)

    @property
    def note(self) -> str:
        """The same in words, for a header with room."""
        return f"{counted(self.unshared, 'change')} not yet shared" if self.unshared and self.place else ""

    # looking

    def begin(self) -> None:
        """The shop is on the screen: count, merge if that is wished, and again every so many minutes."""
        self._app.call_after_refresh(self.look)
        self._app.set_interval(60, self.minute_passed)
        if self.by_itself and self._app.computer is not None and self._app.computer.merges("on_start"):
            self._app.call_after_refresh(self.merge, quiet=True)

    def look(self) -> None:
        """Count again what is not shared and what is asked; no drive is touched."""
        place, closely = self.place, self._look_closely or bool(self.questions)
        if place is None and not closely and not self.unshared:
            return

        def count(shop: Shop) -> tuple[int, int | None]:
            asked = _questions(shop) if closely else None
            if place is None:
                return 0, asked
            from wotui.merge import sharing  # all of merging: not where nothing is shared

            return sharing.unshared(shop, place), asked

        if place is None and not closely:
            self._counted((0, None))
        else:
            self._app.ask.read("sharing", count, self._counted)

    def place_changed(self) -> None:
        self.trouble, self._look_closely = "", True
        self.look()
        self._app.sharing_changed()

    def _counted(self, found: tuple[int, int | None]) -> None:
        unshared, questions = found
        questions = self.questions if questions is None else questions
        self._look_closely = False
        if (unshared, questions) != (self.unshared, self.questions):
            self.unshared, self.questions = unshared, questions
            self._app.sharing_changed()

    def minute_passed(self) -> None:
        """Merge again when it is time."""
        if not self._app.is_running:
            return
        every = self._app.computer.every_minutes if self._app.computer is not None else 0
        if every and self.by_itself and self.watch is None and monotonic() - self._merged_at >= every * 60:
            self.merge(quiet=True)

    # merging

    def merge(
        self,
        paths: Sequence[Path] = (),
        *,
        quiet: bool = False,
        agreed: bool = False,
        ended: Callable[[], None] | None = None,
    ) -> None:
        """Merge with these places, or with the shared one.

        Args:
            paths: other places.
            quiet: nobody asked for it: say only what is new.
            agreed: somebody has seen the preview.
            ended: called when it is over, however it went.
        """
        wanted = list(paths) or [place for place in (self.place,) if place is not None]
        if not wanted:
            self._app.refuse(no_place())
            return

        def job(shop: Shop, watch: Watch) -> list[Account]:
            from wotui.merge import sharing

            return sharing.run(shop, wanted, watch, agreed=agreed, unasked=quiet)

        def done(accounts: list[Account]) -> None:
            self._tell(accounts, quiet=quiet)

        def failed(problem: Problem) -> None:
            self._say_why_not(problem, wanted, quiet=quiet)

        self.start(job, done, failed, ended=ended)

    def preview(self, paths: Sequence[Path] = ()) -> None:
        """Show what a merge would change, without changing anything."""
        wanted = list(paths) or [place for place in (self.place,) if place is not None]
        if not wanted:
            self._app.refuse(no_place())
            return

        def job(shop: Shop, watch: Watch) -> list[Account]:
            from wotui.merge import sharing

            return sharing.run(shop, wanted, watch, dry_run=True)

        def done(accounts: list[Account]) -> None:
            documents = [account.document() for account in accounts]
            self._app.open_screen(("wotui.tui.screens.merge_account", "AccountScreen"), documents, wanted)

        self.start(job, done, self._app.refuse)

    def start(
        self,
        job: Callable[[Shop, Watch], list[Account]],
        done: Callable[[list[Account]], None],
        failed: Callable[[Problem], None],
        *,
        ended: Callable[[], None] | None = None,
    ) -> None:
        """Run one merge, whatever it is, beside the screen; a second one is refused."""
        from wotui.merge.beforehand import GivenUp, Watch

        if self.watch is not None:
            self._app.tell("A merge is running already.")
            return
        watch = self.watch = Watch()
        self._ended, self._merged_at = ended, monotonic()
        self._app.sharing_changed()

        def answered(accounts: list[Account]) -> None:
            if self._over(watch):
                self.trouble = ""
                done(accounts)
                self._app.shop_changed()

        def refused(problem: Problem) -> None:
            if self._over(watch):
                failed(problem)
                if isinstance(problem, GivenUp):
                    self.trouble = ""

        self._app.ask.read(f"merge {self._lane}", lambda shop: job(shop, watch), answered, refused)

    def give_up(self) -> None:
        """End the running merge at its next step, or leave it behind where a drive hangs."""
        watch = self.watch
        if watch is None:
            self._app.tell("No merge is running.")
            return
        watch.give_up()
        if watch.silent > HANGS:
            self._lane += 1  # its thread may never come back
            self._over(watch)
            self._app.tell("The merge was given up. Nothing is lost; merge again later.")

    def _over(self, watch: Watch) -> bool:
        """Note that a merge has ended; False for one that was left behind before."""
        if self.watch is not watch:
            return False
        self.watch, self._look_closely = None, True
        self.look()
        self._app.sharing_changed()
        ended, self._ended = self._ended, None
        if ended is not None:
            ended()
        return True

    def _tell(self, accounts: list[Account], *, quiet: bool) -> None:
        came, went = (sum(getattr(one, name) for one in accounts) for name in ("changes_in", "changes_out"))
        if came or not quiet:
            self._app.tell(
                f"Merged: {counted(came, 'change')} came in, {counted(went, 'change')} sent."
                if came or went
                else "Merged: both sides held the same already."
            )
        for notice in dict.fromkeys(notice for one in accounts for notice in one.notices):
            self._app.notify(notice, severity="warning", timeout=8, markup=False)

    def _say_why_not(self, problem: Problem, paths: Sequence[Path], *, quiet: bool) -> None:
        from wotui.merge import sharing
        from wotui.merge.beforehand import GivenUp

        known = self.trouble
        self.trouble = problem.what if list(paths) == [self.place] else known
        if sharing.changes_much(problem):
            if quiet:
                self._warn(
                    f"{problem.what} {keys.shown_key('app.merge')}, then {keys.shown_key('merge.preview')}: look."
                )
            else:
                self._warn(problem.what)
                self.preview(paths)
        elif isinstance(problem, GivenUp) or not quiet or known != self.trouble:
            self._app.refuse(problem)

    def _warn(self, sentence: str) -> None:
        self._app.notify(sentence, severity="warning", timeout=8, markup=False)

    # leaving

    def before_leaving(self) -> bool:
        """Share what is not shared yet before the app ends, for a few seconds at most; whether leaving waits for it."""
        computer = self._app.computer
        if self._leaving or not self.by_itself or computer is None:
            return False
        if not computer.merges("on_quit") or not (self.unshared or self.watch):
            return False
        self._leaving = True
        self._app.open_screen(("wotui.tui.screens.leaving", "Leaving"), self.unshared, str(self.place))
        self._app.set_timer(QUIT_SECONDS, self._app.leave_now)
        if self.watch is None:
            self.merge(quiet=True, ended=self._app.leave_now)
        else:
            self._ended = self._app.leave_now
        return True

    def let_go(self, seconds: float = 2.0) -> bool:
        """End what runs, after the screen is gone; whether its thread has come to the end."""
        if self.watch is None:
            return self._lane == 0
        self.watch.give_up()
        return self.watch.finished.wait(seconds)


def no_place() -> Refused:
    """What is said where nothing is shared yet."""
    return Refused(
        "There is no shared place yet.", f"{keys.shown_key('merge.set_up')} on the Merge screen sets one up."
    )
