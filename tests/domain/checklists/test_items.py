"""What an item says about itself, and what a merge may have done to it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wotui.domain.checklists.items import (
    TYPES,
    FollowUp,
    Item,
    Option,
    follow_up_from_json,
    follow_up_to_json,
    limits,
    options_from_json,
    options_to_json,
)


def reading(**limits: Any) -> Item:
    return Item("i", "number", "Vibration", uom="mm/s", **limits)


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (reading(), ""),
        (reading(max_value=4500), "at most 4.5 mm/s"),
        (reading(min_value=500), "at least 0.5 mm/s"),
        (reading(min_value=500, max_value=4500), "0.5 to 4.5 mm/s"),
        (reading(max_value=4500, warn_max=2800), "at most 4.5 mm/s, watch above 2.8"),
        (reading(warn_min=1000, warn_max=2800), "watch below 1 or above 2.8"),
    ],
)
def test_limits_are_said_in_words(item: Item, words: str) -> None:
    assert limits(item) == words


@pytest.mark.parametrize("kind", TYPES)
def test_only_headings_and_instructions_are_not_answered(kind: str) -> None:
    assert Item("i", kind, "x").answerable is (kind not in ("heading", "instruction"))


def test_an_item_of_a_newer_version_is_only_read() -> None:
    assert not Item("i", "hologram", "x").answerable


def test_options_survive_being_stored() -> None:
    options = (
        Option("ok", "Fine"),
        Option("worn", "Worn – watch", "flag"),
        Option("bad", "Broken [/]", "fail"),
    )
    assert options_from_json(options_to_json(options)) == options
    assert options_to_json(()) is None


def test_a_follow_up_survives_being_stored() -> None:
    follow_up = FollowUp("order", "Bearing change", 2, "{asset}: {item}")
    assert follow_up_from_json(follow_up_to_json(follow_up)) == follow_up
    assert follow_up_to_json(FollowUp()) is None


@pytest.mark.parametrize(
    "stored",
    [None, "", "{", "[]", "3", '{"id":1}', "[1,2]", '[{"label":"x"}]', '[{"id":"a","outcome":"explode"}]'],
)
def test_options_and_follow_ups_that_cannot_be_read_never_stop_the_list(stored: str | None) -> None:
    assert all(option.outcome == "pass" for option in options_from_json(stored))
    assert follow_up_from_json(stored) == FollowUp()


@given(st.text(max_size=60))
def test_any_stored_text_is_survived(stored: str) -> None:
    options_from_json(stored)
    follow_up_from_json(stored)
