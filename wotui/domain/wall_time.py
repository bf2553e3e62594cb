"""What the clock on the wall says, and which instant that is.

People type local times of the shop; the shop stores whole minutes since the Unix epoch, UTC. Twice a year the two do
not match: in spring an hour of wall time does not exist, in autumn one exists twice. Neither is ever guessed here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from wotui.errors import Refused, UsageProblem

if TYPE_CHECKING:
    from datetime import date
    from zoneinfo import ZoneInfo

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)
_SHAPE = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?(\.\d+)?(Z|z|[+-]\d{2}:?\d{2})?")

_BARE = re.compile(r"(\d{1,2}):(\d{2})")


@dataclass(frozen=True, slots=True)
class Reading:
    """One of the two instants that an autumn wall time may mean.

    Attributes:
        word: `first` or `second`.
        name: the zone's abbreviation at that instant, such as `CDT`.
        text: the same time written with its offset, which is accepted everywhere.
        moment: the instant, UTC.
    """

    word: str
    name: str
    text: str
    moment: datetime


class TimeTwice(Refused):
    """A wall time that occurs twice, with both readings to choose from in `readings`."""

    def __init__(self, what: str, way_out: str, readings: tuple[Reading, Reading]) -> None:
        super().__init__(what, way_out)
        self.readings = readings


def minute_of(moment: datetime) -> int:
    """Whole minutes since the Unix epoch, UTC; seconds are dropped."""
    return (moment - _EPOCH) // _MINUTE


def moment_of(minute: int) -> datetime:
    """The instant (UTC) of a count of minutes since the Unix epoch."""
    return _EPOCH + minute * _MINUTE


def local(minute: int, zone: ZoneInfo) -> datetime:
    """The wall time in `zone` at a stored minute, as an aware datetime."""
    return moment_of(minute).astimezone(zone)


def offset_of(minute: int, zone: ZoneInfo) -> int:
    """Minutes that the wall clock in `zone` is ahead of UTC at a stored minute."""
    offset = local(minute, zone).utcoffset()
    return 0 if offset is None else offset // _MINUTE


def exists(wall: datetime, zone: ZoneInfo) -> bool:
    """Whether a naive wall time occurs at all in `zone`."""
    return wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == wall.replace(
        fold=0
    )


def first_minute(wall: datetime, zone: ZoneInfo) -> int:
    """The first minute at which the wall clock shows `wall` or, where it skips that, the first one after the gap."""
    if exists(wall, zone):
        return minute_of(wall.replace(tzinfo=zone, fold=0))
    return _end_of_gap(wall, zone)


def _end_of_gap(wall: datetime, zone: ZoneInfo) -> int:
    """The minute at which the clock jumps over `wall`, found by halving between its two readings."""
    low, high = (minute_of(wall.replace(tzinfo=zone, fold=fold)) for fold in (1, 0))
    after = offset_of(high, zone)
    while high - low > 1:
        middle = (low + high) // 2
        if offset_of(middle, zone) == after:
            high = middle
        else:
            low = middle
    return high


def resolve(wall: datetime, zone: ZoneInfo) -> datetime:
    """The instant (UTC) that a naive wall time of the shop means.

    Raises:
        Refused: the wall time does not exist; the way out names its two valid neighbours.
        TimeTwice: it occurs twice; the way out writes both with their offset.
    """
    try:
        if not exists(wall, zone):
            _refuse_gap(wall, zone)
        first, second = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    except OverflowError:
        raise UsageProblem(f"{wall:%Y-%m-%d} is outside the years that can be worked with.") from None
    if first != second:
        raise _twice(wall, zone, first, second)
    return first


def _refuse_gap(wall: datetime, zone: ZoneInfo) -> None:
    after = _end_of_gap(wall, zone)
    neighbours = [f"{local(minute, zone):%H:%M}" for minute in (after - 1, after)]
    raise Refused(
        f"{wall:%Y-%m-%d %H:%M} does not exist in {zone.key}: the clock jumps from {neighbours[0]} to {neighbours[1]}.",
        f"Use {neighbours[0]} or {neighbours[1]}.",
    )


def _twice(wall: datetime, zone: ZoneInfo, first: datetime, second: datetime) -> TimeTwice:
    one, other = (
        Reading(word, shown.strftime("%Z"), shown.isoformat(timespec="minutes"), moment)
        for word, moment in (("first", first), ("second", second))
        for shown in (moment.astimezone(zone),)
    )
    return TimeTwice(
        f"{wall:%Y-%m-%d %H:%M} occurs twice in {zone.key}: first in {one.name}, then again in {other.name}.",
        f"Write {one.text} for the first or {other.text} for the second.",
        (one, other),
    )


def parse(text: str, zone: ZoneInfo) -> datetime:
    """An instant as people and files write it: `2026-06-08T07:00` on the shop's clock, with an offset, or with `Z`.

    A blank may stand for the `T`; seconds are dropped.

    Raises:
        UsageProblem: not such a text.
        Refused, TimeTwice: as `resolve`, for a text without an offset.
    """
    text = text.strip()
    try:
        if not _SHAPE.fullmatch(text):
            raise ValueError(text)
        moment = datetime.fromisoformat(text).replace(second=0, microsecond=0)
        if moment.tzinfo is None:
            return resolve(moment, zone)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise UsageProblem(
            f"{text[:40]!r} is not a date and time.",
            "Write it like 2026-06-08T07:00, or with an offset or Z.",
        ) from None


def parse_on(text: str, day: date, zone: ZoneInfo) -> datetime:
    """As `parse`; a bare time such as `7:05` is meant on `day`.

    Raises:
        UsageProblem, Refused, TimeTwice: as `parse`.
    """
    match = _BARE.fullmatch(text.strip())
    return parse(f"{day}T{int(match[1]):02}:{match[2]}" if match else text, zone)


def parse_minute(text: str, zone: ZoneInfo) -> int:
    """As `parse`, in whole minutes since the Unix epoch, UTC."""
    return minute_of(parse(text, zone))
