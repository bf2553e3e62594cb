"""Fields of a shop's own: what each type takes, what it refuses, and how it says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wotui.domain.quantity import decimal
from wotui.domain.templates import OwnField
from wotui.domain.templates.own_fields import TYPES, check, key_of, read, shown
from wotui.errors import Problem, Refused, UsageProblem

TODAY = date(2026, 6, 10)
TEMPERATURE = OwnField("temperature", "Temperature", "number", uom="°C", min_value=-20_000, max_value=40_000)
FUEL = OwnField("fuel", "Fuel", "choice", choices=("gas", "electric", "heat pump"))
ROOMS = OwnField("rooms", "Rooms", "multi", choices=("kitchen", "bathroom"))


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        (OwnField("note", "Note"), "  two   words ", "two words"),
        (OwnField("note", "Note", "long"), "one\r\ntwo", "one\ntwo"),
        (TEMPERATURE, "21.50", "21.5"),
        (TEMPERATURE, "21,5 °C", "21.5"),
        (TEMPERATURE, "-20", "-20"),
        (OwnField("day", "Day", "date"), "fri", "2026-06-12"),
        (OwnField("day", "Day", "date"), "+3d", "2026-06-13"),
        (FUEL, "GAS", "gas"),
        (FUEL, "heat", "heat pump"),
        (ROOMS, "bath; kitchen, bath", "bathroom, kitchen"),
        (OwnField("ours", "Ours", "bool"), "Y", "yes"),
        (OwnField("ours", "Ours", "bool"), "0", "no"),
        (TEMPERATURE, "  ", None),
    ],
)
def test_what_a_person_types_is_kept_as_something_to_read_and_search(
    field: OwnField, typed: str, kept: str | None
) -> None:
    assert read(field, typed, TODAY) == kept


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        (TEMPERATURE, "41", r"Temperature: 41 °C is out of range. It takes -20 to 40 °C."),
        (TEMPERATURE, "warm", "Temperature: “warm” is not a number."),
        (FUEL, "coal", "Fuel: 'coal' is not one of its choices. It takes gas, electric or heat pump."),
        (ROOMS, "kitchen, hall", "Rooms: 'hall'"),
        (OwnField("day", "Day", "date"), "2026-09", "Day: '2026-09' is not a day."),
        (OwnField("day", "Day", "date"), "someday", "is not a day"),
        (OwnField("ours", "Ours", "bool"), "maybe", "neither yes nor no"),
        (OwnField("note", "Note"), "x" * 201, "longer than 200"),
    ],
)
def test_what_is_no_value_is_refused_with_what_would_be(field: OwnField, typed: str, said: str) -> None:
    with pytest.raises(UsageProblem) as refused:
        read(field, typed, TODAY)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": "Unit no"}, "cannot be its key"),
        ({"name": "9lives"}, "cannot be its key"),
        ({"label": ""}, "has no label"),
        ({"type": "numbr"}, "Did you mean number?"),
        ({"required": "later"}, "It is one of release or done."),
        ({"show_on": ("fridge",)}, "show_on is “fridge”"),
        ({"choices": ()}, "without anything to choose"),
        ({"choices": ("gas", "Gas")}, "offers one choice twice"),
        ({"choices": ("gas, or oil",)}, "comma"),
        ({"type": "text"}, "has choices, but is a text"),
        ({"min_value": 1}, "has limits, but is no number"),
    ],
)
def test_a_field_that_contradicts_itself_is_refused(changes: dict[str, object], said: str) -> None:
    with pytest.raises(Problem) as refused:
        check(replace(FUEL, **changes))  # pyright: ignore[reportArgumentType] - wrong on purpose
    assert said in str(refused.value)


def test_limits_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(Refused, match="above its largest"):
        check(replace(TEMPERATURE, min_value=50_000))


def test_a_key_follows_from_the_label() -> None:
    assert key_of("Unit no.") == "unit_no"
    assert key_of("2nd floor?") == "nd_floor"
    assert key_of("漢字") == ""


def test_a_number_is_shown_with_its_unit_and_other_values_as_they_are() -> None:
    assert shown(TEMPERATURE, "21.5") == "21.5 °C"
    assert shown(FUEL, "gas") == "gas"


@given(st.integers(-20_000, 40_000))
def test_every_number_within_the_limits_is_kept_exactly(value: int) -> None:
    kept = read(TEMPERATURE, decimal(value), TODAY)
    assert kept == decimal(value)
    assert read(TEMPERATURE, f"{kept} °C", TODAY) == kept


@given(st.text(max_size=300), st.sampled_from(TYPES))
def test_reading_what_was_kept_gives_the_same_again(typed: str, kind: str) -> None:
    choices = ("gas", "electric") if kind in ("choice", "multi") else ()
    field = OwnField("field", "Field", kind, choices=choices)
    try:
        kept = read(field, typed, TODAY)
    except UsageProblem:
        return
    assert kept is None or read(field, kept, TODAY) == kept
