"""Lists come onto orders as snapshots, with their meters and files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from tests.kit.lists import Run
from wotui.actions import checklists
from wotui.domain.identity import same_id
from wotui.errors import FileTrouble, NotFound, Refused, UsageProblem
from wotui.store.reads import checklist_templates
from wotui.store.reads.checklist_templates import items
from wotui.store.reads.checklists import sheet

if TYPE_CHECKING:
    from pathlib import Path

    from tests.kit.clock import FrozenClock
    from wotui.store.file import Shop


@pytest.fixture
def stocked(shop: Shop) -> Shop:
    with shop.transaction() as tx:
        checklists.load_shipped(tx)
        tx.done("Loaded the checklists.")
    return shop


def test_the_shipped_lists_are_there_once(stocked: Shop) -> None:
    assert "Forklift daily check" in [row.name for row in checklist_templates.templates(stocked)]
    with stocked.transaction() as tx:
        assert checklists.load_shipped(tx) == 0


def test_a_template_is_found_by_a_word_of_its_name(stocked: Shop) -> None:
    assert checklist_templates.find(stocked, "forklift").name == "Forklift daily check"
    with pytest.raises(NotFound, match=r"The shop has|Did you mean"):
        checklist_templates.find(stocked, "rocket")
    with pytest.raises(NotFound, match="Name one"):
        checklist_templates.find(stocked, "a")


def test_a_list_on_an_order_is_a_snapshot_that_later_changes_do_not_touch(stocked: Shop) -> None:
    order = builders.order(stocked, status="ready")
    done = checklists.attach(stocked, order, "Forklift daily check")
    before = sheet(stocked, order)
    assert done.sentence.startswith("Put “Forklift daily check” on W-A")
    assert len(before.lines) == 13
    with stocked.transaction() as tx:
        for (item_id,) in tx.rows("SELECT id FROM item_template"):
            tx.update("item_template", item_id, label="Changed")
    assert sheet(stocked, order).items == before.items


def test_conditions_point_to_the_snapshots_own_items(stocked: Shop) -> None:
    order = builders.order(stocked, status="ready")
    checklists.attach(stocked, order, "forklift")
    what = sheet(stocked, order).find("What leaks?")
    assert not what.shown
    checklists.answer(stocked, sheet(stocked, order).find("Any leak").item.id, "yes")
    assert sheet(stocked, order).find("What leaks?").shown


def test_the_same_list_twice_is_two_lists_and_one_sheet(stocked: Shop) -> None:
    order = builders.order(stocked, status="ready")
    checklists.attach(stocked, order, "forklift")
    checklists.attach(stocked, order, "forklift")
    both = sheet(stocked, order)
    assert len(both.lists) == 2
    assert [line.number for line in both.lines] == list(range(1, 27))
    assert len({line.item.id for line in both.lines}) == 26


def test_two_devices_that_put_a_list_on_the_same_order_give_it_the_same_ids(stocked: Shop) -> None:
    order = builders.order(stocked, status="ready")
    template = checklist_templates.find(stocked, "forklift").id
    with stocked.transaction() as tx:
        first = checklists.put_on_order(tx, order, template)
    assert first == same_id("checklist", order, template, "0")
    for line in sheet(stocked, order).lines:
        assert any(
            line.item.id == same_id("checklist_item", first, item.id) for item in items(stocked, template)
        )


def test_a_list_can_be_made_on_the_spot(shop: Shop) -> None:
    order = builders.order(shop, status="ready")
    checklists.start_list(shop, order, "Before the weekend", ["Valve shut", "Heating down"])
    checklists.add_item(shop, order, {"type": "number", "label": "Room", "uom": "°C", "max": 12})
    current = sheet(shop, order)
    assert [line.item.label for line in current.lines] == ["Valve shut", "Heating down", "Room"]
    assert {line.list_name for line in current.lines} == {"Before the weekend"}
    with pytest.raises(Refused, match="needs a name"):
        checklists.start_list(shop, order, "  ")


def test_a_list_without_answers_can_be_taken_off_again(shop: Shop) -> None:
    run = Run(shop, "Belt")
    list_id = run.sheet.lists[0][0]
    run.answer("Belt", "pass")
    with pytest.raises(Refused, match="has answers"):
        checklists.remove_list(shop, list_id)
    order = builders.order(shop, status="ready")
    spare = checklists.start_list(shop, order, "Spare", ["x"]).records[1]
    checklists.remove_list(shop, spare)
    assert sheet(shop, order).lines == ()


def meter(
    shop: Shop, asset_id: str, name: str = "Operating hours", uom: str = "h", kind: str = "cumulative"
) -> str:
    with shop.transaction() as tx:
        return tx.insert("meter", asset_id=asset_id, name=name, uom=uom, kind=kind)


def readings(shop: Shop) -> list[tuple[int, int]]:
    return [
        (value, suspect)
        for value, suspect in shop.rows(
            "SELECT value, suspect FROM reading WHERE deleted_at IS NULL ORDER BY taken_at, key"
        )
    ]


def hours(shop: Shop, asset_id: str) -> Run:
    """An order on the asset with one meter item, put there from a template."""
    run = Run(shop, asset_id=asset_id)
    with shop.transaction() as tx:
        template = tx.insert("checklist_template", name="Hours")
        tx.insert(
            "item_template", template_id=template, type="meter", label="Operating hours", uom="h", position=1
        )
        checklists.put_on_order(tx, run.order_id, template)
    return run


def test_a_meter_item_writes_a_reading_of_the_assets_meter(shop: Shop) -> None:
    truck = builders.asset(shop, "FL-1")
    meter(shop, truck)
    run = hours(shop, truck)
    run.answer("Operating hours", "1204.5")
    assert readings(shop) == [(1_204_500, 0)]


def test_correcting_a_meter_item_replaces_its_reading(shop: Shop) -> None:
    truck = builders.asset(shop, "FL-1")
    meter(shop, truck)
    run = hours(shop, truck)
    run.answer("Operating hours", "12045")
    run.answer("Operating hours", "1204.5")
    assert readings(shop) == [(1_204_500, 0)]
    checklists.clear(shop, run.id("Operating hours"))
    assert readings(shop) == []


def test_a_meter_that_runs_backwards_is_stored_as_suspect_and_is_no_last_value(
    shop: Shop, frozen_clock: FrozenClock
) -> None:
    truck = builders.asset(shop, "FL-1")
    meter(shop, truck)
    hours(shop, truck).answer("Operating hours", "1200")
    frozen_clock.move(days=1)
    hours(shop, truck).answer("Operating hours", "1100")
    frozen_clock.move(days=1)
    third = hours(shop, truck)
    assert readings(shop) == [(1_200_000, 0), (1_100_000, 1)]
    last = third.line("Operating hours").last
    assert last is not None
    assert last.value == 1_200_000


def test_a_template_finds_the_meter_by_name_before_unit(shop: Shop) -> None:
    truck = builders.asset(shop, "FL-1")
    meter(shop, truck, "Lift hours")
    named = meter(shop, truck, "Operating hours")
    assert hours(shop, truck).line("Operating hours").item.meter_id == named
    other = builders.asset(shop, "FL-2")
    only = meter(shop, other, "Engine")
    assert hours(shop, other).line("Operating hours").item.meter_id == only
    third = builders.asset(shop, "FL-3")
    meter(shop, third, "Engine")
    meter(shop, third, "Lift")
    assert hours(shop, third).line("Operating hours").item.meter_id is None


def test_a_picture_comes_into_the_shops_file(shop: Shop, tmp_path: Path) -> None:
    picture = tmp_path / "filter [b].jpg"
    picture.write_bytes(b"\xff\xd8 picture")
    run = Run(shop, {"type": "photo", "label": "Filter"})
    checklists.attach_file(shop, run.id("Filter"), picture)
    line = run.line("Filter")
    assert line.answered
    assert line.files == ("filter [b].jpg",)
    assert shop.value("SELECT bytes FROM blob") == b"\xff\xd8 picture"
    checklists.attach_file(shop, run.id("Filter"), picture)
    assert run.line("Filter").files == ("filter [b].jpg",)


def test_files_that_cannot_be_kept_are_refused(shop: Shop, tmp_path: Path) -> None:
    run = Run(shop, {"type": "photo", "label": "Filter"}, "Belt")
    empty, large = tmp_path / "empty.jpg", tmp_path / "large.jpg"
    empty.touch()
    with large.open("wb") as file:
        file.truncate(10 * 1024 * 1024 + 1)
    for path, words in (
        (tmp_path / "gone.jpg", "cannot be read"),
        (tmp_path, "cannot be read|not a file"),
        (empty, "is empty"),
        (large, "at most 10 MB"),
        ("nul\0byte", "not the path"),
    ):
        with pytest.raises(FileTrouble, match=words):
            checklists.attach_file(shop, run.id("Filter"), path)
    large.unlink()
    empty.write_bytes(b"x")
    with pytest.raises(Refused, match="takes no file"):
        checklists.attach_file(shop, run.id("Belt"), empty)


def test_a_shop_adds_a_list_of_its_own_from_a_file(shop: Shop, tmp_path: Path) -> None:
    own = tmp_path / "ladder.toml"
    items = '[[items]]\nlabel = "Rungs"\n[[items]]\ntype = "number"\nlabel = "Count"\nmax = 9\n'
    own.write_text(f'name = "Ladders"\n{items}')
    done = checklists.learn(shop, own)
    assert done.sentence == "Added the checklist “Ladders”: 2 items."
    order = builders.order(shop, status="ready")
    checklists.attach(shop, order, "ladders")
    assert sheet(shop, order).find("Count").item.max_value == 9000
    with pytest.raises(Refused, match="already"):
        checklists.learn(shop, own)
    own.write_text("name = ")
    with pytest.raises(UsageProblem, match="no TOML"):
        checklists.learn(shop, own)
    own.write_text('name = "Other"\n[[items]]\ntype = "tock"\nlabel = "x"\n')
    with pytest.raises(UsageProblem, match="type is “tock”"):
        checklists.learn(shop, own)
