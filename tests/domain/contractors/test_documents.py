"""Contractors' documents as of a date: the first day, the last day, the thirty days before, and which are asked for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wotui.domain.contractors.documents import (
    KINDS,
    Check,
    Document,
    Required,
    check,
    checks,
    refuse_bad_setting,
    required_for,
    state,
)
from wotui.errors import UsageProblem

DAY = date(2026, 6, 10)
INSURANCE = "liability_insurance"


def insurance(start: int | None, end: int | None, trade: str = "") -> Document:
    """Liability insurance that starts and ends so many days from the day asked about."""
    return Document(
        INSURANCE,
        None if start is None else DAY + timedelta(days=start),
        None if end is None else DAY + timedelta(days=end),
        trade,
    )


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (None, None, "valid"),
        (-365, None, "valid"),
        (0, None, "valid"),
        (1, None, "missing"),
        (1, 400, "missing"),
        (-365, 31, "valid"),
        (-365, 30, "expiring"),
        (-365, 29, "expiring"),
        (-365, 1, "expiring"),
        (-365, 0, "expiring"),
        (-365, -1, "expired"),
        (-365, -400, "expired"),
        (None, 31, "valid"),
        (None, 30, "expiring"),
        (None, -1, "expired"),
        (0, 0, "expiring"),
    ],
)
def test_a_document_has_a_state_as_of_a_date(start: int | None, end: int | None, expected: str) -> None:
    assert state(insurance(start, end), DAY) == expected


@given(st.integers(-800, 800), st.integers(0, 800), st.integers(-900, 900))
def test_a_document_only_ever_goes_from_missing_to_valid_to_expiring_to_expired(
    start: int, length: int, first: int
) -> None:
    order = ("missing", "valid", "expiring", "expired")
    document = insurance(start, start + length)
    earlier = state(document, DAY + timedelta(days=first))
    later = state(document, DAY + timedelta(days=first + 1))
    assert order.index(earlier) <= order.index(later)


def test_without_any_document_the_kind_is_missing() -> None:
    assert check(Required(INSURANCE), [], DAY) == Check(Required(INSURANCE), "missing", None)


@pytest.mark.parametrize(
    ("documents", "expected", "until"),
    [
        ([insurance(-365, -1), insurance(0, 365)], "valid", 365),
        ([insurance(0, 365), insurance(-365, -1)], "valid", 365),
        ([insurance(-365, -10), insurance(-400, -1)], "expired", -1),
        ([insurance(-365, 10), insurance(-365, 20)], "expiring", 20),
        ([insurance(-365, 10), insurance(11, 400)], "expiring", 10),
        ([insurance(-365, 100), insurance(-365, None)], "valid", None),
        ([insurance(5, 400)], "missing", 5),
    ],
)
def test_the_best_document_of_a_kind_counts(
    documents: list[Document], expected: str, until: int | None
) -> None:
    found = check(Required(INSURANCE), documents, DAY)
    assert found.state == expected
    assert found.until == (None if until is None else DAY + timedelta(days=until))


def test_a_renewal_that_is_already_in_the_drawer_counts_on_the_planned_day() -> None:
    held = [insurance(-365, 10), insurance(11, 400)]
    assert check(Required(INSURANCE), held, DAY + timedelta(days=11)).state == "valid"


@pytest.mark.parametrize(
    ("of_document", "asked_for", "good"),
    [
        ("", "", True),
        ("", "electrical", True),
        ("electrical", "electrical", True),
        ("Electrical", "electrical", True),
        ("electrical", "", True),
        ("plumbing", "electrical", False),
    ],
)
def test_a_licence_for_one_trade_does_not_serve_another(of_document: str, asked_for: str, good: bool) -> None:
    held = [Document("trade_licence", trade=of_document)]
    assert check(Required("trade_licence", asked_for), held, DAY).good is good


def test_another_kind_of_document_does_not_count() -> None:
    assert not check(Required("workers_comp"), [insurance(-1, 400)], DAY).good


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Check(Required(INSURANCE), "missing"), "no liability insurance"),
        (
            Check(Required(INSURANCE), "missing", date(2026, 7, 1)),
            "liability insurance not valid before 2026-07-01",
        ),
        (Check(Required(INSURANCE), "valid", date(2027, 7, 1)), "liability insurance valid until 2027-07-01"),
        (Check(Required(INSURANCE), "valid"), "liability insurance valid"),
        (Check(Required(INSURANCE), "expiring", date(2026, 7, 1)), "liability insurance expires 2026-07-01"),
        (Check(Required(INSURANCE), "expired", date(2026, 5, 31)), "liability insurance expired 2026-05-31"),
        (Check(Required("trade_licence", "electrical"), "missing"), "no trade licence (electrical)"),
        (Check(Required("odd_paper"), "missing"), "no odd paper"),
    ],
)
def test_a_check_says_in_words_what_there_is(found: Check, words: str) -> None:
    assert found.words == words


SETTING = "*=liability_insurance; electrical=trade_licence,workers_comp ;plumbing=trade_licence"


@pytest.mark.parametrize(
    ("setting", "trades", "expected"),
    [
        (SETTING, (), [Required(INSURANCE)]),
        (SETTING, ("painting",), [Required(INSURANCE)]),
        (
            SETTING,
            ("electrical",),
            [
                Required(INSURANCE),
                Required("trade_licence", "electrical"),
                Required("workers_comp", "electrical"),
            ],
        ),
        (SETTING, ("Plumbing",), [Required(INSURANCE), Required("trade_licence", "Plumbing")]),
        (
            SETTING,
            ("plumbing", "electrical"),
            [
                Required(INSURANCE),
                Required("trade_licence", "electrical"),
                Required("workers_comp", "electrical"),
                Required("trade_licence", "plumbing"),
            ],
        ),
        ("", ("electrical",), []),
        ("any=liability_insurance", ("roofing",), [Required(INSURANCE)]),
        (" ; ;", ("electrical",), []),
        ("any=", ("electrical",), []),
        ("ANY=Liability_Insurance", (), [Required(INSURANCE)]),
        ("any=liability_insurance,liability_insurance", (), [Required(INSURANCE)]),
        ("any=liabilty_insurance", (), [Required("liabilty_insurance")]),
    ],
)
def test_the_setting_says_what_is_asked_for_per_trade(
    setting: str, trades: tuple[str, ...], expected: list[Required]
) -> None:
    assert list(required_for(setting, trades)) == expected


def test_a_slip_in_the_setting_waves_nobody_through() -> None:
    found = checks("any=liabilty_insurance", [insurance(-1, 400)], (), DAY)
    assert [one.good for one in found] == [False]


def test_checks_come_in_the_order_of_the_setting() -> None:
    found = checks(SETTING, [insurance(-1, 400)], ("electrical",), DAY)
    assert [one.state for one in found] == ["valid", "missing", "missing"]


@pytest.mark.parametrize("setting", ["", SETTING, "any=" + ",".join(KINDS)])
def test_a_sound_setting_is_accepted(setting: str) -> None:
    refuse_bad_setting(setting)


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ("any=liabilty_insurance", "liability_insurance"),
        ("any=xyz", "The kinds are"),
        ("any", "without"),
        ("=tax_form", "without"),
        ("electrical=", "without"),
    ],
)
def test_a_slip_in_the_setting_is_named_when_it_is_typed(setting: str, says: str) -> None:
    with pytest.raises(UsageProblem) as refused:
        refuse_bad_setting(setting)
    assert says in str(refused.value)
