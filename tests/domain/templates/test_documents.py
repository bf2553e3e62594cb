"""Templates as TOML: what is read is written back the same, and mistakes are named with their place."""

from __future__ import annotations

import tomllib
from dataclasses import replace

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from wotui.actions import packs
from wotui.domain.templates import ListNamed, Material, OrderTemplate, OwnField, Preset, Step
from wotui.domain.templates.documents import from_document
from wotui.domain.templates.written import to_document
from wotui.errors import Problem

EVERY = [template for name in packs.names() for template in packs.contents(name).templates]


def round_trip(template: OrderTemplate) -> OrderTemplate:
    """Written as TOML, and read again."""
    return from_document(tomllib.loads(tomli_w.dumps(to_document(template), multiline_strings=True)))


@pytest.mark.parametrize("template", EVERY, ids=lambda template: template.name)
def test_a_shipped_template_written_and_read_again_is_the_same(template: OrderTemplate) -> None:
    assert round_trip(template) == replace(template, origin="")


WORDS = st.text(st.characters(categories=("L", "N"), max_codepoint=0x2FF), min_size=1, max_size=20)
TEMPLATES = st.builds(
    OrderTemplate,
    name=WORDS,
    title=st.one_of(st.just(""), WORDS),
    trade=st.one_of(st.just(""), WORDS),
    presets=st.just(
        (Preset("type", "service"), Preset("asset", required="release"), Preset("team", "A", "", True))
    ),
    fields=st.lists(
        st.builds(
            OwnField,
            name=st.from_regex(r"\A[a-z][a-z0-9_]{0,10}\Z"),
            label=WORDS,
            type=st.just("number"),
            required=st.sampled_from(["", "release", "done"]),
            uom=st.sampled_from(["", "m", "°C"]),
            min_value=st.one_of(st.none(), st.integers(-5000, 0)),
            max_value=st.one_of(st.none(), st.integers(0, 5000)),
            show_on=st.sampled_from([("order", "print"), ("request", "order"), ()]),
        ),
        max_size=3,
        unique_by=lambda field: field.name,
    ).map(lambda fields: tuple(_placed(fields))),
    checklists=st.lists(st.builds(ListNamed, name=WORDS), max_size=2).map(tuple),
    materials=st.lists(
        st.builds(Material, text=WORDS, qty=st.one_of(st.none(), st.integers(1, 10**6)), uom=st.just("ea")),
        max_size=3,
    ).map(tuple),
    steps=st.lists(
        st.builds(Step, title=WORDS, trade=st.just(""), minutes=st.one_of(st.none(), st.integers(1, 900))),
        max_size=3,
    ).map(tuple),
)


def _placed(fields: list[OwnField]) -> list[OwnField]:
    return [replace(field, position=place) for place, field in enumerate(fields, 1)]


@given(TEMPLATES)
def test_any_template_survives_a_file(template: OrderTemplate) -> None:
    assert round_trip(template) == template


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ("", "A template needs a name."),
        ('nme = "X"', "unknown field “nme”. Did you mean name?"),
        (
            'name = "X"\n[fields]\nassett = "P-1"',
            "[fields] assett: An order has no field 'assett'. Did you mean asset",
        ),
        ('name = "X"\n[fields]\ntype = "correctiv"', "[fields] type: type: 'correctiv' is not known."),
        (
            'name = "X"\n[fields]\nplanned_on = "fri"',
            "[fields] planned_on: A template cannot preset planned_on.",
        ),
        ('name = "X"\n[fields]\nasset = { requird = true }', "[fields] asset has an unknown field “requird”"),
        ('name = "X"\n[fields]\nasset = { required = "soon" }', "[fields] asset: required is “soon”"),
        ('name = "X"\n[fields]\ntype = { hidden = true }', "type cannot be hidden without a value"),
        (
            'name = "X"\n[[own]]\nlabel = "Size"\ntype = "nmber"',
            "[[own]] 1 (“Size”): The field “Size”: type is “nmber”",
        ),
        ('name = "X"\n[[own]]\nlabel = "Size"\nmin = "a"', "[[own]] 1 (“Size”): min: “a” is not a number."),
        ('name = "X"\n[[own]]\nlabel = "A"\n[[own]]\nlabel = "a"', "two fields with the key a"),
        ('name = "X"\n[own]\nlabel = "Size"', "own is no list of tables. Write each as [[own]]."),
        (
            'name = "X"\n[[own]]\nlabel = "Size"\ntype = "number"\nmax = 5\ndefault = 9',
            "[[own]] 1: default: Size: 9 is out of range.",
        ),
        ('name = "X"\n[[checklists]]\ndescription = "a"', "[[checklists]] 1 has no name."),
        (
            'name = "X"\n[[checklists]]\nname = "L"\nitems = [{ type = "tik", label = "a" }]',
            "[[checklists]] 1 (“L”): Item 1 (“a”): type is “tik”.",
        ),
        ('name = "X"\n[[materials]]\nqty = 2', "[[materials]] 1 names nothing."),
        ('name = "X"\n[[materials]]\ntext = "Oil"\nqty = 0', "[[materials]] 1: qty is not above zero."),
        ('name = "X"\n[[steps]]\ntrade = "welding"', "Step 1 of “X” has no title."),
        ('name = "X"\n[[steps]]\ntitle = "A"\nafter = 1', "Step 1 of “X” comes after step 1"),
        ('name = "X"\n[[steps]]\ntitle = "A"\nminutes = "ten"', "[[steps]] 1: minutes is no whole number"),
    ],
)
def test_a_mistake_in_a_file_is_named_with_its_place(document: str, said: str) -> None:
    with pytest.raises(Problem) as refused:
        from_document(tomllib.loads(document))
    assert said in str(refused.value)
