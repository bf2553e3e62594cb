"""The only starter of work beside the screen: changes on one writer thread, slow reads on a thread per group.

    self.app.ask.act(lambda shop: orders.assign(shop, [number], ["jd"]), then=self.assigned)
    self.app.ask.read("inbox", lambda shop: inbox.counts(shop), self.show_counts)

Changes run one after the other in the order they were asked for. Reads are exclusive per group: a newer question
replaces one that still waits, and a late answer to an older one is dropped. A thread never touches a widget: its answer
comes back to the app as a message, and is delivered only while the screen that asked is still there. A `Problem` is an
answer too: it becomes a toast that names the way out. Any other exception is a bug and ends the app through the one
place that reports bugs.

The threads are daemons of our own, not Textual's workers: those run on an executor that is waited for at the end, so a
read that hangs on a dead network drive would hold up the quit. `close` waits for accepted changes only.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from textual.message import Message

from wotui.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App

    from wotui.store.file import Shop
    from wotui.store.transaction import Done

T = TypeVar("T")


class Answered(Message):
    """A thread's answer on its way to the screen that asked; the app calls `deliver`."""

    def __init__(self, deliver: Callable[[], None]) -> None:
        super().__init__()
        self.deliver = deliver


@dataclass(frozen=True, slots=True)
class _Job:
    """One question: what to call, and whom to tell."""

    question: Callable[[Shop], Any]
    answered: Callable[[Any], None]
    failed: Callable[[Exception], None]
    still_wanted: Callable[[], bool]


class Ask:
    """Runs changes and reads of one shop beside the screen of one app.

    Args:
        app: gets the answers as messages (`Answered`).
        shop: the open shop; every thread reads on its own connection.
        changed: called on the app's thread after every change, with what was done and the command that takes it back.
        refused: called on the app's thread with a `Problem` that nobody else handles.
    """

    def __init__(
        self,
        app: App[Any],
        shop: Shop,
        *,
        changed: Callable[[Done, str], None],
        refused: Callable[[Problem], None],
        broken: Callable[[Exception], None],
    ) -> None:
        self._app = app
        self._shop = shop
        self._changed = changed
        self._refused = refused
        self._broken = broken
        self._writer = _Lane("wotui-writer", shop, self._post)
        self._readers: dict[str, _Lane] = {}
        self._waiting = 0

    def act(
        self,
        change: Callable[[Shop], Done],
        then: Callable[[Done], None] | None = None,
        refused: Callable[[Problem], None] | None = None,
        *,
        reverse: str = "app.undo",
    ) -> None:
        """Run a change on the writer thread; its sentence is toasted and every screen refreshes.

        Args:
            change: calls one action and returns its `Done`; it runs in one transaction, on another thread.
            then: called afterwards with the `Done`, if its owner (a bound method's widget) is still there.
            refused: called instead of the toast when a rule says no.
            reverse: the command that takes it back, named in the toast.
        """

        def answered(done: Done) -> None:
            self._changed(done, reverse)
            if then is not None and _is_there(then):
                then(done)

        self._start(self._writer, change, answered, refused, always)

    def read(
        self,
        group: str,
        question: Callable[[Shop], T],
        then: Callable[[T], None],
        failed: Callable[[Problem], None] | None = None,
    ) -> None:
        """Ask the shop something beside the screen; the newest question of a group wins.

        Args:
            group: names what the answer is for (`inbox`, `picker`); its questions replace one another.
            question: reads, on the group's own thread.
            then: called with the answer, if its owner is still there and no newer question was asked.
            failed: called instead of the toast when the answer is a `Problem`.
        """
        lane = self._readers.get(group)
        if lane is None:
            lane = self._readers[group] = _Lane(f"wotui-{group}", self._shop, self._post, reads=True)
        lane.generation += 1
        asked = lane.generation

        def still_wanted() -> bool:
            return lane.generation == asked

        def answered(value: T) -> None:
            if still_wanted() and _is_there(then):
                then(value)

        self._start(lane, question, answered, failed, still_wanted)

    async def settled(self) -> None:
        """Wait until every answer was delivered, or the app has ended and nobody is there for them (for tests)."""
        while self._waiting and self._app.is_running:  # noqa: ASYNC110 - the answers come from threads, and only tests wait here
            await asyncio.sleep(0.002)

    def close(self, seconds: float = 2.0) -> None:
        """Finish the accepted changes, at most `seconds`; reads that still run are left behind."""
        self._writer.finish(seconds)
        for lane in self._readers.values():
            lane.generation += 1
            lane.finish(0)

    def _start(
        self,
        lane: _Lane,
        question: Callable[[Shop], Any],
        answered: Callable[[Any], None],
        refused: Callable[[Problem], None] | None,
        still_wanted: Callable[[], bool],
    ) -> None:
        def failed(error: Exception) -> None:
            if not isinstance(error, Problem):
                self._broken(error)
            elif refused is not None and _is_there(refused):
                refused(error)
            elif still_wanted():
                self._refused(error)

        self._waiting += 1
        lane.put(_Job(question, answered, failed, still_wanted))

    def _post(self, deliver: Callable[[], None]) -> None:
        def delivered() -> None:
            self._waiting -= 1
            deliver()

        self._app.post_message(Answered(delivered))


class _Lane:
    """One daemon thread that answers questions in the order they came."""

    def __init__(
        self, name: str, shop: Shop, post: Callable[[Callable[[], None]], None], *, reads: bool = False
    ) -> None:
        self.generation = 0
        self._only_reads = reads  # until its connection was told; the writer keeps what it is about to write
        self._name = name
        self._shop = shop
        self._post = post
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def put(self, job: _Job) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
            self._thread.start()
        self._jobs.put(job)

    def finish(self, seconds: float) -> None:
        if self._thread is not None:
            self._jobs.put(None)
            self._thread.join(seconds)

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            self._post(self._answer(job))

    def _answer(self, job: _Job) -> Callable[[], None]:
        if not job.still_wanted():
            return nothing
        try:
            # The first start asks before there is a shop.
            if self._only_reads and hasattr(self._shop, "keep_little"):
                self._shop.keep_little()
                self._only_reads = False
            value = job.question(self._shop)
        except Exception as error:  # noqa: BLE001 - handed to the app's thread, which knows what is a bug
            caught = error
            return lambda: job.failed(caught)
        return lambda: job.answered(value)


def always() -> bool:
    """A change is always wanted."""
    return True


def nothing() -> None:
    """An answer that nobody waits for any more."""


def _is_there(callback: Callable[..., Any]) -> bool:
    """Whether the widget that a bound method belongs to is still on a screen; plain functions always are."""
    owner = getattr(callback, "__self__", None)
    return bool(getattr(owner, "is_attached", True))
