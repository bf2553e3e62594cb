"""The README is true: its commands, keys, dependencies, links and the code say the same."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.kit.readme import README, rendered
from wotui.cli.commands import COMMANDS

TEXT = README.read_text("utf-8")
ROOT = README.parent


def test_the_tables_are_what_the_code_says() -> None:
    assert rendered(TEXT) == TEXT, "run: python -m tests.kit.readme"


def test_the_first_command_opens_the_demo_and_another_runs_the_tests() -> None:
    fenced = re.findall(r"^```sh\n(.*?)\n```$", TEXT, re.DOTALL | re.MULTILINE)
    assert fenced[0] == "python3 -m venv .venv && .venv/bin/pip install -q -e . && .venv/bin/wotui demo"
    assert "python3 -m venv .venv && .venv/bin/pip install -q -e '.[dev]' && .venv/bin/pytest" in fenced


def test_every_call_in_it_is_a_command() -> None:
    fenced = "\n".join(re.findall(r"^```\w+\n(.*?)\n```$", TEXT, re.DOTALL | re.MULTILINE))
    called = re.findall(r"^(?:\S+/)?wotui ([a-z][a-z-]*)", fenced, re.MULTILINE)
    called += re.findall(r"`wotui ([a-z][a-z-]*)", TEXT)
    assert called
    assert set(called) <= set(COMMANDS)


def test_every_dependency_is_named_with_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {re.split(r"[<>=\[]", line)[0] for line in project["dependencies"]}
    section = TEXT.partition("## What it is built on")[2].partition("\n## ")[0]
    named = dict(re.findall(r"^\| `([\w.-]+)` \| (.+?) \|", section, re.MULTILINE))
    assert set(named) == declared
    assert all(len(reason) > 10 for reason in named.values())


def test_what_it_links_to_is_there() -> None:
    for target in re.findall(r"\]\((?!https?://)([^)#]+)\)", TEXT):
        if target.startswith("data/pictures/") and not (ROOT / "data" / "pictures").is_dir():
            pytest.skip("the pictures have not been drawn: python -m tests.kit.pictures")
        assert (ROOT / target).exists(), target


def test_the_version_has_a_place_in_the_changelog() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert "## [Unreleased]" in changelog


@pytest.mark.parametrize("word", ["secure", "tamper-proof", "audit-proof", "access control", "real-time"])
def test_it_promises_nothing_that_it_cannot_keep(word: str) -> None:
    assert not re.search(rf"\b{word}\b", TEXT, re.IGNORECASE)
