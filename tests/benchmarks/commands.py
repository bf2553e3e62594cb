"""Claim: a command answers before a person has let go of the enter key, whatever the size of the shop.

Whole processes are timed, start to end: `wotui --help` and `--version` against `python -c "import click"`, `list` and a
search against Taskwarrior, `new` (durable) against `task add`.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING

from tests.benchmarks import shop
from tests.benchmarks.measure import (
    Row,
    found,
    interleaved,
    process,
    ratio_row,
    report_row,
    show,
    skipped_row,
    wotui,
)
from tests.benchmarks.peers import taskwarrior

if TYPE_CHECKING:
    from collections.abc import Mapping

COUNT = 100_000


def rows() -> list[Row]:
    """The claims about commands."""
    return [*_help(), *_reading(), *_writing()]


def _help() -> list[Row]:
    peer = "import click"
    runs = {
        "--help": process(wotui("--help")),
        "--version": process(wotui("--version")),
        peer: process([sys.executable, "-c", peer]),
    }
    taken = interleaved(runs, 9)
    return [
        ratio_row(f"`wotui {option}`, whole process", taken[option], taken[peer], 1.5, named=peer)
        for option in ("--help", "--version")
    ]


def _reading() -> list[Row]:
    database = {"WOTUI_DB": str(shop.shop_of(COUNT))}
    words = f"of {COUNT:,}"
    runs = {
        "list": process(wotui("list", "--limit", "50"), database),
        "search": process(wotui("list", "pump", "leaking", "--limit", "50"), database),
    }
    tables = found("sqlite-utils")
    if tables:
        runs["rows"] = process([tables, "rows", database["WOTUI_DB"], "work_order", "--limit", "50"])
    version = taskwarrior.version()
    if not version:
        taken = interleaved(runs)
        return [
            report_row(f"`wotui list` (50 {words})", f"{taken['list'] * 1000:.0f} ms"),
            _beside_sqlite_utils(taken, words),
            skipped_row(f"`wotui list` (50 {words}) against `task next`", "Taskwarrior is not installed"),
        ]
    peer = taskwarrior.environment(taskwarrior.data_of(COUNT))
    runs["task next"] = process(["task", "next", "limit:50"], peer)
    runs["task /pump/"] = process(["task", "/pump/", "all", "limit:50"], peer)
    taken = interleaved(runs)
    named = f"Taskwarrior {version}"
    return [
        ratio_row(
            f"`wotui list` (50 {words})", taken["list"], taken["task next"], 0.2, named=f"{named} next"
        ),
        _beside_sqlite_utils(taken, words),
        ratio_row(
            f"`wotui list pump leaking` ({words})",
            taken["search"],
            taken["task /pump/"],
            0.1,
            named=f"{named} /pump/",
        ),
    ]


def _beside_sqlite_utils(taken: Mapping[str, float], words: str) -> Row:
    """The same file read by a tool that knows nothing of work orders: 50 rows of the table, in no order of urgency."""
    if "rows" not in taken:
        return skipped_row(f"`wotui list` (50 {words}) against `sqlite-utils rows`", "it is not installed")
    return ratio_row(
        f"`wotui list` (50 {words})", taken["list"], taken["rows"], 1.2, named="sqlite-utils rows, same file"
    )


def _writing() -> list[Row]:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        database = {"WOTUI_DB": str(shop.working_copy(COUNT, folder / "shop.wotui"))}
        new = wotui("new", "pump leaking", "--asset", "EQ-0001", "--as", "JD")
        runs = {"new": process(new, database)}
        if not taskwarrior.version():
            taken = interleaved(runs)
            return [
                report_row("`wotui new`, durable", f"{taken['new'] * 1000:.0f} ms"),
                skipped_row("`wotui new` against `task add`", "Taskwarrior is not installed"),
            ]
        copytree(taskwarrior.data_of(COUNT), folder / "task")
        peer = {"TASKRC": str(folder / "task" / "taskrc"), "TASKDATA": str(folder / "task")}
        runs["add"] = process(["task", "add", "pump leaking"], peer)
        taken = interleaved(runs)
        return [
            ratio_row("`wotui new`, durable", taken["new"], taken["add"], 2, named="task add, not synced")
        ]


if __name__ == "__main__":
    show(rows())
