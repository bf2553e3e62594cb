"""Typed answers become values and outcomes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wotui.domain.checklists.answers import (
    Answer,
    explain,
    failing,
    judge,
    not_applicable,
    passing,
    preview,
    read_answer,
    shown,
)
from wotui.domain.checklists.items import TYPES, Item, Option
from wotui.errors import Problem, Refused, UsageProblem

OPTIONS = (Option("ok", "Good"), Option("worn", "Worn", "flag"), Option("torn", "Torn", "fail"))


def item(kind: str, **fields: Any) -> Item:
    if kind in ("choice", "multi"):
        fields.setdefault("options", OPTIONS)
    return Item("i", kind, "Hoses", **fields)


VIBRATION = item("number", uom="mm/s", min_value=0, max_value=4500, warn_max=2800)


@pytest.mark.parametrize(
    ("kind", "typed", "value", "outcome"),
    [
        ("tick", "", "done", "pass"),
        ("tick", "done", "done", "pass"),
        ("tick", "pass", "done", "pass"),
        ("tick", "yes", "done", "pass"),
        ("tick", "x", "done", "pass"),
        ("tick", "fail", "not done", "fail"),
        ("tick", "no", "not done", "fail"),
        ("tick", "na", "na", "na"),
        ("tick", "N/A", "na", "na"),
        ("pass_fail", "", "pass", "pass"),
        ("pass_fail", "PASS", "pass", "pass"),
        ("pass_fail", "ok", "pass", "pass"),
        ("pass_fail", "fail", "fail", "fail"),
        ("pass_fail", "flag", "flag", "flag"),
        ("pass_fail", "watch", "flag", "flag"),
        ("pass_fail", "na", "na", "na"),
        ("pass_fail", "not applicable", "na", "na"),
        ("yes_no", "", "yes", "pass"),
        ("yes_no", "yes", "yes", "pass"),
        ("yes_no", "Y", "yes", "pass"),
        ("yes_no", "no", "no", "fail"),
        ("yes_no", "n", "no", "fail"),
        ("yes_no", "pass", "yes", "pass"),
        ("yes_no", "fail", "no", "fail"),
        ("yes_no", "na", "na", "na"),
        ("choice", "ok", "ok", "pass"),
        ("choice", "Good", "ok", "pass"),
        ("choice", "2", "worn", "flag"),
        ("choice", "TORN", "torn", "fail"),
        ("choice", "na", "na", "na"),
        ("multi", "ok", "ok", "pass"),
        ("multi", "1,2", "ok,worn", "flag"),
        ("multi", "torn, ok", "ok,torn", "fail"),
        ("multi", "2,2", "worn", "flag"),
        ("text", "Grease is black", "Grease is black", "pass"),
        ("text", "fail", "fail", "pass"),
        ("text", "na", "na", "na"),
        ("number", "7", "7", "pass"),
        ("number", "7,25", "7.25", "pass"),
        ("number", "na", "na", "na"),
        ("meter", "1204.5", "1204.5", "pass"),
    ],
)
def test_an_answer_is_read(kind: str, typed: str, value: str, outcome: str) -> None:
    assert read_answer(item(kind), typed) == Answer(value, outcome)


@pytest.mark.parametrize(
    ("typed", "outcome"),
    [
        ("0", "pass"),
        ("2.8", "pass"),
        ("2.801", "flag"),
        ("4.5", "flag"),
        ("4.501", "fail"),
        ("-0.001", "fail"),
        ("100", "fail"),
    ],
)
def test_limits_decide_over_a_reading_and_both_ends_are_allowed(typed: str, outcome: str) -> None:
    assert read_answer(VIBRATION, typed).outcome == outcome


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (5000, "above the limit of 4.5 mm/s"),
        (-1, "below the limit of 0 mm/s"),
        (3000, "to watch: above 2.8 mm/s"),
        (1000, "within limits"),
    ],
)
def test_the_verdict_says_why(value: int, words: str) -> None:
    assert explain(VIBRATION, value) == words


def test_a_lower_watch_limit_gives_a_flag() -> None:
    oil = item("number", min_value=1000, warn_min=2000)
    assert [judge(oil, value) for value in (999, 1000, 1999, 2000)] == ["fail", "flag", "flag", "pass"]
    assert explain(oil, 1500) == "to watch: below 2"


@pytest.mark.parametrize(
    ("typed", "last", "asked"),
    [
        ("10", 2000, False),
        ("10.1", 2000, True),
        ("-11", 2000, True),
        ("5", None, False),
        ("5", 0, False),
        ("1", 2000, False),
    ],
)
def test_a_reading_over_five_times_the_last_one_is_questioned(
    typed: str, last: int | None, asked: bool
) -> None:
    answer = read_answer(item("number"), typed, last)
    assert bool(answer.doubt) is asked


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("tick", "maybe"),
        ("tick", "flag"),
        ("pass_fail", "7"),
        ("yes_no", "perhaps"),
        ("number", "high"),
        ("number", ""),
        ("number", "pass"),
        ("meter", "1.2345"),
        ("choice", "4"),
        ("choice", "0"),
        ("choice", ""),
        ("multi", "1,9"),
        ("multi", ""),
        ("text", "   "),
    ],
)
def test_an_answer_that_does_not_fit_says_what_does(kind: str, typed: str) -> None:
    with pytest.raises(UsageProblem) as caught:
        read_answer(item(kind), typed)
    assert "Hoses" in caught.value.what or "number" in caught.value.what or "decimals" in caught.value.what
    assert caught.value.way_out


@pytest.mark.parametrize("kind", ["heading", "instruction", "hologram"])
def test_what_is_only_read_takes_no_answer(kind: str) -> None:
    for answering in (lambda: read_answer(item(kind), "pass"), lambda: not_applicable(item(kind))):
        with pytest.raises(Refused, match="there to be read"):
            answering()


def test_a_photo_says_that_a_terminal_cannot_take_pictures() -> None:
    with pytest.raises(Refused, match="cannot take pictures"):
        read_answer(item("photo"), "x.jpg")


def test_a_signature_is_not_typed_as_an_answer() -> None:
    with pytest.raises(Refused, match="name and PIN"):
        read_answer(item("signature"), "Ann")


@pytest.mark.parametrize(
    "kind", ["tick", "pass_fail", "yes_no", "number", "meter", "choice", "multi", "text"]
)
def test_not_applicable_is_refused_where_the_item_does_not_allow_it(kind: str) -> None:
    with pytest.raises(Refused, match="cannot be left out"):
        read_answer(item(kind, na_allowed=False), "na")


def test_an_option_called_na_is_an_option() -> None:
    spares = item("choice", options=(Option("na", "None fitted"),), na_allowed=False)
    assert read_answer(spares, "na") == Answer("na", "pass")


@pytest.mark.parametrize(("good", "passes", "fails"), [("yes", "yes", "no"), ("no", "no", "yes")])
def test_the_good_answer_of_a_question_may_be_no(good: str, passes: str, fails: str) -> None:
    leaking = item("yes_no", good_answer=good)
    assert passing(leaking) == Answer(passes, "pass")
    assert failing(leaking) == Answer(fails, "fail")
    assert read_answer(leaking, fails).outcome == "fail"
    assert read_answer(leaking, "pass").value == passes


def test_one_key_passes_what_has_one_good_answer() -> None:
    assert passing(item("tick")) == Answer("done", "pass")
    assert passing(item("pass_fail")) == Answer("pass", "pass")
    assert passing(item("choice")) == Answer("ok", "pass")


def test_one_key_fails_what_can_fail_in_one_way() -> None:
    assert failing(item("tick")) == Answer("not done", "fail")
    assert failing(item("pass_fail")) == Answer("fail", "fail")
    assert failing(item("choice")) == Answer("torn", "fail")


@pytest.mark.parametrize("kind", ["number", "meter", "multi", "text", "photo", "signature", "heading"])
def test_a_single_key_does_not_answer_what_needs_a_value(kind: str) -> None:
    for press in (passing, failing):
        with pytest.raises(Refused) as caught:
            press(item(kind))
        assert caught.value.way_out


def test_a_choice_with_two_good_answers_is_not_guessed() -> None:
    two = item("choice", options=(Option("a", "A"), Option("b", "B")))
    with pytest.raises(Refused, match="1 A or 2 B"):
        passing(two)


@pytest.mark.parametrize(
    ("typed", "outcome", "words"),
    [
        ("", None, "0 to 4.5 mm/s, watch above 2.8"),
        ("-", None, "“-” is not a number."),
        ("2", "pass", "within limits"),
        ("7", "fail", "above the limit of 4.5 mm/s"),
        ("na", "na", "not applicable"),
    ],
)
def test_the_verdict_is_live_while_a_reading_is_typed(typed: str, outcome: str | None, words: str) -> None:
    verdict = preview(VIBRATION, typed)
    assert (verdict.outcome, verdict.words) == (outcome, words)


def test_the_live_verdict_carries_the_doubt() -> None:
    assert "more than 5 times the last reading, 0.5" in preview(VIBRATION, "3", 500).words


@pytest.mark.parametrize(
    ("kind", "value", "outcome", "words"),
    [
        ("tick", "done", "pass", "done"),
        ("tick", "not done", "fail", "not done"),
        ("pass_fail", "flag", "flag", "watch"),
        ("yes_no", "no", "fail", "no"),
        ("choice", "torn", "fail", "Torn"),
        ("multi", "ok,worn", "flag", "Good and Worn"),
        ("multi", "gone", "pass", "gone"),
        ("number", "7.2", "pass", "7.2 mm/s"),
        ("text", "as new", "pass", "as new"),
        ("tick", "na", "na", "not applicable"),
        ("tick", None, None, ""),
    ],
)
def test_a_stored_answer_is_shown_in_words(
    kind: str, value: str | None, outcome: str | None, words: str
) -> None:
    assert shown(item(kind, uom="mm/s"), value, outcome) == words


@given(st.sampled_from([*TYPES, "hologram"]), st.text(max_size=40), st.booleans())
def test_whatever_is_typed_is_an_answer_or_a_sentence(kind: str, typed: str, na_allowed: bool) -> None:
    asked = item(kind, na_allowed=na_allowed)
    preview(asked, typed, 1000)
    try:
        answer = read_answer(asked, typed)
    except Problem:
        return  # with a sentence: every Problem carries one
    else:
        assert answer.outcome in ("pass", "flag", "fail", "na")
        assert na_allowed or answer.outcome != "na"
        assert shown(asked, answer.value, answer.outcome)
