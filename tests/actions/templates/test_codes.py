"""Code lists: adding, changing and retiring the words that forms offer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from wotui.actions import codes, undo
from wotui.errors import Problem
from wotui.store.reads import codes as reads

if TYPE_CHECKING:
    from wotui.store.file import Shop


def words(shop: Shop, name: str, scope: str = "") -> list[str]:
    """What a form offers."""
    return [code.code for code in reads.offered(shop, name, scope)]


def test_words_are_offered_in_their_order_until_they_are_retired(shop: Shop) -> None:
    for word in ("plumbing", "HVAC", "painting"):
        codes.add(shop, "trades", word)
    codes.edit(shop, "trade", "painting", position=1, label="walls and wood")
    codes.retire(shop, "trade", "hvac")
    assert words(shop, "trade") == ["painting", "plumbing"]
    codes.add(shop, "trade", "HVAC")
    assert words(shop, "trade") == ["painting", "plumbing", "HVAC"]
    undo.undo(shop)
    assert words(shop, "trade") == ["painting", "plumbing"]


def test_a_failure_class_has_words_of_its_own_and_else_those_of_every_asset(shop: Shop) -> None:
    codes.add(shop, "problem", "broken")
    codes.add(shop, "problem", "leaks at the seal", scope="pump")
    assert words(shop, "problem", "Pump") == ["leaks at the seal"]
    assert words(shop, "problem", "motor") == ["broken"]
    builders.asset(shop, failure_class="pump")
    assert reads.failure_class_of_tag(shop, "pump-01") == "pump"
    assert reads.failure_classes(shop) == ["pump"]


@pytest.mark.parametrize(
    ("name", "word", "scope", "said"),
    [
        ("trds", "x", "", "There is no list 'trds'. Did you mean trades?"),
        ("trade", " ", "", "needs a word"),
        ("trade", "a,b", "", "comma"),
        ("trade", "x", "pump", "not kept per failure class"),
        ("priority", "5", "", "5 is no priority"),
    ],
)
def test_a_word_that_cannot_be_is_refused(shop: Shop, name: str, word: str, scope: str, said: str) -> None:
    with pytest.raises(Problem) as refused:
        codes.add(shop, name, word, scope=scope)
    assert said in str(refused.value)


def test_a_list_that_would_have_to_be_scrolled_is_full(shop: Shop) -> None:
    for number in range(10):
        codes.add(shop, "cause", f"cause {number}", scope="pump")
    with pytest.raises(Problem, match="of pump are 10 already"):
        codes.add(shop, "cause", "one more", scope="pump")
    codes.add(shop, "cause", "one more", scope="motor")


def test_a_word_stands_once(shop: Shop) -> None:
    codes.add(shop, "trade", "HVAC")
    with pytest.raises(Problem, match="HVAC is among the trades already"):
        codes.add(shop, "trade", "hvac")
