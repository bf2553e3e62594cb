"""A PIN says who signed."""

from __future__ import annotations

import pytest

from wotui.domain.pins import hash_pin, matches, pause
from wotui.errors import Refused


def test_the_right_pin_matches_and_a_wrong_one_does_not() -> None:
    stored = hash_pin("4711")
    assert matches("4711", stored)
    assert not matches("4712", stored)


def test_the_same_pin_of_two_people_is_stored_differently_and_never_readable() -> None:
    first, second = hash_pin("4711"), hash_pin("4711")
    assert first != second
    assert "4711" not in first.split("$")


@pytest.mark.parametrize("pin", ["", "123", "1" * 13, "12a4", "１２３４", "12 34"])
def test_a_pin_is_four_to_twelve_digits(pin: str) -> None:
    with pytest.raises(Refused):
        hash_pin(pin)


@pytest.mark.parametrize(
    "stored",
    [None, "", "4711", "scrypt$16384$zz$00", "scrypt$x$00$00", "scrypt$1099511627776$00$00", "md5$1$00$00"],
)
def test_a_stored_value_that_came_from_elsewhere_matches_nothing(stored: str | None) -> None:
    assert not matches("4711", stored)


def test_wrong_tries_make_the_next_one_wait() -> None:
    assert [pause(tries) for tries in (0, 1, 2, 3, 4, 5, 9, 100)] == [0, 0, 0, 1, 2, 4, 60, 60]
