"""Two laptops that make orders offline end with one order, which answers to both of its numbers."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.actions.plans.world import GREASE, finish, ledger, orders, plan, run
from tests.kit import builders
from tests.merge.model import MemoryPlace
from wotui.actions import conflicts as answers
from wotui.actions.checklists.lists import add_template
from wotui.actions.plans import edit
from wotui.domain.checklists.templates import template_from
from wotui.merge import engine, identity
from wotui.merge.check import check
from wotui.store.file import Shop
from wotui.store.reads import checklists, conflicts, work_orders

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.kit.clock import FrozenClock


@pytest.fixture
def laptop(shop: Shop, tmp_path: Path) -> Iterator[Shop]:
    builders.asset(shop, "PUMP-01")
    with shop.transaction() as tx:
        add_template(tx, template_from({"name": "Look", "items": [{"type": "tick", "label": "Look"}]}))
        tx.done("Added.")
    plan(shop, checklists="look")
    identity.settle(shop)
    shutil.copy(shop.path, tmp_path / "laptop.wotui")
    with Shop.open(tmp_path / "laptop.wotui") as opened:
        assert identity.settle(opened)
        opened.act_as("JD")
        yield opened


def meet(*shops: Shop) -> None:
    place = MemoryPlace(str(shops[0].value("SELECT shop FROM me")))
    for one in (*shops, *shops):
        engine.merge(one, place)


def test_both_made_the_order_offline_and_one_is_left_that_both_numbers_find(
    shop: Shop, laptop: Shop, frozen_clock: FrozenClock
) -> None:
    numbers = {work_orders.find(one, run(one).records[0]).number for one in (shop, laptop)}
    assert len(numbers) == 2
    frozen_clock.move(minutes=1)
    meet(shop, laptop)
    for one in (shop, laptop):
        [only] = orders(one)
        assert {work_orders.find(one, number).id for number in numbers} == {only.id}
        assert (only.status, ledger(one)) == ("ready", [("2026-06-12", "open")])
        assert len(checklists.sheet(one, only.id, {}).lists) == 1
        assert conflicts.derive(one) == []
        assert not run(one).records
        assert check(one.path) == []


def test_done_on_one_and_run_on_the_other_is_done_on_both(
    shop: Shop, laptop: Shop, frozen_clock: FrozenClock
) -> None:
    run(shop)
    run(laptop)
    finish(laptop, orders(laptop)[0].number)
    frozen_clock.move(minutes=5)
    meet(shop, laptop)
    for one in (shop, laptop):
        run(one)
        assert (ledger(one), orders(one)[0].status) == ([("2026-06-12", "done")], "done")


def test_a_cancellation_on_one_and_real_work_on_the_other_leave_a_date_that_is_done(
    shop: Shop, laptop: Shop, frozen_clock: FrozenClock
) -> None:
    from wotui.actions import lifecycle

    run(shop)
    frozen_clock.move(minutes=1)
    meet(shop, laptop)
    finish(laptop, orders(laptop)[0].number)
    frozen_clock.move(minutes=5)
    lifecycle.cancel(shop, [orders(shop)[0].number], "no access", plan="skip")
    meet(shop, laptop)
    for one in (shop, laptop):
        run(one)
    assert ledger(shop) == ledger(laptop) == [("2026-06-12", "done")]
    assert GREASE in [row[0] for row in shop.rows("SELECT name FROM maintenance_plan")]


def test_two_edits_of_one_field_of_a_plan_are_a_question_that_names_the_plan(
    shop: Shop, laptop: Shop, frozen_clock: FrozenClock
) -> None:
    for one, every in ((shop, "2"), (laptop, "3")):
        frozen_clock.move(minutes=1)
        edit(one, GREASE, {"every": every})
    frozen_clock.move(minutes=1)
    meet(shop, laptop)
    for one in (shop, laptop):
        [question] = [each for each in conflicts.derive(one) if each.field == "every"]
        assert GREASE in question.name
        assert [each.field for each in conflicts.derive(one)] == ["every"]
    answers.resolve(shop, conflicts.derive(shop)[0].id, "2")
    frozen_clock.move(minutes=1)
    meet(shop, laptop)
    assert [one.value("SELECT every FROM maintenance_plan") for one in (shop, laptop)] == [2, 2]
