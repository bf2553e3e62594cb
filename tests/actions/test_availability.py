"""Who works how long: the shop's usual days, a person's week, holidays, single days, and what is planned."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from wotui.actions import availability as actions
from wotui.actions import undo
from wotui.errors import NotFound, Refused, UsageProblem
from wotui.store.reads import availability as reads

if TYPE_CHECKING:
    from wotui.store.file import Shop

WEDNESDAY, SATURDAY = date(2026, 6, 10), date(2026, 6, 13)


def holiday(shop: Shop, day: str) -> None:
    with shop.transaction() as tx:
        tx.insert("holiday", on_day=day, name="Founders' day")


def test_without_a_pattern_somebody_works_the_shops_days(shop: Shop) -> None:
    tom = builders.person(shop, "TB")
    assert reads.minutes(shop, tom, WEDNESDAY) == 480
    assert reads.minutes(shop, tom, SATURDAY) == 0
    holiday(shop, "2026-06-10")
    assert reads.minutes(shop, tom, WEDNESDAY) == 0


def test_a_pattern_beats_the_shops_days_and_a_holiday_beats_the_pattern(shop: Shop) -> None:
    tom = builders.person(shop, "TB")
    actions.set_week(shop, "TB", {6: "4"})
    assert reads.minutes(shop, tom, SATURDAY) == 240
    assert reads.minutes(shop, tom, WEDNESDAY) == 0
    holiday(shop, "2026-06-13")
    assert reads.minutes(shop, tom, SATURDAY) == 0
    actions.set_day(shop, "TB", "2026-06-13", "2:30", "stand-by")
    assert reads.minutes(shop, tom, SATURDAY) == 150


def test_a_weekday_can_be_taken_away_again(shop: Shop) -> None:
    tom = builders.person(shop, "TB")
    actions.set_week(shop, "TB", {1: "6"})
    actions.set_week(shop, "TB", {1: "", 2: ""})
    assert reads.pattern(shop, tom) == {}
    assert reads.minutes(shop, tom, WEDNESDAY) == 480


def test_nobody_works_before_they_came_or_after_they_left(shop: Shop) -> None:
    later = builders.person(shop, "TB", active_from="2026-06-11")
    left = builders.person(shop, "AN", active_to="2026-06-09")
    assert reads.minutes(shop, later, WEDNESDAY) == 0
    assert reads.minutes(shop, left, WEDNESDAY) == 0
    assert reads.minutes(shop, "nobody", WEDNESDAY) == 0


def test_what_is_planned_is_shared_by_those_who_are_on_it(shop: Shop) -> None:
    tom, ann = builders.person(shop, "TB"), builders.person(shop, "AN")
    on = {"planned_on": "2026-06-10", "status": "scheduled"}
    builders.order(shop, assign=(tom, ann), planned_minutes=90, **on)
    builders.order(shop, assign=(tom,), planned_minutes=30, **on)
    builders.order(shop, assign=(tom,), **on)  # nobody estimated it
    load = reads.planned(shop, WEDNESDAY, WEDNESDAY)
    assert (load[tom, WEDNESDAY], load[ann, WEDNESDAY]) == (75, 45)
    assert reads.days(shop, WEDNESDAY, WEDNESDAY)[tom, WEDNESDAY].planned == 75


def test_it_can_be_undone(shop: Shop) -> None:
    tom = builders.person(shop, "TB")
    actions.set_day(shop, "TB", "2026-06-10", "0", "sick")
    assert reads.days(shop, WEDNESDAY, WEDNESDAY)[tom, WEDNESDAY].note == "sick"
    undo.undo(shop)
    assert reads.minutes(shop, tom, WEDNESDAY) == 480
    actions.set_day(shop, "TB", "2026-06-10", "4")
    assert [row.minutes for row in reads.exceptions(shop, tom, WEDNESDAY)] == [240]
    actions.set_day(shop, "TB", "2026-06-10", "")
    assert reads.exceptions(shop, tom, WEDNESDAY) == []


def test_what_cannot_be_is_refused(shop: Shop) -> None:
    builders.person(shop, "TB")
    with pytest.raises(Refused, match="day as usual"):
        actions.set_day(shop, "TB", "2026-06-10", "")
    with pytest.raises(UsageProblem, match="not a day"):
        actions.set_day(shop, "TB", "someday", "0")
    with pytest.raises(UsageProblem, match="No weekday"):
        actions.set_week(shop, "TB", {8: "4"})
    with pytest.raises(NotFound):
        actions.set_week(shop, "ZZ", {1: "4"})
    shop.act_as("TB")
    with pytest.raises(Refused, match="supervisor"):
        actions.set_week(shop, "TB", {1: "4"})


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("8", 480),
        ("7.5", 450),
        ("7,25", 435),
        ("7:30", 450),
        ("450m", 450),
        ("0", 0),
        ("24", 1440),
        (" 8 h", 480),
    ],
)
def test_hours_are_typed_as_people_do(typed: str, minutes: int) -> None:
    assert actions.read_minutes(typed) == minutes


@pytest.mark.parametrize("typed", ["", "25", "24:01", "long", "-1", "1441m", "7:60", "m"])
def test_what_is_no_length_of_time_is_refused(typed: str) -> None:
    with pytest.raises(UsageProblem):
        actions.read_minutes(typed)
