"""The terms of a hiring: what counts as a price, and what it says in words."""

from __future__ import annotations

from datetime import date

import pytest

from wotui.domain.contractors.terms import Terms, has_price, refuse_bad_terms
from wotui.errors import UsageProblem


def terms(
    price_kind: str, agreed_price: int | None = None, rate: int | None = None, nte_limit: int | None = None
) -> Terms:
    return Terms(price_kind, "USD", agreed_price, rate, nte_limit)


@pytest.mark.parametrize(
    ("given", "has"),
    [
        (terms("fixed", agreed_price=45000), True),
        (terms("fixed"), False),
        (terms("fixed", agreed_price=0), False),
        (terms("fixed", agreed_price=-1), False),
        (terms("fixed", rate=8500), False),
        (terms("fixed", nte_limit=8500), False),
        (terms("hourly", rate=8500), True),
        (terms("hourly"), False),
        (terms("hourly", rate=0), False),
        (terms("hourly", nte_limit=90000), False),
        (terms("hourly", rate=8500, nte_limit=90000), True),
        (terms("not_to_exceed", nte_limit=90000), True),
        (terms("not_to_exceed", rate=8500), False),
        (terms("not_to_exceed", nte_limit=0), False),
        (terms("free_warranty"), True),
        (terms("by_weight", agreed_price=1), False),
        (terms(""), False),
    ],
)
def test_a_price_is_what_its_kind_asks_for(given: Terms, has: bool) -> None:
    assert has_price(given) is has


@pytest.mark.parametrize(
    ("given", "words", "limit"),
    [
        (terms("fixed", agreed_price=45000), "fixed 450.00 USD", 45000),
        (terms("hourly", rate=8500), "85.00 USD an hour", None),
        (terms("hourly", rate=8500, nte_limit=90000), "85.00 USD an hour, not over 900.00 USD", 90000),
        (terms("not_to_exceed", nte_limit=90000), "not over 900.00 USD", 90000),
        (terms("free_warranty"), "free under warranty", None),
        (terms("fixed"), "no price yet", None),
        (terms(""), "no price yet", None),
    ],
)
def test_terms_say_what_was_agreed_and_know_the_limit(given: Terms, words: str, limit: int | None) -> None:
    assert given.words == words
    assert given.limit == limit


def test_sound_terms_are_accepted() -> None:
    refuse_bad_terms(terms("fixed", agreed_price=1))
    day = date(2026, 6, 10)
    refuse_bad_terms(
        Terms("hourly", "USD", rate=1, mode="offsite", sent_out_on=day, due_back_on=day),
    )


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (terms("fixed"), "needs an amount"),
        (terms("hourly", rate=0), "needs an amount"),
        (terms("not_to_exceed"), "needs an amount"),
        (terms("barter"), "no price kind"),
        (Terms("free_warranty", "USD", mode="online"), "no way to work"),
        (
            Terms(
                "free_warranty",
                "USD",
                mode="offsite",
                sent_out_on=date(2026, 6, 10),
                due_back_on=date(2026, 6, 9),
            ),
            "before it leaves",
        ),
    ],
)
def test_terms_that_are_none_are_refused(given: Terms, says: str) -> None:
    with pytest.raises(UsageProblem, match=says):
        refuse_bad_terms(given)
