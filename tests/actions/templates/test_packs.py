"""Packs: each loads, each of its templates makes orders that can be worked through, and twice is the same as once."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from wotui.actions import checklists, finishing, lifecycle, packs, undo, work_orders
from wotui.domain.checklists.answers import passing
from wotui.domain.checklists.items import CHOICE, MULTI, NUMBER, PHOTO, SIGNATURE, TEXT
from wotui.domain.codes import MOST
from wotui.domain.quantity import decimal
from wotui.domain.templates.own_fields import DONE
from wotui.errors import NotFound, Refused
from wotui.merge import engine
from wotui.merge.places import file as places
from wotui.store.file import Shop
from wotui.store.reads import checklists as sheets
from wotui.store.reads import lifecycle as facts
from wotui.store.reads import templates as reads
from wotui.store.reads import work_orders as orders

if TYPE_CHECKING:
    from pathlib import Path

    from wotui.domain.checklists.items import Item
    from wotui.domain.templates import OwnField

PACKS = ("contracting", "housing", "manufacturing")
EVERY = [(pack, template.name) for pack in PACKS for template in packs.contents(pack).templates]


def typed_for(field: OwnField) -> str:
    """Something that a person could type into a field."""
    if field.type in ("choice", "multi"):
        return field.choices[0]
    if field.type == "number":
        return decimal(field.min_value if field.min_value is not None else 1000)
    return {"date": "fri", "bool": "yes", "person": "JD", "asset": "PUMP-01"}.get(field.type, "Something")


def answer_for(item: Item) -> str:
    """A good answer to an item."""
    if item.type == NUMBER or item.numeric:
        low, high = item.min_value, item.max_value
        low = item.warn_min if item.warn_min is not None else low
        high = item.warn_max if item.warn_max is not None else high
        return decimal(low if low is not None else high if high is not None else 1000)
    if item.type in (CHOICE, MULTI):
        return next(option.id for option in item.options if option.outcome == "pass")
    return "Looked at it" if item.type == TEXT else passing(item).value


def run_checklist(shop: Shop, order_id: str, tmp_path: Path) -> None:
    """Answer everything that is shown, as somebody for whom all is well."""
    for _ in range(80):
        waiting = [line for line in sheets.sheet(shop, order_id).lines if line.shown and not line.answered]
        todo = [line for line in waiting if line.item.answerable]
        if not todo:
            return
        item = todo[0].item
        if item.type == SIGNATURE:
            checklists.sign(shop, item.id, "Jo Doe", "" if item.role == "customer" else "1234")
        elif item.type == PHOTO:
            picture = tmp_path / "picture.jpg"
            picture.write_bytes(b"picture")
            checklists.attach_file(shop, item.id, picture)
        else:
            checklists.answer(shop, item.id, answer_for(item), sure=True)
    raise AssertionError("the checklist never ends")


def work_through(shop: Shop, order_id: str, tmp_path: Path) -> None:
    """Take an order from ready to closed, its steps first."""
    for (child,) in shop.rows(
        "SELECT id FROM work_order WHERE parent_id = ? AND status <> 'closed' ORDER BY number", (order_id,)
    ):
        work_through(shop, child, tmp_path)
    order = orders.find(shop, order_id)
    lacking = {
        f"custom.{field.name}": typed_for(field)
        for field in reads.own_fields(shop, order.template_id)
        if field.required
    }
    if lacking:
        work_orders.edit(shop, [order_id], lacking)
    if orders.find(shop, order_id).status == "draft":
        lifecycle.make_ready(shop, [order_id])
    for permit in orders.members(shop, order_id, "permit"):
        lifecycle.tick_permit(shop, order_id, permit)
    lifecycle.start(shop, [order_id])
    run_checklist(shop, order_id, tmp_path)
    words = {"failure_problem": "noisy", "failure_cause": "age", "failure_remedy": "replaced"}
    work_orders.edit(shop, [order_id], words)
    if order.signoff_required:
        finishing.sign_off(shop, order_id, name="Jo Doe", role="supervisor", pin="1234")
    finishing.finish(shop, [order_id], note="Found and repaired.", minutes=30)
    lifecycle.close(shop, [order_id])


@pytest.fixture(scope="module")
def shops(tmp_path_factory: pytest.TempPathFactory, empty_shop_file: Path) -> dict[str, Path]:
    """A shop's file with each pack in it."""
    made: dict[str, Path] = {}
    for pack in PACKS:
        path = tmp_path_factory.mktemp(pack) / "shop.wotui"
        shutil.copy(empty_shop_file, path)
        with Shop.open(path) as shop:
            shop.act_as("JD")
            packs.add(shop, pack)
            builders.place(shop)
            builders.asset(shop)
            with shop.transaction() as tx:
                tx.insert("customer", name="Ada Tenant", active=1)
            checklists.set_pin(shop, "JD", "1234")
        made[pack] = path
    return made


@pytest.mark.parametrize(("pack", "name"), EVERY)
def test_every_template_makes_an_order_that_can_be_worked_through(
    shops: dict[str, Path], pack: str, name: str, tmp_path: Path
) -> None:
    path = tmp_path / "copy.wotui"
    shutil.copy(shops[pack], path)
    with Shop.open(path) as shop, shop.together():
        shop.act_as("JD")
        template = reads.whole(shop, reads.find(shop, name).id)
        where = {"asset": "PUMP-01", "place": "HALL-1", "customer": "Ada Tenant", "fixed_price": "900"}
        own = {f"custom.{f.name}": typed_for(f) for f in template.fields if f.required and f.required != DONE}
        done = work_orders.new(shop, "", {**where, **own}, template=name)
        order = orders.find(shop, done.records[0])
        assert order.status == "ready", done.notices
        assert order.title == (template.title or template.name)
        assert len(sheets.sheet(shop, order.id).lists) == len(template.checklists)
        work_through(shop, order.id, tmp_path)
        assert orders.find(shop, order.id).status == "closed"
        assert facts.open_children(shop, order.id) == ()


@pytest.mark.parametrize("pack", PACKS)
def test_a_pack_brings_ten_or_more_templates_with_checklists(pack: str) -> None:
    held = packs.contents(pack)
    assert len(held.templates) >= 10
    assert len({named.name for template in held.templates for named in template.checklists}) >= 10
    assert held.pack.routing
    assert held.pack.description


@pytest.mark.parametrize("pack", PACKS)
def test_code_lists_are_short_enough_to_be_read(pack: str) -> None:
    codes = packs.contents(pack).pack.codes
    for kind, most in MOST.items():
        for scope in {code.scope for code in codes}:
            assert len([code for code in codes if (code.list, code.scope) == (kind, scope)]) <= most
    assert {code.list for code in codes} >= {
        "trade",
        "work_kind",
        "problem",
        "cause",
        "remedy",
        "cancel_reason",
    }


def test_adding_a_pack_twice_changes_nothing(shop: Shop) -> None:
    packs.add(shop, "housing")
    before = shop.value("SELECT count(*) FROM change")
    again = packs.add(shop, "Housing")
    assert again.act is None
    assert "is in this shop already" in again.sentence
    assert shop.value("SELECT count(*) FROM change") == before


def test_adding_a_pack_again_leaves_alone_what_the_shop_changed(shop: Shop) -> None:
    from wotui.actions.templates import editing

    packs.add(shop, "housing")
    editing.edit(shop, "Water leak", {"title": "Water!"})
    editing.retire(shop, "Playground, weekly")
    packs.add(shop, "housing")
    assert reads.find(shop, "Water leak").title == "Water!"
    assert not reads.find(shop, "Playground, weekly", retired_too=True).active


def test_a_template_of_the_shops_own_with_the_same_name_stays(shop: Shop) -> None:
    from wotui.actions.templates import editing

    editing.add(shop, "Breakdown", {"title": "Ours"})
    done = packs.add(shop, "manufacturing")
    assert reads.find(shop, "Breakdown").title == "Ours"
    assert any("“Breakdown” of its own" in notice for notice in done.notices)


def test_one_undo_takes_a_whole_pack_back(shop: Shop) -> None:
    packs.add(shop, "contracting")
    undo.undo(shop)
    assert reads.templates(shop) == []
    assert shop.value("SELECT count(*) FROM code WHERE deleted_at IS NULL") == 0
    undo.redo(shop)
    assert len(reads.templates(shop)) == len(packs.contents("contracting").templates)


def test_two_laptops_that_add_the_same_pack_end_with_one(shop: Shop, tmp_path: Path) -> None:
    from wotui.merge import identity

    other_path = tmp_path / "laptop.wotui"
    shutil.copy(shop.path, other_path)
    with Shop.open(other_path) as other:
        identity.settle(other)
        other.act_as("JD")
        packs.add(shop, "housing")
        packs.add(other, "housing")
    result = engine.merge(shop, places.FilePlace(other_path))
    names = [row.name for row in reads.templates(shop)]
    assert len(names) == len(set(names)) == len(packs.contents("housing").templates)
    assert shop.value("SELECT count(*) FROM code") == len(packs.contents("housing").pack.codes)
    rules = shop.value("SELECT count(*) FROM routing_rule WHERE deleted_at IS NULL")
    assert rules == len(packs.contents("housing").pack.routing)
    assert result.conflicts == 0


def test_a_mistyped_pack_is_answered_with_the_nearest(shop: Shop) -> None:
    with pytest.raises(NotFound, match="Did you mean housing"):
        packs.add(shop, "houseing")


def test_a_technician_adds_no_pack(shop: Shop) -> None:
    builders.person(shop, "TB")
    shop.act_as("TB")
    with pytest.raises(Refused, match="supervisor or office"):
        packs.add(shop, "housing")
