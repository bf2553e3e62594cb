"""What holds for any plan on a real shop's file, whatever it says and on whatever days it is run."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.actions.plans.world import finish, orders, plan, run
from tests.kit import builders
from wotui import clock
from wotui.actions import undo
from wotui.errors import Problem
from wotui.store.file import Shop

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

START = date(2026, 6, 10)
Typed = dict[str, str]
days = st.integers(0, 500).map(lambda number: START + timedelta(days=number))
month_days = days.map(lambda day: f"{day:%m-%d}")
typed_plans = st.fixed_dictionaries(
    {
        "basis": st.sampled_from(["fixed", "fixed", "floating"]),
        "first": days.map(str),
        "every": st.integers(1, 4).map(str),
        "unit": st.sampled_from(["day", "week", "month", "year"]),
        "ahead": st.sampled_from(["0", "1", "5"]),
        "month_rule": st.sampled_from(["same_day", "last_day"]),
        "catch_up": st.sampled_from(["latest", "all", "none"]),
        "open_policy": st.sampled_from(["one_open", "one_open", "stack"]),
        "season": st.sampled_from(["", "04-01..10-31"]),
        "season_policy": st.sampled_from(["skip", "defer"]),
        "nonworking": st.sampled_from(["keep", "next", "previous"]),
    }
)
steps = st.lists(st.tuples(st.integers(0, 40), st.booleans()), min_size=1, max_size=6)
few = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def shop_with_a_pump(empty_shop_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pump") / "shop.wotui"
    shutil.copy(empty_shop_file, path)
    with clock.freeze("2026-06-10T17:00:00Z"), Shop.open(path) as shop:
        builders.asset(shop, "PUMP-01")
    return path


@contextmanager
def shop_with(path: Path, typed: Typed) -> Generator[Shop | None]:
    """A copy of the shop with this plan; None where the plan cannot be."""
    copy = path.with_name("copy.wotui")
    shutil.copy(path, copy)
    with at(START), Shop.open(copy) as shop:
        shop.act_as("JD")
        try:
            plan(shop, **typed)
        except Problem:
            yield None
        else:
            yield shop


@contextmanager
def at(day: date) -> Generator[None]:
    with clock.freeze(f"{day}T17:00:00Z"):
        yield


def rows(shop: Shop) -> dict[str, tuple[Any, ...]]:
    found = shop.rows(
        "SELECT id, nominal_on, through_on, due_on, state, count, cause, done_on FROM occurrence"
        " WHERE deleted_at IS NULL"
    )
    return {row[0]: row[1:] for row in found}


@given(typed_plans, steps)
@few
def test_running_twice_makes_nothing_twice_and_changes_no_row(
    shop_with_a_pump: Path, typed: Typed, steps: list[tuple[int, bool]]
) -> None:
    with shop_with(shop_with_a_pump, typed) as shop:
        day = START
        for later, done in steps if shop else ():
            assert shop is not None
            day += timedelta(days=later)
            with at(day):
                before = rows(shop)
                run(shop)
                after = rows(shop)
                assert {identity: after[identity] for identity in before} == before
                assert run(shop).records == ()
                assert rows(shop) == after
                ready = orders(shop, status="ready")
                if typed["open_policy"] == "one_open":
                    assert len(ready) <= 1
                if done and ready:
                    finish(shop, ready[0].number)
                    assert run(shop).records == (), "finishing has run the plan already"


@given(typed_plans, st.lists(days, min_size=1, max_size=4), st.randoms(use_true_random=False))
@few
def test_shuffled_and_repeated_days_make_the_same_orders(
    shop_with_a_pump: Path, typed: Typed, chosen: list[date], random: Any
) -> None:
    statutory = {
        **typed,
        "basis": "fixed",
        "open_policy": "stack",
        "catch_up": "all",
        "ahead": "0",
        "unit": "month",
    }
    mixed = chosen + chosen
    random.shuffle(mixed)
    made: list[set[str]] = []
    for sequence in (sorted(chosen), mixed):
        with shop_with(shop_with_a_pump, statutory) as shop:
            for day in sequence if shop else ():
                assert shop is not None
                with at(day):
                    run(shop, sure=True)
            made.append(dates(shop) if shop else set())
    assert made[0] == made[1]


def dates(shop: Shop) -> set[str]:
    """What the orders' ids are made of, beside the plan's own id, which each copy of the shop gives anew."""
    found = [
        row[0]
        for row in shop.rows("SELECT cause FROM occurrence WHERE state = 'open' AND deleted_at IS NULL")
    ]
    assert len(found) == len(set(found)) == len(orders(shop))
    return set(found)


@given(typed_plans, steps)
@few
def test_undoing_every_step_leaves_the_shop_as_it_was(
    shop_with_a_pump: Path, typed: Typed, steps: list[tuple[int, bool]]
) -> None:
    with shop_with(shop_with_a_pump, typed) as shop:
        if shop is None:
            return
        day, acts = START, 0
        for later, _ in steps:
            day += timedelta(days=later)
            with at(day):
                acts += run(shop).act is not None
        with at(day):
            for _ in range(acts):
                undo.undo(shop)
            assert (orders(shop), rows(shop)) == ([], {})
            for _ in range(acts):
                undo.redo(shop)
            assert run(shop).records == ()
