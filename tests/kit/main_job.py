"""The day's main job on the demo shop, key by key as the README tells it: once as a test, once to draw its pictures."""

# pyright: reportUnknownMemberType=false
# Textual leaves the type of its size open.

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.kit.clock import FrozenClock
    from tests.kit.hand import Hand

CHECKED = "W-A0026"
"""The overdue order: the monthly check of the filler drive."""

FOLLOW_UP = "W-A0061"
PREVIEWED = 110
"""Columns from which the inbox shows the order under the cursor beside the list."""


class MainJob:
    """Each method is one step of the README.

    Args:
        hand: at the keys of the app, which shows the demo's inbox.
        clock: stands still, and is moved on as the work takes its time.
        picture: called with a picture's name where the README shows one.
    """

    def __init__(self, hand: Hand, clock: FrozenClock, picture: Callable[[str], None]) -> None:
        self._hand, self._clock, self._picture = hand, clock, picture

    async def find(self) -> None:
        """Go to the lane of what is late, and to the order."""
        if self._hand.app.size.width >= PREVIEWED:
            await self._hand.see("why here")
        self._picture("inbox")
        await self._hand.press("shift+tab", "shift+tab")
        await self._hand.see("Open orders: late")
        await self._hand.press("j", "j")

    async def read(self) -> None:
        """Open it."""
        await self._hand.press("enter")
        await self._hand.see(CHECKED, "Vibration and temperature with the line running", "days late")

    async def start(self) -> None:
        """Start it, and with it the timer."""
        await self._hand.press("s")
        await self._hand.see("in progress", "timer")
        self._picture("order")
        self._clock.move(minutes=4)

    async def run_the_checklist(self) -> None:
        """A reading beyond its limit, its follow-up accepted, then everything else."""
        hand = self._hand
        await hand.press("k")
        await hand.see("Limits: at most 4.5 mm/s", "Last: 2.6 mm/s")
        await hand.type("6.2")
        await hand.see("FAIL: above the limit of 4.5 mm/s")
        await hand.press("enter")
        await hand.see("Make the follow-up order")
        self._picture("checklist")
        await hand.press("y")
        await hand.see(FOLLOW_UP)
        self._clock.move(minutes=3)
        await hand.type("55")
        await hand.press("enter")
        for _ in range(4):
            self._clock.move(minutes=6)
            await hand.press("space")
        await hand.see("6 of 6 answered, 1 failed")
        await hand.press("escape")

    async def hire(self) -> None:
        """A contractor for the follow-up, by the hour."""
        hand = self._hand
        await hand.press("escape", "colon")
        await hand.type("61")
        await hand.press("enter")
        await hand.see(FOLLOW_UP, "Vibration, drive-end bearing – 6.2 mm/s")
        await hand.press("c")
        await hand.see("North Shore Drives", "Superior Refrigeration", "blocked")
        self._picture("hire")
        await hand.press("enter")
        await hand.see("by the hour")
        await hand.press("ctrl+s")
        await hand.see("Contractors 1")

    async def finish(self) -> None:
        """Back to the first order: done, and the timer stops."""
        hand = self._hand
        await hand.press("colon")
        await hand.type("26")
        await hand.press("enter", "d")
        await hand.see(f"Finish {CHECKED}")
        await hand.press("ctrl+s")
        await hand.see("done since", "closes it after review")

    async def pay(self, folder: Path) -> None:
        """Approve the period's hours and write the payroll CSV into `folder`."""
        hand = self._hand
        await hand.press("4")
        await hand.see("to approve")
        self._picture("time")
        await hand.press("A")
        await hand.see("Nothing stands in the way")
        await hand.press("p")
        await hand.see("warnings to tick", "Halvorsen")
        self._picture("payroll")
        await hand.press("asterisk")
        await hand.see("into a folder you choose")
        await hand.press("w")
        await hand.see("type a path")
        await hand.press("ctrl+u")
        await hand.type(str(folder))
        await hand.press("enter")
        await hand.see("payroll_generic_")

    async def whole(self, folder: Path) -> None:
        """All of it, in order."""
        for step in (self.find, self.read, self.start, self.run_the_checklist, self.hire, self.finish):
            await step()
        await self.pay(folder)
