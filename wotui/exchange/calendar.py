"""The plan as an iCalendar file (RFC 5545), for the calendars that people carry with them.

An order that is planned for a time of day is an event of that length, one without a time a whole day, one that is due
without being planned a whole day that blocks no time. The identity of an event never changes, so a second import moves
it instead of doubling it. Times are written in UTC: every calendar knows it, and the file needs no zone of its own.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from wotui import clock
from wotui.domain.work_orders import STATUS_WORDS
from wotui.store.reads import schedule

if TYPE_CHECKING:
    from datetime import date
    from zoneinfo import ZoneInfo

    from wotui.domain.scheduling import Planned
    from wotui.store.file import Shop
    from wotui.store.reads.schedule import DueOrder

USUAL_MINUTES = 60
"""The length of an event whose order nobody estimated."""
_STATUS = {"draft": "TENTATIVE", "cancelled": "CANCELLED"}


def write(shop: Shop, first: date, last: date, *, person: str = "", with_due: bool = True) -> bytes:
    """The calendar of some days as a file's bytes; the same shop gives the same bytes while the clock stands.

    Args:
        shop: the open shop.
        first, last: the days, both included.
        person: the id of whose work; empty for everybody's.
        with_due: also what is due in these days without being planned at all.
    """
    from icalendar import Calendar

    calendar: Any = Calendar()
    calendar.add("prodid", "-//wotui//work orders//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", shop.setting("shop.name") or "wotui")
    stamp = clock.now()
    names = {hand.id: hand.name for hand in schedule.hands(shop, first, last)}
    for one in schedule.planned(shop, first, last):
        if not person or person in one.people:
            calendar.add_component(_planned(one, names, shop.zone, stamp))
    if with_due:
        for due in schedule.due_unplanned(shop, first, last):
            if not person or person in due.people:
                calendar.add_component(_due(due, stamp))
    made: bytes = calendar.to_ical()
    return made


def _planned(one: Planned, names: dict[str, str], zone: ZoneInfo, stamp: datetime) -> Any:
    event = _event(one.id, f"{one.number} {one.title}", one.where, stamp)
    who = ", ".join(names.get(person, "?") for person in one.people) or "nobody"
    event.add("description", f"{STATUS_WORDS.get(one.status, one.status)}; {who}")
    event.add("status", _STATUS.get(one.status, "CONFIRMED"))
    start = _wall_clock(one.at)
    if start is None:
        event.add("dtstart", one.on)
        event.add("dtend", one.on + timedelta(days=1))
    else:
        # A time that the clocks leave out moves on by what they leave out; one that exists twice is the first.
        begins = datetime.combine(one.on, start, zone).astimezone(UTC)
        event.add("dtstart", begins)
        event.add("dtend", begins + timedelta(minutes=one.share or USUAL_MINUTES))
    return event


def _due(one: DueOrder, stamp: datetime) -> Any:
    event = _event(f"{one.id}-due", f"Due: {one.number} {one.title}", one.where, stamp)
    event.add("dtstart", one.on)
    event.add("dtend", one.on + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    return event


def _event(identity: str, summary: str, where: str, stamp: datetime) -> Any:
    from icalendar import Event

    event: Any = Event()
    event.add("uid", f"{identity}@wotui")
    event.add("dtstamp", stamp)
    event.add("summary", summary)
    if where:
        event.add("location", where)
    return event


def _wall_clock(at: str) -> time | None:
    try:
        return time.fromisoformat(at) if at else None
    except ValueError:
        return None  # a merge may bring anything
