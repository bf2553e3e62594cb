"""The head of the queue is what sorting the whole queue would begin with."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from wotui.domain.filters import parse
from wotui.store.reads import work_orders_list as reads

if TYPE_CHECKING:
    from wotui.store.file import Shop

DUE = ("2026-05-01", "2026-05-20", "2026-06-01", "2026-06-09", "2026-06-10", "2026-06-11", "2026-07-01", None)


def a_queue(shop: Shop, seed: int, count: int) -> None:
    """Orders of every open status, weight and due date, some of them alike, some closed, removed or never weighed."""
    dice = random.Random(seed)
    assets = [builders.asset(shop, f"M-{grade}", criticality=grade) for grade in ("A", "B", "C")]
    for number in range(count):
        identity = builders.order(
            shop,
            f"Order {number}",
            status=dice.choice(("draft", "ready", "scheduled", "in_progress", "on_hold", "closed")),
            priority=dice.randrange(1, 5),
            type=dice.choice(("corrective", "preventive")),
            due_on=dice.choice(DUE),
            asset_id=dice.choice((*assets, None)),
        )
        with shop.transaction() as tx:
            if number % 9 == 0:
                tx.remove("work_order", identity)
            if number % 11 == 0:
                tx.rows("UPDATE work_order SET queue_weight = NULL WHERE id = ?", (identity,))


@pytest.mark.parametrize("seed", [1, 2])
def test_the_first_orders_are_those_of_the_whole_queue(shop: Shop, seed: int) -> None:
    a_queue(shop, seed, 120)
    query = reads.prepare(shop, parse("", shop.today()))
    assert query.whole_queue
    whole = list(reads.keys(shop, query))
    assert len(whole) > 60
    for limit in (1, 7, 40, 500):
        assert list(reads.first_keys(shop, query, limit)) == whole[:limit]


@pytest.mark.parametrize("typed", ["pump", "due+", "status:ready", "status:any", "@me"])
def test_a_filter_or_another_order_is_not_the_whole_queue(shop: Shop, typed: str) -> None:
    assert not reads.prepare(shop, parse(typed, shop.today())).whole_queue


def test_an_empty_queue_has_no_head(shop: Shop) -> None:
    assert list(reads.first_keys(shop, reads.prepare(shop, parse("", shop.today())), 10)) == []
