"""What a field may hold, and what a record must not contradict."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wotui.domain.initials import initials_for
from wotui.domain.record_kinds import ASSET, CONTRACTOR, KINDS, PART, PERSON, PLACE, kind_named
from wotui.domain.records import Kind, check, makes_a_ring, read, read_all
from wotui.errors import Refused, UsageProblem


@pytest.mark.parametrize(
    ("kind", "field", "typed", "value"),
    [
        (ASSET, "tag", "  pu-101 ", "pu-101"),
        (ASSET, "state", "Out of service", "out_of_service"),
        (ASSET, "criticality", "a", "A"),
        (ASSET, "installed_on", "2026-02-28", "2026-02-28"),
        (PERSON, "initials", "jd", "JD"),
        (PERSON, "roles", "Technician; supervisor,technician", ("technician", "supervisor")),
        (PERSON, "roles", "", ()),
        (CONTRACTOR, "rate_hour", "95.5", 9550),
        (CONTRACTOR, "rate_hour", "$1,250", 125000),
        (CONTRACTOR, "blocked", "Yes", 1),
        (CONTRACTOR, "currency", "eur", "EUR"),
        (CONTRACTOR, "min_minutes", "60", 60),
        (CONTRACTOR, "notes", "one\r\ntwo", "one\ntwo"),
        (PART, "min_qty", "2,5", 2500),
        (PLACE, "name", "a\tb\nc", "a b c"),
        (PLACE, "name", "   ", None),
    ],
)
def test_a_field_reads_what_people_type(kind: Kind, field: str, typed: str, value: object) -> None:
    assert read(kind.field(field), typed, "USD") == value


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("state", "broken", "in_service"),
        ("criticality", "D", "A, B or C"),
        ("installed_on", "28.2.2026", "2026-06-30"),
        ("installed_on", "2026-02-30", "not a date"),
        ("active", "maybe", "yes or no"),
        ("tag", "a=b", "equals"),
        ("tag", "x" * 41, "longer than 40"),
        ("name", "x" * 121, "longer than 120"),
    ],
)
def test_what_is_no_value_of_a_field_is_refused_with_how_to_write_one(
    field: str, typed: str, said: str
) -> None:
    with pytest.raises(UsageProblem, match=said) as refused:
        read(ASSET.field(field), typed, "USD")
    assert str(refused.value).startswith(f"{field}: ")


def test_a_field_is_found_under_its_other_names() -> None:
    assert PERSON.field("employee_no") is PERSON.field("payroll_id")
    assert ASSET.field("place_id") is ASSET.field("place")
    assert ASSET.field("Category") is ASSET.field("category_code")


def test_an_unknown_field_or_kind_names_the_nearest() -> None:
    with pytest.raises(UsageProblem, match=r"Did you mean serial\?"):
        ASSET.field("serail")
    with pytest.raises(UsageProblem, match=r"Did you mean asset\?"):
        kind_named("asett")
    assert kind_named("People") is PERSON


def test_one_field_under_two_names_is_refused() -> None:
    with pytest.raises(UsageProblem, match="given twice"):
        read_all(PERSON, {"payroll_id": "1", "employee_no": "2"}, "USD")


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_a_record_without_its_required_fields_is_refused(kind: Kind) -> None:
    with pytest.raises(Refused, match="needs"):
        check(kind, {}, "It")
    check(kind, {field.name: "x" for field in kind.fields if field.required}, "It")


def test_dates_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(Refused, match="before"):
        check(
            ASSET,
            {"tag": "A", "name": "A", "installed_on": "2026-02-01", "warranty_until": "2026-01-31"},
            "It",
        )
    check(
        ASSET, {"tag": "A", "name": "A", "installed_on": "2026-02-01", "warranty_until": "2026-02-01"}, "It"
    )


def test_a_blocked_contractor_has_a_reason() -> None:
    with pytest.raises(Refused, match="reason"):
        check(CONTRACTOR, {"name": "Ace", "blocked": 1}, "It")
    check(CONTRACTOR, {"name": "Ace", "blocked": 1, "blocked_reason": "no insurance"}, "It")


def test_a_tree_never_bites_its_tail() -> None:
    parents = {"a": None, "b": "a", "c": "b"}
    assert makes_a_ring("a", "c", parents)
    assert makes_a_ring("a", "a", parents)
    assert not makes_a_ring("c", "a", parents)
    assert not makes_a_ring("x", "p", {"p": "q", "q": "p"}), (
        "a ring that a merge brought is not walked for ever"
    )


def test_initials_follow_from_the_name_and_are_nobody_elses() -> None:
    assert initials_for("Jo Doe", ()) == "JD"
    assert initials_for("Jo Doe", ("jd",)) == "JDO"
    assert initials_for("Jo van Doe", ()) == "JVD"
    assert initials_for("Cher", ()) is not None
    assert initials_for("...", ()) is None


@example("\u0958", set())  # a letter that Unicode always takes apart
@example("\u0149a", set())  # a letter whose capital is two characters
@given(st.text(max_size=60), st.sets(st.text("ABCDEFGH0123456789", min_size=2, max_size=4), max_size=40))
def test_proposed_initials_are_always_valid_and_free(name: str, taken: set[str]) -> None:
    proposed = initials_for(name, taken)
    if proposed is not None:
        assert read(PERSON.field("initials"), proposed, "USD") == proposed.upper()
        assert proposed.casefold() not in {each.casefold() for each in taken}


@given(st.sampled_from(list(KINDS.values())), st.data())
def test_whatever_is_typed_is_a_value_or_a_sentence(kind: Kind, data: st.DataObject) -> None:
    field = data.draw(st.sampled_from(kind.fields))
    typed = data.draw(st.text(max_size=200))
    try:
        value = read(field, typed, "USD")
    except UsageProblem as problem:
        said: str | None = problem.what and problem.way_out
        value = said or object()
    assert value is None or isinstance(value, (str, int, tuple))
