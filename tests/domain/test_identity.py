"""Ids never clash, and the same cause has the same id everywhere."""

from __future__ import annotations

import uuid

from wotui.domain.identity import new_id, same_id


def test_ids_made_one_after_the_other_sort_in_that_order() -> None:
    made = [new_id() for _ in range(10_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_an_id_is_a_uuid_of_version_7_with_the_time_it_was_made() -> None:
    made = uuid.UUID(new_id())
    assert made.version == 7
    assert made.variant == uuid.RFC_4122


def test_two_laptops_give_the_same_cause_the_same_id() -> None:
    assert same_id("follow_up", "x") == same_id("follow_up", "x")
    assert same_id("a", "bc") != same_id("ab", "c")
