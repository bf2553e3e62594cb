"""The history tab: who changed which field, when, on which device, old and new."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

from tests.kit import builders
from wotui.actions import lifecycle, undo, work_orders
from wotui.store.reads import work_orders as reads
from wotui.store.reads.history import history

if TYPE_CHECKING:
    from tests.kit.clock import FrozenClock
    from wotui.store.file import Shop


def lines(shop: Shop, number: str = "1") -> list[tuple[str, str | None, str | None]]:
    return [(each.field, each.old, each.new) for each in history(shop, reads.find(shop, number).id)]


def test_every_change_is_a_line_with_who_when_and_where(shop: Shop, frozen_clock: FrozenClock) -> None:
    builders.person(shop, "AB", "Ann Bo")
    builders.asset(shop, "FAN-01")
    work_orders.new(shop, "Fan rattles", {"asset": "FAN-01"})
    frozen_clock.move(hours=1)
    shop.act_as("AB")
    work_orders.edit(shop, ["1"], {"title": "Fan is loud", "asset": "", "custom.colour": "red"})
    newest = history(shop, reads.find(shop, "1").id)[0]
    assert (newest.at, newest.actor, newest.device) == ("2026-06-10T18:00:00Z", "AB", platform.node())
    assert set(lines(shop)[:3]) == {
        ("title", "Fan rattles", "Fan is loud"),
        ("asset", "FAN-01", None),
        ("custom.colour", None, "red"),
    }


def test_sets_steps_and_hours_are_told_as_one_line_each(shop: Shop, frozen_clock: FrozenClock) -> None:
    builders.asset(shop, "FAN-01")
    work_orders.new(shop, "Fan rattles", {"asset": "FAN-01"}, people=["JD"])
    lifecycle.start(shop, ["1"])
    frozen_clock.move(minutes=30)
    lifecycle.pause(shop, ["1"])
    work_orders.note(shop, "1", "Screws were loose.")
    work_orders.assign(shop, ["1"], [])
    assert lines(shop)[:6] == [
        ("assignee", "Jo Doe", None),
        ("log", None, "Screws were loose."),
        ("time", "Jo Doe 2026-06-10 12:00–running", "Jo Doe 2026-06-10 12:00–12:30"),
        ("time", None, "Jo Doe 2026-06-10 12:00–running"),
        ("status", "ready", "in_progress"),
        ("status", "draft", "ready"),
    ]


def test_an_undone_step_is_told_as_the_way_back(shop: Shop) -> None:
    builders.asset(shop, "FAN-01")
    work_orders.new(shop, "Fan rattles", {"asset": "FAN-01"})
    lifecycle.hold(shop, ["1"], "parts")
    undo.undo(shop)
    assert ("status", "on_hold", "ready") in lines(shop)[:2]


def test_money_is_told_in_the_shops_currency(shop: Shop) -> None:
    work_orders.new(shop, "Fan rattles", {"fixed_price": "184.99"})
    assert ("fixed_price", None, "184.99") in lines(shop)
