"""All benchmarks in one run, with a copy of the table in results.md beside this file."""

from __future__ import annotations

import platform
import sqlite3
import sys
from importlib import import_module

from tests.benchmarks.measure import RESULTS, Row, skipped_row, table

SCRIPTS = (
    "first_rows",
    "key_to_frame",
    "search_keystroke",
    "memory",
    "soak",
    "commands",
    "durable_action",
    "import_rows",
    "payroll",
    "plans",
    "events",
    "merge",
)


def main() -> int:
    """Run them one after the other; a script that fails is a row that says so."""
    rows: list[Row] = []
    for name in SCRIPTS:
        print(f"… {name}", file=sys.stderr, flush=True)
        try:
            rows += import_module(f"tests.benchmarks.{name}").rows()
        except Exception as error:
            rows.append(
                skipped_row(
                    name, f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"
                )
            )
    machine = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {platform.machine()}"
    text = f"{table(rows)}\n\n{machine}. Medians of interleaved runs on a shared machine: read the ratios.\n"
    print(text)
    RESULTS.write_text(text, encoding="utf-8")
    return int(any("NOT met" in row.target for row in rows))


if __name__ == "__main__":
    sys.exit(main())
