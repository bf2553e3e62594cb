"""Orders on their way: what each step does to the order, its timers and its log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from wotui.actions import finishing, lifecycle, work_orders
from wotui.errors import Refused, UsageProblem
from wotui.store.reads import lifecycle as facts_of
from wotui.store.reads import work_orders as reads

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.kit.clock import FrozenClock
    from wotui.store.file import Shop


@pytest.fixture(autouse=True)
def a_small_shop(shop: Shop) -> None:
    builders.person(shop, "AB", "Ann Bo")
    builders.asset(shop, "PUMP-01", criticality="A")
    builders.asset(shop, "FAN-01", criticality="C")
    work_orders.new(shop, "Fan rattles", {"asset": "FAN-01"})


def status(shop: Shop, number: str = "1") -> str:
    return reads.find(shop, number).status


def test_a_day_in_the_life_of_an_order(shop: Shop, frozen_clock: FrozenClock) -> None:
    work_orders.assign(shop, ["1"], ["JD"])
    lifecycle.plan(shop, ["1"], "fri", "07:30")
    assert status(shop) == "scheduled"
    lifecycle.start(shop, ["1"])
    frozen_clock.move(minutes=25)
    assert lifecycle.pause(shop, ["1"]).sentence == "Stopped your timer on W-A0001 after 25m."
    assert status(shop) == "in_progress"
    lifecycle.hold(shop, ["1"], "parts", until="+2d")
    assert (reads.find(shop, "1").hold_reason, reads.find(shop, "1").hold_until) == ("parts", "2026-06-12")
    lifecycle.start(shop, ["1"])
    assert reads.find(shop, "1").hold_reason is None
    frozen_clock.move(minutes=35)
    done = finishing.finish(shop, ["1"], note="Tightened the screws.")
    assert done.notices == ("Stopped your timer on W-A0001 after 35m.",)
    assert facts_of.minutes(shop, reads.find(shop, "1").id) == 60
    lifecycle.close(shop, ["1"])
    order = reads.find(shop, "1")
    assert (order.status, order.outcome, order.done_at) == ("closed", "fixed", "2026-06-10T18:00:00Z")


def test_a_two_minute_job_asks_its_minutes_once(shop: Shop) -> None:
    with pytest.raises(Refused, match="the minutes it took"):
        finishing.finish(shop, ["1"], note="Tightened.")
    finishing.finish(shop, ["1"], note="Tightened.", minutes=2)
    assert facts_of.minutes(shop, reads.find(shop, "1").id) == 2


def test_no_minutes_at_all_is_an_answer_too(shop: Shop) -> None:
    finishing.finish(shop, ["1"], note="Nothing to do.", minutes=0, outcome="no_fault_found")
    assert status(shop) == "done"


def test_a_refused_finish_writes_nothing_at_all(shop: Shop) -> None:
    before = shop.value("SELECT count(*) FROM change")
    with pytest.raises(Refused, match="a completion note"):
        finishing.finish(shop, ["1"], minutes=5)
    assert shop.value("SELECT count(*) FROM change") == before


def test_another_persons_timer_must_be_stopped_on_purpose(shop: Shop, frozen_clock: FrozenClock) -> None:
    shop.act_as("AB")
    lifecycle.start(shop, ["1"])
    frozen_clock.move(minutes=10)
    shop.act_as("JD")
    with pytest.raises(Refused, match="the timer of AB stopped"):
        finishing.finish(shop, ["1"], note="Done for her.")
    finishing.finish(shop, ["1"], note="Done for her.", stop_timers=True)
    assert facts_of.running(shop, reads.find(shop, "1").id) == []


def test_a_failure_on_a_critical_asset_takes_its_three_codes(shop: Shop) -> None:
    work_orders.new(shop, "Pump stopped", {"asset": "PUMP-01"})
    with pytest.raises(Refused, match="problem, cause and remedy"):
        finishing.finish(shop, ["2"], note="New bearing.", minutes=60)
    work_orders.edit(shop, ["2"], {"problem": "seized", "cause": "no grease", "remedy": "replaced"})
    finishing.finish(shop, ["2"], note="New bearing.", minutes=60)


def test_a_temporary_fix_makes_one_follow_up_however_often_it_is_reported(shop: Shop) -> None:
    finishing.finish(shop, ["1"], note="Taped.", minutes=5, outcome="temporary_fix")
    follow = reads.find(shop, "2")
    assert (follow.title, follow.status, follow.asset_tag) == (
        "Lasting repair: Fan rattles",
        "ready",
        "FAN-01",
    )
    lifecycle.reopen(shop, ["1"], "fell off")
    finishing.finish(shop, ["1"], note="Taped again.", outcome="temporary_fix")
    assert [each.number for each in reads.related(shop, reads.find(shop, "1").id)] == ["W-A0002"]


def test_a_started_order_is_not_cancelled_but_finished_as_not_done(shop: Shop) -> None:
    lifecycle.start(shop, ["1"], timer=False)
    with pytest.raises(Refused, match="outcome not done"):
        lifecycle.cancel(shop, ["1"], "no money")
    finishing.finish(shop, ["1"], note="No money.", outcome="not_done")
    assert status(shop) == "done"


def test_a_cancelled_order_comes_back_ready_with_a_reason(shop: Shop) -> None:
    lifecycle.cancel(shop, ["1"], "asked twice")
    with pytest.raises(Refused, match="say why"):
        lifecycle.reopen(shop, ["1"], "")
    lifecycle.reopen(shop, ["1"], "it was not the same")
    assert status(shop) == "ready"
    with pytest.raises(Refused, match="there is nothing to reopen"):
        lifecycle.reopen(shop, ["1"], "again")


def test_an_order_is_not_finished_before_its_parts(shop: Shop) -> None:
    work_orders.new(shop, "Screws", {"parent": "1", "asset": "FAN-01"})
    with pytest.raises(Refused, match="its part W-A0002 finished"):
        finishing.finish(shop, ["1"], note="All done.", minutes=1)
    lifecycle.cancel(shop, ["2"], "not needed")
    finishing.finish(shop, ["1"], note="All done.", minutes=1)


def test_a_permit_is_ticked_by_name_before_work_starts(shop: Shop) -> None:
    work_orders.edit(shop, ["1"], {"permits": "hot work"})
    with pytest.raises(Refused, match="the permit hot work ticked by name"):
        lifecycle.start(shop, ["1"])
    with pytest.raises(Refused, match="asks for no permit diving"):
        lifecycle.tick_permit(shop, "1", "diving")
    lifecycle.tick_permit(shop, "1", "hot work")
    lifecycle.start(shop, ["1"])
    assert reads.log(shop, reads.find(shop, "1").id)[0].text == "Permit in place: hot work (Jo Doe)."


def test_a_sign_off_takes_the_pin_of_whoever_has_one(shop: Shop) -> None:
    from wotui.domain import pins

    assert shop.acting is not None
    with shop.transaction() as tx:
        tx.update("person", shop.acting.id, pin_hash=pins.hash_pin("4711"))
    work_orders.edit(shop, ["1"], {"signoff_required": "yes"})
    with pytest.raises(Refused, match="a sign-off"):
        finishing.finish(shop, ["1"], note="Tightened.", minutes=5)
    with pytest.raises(Refused, match="not Jo Doe's PIN"):
        finishing.sign_off(shop, "1", name="Jo Doe", role="supervisor", pin="0000")
    with pytest.raises(UsageProblem, match="cannot sign"):
        finishing.sign_off(shop, "1", name="Jo Doe", role="cat", pin="4711")
    finishing.sign_off(shop, "1", name="Jo Doe", role="supervisor", pin="4711")
    finishing.finish(shop, ["1"], note="Tightened.", minutes=5)


SUPERVISED: dict[str, Callable[[Shop], object]] = {
    "close": lambda shop: lifecycle.close(shop, ["1"]),
    "cancel": lambda shop: lifecycle.cancel(shop, ["1"], "x"),
    "plan": lambda shop: lifecycle.plan(shop, ["1"], "fri"),
}


@pytest.mark.parametrize("act", SUPERVISED)
def test_planning_closing_and_cancelling_take_a_supervisor(shop: Shop, act: str) -> None:
    shop.act_as("AB")
    with pytest.raises(Refused, match="takes the role supervisor"):
        SUPERVISED[act](shop)


def test_a_step_that_is_not_possible_names_the_ones_that_are(shop: Shop) -> None:
    with pytest.raises(Refused, match=r"W-A0001 is ready and cannot become closed.*scheduled, in progress"):
        lifecycle.close(shop, ["1"])


def test_a_hold_for_another_reason_keeps_its_words(shop: Shop) -> None:
    lifecycle.hold(shop, ["1"], "the dog")
    assert reads.find(shop, "1").hold_reason == "other"
    with pytest.raises(Refused, match="a reason for the hold"):
        lifecycle.hold(shop, [str(builders.number_of(shop, builders.order(shop)))], "")
