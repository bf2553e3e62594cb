"""What people type into the filter bar, and what it means. Typed on Wednesday 10 June 2026."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wotui.domain.filters import FilterMistake, parse
from wotui.domain.filters.fields import BY_NAME, FIELDS, SORTABLE
from wotui.domain.filters.tree import (
    All,
    Any,
    Between,
    Choice,
    Custom,
    During,
    Filter,
    Named,
    Node,
    Not,
    Present,
    Sort,
    Words,
)

TODAY = date(2026, 6, 10)
FRIDAY = date(2026, 6, 12)
OPEN = ("draft", "ready", "scheduled", "in_progress", "on_hold")


def meaning(typed: str, *custom: str) -> Node:
    return parse(typed, TODAY, custom).node


def mistake(typed: str, *custom: str) -> FilterMistake:
    with pytest.raises(FilterMistake) as caught:
        parse(typed, TODAY, custom)
    return caught.value


@pytest.mark.parametrize("typed", ["", "   ", "-", ",", " , , ", '"', '""', "- -", '-"', ",,,"])
def test_nothing_typed_or_only_half_begun_asks_for_nothing(typed: str) -> None:
    assert parse(typed, TODAY) == Filter()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("pump", Words("pump")),
        ("  pump  ", Words("pump")),
        ("pump leak", All((Words("pump"), Words("leak")))),
        ("pump\tleak", All((Words("pump"), Words("leak")))),
        ('"slew motor"', Words("slew motor", exact=True)),
        ('"slew motor', Words("slew motor", exact=True)),
        ("-pump", Not(Words("pump"))),
        ("--pump", Words("pump")),
        ('-"slew motor"', Not(Words("slew motor", exact=True))),
        ("l/h", Words("l/h")),
        ('5" pipe', All((Words('5"'), Words("pipe")))),
        ("12:30", Words("12:30")),
        ("c++", Words("c++")),
        ("PUMP-", Words("PUMP-")),
        ("W-A0012", Words("W-A0012")),
        ("50%", Words("50%")),
        ("drop_table", Words("drop_table")),
        ("(pump)", Words("(pump)")),
        ("AND OR NOT NEAR", All((Words("AND"), Words("OR"), Words("NOT"), Words("NEAR")))),
        ('"due:fri"', Words("due:fri", exact=True)),
    ],
)
def test_words_are_looked_for_as_they_stand(typed: str, expected: Node) -> None:
    assert meaning(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("leak , noise", Any((Words("leak"), Words("noise")))),
        ("leak, noise", Any((Words("leak"), Words("noise")))),
        ("leak,noise", Any((Words("leak"), Words("noise")))),
        ("leak ,noise", Any((Words("leak"), Words("noise")))),
        ("a b , c", Any((All((Words("a"), Words("b"))), Words("c")))),
        ("a b,c", All((Words("a"), Any((Words("b"), Words("c")))))),
        ("a , b , c", Any((Words("a"), Words("b"), Words("c")))),
        ("leak ,", Words("leak")),
        (", leak", Words("leak")),
        ("leak,", Words("leak")),
        ('"a, b"', Words("a, b", exact=True)),
        ("!urgent , #PUMP-01", Any((Choice("priority", ("2",)), Named("asset", "PUMP-01")))),
    ],
)
def test_a_comma_is_or_and_a_blank_binds_tighter(typed: str, expected: Node) -> None:
    assert meaning(typed) == expected


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("status:open", OPEN),
        ("status:finished", ("done", "closed")),
        ("status:any", ()),
        ("status:all", ()),
        ("status:ready", ("ready",)),
        ("STATUS:Ready", ("ready",)),
        ("status:in-progress", ("in_progress",)),
        ("status:in_progress", ("in_progress",)),
        ("status:in", ("in_progress",)),
        ("status:sched", ("scheduled",)),
        ("status:hold", ("on_hold",)),
        ("status:on-hold", ("on_hold",)),
        ("status:can", ("cancelled",)),
        ("status:ready,on-hold", ("ready", "on_hold")),
        ("status:ready,ready", ("ready",)),
        ("status:ready,any", ()),
        ("status:ready..", ("ready", "scheduled", "in_progress", "on_hold", "done", "closed", "cancelled")),
    ],
)
def test_a_status_can_be_shortened_grouped_and_listed(typed: str, values: tuple[str, ...]) -> None:
    assert meaning(typed) == Choice("status", values)


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("!urgent", ("2",)),
        ("!2", ("2",)),
        ("!urg", ("2",)),
        ("!1..2", ("1", "2")),
        ("!..urgent", ("1", "2")),
        ("!normal..", ("3", "4")),
        ("!emergency,low", ("1", "4")),
        ("priority:low", ("4",)),
        ("prio:n", ("3",)),
    ],
)
def test_priorities_go_by_number_or_name(typed: str, values: tuple[str, ...]) -> None:
    assert meaning(typed) == Choice("priority", values)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("@jd", Named("assigned", "jd")),
        ("@me", Named("assigned", "me")),
        ('@"Jo Doe"', Named("assigned", "Jo Doe")),
        ("@none", Not(Present("assigned"))),
        ("@any", Present("assigned")),
        ('@"none"', Named("assigned", "none")),
        ("-@jd", Not(Named("assigned", "jd"))),
        ("-@none", Present("assigned")),
        ("@jd,ace", Any((Named("assigned", "jd"), Named("assigned", "ace")))),
        ("#PUMP-01", Named("asset", "PUMP-01")),
        ('asset:"Main pump"', Named("asset", "Main pump")),
        ("machine:x", Named("asset", "x")),
        ("who:ace", Named("who", "ace")),
        ("place:hall-2", Named("place", "hall-2")),
        ("contractor:none", Not(Present("contractor"))),
        ("number:W-A0012", Named("number", "W-A0012")),
        ("title:leak", Words("leak", field="title")),
        ('title:"oil leak"', Words("oil leak", exact=True, field="title")),
        ("late:yes", Choice("late", ("1",))),
        ("late:no", Not(Choice("late", ("1",)))),
        ("-late:yes", Not(Choice("late", ("1",)))),
        ("-late:no", Choice("late", ("1",))),
        ("estimate:90", Between("estimate", 90, 90)),
        ("estimate:1h30", Between("estimate", 90, 90)),
        ("estimate:2h..", Between("estimate", 120, None)),
        ("estimate:..45m", Between("estimate", None, 45)),
        ("crit:a", Choice("criticality", ("A",))),
        ("crit:a..b", Choice("criticality", ("A", "B"))),
        ("type:prev", Choice("type", ("preventive",))),
    ],
)
def test_fields_and_their_short_signs(typed: str, expected: Node) -> None:
    assert meaning(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("due:today", During("due", TODAY, TODAY)),
        ("due:..fri", During("due", None, FRIDAY)),
        ("due:today..", During("due", TODAY, None)),
        ("due:2026-09", During("due", date(2026, 9, 1), date(2026, 9, 30))),
        ("due:none", Not(Present("due"))),
        ("due:any", Present("due")),
        ("created:fri", During("created", date(2026, 6, 5), date(2026, 6, 5))),
        ("due:today,fri", Any((During("due", TODAY, TODAY), During("due", FRIDAY, FRIDAY)))),
    ],
)
def test_dates_look_ahead_for_what_is_planned_and_back_for_what_happened(typed: str, expected: Node) -> None:
    assert meaning(typed) == expected


def test_the_example_of_the_manual() -> None:
    assert parse("pump status:open due:..fri -who:ace @jd #PUMP-01 !urgent due+", TODAY) == Filter(
        All(
            (
                Words("pump"),
                Choice("status", OPEN),
                During("due", None, FRIDAY),
                Not(Named("who", "ace")),
                Named("assigned", "jd"),
                Named("asset", "PUMP-01"),
                Choice("priority", ("2",)),
            )
        ),
        (Sort("due"),),
    )


@pytest.mark.parametrize("name", SORTABLE)
def test_every_sortable_field_sorts_up_and_down(name: str) -> None:
    assert parse(f"pump {name}+", TODAY).sorts == (Sort(BY_NAME[name].name),)
    assert parse(f"{name.upper()}-", TODAY).sorts == (Sort(BY_NAME[name].name, descending=True),)


def test_several_sorts_keep_their_order_wherever_they_stand() -> None:
    assert parse("due+ pump priority- number+", TODAY).sorts == (
        Sort("due"),
        Sort("priority", descending=True),
        Sort("number"),
    )


@pytest.mark.parametrize("typed", ["funcloc:bucket", "FuncLoc:bucket", "func-loc:bucket", "func_loc:bucket"])
def test_a_custom_field_is_named_like_any_other(typed: str) -> None:
    assert meaning(typed, "Func. Loc") == Custom("Func. Loc", "bucket")


def test_a_custom_field_with_none_or_any() -> None:
    assert meaning("rule:none", "Rule") == Not(Custom("Rule", ""))
    assert meaning("rule:any", "Rule") == Custom("Rule", "")
    assert meaning("rule:a,b", "Rule") == Any((Custom("Rule", "a"), Custom("Rule", "b")))


@pytest.mark.parametrize(
    ("typed", "wrong", "said"),
    [
        ("stauts:open", "stauts", "Did you mean status:?"),
        ("pump duo:fri", "duo", "Did you mean due:?"),
        ("plase:x", "plase", "Did you mean place:?"),
        ("status:opne", "opne", "Did you mean open?"),
        ("status:d", "d", "d can be draft or done."),
        ("!urgnet", "urgnet", "Did you mean urgent?"),
        ("!7", "7", "It can be emergency, urgent, normal, low."),
        ("pump due:fro", "fro", "fro is not a date."),
        ("due:2026-13", "2026-13", "is not a date"),
        ("due:fri..today", "fri..today", "is not a date"),
        ("late:perhaps", "perhaps", "is not a yes or no"),
        ("estimate:long", "long", "Write 90 or 1h30."),
        ("estimate:..", "..", "is not a number"),
        ("deu+", "deu+", "Did you mean due+?"),
        ("team+", "team+", "cannot be sorted by team"),
        ("newest:3", "3", "newest can only sort."),
        ("status:ready,opne", "opne", "Did you mean open?"),
        ("http://pump", "http", "quotation marks"),
    ],
)
def test_a_mistake_keeps_its_place_and_names_the_way_out(typed: str, wrong: str, said: str) -> None:
    found = mistake(typed)
    assert typed[found.start : found.end] == wrong
    assert said in str(found)
    assert found.exit_code == 2


@pytest.mark.parametrize(
    "typed", ["due:", "@", "#", "!", "status:", "-who:", "late:", "estimate:", "title:", "pump due:,"]
)
def test_a_field_without_a_value_says_what_may_stand_there(typed: str) -> None:
    assert "needs a value" in mistake(typed).what


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("stat:ready", Choice("status", ("ready",))),
        ("prior:2", Choice("priority", ("2",))),
        ("func:bucket", Custom("Func. Loc", "bucket")),
        ("-cont:ace", Not(Named("contractor", "ace"))),
        ("mach:x", Named("asset", "x")),
        ("assig:jd", Named("assigned", "jd")),
    ],
)
def test_the_beginning_of_a_field_is_enough(typed: str, expected: Node) -> None:
    assert meaning(typed, "Func. Loc", "Rule") == expected


@pytest.mark.parametrize(
    ("typed", "said"), [("sta:x", "sta can be status or started."), ("cus:x", "can be customer or Cust ref")]
)
def test_a_beginning_of_two_fields_names_both(typed: str, said: str) -> None:
    assert said in mistake(typed, "Cust ref").what


def test_a_mistake_names_a_custom_field_when_that_is_nearer() -> None:
    assert "Did you mean funcloc:?" in mistake("funclok:x", "funcloc").way_out


def test_a_filter_of_a_thousand_words_is_refused() -> None:
    assert "too long" in mistake("pump " * 1000).what


def test_no_two_fields_share_a_name() -> None:
    names = [name for field in FIELDS for name in (field.name, *field.aliases)]
    assert len(names) == len(set(names))


@given(st.text(max_size=60))
def test_no_text_ever_crashes_the_parser(typed: str) -> None:
    try:
        parse(typed, TODAY, ("Rule",))
    except FilterMistake as found:
        start, end = found.start, found.end
    else:
        start = end = 0
    assert 0 <= start <= end <= len(typed)


_TERMS = st.sampled_from(
    [
        "pump",
        "-leak",
        '"a b"',
        "status:open",
        "due:..fri",
        "@jd",
        "#P-1",
        "!2",
        "due+",
        ",",
        "-",
        "a,b",
        "who:none",
    ]
)


@given(st.lists(_TERMS, max_size=8))
def test_blanks_between_terms_never_change_the_meaning(terms: list[str]) -> None:
    assert parse(" ".join(terms), TODAY) == parse("  " + "\t ".join(terms) + " ", TODAY)


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("pump duo:fri", "pump"),
        ("pump duo:fri leak", "pump leak"),
        ("due:", ""),
        ("pump due:", "pump"),
        ("pump -due:fro @jd", "pump @jd"),
        ("pump status:ready,opne leak", "pump leak"),
        ("@", ""),
        ("pump @ leak", "pump leak"),
        ("stauts:open pump", "pump"),
    ],
)
def test_what_can_be_read_stays_while_a_word_is_wrong(typed: str, left: str) -> None:
    assert mistake(typed).left_over(typed) == left
