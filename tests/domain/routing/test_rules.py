"""Which rule fires: each condition both ways, the order, the hours over midnight, and what a person said before."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wotui.domain.routing.rules import CONDITIONS, Incoming, Rule, Rules, in_hours
from wotui.domain.routing.words import actions, conditions, kept, trial, weekdays

if TYPE_CHECKING:
    from random import Random

WEDNESDAY_NOON = datetime(2026, 6, 10, 12, 30)  # noqa: DTZ001 - local time is what rules look at
LEAK = Incoming(
    text="Water under the sink\nThe kitchen of flat 3, since Monday",
    at=WEDNESDAY_NOON,
    places=("flat-3", "house-1", "site"),
    work_kind="Repair",
    trade="Plumbing",
    priority=2,
    asset_id="sink",
    asset_category="Fixtures",
    customer_id="tenant",
    source="person",
)
NAMES = {"flat-3": "Flat 3", "house-1": "House 1", "sink": "S-1", "tenant": "Ann", "tb": "TB", "t1": "Leak"}


def rule(**conditions_: Any) -> Rule:
    return replace(Rule("r1", "Leaks", set_priority=1), **conditions_)


HOLDS = [
    {"place_id": "flat-3"},
    {"place_id": "site"},
    {"work_kind": "repair"},
    {"trade": "PLUMBING"},
    {"priority_max": 2},
    {"priority_max": 4},
    {"asset_category": "fixtures"},
    {"asset_id": "sink"},
    {"customer_id": "tenant"},
    {"source": "person"},
    {"text_contains": "under the SINK"},
    {"text_contains": "gas, water"},
    {"text_contains": "since monday"},
    {"weekdays": "3"},
    {"weekdays": "12345"},
    {"hour_from": 12},
    {"hour_to": 13},
    {"hour_from": 8, "hour_to": 17},
    {"hour_from": 22, "hour_to": 13},
    {"day_kind": "working"},
]
FAILS = [
    {"place_id": "flat-4"},
    {"work_kind": "inspection"},
    {"trade": "HVAC"},
    {"priority_max": 1},
    {"asset_category": "pumps"},
    {"asset_id": "tap"},
    {"customer_id": "somebody"},
    {"source": "event"},
    {"text_contains": "gas, smoke"},
    {"weekdays": "67"},
    {"hour_from": 13},
    {"hour_to": 12},
    {"hour_from": 22, "hour_to": 6},
    {"day_kind": "free"},
]


@pytest.mark.parametrize("one", HOLDS, ids=str)
def test_a_rule_fires_when_its_condition_holds(one: dict[str, Any]) -> None:
    assert Rules([rule(**one)]).first(LEAK) is not None
    assert trial(rule(**one), LEAK, NAMES).fits


@pytest.mark.parametrize("one", FAILS, ids=str)
def test_a_rule_stays_quiet_when_its_condition_does_not_hold(one: dict[str, Any]) -> None:
    assert Rules([rule(**one)]).first(LEAK) is None
    found = trial(rule(**one), LEAK, NAMES)
    assert not found.fits
    assert found.why


@pytest.mark.parametrize("good", [one for one in HOLDS if not one.keys() & {"hour_from", "hour_to"}], ids=str)
@pytest.mark.parametrize("bad", FAILS, ids=str)
def test_all_conditions_must_hold(good: dict[str, Any], bad: dict[str, Any]) -> None:
    both = {**good, **bad}
    assert Rules([rule(**both)]).first(LEAK) is None


@pytest.mark.parametrize("first", HOLDS, ids=str)
@pytest.mark.parametrize("second", HOLDS[:10], ids=str)
def test_two_conditions_that_hold_hold_together(first: dict[str, Any], second: dict[str, Any]) -> None:
    assert Rules([rule(**{**first, **second})]).first(LEAK) is not None


def test_what_is_known_of_nothing_fits_no_rule_that_asks_for_it() -> None:
    bare = Incoming(text="Something", at=WEDNESDAY_NOON)
    for column in ("place_id", "work_kind", "trade", "asset_category", "asset_id", "customer_id"):
        assert Rules([rule(**{column: "x"})]).first(bare) is None
        assert trial(rule(**{column: "x"}), bare, {}).why.startswith(("no ", "on no", "for no"))


def test_a_request_without_a_priority_counts_as_normal() -> None:
    unsaid = replace(LEAK, priority=None)
    assert Rules([rule(priority_max=2)]).first(unsaid) is None
    assert Rules([rule(priority_max=3)]).first(unsaid) is not None


def test_the_first_rule_that_fits_wins() -> None:
    rules = [
        replace(rule(), id="last", position=9),
        replace(rule(trade="HVAC"), id="not this", position=1),
        replace(rule(trade="plumbing"), id="this", position=2),
    ]
    first = Rules(rules).first(LEAK)
    assert first is not None
    assert first.id == "this"


def test_rules_at_the_same_place_go_by_their_id() -> None:
    twins = [replace(rule(), id="b"), replace(rule(), id="a")]
    first = Rules(twins).first(LEAK)
    assert first is not None
    assert first.id == "a"


def test_nothing_fits_where_there_are_no_rules() -> None:
    assert Rules([]).decide(LEAK) is None


def test_a_rule_never_overrides_a_person() -> None:
    loud = rule(set_priority=1, set_type="service", set_template_id="t1", lead_mode="team", lead_team="Night")
    free = Rules([loud]).decide(LEAK)
    bound = Rules([loud]).decide(LEAK, frozenset({"priority", "type", "template", "lead"}))
    assert free is not None
    assert bound is not None
    assert (free.priority, free.type, free.template_id, free.lead_mode) == (1, "service", "t1", "team")
    assert (bound.priority, bound.type, bound.template_id, bound.lead_mode) == (None, None, None, "")
    assert kept(bound) == "Left as somebody said: priority, type, template and lead."
    assert kept(free) == ""


def test_what_the_rule_does_not_set_is_not_said_to_be_kept() -> None:
    decided = Rules([rule()]).decide(LEAK, frozenset({"lead", "type"}))
    assert decided is not None
    assert decided.kept == ()


@pytest.mark.parametrize(
    ("hour", "first", "before", "inside"),
    [
        (0, None, 6, True),
        (6, None, 6, False),
        (23, 22, 6, True),
        (3, 22, 6, True),
        (12, 22, 6, False),
        (22, 22, None, True),
        (21, 22, None, False),
        (5, 5, 5, True),
        (23, 0, 24, True),
    ],
)
def test_hours_may_run_over_midnight(
    hour: int, first: int | None, before: int | None, *, inside: bool
) -> None:
    assert in_hours(hour, first, before) is inside


@given(st.integers(0, 23), st.integers(0, 23), st.integers(0, 24))
def test_an_hour_lies_in_a_range_or_in_the_rest_of_the_day(hour: int, first: int, before: int) -> None:
    if first != before % 24:
        assert in_hours(hour, first, before) is not in_hours(hour, before % 24, first or 24)


_CHOICES: dict[str, list[object]] = {
    "place_id": [None, "flat-3", "house-1", "elsewhere"],
    "trade": [None, "plumbing", "HVAC"],
    "priority_max": [None, 1, 2, 4],
    "source": [None, "person", "event"],
    "text_contains": [None, "water", "gas"],
    "weekdays": [None, "12345", "67"],
    "day_kind": [None, "working", "free"],
    "position": [1, 2, 3],
}
_RULES = st.lists(
    st.fixed_dictionaries({name: st.sampled_from(values) for name, values in _CHOICES.items()}), max_size=12
)


@given(_RULES, st.randoms())
def test_the_same_rules_in_any_order_decide_the_same(drawn: list[dict[str, Any]], random: Random) -> None:
    rules = [rule(id=f"r{number:02}", **values) for number, values in enumerate(drawn)]
    mixed = list(rules)
    random.shuffle(mixed)
    first, again = Rules(rules).decide(LEAK), Rules(mixed).decide(LEAK)
    assert first == again
    if first is None:
        assert not any(trial(each, LEAK, NAMES).fits for each in rules)
    else:
        before = [
            each
            for each in Rules(rules).all
            if Rules(rules).all.index(each) < Rules(rules).all.index(first.rule)
        ]
        assert not any(trial(each, LEAK, NAMES).fits for each in before)
        assert trial(first.rule, LEAK, NAMES).fits


def test_every_condition_can_be_said_in_words() -> None:
    everything = rule(
        place_id="house-1",
        work_kind="repair",
        trade="plumbing",
        priority_max=2,
        asset_category="fixtures",
        asset_id="sink",
        customer_id="tenant",
        source="person",
        text_contains="water, leak",
        weekdays="12345",
        hour_from=7,
        hour_to=16,
        day_kind="working",
    )
    assert conditions(everything, NAMES) == (
        "in House 1, repair, plumbing, urgent or worse, category fixtures, on S-1, for Ann, from person, Mon to Fri, "
        "on working days, says “water” or “leak”, from 07:00 to 16:00"
    )
    assert len(trial(everything, LEAK, NAMES).reasons) == len(CONDITIONS) + 1
    assert conditions(rule(), NAMES) == "everything"
    assert trial(rule(), LEAK, NAMES).why == "it takes everything"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "emergency"),
        ({"set_type": "service"}, "emergency, service"),
        ({"set_template_id": "t1"}, "emergency, template Leak"),
        ({"lead_mode": "person", "lead_person_id": "tb"}, "emergency, TB leads"),
        ({"lead_mode": "person", "lead_person_id": "gone"}, "emergency, nobody leads"),
        ({"lead_mode": "available", "lead_trade": "HVAC"}, "emergency, whoever has HVAC and least planned"),
        ({"lead_mode": "available"}, "emergency, whoever has least planned"),
        ({"lead_mode": "team", "lead_team": "Night"}, "emergency, team Night"),
        ({"lead_mode": "contractors", "lead_trade": "HVAC"}, "emergency, contractors for HVAC"),
        ({"lead_mode": "contractors"}, "emergency, contractors that fit"),
        ({"accept": True}, "emergency, accepted at once"),
        ({"set_priority": None}, "nothing"),
    ],
)
def test_what_a_rule_does_is_said_in_words(changes: dict[str, Any], words: str) -> None:
    assert actions(rule(**changes), NAMES) == words


@pytest.mark.parametrize(
    ("digits", "words"),
    [("12345", "Mon to Fri"), ("67", "Sat and Sun"), ("135", "Mon, Wed and Fri"), ("1", "Mon")],
)
def test_weekdays_are_said_as_people_do(digits: str, words: str) -> None:
    assert weekdays(digits) == words


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"place_id": "flat-4"}, "in Flat 3, not in something that is gone"),
        ({"priority_max": 1}, "urgent, not emergency"),
        ({"weekdays": "67"}, "Wed, not Sat and Sun"),
        ({"hour_from": 22, "hour_to": 6}, "reported at 12:30, not from 22:00 to 06:00"),
        ({"text_contains": "gas"}, "it does not say “gas”"),
        ({"day_kind": "free"}, "reported on a working day"),
        ({"trade": "HVAC"}, "Plumbing, not HVAC"),
        ({"source": "event"}, "from person, not from event"),
    ],
)
def test_the_dry_run_says_why_a_rule_did_not_fire(changes: dict[str, Any], why: str) -> None:
    assert trial(rule(**changes), LEAK, NAMES).why == why


def test_the_dry_run_says_why_a_rule_fired() -> None:
    fired = trial(
        rule(place_id="house-1", priority_max=3, text_contains="water, gas", weekdays="12345"), LEAK, NAMES
    )
    assert fired.why == "in House 1, it is urgent, it is Wed and it says “water”"
