"""Filtering by the fields of the shop's own: words, ranges of numbers and days, kinds and templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from wotui.actions import packs, work_orders
from wotui.actions.templates import parts
from wotui.domain.filters import describe, parse
from wotui.domain.templates import OwnField
from wotui.store.reads import work_orders as orders
from wotui.store.reads import work_orders_list as lists

if TYPE_CHECKING:
    from wotui.store.file import Shop


@pytest.fixture
def flats(shop: Shop) -> Shop:
    """Three orders that hold different litres and days, and one from a template."""
    builders.place(shop, "F12", "Flat 12")
    parts.define(shop, "", OwnField("litres", "Litres", "number", uom="l"))
    parts.define(shop, "", OwnField("moved_on", "Moved on", "date"))
    for title, litres, day in (("A", "5", "2026-06-01"), ("B", "15", "2026-07-01"), ("C", "", "")):
        work_orders.new(shop, title, {"place": "F12", "litres": litres, "moved_on": day})
    packs.add(shop, "housing")
    work_orders.new(shop, "D", {"place": "F12", "only_toilet": "yes"}, template="Blocked toilet")
    return shop


def found(shop: Shop, words: str) -> list[str]:
    """The titles of what a filter finds."""
    wanted = parse(words, shop.today(), lists.custom_names(shop))
    keys = lists.keys(shop, lists.prepare(shop, wanted))
    return sorted(row.title for row in lists.rows(shop, list(keys)))


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("litres:5..20", ["A", "B"]),
        ("litres:..10", ["A"]),
        ("litres:15", ["B"]),
        ("-litres:any", ["C", "D"]),
        ("moved-on:2026-06-15..", ["B"]),
        ("movedon:..2026-06-01", ["A"]),
        ("only-toilet:yes", ["D"]),
        ("found:any", []),
        ('template:"blocked toilet"', ["D"]),
        ("kind:tenant", ["D"]),
    ],
)
def test_own_fields_are_filtered_by_word_and_range(flats: Shop, words: str, titles: list[str]) -> None:
    assert found(flats, words) == titles


def test_a_field_that_is_defined_can_be_filtered_by_before_any_order_holds_it(flats: Shop) -> None:
    assert "found_in_drain" in lists.custom_names(flats)


def test_what_an_own_field_holds_is_found_by_words(flats: Shop) -> None:
    parts.define(flats, "", OwnField("keeper", "Keeper"))
    work_orders.edit(flats, [orders.find(flats, "W-A0003").id], {"keeper": "Rosalind"})
    assert found(flats, "rosalind") == ["C"]


def test_a_range_is_said_back_in_words(flats: Shop) -> None:
    wanted = parse("litres:5..20", flats.today(), lists.custom_names(flats))
    assert describe(wanted, flats.today()) == "Open orders: litres 5 to 20"
