"""Amounts: what people type, what programs read, and that nothing is ever guessed or lost."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wotui.domain import money
from wotui.errors import UsageProblem

CURRENCIES = ("USD", "EUR", "JPY", "KWD", "CLF", "XYZ")


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("184.99", "USD", 18499),
        ("184,99", "EUR", 18499),
        ("184.9", "USD", 18490),
        ("184.", "USD", 18400),
        (".5", "USD", 50),
        ("0", "USD", 0),
        ("007", "USD", 700),
        ("1250", "USD", 125000),
        ("1,250", "USD", 125000),
        ("1,250.50", "USD", 125050),
        ("1.250,50", "EUR", 125050),
        ("1 250,50", "EUR", 125050),
        ("1\u00a0250,50", "EUR", 125050),
        ("1'250.50", "CHF", 125050),
        ("1,250,000", "USD", 125000000),
        ("1.250.000", "EUR", 125000000),
        ("$85", "USD", 8500),
        ("$ 85.00", "USD", 8500),
        ("85 USD", "USD", 8500),
        ("usd 85", "USD", 8500),
        ("85€", "EUR", 8500),
        ("1200", "JPY", 1200),
        ("1,200", "JPY", 1200),
        ("¥1200", "JPY", 1200),
        ("1.234", "KWD", 1234),
        ("1234.5", "KWD", 1234500),
        ("+12", "USD", 1200),
        ("  12.50  ", "USD", 1250),
    ],
)
def test_an_amount_is_read_as_people_write_it(text: str, currency: str, minor: int) -> None:
    assert money.parse(text, currency) == minor


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("", "USD"),
        (".", "USD"),
        (",", "USD"),
        ("$", "USD"),
        ("USD", "USD"),
        ("twelve", "USD"),
        ("12a", "USD"),
        ("1.234", "USD"),
        ("1.2.3", "USD"),
        ("1,23,456", "USD"),
        ("1,234.567", "USD"),
        ("1.234,56,7", "EUR"),
        ("12.5", "JPY"),
        ("1,250", "KWD"),
        ("12 EUR", "USD"),
        ("€12", "USD"),
        ("-5", "USD"),
        ("1e3", "USD"),
        ("٣٤", "USD"),
        ("12\n13", "USD"),
        ("=1+1", "USD"),
        ("lots", "USD"),
        ("US 5", "USD"),
        ("9" * 30, "USD"),
        ("--5", "USD"),
        ("5-", "USD"),
        ("1 2", "USD"),
    ],
)
def test_what_is_no_amount_or_could_be_two_is_refused(text: str, currency: str) -> None:
    with pytest.raises(UsageProblem) as refused:
        money.parse(text, currency)
    assert refused.value.what
    assert refused.value.way_out


def test_a_credit_is_read_only_where_a_minus_is_allowed() -> None:
    assert money.parse("-5.25", "USD", negative=True) == -525
    assert money.parse("-$5.25", "USD", negative=True) == -525


@pytest.mark.parametrize(
    ("minor", "currency", "plain", "shown"),
    [
        (18499, "USD", "184.99", "184.99 USD"),
        (5, "USD", "0.05", "0.05 USD"),
        (0, "USD", "0.00", "0.00 USD"),
        (-350, "EUR", "-3.50", "\u22123.50 EUR"),
        (118499, "USD", "1184.99", "1,184.99 USD"),
        (1200000, "JPY", "1200000", "1,200,000 JPY"),
        (-7, "JPY", "-7", "\u22127 JPY"),
        (1234, "KWD", "1.234", "1.234 KWD"),
        (1, "KWD", "0.001", "0.001 KWD"),
    ],
)
def test_an_amount_is_written_for_programs_and_for_people(
    minor: int, currency: str, plain: str, shown: str
) -> None:
    assert money.plain(minor, currency) == plain
    assert money.shown(minor, currency) == shown


@given(st.integers(0, money.LARGEST), st.sampled_from(CURRENCIES))
def test_what_is_written_is_read_back_to_the_last_cent(minor: int, currency: str) -> None:
    assert money.parse(money.plain(minor, currency), currency) == minor
    if money.decimals(currency) < 3:
        assert money.parse(money.shown(minor, currency), currency) == minor


@given(st.text(max_size=40), st.sampled_from(CURRENCIES))
def test_any_text_is_an_amount_or_a_short_sentence(text: str, currency: str) -> None:
    sentence, minor = "", 0
    try:
        minor = money.parse(text, currency)
    except UsageProblem as refused:
        sentence = refused.what
    assert len(sentence) < 120
    assert 0 <= minor <= money.LARGEST


@given(st.integers(-(10**9), 10**9), st.integers(0, 10**6), st.sampled_from((60, 1000, 10_000)))
def test_a_share_is_rounded_half_away_from_zero(minor: int, part: int, whole: int) -> None:
    exact = Fraction(minor * part, whole)
    given_back = money.share(minor, part, whole)
    assert abs(given_back - exact) <= Fraction(1, 2)
    if abs(given_back - exact) == Fraction(1, 2):
        assert abs(given_back) > abs(exact)


def test_a_share_of_nothing_is_a_programming_mistake() -> None:
    with pytest.raises(ValueError, match="0"):
        money.share(100, 1, 0)


@pytest.mark.parametrize(
    ("code", "is_one"), [("USD", True), ("usd", False), ("US", False), ("EURO", False), ("", False)]
)
def test_a_currency_code_is_three_capitals(code: str, is_one: bool) -> None:
    assert money.is_code(code) is is_one
