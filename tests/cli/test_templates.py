"""Templates, code lists and packs from the command line."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from wotui.cli.main import main
from wotui.store.file import Shop
from wotui.store.reads import templates as reads

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Call


@pytest.fixture
def hall(shop: Shop) -> Shop:
    """A shop with a place, and a template with a field, a list, material and steps, made by commands alone."""
    builders.place(shop)
    for words in (
        ("template", "new", "Boiler service", "title=Service the boiler", "trade=HVAC"),
        ("template", "preset", "boiler", "type", "preventive"),
        ("template", "preset", "boiler", "place", "--required", "release"),
        ("template", "preset", "boiler", "billing", "none", "--hidden"),
        (
            "template",
            "field",
            "Flue gas",
            "--template",
            "boiler",
            "--type",
            "number",
            "--unit",
            "ppm",
            "--max",
            "400",
        ),
        (
            "template",
            "field",
            "Fuel",
            "--template",
            "boiler",
            "--type",
            "choice",
            "--choice",
            "gas",
            "--choice",
            "oil",
        ),
        ("template", "material", "boiler", "Gasket", "--qty", "2", "--unit", "ea"),
        ("template", "step", "boiler", "Order the parts", "--minutes", "15"),
        ("template", "step", "boiler", "Light it again", "--after", "1", "--trade", "HVAC"),
    ):
        assert main(["--db", str(shop.path), *words]) == 0, words
    return shop


def test_an_order_is_made_from_a_template_and_shown_with_its_own_fields(
    hall: Shop, run: Callable[..., Call]
) -> None:
    made = run("new", "--template", "boiler", "--place", "HALL-1", "--set", "Flue gas=85", "--set", "fuel=g")
    assert (made.code, made.out) == (0, "W-A0001\n")
    page = run("show", "W-A0001").out
    for words in (
        "Service the boiler",
        "Flue gas",
        "85 ppm",
        "Fuel",
        "gas",
        "Boiler service",
        "2 ea",
        "Gasket",
    ):
        assert words in page
    document = run("show", "W-A0001", "--json").json
    assert document["custom"] == {"flue_gas": "85", "fuel": "gas"}
    assert document["template"] == "Boiler service"
    assert document["materials"][0]["planned_qty"] == "2"
    listed = run("list", "flue-gas:80..90", "--json").json
    assert [(order["number"], order["custom"]) for order in listed] == [("W-A0001", document["custom"])]
    assert len(run("list", "parent:W-A0001", "--json").json) == 2


def test_what_is_said_with_new_is_checked_by_the_fields_definition(
    hall: Shop, run: Callable[..., Call]
) -> None:
    answer = run("new", "--template", "boiler", "--set", "flue_gas=500")
    assert answer.code == 2
    assert "Flue gas: 500 ppm is out of range. It takes at most 400 ppm." in answer.err
    assert hall.value("SELECT count(*) FROM work_order") == 0


def test_a_template_goes_through_a_file_into_another_shop(
    hall: Shop, run: Callable[..., Call], tmp_path: Path
) -> None:
    path = tmp_path / "boiler.toml"
    assert run("template", "export", "boiler", "-o", str(path)).code == 0
    assert tomllib.loads(path.read_text("utf-8"))["own"][0]["unit"] == "ppm"
    other = tmp_path / "other.wotui"
    builders.new_shop(other).close()
    assert main(["--db", str(other), "template", "import", str(path)]) == 0
    with Shop.open(other) as theirs:
        mine, copied = (reads.whole(each, reads.find(each, "boiler").id) for each in (hall, theirs))
    assert [step.title for step in copied.steps] == [step.title for step in mine.steps]
    assert copied.presets == mine.presets


def test_a_template_is_listed_copied_changed_and_retired(hall: Shop, run: Callable[..., Call]) -> None:
    assert run("template", "copy", "boiler", "Furnace service").code == 0
    assert run("template", "edit", "furnace", "trade=gas").code == 0
    assert run("template", "retire", "boiler").code == 0
    assert [row["name"] for row in run("template", "list", "--json").json] == ["Furnace service"]
    assert "retired" in run("template", "list", "--all").out
    assert run("template", "retire", "boiler", "--back").code == 0
    assert run("template", "show", "furnace", "--json").json["steps"] == [
        {"title": "Order the parts", "minutes": 15},
        {"title": "Light it again", "trade": "HVAC", "after": 1},
    ]


def test_parts_are_taken_away_by_number_or_words(hall: Shop, run: Callable[..., Call]) -> None:
    assert run("template", "step", "boiler", "2", "--remove").code == 0
    assert run("template", "material", "boiler", "gask", "--remove").code == 0
    assert run("template", "field", "Fuel", "--template", "boiler", "--remove").code == 0
    held = run("template", "show", "boiler", "--json").json
    assert len(held["steps"]) == 1
    assert held["materials"] == []
    assert [field["key"] for field in held["own"]] == ["flue_gas"]
    answer = run("template", "step", "boiler", "9", "--remove")
    assert (answer.code, answer.out) == (4, "")


def test_a_field_is_changed_in_what_is_said_and_keeps_the_rest(hall: Shop, run: Callable[..., Call]) -> None:
    assert run("template", "field", "Flue gas", "--template", "boiler", "--max", "300").code == 0
    (field, _) = run("template", "show", "boiler", "--json").json["own"]
    assert (field["max"], field["unit"], field["type"]) == ("300", "ppm", "number")


def test_a_shop_begins_with_a_pack(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "new.wotui"
    words = ("--zone", "Europe/Berlin", "--currency", "EUR", "--workweek-start", "monday")
    begin = ["--db", str(path), "init", "--shop", "Haus", *words]
    assert main([*begin, "--pack", "houses"]) == 4
    assert not path.exists(), "a mistyped pack makes no file"
    assert main([*begin, "--pack", "housing", "--as", "AB"]) == 0
    capsys.readouterr()
    assert main(["--db", str(path), "pack", "add", "housing"]) == 0
    assert "is in this shop already" in capsys.readouterr().err
    with Shop.open(path) as shop:
        assert len(reads.templates(shop)) >= 10


def test_packs_are_listed_and_shown_without_a_shop(run: Callable[..., Call]) -> None:
    assert [pack["name"] for pack in run("pack", "list", "--json").json] == [
        "contracting",
        "housing",
        "manufacturing",
    ]
    shown = run("pack", "show", "housing")
    assert "Unit turn-over" in shown.out
    assert "routing rules" in shown.err


def test_code_lists_are_kept_from_the_command_line(run: Callable[..., Call]) -> None:
    assert run("codes", "add", "problem", "leaks", "--class", "pump", "--label", "at the seal").code == 0
    assert run("codes", "add", "trades", "HVAC").code == 0
    assert run("codes", "edit", "trade", "HVAC", "--label", "air and heat").code == 0
    assert [row["label"] for row in run("codes", "list", "trade", "--json").json] == ["air and heat"]
    assert run("codes", "retire", "trade", "HVAC").code == 0
    assert run("codes", "list", "trade").out.strip() == ""
    assert run("codes", "list", "--class", "pump", "--json").json[0]["code"] == "leaks"
    assert run("codes", "add", "colours", "red").code == 2
