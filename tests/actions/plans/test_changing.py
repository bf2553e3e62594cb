"""Plans are edited, paused, skipped, moved and ended; what was decided before stays, and undo takes each step back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.actions.plans.world import GREASE, finish, ledger, orders, plan, run
from tests.kit import builders
from wotui.actions import finishing, lifecycle, undo
from wotui.actions import plans as actions
from wotui.actions import work_orders as order_actions
from wotui.actions.plans import AsksPlan, previewing
from wotui.errors import NotFound, Problem, Refused, UsageProblem
from wotui.store.reads import plans as reads

if TYPE_CHECKING:
    from tests.kit.clock import FrozenClock
    from wotui.store.file import Shop


@pytest.fixture(autouse=True)
def pump(shop: Shop) -> str:
    return builders.asset(shop, "PUMP-01")


def said(shop: Shop, name: str = GREASE) -> dict[str, object]:
    return dict(reads.find(shop, name).values)


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"assets": ""}, "has no asset and no place"),
        ({"assets": "PUMP-99"}, "There is no asset PUMP-99"),
        ({"every": "0"}, "The interval cannot be that"),
        ({"every": "two"}, "every: 'two' is not a whole number"),
        ({"ahead": "31"}, "as long as the interval"),
        ({"weekdays": "mon"}, "Weekdays belong to plans by the week"),
        ({"season": "April"}, "is not a season"),
        ({"basis": "meter"}, "needs a meter"),
        ({"until": "2026-01-01"}, "before it begins"),
        ({"meter": "PUMP-01"}, "has no such meter"),
        ({"wall_time": "25:00"}, "not a time of day"),
        ({"checklists": "Nothing"}, "no checklist"),
        ({"evry": "1"}, "Did you mean every?"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_and_says_why(
    shop: Shop, fields: dict[str, str], complaint: str
) -> None:
    with pytest.raises(Problem, match=complaint):
        plan(shop, **fields)
    assert reads.plans(shop) == []


def test_two_plans_in_use_do_not_share_a_name(shop: Shop) -> None:
    plan(shop)
    with pytest.raises(Refused, match="There is a plan"):
        plan(shop, GREASE.upper())
    actions.retire(shop, GREASE, "another way now")
    plan(shop)


def test_the_day_it_was_done_last_gives_the_first_date(shop: Shop) -> None:
    plan(shop, first="", last_done="2026-05-31", every="2")
    assert said(shop)["anchor_on"] == "2026-07-31"


def test_an_edit_keeps_a_version_leaves_open_orders_alone_and_is_undone(
    shop: Shop, frozen_clock: FrozenClock
) -> None:
    plan(shop)
    run(shop)
    frozen_clock.move(days=1)
    actions.edit(shop, GREASE, {"every": "2", "title": "Grease well"})
    assert (said(shop)["every"], said(shop)["version"], said(shop)["since_on"]) == (2, 2, "2026-06-11")
    assert [one.title for one in orders(shop)] == [GREASE]
    [(version, _, who, before)] = reads.versions(shop, reads.find(shop, GREASE).id)
    assert (version, who) == (1, "JD")
    assert '"every": 1' in before
    undo.undo(shop)
    assert (said(shop)["every"], said(shop)["title"], said(shop)["version"]) == (1, None, 1)
    assert reads.versions(shop, reads.find(shop, GREASE).id) == []


def test_the_preview_shows_the_dates_before_and_after_and_changes_nothing(shop: Shop) -> None:
    plan(shop)
    run(shop)
    [shown] = previewing.preview(shop, GREASE, {"every": "3"}, count=3)
    assert [str(row.due_on) for row in shown.before] == ["2026-07-12", "2026-08-12", "2026-09-12"]
    assert [str(row.due_on) for row in shown.after] == ["2026-09-12", "2026-12-12", "2027-03-12"]
    assert [one.number for one in shown.open_orders] == [orders(shop)[0].number]
    assert said(shop)["every"] == 1


def test_a_plan_that_is_only_thought_of_has_a_preview_too(shop: Shop) -> None:
    [shown] = previewing.preview(
        shop, None, {"name": "New", "assets": "PUMP-01", "first": "2026-01-31"}, count=3
    )
    assert [str(row.due_on) for row in shown.after] == ["2026-06-30", "2026-07-31", "2026-08-31"]


def test_dates_inside_a_pause_are_skipped_and_never_caught_up(shop: Shop, frozen_clock: FrozenClock) -> None:
    plan(shop, ahead="0")
    actions.pause(shop, GREASE, "the line stands still")
    frozen_clock.set("2026-08-01T17:00:00Z")
    assert not run(shop).records
    actions.resume(shop, GREASE)
    frozen_clock.set("2026-08-12T17:00:00Z")
    run(shop)
    assert ledger(shop) == [("2026-06-12", "skipped"), ("2026-08-12", "open")]
    assert shop.value("SELECT count FROM occurrence WHERE state = 'skipped'") == 2


def test_a_pause_needs_a_reason_and_days_in_their_order(shop: Shop) -> None:
    plan(shop)
    with pytest.raises(Refused, match="needs a reason"):
        actions.pause(shop, GREASE, " ")
    with pytest.raises(Refused, match="would end"):
        actions.pause(shop, GREASE, "x", start="2026-08-01", until="2026-07-01")
    with pytest.raises(Refused, match="not paused"):
        actions.resume(shop, GREASE)


def test_the_next_date_is_skipped_once(shop: Shop, frozen_clock: FrozenClock) -> None:
    plan(shop)
    actions.skip(shop, GREASE, "overhauled last week")
    assert not run(shop).records
    frozen_clock.set("2026-07-10T17:00:00Z")
    run(shop)
    assert ledger(shop) == [("2026-06-12", "skipped"), ("2026-07-12", "open")]
    with pytest.raises(Refused, match="is open already"):
        actions.skip(shop, GREASE, "again")


def test_a_skip_of_what_counts_from_the_last_time_counts_from_the_skipped_date(
    shop: Shop, frozen_clock: FrozenClock
) -> None:
    plan(shop, basis="floating")
    actions.skip(shop, GREASE, "not needed")
    frozen_clock.set("2026-07-11T17:00:00Z")
    run(shop)
    assert [one.due_on for one in orders(shop)] == ["2026-07-12"]


def test_another_date_holds_for_one_order_and_is_then_cleared(shop: Shop, frozen_clock: FrozenClock) -> None:
    plan(shop)
    actions.override(shop, GREASE, "2026-06-22", "inspector comes then")
    assert not run(shop).records
    frozen_clock.set("2026-06-16T17:00:00Z")
    run(shop)
    [moved] = orders(shop)
    assert (moved.due_on, said(shop)["override_next_on"]) == ("2026-06-22", None)
    finish(shop, moved.number)
    frozen_clock.set("2026-07-12T17:00:00Z")
    run(shop)
    assert orders(shop)[-1].due_on == "2026-07-12", "the dates after it stay"


def test_another_date_needs_a_reason_a_coming_day_and_no_open_order(shop: Shop) -> None:
    plan(shop)
    for day, reason, complaint in [
        ("2026-06-22", "", "needs a reason"),
        ("2026-06-01", "x", "is past"),
        ("someday", "x", "is not a day"),
    ]:
        with pytest.raises((Refused, UsageProblem), match=complaint):
            actions.override(shop, GREASE, day, reason)
    run(shop)
    with pytest.raises(Refused, match="is open already"):
        actions.override(shop, GREASE, "2026-06-22", "x")


def test_an_ended_plan_makes_nothing_and_answers_so(shop: Shop, frozen_clock: FrozenClock) -> None:
    plan(shop)
    actions.retire(shop, GREASE)
    frozen_clock.move(days=40)
    assert not run(shop).records
    with pytest.raises(Refused, match="has ended"):
        actions.skip(shop, GREASE, "x")


def test_plans_do_not_cover_each_other_in_a_ring(shop: Shop) -> None:
    plan(shop, "Small")
    plan(shop, "Big", covers="Small")
    with pytest.raises(Refused, match="cannot cover itself"):
        actions.edit(shop, "Small", {"covers": "Big"})


def test_a_cancelled_order_asks_and_leaves_its_date_out(shop: Shop, frozen_clock: FrozenClock) -> None:
    plan(shop)
    run(shop)
    number = orders(shop)[0].number
    with pytest.raises(AsksPlan, match=f"{number} comes from the plan"):
        lifecycle.cancel(shop, [number], "no access")
    done = lifecycle.cancel(shop, [number], "no access", plan="skip")
    assert done.notices == (f"{GREASE} is due next on 2026-07-12.",)
    assert ledger(shop) == [("2026-06-12", "skipped")]
    frozen_clock.move(days=1)
    assert not run(shop).records
    undo.undo(shop)
    assert ledger(shop) == [("2026-06-12", "open")]
    assert orders(shop)[0].status == "ready"


def test_a_cancelled_order_can_be_made_again_for_the_same_date(shop: Shop) -> None:
    plan(shop)
    run(shop)
    lifecycle.cancel(shop, [orders(shop)[0].number], "wrong list", plan="again")
    assert [(one.status, one.due_on) for one in orders(shop)] == [
        ("cancelled", "2026-06-12"), ("ready", "2026-06-12"),
    ]  # fmt: skip
    assert ledger(shop) == [("2026-06-12", "open")]
    assert not run(shop).records
    finish(shop, orders(shop)[1].number)
    assert ledger(shop) == [("2026-06-12", "done")]


def test_an_order_that_is_opened_again_opens_its_date_again(shop: Shop) -> None:
    plan(shop)
    run(shop)
    number = orders(shop)[0].number
    finish(shop, number)
    lifecycle.reopen(shop, [number], "it squeaks")
    assert ledger(shop) == [("2026-06-12", "open")]


def test_what_was_reported_as_not_done_is_no_completion(shop: Shop) -> None:
    plan(shop)
    run(shop)
    finishing.finish(shop, [orders(shop)[0].number], outcome="not_done", note="no access", minutes=0)
    assert ledger(shop) == [("2026-06-12", "skipped")]
    assert not run(shop).act, "a second run has nothing to settle"


def ordinary(shop: Shop, title: str, pump: str) -> str:
    made = builders.order(shop, title, asset_id=pump, type="preventive", status="ready")
    return builders.number_of(shop, made)


def test_the_same_work_done_early_settles_the_next_date(
    shop: Shop, frozen_clock: FrozenClock, pump: str
) -> None:
    plan(shop, ahead="0", window_before="5")
    done = finish(shop, ordinary(shop, GREASE.upper(), pump))
    assert done.notices == (f"It counts as {GREASE}, which would be due 2026-06-12.",)
    frozen_clock.move(days=3)
    assert not run(shop).records
    assert ledger(shop) == [("2026-06-12", "done")]


def test_other_work_near_the_date_is_asked_about_and_counted_by_hand(shop: Shop, pump: str) -> None:
    plan(shop, ahead="0", window_before="5")
    number = ordinary(shop, "Bearing work", pump)
    [notice] = finish(shop, number).notices
    assert f"wotui plan count {number}" in notice
    actions.count_as(shop, number, GREASE)
    assert ledger(shop) == [("2026-06-12", "done")]
    with pytest.raises(Refused, match="settled a date of a plan already"):
        actions.count_as(shop, number, GREASE)


def test_work_long_before_the_date_counts_only_when_somebody_says_so(shop: Shop, pump: str) -> None:
    plan(shop, ahead="0", first="2026-07-12", window_before="5")
    number = ordinary(shop, GREASE, pump)
    assert finish(shop, number).notices == ()
    with pytest.raises(Refused, match="near enough"):
        actions.count_as(shop, number, GREASE)
    actions.count_as(shop, number, GREASE, anyway=True)
    assert ledger(shop) == [("2026-07-12", "done")]
    order_actions.note(shop, number, "counted")


def test_a_plan_that_is_not_there_names_the_nearest(shop: Shop) -> None:
    plan(shop)
    with pytest.raises(NotFound, match=f"Did you mean {GREASE}?"):
        actions.edit(shop, "Grease the pomp", {"every": "2"})


def test_the_same_work_beside_an_open_order_of_the_plan_settles_nothing(shop: Shop, pump: str) -> None:
    plan(shop, unit="week", ahead="3", window_before="10")  # the date after the open one is near, too
    run(shop)
    assert finish(shop, ordinary(shop, GREASE, pump)).notices == ()
    assert ledger(shop) == [("2026-06-12", "open")]
