"""Orders made from templates: presets, what wins over them, required fields, steps, material, checklists."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from wotui.actions import checklists, finishing, lifecycle, undo, work_orders
from wotui.actions.templates import Given, editing, fill, parts
from wotui.domain.identity import same_id
from wotui.domain.templates import Material, OwnField, Preset, Step
from wotui.errors import NotFound, Refused, UsageProblem
from wotui.store.reads import checklists as sheets
from wotui.store.reads import materials
from wotui.store.reads import work_orders as reads

if TYPE_CHECKING:
    from wotui.store.file import Shop
    from wotui.store.reads.work_orders import Order


@pytest.fixture
def hall(shop: Shop) -> Shop:
    """A shop with a place and a template “Service”."""
    builders.place(shop)
    builders.asset(shop)
    editing.add(shop, "Service", {"title": "Yearly service", "trade": "HVAC", "work_kind": "service"})
    return shop


def made(shop: Shop, title: str = "", **fields: str) -> Order:
    """An order from the template, as the shop then has it."""
    return reads.find(shop, work_orders.new(shop, title, fields, template="Service").records[0])


def test_presets_fill_the_order_and_what_is_typed_wins(hall: Shop) -> None:
    parts.preset(hall, "Service", Preset("priority", "urgent"))
    parts.preset(hall, "Service", Preset("planned_minutes", "90"))
    parts.preset(hall, "Service", Preset("permits", "LOTO, hot work"))
    order = made(hall, place="HALL-1", priority="low")
    assert (order.title, order.priority, order.planned_minutes) == ("Yearly service", 4, 90)
    assert (order.work_kind, order.template) == ("service", "Service")
    assert reads.members(hall, order.id, "permit") == ("LOTO", "hot work")
    assert reads.members(hall, order.id, "required_trade") == ("HVAC",)
    assert order.status == "ready"


def test_a_preset_that_is_cleared_stays_empty(hall: Shop) -> None:
    parts.preset(hall, "Service", Preset("planned_minutes", "90"))
    assert made(hall, place="HALL-1", planned_minutes="").planned_minutes is None


def test_a_preset_day_counts_from_the_day_of_the_order(hall: Shop) -> None:
    parts.preset(hall, "Service", Preset("due_on", "+5d"))
    assert made(hall, place="HALL-1").due_on == "2026-06-15"


def test_without_a_due_day_the_preset_priority_says_it(hall: Shop) -> None:
    parts.preset(hall, "Service", Preset("priority", "emergency"))
    assert made(hall, place="HALL-1").due_on == "2026-06-10"


def test_a_preset_asset_follows_its_record_when_it_gets_another_tag(hall: Shop) -> None:
    from wotui.actions import records

    parts.preset(hall, "Service", Preset("asset", "PUMP-01"))
    records.edit(hall, "asset", ["PUMP-01"], {"tag": "P-1"})
    assert made(hall).asset_tag == "P-1"


def test_a_required_field_keeps_the_order_a_draft_until_it_is_filled(hall: Shop) -> None:
    parts.preset(hall, "Service", Preset("team", required="release"))
    done = work_orders.new(hall, "", {"place": "HALL-1"}, template="Service")
    assert done.notices == ("W-A0001 stays a draft: it needs the field “team” filled in.",)
    with pytest.raises(Refused, match="the field “team” filled in"):
        lifecycle.make_ready(hall, ["W-A0001"])
    work_orders.edit(hall, ["W-A0001"], {"team": "Night"})
    lifecycle.make_ready(hall, ["W-A0001"])


def test_a_field_that_is_required_at_the_end_is_asked_for_at_the_end(hall: Shop) -> None:
    parts.define(hall, "Service", OwnField("serial", "Serial number", required="done"))
    order = made(hall, place="HALL-1", type="service")
    assert order.status == "ready"
    with pytest.raises(Refused, match="the field “Serial number” filled in"):
        finishing.finish(hall, [order.id], minutes=5)
    work_orders.edit(hall, [order.id], {"serial": "X-1"})
    finishing.finish(hall, [order.id], minutes=5)


def test_a_field_of_every_order_is_required_on_blank_orders_too(hall: Shop) -> None:
    parts.define(hall, "", OwnField("cost_centre", "Cost centre", required="release"))
    blank = work_orders.new(hall, "Blank", {"place": "HALL-1"})
    assert reads.find(hall, blank.records[0]).status == "draft"
    filled = work_orders.new(hall, "Filled", {"place": "HALL-1", "Cost centre": "12"})
    assert reads.find(hall, filled.records[0]).status == "ready"


def test_an_own_field_is_read_by_its_definition(hall: Shop) -> None:
    parts.define(hall, "Service", OwnField("litres", "Litres", "number", max_value=5000, uom="l"))
    order = made(hall, place="HALL-1", litres="2,50 l")
    assert reads.custom_values(hall, order.id) == {"litres": "2.5"}
    with pytest.raises(UsageProblem, match=r"Litres: 6 l is out of range\. It takes at most 5 l\."):
        work_orders.edit(hall, [order.id], {"custom.litres": "6"})


def test_a_person_in_an_own_field_must_be_one_of_the_shop(hall: Shop) -> None:
    parts.define(hall, "Service", OwnField("keeper", "Keeper", "person"))
    order = made(hall, place="HALL-1", keeper="jd")
    assert reads.custom_values(hall, order.id) == {"keeper": "JD"}
    with pytest.raises(NotFound):
        work_orders.edit(hall, [order.id], {"keeper": "ZZ"})


def test_a_preset_of_an_own_field_stands_there_at_first(hall: Shop) -> None:
    parts.define(hall, "Service", OwnField("fuel", "Fuel", "choice", choices=("gas", "oil")))
    parts.preset(hall, "Service", Preset("custom.fuel", "gas"))
    assert reads.custom_values(hall, made(hall, place="HALL-1").id) == {"fuel": "gas"}
    assert reads.custom_values(hall, made(hall, place="HALL-1", fuel="oil").id) == {"fuel": "oil"}
    assert reads.custom_values(hall, made(hall, place="HALL-1", fuel="").id) == {}


def test_a_preset_that_counts_no_more_is_told_and_the_order_is_made(hall: Shop) -> None:
    fuel = OwnField("fuel", "Fuel", "choice", choices=("gas", "oil"))
    parts.define(hall, "Service", fuel)
    parts.preset(hall, "Service", Preset("custom.fuel", "gas"))
    parts.define(hall, "Service", OwnField("fuel", "Fuel", "choice", choices=("coal",)), before="fuel")
    done = work_orders.new(hall, "", {"place": "HALL-1"}, template="Service")
    assert any("no longer counts" in notice for notice in done.notices)


def test_checklists_are_copied_and_material_is_planned(hall: Shop) -> None:
    with hall.transaction() as tx:
        checklists.load_shipped(tx)
        tx.insert("part", sku="F-20", name="Filter", uom="ea", active=1)
    parts.add_checklist(hall, "Service", "HVAC filter change")
    parts.put_line(hall, "Service", Material(part="F-20", qty=2000))
    parts.put_line(hall, "Service", Material("Sealant", qty=500, uom="kg"))
    order = made(hall, place="HALL-1")
    assert [name for _, name in sheets.sheet(hall, order.id).lists] == ["HVAC filter change"]
    lines = [(line.words, line.amount) for line in materials.of_order(hall, order.id)]
    assert lines == [("F-20 Filter", "2 ea"), ("Sealant", "0.5 kg")]


def test_steps_become_orders_that_wait_for_one_another(hall: Shop) -> None:
    editing.add(hall, "Rough-in", {"trade": "electrical"})
    parts.preset(hall, "Rough-in", Preset("type", "inspection"))
    parts.put_plan_step(hall, "Service", Step("Frame", trade="carpentry", minutes=60))
    parts.put_plan_step(hall, "Service", Step("Wire", template="Rough-in", after=1))
    order = made(hall, place="HALL-1", type="improvement", due_on="2026-07-01")
    frame, wire = (reads.find(hall, number) for number in ("W-A0002", "W-A0003"))
    assert {frame.parent, wire.parent} == {order.number}
    assert (frame.title, frame.type, frame.planned_minutes) == ("Frame", "improvement", 60)
    assert (wire.title, wire.type, wire.template) == ("Wire", "inspection", "Rough-in")
    assert {frame.due_on, wire.due_on} == {"2026-07-01"}
    assert {frame.status, wire.status} == {"ready"}
    assert [(r.kind, r.number) for r in reads.related(hall, frame.id)] == [("blocks", wire.number)]
    lifecycle.start(hall, [order.id], timer=False)
    with pytest.raises(Refused, match="its part W-A0002 finished"):
        finishing.finish(hall, [order.id])


def test_one_undo_takes_the_whole_plan_back(hall: Shop) -> None:
    parts.put_plan_step(hall, "Service", Step("Frame"))
    made(hall, place="HALL-1")
    undo.undo(hall)
    assert hall.value("SELECT count(*) FROM work_order WHERE deleted_at IS NULL") == 0


def test_the_same_cause_makes_the_same_order_and_steps_on_two_devices(hall: Shop) -> None:
    parts.put_plan_step(hall, "Service", Step("Frame"))
    template = hall.value("SELECT id FROM order_template")
    with hall.transaction() as tx:
        filled = fill(tx, template, Given(), source="plan", identity=same_id("occurrence", "1"))
    assert filled.order_id == same_id("occurrence", "1")
    step = hall.value("SELECT id FROM template_step")
    assert filled.steps == (same_id("step", filled.order_id, step),)


def test_a_template_that_is_gone_makes_a_blank_order_and_says_so(hall: Shop) -> None:
    with hall.transaction() as tx:
        filled = fill(tx, "gone", Given({"title": "Grease", "place_id": hall.value("SELECT id FROM place")}))
    assert filled.released
    assert filled.notices == ("Its template is not there any more, so the order is a blank one.",)


def test_the_same_again_keeps_the_template_and_its_fields(hall: Shop) -> None:
    parts.define(hall, "Service", OwnField("serial", "Serial"))
    order = made(hall, place="HALL-1", serial="X-1")
    again = reads.find(hall, work_orders.duplicate(hall, order.id).records[0])
    assert again.template == "Service"
    assert reads.custom_values(hall, again.id) == {"serial": "X-1"}


def test_a_failed_item_makes_its_follow_up_from_the_template_it_names(hall: Shop) -> None:
    parts.preset(hall, "Service", Preset("planned_minutes", "90"))
    order = work_orders.new(hall, "Round", {"asset": "PUMP-01"}).records[0]
    leak = {"type": "pass_fail", "label": "Leak", "follow_up": {"template": "Service"}}
    item = checklists.add_item(hall, order, leak).records[1]
    checklists.press(hall, item, "fail", note="drips")
    checklists.accept_follow_up(hall, item)
    follow_up = reads.find(hall, "W-A0002")
    assert (follow_up.template, follow_up.planned_minutes, follow_up.status) == ("Service", 90, "ready")
    assert follow_up.title == "PUMP-01: Leak – fail"


def test_what_a_request_said_in_own_fields_lets_its_order_be_ready(hall: Shop) -> None:
    from wotui.actions import accepting, requests

    cost = OwnField("cost_centre", "Cost centre", required="release", show_on=("request", "order"))
    parts.define(hall, "", cost)
    for said, status in (("12", "ready"), ("", "draft")):
        asked = requests.new(hall, f"Leak {said}", {"place": "HALL-1", "custom.cost_centre": said}).records[0]
        accepting.accept(hall, [asked])
        order = reads.find(hall, hall.value("SELECT number FROM work_order ORDER BY key DESC LIMIT 1"))
        assert order.status == status
    with pytest.raises(UsageProblem, match="Cost centre: it is longer than 200"):
        requests.new(hall, "Leak", {"place": "HALL-1", "custom.cost_centre": "x" * 201})
