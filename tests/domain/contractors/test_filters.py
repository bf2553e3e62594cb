"""The words that narrow a list of contractors."""

from __future__ import annotations

from datetime import date

import pytest

from wotui.domain.contractors.documents import Document
from wotui.domain.contractors.filters import matches, parse
from wotui.domain.contractors.ranking import Candidate, Need, Place, fit
from wotui.errors import UsageProblem

TODAY = date(2026, 6, 10)
ACE = fit(
    Candidate(
        "1",
        "Ace Cooling",
        "offsite",
        trades=("cooling", "electrical"),
        areas=(Place("h", "Hall 1", "H1"),),
        documents=(Document("liability_insurance", valid_until=date(2026, 5, 31)),),
    ),
    Need(on=TODAY, today=TODAY),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", True),
        ("   ", True),
        ("ace", True),
        ("ACE cool", True),
        ("ace roof", False),
        ("hall", True),
        ("expired", True),
        ("trade:electrical", True),
        ("trade:elec", True),
        ("trade:roofing", False),
        ("-trade:roofing", True),
        ("-ace", False),
        ("area:hall", True),
        ("area:h1", True),
        ("area:yard", False),
        ("mode:offsite", True),
        ("mode:onsite", False),
        ("documents:expired", True),
        ("documents:valid", False),
        ("fit:override", True),
        ("fit:fits", False),
        ("name:ace trade:cooling -fit:blocked", True),
        ("TRADE:Cooling", True),
        ("trade:", True),
        ("-", True),
        ("ace -", True),
    ],
)
def test_every_word_must_be_met(text: str, found: bool) -> None:
    assert matches(ACE, parse(text)) is found


@pytest.mark.parametrize(("text", "says"), [("trad:x", "trade:x"), ("colour:red", "The fields are name")])
def test_a_field_that_does_not_exist_names_the_nearest(text: str, says: str) -> None:
    with pytest.raises(UsageProblem) as refused:
        parse(text)
    assert says in str(refused.value)
