"""What two files ask people once they have met, how it is answered, and what the undo of an answer does."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from tests.merge.model import MemoryPlace
from wotui.actions import conflicts as answers
from wotui.actions import orders, undo
from wotui.errors import FileTrouble, NotFound, Refused, UsageProblem
from wotui.merge import engine, identity
from wotui.store.file import Shop
from wotui.store.reads import conflicts, work_orders
from wotui.store.reads.checklist_items import latest
from wotui.store.reads.history import history

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.kit.clock import FrozenClock


@pytest.fixture
def order(shop: Shop) -> str:
    """An order that both files know."""
    return builders.order(shop, "Grease the pump")


@pytest.fixture
def laptop(shop: Shop, order: str, tmp_path: Path) -> Iterator[Shop]:
    """A second file of the shop, which went on as a device of its own."""
    identity.settle(shop)
    shutil.copy(shop.path, tmp_path / "laptop.wotui")
    with Shop.open(tmp_path / "laptop.wotui") as opened:
        assert identity.settle(opened)
        opened.act_as("JD")
        yield opened


@pytest.fixture
def place(shop: Shop) -> MemoryPlace:
    """Where they meet."""
    return MemoryPlace(str(shop.value("SELECT shop FROM me")))


def meet(place: MemoryPlace, *shops: Shop) -> None:
    for one in (*shops, *shops):
        engine.merge(one, place)


def edit(shop: Shop, order: str, **values: object) -> None:
    with shop.transaction() as tx:
        tx.update("work_order", order, **values)
        tx.done("Edited.")


def question(shop: Shop) -> conflicts.Conflict:
    (only,) = conflicts.derive(shop)
    return only


@pytest.mark.parametrize("take", ["mine", "theirs", "Grease all of them"])
def test_the_undo_of_an_answer_asks_again_everywhere_and_redo_answers_again(
    shop: Shop, laptop: Shop, order: str, place: MemoryPlace, take: str
) -> None:
    edit(shop, order, title="Grease both")
    edit(laptop, order, title="Grease the fan")
    meet(place, shop, laptop)
    asked = question(shop)
    answers.resolve(shop, asked.id, take)
    meet(place, shop, laptop)
    assert conflicts.derive(laptop) == []
    undo.undo(shop)
    meet(place, shop, laptop)
    for one in (shop, laptop):
        again = question(one)
        assert (again.id, again.base) == (asked.id, "Grease the pump")
        assert {head.value for head in again.values} == {"Grease both", "Grease the fan"}
    undo.redo(shop)
    meet(place, shop, laptop)
    assert conflicts.derive(shop) == conflicts.derive(laptop) == []
    assert not [line for line in history(shop, order) if line.field.startswith("undone")]


def test_an_edit_that_was_not_known_when_an_answer_was_undone_is_asked_about_too(
    shop: Shop, laptop: Shop, order: str, place: MemoryPlace, frozen_clock: FrozenClock
) -> None:
    edit(shop, order, title="Grease both")
    edit(laptop, order, title="Grease the fan")
    meet(place, shop, laptop)
    edit(laptop, order, title="Grease nothing")
    frozen_clock.move(minutes=5)
    answers.resolve(shop, question(shop).id, "mine")
    undo.undo(shop)
    meet(place, shop, laptop)
    assert "Grease nothing" in {head.value for head in question(shop).values}
    assert len(question(laptop).values) == len(question(shop).values) == 2


def test_both_keeps_the_other_text_as_a_note_on_the_order(
    shop: Shop, laptop: Shop, order: str, place: MemoryPlace
) -> None:
    edit(shop, order, description="Red grease")
    edit(laptop, order, description="Blue grease")
    meet(place, shop, laptop)
    answers.resolve(shop, question(shop).id, answers.BOTH)
    meet(place, shop, laptop)
    for one in (shop, laptop):
        assert conflicts.derive(one) == []
        stays = one.value("SELECT description FROM work_order")
        (note,) = (text for (text,) in one.rows("SELECT text FROM log_entry WHERE kind = 'note'"))
        assert {stays, note.rpartition(": ")[2]} == {"Red grease", "Blue grease"}


def test_a_priority_is_no_text_to_keep_as_a_note(
    shop: Shop, laptop: Shop, order: str, place: MemoryPlace
) -> None:
    edit(shop, order, priority=1)
    edit(laptop, order, priority=4)
    meet(place, shop, laptop)
    with pytest.raises(Refused, match="cannot be kept as a note"):
        answers.resolve(shop, question(shop).id, answers.BOTH)


@pytest.mark.parametrize("take", ["kept", "removed", "mine", "theirs"])
def test_a_record_that_one_took_away_while_another_changed_it_is_asked_about(
    shop: Shop, laptop: Shop, place: MemoryPlace, take: str
) -> None:
    pump = builders.asset(shop, "PUMP-01")
    meet(place, shop, laptop)
    with shop.transaction() as tx:
        tx.remove("asset", pump)
        tx.done("Removed.")
    with laptop.transaction() as tx:
        tx.update("asset", pump, name="The red one")
        tx.done("Edited.")
    meet(place, shop, laptop)
    asked = question(shop)
    assert (asked.kind, [head.value for head in asked.values]) == ("gone", ["removed", "kept"])
    assert asked.values[1].changed == ("name",)
    answers.resolve(shop, asked.id, take)
    meet(place, shop, laptop)
    for one in (shop, laptop):
        assert conflicts.derive(one) == []
        gone = one.value("SELECT deleted_at FROM asset") is not None
        assert gone == (take in {"removed", "mine"})
    undo.undo(shop)
    assert question(shop).kind == "gone"


def test_what_was_taken_away_by_somebody_who_had_seen_the_change_is_no_question(
    shop: Shop, laptop: Shop, place: MemoryPlace
) -> None:
    pump = builders.asset(shop, "PUMP-01")
    meet(place, shop, laptop)
    with laptop.transaction() as tx:
        tx.update("asset", pump, name="The red one")
        tx.done("Edited.")
    meet(place, laptop, shop)
    with shop.transaction() as tx:
        tx.remove("asset", pump)
        tx.done("Removed.")
    meet(place, shop, laptop)
    assert conflicts.derive(shop) == conflicts.derive(laptop) == []


@pytest.mark.parametrize(("take", "left"), [("mine", "Fix"), ("theirs", "Weld"), ("different", "")])
def test_two_orders_with_one_number_are_told_apart_or_both_keep_it(
    shop: Shop, laptop: Shop, place: MemoryPlace, take: str, left: str
) -> None:
    mine, theirs = builders.order(shop, "Fix"), builders.order(laptop, "Weld")
    edit(laptop, theirs, number=shop.value("SELECT number FROM work_order WHERE id = ?", (mine,)))
    meet(place, shop, laptop)
    asked = question(shop)
    assert (asked.kind, {head.value for head in asked.values}) == ("number", {"Fix", "Weld"})
    with pytest.raises(NotFound, match=r"is the number of 2 orders: “(Fix|Weld)” and “(Fix|Weld)”"):
        work_orders.find(shop, asked.name)
    with pytest.raises(UsageProblem, match="Two orders have the number"):
        answers.resolve(shop, asked.id, "same")
    answers.resolve(shop, asked.id, take)
    meet(place, shop, laptop)
    for one in (shop, laptop):
        assert conflicts.derive(one) == []
        titles = [
            title for (title,) in one.rows("SELECT title FROM work_order WHERE number = ?", (asked.name,))
        ]
        assert titles == [left] if left else sorted(titles) == ["Fix", "Weld"]
    undo.undo(shop)
    assert question(shop).kind == "number"


@pytest.mark.parametrize("failed_here", [True, False])
def test_of_a_safety_item_the_worse_answer_counts_until_somebody_decides(
    shop: Shop, laptop: Shop, order: str, place: MemoryPlace, frozen_clock: FrozenClock, failed_here: bool
) -> None:
    with shop.transaction() as tx:
        sheet = tx.insert("checklist", work_order_id=order, name="Lock-out", position=1)
        item = tx.insert("checklist_item", checklist_id=sheet, type="tick", label="Locked", severity="safety")
        tx.done("Made.")
    meet(place, shop, laptop)
    for one, outcome in (
        (shop, "fail" if failed_here else "pass"),
        (laptop, "pass" if failed_here else "fail"),
    ):
        frozen_clock.move(minutes=5)
        with one.transaction() as tx:
            tx.insert("item_result", item_id=item, value="", outcome=outcome, at=tx.at)
            tx.done("Answered.")
    meet(place, shop, laptop)
    for one in (shop, laptop):
        assert latest(one, [item])[item].outcome == "fail"
    passed = "theirs" if failed_here else "mine"
    answers.resolve(shop, question(shop).id, passed)
    meet(place, shop, laptop)
    for one in (shop, laptop):
        assert latest(one, [item])[item].outcome == "pass"
    undo.undo(shop)
    assert latest(shop, [item])[item].outcome == "fail"


def test_when_one_finishes_what_another_put_on_hold_both_are_told(
    shop: Shop, laptop: Shop, order: str, place: MemoryPlace, frozen_clock: FrozenClock
) -> None:
    for one, to in ((shop, "done"), (laptop, "on_hold")):
        with one.transaction() as tx:
            orders.step(tx, work_orders.find(tx, order), to)
        frozen_clock.move(minutes=5)
    told = [notice for one in (shop, laptop, shop) for notice in engine.merge(one, place).notices]
    assert len(told) == 2
    for notice in told:
        assert notice.startswith("W-A0001: Jo Doe (")
        assert "(done)" in notice
        assert "(on hold)" in notice
        assert notice.endswith("did not know of each other; it is done until somebody decides.")


def test_when_both_moved_an_order_the_same_way_both_are_told_and_nobody_is_asked(
    shop: Shop, laptop: Shop, order: str, place: MemoryPlace
) -> None:
    for one, to in ((shop, "in_progress"), (laptop, "on_hold")):
        with one.transaction() as tx:
            orders.step(tx, work_orders.find(tx, order), to)
    told = [notice for one in (shop, laptop, shop) for notice in engine.merge(one, place).notices]
    assert len(told) == 2
    assert all(notice.endswith("it is in progress.") for notice in told)
    assert conflicts.derive(shop) == []


@pytest.mark.parametrize(
    ("table", "handle", "column"),
    [
        ("request", "number", "title"),
        ("maintenance_plan", "name", "every"),
        ("routing_rule", "name", "trade"),
    ],
)
def test_requests_plans_and_rules_are_asked_about_too_but_not_their_place_in_a_list(
    shop: Shop, laptop: Shop, place: MemoryPlace, table: str, handle: str, column: str
) -> None:
    with shop.transaction() as tx:
        record = tx.insert(table, **{handle: "R-A0001"})
        tx.done("Made.")
    meet(place, shop, laptop)
    for one, value in ((shop, 3), (laptop, 4)):
        with one.transaction() as tx:
            tx.update(table, record, **{column: value if column == "every" else str(value)})
            if table == "routing_rule":
                tx.update(table, record, position=value)
            tx.done("Edited.")
    meet(place, shop, laptop)
    asked = question(shop)
    assert (asked.name, asked.field) == ("R-A0001", column)
    answers.resolve(shop, asked.id, "theirs")
    meet(place, shop, laptop)
    assert conflicts.derive(laptop) == []


def test_what_came_in_stays_in_the_history_also_when_nothing_could_be_sent(
    shop: Shop, laptop: Shop, order: str, place: MemoryPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(laptop, order, title="Grease both")
    engine.merge(laptop, place)
    monkeypatch.setattr(place, "publish", _full)
    with pytest.raises(FileTrouble, match="full"):
        engine.merge(shop, place)
    (account,) = engine.accounts(shop)
    assert (account["changes_out"], account["records_changed"]) == (0, 1)
    assert "full" in account["notices"][-1]


def _full(_mine: object) -> int:
    raise FileTrouble("The stick is full.", "Make room.")
