"""Undo and redo: every act can be taken back and brought again, unless somebody else has been there since."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from wotui.actions import finishing, lifecycle, new_shop, relations, undo, work_orders
from wotui.errors import Refused
from wotui.store.reads import work_orders as reads

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.kit.clock import FrozenClock
    from wotui.store.file import Shop


@pytest.fixture
def order(shop: Shop) -> str:
    builders.person(shop, "AB", "Ann Bo")
    builders.asset(shop, "PUMP-01")
    work_orders.new(shop, "Pump leaks", {"asset": "PUMP-01", "custom.colour": "red", "permits": "hot work"})
    return "W-A0001"


def shown(shop: Shop, number: str) -> tuple[object, ...]:
    found = reads.find(shop, number)
    return (
        [getattr(found, name) for name in type(found).__slots__],
        reads.assignees(shop, found.id),
        reads.members(shop, found.id, "permit"),
        reads.custom_values(shop, found.id),
        reads.log(shop, found.id),
        reads.related(shop, found.id),
    )


ACTS: dict[str, Callable[[Shop], object]] = {
    "edit": lambda shop: work_orders.edit(shop, ["1"], {"title": "Pump drips", "due": "fri", "asset": ""}),
    "edit a set": lambda shop: work_orders.edit(shop, ["1"], {"permits": "confined space,LOTO"}),
    "edit a custom field": lambda shop: work_orders.edit(
        shop, ["1"], {"custom.colour": "", "custom.size": "9"}
    ),
    "assign": lambda shop: work_orders.assign(shop, ["1"], ["ab"]),
    "note": lambda shop: work_orders.note(shop, "1", "Smells burnt."),
    "tick a permit": lambda shop: lifecycle.tick_permit(shop, "1", "hot work"),
    "hold": lambda shop: lifecycle.hold(shop, ["1"], "parts", until="+3d"),
    "cancel": lambda shop: lifecycle.cancel(shop, ["1"], "asked twice"),
    "draft": lambda shop: lifecycle.back_to_draft(shop, "1"),
    "sign off": lambda shop: finishing.sign_off(shop, "1", name="Jo Doe", role="supervisor", pin="4711"),
    "finish": lambda shop: finishing.finish(
        shop, ["1"], note="New seal.", minutes=20, outcome="temporary_fix"
    ),
    "relate": lambda shop: relations.relate(shop, "1", "related", str(builders.order(shop, "Other"))),
}


@pytest.mark.parametrize("act", ACTS)
def test_every_act_is_taken_back_and_brought_again(shop: Shop, order: str, act: str) -> None:
    before = shown(shop, order)
    ACTS[act](shop)
    after = shown(shop, order)
    assert after != before
    assert undo.undo(shop).sentence.startswith("Undone: ")
    assert shown(shop, order) == before
    assert undo.redo(shop).sentence.startswith("Done again: ")
    assert shown(shop, order) == after
    undo.undo(shop)
    assert shown(shop, order) == before


def test_a_new_order_is_taken_back_as_a_whole(shop: Shop, order: str) -> None:
    made = reads.find(shop, order)
    undo.undo(shop)
    assert not shop.rows("SELECT 1 FROM work_order WHERE deleted_at IS NULL")
    undo.redo(shop)
    assert reads.find(shop, order) == made


def test_many_steps_go_back_and_forth_in_order(shop: Shop, order: str) -> None:
    for name in ("First", "Second", "Third"):
        work_orders.edit(shop, [order], {"title": name})
    titles: list[str] = []
    for step in (undo.undo, undo.undo, undo.redo, undo.redo, undo.undo, undo.undo, undo.undo):
        step(shop)
        titles.append(reads.find(shop, order).title)
    assert titles == ["Second", "First", "Second", "Third", "Second", "First", "Pump leaks"]


def test_an_edit_of_many_orders_is_one_step(shop: Shop, order: str) -> None:
    others = [builders.number_of(shop, builders.order(shop, f"Order {number}")) for number in range(4)]
    work_orders.edit(shop, [order, *others], {"priority": "urgent"})
    undo.undo(shop)
    assert {reads.find(shop, number).priority for number in (order, *others)} == {3}


def test_doing_something_new_forgets_what_could_be_redone(shop: Shop, order: str) -> None:
    work_orders.edit(shop, [order], {"title": "First"})
    undo.undo(shop)
    work_orders.edit(shop, [order], {"priority": "low"})
    with pytest.raises(Refused, match="nothing to redo"):
        undo.redo(shop)


def test_with_nothing_done_there_is_nothing_to_undo(shop: Shop) -> None:
    builders.person(shop, "AB", "Ann Bo")
    shop.act_as("AB")
    with pytest.raises(Refused, match="nothing to undo"):
        undo.undo(shop)


def test_what_somebody_else_has_changed_since_is_not_undone(shop: Shop, order: str) -> None:
    work_orders.edit(shop, [order], {"title": "Mine", "priority": "urgent"})
    shop.act_as("AB")
    work_orders.edit(shop, [order], {"title": "Hers"})
    shop.act_as("JD")
    before = shown(shop, order)
    with pytest.raises(Refused, match="Ann Bo has changed title of W-A0001 since"):
        undo.undo(shop)
    assert shown(shop, order) == before


def test_each_person_undoes_their_own_acts(shop: Shop, order: str) -> None:
    work_orders.edit(shop, [order], {"priority": "urgent"})
    shop.act_as("AB")
    work_orders.edit(shop, [order], {"title": "Hers"})
    shop.act_as("JD")
    undo.undo(shop)
    found = reads.find(shop, order)
    assert (found.title, found.priority) == ("Hers", 3)


def test_undoing_a_start_takes_the_timer_back_too(shop: Shop, order: str, frozen_clock: FrozenClock) -> None:
    lifecycle.tick_permit(shop, order, "hot work")
    lifecycle.start(shop, [order])
    frozen_clock.move(minutes=10)
    undo.undo(shop)
    assert reads.find(shop, order).status == "ready"
    assert not shop.rows("SELECT 1 FROM time_span WHERE deleted_at IS NULL")


def test_the_history_of_undo_is_kept_in_the_journal(shop: Shop, order: str) -> None:
    before = shop.value("SELECT count(*) FROM change")
    work_orders.edit(shop, [order], {"title": "First"})
    undo.undo(shop)
    undo.redo(shop)
    assert shop.value("SELECT count(*) FROM change") == before + 3


def test_the_making_of_a_shop_is_not_undone(tmp_path: Path) -> None:
    with new_shop.make(
        tmp_path / "new.wotui", name="New", zone="UTC", currency="USD", workweek_start="monday"
    ) as fresh:
        with pytest.raises(Refused, match="nothing to undo"):
            undo.undo(fresh)
        assert fresh.setting("shop.name") == "New"
