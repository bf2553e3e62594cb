"""Checklist templates are readable files, and mistakes in them are named."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from wotui.domain.checklists.items import TYPES, FollowUp
from wotui.domain.checklists.templates import FIELDS, item_from, template_from
from wotui.errors import UsageProblem
from wotui.settings import data_file

SHIPPED = sorted(data_file("checklists").glob("*.toml"))


def shipped(path: Any) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_list_is_whole(path: Any) -> None:
    template = template_from(shipped(path))
    assert template.name
    assert template.description
    assert template.trade
    assert sum(item.answerable for item in template.items) >= 8
    for item in template.items:
        if item.type in ("choice", "multi"):
            assert len(item.options) >= 3


def test_the_shipped_lists_together_use_every_type() -> None:
    used = {item.type for path in SHIPPED for item in template_from(shipped(path)).items}
    assert used == set(TYPES)


def test_limits_are_read_as_people_write_them() -> None:
    item = item_from(
        {"type": "number", "label": "Vibration", "uom": "mm/s", "min": 0, "warn_max": 2.8, "max": "4,5"}
    )
    assert (item.min_value, item.warn_max, item.max_value) == (0, 2800, 4500)


def test_a_toml_yes_or_no_is_an_answer() -> None:
    assert item_from({"type": "yes_no", "label": "Leaks?", "good_answer": False}).good_answer == "no"


def test_a_follow_up_is_read() -> None:
    item = item_from({"label": "Belt", "follow_up": {"priority": 2, "title": "{asset}: new belt"}})
    assert item.follow_up == FollowUp("order", "", 2, "{asset}: new belt")


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"type": "tick"}, "no label"),
        ({"type": "tock", "label": "x"}, "type is “tock”"),
        ({"label": "x", "sevrity": "safety"}, "Did you mean severity"),
        ({"label": "x", "severity": "high"}, "severity is “high”"),
        ({"label": "x", "on_fail": "shout"}, "on_fail is “shout”"),
        ({"type": "number", "label": "x", "max": "much"}, "max: “much” is not a number"),
        ({"type": "choice", "label": "x"}, "without options"),
        ({"type": "choice", "label": "x", "options": [{"label": "a", "outcome": "boom"}]}, "option 1"),
        ({"label": "x", "follow_up": {"priority": 9}}, "priority is not 1"),
        ({"label": "x", "follow_up": "yes"}, "not a table"),
        ("Grease", "not a table"),
        ({"type": "signature", "label": "x", "role": "boss"}, "role is “boss”"),
    ],
)
def test_a_mistake_in_an_item_is_named(entry: object, words: str) -> None:
    with pytest.raises(UsageProblem) as caught:
        item_from(entry, 3)
    assert words in str(caught.value)
    assert str(caught.value).startswith("Item 3")


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({}, "needs a name"),
        ({"name": "A"}, "has no items"),
        ({"name": "A", "items": []}, "has no items"),
        ({"name": "A", "items": [{"key": "k", "label": "x"}, {"key": "k", "label": "y"}]}, "same key"),
        (
            {"name": "A", "items": [{"label": "x", "show_if": {"item": "z", "equals": "yes"}}]},
            "no item's key",
        ),
    ],
)
def test_a_mistake_in_a_template_is_named(document: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageProblem) as caught:
        template_from(document)
    assert words in str(caught.value)


def test_the_example_in_the_folders_readme_is_a_list_and_its_table_names_every_field() -> None:
    page = data_file("checklists", "README.md").read_text(encoding="utf-8")
    example = page.partition("```toml\n")[2].partition("```")[0]
    item = template_from(tomllib.loads(example)).items[0]
    assert (item.max_value, item.follow_up.priority) == (85_000, 2)
    for field in FIELDS:
        assert f"`{field}`" in page
    for kind in TYPES:
        assert f"`{kind}`" in page
