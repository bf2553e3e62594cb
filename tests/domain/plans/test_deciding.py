"""What a plan makes due: absence, late work, seasons, pauses, one-time dates, completions and meters."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date, timedelta

from wotui.domain.plans.coming import coming
from wotui.domain.plans.deciding import decide
from wotui.domain.plans.plan import Entry, Plan, Row
from wotui.domain.plans.settling import Bigger, nested, settled_early
from wotui.domain.plans.shifts import WorkingDays, season_from

MONDAY = date(2025, 1, 6)
WEEKLY = Plan(MONDAY, unit="week")
DAILY = Plan(MONDAY, unit="day")
HOURS = Plan(MONDAY, "meter", every_units=500_000, meter_base=0)


def told(rows: tuple[Row, ...]) -> list[str]:
    """`open 01-06`, or `missed ×3 01-06..01-20`, with the due date behind where it differs."""
    return [
        f"{row.state} {row.nominal_on:%m-%d}"
        + (f"→{row.due_on:%m-%d}" if row.due_on != row.nominal_on else "")
        + (f"..{row.through_on:%m-%d} ×{row.count}" if row.count > 1 else "")
        for row in rows
    ]


def run(plan: Plan, today: date, *ledger: Entry, reading: int | None = None) -> list[str]:
    return told(decide(plan, ledger, today, reading).rows)


def done(nominal: date, on: date, **more: object) -> Entry:
    return replace(Entry(nominal, "done", done_on=on), **more)  # pyright: ignore[reportArgumentType] - fields of Entry


# absence


def test_two_years_away_from_a_daily_plan_is_one_row_and_one_order() -> None:
    rows = decide(DAILY, [], date(2027, 1, 6)).rows
    assert told(rows) == ["missed 01-06..01-05 ×730", "open 01-06"]
    assert rows[0].through_on == date(2027, 1, 5)


def calls_of_a_run(years: int) -> int:
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        decide(DAILY, [], date(2025 + years, 1, 6))
    finally:
        sys.setprofile(None)
    return calls


def test_the_cost_of_a_run_does_not_grow_with_the_gap() -> None:
    calls_of_a_run(1)
    assert calls_of_a_run(1000) < 3 * calls_of_a_run(1)


def test_after_a_long_absence_an_asset_is_never_left_without_an_order() -> None:
    quarterly = Plan(date(2025, 1, 1), every=3, window_after=5)
    assert run(quarterly, date(2025, 8, 30)) == ["missed 01-01..04-01 ×2", "open 07-01"]


def test_a_date_past_its_window_gives_way_to_the_next_one_inside_the_horizon() -> None:
    plan = replace(WEEKLY, lead_days=3, window_after=1)
    assert run(plan, date(2025, 1, 11)) == ["missed 01-06", "open 01-13"]


def test_a_statutory_plan_catches_up_one_at_a_time() -> None:
    plan = replace(WEEKLY, catch_up="all")
    assert run(plan, date(2025, 2, 1)) == ["open 01-06"]
    late = done(MONDAY, date(2025, 2, 1))
    assert run(plan, date(2025, 2, 1), late) == ["open 01-13"]


def test_nothing_comes_from_before_the_plan_was_made() -> None:
    plan = replace(WEEKLY, since_on=date(2025, 3, 1))
    assert run(plan, date(2025, 3, 2)) == []
    assert run(plan, date(2025, 3, 3)) == ["open 03-03"]
    assert run(replace(plan, catch_up="all"), date(2025, 3, 2)) == ["open 01-06"]


# late and early work


def test_the_job_done_late_does_not_come_again_next_morning() -> None:
    late = done(MONDAY, date(2025, 1, 28))
    assert run(WEEKLY, date(2025, 1, 29), late) == ["missed 01-13..01-27 ×3"]
    assert run(WEEKLY, date(2025, 2, 3), late)[-1] == "open 02-03"


def test_while_an_order_is_open_nothing_is_decided() -> None:
    assert run(WEEKLY, date(2025, 6, 1), Entry(MONDAY, "open")) == []


def test_stacked_orders_lie_beside_each_other() -> None:
    plan = replace(WEEKLY, open_policy="stack", lead_days=14)
    assert run(plan, date(2025, 1, 20)) == [
        "missed 01-06..01-13 ×2",
        "open 01-20",
        "open 01-27",
        "open 02-03",
    ]


def test_work_done_early_inside_the_window_settles_the_next_date() -> None:
    plan = replace(WEEKLY, window_before=2)
    assert settled_early(plan, [], date(2025, 1, 3)) is None
    settled = settled_early(plan, [], date(2025, 1, 4))
    assert settled is not None
    assert told((settled,)) == ["done 01-06"]


# seasons, pauses, ends


def test_out_of_season_dates_are_skipped_in_one_row() -> None:
    mowing = replace(WEEKLY, season=season_from(["04-01..10-31"]))
    assert run(mowing, date(2025, 4, 7)) == ["skipped 01-06..03-31 ×13", "open 04-07"]


def test_deferred_dates_meet_on_the_first_day_of_the_season_and_are_one() -> None:
    mowing = Plan(
        date(2025, 11, 15), season=season_from(["04-01..10-31"]), season_policy="defer", catch_up="all"
    )
    assert run(mowing, date(2026, 3, 31)) == []
    assert run(mowing, date(2026, 4, 1)) == ["open 11-15→04-01", "merged 12-15→04-01..03-15 ×4"]


def test_what_falls_into_a_pause_is_skipped_and_never_caught_up() -> None:
    plan = replace(WEEKLY, paused_from=date(2025, 1, 10), paused_to=date(2025, 1, 31), catch_up="all")
    settled = done(MONDAY, MONDAY)
    assert run(plan, date(2025, 1, 22), settled) == ["skipped 01-13..01-20 ×2"]
    assert run(plan, date(2025, 2, 3), settled) == ["skipped 01-13..01-27 ×3", "open 02-03"]


def test_a_plan_ends_by_its_date_and_by_its_count() -> None:
    stacked = replace(WEEKLY, open_policy="stack", catch_up="all")
    year = date(2026, 1, 1)
    assert run(replace(stacked, until_on=date(2025, 1, 19)), year) == ["open 01-06", "open 01-13"]
    assert run(replace(stacked, max_count=3), year) == ["open 01-06", "open 01-13", "open 01-20"]
    floating = replace(WEEKLY, basis="floating", max_count=1)
    assert run(floating, year, done(MONDAY, MONDAY)) == []


def test_a_one_time_date_moves_the_next_order_and_not_the_anchor() -> None:
    plan = Plan(date(2025, 3, 1), override_next_on=date(2025, 3, 20))
    assert run(plan, date(2025, 3, 19)) == []
    decided = decide(plan, [], date(2025, 3, 20))
    assert told(decided.rows) == ["open 03-01→03-20"]
    assert decided.override_used
    after = done(date(2025, 3, 1), date(2025, 3, 20))
    assert run(replace(plan, override_next_on=None), date(2025, 4, 1), after) == ["open 04-01"]


def test_a_one_time_date_may_come_before_the_next_one() -> None:
    plan = Plan(date(2025, 3, 1), override_next_on=date(2025, 2, 20))
    assert run(plan, date(2025, 2, 20)) == ["open 03-01→02-20"]


def test_a_one_time_date_passes_over_what_was_due_until_then() -> None:
    plan = replace(WEEKLY, override_next_on=date(2025, 1, 22))
    assert run(plan, date(2025, 1, 22)) == ["missed 01-06..01-13 ×2", "open 01-20→01-22"]


def test_stacked_orders_behind_a_one_time_date_come_in_the_same_run() -> None:
    plan = replace(WEEKLY, open_policy="stack", override_next_on=date(2025, 1, 8))
    assert run(plan, date(2025, 1, 13)) == ["open 01-06→01-08", "open 01-13"]


# floating


def test_absence_from_a_floating_plan_yields_one_overdue_order() -> None:
    monthly = Plan(MONDAY, "floating")
    ledger = [done(MONDAY, date(2025, 1, 31), order_id="first")]
    decided = decide(monthly, ledger, date(2027, 1, 1))
    assert told(decided.rows) == ["open 02-28"]
    assert decided.rows[0].cause == "first"


def test_a_floating_plan_never_done_comes_first_on_the_day_it_was_made() -> None:
    made = Plan(MONDAY, "floating", since_on=date(2025, 5, 5))
    assert run(made, date(2025, 5, 4)) == []
    assert run(made, date(2025, 6, 1)) == ["open 05-05"]


def test_a_cancelled_order_skipped_on_purpose_moves_a_floating_plan_on() -> None:
    skipped = Entry(MONDAY, "skipped", due_on=MONDAY, order_id="cancelled")
    assert run(Plan(MONDAY, "floating"), date(2025, 2, 6), skipped) == ["open 02-06"]


def test_a_floating_date_out_of_season_is_skipped_until_it_is_in() -> None:
    plan = Plan(MONDAY, "floating", season=season_from(["04-01..10-31"]))
    ledger = [done(MONDAY, date(2025, 10, 15))]
    assert run(plan, date(2026, 4, 14), *ledger) == []
    assert run(plan, date(2026, 4, 15), *ledger) == ["skipped 11-15..03-15 ×5", "open 04-15"]


def test_a_plan_whose_every_date_is_out_of_season_makes_nothing_and_does_not_look_for_ever() -> None:
    never = Plan(MONDAY, "floating", unit="year", season=season_from(["04-01..10-31"]))
    assert run(never, date(2030, 1, 1)) == []
    assert coming(never, [], MONDAY) == ()
    assert run(replace(never, basis="fixed"), date(2027, 1, 1)) == ["skipped 01-06..01-06 ×2"]


def test_a_pause_without_an_end_leaves_everything_out() -> None:
    resting = replace(WEEKLY, basis="floating", paused_from=MONDAY, season=season_from(["02-01..02-28"]))
    assert run(resting, date(2030, 1, 1)) == []
    assert coming(resting, [], MONDAY) == ()


# meters


def test_a_meter_asks_for_work_at_each_threshold_and_a_little_before() -> None:
    assert run(HOURS, MONDAY, reading=499_999) == []
    assert run(HOURS, MONDAY, reading=500_000) == ["open 01-06"]
    assert run(replace(HOURS, meter_ahead=20_000), MONDAY, reading=480_000) == ["open 01-06"]
    assert run(HOURS, MONDAY) == []


def test_a_jump_over_thresholds_is_one_order_for_the_highest() -> None:
    rows = decide(HOURS, [], MONDAY, 1_700_000).rows
    assert [(row.state, row.count, row.threshold) for row in rows] == [
        ("missed", 2, 1_000_000),
        ("open", 1, 1_500_000),
    ]
    assert rows[-1].cause == "meter:1500000"
    kept = [Entry(MONDAY, "missed", threshold=1_000_000), done(MONDAY, MONDAY, threshold=1_500_000)]
    assert run(HOURS, MONDAY, *kept, reading=1_700_000) == []


def test_a_floating_meter_counts_from_the_reading_at_completion() -> None:
    plan = replace(HOURS, meter_floating=True)
    ledger = done(MONDAY, MONDAY, threshold=500_000, done_value=620_000)
    assert run(plan, MONDAY, ledger, reading=1_119_000) == []
    assert decide(plan, [ledger], MONDAY, 1_120_000).rows[0].threshold == 1_120_000


def test_whichever_comes_first_and_a_completion_resets_both() -> None:
    for basis in ("fixed_or_meter", "floating_or_meter"):
        plan = replace(HOURS, basis=basis, every=1, unit="year")
        by_meter = decide(plan, [done(MONDAY, MONDAY, done_value=0)], date(2025, 12, 20), 500_000).rows
        assert by_meter[0].threshold == 500_000
        ledger = [
            done(MONDAY, MONDAY, done_value=0),
            done(date(2025, 12, 20), date(2025, 12, 20), threshold=500_000, done_value=510_000),
        ]
        assert run(plan, date(2026, 1, 6), *ledger, reading=520_000) == []
        assert run(plan, date(2026, 12, 20), *ledger, reading=520_000) == ["open 12-20"]
        assert decide(plan, ledger, date(2026, 2, 1), 1_010_000).rows[0].threshold == 1_010_000


def test_a_meter_and_a_date_reached_at_once_are_one_order() -> None:
    plan = replace(HOURS, basis="fixed_or_meter", open_policy="stack")
    rows = decide(plan, [], MONDAY, 500_000).rows
    assert [row.cause for row in rows] == ["meter:500000"]
    assert run(plan, MONDAY, Entry(MONDAY, "open", threshold=500_000), reading=500_000) == []


# nesting and preview


def test_the_bigger_service_takes_the_smaller_one_in() -> None:
    plan = replace(WEEKLY, window_before=1, window_after=1)
    rows = decide(plan, [], MONDAY).rows
    near = Bigger("the yearly service", date(2025, 1, 9), 2, 0)
    assert [row.state for row in nested(plan, rows, [near])] == ["merged"]
    far = replace(near, due_on=date(2025, 1, 10))
    assert nested(plan, rows, [far]) == rows


def test_the_next_dates_are_those_that_a_run_will_make() -> None:
    plan = Plan(
        date(2025, 3, 1), nonworking="next", working=WorkingDays(holidays=frozenset({date(2025, 9, 1)}))
    )
    shown = coming(plan, [], date(2025, 5, 2), 5)
    assert [row.due_on for row in shown] == [
        date(2025, 6, 2),
        date(2025, 7, 1),
        date(2025, 8, 1),
        date(2025, 9, 2),
        date(2025, 10, 1),
    ]
    made = [decide(plan, [], row.due_on).rows[-1] for row in shown]
    assert tuple(made) == shown


def test_the_next_dates_of_a_floating_plan_suppose_that_it_is_done_on_time() -> None:
    plan = Plan(MONDAY, "floating", every=10, unit="day")
    ledger = [done(MONDAY, date(2025, 1, 10))]
    due = [row.due_on for row in coming(plan, ledger, date(2025, 1, 11), 3)]
    assert due == [date(2025, 1, 20), date(2025, 1, 30), date(2025, 2, 9)]


def test_the_next_dates_show_the_one_time_date_first_and_end_with_the_plan() -> None:
    plan = replace(WEEKLY, override_next_on=date(2025, 1, 8), max_count=2)
    assert [row.due_on for row in coming(plan, [], MONDAY)] == [date(2025, 1, 8), date(2025, 1, 13)]
    assert coming(HOURS, [], MONDAY) == ()
    ages = coming(Plan(date(9000, 1, 1), every=100, unit="year"), [], date(9000, 1, 1), 50)
    assert len(ages) == 10
    assert ages[-1].due_on - ages[0].due_on > timedelta(days=900 * 365)
