"""Plans make the orders that are due, once, whoever runs them how often."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.actions.plans.world import GREASE, finish, ledger, orders, plan, run
from tests.kit import builders
from wotui.actions import plans as actions
from wotui.actions import records, undo
from wotui.actions.checklists.lists import add_template
from wotui.actions.plans import ClockBehind, previewing
from wotui.actions.plans.deciding import order_id
from wotui.domain.checklists.templates import template_from
from wotui.errors import Refused
from wotui.store.reads import checklists, work_orders
from wotui.store.reads import plans as reads

if TYPE_CHECKING:
    from tests.kit.clock import FrozenClock
    from wotui.store.file import Shop


@pytest.fixture(autouse=True)
def pump(shop: Shop) -> str:
    return builders.asset(shop, "PUMP-01", place_id=builders.place(shop, "HALL-1"))


def checklist(shop: Shop, name: str) -> None:
    with shop.transaction() as tx:
        add_template(tx, template_from({"name": name, "items": [{"type": "tick", "label": f"{name}: look"}]}))
        tx.done("Added.")


def test_an_order_comes_due_a_lead_before_its_date_with_all_that_the_plan_says(
    shop: Shop, frozen_clock: FrozenClock
) -> None:
    checklist(shop, "Greasing")
    plan(
        shop, lead="JD", minutes="30", signoff_required="yes", priority="urgent", checklists="greasing",
        ahead="1", plan_on_due="yes", wall_time="07:30",
    )  # fmt: skip
    assert not run(shop).records, "two days before it is not yet due"
    frozen_clock.move(days=1)
    [made] = [work_orders.find(shop, one) for one in run(shop).records]
    assert (made.title, made.type, made.due_on, made.planned_on, made.planned_time, made.planned_minutes) == (
        GREASE, "preventive", "2026-06-12", "2026-06-12", "07:30", 30,
    )  # fmt: skip
    assert (made.priority, made.lead, made.status, made.signoff_required) == (2, "JD", "scheduled", 1)
    assert [name for _, name in checklists.sheet(shop, made.id, {}).lists] == ["Greasing"]


def test_running_again_on_the_same_day_makes_nothing(shop: Shop) -> None:
    plan(shop)
    assert len(run(shop).records) == 1
    again = run(shop)
    assert (again.records, again.act, len(orders(shop))) == ((), None, 1)


def test_a_plan_on_two_assets_makes_an_order_for_each(shop: Shop) -> None:
    builders.asset(shop, "PUMP-02")
    plan(shop, assets="PUMP-01,PUMP-02", title="Grease {asset}")
    run(shop)
    assert [one.title for one in orders(shop)] == ["Grease PUMP-01", "Grease PUMP-02"]


def test_a_round_is_one_order_with_a_checklist_for_each_asset(shop: Shop) -> None:
    builders.asset(shop, "PUMP-02")
    checklist(shop, "Look")
    plan(shop, assets="PUMP-01,PUMP-02", route="yes", checklists="look")
    run(shop)
    [made] = orders(shop)
    lists = [name for _, name in checklists.sheet(shop, made.id, {}).lists]
    assert (made.asset_tag, made.place_code) == (None, "HALL-1")
    assert lists == ["PUMP-01 Asset PUMP-01: Look", "PUMP-02 Asset PUMP-02: Look"]


def test_all_assets_of_a_category_below_a_place_are_meant(shop: Shop) -> None:
    hall = str(shop.value("SELECT id FROM place WHERE code = 'HALL-1'"))
    room = builders.place(shop, "ROOM-1", parent_id=hall)
    builders.asset(shop, "FIRE-1", category="extinguisher", place_id=room)
    builders.asset(shop, "FIRE-2", category="Extinguisher", place_id=hall)
    builders.asset(shop, "FIRE-3", category="extinguisher")
    plan(shop, assets="", category="extinguisher", place="HALL-1")
    run(shop)
    assert [one.asset_tag for one in orders(shop)] == ["FIRE-1", "FIRE-2"]


def test_two_years_of_absence_leave_one_order_and_one_row(shop: Shop, frozen_clock: FrozenClock) -> None:
    plan(shop, unit="day", ahead="0", first="2026-06-11")
    frozen_clock.move(days=731)
    run(shop)
    assert [one.due_on for one in orders(shop)] == ["2028-06-10"]
    assert ledger(shop) == [("2026-06-11", "missed"), ("2028-06-10", "open")]
    assert shop.value("SELECT count FROM occurrence WHERE state = 'missed'") == 730


def test_one_open_order_waits_and_doing_it_late_does_not_bring_it_again(
    shop: Shop, frozen_clock: FrozenClock
) -> None:
    plan(shop)
    run(shop)
    frozen_clock.move(days=45)
    assert not run(shop).records, "the first one is still open"
    [late] = orders(shop)
    said = finish(shop, late.number)
    assert ledger(shop) == [("2026-06-12", "done"), ("2026-07-12", "missed")]
    assert said.notices == (f"{GREASE} is due next on 2026-08-12.",)
    assert not run(shop).records


def test_what_counts_from_the_last_time_follows_the_completion(shop: Shop, frozen_clock: FrozenClock) -> None:
    plan(shop, basis="floating")
    run(shop)
    frozen_clock.set("2026-06-20T17:00:00Z")
    finish(shop, orders(shop)[0].number)
    frozen_clock.set("2026-07-13T17:00:00Z")
    run(shop)
    assert [one.due_on for one in orders(shop)] == ["2026-06-12", "2026-07-20"]


def test_a_reading_past_the_threshold_makes_an_order_and_a_doubted_one_does_not(
    shop: Shop, frozen_clock: FrozenClock, pump: str
) -> None:
    with shop.transaction() as tx:
        meter = tx.insert("meter", asset_id=pump, name="hours", uom="h", kind="cumulative")
        tx.insert("reading", meter_id=meter, value=5_000_000, taken_at="2026-06-09T12:00:00Z")
        tx.done("Read.")
    plan(shop, basis="meter", meter="PUMP-01", every_units="2000")
    read(shop, meter, 7_500_000, "2026-06-11T12:00:00Z", suspect=1)
    assert not run(shop).records
    frozen_clock.move(days=5)
    read(shop, meter, 11_100_000, "2026-06-14T12:00:00Z")
    assert len(run(shop).records) == 1
    states = shop.rows("SELECT state, count, threshold FROM occurrence ORDER BY threshold")
    assert states == [("missed", 2, 9_000_000), ("open", 1, 11_000_000)]


def read(shop: Shop, meter: str, value: int, at: str, suspect: int = 0) -> None:
    with shop.transaction() as tx:
        tx.insert("reading", meter_id=meter, value=value, taken_at=at, suspect=suspect)
        tx.done("Read.")


def test_a_smaller_plan_is_included_in_the_bigger_one_with_its_checklist(
    shop: Shop, frozen_clock: FrozenClock
) -> None:
    checklist(shop, "Monthly")
    checklist(shop, "Yearly")
    plan(shop, "Monthly look", checklists="monthly", first="2026-07-15", ahead="3")
    plan(
        shop,
        "Yearly service",
        unit="year",
        first="2026-07-20",
        covers="Monthly look",
        checklists="yearly",
        ahead="3",
    )
    frozen_clock.set("2026-07-13T17:00:00Z")
    run(shop)
    assert orders(shop) == [], "the small one waits for the big one"
    assert ledger(shop, "Monthly look") == [("2026-07-15", "merged")]
    frozen_clock.set("2026-07-18T17:00:00Z")
    run(shop)
    [made] = orders(shop)
    assert [name for _, name in checklists.sheet(shop, made.id, {}).lists] == ["Yearly", "Monthly"]
    finish(shop, made.number)
    assert shop.value("SELECT done_on FROM occurrence WHERE state = 'merged'") == "2026-07-18"


def test_nothing_comes_due_for_a_disposed_asset_and_its_plan_ends(
    shop: Shop, frozen_clock: FrozenClock
) -> None:
    plan(shop)
    done = records.edit(shop, "asset", ["PUMP-01"], {"state": "disposed"})
    assert f"The plan {GREASE} has ended with it." in done.notices
    frozen_clock.move(days=40)
    run(shop)
    assert orders(shop) == []
    assert reads.find(shop, GREASE).retired
    undo.undo(shop)
    assert not reads.find(shop, GREASE).retired


def test_a_plan_whose_asset_went_in_another_file_ends_when_it_is_run(shop: Shop) -> None:
    plan(shop)
    with shop.transaction() as tx:
        tx.update("asset", shop.value("SELECT id FROM asset"), state="disposed")
        tx.done("Merged.")
    assert run(shop).notices == (
        f"The plan {GREASE} has ended: all its assets are disposed of or out of use.",
    )
    assert orders(shop) == []


def test_nothing_before_the_day_the_plan_was_made_comes_due_but_by_statute(
    shop: Shop, frozen_clock: FrozenClock
) -> None:
    builders.asset(shop, "LIFT-01")
    plan(shop, first="2026-01-12", ahead="0")
    plan(shop, "Inspection", assets="LIFT-01", first="2026-03-01", ahead="0", catch_up="all")
    run(shop)
    assert [(one.title, one.due_on) for one in orders(shop)] == [("Inspection", "2026-03-01")]


def test_a_holiday_and_the_working_days_of_the_shop_move_the_due_date(shop: Shop) -> None:
    from wotui.actions import holidays

    plan(shop, nonworking="next")  # 12 June 2026 is a Friday
    holidays.add_holiday(shop, "2026-06-12", "Company day")
    run(shop)
    assert [one.due_on for one in orders(shop)] == ["2026-06-15"]


def test_a_clock_that_was_set_back_makes_nothing_until_somebody_is_sure(
    shop: Shop, frozen_clock: FrozenClock
) -> None:
    plan(shop)
    frozen_clock.move(days=30)
    builders.order(shop, "Something newer")
    frozen_clock.move(days=-30)
    with pytest.raises(ClockBehind, match="2026-07-10"):
        run(shop)
    assert orders(shop) == []
    assert len(run(shop, sure=True).records) == 1


def test_the_day_is_the_shops_day_and_not_the_computers(shop: Shop, frozen_clock: FrozenClock) -> None:
    plan(shop, ahead="0")
    frozen_clock.set("2026-06-12T03:00:00Z")  # the evening of the 11th in Chicago
    assert not run(shop).records
    frozen_clock.set("2026-06-12T05:30:00Z")
    assert len(run(shop).records) == 1


def test_a_time_that_the_spring_leaves_out_moves_forward_by_the_gap(
    shop: Shop, frozen_clock: FrozenClock
) -> None:
    plan(shop, first="2027-03-14", plan_on_due="yes", wall_time="02:30", lead="JD")
    frozen_clock.set("2027-03-10T17:00:00Z")
    run(shop)
    assert orders(shop)[0].planned_time == "03:30"


def test_a_run_is_undone_and_redone_whole_and_the_next_run_brings_it_back(shop: Shop) -> None:
    plan(shop)
    first = run(shop).records
    undo.undo(shop)
    assert (orders(shop), ledger(shop)) == ([], [])
    undo.redo(shop)
    assert [one.id for one in orders(shop)] == list(first)
    assert ledger(shop) == [("2026-06-12", "open")]
    undo.undo(shop)
    assert run(shop).records == first
    assert [one.status for one in orders(shop)] == ["ready"]


def test_what_comes_due_by_itself_is_not_what_undo_takes_back(shop: Shop) -> None:
    plan(shop)
    run(shop, by_itself=True)
    assert undo.undo(shop).sentence.startswith("Undone: Added the plan")
    assert len(orders(shop)) == 1


def test_a_reader_of_the_file_makes_nothing(shop: Shop) -> None:
    plan(shop)
    technician = builders.person(shop, "TE", "Tess Early")
    shop.act_as("TE")
    with pytest.raises(Refused, match="may not make plans"):
        actions.add(shop, "Another", {"assets": "PUMP-01"})
    assert run(shop).records, "anybody's app may run the plans"
    assert technician


def test_a_plan_with_an_order_template_fills_it_and_brings_it_back_after_undo(shop: Shop) -> None:
    from wotui.actions.templates import editing, parts
    from wotui.actions.templates.parts import preset
    from wotui.domain.templates.template import Preset

    checklist(shop, "Greasing")
    editing.add(shop, "Lubrication", {"title": "Lubricate", "description": "Two strokes."})
    preset(shop, "Lubrication", Preset("priority", "urgent"))
    parts.add_checklist(shop, "Lubrication", "Greasing")
    plan(shop, template="lubrication", minutes="15")
    first = run(shop).records
    for _ in range(2):
        [made] = orders(shop)
        lists = [name for _, name in checklists.sheet(shop, made.id, {}).lists]
        assert (made.title, made.description, made.priority, made.type, made.planned_minutes, made.status, lists) == (
            "Lubricate", "Two strokes.", 2, "preventive", 15, "ready", ["Greasing"],
        )  # fmt: skip
        undo.undo(shop)
        assert orders(shop) == []
        assert run(shop).records == first


def test_finishing_makes_the_next_statutory_order_and_undo_takes_both_back(
    shop: Shop, frozen_clock: FrozenClock
) -> None:
    plan(shop, first="2026-03-01", ahead="0", catch_up="all")
    run(shop)
    done = finish(shop, orders(shop)[0].number)
    assert done.notices == (f"W-A0002 {GREASE} came due by plan, due 2026-04-01.",)
    assert ledger(shop) == [("2026-03-01", "done"), ("2026-04-01", "open")]
    undo.undo(shop)
    assert ledger(shop) == [("2026-03-01", "open")]
    undo.redo(shop)
    assert ledger(shop) == [("2026-03-01", "done"), ("2026-04-01", "open")]


def test_a_smaller_date_is_put_on_the_bigger_order_that_is_open_already(
    shop: Shop, frozen_clock: FrozenClock
) -> None:
    checklist(shop, "Weekly")
    plan(shop, "Yearly service", unit="year", first="2026-06-16")
    run(shop)
    plan(shop, "Weekly look", unit="week", first="2026-06-18", ahead="3", checklists="weekly")
    actions.edit(shop, "Yearly service", {"covers": "Weekly look"})
    frozen_clock.move(days=5)
    run(shop)
    [made] = orders(shop)
    assert [name for _, name in checklists.sheet(shop, made.id, {}).lists] == ["Weekly"]
    assert ledger(shop, "Weekly look") == [("2026-06-18", "merged")]


def test_a_smaller_plan_that_counts_from_the_last_time_counts_from_the_bigger_one(
    shop: Shop, frozen_clock: FrozenClock
) -> None:
    plan(shop, "Small", basis="floating", first="2026-06-15", ahead="7")
    plan(shop, "Big", unit="year", first="2026-06-16", covers="Small")
    run(shop)
    assert [one.title for one in orders(shop)] == ["Big"]
    frozen_clock.set("2026-06-20T17:00:00Z")
    assert not run(shop).records, "the small one waits for the big one"
    finish(shop, orders(shop)[0].number)
    frozen_clock.set("2026-07-14T17:00:00Z")
    run(shop)
    assert [(one.title, one.due_on) for one in orders(shop)][1:] == [("Small", "2026-07-20")]


def test_stacked_orders_come_due_beside_each_other(shop: Shop, frozen_clock: FrozenClock) -> None:
    plan(shop, unit="week", ahead="14", open_policy="stack", first="2026-06-12")
    run(shop)
    assert [one.due_on for one in orders(shop)] == ["2026-06-12", "2026-06-19"]
    finish(shop, orders(shop)[0].number)
    assert ledger(shop) == [("2026-06-12", "done"), ("2026-06-19", "open")]


def test_whichever_comes_first_resets_both(shop: Shop, frozen_clock: FrozenClock, pump: str) -> None:
    with shop.transaction() as tx:
        meter = tx.insert("meter", asset_id=pump, name="hours", uom="h", kind="cumulative")
        tx.done("Added.")
    plan(
        shop, basis="floating_or_meter", meter="PUMP-01", every_units="500", meter_base="0", every="3",
        first="2026-09-01", ahead="0",
    )  # fmt: skip
    read(shop, meter, 510_000, "2026-06-10T12:00:00Z")
    assert len(run(shop).records) == 1
    finish(shop, orders(shop)[0].number)
    read(shop, meter, 900_000, "2026-06-20T12:00:00Z")
    frozen_clock.set("2026-09-02T17:00:00Z")
    assert not run(shop).records, "both count from the completion: 1010 h, or 10 September"
    frozen_clock.set("2026-09-10T17:00:00Z")
    run(shop)
    assert [one.due_on for one in orders(shop)][1:] == ["2026-09-10"]


def test_a_row_of_the_ledger_that_is_decided_again_stays_as_it_stands(
    shop: Shop, frozen_clock: FrozenClock
) -> None:
    plan(shop, "Small", basis="floating", first="2026-06-25", ahead="20")
    plan(shop, "Big", unit="year", first="2026-07-10", covers="Small", ahead="0")
    run(shop)
    assert ledger(shop, "Small") == [("2026-06-25", "merged")]
    with shop.transaction() as tx:
        tx.update("occurrence", shop.value("SELECT id FROM occurrence"), reason="as somebody noted")
        tx.done("Noted.")
    frozen_clock.move(days=1)
    assert run(shop).act is None, "the rule decides it again, for it waits; nothing is written"
    assert shop.value("SELECT reason FROM occurrence") == "as somebody noted"


def test_an_order_that_came_without_its_row_is_taken_for_what_it_is(shop: Shop, pump: str) -> None:
    made = plan(shop)
    identity = order_id(made, pump, "2026-06-12")
    builders.order(shop, "Came with a merge", id=identity, asset_id=pump, plan_id=made)
    assert run(shop).records == ()
    assert [(one.id, one.title) for one in orders(shop)] == [(identity, "Came with a merge")]
    assert ledger(shop) == [("2026-06-12", "open")]


def test_a_list_that_both_plans_have_is_on_the_bigger_order_once(shop: Shop) -> None:
    checklist(shop, "Look")
    plan(shop, "Small", checklists="look", first="2026-06-15")
    plan(shop, "Big", unit="year", checklists="look", first="2026-06-16", covers="Small")
    run(shop)
    [made] = orders(shop)
    assert [name for _, name in checklists.sheet(shop, made.id, {}).lists] == ["Look"]


def test_the_next_date_after_an_open_order_counts_as_if_it_were_done_today(
    shop: Shop, frozen_clock: FrozenClock
) -> None:
    plan(shop, basis="floating")
    run(shop)
    frozen_clock.set("2026-06-20T17:00:00Z")
    [shown] = previewing.preview(shop, GREASE, count=2)
    assert [str(row.due_on) for row in shown.after] == ["2026-07-20", "2026-08-20"]
