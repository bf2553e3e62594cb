"""Who may leave the kiosk: whoever knows a supervisor's PIN, where a supervisor has one."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from wotui.domain import pins
from wotui.errors import Refused
from wotui.store.people import supervisor_pins

if TYPE_CHECKING:
    from wotui.store.reading import Reads

_tries: list[float] = []
"""When wrong PINs were typed, as long as this kiosk runs."""


def is_guarded(reads: Reads) -> bool:
    """Whether leaving takes a PIN: an active supervisor has one."""
    return bool(supervisor_pins(reads))


def expect_supervisor(reads: Reads, pin: str) -> None:
    """Let a supervisor pass.

    Raises:
        Refused: no active supervisor has this PIN, or too many wrong ones were typed a moment ago.
    """
    wait = _tries[-1] + pins.pause(len(_tries)) - time.monotonic() if _tries else 0.0
    if wait > 0:
        raise Refused("Too many wrong PINs.", f"Wait {int(wait) + 1} s, then try again.")
    if any(pins.matches(pin, stored) for stored in supervisor_pins(reads)):
        _tries.clear()
        return
    _tries.append(time.monotonic())
    raise Refused("That is no supervisor's PIN.", "Let a supervisor type theirs.")


def forget_wrong_tries() -> None:
    """Nobody waits any more; a restart does the same."""
    _tries.clear()
