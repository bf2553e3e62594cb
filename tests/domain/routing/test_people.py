"""Whoever is available: trade, area, working that day, the least planned, and of equals always the same one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wotui.domain.routing.people import Worker, whoever

if TYPE_CHECKING:
    from random import Random

ANN = Worker("a", "Ann", frozenset({"hvac"}), minutes=480, planned=120)
BEN = Worker("b", "Ben", frozenset({"hvac", "electrical"}), minutes=480, planned=60)
CAL = Worker("c", "Cal", frozenset({"electrical"}), frozenset({"hall-2"}), minutes=480)
HERE = ("room", "hall-1")


def test_the_one_with_the_least_planned_gets_it() -> None:
    assert whoever([ANN, BEN], "HVAC", HERE) == BEN


def test_somebody_who_does_not_work_that_day_does_not() -> None:
    away = Worker("b", "Ben", frozenset({"hvac"}), minutes=0)
    assert whoever([ANN, away], "HVAC", HERE) == ANN


def test_somebody_of_another_area_does_not() -> None:
    assert whoever([CAL], "electrical", HERE) is None
    assert whoever([CAL], "electrical", ("desk", "hall-2")) == CAL


def test_nobody_with_the_trade_is_nobody() -> None:
    assert whoever([ANN, BEN, CAL], "masonry", HERE) is None


def test_without_a_trade_anybody_will_do() -> None:
    assert whoever([ANN, BEN], "", ()) == BEN


def test_somebody_bound_to_an_area_is_not_sent_where_nobody_knows_where() -> None:
    assert whoever([CAL], "", ()) is None


WORKERS = st.lists(
    st.builds(
        Worker,
        id=st.text("abcdef", min_size=1, max_size=3),
        name=st.just("X"),
        trades=st.frozensets(st.sampled_from(["hvac", "electrical"])),
        areas=st.frozensets(st.sampled_from(["hall-1", "hall-2"])),
        minutes=st.sampled_from([0, 240, 480]),
        planned=st.sampled_from([0, 60, 120]),
    ),
    max_size=12,
    unique_by=lambda worker: worker.id,
)


@given(WORKERS, st.randoms(), st.sampled_from(["", "HVAC"]))
def test_who_gets_it_does_not_depend_on_how_the_list_is_sorted(
    workers: list[Worker], random: Random, trade: str
) -> None:
    chosen = whoever(workers, trade, HERE)
    mixed = list(workers)
    random.shuffle(mixed)
    assert whoever(mixed, trade, HERE) == chosen
    for worker in workers:
        if chosen is not None and worker.suits(trade, HERE):
            assert (chosen.planned, chosen.id) <= (worker.planned, worker.id)
    if chosen is None:
        assert not any(worker.suits(trade, HERE) for worker in workers)


@pytest.mark.parametrize("planned", [0, 60, 61])
def test_one_more_planned_minute_decides(planned: int) -> None:
    other = Worker("z", "Zoe", frozenset({"hvac"}), minutes=480, planned=planned)
    assert whoever([BEN, other], "hvac", HERE) == (other if planned < 60 else BEN)
