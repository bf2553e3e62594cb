"""Readings and quantities are exact."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wotui.domain.quantity import decimal, thousandths, with_unit
from wotui.errors import UsageProblem


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("0", 0),
        ("7", 7000),
        ("7.2", 7200),
        ("7,2", 7200),
        ("0.005", 5),
        ("-3.5", -3500),
        ("+4", 4000),
        (".5", 500),
        ("5.", 5000),
        ("12 345", 12_345_000),
        ("1,234,567", 1_234_567_000),
        ("1,234,567.8", 1_234_567_800),
        ("0,125", 125),
        ("2.5000", 2500),
        ("\u22123", -3000),
        ("  8 ", 8000),
        ("999999999999", 999_999_999_999_000),
    ],
)
def test_a_number_is_read_as_it_is_written(typed: str, value: int) -> None:
    assert thousandths(typed) == value


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "x",
        "1.2.3",
        "1e5",
        "nan",
        "inf",
        "0x10",
        "--3",
        "1,2,3",
        "٣",
        "1.2345",
        "9" * 13,
        "-",
        ".",
        "12,34,567",
    ],
)
def test_what_is_no_number_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(UsageProblem) as caught:
        thousandths(typed)
    assert caught.value.what


def test_a_comma_before_three_digits_is_asked_back_rather_than_guessed() -> None:
    with pytest.raises(UsageProblem, match=r"two ways.*1250 or 1\.250"):
        thousandths("1,250")


@pytest.mark.parametrize(
    ("value", "shown"), [(0, "0"), (7000, "7"), (7250, "7.25"), (-5, "-0.005"), (10, "0.01")]
)
def test_thousandths_are_shown_without_needless_zeros(value: int, shown: str) -> None:
    assert decimal(value) == shown


def test_a_unit_follows_its_number() -> None:
    assert with_unit(4500, "mm/s") == "4.5 mm/s"
    assert with_unit(4500, "") == "4.5"


@given(st.integers(min_value=-(10**14), max_value=10**14))
def test_every_quantity_survives_being_shown_and_typed_again(value: int) -> None:
    assert thousandths(decimal(value)) == value


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_and_never_crashes(typed: str) -> None:
    with suppress(UsageProblem):
        assert isinstance(thousandths(typed), int)
