"""Claim: a real export of 5,485 orders is in within 5 seconds, and 100,000 rows cost at most 25 bare inserts each.

The bare insert is `executemany` of the nine cells of each line into one plain table. The import reads and judges each
line, derives ids, and writes journal, indexes and the search's list beside the records: a line becomes about four
records and as many rows of the journal. What `executemany` of those records into plain tables with the same columns
takes is told, too, without a target.

The real file is that of `data/imports/excavators.toml`; it is no part of the project and lies in
`../shared/data/` where it is there at all.
"""

from __future__ import annotations

import csv
import random
import sqlite3
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks import shop
from tests.benchmarks.measure import Row, interleaved, limit_row, ratio_row, report_row, show, skipped_row
from tests.kit import builders
from wotui.exchange.imports import orders

if TYPE_CHECKING:
    from collections.abc import Iterator

REAL = Path(__file__).parents[3] / "shared" / "data" / "excavators.csv"
COUNT = 100_000
HEADINGS = (
    "external_id",
    "title",
    "type",
    "priority",
    "asset",
    "due_on",
    "status",
    "created_at",
    "custom.Cost",
)


def rows() -> list[Row]:
    """The claims about importing."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        return [*_real(folder), *_many(folder)]


def _real(folder: Path) -> list[Row]:
    what = "import of 5,485 real orders, file → committed"
    if not REAL.exists():
        return [skipped_row(what, "../shared/data/excavators.csv is not there")]
    taken = interleaved({"real": lambda: _import(REAL, folder)}, 3)
    return [
        limit_row(what, taken["real"], 5, against="limit"),
        report_row("… rows a second", f"{5485 / taken['real']:,.0f}"),
    ]


def _many(folder: Path) -> list[Row]:
    file = folder / "many.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(HEADINGS)
        writer.writerows(_cells())
    runs = {
        "ours": lambda: _import(file, folder),
        "records": lambda: _raw_records(folder),
        "cells": lambda: _raw(file, folder),
    }
    taken = interleaved(runs, 1)
    what = f"import of {COUNT:,} rows, file → committed"
    same_cells = "raw executemany of the same rows, their cells alone"
    return [
        ratio_row(what, taken["ours"], taken["cells"], 25, named=same_cells),
        report_row(
            "… beside the same records in plain tables",
            "",
            f"{taken['records'] * 1000:.0f} ms",
            f"{taken['ours'] / taken['records']:.1f} ×",
        ),
        report_row("… rows a second", f"{COUNT / taken['ours']:,.0f}"),
    ]


def _cells() -> Iterator[tuple[str, ...]]:
    dice = random.Random(shop.SEED)
    for number, title in enumerate(shop.titles(COUNT)):
        day = f"2025-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}"
        status = "ready" if dice.random() < shop.OPEN_SHARE else "closed"
        cost = f"{dice.randrange(10, 9000)}.00"
        yield (f"X{number}", title, "corrective", "3", f"EQ-{number % 50:02}", day, status, day, cost)


def _import(file: Path, folder: Path) -> float:
    path = folder / "shop.wotui"
    path.unlink(missing_ok=True)
    with builders.new_shop(path) as opened:
        for number in range(50):
            builders.asset(opened, f"EQ-{number:02}")
        started = time.perf_counter()
        report = orders.run(opened, file)
        taken = time.perf_counter() - started
        made = opened.value("SELECT count(*) FROM work_order")
    if made < 5000:
        raise RuntimeError(f"only {made} orders were made: {report.notes}")
    return taken


def _raw_records(folder: Path) -> float:
    """The records of the last import, each table's by one `executemany`, into tables without any index."""
    source = sqlite3.connect(folder / "shop.wotui")
    tables = {
        table: source.execute(f'SELECT * FROM "{table}"').fetchall()
        for (table,) in source.execute("SELECT DISTINCT entity FROM change").fetchall()
    }
    source.close()
    path = folder / "records.db"
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = EXTRA")
    for table, rows in tables.items():
        columns = ", ".join(f"column_{place}" for place in range(len(rows[0])))
        connection.execute(f"CREATE TABLE {table} ({columns})")
    started = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    for table, rows in tables.items():
        connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
    connection.execute("COMMIT")
    taken = time.perf_counter() - started
    connection.close()
    return taken


def _raw(file: Path, folder: Path) -> float:
    path = folder / "raw.db"
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = EXTRA")
    columns = ", ".join(f'"{name}" TEXT' for name in HEADINGS)
    connection.execute(f"CREATE TABLE orders (key INTEGER PRIMARY KEY, {columns}) STRICT")
    started = time.perf_counter()
    with file.open(newline="", encoding="utf-8") as source:
        reader = csv.reader(source)
        next(reader)
        connection.execute("BEGIN IMMEDIATE")
        marks = ", ".join("?" * len(HEADINGS))
        named = ", ".join(f'"{name}"' for name in HEADINGS)
        connection.executemany(f"INSERT INTO orders ({named}) VALUES ({marks})", reader)
        connection.execute("COMMIT")
    taken = time.perf_counter() - started
    connection.close()
    return taken


if __name__ == "__main__":
    show(rows())
