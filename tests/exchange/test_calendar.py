"""The plan in other people's calendars: read back by a parser, whatever the titles hold."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from icalendar import Calendar

from tests.kit import builders
from tests.kit.hostile_shop import CONTROL_TEXTS, MARKUP_TEXTS
from wotui.actions import lifecycle, scheduling, work_orders
from wotui.exchange import calendar

if TYPE_CHECKING:
    from tests.kit.clock import FrozenClock
    from wotui.store.file import Shop

MONDAY, SUNDAY = date(2026, 6, 8), date(2026, 6, 14)


@pytest.fixture
def order(shop: Shop, frozen_clock: FrozenClock) -> str:
    frozen_clock.set("2026-06-08T12:00:00Z")
    made = builders.order(
        shop, "Grease, then paint; both", status="ready", place_id=builders.place(shop), planned_minutes=90
    )
    scheduling.move(shop, [made], date(2026, 6, 9), person=builders.person(shop, "ANN", "Ann Able"))
    return made


def events(shop: Shop, **options: Any) -> list[Any]:
    return events_of(calendar.write(shop, MONDAY, SUNDAY, **options))


def events_of(made: bytes) -> list[Any]:
    reader: Any = Calendar
    return list(reader.from_ical(made).walk("VEVENT"))


def test_work_without_a_time_of_day_takes_the_whole_day(shop: Shop, order: str) -> None:
    [event] = events(shop)
    assert (event["summary"], event["location"]) == ("W-A0001 Grease, then paint; both", "HALL-1")
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2026, 6, 9), date(2026, 6, 10))
    assert "Ann Able" in event["description"]


def test_work_with_a_time_begins_then_in_the_shops_zone_and_lasts_its_estimate(
    shop: Shop, order: str
) -> None:
    lifecycle.plan(shop, [order], "2026-06-09", "07:30")
    [event] = events(shop)
    assert event["dtstart"].dt == datetime(2026, 6, 9, 12, 30, tzinfo=UTC)  # Chicago, five hours behind
    assert event["dtend"].dt == datetime(2026, 6, 9, 14, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "at", "begins"),
    [
        ("2026-03-08", "02:30", datetime(2026, 3, 8, 8, 30, tzinfo=UTC)),  # left out: 03:30 after the change
        ("2026-11-01", "01:30", datetime(2026, 11, 1, 6, 30, tzinfo=UTC)),  # twice: the first
    ],
)
def test_a_time_that_the_clocks_leave_out_or_repeat_has_one_place(
    shop: Shop, order: str, day: str, at: str, begins: datetime
) -> None:
    lifecycle.plan(shop, [order], day, at)
    made = calendar.write(shop, date.fromisoformat(day), date.fromisoformat(day))
    [event] = events_of(made)
    assert event["dtstart"].dt == begins


def test_an_event_keeps_its_identity_when_the_work_moves(shop: Shop, order: str) -> None:
    [before] = events(shop)
    scheduling.move(shop, [order], date(2026, 6, 11))
    [after] = events(shop)
    assert after["uid"] == before["uid"]
    assert after["dtstart"].dt == date(2026, 6, 11)


def test_what_is_due_without_a_day_stands_there_without_blocking_time(shop: Shop, order: str) -> None:
    builders.order(shop, "Paint", status="ready", place_id=builders.place(shop, "B"), due_on="2026-06-12")
    [due] = [event for event in events(shop) if event["summary"].startswith("Due:")]
    assert (due["dtstart"].dt, due["transp"]) == (date(2026, 6, 12), "TRANSPARENT")
    assert len(events(shop, with_due=False)) == 1


def test_a_persons_calendar_holds_only_their_work(shop: Shop, order: str) -> None:
    bob = builders.person(shop, "BOB")
    assert events(shop, person=bob) == []
    work_orders.assign(shop, [order], ["BOB"])
    assert len(events(shop, person=bob)) == 1


def test_the_same_plan_gives_the_same_bytes_in_lines_of_75_octets(shop: Shop, order: str) -> None:
    work_orders.edit(shop, [order], {"title": "Ä" * 100})
    made = calendar.write(shop, MONDAY, SUNDAY)
    assert made == calendar.write(shop, MONDAY, SUNDAY)
    assert max(map(len, made.split(b"\r\n"))) <= 75
    assert b"\n" not in made.replace(b"\r\n", b"")


def test_whatever_a_title_holds_it_stays_one_event(shop: Shop, order: str) -> None:
    for title in (*MARKUP_TEXTS, *CONTROL_TEXTS):
        with shop.transaction() as tx:
            tx.update("work_order", order, title=title)
        [event] = events(shop)
        assert event["summary"].startswith("W-A0001"), title
