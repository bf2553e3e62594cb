"""What the file says about contractors: areas through the tree of places, track records, spoiled dates."""

from __future__ import annotations

from datetime import date

import pytest

from tests.actions.contractors.world import FIXED, World, area, insure, world
from tests.kit import builders
from wotui.actions import contractors as act
from wotui.errors import NotFound, Refused
from wotui.store.file import Shop
from wotui.store.reads import contractor_jobs, contractors


@pytest.fixture
def w(shop: Shop) -> World:
    return world(shop)


def place_id(w: World, code: str) -> str:
    return w.shop.value("SELECT id FROM place WHERE code = ?", (code,))


def test_an_order_needs_its_trades_and_lies_in_all_places_above_it(w: World) -> None:
    with w.shop.transaction() as tx:
        tx.insert("membership", record_id=w.order, kind="required_trade", value="HVAC")
        tx.update("work_order", w.order, planned_on="2026-06-20")
    need = contractors.need(w.shop, w.order)
    assert need.trades == ("HVAC",)
    assert [place.name for place in need.places] == ["Line 1", "Hall 1"]
    assert (need.on, need.today, need.movable) == (date(2026, 6, 20), date(2026, 6, 10), True)
    assert contractors.need(w.shop, w.order, on=date(2026, 6, 11)).on == date(2026, 6, 11)


def test_an_order_without_a_planned_day_is_meant_for_today(w: World) -> None:
    assert contractors.need(w.shop, w.order).on == date(2026, 6, 10)


def test_the_orders_own_place_counts_before_the_assets(w: World) -> None:
    with w.shop.transaction() as tx:
        tx.update("work_order", w.order, place_id=place_id(w, "HALL-1"))
    assert [place.name for place in contractors.need(w.shop, w.order).places] == ["Hall 1"]


def test_an_order_without_an_asset_has_nothing_to_send_away(w: World) -> None:
    order = builders.order(w.shop, "Paint the wall", status="ready", place_id=place_id(w, "HALL-1"))
    assert not contractors.need(w.shop, order).movable


def test_a_ring_of_places_that_a_merge_made_ends(w: World) -> None:
    with w.shop.transaction() as tx:
        tx.update("place", place_id(w, "HALL-1"), parent_id=place_id(w, "LINE-1"))
    assert [place.name for place in contractors.need(w.shop, w.order).places] == ["Line 1", "Hall 1"]


def test_whoever_covers_the_hall_fits_an_order_on_the_line(w: World) -> None:
    yard = builders.place(w.shop, "YARD", "Yard")
    for name, covered in (("Hall Firm", place_id(w, "HALL-1")), ("Yard Firm", yard)):
        firm = builders.contractor(w.shop, name)
        insure(w.shop, firm)
        area(w.shop, firm, covered)
    found = {fit.candidate.name: fit for fit in contractors.ranked(w.shop, w.order)}
    assert "covers Hall 1" in found["Hall Firm"].words
    assert "not in Line 1 (covers Yard)" in found["Yard Firm"].words
    assert found["Yard Firm"].verdict == "poor"


def test_track_records_are_counted(w: World) -> None:
    act.hire(w.shop, w.number, "Ace Cooling", FIXED)
    other = builders.order(w.shop, "Second", status="ready")
    act.hire(w.shop, other, "Ace Cooling", FIXED)
    (candidate,) = contractors.candidates(w.shop, "USD")
    assert candidate.open_jobs == 2
    job = contractor_jobs.find_job(w.shop, "USD", other)
    act.finish(w.shop, job.id)
    act.rate(w.shop, job.id, quality=4)
    (candidate,) = contractors.candidates(w.shop, "USD")
    assert candidate.open_jobs == 1
    assert len(candidate.ratings) == 1


def test_retired_and_removed_contractors_are_not_proposed(w: World) -> None:
    retired = builders.contractor(w.shop, "Retired", active=0)
    gone = builders.contractor(w.shop, "Gone")
    with w.shop.transaction() as tx:
        tx.remove("contractor", gone)
    assert [fit.candidate.name for fit in contractors.ranked(w.shop, w.order)] == ["Ace Cooling"]
    assert [one.name for one in contractors.candidates(w.shop, "USD", ids=[retired])] == ["Retired"]


@pytest.mark.parametrize(
    ("until", "state"), [("soon", "expired"), ("2026-13-01", "expired"), (None, "valid")]
)
def test_a_spoiled_last_day_never_makes_an_insurance_good(w: World, until: str | None, state: str) -> None:
    firm = builders.contractor(w.shop, "Spoiled")
    insure(w.shop, firm, until)
    (row,) = contractors.documents(w.shop, firm)
    assert row.state(date(2026, 6, 10)) == state


def test_an_order_that_is_gone_is_not_ranked_for(w: World) -> None:
    with pytest.raises(NotFound):
        contractors.ranked(w.shop, "no-such-id")


def test_the_job_that_is_meant_is_the_one_that_runs(w: World) -> None:
    with pytest.raises(NotFound, match=f"No contractor is hired for {w.number}"):
        contractor_jobs.find_job(w.shop, "USD", w.order)
    act.hire(w.shop, w.number, "Ace Cooling", FIXED)
    first = contractor_jobs.find_job(w.shop, "USD", w.order)
    act.move(w.shop, first.id, "withdrawn", reason="wrong price")
    assert contractor_jobs.find_job(w.shop, "USD", w.order).id == first.id
    act.hire(w.shop, w.number, "Ace Cooling", FIXED)
    assert contractor_jobs.find_job(w.shop, "USD", w.order).state == "accepted"


def test_of_two_contractors_on_one_order_somebody_has_to_say_which(w: World) -> None:
    other = builders.contractor(w.shop, "Bolt Electric")
    insure(w.shop, other)
    act.hire(w.shop, w.number, "Ace Cooling", FIXED)
    act.hire(w.shop, w.number, "Bolt Electric", FIXED)
    with pytest.raises(Refused, match="more than one contractor"):
        contractor_jobs.find_job(w.shop, "USD", w.order)
    assert contractor_jobs.find_job(w.shop, "USD", w.order, other).contractor == "Bolt Electric"


def test_an_empty_shop_has_nobody_to_rank(shop: Shop) -> None:
    order = builders.order(shop, status="ready")
    assert contractors.ranked(shop, order) == []
    assert contractors.overview(shop) == []
