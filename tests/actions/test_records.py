"""Adding, changing and retiring master data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from wotui.actions import records
from wotui.actions.undo import redo, undo
from wotui.domain.record_kinds import CONTRACTOR, KINDS, PERSON
from wotui.errors import NotFound, Refused
from wotui.store.reads import records as reads

if TYPE_CHECKING:
    from wotui.store.file import Shop


def trades(shop: Shop) -> tuple[str, ...]:
    (contractor,) = reads.page(shop, CONTRACTOR)
    found = contractor.values["trades"]
    assert isinstance(found, tuple)
    return found


def test_a_set_is_rows_of_its_own_and_comes_back_with_undo(shop: Shop) -> None:
    records.add(shop, "contractor", "Ace", {"trades": "HVAC,welding"})
    records.edit(shop, "contractor", ["Ace"], {"trades": "welding,plumbing"})
    assert trades(shop) == ("plumbing", "welding")
    undo(shop)
    assert trades(shop) == ("HVAC", "welding")
    redo(shop)
    assert trades(shop) == ("plumbing", "welding")
    records.edit(shop, "contractor", ["ace"], {"trades": "HVAC"})
    assert trades(shop) == ("HVAC",)


def test_an_undone_record_frees_its_handle(shop: Shop) -> None:
    records.add(shop, "place", "Hall", {"code": "H1"})
    undo(shop)
    assert records.add(shop, "place", "Other hall", {"code": "h1"}).sentence == "Added place h1 (Other hall)."


def test_a_place_cannot_be_put_under_what_lies_in_it(shop: Shop) -> None:
    records.add(shop, "place", "Site", {"code": "S"})
    records.add(shop, "place", "Hall", {"code": "H", "parent": "S"})
    records.add(shop, "place", "Room", {"code": "R", "parent": "H"})
    with pytest.raises(Refused, match="under itself"):
        records.edit(shop, "place", ["S"], {"parent": "R"})
    records.edit(shop, "place", ["R"], {"parent": "S"})


def test_a_person_whose_timer_runs_stays(shop: Shop) -> None:
    from wotui.actions import lifecycle

    order = builders.order(shop, status="ready", place_id=builders.place(shop))
    lifecycle.start(shop, [order])
    with pytest.raises(Refused, match="timer is running"):
        records.retire(shop, "person", ["JD"])


def test_who_goes_leaves_word_of_the_open_orders(shop: Shop) -> None:
    builders.person(shop, "AC", "Ana Cruz")
    asset = builders.asset(shop, "PUMP-01")
    builders.order(shop, "Grease it", asset_id=asset, status="ready")
    done = records.edit(shop, "asset", ["PUMP-01"], {"state": "disposed"})
    assert done.notices == ("Still open on PUMP-01: W-A0001. Finish, cancel or move them.",)
    assert records.retire(shop, "person", ["AC"]).notices == ()


def test_a_retired_person_is_kept_and_can_come_back(shop: Shop) -> None:
    builders.person(shop, "AC", "Ana Cruz")
    records.retire(shop, "person", ["AC"])
    assert not reads.one(shop, PERSON, reads.find(shop, PERSON, "AC")).active
    with pytest.raises(NotFound):
        shop.act_as("AC")
    records.edit(shop, "person", ["AC"], {"active": "yes"})
    assert shop.act_as("AC").name == "Ana Cruz"


def test_the_contact_of_a_contractor_is_one_row_and_is_changed_in_place(shop: Shop) -> None:
    records.add(shop, "contractor", "Ace", {"contact": "Jim", "phone": "1"})
    records.edit(shop, "contractor", ["Ace"], {"phone": "2"})
    assert shop.rows("SELECT name, phone FROM contractor_contact WHERE deleted_at IS NULL") == [("Jim", "2")]


def test_many_records_are_changed_together_or_not_at_all(shop: Shop) -> None:
    for tag in ("A-1", "A-2", "A-3"):
        builders.asset(shop, tag)
    done = records.edit(shop, "asset", ["A-1", "a-2"], {"manufacturer": "Northfield"})
    assert done.sentence == "Changed manufacturer of 2 assets."
    assert len(done.records) == 2
    with pytest.raises(Refused):
        records.edit(shop, "asset", ["A-1", "A-2"], {"tag": "A-3"})
    assert shop.value("SELECT count(*) FROM asset WHERE tag = 'A-3'") == 1


@pytest.mark.parametrize(
    ("name", "other"), [("ACE Cooling, Inc.", "Ace Cooling"), ("Асе Cooling", "Ace Cooling")]
)
def test_names_that_the_eye_confuses_are_warned_about(name: str, other: str, shop: Shop) -> None:
    records.add(shop, "contractor", other, {})
    assert records.add(shop, "contractor", name, {}).notices == (
        f"It looks like {other}, who is there already; undo takes this one back.",
    )


def test_every_column_of_the_field_table_exists(shop: Shop) -> None:
    for kind in KINDS.values():
        columns = {name for (name,) in shop.rows("SELECT name FROM pragma_table_info(?)", (kind.name,))}
        assert {field.column for field in kind.fields if field.column} <= columns
        assert kind.field(kind.handle).column
        assert all(kind.field(name) for name in kind.listed)
