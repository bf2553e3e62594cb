"""Names of firms that a reader takes for one another."""

from __future__ import annotations

import pytest

from wotui.domain.contractors.names import alike, plain_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ace Cooling", "ACE COOLING"),
        ("Ace Cooling", "Ace Cooling, Inc."),
        ("Ace Cooling", " ace  cooling llc"),
        ("Ace Cooling", "The Ace Cooling Company"),
        ("Müller Kälte GmbH", "Muller Kalte"),
        ("O'Brien & Sons", "OBrien and Sons"),
        ("A.C.E. Cooling", "ACE Cooling"),
        ("Ace Cooling", "\u0410\u0441\u0435 Cooling"),
        ("Cafe\u0301 Repairs", "Caf\u00e9 Repairs"),
        ("Northside Rigging", "Northside Riging"),
    ],
)
def test_two_spellings_of_one_firm_are_noticed(one: str, other: str) -> None:
    assert alike(one, ["Somebody Else", other]) == other
    assert alike(other, [one]) == one


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ace Cooling", "Ace Plumbing"),
        ("Northside Rigging", "Southside Roofing"),
        ("Ace", "Apex"),
        ("A", "B"),
    ],
)
def test_different_firms_are_not_taken_for_each_other(one: str, other: str) -> None:
    assert alike(one, [other]) is None


def test_of_several_the_nearest_is_named() -> None:
    assert (
        alike("Northside Rigging", ["Northside Riging", "Northside Rigging Ltd"]) == "Northside Rigging Ltd"
    )


def test_with_nobody_there_nobody_is_alike() -> None:
    assert alike("Ace", []) is None


def test_a_name_made_of_a_legal_form_only_keeps_it() -> None:
    assert plain_name("The Company") == "the company"
