"""What time it is: the one seam through which every part of wotui asks, and which tests freeze.

Instants are aware UTC datetimes in whole seconds, written `2026-06-08T12:00:00Z`. The dates people plan by
are civil dates in the shop's own zone, never the computer's.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from wotui.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Generator
    from zoneinfo import ZoneInfo

_frozen: datetime | None = None


def now() -> datetime:
    """The present instant in UTC, whole seconds; `WOTUI_NOW` (or `freeze`) fixes it.

    Raises:
        UsageProblem: `WOTUI_NOW` is not an instant.
    """
    if _frozen is not None:
        return _frozen
    fixed = os.environ.get("WOTUI_NOW")
    if fixed:
        try:
            return parse_instant(fixed)
        except ValueError:
            raise UsageProblem(
                f"WOTUI_NOW is {fixed!r}, which is not an instant.",
                "Write it like 2026-06-08T12:00:00Z, or unset it.",
            ) from None
    return datetime.now(UTC).replace(microsecond=0)


def is_fixed() -> bool:
    """Whether the clock stands still (frozen by a test, or by `WOTUI_NOW`)."""
    return _frozen is not None or bool(os.environ.get("WOTUI_NOW"))


def today(zone: ZoneInfo) -> date:
    """The civil date in the shop's zone."""
    return now().astimezone(zone).date()


def instant(moment: datetime) -> str:
    """An aware datetime as it is stored: `2026-06-08T12:00:00Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def parse_instant(text: str) -> datetime:
    """A stored instant, or any ISO 8601 instant with an offset, as UTC in whole seconds.

    Raises:
        ValueError: not an instant, or without an offset.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment.astimezone(UTC).replace(microsecond=0)


def milliseconds(moment: datetime) -> int:
    """Whole milliseconds since the Unix epoch."""
    return int(moment.timestamp()) * 1000


@contextmanager
def freeze(moment: datetime | str) -> Generator[None]:
    """Let the clock stand still at `moment` (an aware datetime, or an instant as text) inside a `with`
    block.
    """
    global _frozen
    before = _frozen
    _frozen = (
        parse_instant(moment) if isinstance(moment, str) else moment.astimezone(UTC).replace(microsecond=0)
    )
    try:
        yield
    finally:
        _frozen = before
