"""`wotui event`, `events`, `event-rules`, `event-rule`, `down`, `running`, `downtime`."""

from __future__ import annotations

import json
import os
import time
from typing import TYPE_CHECKING

import pytest

from tests.kit import builders

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Call
    from tests.kit.clock import FrozenClock
    from wotui.store.file import Shop


@pytest.fixture
def pump(shop: Shop) -> str:
    return builders.asset(shop, "PUMP-01", "Feed pump", category="pumps")


def test_an_event_makes_a_request_and_counts_once(run: Callable[..., Call], pump: str) -> None:
    assert run("event-rule", "add", "Jams", "source=event", "event=jam", "priority=urgent").code == 0
    first = run("event", "--asset", "PUMP-01", "jam", "--value", "belt", "--id", "7", "--json")
    assert first.json == {"taken": True, "requests": ["R-A0001"]}
    assert "Made R-A0001 PUMP-01: jam belt." in first.err
    again = run("event", "--asset", "pump-01", "jam", "--id", "7", "--json")
    assert again.json == {"taken": False, "requests": []}
    assert run("event", "--asset", "PUMP-01", "jam").code == 0
    assert run("event", "--asset", "PUMP-01", "jam").code == 0  # no id, no time: two events
    listed = run("events", "--json").json
    assert len(listed) == 3
    assert {row["request"] for row in listed} == {"R-A0001"}
    assert run("undo").code == 0
    assert len(run("events", "--json", "--asset", "PUMP-01").json) == 2


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("jam",), 2),
        (("--asset", "NONE", "jam"), 4),
        (("--asset", "PUMP-01", "reading", "--value", "3"), 3),
        (("--asset", "PUMP-01", "jam", "--at", "noon"), 2),
        (("--part", "NONE", "stock", "--value", "3"), 4),
        (("--part", "F-1", "--asset", "PUMP-01", "stock"), 2),
    ],
)
def test_what_cannot_be_has_its_exit_code(
    run: Callable[..., Call], pump: str, words: tuple[str, ...], code: int
) -> None:
    call = run("event", *words)
    assert (call.code, call.out) == (code, "")
    assert run("events").err.startswith("No machine has reported anything yet")


def test_a_drop_folder_is_taken_in_with_one_call(run: Callable[..., Call], pump: str, tmp_path: Path) -> None:
    run("event-rule", "add", "Jams", "source=event", "event=jam")
    folder = tmp_path / "events"
    folder.mkdir()
    for name, content in {
        "a.json": {"asset_tag": "PUMP-01", "event": "jam", "event_id": 1},
        "b.json": {"asset_tag": "NONE", "event": "jam"},
    }.items():
        (folder / name).write_text(json.dumps(content))
        moment = time.time() - 100
        os.utime(folder / name, (moment, moment))
    call = run("events", str(folder), "--json")
    assert call.code == 3  # one file failed
    assert call.json["taken"] == 1
    assert call.json["requests"] == ["R-A0001"]
    assert call.json["done"] == ["a.json"]
    assert [failed["file"] for failed in call.json["failed"]] == ["b.json"]
    assert "b.json: There is no asset NONE." in call.err
    again = run("events", str(folder))
    assert (again.code, again.err) == (0, "The folder is empty.\n")
    assert run("events", str(tmp_path / "nowhere")).code == 5


def test_event_rules_are_listed_with_every_field(run: Callable[..., Call], pump: str) -> None:
    assert "There is no event rule yet" in run("event-rules").err
    run(
        "event-rule",
        "add",
        "Hot",
        "source=meter_limit",
        "meter=Temperature",
        "high=80.5",
        "consecutive=3",
        "asset=pump-01",
    )
    run("event-rule", "add", "Stops", "source=state_down", "priority=1", "--at", "1")
    stops, hot = run("event-rules", "--json").json
    assert (stops["position"], stops["priority"]) == (1, "emergency")
    assert (hot["high_limit"], hot["consecutive"], hot["asset"], hot["low_limit"]) == (
        "80.5",
        3,
        "PUMP-01",
        None,
    )
    assert "Temperature above 80.5, 3 in a row, of PUMP-01" in run("event-rules").out
    assert run("event-rule", "off", "Hot").code == 0
    assert run("event-rules", "--json").json[1]["active"] is False


def test_a_machine_stands_and_runs_again(
    run: Callable[..., Call], pump: str, frozen_clock: FrozenClock
) -> None:
    run("event-rule", "add", "Stops", "source=state_down")
    down = run("down", "PUMP-01", "--note", "It smokes.")
    assert "Made R-A0001 PUMP-01 is down." in down.err
    assert run("down", "PUMP-01").code == 3
    frozen_clock.move(minutes=95)
    (standing,) = run("downtime", "--open", "--json").json
    assert (standing["asset"], standing["minutes"], standing["ended_at"], standing["note"]) == (
        "PUMP-01",
        95,
        None,
        "It smokes.",
    )
    assert "still down" in run("downtime").out
    assert run("running", "PUMP-01", "--at", "2026-06-10T13:00").err == "PUMP-01 runs again, after 1h.\n"
    assert run("running", "PUMP-01").code == 3
    assert run("downtime", "PUMP-01", "--json").json[0]["minutes"] == 60
    assert run("downtime", "--open").err == "Nothing stands still.\n"
    assert run("downtime", "NONE").code == 4
    assert run("undo").code == 0
    assert run("downtime", "--open", "--json").json[0]["ended_at"] is None


def test_an_asset_that_is_edited_to_down_stands(run: Callable[..., Call], pump: str) -> None:
    assert run("edit", "PUMP-01", "state=down").code == 0
    assert len(run("downtime", "--open", "--json").json) == 1
    done = run("edit", "PUMP-01", "state=in_service")
    assert "The standstill of PUMP-01 has ended" in done.err


def test_the_drop_folder_is_a_setting_of_this_computer(run: Callable[..., Call]) -> None:
    assert run("settings", "events.folder", "/srv/events").code == 0
    assert run("settings", "events.folder").out.strip().endswith("/srv/events")
    assert run("settings", "events.folder", "").code == 0
    assert "events.folder" not in run("settings").out
