"""Claims: a drop folder with 10,000 events is taken in within seconds, and 10,000 requests go through 100 rules as fast
as they can be written down.

The peer of the folder does the least that has to be done with the same files: read and parse each, insert its events in
one transaction with plain `sqlite3`, rename it. The peer of routing writes the same columns and log lines of as many
requests through the journal, without any rule.
"""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.measure import Row, limit_row, ratio_row, show
from tests.kit import builders
from wotui.actions import requests as asking
from wotui.actions import routing
from wotui.actions.events import RULES as EVENT_RULES
from wotui.exchange import events

if TYPE_CHECKING:
    from wotui.store.file import Shop

COUNT = 10_000
RULES = 100
ASSETS = 200


def rows() -> list[Row]:
    """The claims about machine events and routing."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        return [*_folders(folder), *_routing(folder)]


def _folders(folder: Path) -> list[Row]:
    with builders.new_shop(folder / "events.wotui") as shop:
        with shop.together():
            for number in range(ASSETS):
                builders.asset(shop, f"M-{number:03}")
            EVENT_RULES.add(shop, "Jams", {"source": "event", "event": "jam"})
            EVENT_RULES.add(shop, "Stops", {"source": "state_down"})
        single = _drop(folder / "single", 1)
        ours = _timed_sweep(shop, single)
        again = _timed_sweep(shop, _drop(folder / "again", 1))
        many = _timed_sweep(shop, _drop(folder / "many", 1000, "b"))
        raw = _raw(folder, _drop(folder / "peer", 1))
    return [
        ratio_row(f"take in {COUNT:,} files of one event", ours, raw, 6, named="parse, insert, rename"),
        limit_row(f"the same {COUNT:,} events once more, under other names", again, 10),
        limit_row(f"{COUNT:,} events in {COUNT // 1000} files", many, 10),
    ]


def _drop(folder: Path, each: int, mark: str = "a") -> Path:
    """A drop folder with `COUNT` events, `each` in a file, written long ago."""
    folder.mkdir()
    reports = [
        {
            "asset_tag": f"M-{number % ASSETS:03}",
            "event": "jam" if number % 10 == 0 else "door",
            "at": f"2026-06-09T{number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}Z",
            "event_id": f"{mark}{number}",
        }
        for number in range(COUNT)
    ]
    moment = time.time() - 1000
    for number in range(COUNT // each):
        path = folder / f"{number:05}.json"
        path.write_text(json.dumps(reports[number * each : (number + 1) * each]))
        os.utime(path, (moment, moment))
    return folder


def _timed_sweep(shop: Shop, folder: Path) -> float:
    start = time.perf_counter()
    swept = events.sweep(shop, folder)
    took = time.perf_counter() - start
    assert swept.taken + swept.repeated == COUNT, swept.sentence
    return took


def _raw(folder: Path, files: Path) -> float:
    connection = sqlite3.connect(folder / "raw.db", isolation_level=None)
    connection.execute("PRAGMA synchronous = EXTRA")
    connection.execute("CREATE TABLE event (id TEXT PRIMARY KEY, tag TEXT, event TEXT, at TEXT)")
    done = files / "done"
    done.mkdir()
    start = time.perf_counter()
    for part in _parts(files):
        connection.execute("BEGIN IMMEDIATE")
        for path in part:
            for report in json.loads(path.read_text()):
                values = (report["event_id"], report["asset_tag"], report["event"], report["at"])
                connection.execute("INSERT OR IGNORE INTO event VALUES (?, ?, ?, ?)", values)
        connection.execute("COMMIT")
        for path in part:
            path.rename(done / path.name)
    took = time.perf_counter() - start
    connection.close()
    return took


def _parts(files: Path) -> list[list[Path]]:
    every = sorted(files.glob("*.json"))
    return [every[start : start + 1000] for start in range(0, len(every), 1000)]


def _routing(folder: Path) -> list[Row]:
    with builders.new_shop(folder / "routing.wotui") as shop:
        with shop.together():
            places = [builders.place(shop, f"P-{number}") for number in range(50)]
            for number in range(20):
                builders.person(shop, f"T{number:02}", trades=("HVAC" if number % 2 else "plumbing",))
            for number in range(RULES - 1):
                fields = {"text": f"word{number}", "place": f"P-{number % 50}", "set_priority": "urgent"}
                routing.add(shop, f"Rule {number}", fields)
            routing.add(shop, "All", {"lead": "available", "lead_trade": "HVAC"})
        with shop.transaction() as tx:
            made = [
                asking.create(
                    tx,
                    {"title": f"It says word{number % 150}", "place_id": places[number % 50]},
                    source="person",
                )
                for number in range(COUNT)
            ]
        start = time.perf_counter()
        with shop.transaction() as tx:
            routed = routing.route_requests(tx, made)
            tx.done("Routed.")
        ours = time.perf_counter() - start
        assert routed == COUNT
        peer = _written(shop, made)
    what = f"route {COUNT:,} requests through {RULES} rules"
    return [ratio_row(what, ours, peer, 3, named="writing the outcome down"), limit_row(what, ours, 10)]


def _written(shop: Shop, made: list[str]) -> float:
    """The same writes without a rule: what was decided, and a line in the log."""
    start = time.perf_counter()
    with shop.transaction() as tx:
        for number, request in enumerate(made):
            tx.update("request", request, rule_id="r", asked_priority=number % 2 + 3, assigned_id="p")
            text = f"Routed by the rule {number}: it says something and lies somewhere. It does: urgent."
            tx.insert(
                "log_entry", parent_kind="request", parent_id=request, kind="system", text=text, at=tx.at
            )
        tx.done("Written.")
    return time.perf_counter() - start


if __name__ == "__main__":
    show(rows())
