"""Making and changing orders."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from wotui.actions import lifecycle, relations, work_orders
from wotui.errors import NotFound, Problem, Refused, UsageProblem
from wotui.store.reads import work_orders as reads

if TYPE_CHECKING:
    from wotui.store.file import Shop


@pytest.fixture(autouse=True)
def a_small_shop(shop: Shop) -> None:
    builders.person(shop, "AB", "Ann Bo")
    builders.asset(shop, "PUMP-01", "Feed pump", place_id=builders.place(shop, "H1", "Hall 1"))


def new(shop: Shop, title: str = "Pump leaks", **fields: str) -> reads.Order:
    return reads.find(shop, work_orders.new(shop, title, fields).records[0])


def test_an_order_with_a_place_to_be_done_is_ready_at_once(shop: Shop) -> None:
    order = new(shop, asset="pump-01", priority="urgent", due="+3d")
    assert (order.number, order.status, order.priority, order.due_on) == ("W-A0001", "ready", 2, "2026-06-13")
    assert (order.asset, order.place, order.creator) == ("PUMP-01 Feed pump", "H1 Hall 1", "JD")


def test_an_order_that_says_nothing_but_its_title_is_a_draft_due_by_its_priority(shop: Shop) -> None:
    order = new(shop, "  Look\tat the\r\nroof  ")
    assert (order.title, order.status, order.type, order.priority) == (
        "Look at the roof",
        "draft",
        "corrective",
        3,
    )
    assert order.due_on == "2026-06-24"


@pytest.mark.parametrize(
    "text", ["[/bold]", "\x1b[31mred", "'); DROP TABLE work_order; --", "ا‎ب", "👩‍🔧", "=1+1"]
)
def test_any_words_make_a_title_and_none_of_them_steer_anything(shop: Shop, text: str) -> None:
    title = new(shop, f"Fix {text}").title
    assert "\x1b" not in title
    assert title.replace("␛", "\x1b") == f"Fix {text}"


@pytest.mark.parametrize(
    ("fields", "kind", "says"),
    [
        ({"titel": "x"}, UsageProblem, "Did you mean title"),
        ({"priority": "9"}, UsageProblem, "emergency, urgent, normal or low"),
        ({"type": "tea"}, UsageProblem, "corrective"),
        ({"due": "someday"}, UsageProblem, "2026-06-30, fri"),
        ({"due": "2026-06"}, UsageProblem, "is not a day"),
        ({"planned_time": "25:00"}, UsageProblem, "07:30"),
        ({"planned_minutes": "-5"}, UsageProblem, "whole number"),
        ({"asset": "PUMP-02"}, NotFound, "Did you mean PUMP-01"),
        ({"place": "Mars"}, NotFound, "There is no place Mars"),
        ({"fixed_price": "12.345"}, UsageProblem, "fixed_price"),
    ],
)
def test_a_value_that_is_none_is_refused_with_the_way_out_and_nothing_is_written(
    shop: Shop, fields: dict[str, str], kind: type[Problem], says: str
) -> None:
    before = shop.value("SELECT count(*) FROM change")
    with pytest.raises(kind, match=says):
        work_orders.new(shop, "Pump leaks", fields)
    assert shop.value("SELECT count(*) FROM change") == before


@pytest.mark.parametrize("title", ["", "  ", "\t\r\n"])
def test_an_order_without_a_title_is_refused(shop: Shop, title: str) -> None:
    with pytest.raises(Refused, match="needs a title"):
        work_orders.new(shop, title)


@pytest.mark.parametrize("word", ["W-A0001", "w-a0001", "1", "0001"])
def test_an_order_is_found_by_its_number_however_it_is_typed(shop: Shop, word: str) -> None:
    made = new(shop)
    assert reads.find(shop, word) == reads.find(shop, made.id) == made


@pytest.mark.parametrize("word", ["2", "W-B0001", "", "%", "W-A000_"])
def test_a_number_that_is_not_there_is_said(shop: Shop, word: str) -> None:
    new(shop)
    with pytest.raises(NotFound, match="There is no order"):
        reads.find(shop, word)


def test_one_bad_order_in_a_bulk_edit_changes_none(shop: Shop) -> None:
    new(shop)
    with pytest.raises(NotFound):
        work_orders.edit(shop, ["W-A0001", "W-A0999"], {"priority": "low"})
    assert reads.find(shop, "1").priority == 3


def test_an_empty_value_clears_a_field_that_may_be_empty(shop: Shop) -> None:
    new(shop, asset="PUMP-01", due="fri")
    work_orders.edit(shop, ["1"], {"due": "", "asset": ""})
    order = reads.find(shop, "1")
    assert (order.due_on, order.asset_id) == (None, None)
    with pytest.raises(Refused, match="W-A0001 needs a title"):
        work_orders.edit(shop, ["1"], {"title": " "})


def test_a_closed_order_is_not_edited(shop: Shop) -> None:
    number = builders.number_of(shop, builders.order(shop, status="closed"))
    with pytest.raises(Refused, match="is closed"):
        work_orders.edit(shop, [number], {"title": "New"})
    with pytest.raises(Refused, match="cannot be assigned"):
        work_orders.assign(shop, [number], ["AB"])


def test_an_order_is_never_a_part_of_itself(shop: Shop) -> None:
    new(shop)
    new(shop, parent="1")
    new(shop, parent="2")
    for parent in ("1", "2", "3"):
        with pytest.raises(Refused, match="cannot be a part of itself"):
            work_orders.edit(shop, ["1"], {"parent": parent})


def test_assigning_replaces_who_is_on_it(shop: Shop) -> None:
    order = new(shop)
    work_orders.assign(shop, ["1"], ["AB", "jd"], lead="AB")
    assert [person.initials for person in reads.assignees(shop, order.id)] == ["AB", "JD"]
    assert work_orders.assign(shop, ["1"], ["JD"]).sentence == "Jo Doe on W-A0001."
    assert [person.initials for person in reads.assignees(shop, order.id)] == ["JD"]
    assert reads.find(shop, "1").lead is None, "who is off the order does not lead it"
    assert work_orders.assign(shop, ["1"], []).sentence == "Nobody is on W-A0001 now."


def test_a_corrected_note_replaces_the_old_one_and_both_are_kept(shop: Shop) -> None:
    order = new(shop)
    work_orders.note(shop, "1", "Seal is wron")
    [first] = reads.log(shop, order.id)
    work_orders.note(shop, "1", "Seal is worn", corrects=first.id)
    assert [line.text for line in reads.log(shop, order.id)] == ["Seal is worn"]
    assert shop.value("SELECT count(*) FROM log_entry") == 2
    with pytest.raises(Refused, match="needs some words"):
        work_orders.note(shop, "1", " \n ")


def test_the_same_again_takes_the_fields_and_leaves_the_history(shop: Shop) -> None:
    first = new(
        shop, asset="PUMP-01", permits="hot work", description="Long\ntext", **{"custom.colour": "red"}
    )
    work_orders.assign(shop, ["1"], ["AB"])
    work_orders.note(shop, "1", "Only here")
    lifecycle.cancel(shop, ["1"], "asked twice")
    again = reads.find(shop, work_orders.duplicate(shop, "1").records[0])
    assert again.number == "W-A0002"
    assert (again.title, again.description, again.asset, again.status) == (
        "Pump leaks",
        "Long\ntext",
        first.asset,
        "ready",
    )
    assert reads.members(shop, again.id, "permit") == ("hot work",)
    assert reads.custom_values(shop, again.id) == {"colour": "red"}
    assert [person.initials for person in reads.assignees(shop, again.id)] == ["AB"]
    assert reads.log(shop, again.id) == []


def test_related_orders_see_each_other_from_both_sides(shop: Shop) -> None:
    one, two = new(shop, "First"), new(shop, "Second", parent="1")
    relations.relate(shop, "2", "follow_up_of", "1")
    assert [(each.kind, each.number) for each in reads.related(shop, one.id)] == [
        ("followed_up_by", "W-A0002"),
        ("part", "W-A0002"),
    ]
    assert [(each.kind, each.number) for each in reads.related(shop, two.id)] == [("follow_up_of", "W-A0001")]
    with pytest.raises(Refused, match="to itself"):
        relations.relate(shop, "1", "blocks", "1")
    with pytest.raises(UsageProblem, match="is no relation"):
        relations.relate(shop, "1", "loves", "2")
