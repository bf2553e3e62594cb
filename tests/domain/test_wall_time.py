"""Wall times of the shop: the hour that does not exist and the one that comes twice."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wotui.domain import wall_time
from wotui.errors import Refused, UsageProblem

CHICAGO = ZoneInfo("America/Chicago")


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-06-08T07:00", "2026-06-08T12:00:00+00:00"),
        ("2026-06-08 07:00", "2026-06-08T12:00:00+00:00"),
        ("2026-06-08T07:00:59", "2026-06-08T12:00:00+00:00"),
        ("2026-06-08T07:00Z", "2026-06-08T07:00:00+00:00"),
        ("2026-06-08T07:00-05:00", "2026-06-08T12:00:00+00:00"),
        ("2026-11-01T01:30-05:00", "2026-11-01T06:30:00+00:00"),
        ("2026-11-01T01:30-06:00", "2026-11-01T07:30:00+00:00"),
        ("2026-01-08T07:00", "2026-01-08T13:00:00+00:00"),
    ],
)
def test_a_time_is_read_on_the_shops_clock_unless_it_says_otherwise(text: str, instant: str) -> None:
    assert wall_time.parse(text, CHICAGO).isoformat() == instant


def test_a_spring_time_that_does_not_exist_is_refused_with_its_two_neighbours() -> None:
    with pytest.raises(Refused) as refusal:
        wall_time.parse("2026-03-08T02:30", CHICAGO)
    assert "2026-03-08 02:30 does not exist in America/Chicago" in refusal.value.what
    assert refusal.value.way_out == "Use 01:59 or 03:00."


def test_an_autumn_time_that_comes_twice_asks_which_one() -> None:
    with pytest.raises(wall_time.TimeTwice) as refusal:
        wall_time.parse("2026-11-01T01:30", CHICAGO)
    first, second = refusal.value.readings
    assert (first.word, first.name, first.text) == ("first", "CDT", "2026-11-01T01:30-05:00")
    assert (second.word, second.name, second.text) == ("second", "CST", "2026-11-01T01:30-06:00")
    assert wall_time.parse(first.text, CHICAGO) == first.moment
    assert first.text in str(refusal.value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tomorrow",
        "2026-06-08",
        "07:00",
        "2026-13-08T07:00",
        "2026-06-08T25:00",
        "9999-12-31T23:59",
        "08.06.2026 07:00",
    ],
)
def test_what_is_not_a_date_and_time_is_a_usage_problem(text: str) -> None:
    with pytest.raises(UsageProblem):
        wall_time.parse(text, ZoneInfo("America/Chicago"))


def test_a_day_whose_midnight_is_skipped_begins_after_the_gap() -> None:
    cairo = ZoneInfo("Africa/Cairo")
    begins = wall_time.first_minute(datetime.fromisoformat("2026-04-24"), cairo)
    assert f"{wall_time.local(begins, cairo):%H:%M}" == "01:00"
    assert f"{wall_time.local(begins - 1, cairo):%Y-%m-%d %H:%M}" == "2026-04-23 23:59"


ZONES = sorted(
    zone for zone in available_timezones() if "/" in zone and not zone.startswith(("posix", "right"))
)


@given(
    st.datetimes(datetime.fromisoformat("1975-01-01"), datetime.fromisoformat("2035-01-01")).map(
        lambda when: when.replace(second=0, microsecond=0)
    ),
    st.sampled_from(ZONES),
)
@settings(max_examples=300)
def test_every_resolved_time_is_shown_again_as_it_was_typed(wall: datetime, name: str) -> None:
    zone = ZoneInfo(name)
    try:
        moments = [wall_time.resolve(wall, zone)]
    except wall_time.TimeTwice as twice:
        moments = [reading.moment for reading in twice.readings]
        assert len(set(moments)) == 2
    except Refused:
        assert not wall_time.exists(wall, zone)
        return
    for moment in moments:
        assert moment.tzinfo is UTC
        assert wall_time.local(wall_time.minute_of(moment), zone).replace(tzinfo=None) == wall
