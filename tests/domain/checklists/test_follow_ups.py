"""One failed item, one follow-up, on every device."""

from __future__ import annotations

import pytest

from wotui.domain.checklists.follow_ups import follow_up_id, may_follow_up, proposes, title
from wotui.domain.checklists.items import FollowUp, Item
from wotui.domain.checklists.progress import Result

FAILED = Result("7.2", "fail")


def item(**fields: object) -> Item:
    return Item("i1", "number", "Vibration drive end", uom="mm/s", max_value=4500, **fields)  # pyright: ignore[reportArgumentType]


def test_two_laptops_give_the_follow_up_the_same_id() -> None:
    assert follow_up_id("019ead") == follow_up_id("019ead")
    assert follow_up_id("019ead") != follow_up_id("019eae")


def test_the_title_names_asset_item_and_value() -> None:
    assert (
        title(item(), "7.2", asset="PUMP-01", number="W-A0012") == "PUMP-01: Vibration drive end – 7.2 mm/s"
    )


def test_an_order_without_an_asset_is_named_by_its_number() -> None:
    assert title(item(), "7.2", asset="", number="W-A0012").startswith("W-A0012: ")


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("Replace bearing of {asset}", "Replace bearing of PUMP-01"),
        ("{value} at {number}", "7.2 mm/s at W-A0012"),
        ("{nobody} {asset", "{nobody} {asset"),
        ("{asset.__class__}", "{asset.__class__}"),
        ("", "PUMP-01: Vibration drive end – 7.2 mm/s"),
    ],
)
def test_a_pattern_of_the_shop_is_filled_in(pattern: str, words: str) -> None:
    asked = item(follow_up=FollowUp(title=pattern))
    assert title(asked, "7.2", asset="PUMP-01", number="W-A0012") == words


def test_a_label_that_looks_like_a_pattern_stays_as_it_is() -> None:
    sly = Item("i", "tick", "{asset} {value}", follow_up=FollowUp(title="{item}"))
    assert title(sly, "not done", asset="PUMP-01", number="W-A0012") == "{asset} {value}"


def test_a_title_never_grows_beyond_what_an_order_takes() -> None:
    long = Item("i", "tick", "x" * 120)
    assert len(title(long, "not done", asset="PUMP-01", number="")) == 120


@pytest.mark.parametrize(
    ("on_fail", "note", "accepted", "offered"),
    [
        ("propose_follow_up", "", False, True),
        ("propose_follow_up", "", True, False),
        ("propose_follow_up", "accepted as is", False, False),
        ("note_required", "", False, False),
        ("force_follow_up", "", False, True),
        ("force_follow_up", "a note", False, True),
        ("stop_work", "", False, True),
        ("stop_work", "", True, False),
    ],
)
def test_a_follow_up_is_offered_until_it_is_taken_or_turned_down(
    on_fail: str, note: str, accepted: bool, offered: bool
) -> None:
    assert proposes(item(on_fail=on_fail), Result("7.2", "fail", note), accepted=accepted) is offered


@pytest.mark.parametrize(
    "result", [None, Result("1", "pass"), Result("3", "flag"), Result("na", "na"), Result(None, None)]
)
def test_passing_again_withdraws_the_offer(result: Result | None) -> None:
    assert not proposes(item(), result, accepted=False)
    assert not may_follow_up(item(), result)


def test_any_failed_item_may_have_a_follow_up() -> None:
    assert may_follow_up(item(on_fail="note_required"), FAILED)
