"""Moving work on the plan, and what that does to who is on it and to its status."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from wotui.actions import lifecycle, scheduling, undo, work_orders
from wotui.errors import Refused
from wotui.store.reads import schedule
from wotui.store.reads import work_orders as reads

if TYPE_CHECKING:
    from wotui.store.file import Shop

MONDAY, TUESDAY = date(2026, 6, 8), date(2026, 6, 9)


@pytest.fixture
def order(shop: Shop) -> str:
    return builders.order(shop, "Grease the bearings", status="ready", place_id=builders.place(shop))


def planned_people(shop: Shop) -> list[tuple[date, tuple[str, ...]]]:
    return [(one.on, one.people) for one in schedule.planned(shop, MONDAY, date(2026, 6, 14))]


def test_work_that_is_given_a_person_and_a_day_is_scheduled(shop: Shop, order: str) -> None:
    ann = builders.person(shop, "ANN")
    done = scheduling.move(shop, [order], MONDAY, person=ann)
    assert done.sentence == "W-A0001 planned for Mon 8 Jun, Person ANN."
    assert reads.find(shop, order).status == "scheduled"
    assert planned_people(shop) == [(MONDAY, (ann,))]


def test_a_day_without_anybody_is_refused_and_nothing_is_kept(shop: Shop, order: str) -> None:
    with pytest.raises(Refused, match="needs"):
        scheduling.move(shop, [order], MONDAY)
    assert reads.find(shop, order).planned_on is None


def test_work_that_goes_to_somebody_else_leaves_the_first(shop: Shop, order: str) -> None:
    ann, bob = builders.person(shop, "ANN"), builders.person(shop, "BOB")
    work_orders.assign(shop, [order], ["ANN"], lead="ANN")
    scheduling.move(shop, [order], MONDAY, person=ann)
    scheduling.move(shop, [order], TUESDAY, person=bob, instead_of=ann)
    assert planned_people(shop) == [(TUESDAY, (bob,))]
    assert reads.find(shop, order).lead_id == bob


def test_a_move_is_one_step_back(shop: Shop, order: str) -> None:
    ann, bob = builders.person(shop, "ANN"), builders.person(shop, "BOB")
    scheduling.move(shop, [order], MONDAY, person=ann)
    scheduling.move(shop, [order], TUESDAY, person=bob, instead_of=ann)
    undo.undo(shop)
    assert planned_people(shop) == [(MONDAY, (ann,))]


def test_running_work_moves_to_another_day_and_goes_on_running(shop: Shop, order: str) -> None:
    scheduling.move(shop, [order], MONDAY, person=builders.person(shop, "ANN"))
    lifecycle.start(shop, [order], timer=False)
    scheduling.move(shop, [order], TUESDAY)
    assert (reads.find(shop, order).status, reads.find(shop, order).planned_on) == (
        "in_progress",
        "2026-06-09",
    )
    scheduling.take_off(shop, [order])
    assert (reads.find(shop, order).status, reads.find(shop, order).planned_on) == ("in_progress", None)


def test_work_on_hold_still_waits_on_its_new_day(shop: Shop, order: str) -> None:
    scheduling.move(shop, [order], MONDAY, person=builders.person(shop, "ANN"))
    lifecycle.hold(shop, [order], "parts")
    scheduling.move(shop, [order], TUESDAY)
    assert reads.find(shop, order).status == "on_hold"


def test_work_taken_off_the_plan_waits_among_the_unplanned(shop: Shop, order: str) -> None:
    scheduling.move(shop, [order], MONDAY, person=builders.person(shop, "ANN"))
    assert list(schedule.unplanned(shop)) == []
    scheduling.take_off(shop, [order])
    assert reads.find(shop, order).status == "ready"
    assert len(schedule.unplanned(shop)) == 1


def test_finished_work_stays_where_it_was_done(shop: Shop, order: str) -> None:
    ann = builders.person(shop, "ANN")
    scheduling.move(shop, [order], MONDAY, person=ann)
    with shop.transaction() as tx:
        tx.insert(
            "status_change",
            work_order_id=order,
            from_status="scheduled",
            to_status="done",
            at="2027-01-01T00:00:00Z",
        )
    for change in (
        lambda: scheduling.move(shop, [order], TUESDAY),
        lambda: scheduling.take_off(shop, [order]),
    ):
        with pytest.raises(Refused, match="W-A0001"):
            change()
    assert planned_people(shop) == [(MONDAY, (ann,))]


def test_a_contractor_is_hired_and_not_moved_to(shop: Shop, order: str) -> None:
    firm = builders.contractor(shop, "Ace")
    with pytest.raises(Refused, match="Hire the contractor"):
        scheduling.move(shop, [order], MONDAY, person=firm)


def test_a_technician_does_not_plan(shop: Shop, order: str) -> None:
    ann = builders.person(shop, "ANN")
    shop.act_as("ANN")
    with pytest.raises(Refused, match="supervisor"):
        scheduling.move(shop, [order], MONDAY, person=ann)
    with pytest.raises(Refused, match="supervisor"):
        scheduling.take_off(shop, [order])


def test_what_is_due_is_counted_with_what_has_no_day_before(shop: Shop, order: str) -> None:
    work_orders.edit(shop, [order], {"due_on": "2026-06-10"})
    late = builders.order(
        shop, "Paint", status="ready", place_id=builders.place(shop, "B"), due_on="2026-06-10"
    )
    scheduling.move(shop, [order], MONDAY, person=builders.person(shop, "ANN"))
    [(day, found)] = schedule.due(shop, MONDAY, date(2026, 6, 30)).items()
    assert (day, found.orders, found.unplanned) == (date(2026, 6, 10), 2, 1)
    assert late in [identity for _, identity in schedule.due_orders(shop, day)]
