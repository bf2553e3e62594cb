"""Standstills: which overlap, and how those that two computers noted become one."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wotui.domain.downtime import Interval, joined

if TYPE_CHECKING:
    from random import Random


def at(hour: int) -> str:
    return f"2026-06-{10 + hour // 24:02}T{hour % 24:02}:00:00Z" if hour >= 0 else ""


def stood(start: int, end: int = -1, asset: str = "p1", kind: str = "unplanned", note: str = "") -> Interval:
    return Interval(asset, at(start), at(end), kind, note)


@pytest.mark.parametrize(
    ("first", "second", "overlap"),
    [
        (stood(1, 3), stood(2, 4), True),
        (stood(1, 3), stood(3, 4), False),
        (stood(1, 9), stood(2, 4), True),
        (stood(1), stood(5, 6), True),
        (stood(5), stood(1, 4), False),
        (stood(1), stood(2), True),
        (stood(1, 3), stood(2, 4, asset="p2"), False),
    ],
)
def test_two_standstills_overlap_or_not(first: Interval, second: Interval, *, overlap: bool) -> None:
    assert first.overlaps(second) is overlap
    assert second.overlaps(first) is overlap


def test_overlapping_standstills_become_one_and_it_is_told() -> None:
    (one,) = joined([stood(1, 3, note="belt"), stood(2, 5, kind="planned", note="motor"), stood(4, 6)])
    assert one == Interval("p1", at(1), at(6), "unplanned", "belt; motor", 3)


def test_while_one_of_them_lasts_the_whole_lasts() -> None:
    (one,) = joined([stood(1, 3), stood(2)])
    assert one.lasts
    assert one.minutes(at(6)) == 300


def test_how_long_it_took_is_whole_minutes() -> None:
    assert stood(1, 3).minutes(at(9)) == 120
    assert stood(5).minutes(at(1)) == 0  # somebody's clock ran ahead


INTERVALS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 10), st.sampled_from(["p1", "p2"]), st.booleans()),
    max_size=8,
).map(
    lambda drawn: [
        stood(start, -1 if lasts else start + length, asset) for start, length, asset, lasts in drawn
    ]
)


@given(INTERVALS, st.randoms())
def test_joining_loses_no_hour_adds_none_and_does_not_depend_on_order(
    intervals: list[Interval], random: Random
) -> None:
    whole = joined(intervals)
    mixed = list(intervals)
    random.shuffle(mixed)
    assert joined(mixed) == whole
    assert joined(whole) == whole
    assert sum(one.joined for one in whole) == len(intervals)
    for before, after in pairwise(whole):
        assert not before.overlaps(after)
    for asset in ("p1", "p2"):
        for hour in range(60):
            moment = Interval(asset, at(hour), at(hour + 1))
            assert any(one.overlaps(moment) for one in intervals) == any(
                one.overlaps(moment) for one in whole
            )
