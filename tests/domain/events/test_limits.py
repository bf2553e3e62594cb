"""When readings fire: N in a row, once for one excursion, and armed again by the hysteresis or by work that is done."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wotui.domain.events.limits import Limits, Watch, watched

HOT = Limits(high=80, consecutive=3, hysteresis=5)


def fired(limits: Limits, values: list[int]) -> list[int]:
    """The numbers of the readings that fire."""
    state, found = Watch(), list[int]()
    for number, value in enumerate(values):
        state, fires = state.after(limits, value)
        if fires:
            found.append(number)
    return found


@pytest.mark.parametrize(
    ("values", "numbers"),
    [
        ([81, 81, 81], [2]),
        ([81, 81], []),
        ([81, 80, 81, 81], []),  # the limit itself is good, and ends the row
        ([81, 81, 81, 81, 81, 81], [2]),  # one excursion is one event
        ([81, 81, 81, 78, 81, 81, 81], [2]),  # 78 is inside, but not by 5: it trembles
        ([81, 81, 81, 75, 81, 81, 81], [2, 6]),  # 75 is
        ([81, 81, 81, 75, 81, 81], [2]),
        ([], []),
    ],
)
def test_readings_beyond_a_limit_fire(values: list[int], numbers: list[int]) -> None:
    assert fired(HOT, values) == numbers


@pytest.mark.parametrize(
    ("limits", "values", "numbers"),
    [
        (Limits(low=10), [10, 9], [1]),
        (Limits(low=10), [9, 10, 9], [0, 2]),
        (Limits(low=10, hysteresis=2), [9, 11, 9], [0]),
        (Limits(low=10, hysteresis=2), [9, 12, 9], [0, 2]),
        (Limits(low=10, high=20), [5, 25, 15, 25], [0, 3]),
        (Limits(low=10, high=20, consecutive=2), [5, 25], [1]),
        (Limits(high=80), [81], [0]),
        (Limits(high=80, consecutive=0), [81], [0]),
        (Limits(), [10**9], []),
    ],
)
def test_both_limits_count(limits: Limits, values: list[int], numbers: list[int]) -> None:
    assert fired(limits, values) == numbers


def test_when_the_work_is_done_the_count_begins_anew() -> None:
    readings = [("t1", 81), ("t2", 81), ("t3", 81), ("t5", 81), ("t6", 81)]
    quiet, again = watched(HOT, readings), watched(HOT, readings, finished=["t4"])
    assert quiet.after(HOT, 81)[1] is False
    assert again.after(HOT, 81)[1] is True


def test_work_done_after_the_last_reading_counts_too() -> None:
    assert watched(HOT, [("t1", 81), ("t2", 81), ("t3", 81)], finished=["t9"]) == Watch()


VALUES = st.lists(st.integers(60, 100), max_size=60)
LIMITS = st.builds(Limits, high=st.just(80), consecutive=st.integers(1, 4), hysteresis=st.integers(0, 10))


@given(LIMITS, VALUES)
def test_between_two_events_a_reading_was_back_inside(limits: Limits, values: list[int]) -> None:
    numbers = fired(limits, values)
    for first, second in pairwise(numbers):
        assert any(limits.back(value) for value in values[first + 1 : second])
    for number in numbers:
        row = values[number - limits.consecutive + 1 : number + 1]
        assert len(row) == limits.consecutive
        assert all(limits.beyond(value) for value in row)


@given(LIMITS, VALUES, VALUES)
def test_readings_in_two_parts_stand_where_all_together_stand(
    limits: Limits, first: list[int], second: list[int]
) -> None:
    numbered = [(f"{number:04}", value) for number, value in enumerate(first + second)]
    state = watched(limits, numbered[: len(first)])
    for value in second:
        state, _ = state.after(limits, value)
    assert state == watched(limits, numbered)


def test_limits_are_said_in_words() -> None:
    assert Limits(high=80_000).words(85_500, "°C") == "85.5 °C, above 80 °C"
    assert Limits(low=2000).words(1000, "bar") == "1 bar, below 2 bar"
    assert Limits(low=2000).words(3000, "bar") == "3 bar"
