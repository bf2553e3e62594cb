"""A clock that stands still until a test moves it."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from wotui import clock

if TYPE_CHECKING:
    from types import TracebackType


class FrozenClock:
    """The seam `wotui.clock.freeze`, with hands to move."""

    def __init__(self, moment: datetime | str) -> None:
        self._moment = clock.parse_instant(moment) if isinstance(moment, str) else moment
        self._stack = ExitStack()

    @property
    def now(self) -> datetime:
        """Where the clock stands."""
        return self._moment

    def set(self, moment: datetime | str) -> None:
        """Put the clock to an instant, aware or as text."""
        self._moment = clock.parse_instant(moment) if isinstance(moment, str) else moment
        self._stack.enter_context(clock.freeze(self._moment))

    def move(self, **by: float) -> None:
        """Move the clock by a `timedelta` given in words: `move(hours=1, minutes=30)`."""
        self.set(self._moment + timedelta(**by))

    def __enter__(self) -> Self:
        self.set(self._moment)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()
