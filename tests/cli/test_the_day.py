"""The day's main job by commands alone, on the demo shop: find, start, check, follow up, hire, finish, pay."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Call
    from tests.kit.clock import FrozenClock


@pytest.fixture
def wotui(tmp_path: Path, frozen_clock: FrozenClock, bare: Callable[..., Call]) -> Callable[..., Call]:
    """Call a command on the demo shop as its supervisor; it must be done."""
    path = str(tmp_path / "demo.wotui")
    assert bare("demo", "--into", path).code == 0

    def call(*words: str) -> Call:
        answer = bare(*words, "--db", path, "--as", "RH")
        assert answer.code == 0, answer.err
        return answer

    return call


def test_a_whole_day_needs_nothing_but_commands(
    wotui: Callable[..., Call], frozen_clock: FrozenClock, tmp_path: Path
) -> None:
    def as_json(*words: str) -> Any:
        return json.loads(wotui(*words, "--json").out)

    (order,) = as_json("list", "filler", "late:yes")
    number = order["number"]
    assert "Monthly check of the filler drive" in wotui("show", number).out

    wotui("start", number)
    items = {item["label"]: item["number"] for item in as_json("show", number)["checklist"]}
    assert "follow-up" in wotui("tick", number, "vibration", "6.2", "--follow-up").err.lower()
    wotui("tick", number, str(items["Gearbox temperature"]), "55")
    wotui("tick", number, "locked out and tried")
    wotui("tick", number, "oil level", "between the marks")
    wotui("tick", number, "oil leaks", "no")
    wotui("tick", number, "coupling guard", "pass")

    (relation,) = as_json("show", number)["relations"]
    follow_up = relation["number"]
    assert relation["kind"] == "followed_up_by"
    best = as_json("contractors", "--order", follow_up)[0]
    wotui("hire", follow_up, "--contractor", best["name"], "--not-to-exceed", "900")
    assert as_json("show", follow_up)["contractor_jobs"][0]["nte_limit"] == "900.00"

    frozen_clock.move(minutes=30)
    assert "Stopped your timer" in wotui("done", number, "--note", "Vibration too high, follow-up made").err
    shown = as_json("show", number)
    assert (shown["status"], shown["time"][0]["minutes"]) == ("done", 30)

    wotui("time", "approve", "--period", "today")
    (exported,) = _files(wotui, tmp_path)
    rows = list(csv.reader(exported.read_text("utf-8-sig").splitlines()))
    assert len(rows) > 3
    assert wotui("history", number).out.count("\n") > 5
    assert wotui("check").code == 0


def _files(wotui: Callable[..., Call], tmp_path: Path) -> list[Path]:
    folder = tmp_path / "payroll"
    folder.mkdir()
    wotui("payroll", "export", "--period", "today", "-o", str(folder))
    return list(folder.glob("payroll_*.csv"))
