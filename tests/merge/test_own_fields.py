"""Fields of the shop's own, templates and code lists, changed on two laptops and brought together."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from tests.merge.model import MemoryPlace
from wotui.actions import codes, work_orders
from wotui.actions.templates import editing, parts
from wotui.domain.templates import OwnField, Preset, Step
from wotui.merge import engine, identity
from wotui.store.file import Shop
from wotui.store.reads import codes as code_reads
from wotui.store.reads import conflicts
from wotui.store.reads import history as changes
from wotui.store.reads import templates as reads
from wotui.store.reads import work_orders as orders

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def order(shop: Shop) -> str:
    """An order with fields of the shop's own, from a template that both files know."""
    builders.place(shop)
    editing.add(shop, "Service")
    for key in ("size", "serial", "fuel"):
        parts.define(shop, "Service", OwnField(key, key.capitalize()))
    return work_orders.new(shop, "X", {"place": "HALL-1", "size": "20"}, template="Service").records[0]


@pytest.fixture
def laptop(shop: Shop, order: str, tmp_path: Path) -> Iterator[Shop]:
    """A second file of the shop."""
    identity.settle(shop)
    shutil.copy(shop.path, tmp_path / "laptop.wotui")
    with Shop.open(tmp_path / "laptop.wotui") as opened:
        identity.settle(opened)
        opened.act_as("JD")
        yield opened


def meet(*shops: Shop) -> None:
    """Bring the files together until each has everything."""
    place = MemoryPlace(str(shops[0].value("SELECT shop FROM me")))
    for each in (*shops, *shops):
        engine.merge(each, place)


def test_own_fields_merge_one_by_one(shop: Shop, laptop: Shop, order: str) -> None:
    work_orders.edit(shop, [order], {"serial": "X-1"})
    work_orders.edit(laptop, [order], {"fuel": "gas", "size": "25"})
    meet(shop, laptop)
    for each in (shop, laptop):
        values = orders.custom_values(each, order)
        assert values == {"size": "25", "serial": "X-1", "fuel": "gas"}
        assert conflicts.derive(each) == []


def test_one_own_field_changed_on_both_is_one_question(shop: Shop, laptop: Shop, order: str) -> None:
    work_orders.edit(shop, [order], {"size": "30"})
    work_orders.edit(laptop, [order], {"size": "40"})
    meet(shop, laptop)
    assert len(conflicts.derive(shop)) == 1
    assert orders.custom_values(shop, order) == orders.custom_values(laptop, order)
    told = {(change.field, change.new) for change in changes.history(shop, order)}
    assert {("custom.size", "30"), ("custom.size", "40")} <= told


def test_the_same_field_defined_on_both_is_one_field(shop: Shop, laptop: Shop) -> None:
    for each in (shop, laptop):
        parts.define(each, "", OwnField("cost_centre", "Cost centre"))
    meet(shop, laptop)
    assert [field.name for field in reads.own_fields(shop, None)] == ["cost_centre"]


def test_a_template_changed_on_both_keeps_both_changes(shop: Shop, laptop: Shop) -> None:
    parts.preset(shop, "Service", Preset("type", "service"))
    parts.put_plan_step(laptop, "Service", Step("Frame"))
    editing.edit(laptop, "Service", {"trade": "HVAC"})
    meet(shop, laptop)
    for each in (shop, laptop):
        template = reads.whole(each, reads.find(each, "Service").id)
        assert template.preset("type").value == "service"
        assert [step.title for step in template.steps] == ["Frame"]
        assert template.trade == "HVAC"
        assert conflicts.derive(each) == []


def test_the_same_word_added_on_both_is_one_word(shop: Shop, laptop: Shop) -> None:
    for each in (shop, laptop):
        codes.add(each, "trade", "HVAC")
    meet(shop, laptop)
    assert [code.code for code in code_reads.codes(shop, "trade")] == ["HVAC"]
