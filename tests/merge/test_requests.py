"""Two files of one shop that decide on the same request without knowing of each other."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from tests.merge.model import MemoryPlace
from wotui.actions import accepting, deciding, requests, work_orders
from wotui.actions.finishing import finish
from wotui.merge import engine, identity
from wotui.store.file import Shop
from wotui.store.reads import requests as reads
from wotui.store.reads import work_orders as order_reads

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.kit.clock import FrozenClock


@pytest.fixture
def request_id(shop: Shop) -> str:
    """A request that both files know."""
    builders.place(shop, "LOBBY")
    return requests.new(shop, "Tap drips", {"place": "LOBBY"}).records[0]


@pytest.fixture
def laptop(shop: Shop, request_id: str, tmp_path: Path) -> Iterator[Shop]:
    """A second file of the shop, which went on as a device of its own."""
    identity.settle(shop)
    shutil.copy(shop.path, tmp_path / "laptop.wotui")
    with Shop.open(tmp_path / "laptop.wotui") as opened:
        assert identity.settle(opened)
        opened.act_as("JD")
        yield opened


def meet(shop: Shop, laptop: Shop) -> None:
    place = MemoryPlace(str(shop.value("SELECT shop FROM me")))
    for one in (shop, laptop, shop):
        engine.merge(one, place)


def test_two_who_accept_one_request_end_with_one_order_and_nothing_is_lost(
    shop: Shop, laptop: Shop, request_id: str, frozen_clock: FrozenClock
) -> None:
    builders.person(shop, "TB", "Tess Bo")
    meet(shop, laptop)
    here = accepting.accept(shop, [request_id]).records[0]
    work_orders.assign(shop, [here], ["TB"])
    frozen_clock.move(minutes=5)
    there = accepting.accept(laptop, [request_id]).records[0]
    work_orders.note(laptop, there, "Needs a washer.")
    numbers = {order_reads.find(one, here).number for one in (shop, laptop)}
    assert len(numbers) == 2
    meet(shop, laptop)
    for one in (shop, laptop):
        assert reads.find(one, request_id).status == "accepted"
        assert [order.id for order in reads.orders(one, request_id)] == [here] == [there]
        assert order_reads.find(one, here).status == "ready"
        assert [person.initials for person in order_reads.assignees(one, here)] == ["TB"]
        log = "\n".join(line.text for line in order_reads.log(one, here))
        assert "Needs a washer." in log
        assert all(number in log for number in numbers)  # the paper copy of either is still found


def test_a_yes_beats_a_no_of_somebody_who_did_not_know(
    shop: Shop, laptop: Shop, request_id: str, frozen_clock: FrozenClock
) -> None:
    accepting.accept(shop, [request_id])
    frozen_clock.move(minutes=5)
    deciding.decline(laptop, [request_id], "no budget")
    meet(shop, laptop)
    for one in (shop, laptop):
        assert reads.find(one, request_id).status == "accepted"
        assert [step[1] for step in reads.steps(one, request_id)] == ["declined", "accepted"]


def test_orders_finished_in_two_files_resolve_their_request_where_both_meet(
    shop: Shop, laptop: Shop, request_id: str
) -> None:
    second = builders.order(shop, "Paint the wall")
    first = accepting.accept(shop, [request_id]).records[0]
    accepting.accept(shop, [request_id], order=second)
    meet(shop, laptop)
    finish(shop, [first], note="New washer.", minutes=5)
    finish(laptop, [second], note="Painted.", minutes=5)
    assert {reads.find(one, request_id).status for one in (shop, laptop)} == {"accepted"}
    meet(shop, laptop)
    assert {reads.find(one, request_id).status for one in (shop, laptop)} == {"resolved"}


def test_two_who_hear_that_it_was_not_fixed_make_one_order(shop: Shop, laptop: Shop, request_id: str) -> None:
    order = accepting.accept(shop, [request_id]).records[0]
    finish(shop, [order], note="New washer.", minutes=5)
    meet(shop, laptop)
    here = accepting.not_fixed(shop, request_id, "Drips again.").records[0]
    there = accepting.not_fixed(laptop, request_id, "Still drips.").records[0]
    meet(shop, laptop)
    assert here == there
    for one in (shop, laptop):
        assert [each.id for each in reads.orders(one, request_id)] == [order, here]
        assert reads.find(one, request_id).status == "accepted"
