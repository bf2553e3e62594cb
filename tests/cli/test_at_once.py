"""The shortest way to `wotui list`: plain calls are understood without click, and mean what click takes them for."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.kit import builders
from wotui.cli import at_once
from wotui.cli.listing import Wanted
from wotui.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

    from wotui.store.file import Shop


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("WOTUI_DB", "WOTUI_AS", "_WOTUI_COMPLETE"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("arguments", "call"),
    [
        ([], at_once.ListCall((), Wanted(), "", "")),
        (["pump", "-who:ace", "due+"], at_once.ListCall(("pump", "-who:ace", "due+"), Wanted(), "", "")),
        (["--limit", "5", "pump"], at_once.ListCall(("pump",), Wanted(5), "", "")),
        (["pump", "--limit=0", "--json"], at_once.ListCall(("pump",), Wanted(0, as_json=True), "", "")),
        (["-o", "x.csv"], at_once.ListCall((), Wanted(None, as_json=False, output_file="x.csv"), "", "")),
        (["--db", "x.wotui", "--as=jd"], at_once.ListCall((), Wanted(), "x.wotui", "jd")),
        (["--", "--json"], at_once.ListCall(("--json",), Wanted(), "", "")),
    ],
)
def test_a_plain_call_is_understood(arguments: list[str], call: at_once.ListCall) -> None:
    assert at_once.understood(arguments) == call


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["-h"],
        ["--jsno"],
        ["--limit"],
        ["--limit", "many"],
        ["--limit", "-1"],
        ["--limit=1000000001"],
        ["--limit", "٣"],
        ["--db="],
        ["pump", "-o"],
        ["--json=yes"],
    ],
)
def test_every_other_call_is_left_to_click(arguments: list[str]) -> None:
    assert at_once.understood(arguments) is None


def test_a_shell_that_completes_words_is_left_to_click(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_WOTUI_COMPLETE", "bash_complete")
    assert at_once.understood([]) is None


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--json"],
        ["pump", "--limit", "1"],
        ["-pump"],
        ["@me", "--as", "JD"],
        ["stauts:open"],
        ["nothing", "like", "it"],
        ["--as", "XX"],
        ["--db", "missing.wotui"],
    ],
)
def test_both_ways_say_the_same(
    shop: Shop, arguments: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    jo = str(shop.value("SELECT id FROM person WHERE initials = 'JD'"))
    builders.order(shop, "Grease the pump", assign=(jo,))
    builders.order(shop, "Pump leaks")
    builders.order(shop, "Door squeaks", status="on_hold")
    monkeypatch.setenv("WOTUI_DB", str(shop.path))
    call = at_once.understood(arguments)
    assert call is not None
    at_once_code, at_once_said = at_once.run(call), capsys.readouterr()
    by_click_code, by_click_said = main(["list", *arguments]), capsys.readouterr()
    assert at_once_said.out + at_once_said.err
    assert (at_once_code, at_once_said) == (by_click_code, by_click_said)


def test_a_plain_list_loads_no_click(a_shop_on_disk: Path) -> None:
    code = """
import sys
sys.argv = ["wotui", "list"]
from wotui.__main__ import main
main()
assert "click" not in sys.modules
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={**os.environ, "WOTUI_DB": str(a_shop_on_disk)},
        timeout=30,
    )
    assert done.returncode == 0, done.stderr
    assert "W-A0001" in done.stdout
