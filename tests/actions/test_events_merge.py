"""Two laptops that hear the same machine end with one event, one request and one standstill."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from tests.merge.model import MemoryPlace
from wotui.actions import downtime, routing
from wotui.actions.events import RULES, take_in
from wotui.domain.events.reports import Report
from wotui.merge import engine, identity
from wotui.merge.check import check
from wotui.store.file import Shop
from wotui.store.reads import downtime as standstills
from wotui.store.reads import events as reads
from wotui.store.reads import requests

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.kit.clock import FrozenClock


@pytest.fixture
def laptop(shop: Shop, tmp_path: Path) -> Iterator[Shop]:
    """A copy of the shop's file on another computer, with a rule for standstills and one that routes."""
    builders.asset(shop, "PUMP-01")
    builders.person(shop, "TB")
    RULES.add(shop, "Stops", {"source": "state_down"})
    routing.add(shop, "Machines", {"source": "event", "person": "TB"})
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


def test_the_same_event_on_two_laptops_is_one_request_and_one_standstill(
    shop: Shop, laptop: Shop, frozen_clock: FrozenClock
) -> None:
    report = Report("PUMP-01", "down", at="2026-06-10T11:00", event_id="4711")
    numbers: set[str] = set()
    for one in (shop, laptop):
        take_in(one, report)
        numbers.add(one.value("SELECT number FROM request"))
    assert len(numbers) == 2
    frozen_clock.move(minutes=1)
    meet(shop, laptop)
    for one in (shop, laptop):
        assert one.value("SELECT count(*) FROM request WHERE deleted_at IS NULL") == 1
        assert len(reads.newest(one, 9)) == 1
        assert one.value("SELECT count(*) FROM log_entry WHERE text LIKE 'Routed by%'") == 1
        (stood,) = standstills.intervals(one)
        assert stood.joined == 1
        found = {requests.find(one, number).id for number in numbers if _finds(one, number)}
        assert len(found) == 1
        assert check(one.path) == []
    frozen_clock.move(minutes=1)
    downtime.running_again(laptop, "PUMP-01")
    meet(shop, laptop)
    assert not standstills.is_down(shop, _pump(shop))


def _finds(shop: Shop, number: str) -> bool:
    return bool(shop.value("SELECT count(*) FROM request WHERE number = ?", (number,)))


def _pump(shop: Shop) -> str:
    return shop.value("SELECT id FROM asset")


def test_two_people_who_each_noted_the_standstill_see_one_that_says_so(
    shop: Shop, laptop: Shop, frozen_clock: FrozenClock
) -> None:
    downtime.set_down(shop, "PUMP-01", at="2026-06-10T11:00")
    downtime.set_down(laptop, "PUMP-01", at="2026-06-10T11:30")
    frozen_clock.move(minutes=1)
    meet(shop, laptop)
    for one in (shop, laptop):
        (stood,) = standstills.intervals(one)
        assert (stood.started_at, stood.joined) == ("2026-06-10T16:00:00Z", 2)
    frozen_clock.move(minutes=1)
    downtime.running_again(shop, "PUMP-01")
    meet(shop, laptop)
    for one in (shop, laptop):
        assert not standstills.is_down(one, _pump(one))
        assert check(one.path) == []
