"""What holds for any plan, whatever it says and on whatever days it is run."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from wotui.domain.plans.deciding import decide
from wotui.domain.plans.plan import Entry, Plan, Row
from wotui.domain.plans.shifts import WorkingDays, season_from

START = date(2024, 1, 1)
days = st.integers(0, 600).map(lambda number: START + timedelta(days=number))
month_days = days.map(lambda day: f"{day:%m-%d}")
seasons = st.lists(st.builds("{}..{}".format, month_days, month_days), max_size=2).map(season_from)
plans = st.builds(
    Plan,
    anchor_on=days,
    basis=st.sampled_from(["fixed", "floating", "meter", "fixed_or_meter", "floating_or_meter"]),
    every=st.integers(1, 5),
    unit=st.sampled_from(["day", "week", "month", "year"]),
    weekdays=st.sets(st.integers(0, 6)).map(tuple),
    month_rule=st.sampled_from(["same_day", "last_day", "nth_weekday"]),
    skip_every=st.sampled_from([0, 0, 2, 3]),
    lead_days=st.integers(0, 20),
    open_policy=st.sampled_from(["one_open", "stack"]),
    catch_up=st.sampled_from(["latest", "all", "none"]),
    season=seasons,
    season_policy=st.sampled_from(["skip", "defer"]),
    nonworking=st.sampled_from(["keep", "next", "previous"]),
    working=st.builds(WorkingDays, holidays=st.frozensets(days, max_size=4)),
    until_on=st.none() | days,
    max_count=st.none() | st.integers(1, 9),
    since_on=st.none() | days,
    paused_from=st.none() | days,
    paused_to=st.none() | days,
    override_next_on=st.none() | days,
    every_units=st.integers(1, 50),
    meter_floating=st.booleans(),
)
steps = st.lists(st.tuples(days, st.integers(0, 500), st.booleans()), max_size=12)


def kept(row: Row) -> Entry:
    return Entry(
        row.nominal_on, row.state, row.through_on, row.due_on, order_id=row.cause, threshold=row.threshold
    )


class Shop:
    """One asset under one plan: the ledger, and every order that was ever made."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.ledger: list[Entry] = []
        self.orders: list[str] = []

    def run(self, today: date, reading: int | None) -> tuple[Row, ...]:
        decided = decide(self.plan, self.ledger, today, reading)
        self.ledger += map(kept, decided.rows)
        self.orders += [row.cause for row in decided.rows if row.state == "open"]
        if decided.override_used:
            self.plan = replace(self.plan, override_next_on=None)
        return decided.rows

    def finish(self, today: date, reading: int) -> None:
        for place, entry in enumerate(self.ledger):
            if entry.state == "open":
                self.ledger[place] = replace(entry, state="done", done_on=today, done_value=reading)
                return

    @property
    def open(self) -> int:
        return sum(entry.state == "open" for entry in self.ledger)


@given(plans, steps)
def test_a_second_run_on_the_same_day_makes_no_order(plan: Plan, steps: list[tuple[date, int, bool]]) -> None:
    shop = Shop(plan)
    for today, reading, finish in steps:
        shop.run(today, reading)
        assert not [row for row in shop.run(today, reading) if row.state == "open"]
        if finish:
            shop.finish(today, reading)


@given(plans, steps)
def test_with_one_open_there_is_never_a_second(plan: Plan, steps: list[tuple[date, int, bool]]) -> None:
    shop = Shop(replace(plan, open_policy="one_open"))
    for today, reading, finish in steps:
        shop.run(today, reading)
        assert shop.open <= 1
        if finish:
            shop.finish(today, reading)


@given(plans.map(lambda plan: replace(plan, basis="fixed")), steps)
def test_what_the_ledger_says_is_never_decided_again(plan: Plan, steps: list[tuple[date, int, bool]]) -> None:
    shop = Shop(plan)
    for today, reading, finish in steps:
        before = [(entry.nominal_on, entry.last_on) for entry in shop.ledger]
        for row in shop.run(today, reading):
            assert not [1 for first, last in before if first <= row.through_on and row.nominal_on <= last]
        if finish:
            shop.finish(today, reading)
    assert len(set(shop.orders)) == len(shop.orders)


@given(plans.map(lambda plan: replace(plan, override_next_on=None, paused_from=None)), st.data())
def test_shuffled_and_repeated_days_make_the_same_orders(plan: Plan, data: st.DataObject) -> None:
    plan = replace(plan, basis="fixed", open_policy="stack", catch_up="all", lead_days=0)
    chosen = data.draw(st.lists(days, min_size=1, max_size=8))
    again = data.draw(st.permutations(chosen + chosen))
    made: list[set[str]] = []
    for sequence in (sorted(chosen), again):
        shop = Shop(plan)
        for today in sequence:
            shop.run(today, None)
        made.append(set(shop.orders))
        assert len(shop.orders) == len(made[-1])
    assert made[0] == made[1]


@given(plans, steps)
def test_a_clock_set_back_makes_nothing_new_while_an_order_is_open(
    plan: Plan, steps: list[tuple[date, int, bool]]
) -> None:
    shop = Shop(replace(plan, open_policy="one_open"))
    for today, reading, _ in steps:
        shop.run(today, reading)
    assert len(shop.orders) <= 1
