"""Status, start, end and queue weight of an order follow from other rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.kit import builders

if TYPE_CHECKING:
    from tests.kit.clock import FrozenClock
    from wotui.store.file import Shop


def step(shop: Shop, order: str, to: str) -> str:
    with shop.transaction() as tx:
        return tx.insert("status_change", work_order_id=order, to_status=to, at=tx.at)


def test_the_newest_status_change_that_was_not_taken_back_counts(
    shop: Shop, frozen_clock: FrozenClock
) -> None:
    order = builders.order(shop, status="ready")
    steps: list[str] = []
    for to in ("in_progress", "on_hold", "in_progress", "done"):
        frozen_clock.move(hours=1)
        steps.append(step(shop, order, to))
    read = "SELECT status, started_at, done_at FROM work_order WHERE id = ?"
    assert shop.one(read, (order,)) == ("done", "2026-06-10T18:00:00Z", "2026-06-10T21:00:00Z")
    with shop.transaction() as tx:
        tx.remove("status_change", steps[-1])
    assert shop.one(read, (order,)) == ("in_progress", "2026-06-10T18:00:00Z", None)
    with shop.transaction() as tx:
        for taken in steps:
            tx.remove("status_change", taken)
    assert shop.one(read, (order,)) == ("ready", None, None)


def test_an_order_without_any_step_is_a_draft(shop: Shop) -> None:
    with shop.transaction() as tx:
        order = tx.insert("work_order", title="Fresh")
    assert shop.value("SELECT status FROM work_order WHERE id = ?", (order,)) == "draft"


@pytest.mark.parametrize(
    ("criticality", "priority", "kind", "weight"),
    [
        ("A", 1, "corrective", 100),
        ("B", 2, "corrective", 48),
        ("C", 3, "corrective", 15),
        (None, 4, "corrective", 8),
        ("A", 3, "preventive", 70),
        ("A", 2, "preventive", 80),
    ],
)
def test_the_queue_weight_is_criticality_times_urgency(
    shop: Shop, criticality: str | None, priority: int, kind: str, weight: int
) -> None:
    asset = builders.asset(shop, criticality=criticality)
    order = builders.order(shop, asset_id=asset, priority=priority, type=kind)
    read = "SELECT queue_weight FROM work_order WHERE id = ?"
    assert shop.value(read, (order,)) == weight
    with shop.transaction() as tx:
        tx.update("asset", asset, criticality="A")
        tx.update("work_order", order, priority=1)
    assert shop.value(read, (order,)) == 100
