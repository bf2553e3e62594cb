"""Who fits an order: one criterion after the other, and a reason for each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wotui.domain.contractors.documents import Document
from wotui.domain.contractors.ranking import Candidate, Need, Place, Rates, fit, rank
from wotui.domain.contractors.scores import Rated

TODAY = date(2026, 6, 10)
SITE, HALL, LINE, YARD = (Place(name.lower(), name) for name in ("Site", "Hall", "Line", "Yard"))
INSURED = (Document("liability_insurance", valid_until=date(2027, 6, 1)),)
LAPSED = (Document("liability_insurance", valid_until=date(2026, 5, 31)),)
NEED = Need(on=TODAY, today=TODAY, trades=("cooling",), places=(LINE, HALL, SITE))
ACE = Candidate("1", "Ace", "onsite", trades=("cooling",), areas=(HALL,), documents=INSURED)


def reason(candidate: Candidate, about: str, need: Need = NEED) -> tuple[str, str]:
    """The weight and the words of one reason; empty when there is none."""
    for found in fit(candidate, need).reasons:
        if found.about == about:
            return found.weight, found.words
    return "", ""


def names(*candidates: Candidate, need: Need = NEED) -> list[str]:
    return [found.candidate.name for found in rank(candidates, need)]


LADDER = [
    replace(ACE, name="preferred", preferred_rank=1),
    replace(ACE, name="second choice", preferred_rank=2),
    replace(ACE, name="well rated", ratings=(Rated(TODAY, 5, 5, 5),)),
    replace(ACE, name="a not rated"),
    replace(ACE, name="b not rated"),
    replace(ACE, name="busy", open_jobs=3),
    replace(ACE, name="badly rated", ratings=(Rated(TODAY, 1, 2, 1),)),
    replace(ACE, name="away only, preferred", service_mode="offsite", preferred_rank=1),
    replace(ACE, name="lapsed, preferred", documents=LAPSED, preferred_rank=1),
    replace(ACE, name="other area, preferred", areas=(YARD,), preferred_rank=1),
    replace(ACE, name="other trade, preferred", trades=("roofing",), preferred_rank=1),
    replace(ACE, name="blocked, preferred", blocked=True, preferred_rank=1),
]


@pytest.mark.parametrize(("better", "worse"), pairwise(LADDER))
def test_each_criterion_outweighs_all_that_follow(better: Candidate, worse: Candidate) -> None:
    assert names(worse, better) == [better.name, worse.name]
    assert names(better, worse) == [better.name, worse.name]


def test_where_the_order_says_on_site_that_outweighs_the_documents() -> None:
    away = replace(ACE, name="away only", service_mode="offsite")
    lapsed = replace(ACE, name="lapsed", documents=LAPSED)
    assert names(away, lapsed, need=replace(NEED, mode="onsite")) == ["lapsed", "away only"]


def test_the_whole_ladder_is_in_order_and_nobody_is_left_out() -> None:
    assert names(*reversed(LADDER)) == [candidate.name for candidate in LADDER]


@given(st.permutations(LADDER))
def test_the_order_they_come_in_does_not_matter(shuffled: list[Candidate]) -> None:
    assert names(*shuffled) == [candidate.name for candidate in LADDER]


@pytest.mark.parametrize(
    ("trades", "required", "weight", "words"),
    [
        (("cooling",), ("cooling",), "good", "does cooling"),
        (("Cooling",), ("cooling",), "good", "does cooling"),
        (("cooling", "electrical"), ("cooling", "electrical"), "good", "does cooling and electrical"),
        (("cooling",), ("cooling", "electrical"), "warn", "does cooling, not electrical"),
        (("roofing",), ("cooling",), "bad", "not cooling (does roofing)"),
        (("roofing",), ("cooling", "electrical"), "bad", "not cooling or electrical (does roofing)"),
        ((), ("cooling",), "bad", "not cooling"),
        (("roofing", "tiling"), (), "plain", "roofing and tiling"),
        ((), (), "plain", "no trade given"),
    ],
)
def test_the_trade_is_a_reason(
    trades: tuple[str, ...], required: tuple[str, ...], weight: str, words: str
) -> None:
    need = replace(NEED, trades=required)
    assert reason(replace(ACE, trades=trades), "trade", need) == (weight, words)


@pytest.mark.parametrize(
    ("areas", "places", "weight", "words"),
    [
        ((LINE,), (LINE, HALL, SITE), "good", "covers Line"),
        ((SITE,), (LINE, HALL, SITE), "good", "covers Site"),
        ((SITE, LINE), (LINE, HALL, SITE), "good", "covers Line"),
        ((YARD,), (LINE, HALL, SITE), "bad", "not in Line (covers Yard)"),
        ((LINE,), (HALL, SITE), "bad", "not in Hall (covers Line)"),
        ((), (LINE,), "plain", "no area limits"),
        ((YARD,), (), "", ""),
    ],
)
def test_an_area_covers_what_lies_in_it(
    areas: tuple[Place, ...], places: tuple[Place, ...], weight: str, words: str
) -> None:
    assert reason(replace(ACE, areas=areas), "area", replace(NEED, places=places)) == (weight, words)


@pytest.mark.parametrize(
    ("service_mode", "mode", "movable", "weight", "verdict"),
    [
        ("onsite", "", True, "plain", "fits"),
        ("both", "", True, "plain", "fits"),
        ("offsite", "", True, "warn", "fits"),
        ("offsite", "", False, "bad", "poor"),
        ("onsite", "onsite", True, "good", "fits"),
        ("both", "onsite", True, "good", "fits"),
        ("both", "offsite", True, "good", "fits"),
        ("onsite", "offsite", True, "bad", "poor"),
        ("offsite", "onsite", True, "bad", "poor"),
        ("offsite", "offsite", True, "good", "fits"),
        ("offsite", "offsite", False, "bad", "poor"),
        ("onsite", "", False, "plain", "fits"),
    ],
)
def test_where_they_work_is_a_reason(
    service_mode: str, mode: str, movable: bool, weight: str, verdict: str
) -> None:
    need = replace(NEED, mode=mode, movable=movable)
    candidate = replace(ACE, service_mode=service_mode)
    assert reason(candidate, "mode", need)[0] == weight
    assert fit(candidate, need).verdict == verdict


@pytest.mark.parametrize(
    ("held", "on", "weight", "words", "verdict"),
    [
        (INSURED, TODAY, "good", "documents valid on 2026-06-10", "fits"),
        (LAPSED, TODAY, "bad", "liability insurance expired 2026-05-31", "override"),
        (LAPSED, date(2026, 5, 31), "warn", "liability insurance expires 2026-05-31", "fits"),
        (INSURED, date(2027, 6, 2), "bad", "liability insurance expired 2027-06-01", "override"),
        (INSURED, date(2027, 5, 20), "warn", "liability insurance expires 2027-06-01", "fits"),
        ((), TODAY, "bad", "no liability insurance", "override"),
    ],
)
def test_documents_are_looked_at_as_of_the_planned_day(
    held: tuple[Document, ...], on: date, weight: str, words: str, verdict: str
) -> None:
    candidate, need = replace(ACE, documents=held), replace(NEED, on=on)
    assert reason(candidate, "documents", need) == (weight, words)
    assert fit(candidate, need).verdict == verdict


def test_where_the_order_names_no_trade_the_contractors_own_trades_say_which_licence() -> None:
    need = replace(NEED, trades=(), required_documents="cooling=trade_licence")
    assert reason(ACE, "documents", need) == ("bad", "no trade licence (cooling)")
    other = replace(need, trades=("roofing",))
    assert reason(ACE, "documents", other) == ("plain", "no documents asked for")


@pytest.mark.parametrize(
    ("ratings", "weight", "words"),
    [
        ((), "plain", "not rated in 24 months"),
        ((Rated(TODAY, 5, 4, 4),), "good", "rated 4.3 of 5 (1 job)"),
        ((Rated(TODAY, 3, 3, 3),), "plain", "rated 3.0 of 5 (1 job)"),
        ((Rated(TODAY, 1, 1, 2),), "warn", "rated 1.3 of 5 (1 job)"),
        ((Rated(date(2020, 1, 1), 5, 5, 5),), "plain", "not rated in 24 months"),
    ],
)
def test_the_score_is_said_with_its_count(ratings: tuple[Rated, ...], weight: str, words: str) -> None:
    assert reason(replace(ACE, ratings=ratings), "score") == (weight, words)


def test_rank_load_and_rates_are_said_where_they_are_known() -> None:
    known = replace(ACE, preferred_rank=2, open_jobs=1, rates=Rates("USD", 8500, 12000, 6000, 4500, 120))
    said = fit(known, NEED).words
    assert "preferred, rank 2" in said
    assert "1 open job;" in said
    assert (
        "85.00 USD/h, after hours 120.00 USD/h, call-out 60.00 USD, travel 45.00 USD/h, at least 120 min"
        in said
    )
    assert reason(ACE, "rank") == reason(ACE, "load") == reason(ACE, "rates") == ("", "")


@pytest.mark.parametrize(
    ("why", "words"), [("", "blocked"), ("left the site open", "blocked: left the site open")]
)
def test_a_block_is_the_first_reason(why: str, words: str) -> None:
    found = fit(replace(ACE, blocked=True, blocked_reason=why), NEED)
    assert found.verdict == "blocked"
    assert found.reasons[0].words == words


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ({}, "fits"),
        ({"trades": ()}, "poor"),
        ({"areas": (YARD,)}, "poor"),
        ({"documents": ()}, "override"),
        ({"documents": (), "trades": ()}, "poor"),
        ({"blocked": True, "documents": ()}, "blocked"),
    ],
)
def test_the_verdict_names_the_heaviest_thing(change: dict[str, object], verdict: str) -> None:
    assert fit(replace(ACE, **change), NEED).verdict == verdict  # pyright: ignore[reportArgumentType]
