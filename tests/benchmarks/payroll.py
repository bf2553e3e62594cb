"""Claim: ten years of ten people's hours do not slow a pay period down.

100,000 approved entries (10 people, 10 years, five a day). Whole processes are timed: `payroll check`, a first `payroll
export` with its batch, and `time list`, all of one week; and in a terminal, from the key on a person to the last frame
of that week's grid, against the same at 1,000 entries. The peer sums the same entries of the same week from a
timeclock file: `hledger balance`, where it is installed; it reads its whole file each time, as it has no other way.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks import shop
from tests.benchmarks.measure import (
    Row,
    found,
    interleaved,
    limit_row,
    percentile,
    process,
    ratio_row,
    report_row,
    show,
    skipped_row,
    wotui,
)
from tests.benchmarks.session import TimedSession
from tests.kit import builders
from wotui.domain import wall_time
from wotui.domain.identity import new_id
from wotui.store.file import Shop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PEOPLE, YEARS, A_DAY = 10, 10, 4
COUNT = 100_000
FIRST, PERIOD = date(2016, 6, 6), "2026-05-27"
ENVIRONMENT = {"WOTUI_NOW": "2026-06-10T17:00:00Z"}


def rows() -> list[Row]:
    """The claims about payroll."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        path = folder / "shop.wotui"
        entries = list(_entries())
        _make(path, entries)
        words = f"one week of {COUNT:,} entries"
        runs: dict[str, Callable[[], float]] = {
            "check": process(_call(path, "payroll", "check"), ENVIRONMENT),
            "list": process(_call(path, "time", "list"), ENVIRONMENT),
            "export": lambda: _export(path, folder),
        }
        grids = _grids(path, folder, entries)
        if not found("hledger"):
            taken = interleaved(runs, 5)
            skipped = skipped_row(f"hledger, {words}", "hledger is not installed")
            return [*_reports(taken, words), *grids, skipped]
        clock = folder / "hours.timeclock"
        _write(clock, entries)
        peer = ["hledger", "-f", str(clock), "balance", "-b", "2026-05-25", "-e", "2026-06-01"]
        _expect_same_hours(path, peer)
        runs["hledger"] = process(peer)
        taken = interleaved(runs, 3)
        version = subprocess.run(["hledger", "--version"], capture_output=True, text=True).stdout.split(",")[
            0
        ]
        return [
            *(
                ratio_row(f"`wotui {name}`, {words}", taken[key], taken["hledger"], 0.05, named=version)
                for key, name in (
                    ("check", "payroll check"),
                    ("export", "payroll export"),
                    ("list", "time list"),
                )
            ),
            limit_row(f"`wotui payroll export`, {words}", taken["export"], 2, against="limit"),
            *grids,
        ]


def _reports(taken: dict[str, float], words: str) -> Iterator[Row]:
    for key, name in (("check", "payroll check"), ("export", "payroll export"), ("list", "time list")):
        yield report_row(f"`wotui {name}`, {words}", f"{taken[key]:.2f} s")


def _grids(path: Path, folder: Path, entries: list[Entry]) -> list[Row]:
    """The week grid: key on a person → its last frame, with all entries and with the newest thousand of them."""
    few = folder / "few.wotui"
    _make(few, entries[-1000:])
    runs: dict[str, list[float]] = {}
    for _ in range(3):
        for name, file in (("all", path), ("few", few)):
            runs.setdefault(name, []).extend(_grid_times(file, folder))
    taken = {name: percentile(figures, 0.5) for name, figures in runs.items()}
    what = f"week grid, key → hours, {COUNT:,} entries"
    return [
        ratio_row(what, taken["all"], taken["few"], 1.5, named="ourselves at 1,000"),
        limit_row(what, taken["all"], 0.5, against="limit"),
    ]


def _grid_times(path: Path, folder: Path) -> list[float]:
    environment = {"WOTUI_DB": str(path), "WOTUI_NOW": "2026-05-29T22:00:00Z", "HOME": str(folder)}
    with TimedSession(wotui("--as", "JD"), environment) as session:
        session.settle(2.0)
        session.send(b"4")
        session.settle(1.0)
        session.send(b"\x1b[B")
        session.settle(0.5)
        figures: list[float] = []
        for _ in range(4):
            figures.append(session.rows_after(b"\r"))
            if b"W-A" not in session.seen and b"no order" not in session.seen:
                raise RuntimeError("the grid did not come")
            session.send(b"\x1b")
            session.settle(0.6)
        return figures[1:]


def _expect_same_hours(path: Path, peer: list[str]) -> None:
    """Both programs must have summed the same week, or the figures say nothing."""
    theirs = subprocess.run(peer, capture_output=True, text=True, check=True).stdout.split()[-1].rstrip("h")
    command = [*_call(path, "payroll", "check")]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **ENVIRONMENT})
    ours = sum(row["minutes"] for row in json.loads(done.stdout)["rows"]) / 60
    if abs(ours - float(theirs)) > 1:
        raise RuntimeError(f"wotui sums {ours:.2f} h, hledger {theirs} h")


def _call(path: Path, *words: str) -> list[str]:
    return [*wotui("--db", str(path)), *words, "--period", PERIOD, "--json"]


def _export(path: Path, folder: Path) -> float:
    """A first export: each on a copy of its own."""
    copy = folder / "copy.wotui"
    shutil.copy(path, copy)
    out = folder / "out"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    return process([*_call(copy, "payroll", "export"), "-o", str(out)], ENVIRONMENT)()


Entry = tuple[int, date, int, int]
"""Number of the person, day, first and last minute of the day."""


def _entries() -> Iterator[Entry]:
    """Four entries a working day for each of ten people over ten years, 100,000 in all, the newest in the last week."""
    dice = random.Random(shop.SEED)
    days = [FIRST + timedelta(days=number) for number in range(YEARS * 366)]
    working = [day for day in days if day.weekday() < 5 and day <= date(2026, 5, 29)]
    for day in working[-(COUNT // (PEOPLE * A_DAY)) :]:
        for person in range(PEOPLE):
            begin = 7 * 60 + dice.randrange(10)
            for _ in range(A_DAY):
                end = begin + 90 + dice.randrange(50)
                yield person, day, begin, end
                begin = end


def _make(path: Path, entries: list[Entry]) -> None:
    columns = ["id", "person_id", "time_type", "start_minute", "end_minute", "zone", "source", "state"]
    with builders.new_shop(path) as opened:
        people = [builders.person(opened, f"P{number}", f"Pat No{number}") for number in range(PEOPLE)]
        zone = opened.zone
        midnights: dict[date, int] = {}

        def values() -> Iterator[tuple[object, ...]]:
            for person, day, begin, end in entries:
                if day not in midnights:
                    midnights[day] = wall_time.parse_minute(f"{day}T06:00", zone) - 360
                start = midnights[day]
                times = (start + begin, start + end)
                yield (new_id(), people[person], "WORK", *times, zone.key, "import", "approved")

        with opened.transaction() as tx:
            tx.insert_many("time_span", columns, values())
            tx.done("Made hours.")
    with Shop.open(path) as opened:
        assert opened.value("SELECT count(*) FROM time_span") == len(entries)


def _write(path: Path, entries: list[Entry]) -> None:
    with path.open("w", encoding="utf-8") as out:
        for person, day, begin, end in sorted(entries):
            out.write(f"i {day} {begin // 60:02}:{begin % 60:02}:00 person:{person}\n")
            out.write(f"o {day} {end // 60:02}:{end % 60:02}:00\n")


if __name__ == "__main__":
    show(rows())
